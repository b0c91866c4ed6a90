"""Days that are but numbers, under a month that is said once: the cells of a calendar, "3 - Phonics" below "March 2027"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from lxml import etree, html

from spiders.extraction.dom.boilerplate import is_aside
from spiders.extraction.dom.table_columns import CELLS, cells_of
from spiders.extraction.listing.regions import MAX_REGIONS, MAX_TEXT, Region
from symposia.text.plain_text import first_text, tree_text

MIN_DAYS = 2
"""Such days on a page, below which they are taken for other numbers."""
_MAX_MONTH = 30
"""Characters of a text that may be no more than a month."""
_ITEMS = ("li", "td", "tr", "p", "div", "dt", "dd", "article")
_day = re.compile(
    r"^\W{0,3}(?:[^\W\d_]{2,12}\.?,?\s)?(\d{1,2})(?:st|nd|rd|th|\.|º|er)?(?![\d%€$])(?!\s?(?:[:.]\d|[ap]\.?m\b|h\b|uhr\b))(?=\W|$)\W*",
    re.IGNORECASE,
)
_may_be_month = re.compile(
    r"[^\W\d_]{3,12}\.?(?:\W{1,3}(?:de\W)?(?:19|20)\d\d)?|(?:19|20)\d\d\W{1,3}[^\W\d_]{3,12}"
).fullmatch
_point = re.compile(r"\W{0,3}\d{1,2}[.)]\s")
_has_digit = re.compile(r"\d").search
_letter = re.compile(r"[^\W\d_]{2}")


def regions_by_month(tree: html.HtmlElement, is_month: Callable[[str], bool]) -> list[Region]:
    """The pieces that a number says the day of, each with the month above it in its `day`; none where there are too few."""
    body = tree.find("body")
    found: list[Region] = []
    month = ""
    for element in _outside_asides(body if body is not None else tree):
        if not len(element) and _is_no_day(element.text or ""):
            continue
        text = first_text(element, _MAX_MONTH)
        if len(text) <= _MAX_MONTH and _may_be_month(text) and is_month(text):
            month = text
        elif month and element.tag in _ITEMS and _day.match(text) and len(found) < MAX_REGIONS:
            found += _pieces(element, first_text(element, MAX_TEXT), month)
    counted = _counted(found)
    found = [region for region in found if region.day not in counted]
    return found if len({region.day for region in found}) >= MIN_DAYS else []


def _is_no_day(text: str) -> bool:
    """Whether a text is neither a month nor begins with a day: it holds no number, and is more than one word, or none."""
    # Most elements of a page hold such a text alone, and their words need not be cut for that.
    return not _has_digit(text) and (" " in text.strip() or not _letter.search(text))


def _counted(found: Sequence[Region]) -> frozenset[str]:
    """The days of a month that are no days but the points of a numbered list: 1., 2., 3."""
    points: dict[str, list[int]] = {}
    for region in found:
        number, _, month = region.day.partition(" ")
        if _point.match(first_text(region.dated, 20)):
            points.setdefault(month, []).append(int(number))
    counted = (month for month, numbers in points.items() if numbers[:2] == [1, 2])
    return frozenset(f"{number} {month}" for month in counted for number in points[month])


def _outside_asides(body: html.HtmlElement) -> Iterator[html.HtmlElement]:
    skipped: html.HtmlElement | None = None
    for action, element in etree.iterwalk(body, events=("start", "end")):
        if action == "end":
            skipped = None if element is skipped else skipped
        elif skipped is None and isinstance(element.tag, str):
            if is_aside(element):
                skipped = element
            else:
                yield element


def _pieces(element: html.HtmlElement, text: str, month: str) -> Iterator[Region]:
    """What an element announces of the day that it begins with: nothing for a number alone, each link of a cell with several."""
    number = _day_of(text)
    if number is None or not _letter.search(text) or _holds_several(element):
        return
    day = f"{number} {month}"
    links = [one for one in element.iter("a") if _letter.search(first_text(one, 20))] if element.tag in CELLS else []
    for piece in links if len(links) > 1 else [element]:
        lines = "\n".join(filter(None, (" ".join(line.split()) for line in tree_text(piece).splitlines())))
        yield Region(elements=(piece,), dated=piece, text=_day.sub("", lines, count=1)[:MAX_TEXT], day=day)


def _holds_several(element: html.HtmlElement) -> bool:
    """Whether days begin within an element too, which is then a list or a week and no event; a row's first cell is its own."""
    if element.tag == "tr":
        return sum(_day_of(first_text(cell, 20)) is not None for cell in cells_of(element)) != 1
    return any(one is not element and _begins_a_day(one) for one in element.iter(*_ITEMS)) or (
        element.tag in CELLS and _is_in_row_of_one_day(element)
    )


def _begins_a_day(element: html.HtmlElement) -> bool:
    """Whether an element begins with a number and says more: the number alone is that of what is around it."""
    words = first_text(element, 20)
    return _day_of(words) is not None and _letter.search(words) is not None


def _is_in_row_of_one_day(cell: html.HtmlElement) -> bool:
    row = cell.getparent()
    return row is not None and row.tag == "tr" and not _holds_several(row)


def _day_of(text: str) -> int | None:
    match = _day.match(text)
    return int(match[1]) if match and 1 <= int(match[1]) <= 31 else None
