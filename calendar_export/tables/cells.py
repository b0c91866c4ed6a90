"""Values as the text of CSV cells, which no spreadsheet takes for a formula."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import UTC, datetime

from calendar_export.tables.columns import ColumnType
from calendar_export.text.cleaning import clean_line
from symposia.event import Moment
from symposia.moments import moment_text

# What a spreadsheet takes for the beginning of a formula (OWASP, CSV Injection), with the fullwidth and small forms that
# East Asian settings take for the same; | and % begin commands in some. Invisible characters before it change nothing.
_FORMULA_SIGNS = r"=+\-@|%＝＋－＠｜％﹦﹢﹣﹫﹪"
_INVISIBLE = r"\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_formula_start = re.compile(
    rf"""
    (?: ^ | ; )                       # a cell begins; Excel splits at semicolons, too, in most of Europe
    [{_INVISIBLE}"]*
    (?= '* [{_FORMULA_SIGNS}] )       # behind apostrophes, too, so that a reader can take exactly one away
    """,
    re.VERBOSE,
)


def text_cell(text: str | None) -> str | None:
    """Write a text on one line, with an apostrophe before each beginning of a formula; None where nothing is left.

    >>> text_cell("=1+1")
    "'=1+1"
    >>> text_cell("Reading  aloud")
    'Reading aloud'
    """
    return _formula_start.sub(r"\g<0>'", clean_line(text)) or None if text else None


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would take a cell of that text, on one line, for a formula.

    >>> is_formula("=1+1"), is_formula("1+1=2")
    (True, False)
    """
    return _formula_start.match(text) is not None


def number_text(number: float) -> str | None:
    """Write a number in digits, with at most six decimals and no exponent; None for infinity and NaN.

    >>> number_text(1_250_000.0), number_text(0.1 + 0.2), number_text(float("nan"))
    ('1250000', '0.3', None)
    """
    if not math.isfinite(number):
        return None
    rounded = round(number, 6) + 0.0  # makes 0 of -0
    return f"{rounded:.6f}".rstrip("0").rstrip(".")


def utc_text(moment: datetime) -> str:
    """Write an instant in UTC, to the minute.

    >>> utc_text(datetime(2027, 3, 3, 15, tzinfo=UTC))
    '2027-03-03T15:00Z'
    """
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")


def local_text(moment: Moment) -> str:
    """Write a day, or a time without its offset in the form that spreadsheets read as a date: with seconds.

    >>> local_text(datetime(2027, 3, 3, 16, tzinfo=UTC))
    '2027-03-03 16:00:00'
    """
    return f"{moment:%Y-%m-%d %H:%M:%S}" if isinstance(moment, datetime) else moment.isoformat()


def boolean_text(value: bool) -> str:
    """Write TRUE or FALSE, which every spreadsheet reads as a boolean and writes back unchanged."""
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
"""How the values of each type are written. None, an empty cell, is handed to none of them."""
SOURCE_TEXT_TYPES = frozenset([ColumnType.TEXT, ColumnType.LIST, ColumnType.LINK])
"""The types whose values are words of a source: anything may be in them."""
