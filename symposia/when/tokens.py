"""A text cut into what matters to a date: numbers, months, weekdays, times, marks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from symposia.when.vocabulary import language_of, lookup

Kind = Literal["iso", "numeric", "time", "number", "month", "weekday", "word", "mark"]

_DIGITS = str.maketrans(
    {code: str(digit) for base in (0x660, 0x6F0, 0x966, 0xFF10) for digit, code in enumerate(range(base, base + 10))}
)
"""Arabic, Persian, Devanagari and full-width digits."""

_token = re.compile(
    r"""
    (?P<iso>(?<!\d)\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?(?!\d))
  | (?P<cjk>(?<!\d)(?:\d{4}\s?[年년]\s?)?\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일])
  | (?P<numeric>(?<![\d.,$€£])(?:\d{4}[./-]\d{1,2}[./-]\d{1,2}|\d{1,2}(?P<sep>[./-])\d{1,2}(?P=sep)(?:\d{4}|\d{2}))\.?(?![\d/])
      |(?<![\d.,$€£])\d{1,2}\.\s?\d{1,2}\.(?:\s?\d{4})?(?!\d)|(?<![\d.,/$€£])\d{1,2}/\d{1,2}(?![\d/]))
  | (?P<time>(?<![\d.,$€£])\d{1,2}(?::\d\d(?::\d\d)?|[hH]\d\d)(?!\d)|(?<![\d.,$€£])\d{1,2}\.\d\d(?=\s*(?:[ap]\.?m\b|uhr|h\b|hrs|[-–—]\s*\d{1,2}\.\d\d)))
  | (?P<number>(?<![\d.,$€£])\d{1,4}(?!\d)(?:st|nd|rd|th|er|[ºª°])?)
  | (?P<word>[ap]\.m\b\.?|[^\W\d_]+(?:['’][^\W\d_]+)?\.?|t/m)
  | (?P<mark>[^\w\s])
    """,
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text at [`start`, `end`): its kind, its words, and the number that a month, weekday or number stands for."""

    kind: Kind
    text: str
    start: int
    end: int
    number: int = 0


def tokens_of(text: str, hint: str | None) -> tuple[list[Token], str]:
    """The tokens of a text and its language, which `hint` may help to find."""
    text = text.translate(_DIGITS)
    pieces = list(_token.finditer(text))
    language = language_of((match[0] for match in pieces if match.lastgroup == "word"), hint)
    return [_token_of(match, language) for match in pieces], language


def _token_of(match: re.Match[str], language: str) -> Token:
    kind, text, (start, end) = match.lastgroup or "mark", match[0], match.span()
    if kind == "sep":
        kind = "numeric"
    if kind == "word":
        meaning = lookup(text, language)
        if meaning:
            return Token("month" if meaning[0] == "month" else "weekday", text, start, end, meaning[1])
        return Token("word", text.rstrip(".").casefold(), start, end)
    if kind == "number":
        return Token("number", text, start, end, int(re.match(r"\d+", text)[0]))  # type: ignore[index]
    return Token("numeric" if kind == "cjk" else kind, text, start, end)  # type: ignore[arg-type]


def numeric_date(text: str, month_first: bool) -> tuple[int | None, int, int] | None:
    """Year, month and day of 3/4/2027, 3.4.2027, 2027/4/3 or 3.4.; the year None where there is none. None for no date.

    With slashes and `month_first`, 3/4 is March; a number over 12 is a day all the same. With dots the day is first.
    """
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    if "月" in text or "월" in text:
        return (numbers[0] if len(numbers) == 3 else None, *numbers[-2:])  # type: ignore[return-value]
    if len(numbers) == 3 and numbers[0] > 999:
        return numbers[0], numbers[1], numbers[2]
    first, second = numbers[:2]
    year = _full_year(numbers[2]) if len(numbers) == 3 else None
    day_first = "." in text or not month_first
    day, month = (first, second) if day_first else (second, first)
    if month > 12 >= day:
        day, month = month, day
    return (year, month, day) if 1 <= month <= 12 and 1 <= day <= 31 else None


def iso_moment(text: str) -> date | datetime | None:
    """The day or instant of an ISO token; None where the calendar has no such day."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
    except ValueError:
        return None


def _full_year(year: int) -> int:
    return year if year > 99 else 2000 + year
