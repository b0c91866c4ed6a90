"""Strings a second of the date reader against dateparser, and its start-up: `python benchmarks/when.py`.

Each reads the same invented strings, in six languages, in turn, in one process; the figures are ratios within that run.
"""

import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import dateparser
from babel.dates import format_date, format_interval

from symposia.when import read_when

AS_OF = datetime(2026, 11, 24, tzinfo=UTC)
LANGUAGES = ("en", "de", "fr", "es", "it", "nl")
ROUNDS = 5
_WIDTHS = ("short", "medium", "long", "full")


def strings() -> list[tuple[str, str]]:
    """(language, text): single days in four widths, ranges, and days with one time or two."""
    found = []
    for language in LANGUAGES:
        for step in range(0, 360, 30):
            first = date(2027, 1, 5) + timedelta(days=step)
            found += [(language, format_date(first, width, locale=language)) for width in _WIDTHS]
            found.append((language, format_interval(first, first + timedelta(days=2), "yMMMd", locale=language)))
            found.append((language, format_date(first, "long", locale=language) + " 16:30"))
            found.append((language, format_date(first, "full", locale=language) + ", 16:30 - 18:00"))
    return found


def rate(read: Callable[[str, str], object], cases: list[tuple[str, str]], rounds: int) -> tuple[float, float]:
    """Strings a second, the best of some rounds, and the part that was answered."""
    best, answered = 0.0, 0
    for _ in range(rounds):
        began = time.process_time()
        answered = sum(read(language, text) is not None for language, text in cases)
        best = max(best, len(cases) / (time.process_time() - began))
    return best, answered / len(cases)


def start_up() -> float:
    """Milliseconds from import to the first answer, in a fresh interpreter; the best of five."""
    code = (
        "import time; t = time.perf_counter(); from datetime import datetime, UTC; from symposia.when import read_when; "
        "read_when('March 3-5, 2027, 4 pm ET', datetime(2026, 11, 24, tzinfo=UTC)); print(1000 * (time.perf_counter() - t))"
    )
    runs = (subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True) for _ in range(5))
    return min(float(run.stdout) for run in runs)


def main() -> None:
    """Print the table."""
    cases = strings()
    settings: dict[str, object] = {"RELATIVE_BASE": AS_OF.replace(tzinfo=None), "PREFER_DATES_FROM": "future"}
    readers: dict[str, tuple[Callable[[str, str], object], int]] = {
        "symposia, language found": (lambda _, text: read_when(text, AS_OF), ROUNDS),
        "symposia, language given": (lambda language, text: read_when(text, AS_OF, language), ROUNDS),
        "dateparser, language given": (
            lambda language, text: dateparser.parse(text, languages=[language], settings=settings),  # type: ignore[arg-type]  # its own TypedDict is private
            ROUNDS,
        ),
        "dateparser, language found": (lambda _, text: dateparser.parse(text, settings=settings), 1),  # type: ignore[arg-type]  # the same
    }
    figures = {name: rate(read, cases, rounds) for name, (read, rounds) in readers.items()}
    base = figures["dateparser, language given"][0]
    print(f"{len(cases)} strings in {len(LANGUAGES)} languages")
    for name, (speed, answered) in figures.items():
        print(f"{name:28} {speed:9.0f} strings/s  {speed / base:6.1f}x  answers {answered:6.1%}")
    print(f"import and first call: {start_up():.0f} ms")


if __name__ == "__main__":
    main()
