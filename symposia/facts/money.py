"""Amounts of money: in running text, where a currency marks them, and in a field that states a price."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from babel.numbers import list_currencies

from symposia.facts.word_lists import any_of_list, list_names, list_pattern

_NUMBER = r"\d{1,3}(?:[,. ’']\d{3}){1,2}(?:[.,]\d{1,2})?|\d{1,6}(?:[.,]\d{1,2})?"

_MAX_FIELD = 500
"""Characters of a field of prices that are read: a list of ten tickets has some 300."""
_field_number = re.compile(rf"(?<![\w.,])(?:{_NUMBER})(?![\w%]|[.,]\d)")
_padded = re.compile(r"(\d\.\d\d)0{2,}(?!\d)")
"""A number as databases write it: "49.0000"."""
_code_in_field = re.compile(r"(?<![A-Z])[A-Z]{3}(?![A-Z])")
_joined_before = re.compile(rf"(?<![\w.,])({_NUMBER})\s?(?:[-–—/]|to|bis|a|à|until)\s?$")
_nothing_else = re.compile(r"(?:[\s\-–—/|,;:~+()]|to|bis|and|und|or|from|ab|up|à)*")
_has_digit = re.compile(r"\d").search


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """So much money, its place [start, end) in the text, and its currency (ISO 4217)."""

    value: float
    currency: str
    start: int
    end: int


def find_amounts(text: str) -> Iterator[Amount]:
    """Find each number that has a currency, in order.

    >>> [(amount.value, amount.currency) for amount in find_amounts("from € 1.250,00 to 1,400 USD")]
    [(1250.0, 'EUR'), (1400.0, 'USD')]
    """
    if not _has_digit(text):
        return
    for match in _amount_pattern().finditer(text):
        mark, number = match["before"] or match["after"], match["n1"] or match["n2"]
        after = _mark_after_pattern().match(text, match.end())
        code = _currency_of(after[1], text) if after and mark == "$" else _currency_of(mark, text)
        yield Amount(value=_read_number(number), currency=code, start=match.start(), end=match.end())


def read_field_amounts(field: str) -> tuple[list[float], str | None]:
    """Read the amounts that a field of prices states, in order, and their currency (ISO 4217).

    Numbers without a currency count where the field holds nothing else but what tickets are called, or in a range with one
    that has ("25 - 40 EUR"). The list is empty, and the currency None, where none is stated.

    >>> read_field_amounts("1.250,00 EUR")
    ([1250.0], 'EUR')
    >>> read_field_amounts("Members $25, others $40; ages 3-5")
    ([25.0, 40.0], 'USD')
    """
    text = _padded.sub(r"\1", field[:_MAX_FIELD])
    marked = list(find_amounts(text))
    code = next((code[0] for code in _code_in_field.finditer(text) if code[0] in _currency_codes()), None)
    currency = marked[0].currency if marked else code
    if _holds_only_amounts(text):
        return [_read_number(number[0]) for number in _field_number.finditer(text)], currency
    values: list[float] = []
    for amount in marked:
        before = _joined_before.search(text[: amount.start])
        values += [_read_number(before[1])] if before else []
        values.append(amount.value)
    return values, currency if values else None


def _holds_only_amounts(text: str) -> bool:
    """Whether a field holds nothing but numbers, currencies and what tickets are called."""
    rest = _code_in_field.sub(lambda code: " " if code[0] in _currency_codes() else code[0], text)
    for known in (_field_number, _mark_pattern(), list_pattern("price", "fee")):
        rest = known.sub(" ", rest)
    return _nothing_else.fullmatch(rest.casefold()) is not None


@cache
def _mark_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z]){any_of_list('currency')}(?![a-z])", re.IGNORECASE)


@cache
def _currency_codes() -> frozenset[str]:
    """All codes of ISO 4217 that CLDR knows."""
    return frozenset(list_currencies())


@cache
def _mark_after_pattern() -> re.Pattern[str]:
    return re.compile(rf"\s?({any_of_list('currency')})(?!\w)", re.IGNORECASE)


@cache
def _amount_pattern() -> re.Pattern[str]:
    mark = any_of_list("currency")
    return re.compile(
        rf"(?<![\w$€£])(?P<before>{mark})\s?(?P<n1>{_NUMBER})(?![\d%])(?![.,]\d)"
        rf"|(?<![\w.,$€£/-])(?P<n2>{_NUMBER})\s?(?:,-\s?)?(?P<after>{mark})(?![\w])",
        re.IGNORECASE,
    )


def _currency_of(mark: str, text: str) -> str:
    code = next(key for key in list_names("currency") if _marks_of_currency(key).fullmatch(mark))
    if mark != "$":
        return code
    return next((key for key in list_names("dollar") if list_pattern("dollar", key).search(text)), code)


@cache
def _marks_of_currency(code: str) -> re.Pattern[str]:
    """Finds the marks of a currency; they are no words, "$" may stand anywhere."""
    return re.compile(any_of_list("currency", code), re.IGNORECASE)


def _read_number(number: str) -> float:
    """Read a number: one or two digits after its last point or comma are its fraction, three are thousands."""
    whole, _, fraction = re.sub(r"[,.](\d{1,2})$", r"|\1", number).partition("|")
    return float(f"{re.sub(r'[^0-9]', '', whole)}.{fraction or 0}")
