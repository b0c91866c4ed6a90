"""The columns of a table: which cell of a row stands under a heading that means something."""

from __future__ import annotations

import re
from functools import cache

from lxml import html

from spiders.extraction.marks import marks

CELLS = ("td", "th")


@cache
def _means(key: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, marks('columns', key)))})(?!\w)")


def column(row: html.HtmlElement, key: str) -> html.HtmlElement | None:
    """The cell of a table row under a heading that means `key`; None outside a table, and without such a heading."""
    table = next(row.iterancestors("table"), None) if row.tag == "tr" else None
    head = next(table.iter("tr"), None) if table is not None else None
    if head is None or head is row:
        return None
    for number, cell in enumerate(cells_of(head)):
        words = " ".join(cell.text_content().casefold().split())
        if len(words) < 60 and _means(key).search(words):
            cells = cells_of(row)
            return cells[number] if number < len(cells) else None
    return None


def cells_of(row: html.HtmlElement) -> list[html.HtmlElement]:
    """The cells of a row."""
    return [cell for cell in row if cell.tag in CELLS]
