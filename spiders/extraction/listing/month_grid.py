"""Month grids: days that are mere numbers under a month that is stated once. "3 - Phonics" below "March 2027"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from lxml import etree, html

from spiders.extraction.dom.boilerplate import is_aside
from spiders.extraction.dom.table_columns import CELLS, cells_of
from spiders.extraction.listing.regions import MAX_REGIONS, MAX_TEXT, Region
from symposia.text.plain_text import first_text, tree_text

MIN_DAYS = 2
"""Days of a grid: with fewer, the numbers of a page are taken for something else."""
_MAX_MONTH = 30
"""Characters of a text that may be no more than a month."""
_MAX_NUMBER = 20
"""Characters of an element in which the number that it begins with stands, and the first word after it."""
_LAST_DAY = 31
_ITEMS = ("li", "td", "tr", "p", "div", "dt", "dd", "article")
"""Elements that may announce a day's event."""
_day = re.compile(
    r"^\W{0,3}(?:[^\W\d_]{2,12}\.?,?\s)?(\d{1,2})(?:st|nd|rd|th|\.|º|er)?(?![\d%€$])(?!\s?(?:[:.]\d|[ap]\.?m\b|h\b|uhr\b))(?=\W|$)\W*",
    re.IGNORECASE,
)
"""A number that may be a day's, with a weekday before it, and neither a time, a price nor a share."""
_maybe_month = re.compile(r"[^\W\d_]{3,12}\.?(?:\W{1,3}(?:de\W)?(?:19|20)\d\d)?|(?:19|20)\d\d\W{1,3}[^\W\d_]{3,12}")
_list_number = re.compile(r"\W{0,3}\d{1,2}[.)]\s")
_digit = re.compile(r"\d")
_letters = re.compile(r"[^\W\d_]{2}")


def find_grid_regions(tree: html.HtmlElement, is_month: Callable[[str], bool]) -> list[Region]:
    """The regions whose day is a number, each with its month in its `day`; an empty list where they are too few.

    Args:
        tree: The page.
        is_month: Says of a short text whether it is a month, with or without its year.
    """
    body = tree.find("body")
    regions: list[Region] = []
    month = ""
    for element in _iter_content(body if body is not None else tree):
        if not len(element) and _is_neither_day_nor_month(element.text or ""):
            continue
        text = first_text(element, _MAX_MONTH)
        if len(text) <= _MAX_MONTH and _maybe_month.fullmatch(text) and is_month(text):
            month = text
        elif month and element.tag in _ITEMS and _day.match(text) and len(regions) < MAX_REGIONS:
            regions += _read_cell(element, first_text(element, MAX_TEXT), month)
    numbers = _days_that_are_list_numbers(regions)
    regions = [region for region in regions if region.day not in numbers]
    return regions if len({region.day for region in regions}) >= MIN_DAYS else []


def _is_neither_day_nor_month(text: str) -> bool:
    # Most elements of a page hold a text alone: without a number, and of several words or none.
    return not _digit.search(text) and (" " in text.strip() or not _letters.search(text))


def _days_that_are_list_numbers(regions: Sequence[Region]) -> frozenset[str]:
    """The regions' days that are really the numbers of a list: 1., 2., 3."""
    by_month: dict[str, list[int]] = {}
    for region in regions:
        number, _, month = region.day.partition(" ")
        if _list_number.match(first_text(region.date_node, _MAX_NUMBER)):
            by_month.setdefault(month, []).append(int(number))
    lists = {month: numbers for month, numbers in by_month.items() if numbers[:2] == [1, 2]}
    return frozenset(f"{number} {month}" for month, numbers in lists.items() for number in numbers)


def _iter_content(body: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """The elements of a page outside its boilerplate, in document order."""
    skipped: html.HtmlElement | None = None
    for action, element in etree.iterwalk(body, events=("start", "end")):
        if action == "end":
            skipped = None if element is skipped else skipped
        elif skipped is None and isinstance(element.tag, str):
            if is_aside(element):
                skipped = element
            else:
                yield element


def _read_cell(element: html.HtmlElement, text: str, month: str) -> Iterator[Region]:
    """What an element announces for the day that it begins with: itself, or each of its links; or nothing."""
    number = _leading_day(text)
    if number is None or not _letters.search(text) or _holds_several_days(element):
        return
    day = f"{number} {month}"
    links = element.iter("a") if element.tag in CELLS else ()
    events = [link for link in links if _letters.search(first_text(link, _MAX_NUMBER))]
    for event in events if len(events) > 1 else [element]:
        lines = "\n".join(filter(None, (" ".join(line.split()) for line in tree_text(event).splitlines())))
        yield Region(elements=(event,), date_node=event, text=_day.sub("", lines, count=1)[:MAX_TEXT], day=day)


def _holds_several_days(element: html.HtmlElement) -> bool:
    """Whether days begin within an element too: it is a list or a week then, and no event."""
    if element.tag == "tr":  # its first cell may hold the row's day
        return sum(_leading_day(first_text(cell, _MAX_NUMBER)) is not None for cell in cells_of(element)) != 1
    if any(inner is not element and _begins_a_day(inner) for inner in element.iter(*_ITEMS)):
        return True
    return element.tag in CELLS and _is_in_row_of_one_day(element)


def _begins_a_day(element: html.HtmlElement) -> bool:
    """Whether an element begins with a number and says more: a mere number is that of what is around it."""
    words = first_text(element, _MAX_NUMBER)
    return _leading_day(words) is not None and _letters.search(words) is not None


def _is_in_row_of_one_day(cell: html.HtmlElement) -> bool:
    row = cell.getparent()
    return row is not None and row.tag == "tr" and not _holds_several_days(row)


def _leading_day(text: str) -> int | None:
    match = _day.match(text)
    return int(match[1]) if match and 1 <= int(match[1]) <= _LAST_DAY else None
