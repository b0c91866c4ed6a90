"""Day groups: a day that heads several events. "Wednesday, 3 March" above "9:00 Phonics" and "10:30 Geometry"."""

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
"""Items of one day, and rows that one cell spans: more are another list."""
_MAX_ITEM_TEXT = 200
"""Characters of an item in which its time, or its title, stands."""
_MAX_MARK = 3
"""Characters, such as a bullet or a bracket, that may stand before the time with which an item begins."""
_ITEMS_OF = {"ul": "li", "ol": "li", "table": "tr", "tbody": "tr", "dl": "dd"}
"""The element of an item, by that of its list."""


def split_day_group(region: Region, dated: Container[html.HtmlElement], language: str | None) -> list[Region]:
    """The items below a region that is only a day, each with it as its `day`; the region itself where there are none.

    Items begin with a time, or several have a title that is marked as one.

    Args:
        region: A region of the page.
        dated: All elements that are, or hold, a date node: the next day ends the group.
        language: The page's language, for times of day.
    """
    day = first_text(region.date_node, _MAX_DAY)
    if not _is_mere_day(region, day, language):
        return [region]
    below = list(islice(_iter_items(region, dated), _MAX_ITEMS))
    items = [item for item in below if _begins_with_time(item, language)]
    titled = [item for item in below if item in items or _has_marked_title(item)]
    is_alone = _is_alone(region)
    # One title below a day is that day's event only where the list, or the heading, says that they belong together.
    belongs = len(below) == 1 and is_alone and (below[0].tag == "li" or region.date_node.tag in HEADINGS)
    if len(titled) > max(0 if belongs else 1, len(items)):
        items = titled
    if len(items) < (1 if is_alone else 2):
        return [region]
    return [replace(region, elements=(item,), text=_shown_text(item, region.date_node), day=day) for item in items]


def _is_mere_day(region: Region, day: str, language: str | None) -> bool:
    """Whether a region's date node says a day, and neither a time nor a title."""
    if region.is_line or region.day or len(day) > _MAX_DAY:
        return False
    return clean_title(day) is None and not find_times(day, language)


def _is_alone(region: Region) -> bool:
    """Whether a region holds no more than its day."""
    only, *others = region.elements
    return not others and first_text(only, _MAX_DAY) == first_text(region.date_node, _MAX_DAY)


def _iter_items(region: Region, dated: Container[html.HtmlElement]) -> Iterator[html.HtmlElement]:
    """What follows the day up to the next one: rows that its cell spans, items of lists, paragraphs."""
    around = (region.date_node, *region.date_node.iterancestors())
    cell = next((element for element in around if element.tag in ("td", "th")), None)
    if cell is not None:
        yield from _iter_spanned_rows(cell)
        return
    start = region.date_node
    while start.getnext() is None and start not in region.elements and start.getparent() is not None:
        start = start.getparent()
    for sibling in start.itersiblings():
        if sibling in dated or (sibling.tag in HEADINGS and start.tag in HEADINGS and sibling.tag <= start.tag):
            return
        if sibling.tag in _ITEMS_OF:
            yield from sibling.iter(_ITEMS_OF[sibling.tag])
        else:
            boxes = [child for child in sibling if next(child.iter(*HEADINGS), None) is not None]
            yield from boxes if len(boxes) > 1 else (sibling,)


def _iter_spanned_rows(cell: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """The rows that a cell spans, where it spans several."""
    row, span = cell.getparent(), cell.get("rowspan") or ""
    if row is not None and span.isdigit() and 1 < int(span) <= _MAX_ITEMS:
        yield row
        yield from list(row.itersiblings("tr"))[: int(span) - 1]


def _has_marked_title(item: html.HtmlElement) -> bool:
    """Whether a heading or a link of an item holds a title."""
    marked = item.iter("a", *HEADINGS) if isinstance(item.tag, str) else ()
    return any(clean_title(first_text(element, _MAX_ITEM_TEXT)) for element in marked)


def _begins_with_time(item: html.HtmlElement, language: str | None) -> bool:
    text = first_text(item, _MAX_ITEM_TEXT) if isinstance(item.tag, str) else ""
    times = find_times(text, language) if text else []
    # The first cell of a row that a day spans is the day.
    return bool(times) and (times[0].span[0] <= _MAX_MARK or item.tag == "tr")


def _shown_text(item: html.HtmlElement, day: html.HtmlElement) -> str:
    lines = (" ".join(line.split()) for line in tree_text(item, {day}).splitlines())
    return "\n".join(line for line in lines if line)[:MAX_TEXT]
