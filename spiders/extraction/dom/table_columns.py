"""Table columns: which cell of a row stands under which heading, with spans reckoned in."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from functools import cache, lru_cache
from itertools import islice

from lxml import html

from spiders.extraction.lexicon.titles import clean_title
from spiders.extraction.lexicon.word_lists import word_list
from symposia.text.patterns import any_word
from symposia.text.plain_text import first_text

CELLS = ("td", "th")
_MAX_HEAD_ROWS = 3
"""Rows of a table among which its headings stand, below a title."""
_MAX_JOINED = 6
"""Rows that one event may take up; a cell that spans more heads a group of events."""
_MAX_ROWS = 3_000
"""Rows of a table that are read."""
_MAX_CELLS = 100
"""Cells of a row that are read."""
_MAX_SPAN = 50
"""Rows or columns that one cell is believed to span: HTML allows 65,534."""
_MAX_DIGITS = 4
"""Digits of a span that are read."""
_MAX_HEADING = 60
"""Characters of a column's heading: what is longer is no heading."""
_MAX_TITLE = 200
"""Characters of a cell in which a title is looked for."""


@cache
def heading_pattern(key: str) -> re.Pattern[str]:
    """Compile a pattern that finds the casefolded headings and labels that mean `key`, a list of `[columns]`.

    >>> bool(heading_pattern("place").search("room / location"))
    True
    """
    return re.compile(rf"(?<!\w){any_word(word_list('columns', key))}(?!\w)")


def cell_under(row: html.HtmlElement, key: str) -> html.HtmlElement | None:
    """The cell of a row under a heading that means `key`; None outside a table, and where no heading does."""
    headings = _headings_of(row)
    columns = _columns_of(headings[0]) if headings else {}
    for heading in headings:
        words = first_text(heading, _MAX_HEADING).casefold()
        if len(words) < _MAX_HEADING and heading_pattern(key).search(words):
            return next((cell for cell in cells_of(row) if columns.get(cell) == columns.get(heading)), None)
    return None


def heading_of(cell: html.HtmlElement) -> html.HtmlElement | None:
    """The heading of a cell's column; None outside a table, and for a heading itself."""
    row = cell.getparent()
    headings = _headings_of(row) if row is not None and cell.tag in CELLS else []
    columns = _columns_of(headings[0]) if headings else {}
    return next((heading for heading in headings if columns.get(heading) == columns.get(cell)), None)


def joined_rows(row: html.HtmlElement) -> list[html.HtmlElement]:
    """The rows that a cell with a `rowspan` joins with this one, in order; the row alone where none does."""
    first = row
    for distance, before in enumerate(islice(row.itersiblings("tr", preceding=True), _MAX_JOINED - 1), 1):
        if _rows_spanned(before) > distance:
            first = before
    size = _rows_spanned(first)
    if size > _MAX_JOINED:
        return [row]
    rows = [first, *islice(first.itersiblings("tr"), size - 1)]
    return rows if row in rows else [row]


def is_row_of_events(row: html.HtmlElement, dated: Container[html.HtmlElement]) -> bool:
    """Whether the cells of a row are events each, rather than the row one event.

    They are where every cell that says anything is dated, or every dated one has a title; but two cells of which the
    second stands under a heading like "End date" are one event.

    Args:
        row: A `<tr>`.
        dated: The elements of the page that hold dates.
    """
    cells = [cell for cell in cells_of(row) if first_text(cell, 1)]
    dated_cells = [cell for cell in cells if cell in dated]
    if len(dated_cells) > 1 and all(clean_title(first_text(cell, _MAX_TITLE)) for cell in dated_cells):
        return True
    if len(cells) < 2 or len(dated_cells) < len(cells):
        return False
    heading = heading_of(cells[1])
    if len(cells) > 2 or heading is None:
        return True
    return heading_pattern("end").search(first_text(heading, _MAX_HEADING).casefold()) is None


def cells_of(row: html.HtmlElement) -> list[html.HtmlElement]:
    """The cells of a row, the first hundred."""
    return [cell for cell in islice(row, _MAX_CELLS) if cell.tag in CELLS]


def _headings_of(row: html.HtmlElement) -> list[html.HtmlElement]:
    """The cells of a table's first row with several cells: above it stands a title. Empty for that row itself."""
    table = next(row.iterancestors("table"), None) if row.tag == "tr" else None
    rows = islice(table.iter("tr"), _MAX_HEAD_ROWS) if table is not None else ()
    head = next((one for one in rows if len(cells_of(one)) > 1), None)
    return cells_of(head) if head is not None and head is not row else []


def _columns_of(cell: html.HtmlElement) -> Mapping[html.HtmlElement, int]:
    """The column of each cell of a cell's table, from 0 (HTML Standard, 4.9.12 "Processing model")."""
    return _columns_in(next(cell.iterancestors("table")))


@lru_cache(maxsize=4)
def _columns_in(table: html.HtmlElement) -> Mapping[html.HtmlElement, int]:
    columns: dict[html.HtmlElement, int] = {}
    free_from: dict[int, int] = {}  # by column: the first row that no cell above reaches into
    for number, row in enumerate(islice(table.iter("tr"), _MAX_ROWS)):
        column = 0
        for cell in cells_of(row):
            while free_from.get(column, 0) > number:
                column += 1
            columns[cell] = column
            width = _span(cell, "colspan")
            free_from.update((column + step, number + _span(cell, "rowspan")) for step in range(width))
            column += width
    return columns


def _rows_spanned(row: html.HtmlElement) -> int:
    return max((_span(cell, "rowspan") for cell in cells_of(row)), default=1)


def _span(cell: html.HtmlElement, attribute: str) -> int:
    stated = cell.get(attribute) or ""
    return min(int(stated), _MAX_SPAN) or 1 if stated.isdecimal() and len(stated) <= _MAX_DIGITS else 1
