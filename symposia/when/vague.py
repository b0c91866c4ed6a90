"""Expressions that name no day, and are given none: "May 2027", "fall 2027", "Q3 2027", "TBA"."""

from __future__ import annotations

import calendar
from datetime import date

from symposia.when.grammar import is_numbered
from symposia.when.numeric import YEARS
from symposia.when.parts import Context
from symposia.when.relative import is_within
from symposia.when.tokens import Text
from symposia.when.value import Precision, Span, When

ROLES = frozenset(("month", "season", "quarter", "tba"))
"""The roles of words that tell a part of a year; a text without any tells none."""
_WINTER = 1
_MAX_BETWEEN = 2
"""Tokens between a part of a year and the year: "fall of 2027"."""


def find_parts_of_years(text: Text, context: Context, found: list[tuple[Span, When]]) -> list[tuple[Span, When]]:
    """The months, quarters and seasons of a year, and words like "TBA", outside what was `found`."""
    parts: list[tuple[Span, When]] = []
    index = 0
    while index < len(text.tokens):
        token = text.tokens[index]
        may_begin = token.roles or token.unit == "year" or 1 <= token.number <= 4
        part = (_tba(text, index) or _part_of_year(text, index)) if may_begin else None
        if part is None:
            index += 1
            continue
        end, when = part
        span = text.tokens[index].start, text.tokens[end - 1].end
        if not is_within(span[0], found) and not is_within(span[1] - 1, found):
            parts.append((span, when))
        index = end
    return parts


def _tba(text: Text, index: int) -> tuple[int, When] | None:
    if "tba" not in text.at(index).roles:
        return None
    return index + 1, When(start=None, precision=Precision.UNKNOWN, text="")


def _part_of_year(text: Text, index: int) -> tuple[int, When] | None:
    """The index after a month, season or quarter with its year, and what they say."""
    token = text.at(index)
    if token.unit == "year" and text.at(index + 1).unit == "month":
        return _months(Precision.MONTH, token.number, text.at(index + 1).number, 1, index + 2)
    if "month" in token.roles or "season" in token.roles:
        at = _skip_between(text, index + 1)
        if not _is_year(text, at) or "unit" in token.roles:
            return None
        year = text.at(at).number
        if "month" in token.roles:
            return _months(Precision.MONTH, year, token.roles["month"], 1, at + 1)
        return _season(token.roles["season"], year, at + 1)
    return _quarter(text, index)


def _quarter(text: Text, index: int) -> tuple[int, When] | None:
    """Q3 2027; 3rd quarter of 2027; 3. Quartal 2027."""
    token, at = text.at(index), index + 1
    if "quarter" in token.roles and 1 <= text.at(at).number <= 4:
        number, at = text.at(at).number, at + 1
    elif 1 <= token.number <= 4 or "nth" in token.roles:
        number = token.number if token.number > 0 else token.roles["nth"]
        while text.at(at).text in (".", "º") or "ordinal" in text.at(at).roles:
            at += 1
        if "quarter" not in text.at(at).roles:
            return None
        at += 1
    else:
        return None
    at = _skip_between(text, at)
    if not _is_year(text, at) or not 1 <= number <= 4:
        return None
    return _months(Precision.QUARTER, text.at(at).number, number * 3 - 2, 3, at + 1)


def _season(season: int, year: int, end: int) -> tuple[int, When]:
    """A season, somewhere in the whole year: where depends on the half of the earth. Winter runs into the next year."""
    last = date(year + 1, 3, 31) if season == _WINTER else date(year, 12, 31)
    return end, When(start=None, precision=Precision.SEASON, text="", within=(date(year, 1, 1), last))


def _months(precision: Precision, year: int, month: int, months: int, end: int) -> tuple[int, When] | None:
    if not 1 <= month <= 12 or year not in YEARS:
        return None
    last = month + months - 1
    within = date(year, month, 1), date(year, last, calendar.monthrange(year, last)[1])
    return end, When(start=None, precision=precision, text="", within=within)


def _skip_between(text: Text, index: int) -> int:
    at = index
    while at - index < _MAX_BETWEEN and ("fill" in text.at(at).roles or text.at(at).text in (",", ".", "'")):
        at += 1
    return at


def _is_year(text: Text, index: int) -> bool:
    """Whether four digits are a year, and count nothing else: "No. 2027"."""
    token = text.at(index)
    return token.kind == "number" and len(token.text) == 4 and token.number in YEARS and not is_numbered(text, index)
