"""Amounts of money in running text, where a currency marks them, and the numbers that state them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from unicodedata import decimal

from babel.numbers import get_currency_precision, list_currencies

from symposia.facts.word_lists import any_of_list, list_names, list_pattern, word_list

NUMBER = r"\d{1,3}(?:[,. ’']\d{3}){1,2}(?:[.,]\d{1,2})?|\d{1,9}(?:[.,]\d{1,3})?"
"""A number, for a pattern: with thousands set off, or plain, and two digits after its point (three in a few currencies)."""

_MILLS = 3
"""Decimal places of the currencies that have a thousandth as their smallest coin."""
_code_before = re.compile(r"(?<![A-Za-z])([A-Z]{3})\s?$")
_code_after = re.compile(r"\s?([A-Z]{3})(?![A-Za-z])")
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
        code = (mark == "$" and _code_beside(text, *match.span())) or _currency_of(mark, text)
        yield Amount(value=read_number(number, code), currency=code, start=match.start(), end=match.end())


@cache
def currency_codes() -> frozenset[str]:
    """All codes of ISO 4217 that CLDR knows, but "ALL", Albania's, which is a word."""
    return frozenset(list_currencies()) - {"ALL"}


def to_ascii_digits(text: str) -> str:
    """Write the decimal digits of every script as ASCII.

    >>> to_ascii_digits("٢٥ €")
    '25 €'
    """
    if text.isascii():
        return text
    return "".join(str(decimal(char)) if char.isdecimal() else char for char in text)


def read_number(number: str, currency: str | None = None) -> float:
    """Read a number with thousands set off in any way, and with a point or a comma before its fraction.

    Three digits after the only mark are thousands, unless the number begins with 0 or the currency has three (CLDR: KWD).

    >>> read_number("1.250,50"), read_number("1,250"), read_number("0.125"), read_number("25.000", "KWD")
    (1250.5, 1250.0, 0.125, 25.0)
    """
    plain = to_ascii_digits(number)
    mills = plain.startswith("0") or (currency is not None and get_currency_precision(currency) == _MILLS)
    fraction = re.compile(r"[,.](\d{1,3})$" if mills and len(re.findall(r"[,.]", plain)) == 1 else r"[,.](\d{1,2})$")
    whole, _, rest = fraction.sub(r"|\1", plain).partition("|")
    return float(f"{re.sub(r'[^0-9]', '', whole)}.{rest or 0}")


def _code_beside(text: str, start: int, end: int) -> str | None:
    """The code that says whose dollars "$" means: right before it, or right after its number; None where there is none."""
    beside = (_code_before.search(text, max(0, start - 5), start), _code_after.match(text, end))
    return next((code[1] for code in beside if code and code[1] in word_list("currency_dollars", "codes")), None)


@cache
def _amount_pattern() -> re.Pattern[str]:
    mark = any_of_list("currency")
    return re.compile(
        rf"(?<![\w$€£])(?P<before>{mark})\s?(?P<n1>{NUMBER})(?![\d%])(?![.,]\d)"
        rf"|(?<![\w.,$€£/-])(?P<n2>{NUMBER})\s?(?:,-\s?)?(?P<after>{mark})(?![\w])",
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
