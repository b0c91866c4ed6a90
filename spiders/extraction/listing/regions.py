"""Regions: the parts of a page that each announce one event. Rows, list items, cards, paragraphs."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise, takewhile
from typing import NamedTuple

from lxml import html

from spiders.extraction.dom.headings import HEADINGS
from spiders.extraction.dom.table_columns import is_row_of_events, joined_rows
from spiders.extraction.listing.date_nodes import DayReader, find_date_nodes, machine_readable_date
from spiders.extraction.listing.event_counts import count_events, publication_dates
from spiders.extraction.listing.sibling_groups import group_siblings
from symposia.text.plain_text import BLOCKS, first_text, tree_text

MAX_REGIONS = 2_000
"""Regions of one page that are read, which bounds time; the rest is refused as one."""
MAX_TEXT = 2_000
"""Characters of one region that are read: an element with more is no announcement of one event."""
_MAX_LIST = 20_000
"""Characters of one region that may turn out to be a list of lines."""
_MAX_ROW_EVENTS = 3
"""Dates of a table row that may be one event's: its start, its end, its deadline."""
_LISTS = ("ul", "ol", "table", "tbody")
_WHOLE_PAGE = ("body", "html", "main")


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """What announces one event.

    Attributes:
        elements: The elements, side by side, that announce it.
        date_node: The element within them that holds the date.
        text: The lines that they show.
        is_line: Whether `text` is one line of the elements, whose other lines are other events.
        year: The year that a line above states, for a line; else None.
        day: The day, where it stands elsewhere (above, or as a number under a month); else "".
    """

    elements: tuple[html.HtmlElement, ...]
    date_node: html.HtmlElement
    text: str
    is_line: bool = False
    year: int | None = None
    day: str = ""


class PageRegions(NamedTuple):
    """The regions of a page, all elements that are, or hold, a date node, and whether there are more than are read."""

    regions: list[Region]
    dated: Container[html.HtmlElement]
    is_cut: bool = False


def find_regions(tree: html.HtmlElement, read_day: DayReader, today: date, everywhere: bool = False) -> PageRegions:
    """The largest elements of the page that speak of one event's day each, in order.

    Args:
        tree: The page.
        read_day: Reads a text's first day.
        today: When the page was fetched: a day before it, beside one after it, is when the region was posted.
        everywhere: Whether elements that their names alone call boilerplate are searched too.
    """
    body = tree.find("body")
    asides: set[html.HtmlElement] = set()
    date_nodes = find_date_nodes(body if body is not None else tree, read_day, everywhere, asides)
    for posted in list(publication_dates(date_nodes, today)):
        asides.add(posted)
        del date_nodes[posted]
    counts = count_events(date_nodes)
    wholes: dict[html.HtmlElement, html.HtmlElement] = {}
    for date_node in date_nodes:
        wholes.setdefault(_largest_of_one_event(date_node, counts), date_node)
    groups = group_siblings(wholes, counts)
    for whole in wholes:
        rows = joined_rows(whole) if whole.tag == "tr" else []
        if sum(row in counts for row in rows) == 1:
            groups[whole] = tuple(rows)
    regions = [
        _build_region(groups[whole], date_node, asides, machine_readable_date(date_node, read_day))
        for whole, date_node in list(wholes.items())[:MAX_REGIONS]
    ]
    return PageRegions(regions, counts, is_cut=len(wholes) > MAX_REGIONS)


def _build_region(
    elements: tuple[html.HtmlElement, ...], date_node: html.HtmlElement, asides: set[html.HtmlElement], moment: str
) -> Region:
    """A region; its machine-readable moment, where it has one, stands in for words like "tomorrow"."""
    left_out = asides | {date_node} if moment else asides
    return Region(elements=elements, date_node=date_node, text=_shown_text(elements, left_out), day=moment)


def _shown_text(elements: tuple[html.HtmlElement, ...], left_out: Container[html.HtmlElement]) -> str:
    """The lines of elements that stand side by side, with the text between them and, for more than one, after them."""
    parts = [part for element in elements for part in (tree_text(element, left_out), element.tail or "")]
    # What follows a block is another's; what follows bold words goes on with them.
    text = parts[0] if len(elements) == 1 and elements[0].tag in BLOCKS else "\n".join(parts)
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)[:_MAX_LIST]


def _largest_of_one_event(date_node: html.HtmlElement, counts: Mapping[html.HtmlElement, int]) -> html.HtmlElement:
    """The row that holds the date, else the largest element around it that holds no other event's."""
    row = next((around for around in [date_node, *date_node.iterancestors()] if around.tag == "tr"), None)
    if row is not None and counts[row] <= _MAX_ROW_EVENTS and not is_row_of_events(row, counts):
        return row
    outer_ones = takewhile(lambda around: counts[around] == 1 and _may_be_one_event(around), date_node.iterancestors())
    path = [date_node, *outer_ones]
    for inner, outer in pairwise(path):
        if outer.tag in _LISTS and next(outer.itersiblings(*HEADINGS, preceding=True), None) is not None:
            return inner  # the heading is the list's, however short the list
    outermost = path[-1]
    outside = outermost.getparent()
    if outside is not None and counts.get(outside, 0) > 1:
        return outermost
    # A list or table that holds a single event is not the event: its item or row is.
    return next((inner for inner, outer in pairwise(path) if outer.tag in _LISTS), outermost)


def _may_be_one_event(element: html.HtmlElement) -> bool:
    return element.tag not in _WHOLE_PAGE and len(first_text(element, MAX_TEXT)) <= MAX_TEXT
