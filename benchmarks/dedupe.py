"""Seconds and memory to find the events among many postings; beside splink, where it is installed.

    python benchmarks/dedupe.py [POSTINGS]...        10000, 100000 and 1000000 without an argument

Each number is measured in a process of its own. Postings are made up: names of two to nine words, of which some are far
commoner than others (Zipf's law, as in the names of real lists), over three years and 400 cities; one in six is another
posting of the one before it, told a little differently. For the smaller numbers, splink (pip install splink) then links
the same postings in the same process: blocked by day and word, weights by its own expectation maximisation. Only the
ratios mean anything beyond this machine.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date, timedelta
from importlib.util import find_spec
from random import Random
from typing import Any

from pipelines.linkage.cluster import cluster
from symposia.event import Event, Location, SourceRef

SIZES = (10_000, 100_000, 1_000_000)
MOST_FOR_SPLINK = 100_000
"""Postings beyond which splink takes too long to wait for."""
DAYS = 3 * 365
"""Days over which the postings are spread."""
ONSETS = ("b", "br", "c", "ch", "d", "dr", "f", "fl", "g", "gr", "h", "j", "k", "l", "m", "n", "p", "pr", "qu", "r", "s", "st", "t", "tr", "v", "w")  # fmt: skip
RIMES = ("a", "e", "i", "o", "u", "an", "ar", "en", "er", "in", "ing", "on", "or", "un", "al", "el", "ect", "ent", "ist", "ur")  # fmt: skip
"""Beginnings and ends of syllables, of which words are made up."""
KINDS = ("Conference", "Workshop", "Webinar", "Symposium", "Training", "Meeting", "Seminar", "Course", "Day", "Summit")
LENGTHS = (2, 3, 3, 4, 4, 4, 5, 5, 6, 7, 9)
"""Words of a name: each length as often as it is among the names of real lists."""
SOURCES = 200
CITIES = 400


def make_postings(number: int) -> list[Event]:
    """Make up that many postings, always the same."""
    random = Random(number)
    words = ["".join(_syllable(random) for _ in range(random.randint(2, 4))) for _ in range(20_000)]
    names = random.choices(words, [1 / (rank + 10) for rank in range(len(words))], k=number * 9)
    made: list[Event] = []
    while len(made) < number:
        if made and random.random() < 1 / 6:
            made.append(_reword(made[-1], len(made), random))
            continue
        length = random.choice(LENGTHS)
        name = " ".join([*(names.pop() for _ in range(length - 1)), random.choice(KINDS)]).title()
        made.append(_posting(name, date(2027, 1, 1) + timedelta(days=random.randrange(DAYS)), len(made), random))
    return made


def _syllable(random: Random) -> str:
    return random.choice(ONSETS) + random.choice(RIMES)


def _posting(name: str, day: date, number: int, random: Random) -> Event:
    city = f"City{random.randrange(CITIES)}" if random.random() < 0.7 else None
    ref = SourceRef(id=f"source{random.randrange(SOURCES)}", key=str(number), url="")
    return Event(uid=str(number), name=name, start=day, location=Location(city=city, country="GB"), sources=(ref,))


def _reword(event: Event, number: int, random: Random) -> Event:
    """Another source's posting of the same event, its name told a little differently."""
    words = event.name.split()
    if len(words) > 3 and random.random() < 0.5:
        words.pop(random.randrange(len(words) - 1))
    name = f"{words[-1]}: {' '.join(words[:-1])}" if random.random() < 0.3 else " ".join(words)
    ref = SourceRef(id=f"source{random.randrange(SOURCES)}", key=str(number), url="")
    return replace(event, uid=str(number), name=name, sources=(ref,))


def measure(number: int) -> None:
    """Time our own linkage, then splink's, of that many postings, and print the figures."""
    events = make_postings(number)
    before = _megabytes()
    began = time.process_time()
    groups = cluster(events)
    seconds = time.process_time() - began
    joined = sum(len(group) > 1 for group in groups)
    print(
        f"{number:>9,} postings: {seconds:7.1f} s of CPU, {1e6 * seconds / number:5.0f} us each, "
        f"{_megabytes() - before:,.0f} MB more than the {before:,.0f} MB that they take; {joined:,} events of several",
        flush=True,
    )
    if number <= MOST_FOR_SPLINK and find_spec("splink"):
        took, pairs = run_splink(events)
        print(
            f"{'splink':>9}: {took:7.1f} s of CPU, {took / max(seconds, 1e-9):.1f} times ours; {pairs:,} pairs",
            flush=True,
        )


def run_splink(events: list[Event]) -> tuple[float, int]:
    """Link postings with splink: the CPU seconds that it takes, and the number of pairs that it finds likely."""
    import pandas
    import splink.comparison_library as by  # type: ignore[import-not-found]  # not among what we need
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on  # type: ignore[import-not-found]  # not among what we need

    rows = [_splink_row(index, event) for index, event in enumerate(events)]
    began = time.process_time()
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[by.JaroWinklerAtThresholds("name", [0.95, 0.88, 0.7]), by.ExactMatch("city")],
        blocking_rules_to_generate_predictions=[block_on("day", "first"), block_on("day", "city")],
    )
    linker = Linker(DuckDBAPI().register(pandas.DataFrame(rows)), settings, log_level=None)
    linker.training.estimate_probability_two_random_records_match([block_on("name", "day")], recall=0.6)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("day", "first"))
    found = linker.inference.predict(threshold_match_probability=0.5).as_pandas_dataframe()
    return time.process_time() - began, len(found)


def _splink_row(index: int, event: Event) -> dict[str, Any]:
    return {
        "unique_id": index,
        "name": event.name.casefold(),
        "first": min(event.name.casefold().split()),
        "day": event.start.isoformat(),
        "city": (event.location.city if event.location else None) or "",
    }


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Measure each number in a process of its own, as memory is not given back."""
    asked = [int(word) for word in sys.argv[1:]]
    if len(asked) == 1:
        measure(asked[0])
        return
    for number in asked or SIZES:
        subprocess.run([sys.executable, __file__, str(number)], check=True)


if __name__ == "__main__":
    main()
