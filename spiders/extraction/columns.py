"""The columns of a table: which cell of a row stands under a heading that means something."""

from __future__ import annotations

import re
from collections.abc import Container
from functools import cache
from itertools import islice

from lxml import html

from spiders.extraction.marks import marks
from spiders.extraction.naming import has_event_word
from symposia.prose import first_text

CELLS = ("td", "th")
_MAX_HEAD = 3
"""Rows of a table among which its heading is."""


@cache
def means(key: str) -> re.Pattern[str]:
    """A pattern for the headings and labels, in small letters, that mean `key`."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, marks('columns', key)))})(?!\w)")


def column(row: html.HtmlElement, key: str) -> html.HtmlElement | None:
    """The cell of a table row under a heading that means `key`; None outside a table, and without such a heading."""
    for number, cell in enumerate(_heads_of(row)):
        words = first_text(cell, 60).casefold()
        if len(words) < 60 and means(key).search(words):
            cells = cells_of(row)
            return cells[number] if number < len(cells) else None
    return None


def head_of(cell: html.HtmlElement) -> html.HtmlElement | None:
    """The heading of a cell's column; None outside a table, and for a heading itself."""
    row = cell.getparent()
    heads = _heads_of(row) if row is not None and cell.tag in CELLS else []
    number = cells_of(row).index(cell) if heads else 0
    return heads[number] if number < len(heads) else None


def _heads_of(row: html.HtmlElement) -> list[html.HtmlElement]:
    """The cells of the row that heads a table: its first row, but for a title that spans all columns. Empty for that row."""
    table = next(row.iterancestors("table"), None) if row.tag == "tr" else None
    rows = islice(table.iter("tr"), _MAX_HEAD) if table is not None else ()
    head = next((one for one in rows if len(cells_of(one)) > 1), None)
    return cells_of(head) if head is not None and head is not row else []


def is_of_dates(row: html.HtmlElement, dated: Container[html.HtmlElement]) -> bool:
    """Whether each cell of a row that says anything is dated: the row is no event, its cells are.

    Two dated cells are the first and the last day of one event, unless the headings above them name two.
    """
    cells = [cell for cell in cells_of(row) if first_text(cell, 1)]
    if len(cells) < 2 or not all(cell in dated for cell in cells):
        return False
    heads = [head_of(cell) for cell in cells]
    return len(cells) > 2 or all(head is not None and has_event_word(first_text(head, 60)) for head in heads)


def cells_of(row: html.HtmlElement) -> list[html.HtmlElement]:
    """The cells of a row."""
    return [cell for cell in row if cell.tag in CELLS]
