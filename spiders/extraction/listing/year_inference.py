"""Year inference: the year of dates that state none, by a line, a heading, the page's URL, or their order in a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import groupby, pairwise
from typing import NamedTuple

from lxml import html

from spiders.extraction.dom.headings import Above
from spiders.extraction.listing.date_roles import DateExpression, DateReader, find_event_dates
from spiders.extraction.listing.regions import MAX_TEXT, Region
from spiders.extraction.page import Page
from symposia.moments import date_of
from symposia.text.plain_text import first_text

_MIN_IN_ORDER = 3
"""Dates without a year, from which on their order tells their years: two are always in order."""
_leading_year = re.compile(r"\W*((?:19|20)\d\d)\s{0,2}[-–—:,|]\s?\D")
"""A year with which a line begins: "2027 - Denver: November 18"."""
_day_in_url = re.compile(r"/((?:19|20)\d\d)[/-](\d\d?)[/-](\d\d?)(?!\d)")


class DatedText(NamedTuple):
    """The words of a region on one line, and its event's dates in them."""

    text: str
    dates: list[DateExpression]


def infer_years(
    page: Page, regions: Sequence[Region], read_dates: DateReader, above: Mapping[html.HtmlElement, Above]
) -> list[DatedText]:
    """The dates of each region, in their years.

    A date without a year is in that of its own line, else of the heading above; else, on a page whose URL names that
    very day, in the year of the URL; else on the next such day. Then each list is put in order.

    Args:
        page: The page.
        regions: Its regions.
        read_dates: What reads its dates.
        above: What stands above each region, by date node.
    """
    texts, undecided = [], []
    for region in regions:
        dated, year = _read_region(page, read_dates, region, above.get(region.date_node, Above()))
        texts.append(dated)
        undecided.append(_day_without_year(dated) if year is None else None)
    for _, numbers in groupby(range(len(regions)), key=lambda number: _list_key(regions[number], above)):
        _put_in_order(texts, list(numbers), undecided, regions, read_dates)
    return texts


def _read_region(page: Page, read_dates: DateReader, region: Region, above: Above) -> tuple[DatedText, int | None]:
    """The dates of a region, and the year that the page states for those that state none; None where it states none."""
    text = _on_one_line(region)
    dates = find_event_dates(text, read_dates)
    if not dates and not region.is_line:
        # What stands after a date may undo it, once all is one line: "11.11." above "Prof. Wolters".
        text = f"{first_text(region.date_node, MAX_TEXT)} | {text}"
        dates = find_event_dates(text, read_dates)
    if all(when.year_stated for _, when in dates):
        return DatedText(text, dates), None
    leading = _leading_year.match(text)
    year = int(leading[1]) if leading else region.year or above.year or _year_in_url(page.url, dates)
    if not year:
        return DatedText(text, dates), year
    return DatedText(text, find_event_dates(text, partial(read_dates, year=year))), year


def _year_in_url(url: str, dates: Sequence[DateExpression]) -> int | None:
    """The year of `/2027/03/21/` in a URL, where the first date is that day; None for any other."""
    named, first = _day_in_url.search(url), dates[0].when.start
    if named is None or first is None:
        return None
    return int(named[1]) if (first.month, first.day) == (int(named[2]), int(named[3])) else None


def _list_key(region: Region, above: Mapping[html.HtmlElement, Above]) -> tuple[object, ...]:
    """What the regions of one list have in common: their box, and what they stand under."""
    over = above.get(region.date_node, Above())
    element = region.elements[0]
    box = element.getparent()
    if region.is_line:
        box = element
    elif element.tag == "td":
        box = next(element.iterancestors("table"), None)
    return box, over.headings[:1], over.year, region.year


def _put_in_order(
    texts: list[DatedText],
    numbers: Sequence[int],
    undecided: Sequence[date | None],
    regions: Sequence[Region],
    read_dates: DateReader,
) -> None:
    """Move a list's dates without a year into the years that keep its order, where the next such days would break it.

    In July, a list of February, April, June and September is this year's, past days included.

    Args:
        texts: The dated texts of all regions, changed in place.
        numbers: The numbers of the list's regions.
        undecided: For each region the day whose year is open; None where it is known.
        regions: All regions.
        read_dates: What reads the page's dates.
    """
    days = {number: day for number in numbers if (day := undecided[number]) is not None}
    if len(days) < max(_MIN_IN_ORDER, len(numbers)):
        return
    for number, year in _years_in_order(numbers, regions, days):
        if year == days[number].year:
            continue
        text = texts[number].text
        dates = find_event_dates(text, partial(read_dates, year=year))
        # A weekday may say that it is of another year after all.
        if dates and dates[0].when.start is not None and dates[0].when.start.year == year:
            texts[number] = DatedText(text, dates)


def _day_without_year(dated: DatedText) -> date | None:
    """The first day of a text whose dates state no year; None for any other text."""
    if not dated.dates or any(when.year_stated for _, when in dated.dates):
        return None
    start = dated.dates[0].when.start
    return date_of(start) if start is not None else None


def _column_of(region: Region) -> int:
    """The number of the table cell that a region is; 0 for any other region."""
    cell = region.elements[0]
    return len(list(cell.itersiblings("td", preceding=True))) if cell.tag == "td" else 0


def _years_in_order(
    numbers: Sequence[int], regions: Sequence[Region], days: Mapping[int, date]
) -> Iterator[tuple[int, int]]:
    """The regions and the years in which their days go up, or down, by rows or by columns.

    The year may turn once; nothing where it turns more often either way.
    """
    by_column = sorted(numbers, key=lambda number: _column_of(regions[number]))
    orders = [order for reading in (numbers, by_column) for order in (reading, reading[::-1])]
    best = min(orders, key=lambda order: _count_turns([days[number] for number in order]))
    if _count_turns([days[number] for number in best]) > 1:
        return
    year = days[best[-1]].year
    for before, after in reversed(list(pairwise(best))):
        year -= _count_turns([days[before], days[after]])
        yield before, year


def _count_turns(days: Sequence[date]) -> int:
    """How often a day lies earlier in the year than the one before it."""
    return sum((after.month, after.day) < (before.month, before.day) for before, after in pairwise(days))


def _on_one_line(region: Region) -> str:
    """The words of a region, with its day first where that stands elsewhere."""
    return " ".join(f"{region.day} {region.text[:MAX_TEXT]}".split())
