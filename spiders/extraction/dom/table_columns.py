"""The columns of a table: which cell of a row stands under a heading that means something."""

from __future__ import annotations

import re
from collections.abc import Container
from functools import cache, lru_cache
from itertools import islice

from lxml import html

from spiders.extraction.lexicon.titles import clean_title
from spiders.extraction.lexicon.word_lists import word_list
from symposia.text.patterns import any_word
from symposia.text.plain_text import first_text

CELLS = ("td", "th")
_MAX_HEAD = 3
"""Rows of a table among which its heading is."""
_MAX_TOGETHER = 6
"""Rows that one event may take up."""
_MAX_ROWS = 3_000
_MAX_CELLS = 100
_MAX_SPAN = 50
"""Rows or columns that one cell spans at most, whatever it says."""


@cache
def heading_pattern(key: str) -> re.Pattern[str]:
    """A pattern for the headings and labels, in small letters, that mean `key`."""
    return re.compile(rf"(?<!\w){any_word(word_list('columns', key))}(?!\w)")


def cell_under(row: html.HtmlElement, key: str) -> html.HtmlElement | None:
    """The cell of a table row under a heading that means `key`; None outside a table, and without such a heading."""
    heads = _heads_of(row)
    places = _places(heads[0]) if heads else {}
    for head in heads:
        words = first_text(head, 60).casefold()
        if len(words) < 60 and heading_pattern(key).search(words):
            return next((cell for cell in cells_of(row) if places.get(cell) == places.get(head)), None)
    return None


def heading_of(cell: html.HtmlElement) -> html.HtmlElement | None:
    """The heading of a cell's column; None outside a table, and for a heading itself."""
    row = cell.getparent()
    heads = _heads_of(row) if row is not None and cell.tag in CELLS else []
    places = _places(heads[0]) if heads else {}
    return next((head for head in heads if places.get(head) == places.get(cell)), None)


def joined_rows(row: html.HtmlElement) -> list[html.HtmlElement]:
    """The rows that a cell which spans several holds together with this one, in order; the row alone, where none does."""
    first = row
    for distance, before in enumerate(islice(row.itersiblings("tr", preceding=True), _MAX_TOGETHER - 1), 1):
        if max((_span(cell, "rowspan") for cell in cells_of(before)), default=1) > distance:
            first = before
    size = max((_span(cell, "rowspan") for cell in cells_of(first)), default=1)
    if size > _MAX_TOGETHER:
        return [row]
    rows = [first, *islice(first.itersiblings("tr"), size - 1)]
    return rows if row in rows else [row]


def _heads_of(row: html.HtmlElement) -> list[html.HtmlElement]:
    """The cells of the row that heads a table: its first row, but for a title that spans all columns. Empty for that row."""
    table = next(row.iterancestors("table"), None) if row.tag == "tr" else None
    rows = islice(table.iter("tr"), _MAX_HEAD) if table is not None else ()
    head = next((one for one in rows if len(cells_of(one)) > 1), None)
    return cells_of(head) if head is not None and head is not row else []


def _places(cell: html.HtmlElement) -> dict[html.HtmlElement, int]:
    """The column of each cell of a cell's table, counted from 0, with what spans rows and columns reckoned in (HTML, 4.9.12)."""
    return _places_in(next(cell.iterancestors("table")))


@lru_cache(maxsize=4)
def _places_in(table: html.HtmlElement) -> dict[html.HtmlElement, int]:
    found: dict[html.HtmlElement, int] = {}
    until: dict[int, int] = {}  # the row in which a column that a cell above spans is free again
    for number, row in enumerate(islice(table.iter("tr"), _MAX_ROWS)):
        at = 0
        for cell in cells_of(row):
            while until.get(at, 0) > number:
                at += 1
            found[cell] = at
            across = _span(cell, "colspan")
            until.update((at + step, number + _span(cell, "rowspan")) for step in range(across))
            at += across
    return found


def _span(cell: html.HtmlElement, name: str) -> int:
    stated = cell.get(name) or ""
    return min(int(stated), _MAX_SPAN) if stated.isdecimal() and len(stated) < 5 and int(stated) else 1


def is_row_of_events(row: html.HtmlElement, dated: Container[html.HtmlElement]) -> bool:
    """Whether the cells of a row are events, and not the row: each that says anything is dated, or each dated one has a name.

    But for two cells of which the second, by its heading, is the last day of one event.
    """
    cells = [cell for cell in cells_of(row) if first_text(cell, 1)]
    own = [cell for cell in cells if cell in dated]
    if len(own) > 1 and all(clean_title(first_text(cell, 200)) for cell in own):
        return True
    if len(cells) < 2 or len(own) < len(cells):
        return False
    head = heading_of(cells[1])
    return len(cells) > 2 or head is None or heading_pattern("end").search(first_text(head, 60).casefold()) is None


def cells_of(row: html.HtmlElement) -> list[html.HtmlElement]:
    """The cells of a row, the first hundred."""
    return [cell for cell in islice(row, _MAX_CELLS) if cell.tag in CELLS]
