"""What a field that states a price says: an offer's amount and currency, a column's "Members 25, others 40 EUR"."""

from __future__ import annotations

import re
from functools import cache

from symposia.event import Price
from symposia.facts.money import NUMBER, currency_codes, find_amounts, read_number, to_ascii_digits
from symposia.facts.price import is_free_in_prose
from symposia.facts.word_lists import any_of_list, list_names, list_pattern
from symposia.lexicon.fields import is_free

_MAX_FIELD = 10_000
"""Characters of a field that are read: a thousand offers in a row."""
_number = re.compile(rf"(?<![\w.,])(?:{NUMBER})(?![\w%]|[.,]\d)")
_padded = re.compile(r"(\d\.\d\d)0{2,}(?!\d)")
"""A number as databases write it: "49.0000"."""
_code = re.compile(r"(?<![A-Z])[A-Z]{3}(?![A-Z])")
_glued_code = re.compile(r"(?<![A-Za-z])([A-Z]{3})(?=\d)|(?<=\d)(?=[A-Z]{3}(?![A-Za-z])|[^\W\d_A-Za-z])")
"""Where a currency touches its number: "EUR25", "25EUR", "5000円"."""
_iso_day = re.compile(r"\d{4}-\d\d-\d\d")
_per_person = re.compile(r"(?:/|\bper|\bpro|\bpar|\bpor)\s?[^\W\d]{2,15}")
_first_number = re.compile(rf"\W*({NUMBER})(?![\w%]|[.,]\d)")
_SIGNS = ("currency", "currency_in_field")
"""Tables of words.toml with signs of money, by the code of their currency."""
_SEVERAL = "XXX"
"""ISO 4217's code for no currency: here, of signs that several countries share."""


def read_price(field: str | None) -> Price | None:
    """Read a field that states a price: free, or the cheapest and the dearest amount with their currency (ISO 4217).

    None for a field that states no price; the currency is None where it is not stated, or a sign of several ("kr").

    >>> read_price("1,250.00 USD")
    Price(is_free=False, low=1250.0, high=1250.0, currency='USD')
    >>> read_price("gratis")
    Price(is_free=True, low=None, high=None, currency=None)
    >>> read_price("ages 3-5") is None
    True
    """
    if not field:
        return None
    values, currency = read_field_amounts(field)
    if any(values):
        return Price(is_free=False, low=min(values), high=max(values), currency=currency)
    free = bool(values) or is_free(field) or is_free_in_prose(field)
    return Price(is_free=True) if free else None


def read_field_amounts(field: str) -> tuple[list[float], str | None]:
    """Read the amounts that a field of prices states, in order, and their currency (ISO 4217).

    Numbers without a currency count where the field holds nothing else but what tickets are called, or where the field begins
    with its only number. The list is empty, and the currency None, where none is stated.

    >>> read_field_amounts("1.250,00 EUR")
    ([1250.0], 'EUR')
    >>> read_field_amounts("Members $25, others $40; ages 3-5")
    ([25.0, 40.0], 'USD')
    """
    text = _iso_day.sub(" date ", to_ascii_digits(field[:_MAX_FIELD]))
    text = _glued_sign_pattern().sub(r"\1 ", _glued_code.sub(r"\1 ", _padded.sub(r"\1", text)))
    marked, currency = list(find_amounts(text)), _read_currency(text)
    numbers = _number.findall(text)
    if _holds_only_amounts(text):
        return [read_number(number, currency) for number in numbers], currency
    if marked:
        return [amount.value for amount in marked], marked[0].currency
    first = _first_number.match(text)
    if first and len(numbers) == 1 and currency is not None:
        return [read_number(first[1], currency)], currency
    return [], None


def _read_currency(text: str) -> str | None:
    """The currency of a field: a stated code, else the first sign; None where there is none, or one of several countries."""
    code = next((code[0] for code in _code.finditer(text) if code[0] in currency_codes()), None)
    amount = next(find_amounts(text), None)
    if code or amount:
        return code or (amount.currency if amount else None)
    sign = _sign_pattern().search(text)
    if sign is None:
        return None
    named = (name for table in _SIGNS for name in list_names(table) if list_pattern(table, name).fullmatch(sign[0]))
    return next((name for name in named if name != _SEVERAL), None)


def _holds_only_amounts(text: str) -> bool:
    """Whether a field holds nothing but numbers, currencies and what tickets are called."""
    rest = _code.sub(lambda code: " " if code[0] in currency_codes() else code[0], text)
    for known in (_per_person, _number, _sign_pattern(), list_pattern("price", "fee"), list_pattern("price", "ticket")):
        rest = known.sub(" ", rest)
    return re.search(r"[^\s\-–—/|,;:~+()&.]", list_pattern("price", "joining").sub(" ", rest)) is None


@cache
def _sign_pattern() -> re.Pattern[str]:
    signs = "|".join(any_of_list(table) for table in _SIGNS)
    return re.compile(rf"(?<![^\W\d])(?:{signs})(?![^\W\d])", re.IGNORECASE)


@cache
def _glued_sign_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W\d])({any_of_list('currency_in_field')})(?=\d)", re.IGNORECASE)
