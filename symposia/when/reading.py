"""Date expressions in a text, as days and times."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from symposia.when.clock import Span
from symposia.when.grammar import Day, Expression, expressions
from symposia.when.tokens import Token, tokens_of
from symposia.when.value import Precision, When
from symposia.when.vocabulary import LANGUAGES, MONTH_FIRST

MAX_TEXT = 20_000
"""Characters of a text that are read."""
MAX_FALLBACK = 60
"""Characters of a text that dateparser is asked about; it is slow, and finds dates in prose that has none."""
_LAST_YEARS, _NEXT_YEARS = 1, 2


def read_when(text: str, as_of: datetime, language: str | None = None, timezone: str | None = None) -> When | None:
    """The first date expression in `text`; None where it names no day.

    `as_of` (aware) is the clock for dates without a year: the next such day, counted in `timezone` (IANA) where that is
    given. `language` (BCP 47) helps where the words leave it open; without it 3/4 is read by the language of the words.
    What the grammar does not know is left to dateparser, if the text is short, holds a digit and has a language.
    """
    found = find_when(text, as_of, language, timezone)
    return found[0][1] if found else _fallback(text, language)


def find_when(
    text: str, as_of: datetime, language: str | None = None, timezone: str | None = None
) -> list[tuple[tuple[int, int], When]]:
    """Every date expression in running `text` with its place in it, in order; an empty list where there is none."""
    text = text[:MAX_TEXT]
    if not any(character.isdigit() for character in text):
        return []
    tokens, spoken = tokens_of(text, language)
    today = (as_of.astimezone(ZoneInfo(timezone)) if timezone and as_of.tzinfo else as_of).date()
    read = ((one, _when(text, tokens, one, today)) for one in expressions(tokens, _month_first(spoken, language)))
    return [((tokens[one.begin].start, tokens[one.end - 1].end), when) for one, when in read if when is not None]


def _month_first(spoken: str, hint: str | None) -> bool:
    """Whether 3/4 is March: in American and unmarked English, where no other English or language is stated."""
    if hint and "-" in hint:
        return hint.casefold() in ("en-us", "en-ph")
    return spoken in MONTH_FIRST and (hint or "en").split("-")[0] in MONTH_FIRST


def _when(text: str, tokens: Sequence[Token], one: Expression, today: date) -> When | None:
    words = text[tokens[one.begin].start : tokens[one.end - 1].end]
    try:
        first, last = _days(one, today)
    except ValueError:  # no such day: 31 February
        return None
    if one.first.at is not None:
        return _instants(one, words)
    opening, closing = one.times or one.last_times, one.last_times or one.times
    if opening is None:
        return When(
            start=first, end=last if last and last > first else None, timezone=None, precision=Precision.DAY, text=words
        )
    return _timed(first, last, opening, closing, words)


def _instants(one: Expression, words: str) -> When:
    start, end = one.first.at, one.last.at if one.last else None
    assert start is not None
    return When(
        start=start, end=end if end and end != start else None, timezone=None, precision=Precision.MINUTE, text=words
    )


def _timed(first: date, last: date | None, opening: Span, closing: Span | None, words: str) -> When:
    """A start with the first time; an end with the last time, where one is stated for the last day."""
    zone = opening.zone or (closing.zone if closing else None)
    ending = _ending(last, opening, closing)
    start = _at(first, opening.start, zone)
    end = _at(last or first, ending, zone) if ending else None
    if end is not None and end < start:
        end = end + timedelta(days=1) if last is None and ending and ending < time(6) else None
    return When(start=start, end=end, timezone=zone, precision=Precision.MINUTE, text=words)


def _ending(last: date | None, opening: Span, closing: Span | None) -> time | None:
    if closing is not None and closing is not opening:
        return closing.end or closing.start
    return opening.end or (opening.start if last else None)


def _at(day: date, clock: time, zone: str | None) -> datetime:
    return datetime.combine(day, clock, ZoneInfo(zone) if zone else None)


def _days(one: Expression, today: date) -> tuple[date, date | None]:
    """The first and last day. Raises ValueError where the calendar has no such day."""
    first, last = one.first, one.last
    if last is not None:
        return _two_days(first, last, today)
    year = first.year or _year_of(first, today)
    start = date(year, first.month, first.day)
    return start, date(year, first.month, first.last) if first.last else None


def _two_days(first: Day, last: Day, today: date) -> tuple[date, date | None]:
    crosses = (first.month, first.day) > (last.month, last.day)
    if last.year is not None:
        year = first.year or last.year - crosses
        return date(year, first.month, first.day), date(last.year, last.month, last.day)
    year = first.year or _year_of(last if not crosses else first, today)
    return date(year, first.month, first.day), date(year + crosses, last.month, last.day)


def _year_of(day: Day, today: date) -> int:
    """The year of a day without one: that in which it next comes; with a weekday, the nearest in which it fits."""
    final = day.last or day.day
    years = [today.year + step for step in (0, 1, 2, 3, 4)]
    upcoming = next((year for year in years if (found := _day(year, day.month, final)) and found >= today), today.year)
    if day.weekday is None or _weekday(upcoming, day) == day.weekday:
        return upcoming
    near = [today.year + step for step in (0, 1, -_LAST_YEARS, _NEXT_YEARS)]
    return next((year for year in near if _weekday(year, day) == day.weekday), upcoming)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _weekday(year: int, day: Day) -> int | None:
    found = _day(year, day.month, day.day)
    return found.weekday() if found else None


def _fallback(text: str, language: str | None) -> When | None:
    base = (language or "").split("-")[0]
    if len(text) > MAX_FALLBACK or not any(character.isdigit() for character in text) or base not in LANGUAGES:
        return None
    moment: datetime | None = _parser(base).get_date_data(text).date_obj
    return When(start=moment.date(), end=None, timezone=None, precision=Precision.DAY, text=text) if moment else None


@lru_cache(maxsize=64)
def _parser(language: str) -> Any:
    from dateparser.date import DateDataParser  # Here, as its import alone takes a second.

    settings = {"REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"]}
    return DateDataParser(languages=[language], settings=settings)
