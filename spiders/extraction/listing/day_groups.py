"""A day that heads several events: "Wednesday, 3 March" above "9:00 Phonics" and "10:30 Geometry", or beside such rows."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import replace
from itertools import islice

from lxml import html

from spiders.extraction.dom.headings import HEADINGS
from spiders.extraction.lexicon.titles import clean_title
from spiders.extraction.listing.regions import MAX_TEXT, Region
from symposia.text.plain_text import first_text, tree_text
from symposia.when import find_times

_MAX_DAY = 80
"""Characters of a text that may be no more than a day."""
_MAX_ITEMS = 200
_LISTS = {"ul": "li", "ol": "li", "table": "tr", "tbody": "tr", "dl": "dd"}


def split_day_group(region: Region, dated: Container[html.HtmlElement], language: str | None) -> list[Region]:
    """The items below a piece that is but a day, each with the day in its `day`; the piece itself where there are none.

    Items begin with a time, or several have a name that is marked as one.
    """
    words = first_text(region.dated, _MAX_DAY)
    if (
        region.line
        or region.day
        or len(words) > _MAX_DAY
        or clean_title(words) is not None
        or find_times(words, language)
    ):
        return [region]
    below = list(islice(_items(region, dated), _MAX_ITEMS))
    items = [one for one in below if _begins_with_time(one, language)]
    named = [one for one in below if one in items or _is_named(one)]
    # One name below a day that stands alone is that day's event, where the list, or the heading, says that they belong together.
    sure = len(below) == 1 and _is_alone(region) and (below[0].tag == "li" or region.dated.tag in HEADINGS)
    items = named if len(named) > max(0 if sure else 1, len(items)) else items
    if len(items) < (1 if _is_alone(region) else 2):
        return [region]
    return [replace(region, elements=(one,), text=_text(one, region.dated), day=words) for one in items]


def _is_alone(region: Region) -> bool:
    """Whether a piece holds no more than the element with its day."""
    return len(region.elements) == 1 and first_text(region.elements[0], _MAX_DAY) == first_text(region.dated, _MAX_DAY)


def _items(region: Region, dated: Container[html.HtmlElement]) -> Iterator[html.HtmlElement]:
    """What follows the day up to the next: rows that its cell spans, items of lists, paragraphs."""
    cell = next((one for one in (region.dated, *region.dated.iterancestors()) if one.tag in ("td", "th")), None)
    if cell is not None:
        row, span = cell.getparent(), cell.get("rowspan") or ""
        if row is not None and span.isdigit() and 1 < int(span) <= _MAX_ITEMS:
            yield row
            yield from list(row.itersiblings("tr"))[: int(span) - 1]
        return
    start = region.dated
    while start.getnext() is None and start not in region.elements and start.getparent() is not None:
        start = start.getparent()
    for sibling in start.itersiblings():
        if sibling in dated or (sibling.tag in HEADINGS and start.tag in HEADINGS and sibling.tag <= start.tag):
            return
        if sibling.tag in _LISTS:
            yield from sibling.iter(_LISTS[sibling.tag])
        else:
            boxes = [one for one in sibling if next(one.iter(*HEADINGS), None) is not None]
            yield from boxes if len(boxes) > 1 else (sibling,)


def _is_named(item: html.HtmlElement) -> bool:
    """Whether an item has a heading or a link that names something."""
    marked = item.iter("a", *HEADINGS) if isinstance(item.tag, str) else ()
    return any(clean_title(first_text(one, 200)) for one in marked)


def _begins_with_time(item: html.HtmlElement, language: str | None) -> bool:
    text = first_text(item, 200) if isinstance(item.tag, str) else ""
    times = find_times(text, language) if text else []
    # The first cell of a row that a day spans is the day.
    return bool(times) and (times[0].span[0] <= 3 or item.tag == "tr")


def _text(item: html.HtmlElement, day: html.HtmlElement) -> str:
    lines = (" ".join(line.split()) for line in tree_text(item, {day}).splitlines())
    return "\n".join(line for line in lines if line)[:MAX_TEXT]
