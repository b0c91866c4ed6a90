"""Amounts of money in running text, and what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from symposia.facts.lists import keys
from symposia.facts.words import alternatives, pattern

_NUMBER = r"\d{1,3}(?:[,. ’']\d{3}){1,2}(?:[.,]\d{1,2})?|\d{1,6}(?:[.,]\d{1,2})?"

_has_digit = re.compile(r"\d").search


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """So much money, its place [start, end) in the text, and its currency (ISO 4217)."""

    value: float
    currency: str
    start: int
    end: int


def find_amounts(text: str) -> Iterator[Amount]:
    """Each number that has a currency, in order."""
    if not _has_digit(text):
        return
    for match in _amount().finditer(text):
        mark, number = match["before"] or match["after"], match["n1"] or match["n2"]
        after = _mark_after().match(text, match.end())
        code = _code(after[1], text) if after and mark == "$" else _code(mark, text)
        yield Amount(value=_value(number), currency=code, start=match.start(), end=match.end())


@cache
def _mark_after() -> re.Pattern[str]:
    return re.compile(rf"\s?({alternatives('currency')})(?!\w)", re.IGNORECASE)


@cache
def _amount() -> re.Pattern[str]:
    mark = alternatives("currency")
    return re.compile(
        rf"(?<![\w$€£])(?P<before>{mark})\s?(?P<n1>{_NUMBER})(?![\d%])(?![.,]\d)"
        rf"|(?<![\w.,$€£/-])(?P<n2>{_NUMBER})\s?(?:,-\s?)?(?P<after>{mark})(?![\w])",
        re.IGNORECASE,
    )


def _code(mark: str, text: str) -> str:
    code = next(key for key in keys("currency") if pattern_of(key).fullmatch(mark))
    if mark != "$":
        return code
    return next((key for key in keys("dollar") if pattern("dollar", key).search(text)), code)


@cache
def pattern_of(code: str) -> re.Pattern[str]:
    """Finds the marks of a currency; they are no words, "$" may stand anywhere."""
    return re.compile(alternatives("currency", code), re.IGNORECASE)


def _value(number: str) -> float:
    """A number whose last group of one or two digits after a mark is its fraction."""
    whole, _, fraction = re.sub(r"[,.](\d{1,2})$", r"|\1", number).partition("|")
    return float(f"{re.sub(r'[^0-9]', '', whole)}.{fraction or 0}")
