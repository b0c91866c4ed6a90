"""The year of dates that state none: as a line or a heading says, as the page's address says, or as their order in a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import groupby, pairwise
from typing import TypeAlias

from lxml import html

from spiders.extraction.dom.headings import Above
from spiders.extraction.listing.date_roles import Dated, Reader, days_in
from spiders.extraction.listing.regions import MAX_TEXT, Region
from spiders.extraction.page import Page
from symposia.text.plain_text import first_text

Spoken: TypeAlias = tuple[str, list[Dated]]
"""The words of a piece on one line, and what they say of when."""
_FEWEST = 3
"""Dates without a year, from which on their order tells their years."""
_first_year = re.compile(r"\W*((?:19|20)\d\d)\s{0,2}[-–—:,|]\s?\D")
"""A year that a line begins with: "2027 - Denver: November 18"."""
_day_in_address = re.compile(r"/((?:19|20)\d\d)[/-](\d\d?)[/-](\d\d?)(?!\d)")


def dated(page: Page, regions: Sequence[Region], read: Reader, over: Mapping[html.HtmlElement, Above]) -> list[Spoken]:
    """What each piece says of when, in its year.

    A date that states no year is in that of its own line, else of the heading above; else, on a page whose address
    names that very day, in the year of the address; else the next such day. Then each list is put in order.
    """
    found, guessed = [], []
    for region in regions:
        spoken, year = _in_year(page, read, region, over.get(region.dated, Above()))
        found.append(spoken)
        guessed.append(_day_without_year(spoken) if year is None else None)
    for _, group in groupby(range(len(regions)), key=lambda at: _list_of(regions[at], over)):
        _put_in_order(found, list(group), guessed, regions, read)
    return found


def _in_year(page: Page, read: Reader, region: Region, above: Above) -> tuple[Spoken, int | None]:
    """What a piece says of when, and the year that its dates are put in, where it states none and the page does."""
    text = _words(region)
    found = days_in(text, read)
    if not found and not region.line:
        # What stands after a date may undo it, once all is one line: "11.11." above "Prof. Wolters".
        text = f"{first_text(region.dated, MAX_TEXT)} | {text}"
        found = days_in(text, read)
    if all(when.year_stated for _, when in found):
        return (text, found), None
    first = _first_year.match(text)
    year = int(first[1]) if first else region.year or above.year or _year_of_address(page.url, found)
    return (text, days_in(text, partial(read, year=year)) if year else found), year


def _year_of_address(url: str, found: Sequence[Dated]) -> int | None:
    """The year of `/2027/03/21/` in an address, where the first date is that day; None for any other."""
    named, first = _day_in_address.search(url), found[0][1].start
    day = f"{first:%m%d}" if first is not None else None
    return int(named[1]) if named and day == f"{int(named[2]):02}{int(named[3]):02}" else None


def _list_of(region: Region, over: Mapping[html.HtmlElement, Above]) -> tuple[object, ...]:
    """What the pieces of one list have in common: their box, and what they stand under."""
    above = over.get(region.dated, Above())
    outer = region.elements[0]
    box = outer if region.line else _table_of(outer) if outer.tag == "td" else outer.getparent()
    return box, above.headings[:1], above.year, region.year


def _table_of(cell: html.HtmlElement) -> html.HtmlElement | None:
    return next(cell.iterancestors("table"), None)


def _put_in_order(
    found: list[Spoken], at: Sequence[int], guessed: Sequence[date | None], regions: Sequence[Region], read: Reader
) -> None:
    """Dates without a year of one list, in the years that keep its order, where the next such days would break it.

    In July, a list of February, April, June and September is this year's, past days and all.
    """
    days = {one: day for one in at if (day := guessed[one]) is not None}
    if len(days) < max(_FEWEST, len(at)):
        return
    for one, year in _years_in_order(at, regions, days):
        if year == days[one].year:
            continue
        text = found[one][0]
        again = days_in(text, partial(read, year=year))
        # A weekday may say that it is of another year after all.
        if again and again[0][1].start is not None and again[0][1].start.year == year:
            found[one] = text, again


def _day_without_year(spoken: Spoken) -> date | None:
    _, found = spoken
    start = found[0][1].start if found and not any(when.year_stated for _, when in found) else None
    return date(start.year, start.month, start.day) if start is not None else None


def _column_of(region: Region) -> int:
    """The number of the cell that a piece is; 0 for any other piece."""
    cell = region.elements[0]
    return len(list(cell.itersiblings("td", preceding=True))) if cell.tag == "td" else 0


def _years_in_order(
    at: Sequence[int], regions: Sequence[Region], days: Mapping[int, date]
) -> Iterator[tuple[int, int]]:
    """The pieces and the years in which their days go up, or down, by rows or by columns; nothing where they do neither.

    The year may turn once.
    """
    by_column = sorted(at, key=lambda one: _column_of(regions[one]))
    orders = [order for rows in (at, by_column) for order in (rows, rows[::-1])]
    best = min(orders, key=lambda order: _turns([days[one] for one in order]))
    if _turns([days[one] for one in best]) > 1:
        return
    year = days[best[-1]].year
    for before, after in reversed(list(pairwise(best))):
        year -= _turns([days[before], days[after]])
        yield before, year


def _turns(days: Sequence[date]) -> int:
    """How often a day lies earlier in the year than the one before it."""
    return sum((after.month, after.day) < (before.month, before.day) for before, after in pairwise(days))


def _words(region: Region) -> str:
    """The words of a piece on one line, its day first where that stands elsewhere."""
    return " ".join(f"{region.day} {region.text[:MAX_TEXT]}".split())
