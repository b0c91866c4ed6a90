"""Listing pages a second, whole pages in and postings out: `python benchmarks/listings.py [--profile]`.

The pages are generated, of invented words: tables, cards, lists, headings and months, of 10 kB to 3 MB. `growth` is the time
that a page takes against one of half its size: 2 is linear. `dateparser.search` over the same texts, the language given,
stands beside for scale, on pages of up to 100 kB. `--profile` prints the ten costliest functions instead.
"""

from __future__ import annotations

import cProfile
import pstats
import random
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

from dateparser.search import search_dates

from spiders.extraction.extract import extract
from spiders.extraction.page import Page

FETCHED = datetime(2026, 11, 24, tzinfo=UTC)
SIZES = (10_000, 100_000, 1_000_000, 3_000_000)
SEARCHED = 100_000
"""Bytes of the largest page that dateparser searches: it takes long."""
LEAST = 0.3
"""Seconds of CPU that a measurement takes at least."""
SYLLABLES = ("ba", "ke", "li", "mo", "nu", "pra", "sto", "tri", "vel", "wen", "xo", "zin")
FRAME = "<html lang='en'><head><title>Guild</title></head><body><nav><a href='/'>Home</a></nav><main><h1>Events</h1>{}</main></body></html>"


def words(chance: random.Random, count: int) -> str:
    """That many invented words."""
    return " ".join("".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) for _ in range(count)).capitalize()


def days() -> Iterator[date]:
    """Days, one after the other, in the order of a listing; after two years they begin again."""
    while True:
        yield from (date(2026, 12, 1) + timedelta(days=step) for step in range(730))


def table(chance: random.Random, day: date) -> str:
    """A row."""
    return f"<tr><td>{day:%B} {day.day}, {day.year}, 4 pm - 5 pm</td><td><a href='/{day}'>{words(chance, 4)}</a></td><td>Room {day.day}</td></tr>\n"


def cards(chance: random.Random, day: date) -> str:
    """A card with a description."""
    return (
        f"<div class='card'><h3><a href='/{day}'>{words(chance, 4)}</a></h3><p class='date'>{day.day} {day:%B} {day.year}, 16:00</p>"
        f"<p>{words(chance, 30)}.</p><p class='venue'>Room {day.day}</p></div>\n"
    )


def items(chance: random.Random, day: date) -> str:
    """An item of a list."""
    return f"<li>{day:%A}, {day.day} {day:%b} {day.year}: {words(chance, 5)}</li>\n"


def headings(chance: random.Random, day: date) -> str:
    """A heading, and paragraphs below it."""
    return f"<h3>{words(chance, 4)}</h3><p>{day:%d/%m/%Y}, 16:00 to 17:00</p><p>{words(chance, 20)}.</p>\n"


def months(chance: random.Random, day: date) -> str:
    """A cell of a month, most of them without an event; a week is a row."""
    event = f"<a href='/{day}'>{words(chance, 3)}</a>" if day.day % 5 == 0 else ""
    week = "</tr><tr>" if day.weekday() == 6 else ""
    return f"<td><time datetime='{day}'>{day.day} {day:%B} {day.year}</time>{event}</td>{week}\n"


SHAPES: dict[str, tuple[Callable[[random.Random, date], str], str]] = {
    "table": (table, "<table>{}</table>"),
    "cards": (cards, "<div>{}</div>"),
    "list": (items, "<ul>{}</ul>"),
    "headings": (headings, "{}"),
    "months": (months, "<table><tr>{}</tr></table>"),
}


def pieces(shape: str, size: int, number: int) -> list[str]:
    """The pieces of the page of that number of one shape, together about `size` bytes; the same at each run."""
    chance, make = random.Random(f"{shape} {number}"), SHAPES[shape][0]
    found: list[str] = []
    length = 0
    for day in days():
        if length >= size:
            return found
        found.append(make(chance, day))
        length += len(found[-1])
    return found


def page(shape: str, size: int, number: int = 0) -> Page:
    """A page of one shape, of about `size` bytes."""
    body = FRAME.format(SHAPES[shape][1].format("".join(pieces(shape, size, number))))
    return Page(url="https://guild.example/events/", body=body.encode(), fetched_at=FETCHED, language="en")


def seconds(shape: str, size: int) -> tuple[float, int]:
    """CPU of the fastest of as many pages as take a while, each another, and how many events the last gave."""
    best, spent, number, count = float("inf"), 0.0, 0, 0
    while spent < LEAST:
        one = page(shape, size, number)
        began = time.process_time()
        count = len(extract(one).postings)
        took = time.process_time() - began
        best, spent, number = min(best, took), spent + took, number + 1
    return best, count


def searched(shape: str, size: int) -> float:
    """Seconds that dateparser takes to search the texts of the page, a piece at a time."""
    found = [" ".join(extracted.split()) for extracted in map(_text, pieces(shape, size, 0))]
    settings: dict[str, object] = {"RELATIVE_BASE": FETCHED.replace(tzinfo=None)}
    began = time.process_time()
    for text in found:
        search_dates(text, languages=["en"], settings=settings)  # type: ignore[arg-type]  # its own TypedDict is private
    return time.process_time() - began


def _text(piece: str) -> str:
    # The pieces are our own, so that a tag is all between two brackets.
    return "".join(part.partition(">")[2] + " " for part in f">{piece}".split("<"))


def line(shape: str, size: int) -> str:
    """A line of the table."""
    took, count = seconds(shape, size)
    growth = took / seconds(shape, size // 2)[0]
    megabytes = size / 1e6
    scale = f"{searched(shape, size) / took:10.0f}x" if size <= SEARCHED else f"{'-':>11}"
    return f"{shape:9} {megabytes:6.2f} {count:7} {1 / took:9.1f} {megabytes / took:7.2f} {growth:7.1f} {scale}"


def profile() -> None:
    """Print the ten functions that take most of the time over one page of 300 kB of each shape."""
    extract(page("table", 1_000))
    whole = [page(shape, 300_000) for shape in SHAPES]
    profiler = cProfile.Profile()
    profiler.enable()
    for one in whole:
        extract(one)
    profiler.disable()
    pstats.Stats(profiler).sort_stats("tottime").print_stats(10)


def main() -> None:
    """Print the table, or the profile."""
    if "--profile" in sys.argv[1:]:
        profile()
        return
    extract(page("table", 1_000))  # Tables of words are read at the first call.
    print(f"{'shape':9} {'MB':>6} {'events':>7} {'pages/s':>9} {'MB/s':>7} {'growth':>7} {'dateparser':>11}")
    for shape in SHAPES:
        for size in SIZES:
            print(line(shape, size), flush=True)


if __name__ == "__main__":
    main()
