"""How well postings of one event are found among labelled records, and the fit of the weights on half of them.

    python benchmarks/fit_dedupe.py FOLDER          figures of both halves, without addresses and with them
    python benchmarks/fit_dedupe.py FOLDER --fit    the table `fitted` of pipelines/linkage/weights.toml (needs scikit-learn)

FOLDER holds

- dedupe.records.jsonl: a posting a line, with rid, source, title, start, end, city, country, online, description, url;
- dedupe.clusters.jsonl: lists of the rids that are one event;
- dedupe.pairs.jsonl: pairs (a, b) with a label, 1 for one event; those whose `how` is "read" are the hard ones, read by hand;
- dedupe.ignore.jsonl: pairs that nobody can tell.

Records of one event, of one hard pair or of one name are in one half, so that nothing is learnt of the second half. The weights are
fitted, and SAME and DIFFERENT were chosen, on the first; misses of the second were read while two of the facts were made up, so that
it is no blind test.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from hashlib import sha256
from itertools import combinations
from pathlib import Path
from typing import Any

from pipelines.linkage import score
from pipelines.linkage.cannot_link import MAX_DAYS_BETWEEN, cannot_link
from pipelines.linkage.cluster import cluster
from pipelines.linkage.features.record import read_features
from pipelines.linkage.features.title import read_title
from pipelines.linkage.score import comparison_vector
from symposia.event import AttendanceMode, Event, Location, SourceRef
from symposia.text.toml_files import toml_at

HARD_WEIGHT = 6
"""How much a hard pair counts in the fit, beside one of the clusters: they are few, and decide what is hard to decide."""
Pair = tuple[str, str]


class Labelled:
    """The records of a folder, and what is known of them."""

    def __init__(self, folder: Path) -> None:
        self.records = {row["rid"]: row for row in _rows(folder / "dedupe.records.jsonl")}
        unsure = {_pair(*pair) for pair in _rows(folder / "dedupe.ignore.jsonl")}
        groups = list(_rows(folder / "dedupe.clusters.jsonl"))
        self.unsure = unsure
        self.true = {_pair(*pair) for group in groups for pair in combinations(group, 2)} - unsure
        read = [row for row in _rows(folder / "dedupe.pairs.jsonl") if row["how"] == "read"]
        self.hard = {_pair(row["a"], row["b"]): bool(row["label"]) for row in read}
        self.half = self._halve([*groups, *self.hard])

    def _halve(self, together: Iterable[Sequence[str]]) -> dict[str, int]:
        """The half, 0 or 1, of each record: those that belong together, or have one name, are in one."""
        names = defaultdict(list)
        for rid, row in self.records.items():
            names[read_title(row["title"]).sorted_words].append(rid)
        group = {rid: [rid] for rid in self.records}
        for first, *others in (*together, *names.values()):
            for other in others:
                if group[first] is not group[other]:
                    group[first].extend(group[other])
                    group.update(dict.fromkeys(group[other], group[first]))
        return {rid: int(sha256(min(group[rid]).encode()).hexdigest(), 16) % 2 for rid in self.records}

    def events(self, half: int, with_url: bool) -> list[Event]:
        """The records of a half, as postings."""
        return [_event(row, with_url) for rid, row in self.records.items() if self.half[rid] == half]


def figures(labelled: Labelled, half: int, with_url: bool) -> str:
    """Pairwise precision, recall and F1 of a half, over all of its pairs and over the hard ones."""
    events = labelled.events(half, with_url)
    groups = [[events[index].uid for index in group] for group in cluster(events)]
    got = {_pair(*pair) for group in groups for pair in combinations(group, 2)} - labelled.unsure
    true = {pair for pair in labelled.true if labelled.half[pair[0]] == half}
    hard = Counter((pair in got, label) for pair, label in labelled.hard.items() if labelled.half[pair[0]] == half)
    all_pairs = _scores(len(got & true), len(got), len(true))
    hard_pairs = _scores(hard[True, True], hard[True, True] + hard[True, False], hard[True, True] + hard[False, True])
    return f"{len(events)} records: F1 {all_pairs}; hard pairs F1 {hard_pairs}"


def fit(labelled: Labelled) -> Iterator[str]:
    """The lines of the table of weights, fitted on the first half by logistic regression."""
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-not-found]  # not among what we need

    vectors: list[dict[str, float]] = []
    same: list[bool] = []
    counts: list[int] = []
    for with_url in (False, True):
        for pair, vector in _compare_near(labelled.events(0, with_url)):
            if pair not in labelled.unsure:
                vectors.append(vector)
                same.append(pair in labelled.true)
                counts.append(HARD_WEIGHT if pair in labelled.hard else 1)
    # The records tell nothing of the others: their weights are set by hand.
    names = sorted({name for vector in vectors for name in vector} & fitted_facts())
    table = [[vector.get(name, 0.0) for name in names] for vector in vectors]
    model = LogisticRegression(max_iter=3_000).fit(table, same, sample_weight=counts)
    yield f"bias = {model.intercept_[0]:.2f}"
    yield from (f'"{name}" = {weight:.2f}' for name, weight in zip(names, model.coef_[0], strict=True))


def fitted_facts() -> set[str]:
    """The facts whose weights are fitted."""
    return set(toml_at(Path(score.__file__).with_name("weights.toml"))["fitted"])


def _compare_near(events: Sequence[Event]) -> Iterator[tuple[Pair, dict[str, float]]]:
    """The pairs of near days that may be one event, with their comparison vectors."""
    records = [(event.uid, read_features(event)) for event in events]
    records.sort(key=lambda record: record[1].day)
    for (one, a), (other, b) in _near_pairs(records):
        if cannot_link(a, b) is None:
            yield _pair(one, other), comparison_vector(a, b)


def _near_pairs(records: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    for index, one in enumerate(records):
        for other in records[index + 1 :]:
            if (other[1].day - one[1].day).days > MAX_DAYS_BETWEEN:
                break
            yield one, other


def _event(row: dict[str, Any], with_url: bool) -> Event:
    return Event(
        uid=row["rid"],
        name=row["title"],
        start=date.fromisoformat(row["start"]),
        end=date.fromisoformat(row["end"]) if row.get("end") else None,
        attendance_mode=AttendanceMode.ONLINE if row.get("online") else None,
        location=Location(city=row.get("city"), country=row.get("country")),
        description=row.get("description"),
        url=row.get("url") if with_url else None,
        sources=(SourceRef(id=row["source"], key=row["rid"], url=""),),
    )


def _scores(hits: int, got: int, true: int) -> str:
    precision, recall = hits / max(1, got), hits / max(1, true)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return f"{100 * f1:.1f} % (P {100 * precision:.1f}, R {100 * recall:.1f})"


def _pair(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)


def _rows(path: Path) -> Iterator[Any]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def main() -> None:
    """Print what was asked for."""
    folders = [Path(word) for word in sys.argv[1:] if not word.startswith("-")]
    if len(folders) != 1:
        raise SystemExit(__doc__)
    labelled = Labelled(folders[0])
    if "--fit" in sys.argv[1:]:
        print(*fit(labelled), sep="\n")
        return
    for with_url in (False, True):
        for half in (0, 1):
            name = "with addresses" if with_url else "without addresses"
            print(f"{name}, {('first half (fitted on)', 'second half')[half]}: {figures(labelled, half, with_url)}")


if __name__ == "__main__":
    main()
