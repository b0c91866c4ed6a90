"""Dates of numbers alone, 3/4/2027, and the order that they are written in."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum

from symposia.when.vocabulary import known, language, month_first_zones

_AHEAD, _BEHIND = 20, 79
"""A year of two digits lies between so many years before and after today (as in CLDR's and Java's date formats)."""


_slashed = re.compile(r"(?<![\d/.:-])(\d{1,2})([/-])(\d{1,2})\2(?:\d{4}|\d{2})(?![\d/:])")
_may_be_slashed = re.compile(r"[/-]\d{1,2}[/-]\d\d").search
"""The middle of such a date, which is found many times faster than its beginning."""


class Order(StrEnum):
    """Which of the numbers comes first (CLDR's short date pattern)."""

    DAY = "dmy"
    MONTH = "mdy"
    YEAR = "ymd"


def numeric_date(text: str, order: Order, pair: Order, today: date) -> tuple[int | None, int, int, bool] | None:
    """Year (None where there is none), month, day of 3/4/2027, 3.4.2027, 2027/4/3 or 3.4., and whether the order decided.

    `pair` is the order of dates without a year. With dots the day is first, unless the year is; a number over 12 is a day in
    any order. None for no date.
    """
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    if len(numbers) == 3 and numbers[0] > 999:
        year, month, day = numbers
        return _checked(year, month, day, guessed=False)
    if len(numbers) == 3 and order is Order.YEAR and _year_first(text, numbers):
        return _checked(two_digits(numbers[0], today), numbers[1], numbers[2], guessed=True)
    if len(numbers) == 3 and len(re.findall(r"\d+", text)[2]) == 1:
        return None
    first, second = numbers[:2]
    year_or_none = _year(numbers[2], today) if len(numbers) == 3 else None
    by_month = order is Order.MONTH or (order is Order.YEAR and len(numbers) == 2 and pair is Order.MONTH)
    month, day = (first, second) if by_month and ("." not in text or order is Order.YEAR) else (second, first)
    guessed = first <= 12 and second <= 12 and first != second
    if month > 12 >= day and ("." not in text or len(numbers) == 3):
        month, day = day, month
    return _checked(year_or_none, month, day, guessed=guessed)


def _year_first(text: str, numbers: list[int]) -> bool:
    return len(re.findall(r"\d+", text)[2]) < 4 and numbers[1] <= 12 and numbers[2] <= 31


def _checked(year: int | None, month: int, day: int, guessed: bool) -> tuple[int | None, int, int, bool] | None:
    if not (1 <= month <= 12 and 1 <= day <= 31) or (year is not None and not 1900 <= year <= 2199):
        return None
    return year, month, day, guessed


def _year(number: int, today: date) -> int:
    return two_digits(number, today) if number < 100 else number


def two_digits(number: int, today: date) -> int:
    """The year of two digits that lies nearest, at most twenty years ahead."""
    first = today.year - _BEHIND
    return first + (number - first) % 100


def numeric_order(text: str, language: str | None = None, timezone: str | None = None) -> Order | None:
    """The order that the numeric dates of a text or page give away: in 31/12 the day is first.

    Where none does, or they disagree, that of the place of `timezone` (IANA) and of `language` (BCP 47); None without a place.
    """
    slashed = _slashed.findall(text) if _may_be_slashed(text) else ()
    said = {_said(int(first), int(second)) for first, _, second in slashed} - {None}
    if len(said) == 1:
        return said.pop()
    return order_for(language, "", timezone, None)[0] if timezone else None


def _said(first: int, second: int) -> Order | None:
    if 12 < first <= 31 and 1 <= second <= 12:
        return Order.DAY
    return Order.MONTH if 12 < second <= 31 and 1 <= first <= 12 else None


def order_for(hint: str | None, spoken: str, timezone: str | None, evidence: Order | None) -> tuple[Order, str]:
    """The order of numeric dates, and why: the region of the language, the page's own dates, the place, the language, the words.

    3/4 with nothing to tell by is the third of April, as in most of the world.
    """
    tag, base = (hint or "").replace("_", "-"), known(hint)
    region = next((part for part in tag.split("-")[1:] if len(part) == 2), "").upper()
    if evidence is not None and not (base and language(base).order == Order.YEAR):
        return evidence, "as other dates beside it show"
    if base == "en" and region:
        return (Order.MONTH if region in ("US", "PH") else Order.DAY), f"as in {tag}"
    if base and base != "en":
        return Order(language(base).order), f"as in {tag}"
    if timezone and (base == "en" or not spoken or spoken == "en"):
        return (Order.MONTH if timezone in month_first_zones() else Order.DAY), f"as in {timezone}"
    if base == "en" or spoken == "en":
        return Order.MONTH, "as in English"
    if spoken:
        return Order(language(spoken).order), f"as in {spoken}"
    return Order.DAY, "as in most of the world"
