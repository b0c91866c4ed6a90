"""Values as the text of cells that no spreadsheet computes."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import UTC, datetime

from calendar_export.tables.columns import ColumnType
from calendar_export.text.cleaning import one_line
from symposia.event import Moment
from symposia.moments import moment_text

# What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection), with the wide and small forms that East
# Asian settings take for the same; | and % begin commands in some. Marks that are not seen do not shield it.
_SIGNS = r"=+\-@|%＝＋－＠｜％﹦﹢﹣﹫﹪"
_UNSEEN = r"\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_computed = re.compile(
    rf"""
    (?: ^ | ; )                # a cell begins; after a semicolon too, where Excel parts cells at it, as in most of Europe
    [{_UNSEEN}"]*
    (?= '* [{_SIGNS}] )        # behind apostrophes too, so that exactly one is ours
    """,
    re.VERBOSE,
)


def text_cell(text: str | None) -> str | None:
    """`text` on one line, an apostrophe before what a spreadsheet would compute; None where nothing is left."""
    return _computed.sub(r"\g<0>'", one_line(text)) or None if text else None


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would compute a cell of that text, on one line."""
    return _computed.match(text) is not None


def number_text(number: float) -> str | None:
    """A number in digits, with a point and at most six of them behind it; None for what is none, as infinity."""
    if not math.isfinite(number):
        return None
    rounded = round(number, 6) + 0.0  # not -0
    return f"{rounded:.6f}".rstrip("0").rstrip(".")


def utc_text(moment: datetime) -> str:
    """An instant in UTC, to the minute."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")


def local_text(moment: Moment) -> str:
    """A day or an instant without its offset: with seconds, as spreadsheets then read it as a date and write it again."""
    return f"{moment:%Y-%m-%d %H:%M:%S}" if isinstance(moment, datetime) else moment.isoformat()


def boolean_text(value: bool) -> str:
    """TRUE or FALSE, which every spreadsheet reads as a truth, and writes again."""
    return "TRUE" if value else "FALSE"


CELL_WRITERS: dict[ColumnType, Callable[..., str | None]] = {
    ColumnType.TEXT: text_cell,
    ColumnType.LIST: text_cell,
    ColumnType.LINK: text_cell,
    ColumnType.DAY: moment_text,
    ColumnType.MOMENT: moment_text,
    ColumnType.LOCAL: local_text,
    ColumnType.UTC: utc_text,
    ColumnType.NUMBER: number_text,
    ColumnType.BOOLEAN: boolean_text,
}
"""How the values of each type are written. None, the empty cell, is asked of none of them."""
SOURCE_TEXT_TYPES = frozenset([ColumnType.TEXT, ColumnType.LIST, ColumnType.LINK])
"""The types whose values are a source's words."""
