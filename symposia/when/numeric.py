"""Dates of numbers alone, 3/4/2027, and the order in which they are written."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from symposia.when.vocabulary import known_code, language, month_first_zones

YEARS = range(1900, 2200)
"""Years that four digits may mean; others are numbers of something else."""
_YEARS_BEHIND = 79
"""Years of the past that two digits may mean; the other twenty lie ahead, as in Java's `SimpleDateFormat` and ICU."""
_LAST_MONTH, _LAST_DAY = 12, 31

_numbers = re.compile(r"\d+").findall
_slashed = re.compile(r"(?<![\d/.:-])(\d{1,2})([/-])(\d{1,2})\2(?:\d{4}|\d{2})(?![\d/:])")
_may_be_slashed = re.compile(r"[/-]\d{1,2}[/-]\d\d").search
"""The middle of such a date, which is found many times faster than its beginning."""


class Order(StrEnum):
    """Which of the numbers comes first (CLDR's short date pattern)."""

    DAY = "dmy"
    MONTH = "mdy"
    YEAR = "ymd"


class NumericDate(NamedTuple):
    """The numbers of a date; `year` is None where none is written."""

    year: int | None
    month: int
    day: int
    ambiguous: bool
    """Whether the order of numbers decided: day and month could be the other way round."""


def numeric_date(text: str, order: Order, pair_order: Order, today: date) -> NumericDate | None:
    """The date that numbers in a row mean: 3/4/2027, 3.4.2027, 2027/4/3, 3.4.; None for no date.

    With dots the day is first, unless the year is. A number over 12 is a day in any order.

    Args:
        text: The numbers with the marks between them.
        order: The order of dates with a year.
        pair_order: The order of dates without a year.
        today: The day from which years of two digits are counted.
    """
    written = _numbers(text)
    numbers = [int(number) for number in written]
    if len(numbers) == 3 and numbers[0] > 999:
        return _checked(*numbers, ambiguous=False)
    if len(numbers) == 3 and order is Order.YEAR and len(written[2]) < 4 and _are_month_and_day(*numbers[1:]):
        return _checked(expand_year(numbers[0], today), numbers[1], numbers[2], ambiguous=True)
    if len(numbers) == 3 and len(written[2]) == 1:
        return None
    year = _full_year(numbers[2], today) if len(numbers) == 3 else None
    month_first = order is Order.MONTH or (order is Order.YEAR and len(numbers) == 2 and pair_order is Order.MONTH)
    return _in_order(numbers[:2], year, dotted="." in text, month_first=month_first, keeps_dots=order is Order.YEAR)


def _in_order(
    numbers: list[int], year: int | None, *, dotted: bool, month_first: bool, keeps_dots: bool
) -> NumericDate | None:
    """Day and month in their order; with `keeps_dots`, dots do not put the day first, as in year-first languages."""
    first, second = numbers
    month, day = (first, second) if month_first and (not dotted or keeps_dots) else (second, first)
    if month > _LAST_MONTH >= day and (not dotted or year is not None):
        month, day = day, month
    ambiguous = first <= _LAST_MONTH and second <= _LAST_MONTH and first != second
    return _checked(year, month, day, ambiguous=ambiguous)


def _are_month_and_day(month: int, day: int) -> bool:
    return month <= _LAST_MONTH and day <= _LAST_DAY


def _checked(year: int | None, month: int, day: int, *, ambiguous: bool) -> NumericDate | None:
    if not (1 <= month <= _LAST_MONTH and 1 <= day <= _LAST_DAY) or (year is not None and year not in YEARS):
        return None
    return NumericDate(year, month, day, ambiguous)


def _full_year(number: int, today: date) -> int:
    return expand_year(number, today) if number < 100 else number


def expand_year(number: int, today: date) -> int:
    """The year that two digits mean: at most twenty years ahead of `today`, at most 79 behind.

    >>> expand_year(27, date(2026, 11, 24)), expand_year(68, date(2026, 11, 24))
    (2027, 1968)
    """
    first = today.year - _YEARS_BEHIND
    return first + (number - first) % 100


def numeric_order(text: str, language: str | None = None, timezone: str | None = None) -> Order | None:
    """The order that a text or page shows its numeric dates to be in: in 31/12 the day is first.

    Where no date shows one, or they disagree, the order that is the custom at the place of `timezone` (IANA) and in
    `language` (BCP 47); None without a timezone.

    >>> numeric_order("3/4/2027, 31/12/2027")
    <Order.DAY: 'dmy'>
    >>> numeric_order("3/4/2027", timezone="America/Chicago")
    <Order.MONTH: 'mdy'>
    >>> numeric_order("3/4/2027") is None
    True
    """
    slashed = _slashed.findall(text) if _may_be_slashed(text) else ()
    shown = {_order_shown_by(int(first), int(second)) for first, _, second in slashed} - {None}
    if len(shown) == 1:
        return shown.pop()
    return choose_order(language, "", timezone, None)[0] if timezone else None


def _order_shown_by(first: int, second: int) -> Order | None:
    if _LAST_MONTH < first <= _LAST_DAY and 1 <= second <= _LAST_MONTH:
        return Order.DAY
    return Order.MONTH if _LAST_MONTH < second <= _LAST_DAY and 1 <= first <= _LAST_MONTH else None


def choose_order(stated: str | None, found: str, timezone: str | None, evidence: Order | None) -> tuple[Order, str]:
    """The order of numeric dates, and the reason in words for people.

    What decides, in turn: `evidence` (other dates beside it), the region of the `stated` language (BCP 47), that language, the
    place of the `timezone` (IANA), the language `found` in the words ("" for none). With nothing to tell by, 3/4 is the third
    of April, as in most of the world.
    """
    tag, base = (stated or "").replace("_", "-"), known_code(stated)
    region = next((part for part in tag.split("-")[1:] if len(part) == 2), "").upper()
    if evidence is not None and not (base and language(base).order == Order.YEAR):
        return evidence, "as other dates beside it show"
    if base == "en" and region:
        return (Order.MONTH if region in ("US", "PH") else Order.DAY), f"as in {tag}"
    if base and base != "en":
        return Order(language(base).order), f"as in {tag}"
    if timezone and (base == "en" or not found or found == "en"):
        return (Order.MONTH if timezone in month_first_zones() else Order.DAY), f"as in {timezone}"
    if base == "en" or found == "en":
        return Order.MONTH, "as in English"
    if found:
        return Order(language(found).order), f"as in {found}"
    return Order.DAY, "as in most of the world"
