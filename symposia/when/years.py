"""From stated days to days of the calendar: the years that a text leaves out, by the day of reading and by weekdays."""

from __future__ import annotations

from datetime import date

from symposia.when.parts import Day

_YEARS_AHEAD = (0, 1, 2, 3, 4)
"""Years from this one in which a day without a year is looked for; 29 February comes once in four."""
_YEARS_NEAR = (0, 1, -1, 2, -2, -3, -4)
"""Years from this one, the nearest first, in which a stated weekday is looked for.

In seven years in a row a date falls on most weekdays; pages list what is past more often than what is years ahead.
"""


def calendar_days(stated: tuple[Day, ...], today: date, why: list[str]) -> list[date]:
    """The days, with the years that they leave out; what was decided is added to `why`.

    Raises ValueError where the calendar has no such day.
    """
    if stated[0].year is None:
        stated = _with_first_year(stated, today, why)
    found: list[date] = []
    for day in stated:
        year = day.year if day.year is not None else found[-1].year
        at = date(year, day.month or 0, day.day)
        if found and at < found[-1] and day.year is None:
            at = date(year + 1, day.month or 0, day.day)
        found.append(at)
    for day, at in zip(stated, found, strict=True):
        if day.weekday is not None and at.weekday() != day.weekday:
            why.append(f"conflict: {at} is a {at:%A}; the day of the month is taken")
    return found


def _with_first_year(stated: tuple[Day, ...], today: date, why: list[str]) -> tuple[Day, ...]:
    """The days with the year of the first: the next in which the last lies ahead, or the nearest with its weekday."""
    first, last = stated[0], stated[-1]
    crosses = (first.month or 0, first.day) > (last.month or 0, last.day)
    if last.year is not None:
        return (first._replace(year=last.year - crosses), *stated[1:])
    ahead = (today.year + step for step in _YEARS_AHEAD)
    year = next((year for year in ahead if _is_ahead(last, year, today)), today.year) - crosses
    marked = next((day for day in stated if day.weekday is not None), None)
    if marked is not None and not _falls_on_weekday(marked, year):
        near = (today.year + step for step in _YEARS_NEAR)
        year = next((candidate for candidate in near if _falls_on_weekday(marked, candidate)), year)
    why.append(f"no year is stated: {year} is the next such day" if year >= today.year else f"the weekday says {year}")
    return (first._replace(year=year), *stated[1:])


def _is_ahead(day: Day, year: int, today: date) -> bool:
    found = _day_in_year(day, year)
    return found is not None and found >= today


def _falls_on_weekday(day: Day, year: int) -> bool:
    found = _day_in_year(day, year)
    return found is not None and found.weekday() == day.weekday


def _day_in_year(day: Day, year: int) -> date | None:
    """The day in that year; None where the calendar has none."""
    try:
        return date(year, day.month or 0, day.day)
    except ValueError:
        return None
