"""The pieces of a page that each hold one date: rows, items, cards, paragraphs."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise, takewhile
from typing import NamedTuple

from lxml import html

from spiders.extraction.dom.headings import HEADINGS
from spiders.extraction.dom.table_columns import is_of_dates, rows_with
from spiders.extraction.listing.date_nodes import DayIn, dated_elements, moment_for_machines
from spiders.extraction.listing.event_counts import counted, days_of_posting
from spiders.extraction.listing.sibling_groups import grouped
from symposia.text.plain_text import BLOCKS, first_text, tree_text

MAX_REGIONS = 2_000
MAX_TEXT = 2_000
"""Characters of one piece that are read."""

_MAX_LIST = 20_000
"""Characters of one piece that may be a list of lines."""
_LISTS = ("ul", "ol", "table", "tbody")


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """The elements, side by side, that announce one event, and the element within them that holds the date."""

    elements: tuple[html.HtmlElement, ...]
    dated: html.HtmlElement
    text: str
    line: bool = False
    """Whether it is but a line of the element, of which others are other events."""
    year: int | None = None
    """The year that a line above says, of those of the same element."""
    day: str = ""
    """The day, where it stands elsewhere: above, or as a number under a month."""


class Regions(NamedTuple):
    """The pieces of a page, all elements that hold a date, and whether there are more pieces than are read."""

    pieces: list[Region]
    dated: Container[html.HtmlElement]
    cut: bool = False


def regions_of(tree: html.HtmlElement, day_in: DayIn, today: date, everywhere: bool = False) -> Regions:
    """The largest elements of the page that speak of one event's day each, in order. `day_in` is asked once a text.

    `today` is when the page was fetched: a day before it, beside one after it, is when the piece was posted.

    `everywhere`: in those too whose names alone say that they stand at the side.
    """
    body = tree.find("body")
    asides: set[html.HtmlElement] = set()
    dated = dated_elements(body if body is not None else tree, day_in, everywhere, asides)
    for posted in list(days_of_posting(dated, today)):
        asides.add(posted)
        del dated[posted]
    count = counted(dated)
    found: dict[html.HtmlElement, html.HtmlElement] = {}
    for element in dated:
        found.setdefault(_largest(element, count), element)
    groups = grouped(found, count)
    for whole in found:
        rows = rows_with(whole) if whole.tag == "tr" else []
        if sum(row in count for row in rows) == 1:
            groups[whole] = tuple(rows)
    pieces = [
        _region(groups[whole], element, asides, moment_for_machines(element, day_in))
        for whole, element in list(found.items())[:MAX_REGIONS]
    ]
    return Regions(pieces, count, cut=len(found) > MAX_REGIONS)


def _region(
    elements: tuple[html.HtmlElement, ...], dated: html.HtmlElement, asides: set[html.HtmlElement], moment: str
) -> Region:
    """A piece, its moment for machines, where it has one, in place of words like "tomorrow"."""
    return Region(
        elements=elements, dated=dated, text=_text(elements, asides | {dated} if moment else asides), day=moment
    )


def _text(elements: tuple[html.HtmlElement, ...], asides: Container[html.HtmlElement]) -> str:
    """The lines of elements that stand side by side, and of what stands between and, for more than one, after them."""
    pieces = [piece for one in elements for piece in (tree_text(one, asides), one.tail or "")]
    # What follows a block is another's; what follows bold words goes on with them.
    text = pieces[0] if len(elements) == 1 and elements[0].tag in BLOCKS else "\n".join(pieces)
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)[:_MAX_LIST]


def _largest(element: html.HtmlElement, count: Mapping[html.HtmlElement, int]) -> html.HtmlElement:
    """The row that holds the date, else the largest element around it that holds no other date."""
    row = next((one for one in [element, *element.iterancestors()] if one.tag == "tr"), None)
    if row is not None and count[row] <= 3 and not is_of_dates(row, count):
        return row
    around = [element, *takewhile(lambda one: count[one] == 1 and _may_be_one(one), element.iterancestors())]
    outermost = around[-1]
    for inner, outer in pairwise(around):
        if outer.tag in _LISTS and next(outer.itersiblings(*HEADINGS, preceding=True), None) is not None:
            return inner  # the heading is the list's, however short the list
    outside = outermost.getparent()
    if outside is not None and count.get(outside, 0) > 1:
        return outermost
    # A list, or a table, that holds but one event is no event: its item, or its row, is.
    return next((inner for inner, outer in pairwise(around) if outer.tag in _LISTS), outermost)


def _may_be_one(element: html.HtmlElement) -> bool:
    return element.tag not in ("body", "html", "main") and len(first_text(element, MAX_TEXT)) <= MAX_TEXT
