"""What a date reading means for an event that takes place more than once."""

from __future__ import annotations

from datetime import date, datetime

from symposia.event import Moment, Recurrence
from symposia.when.value import When


def series_of(when: When) -> tuple[Moment | None, Moment | None, Recurrence | None]:
    """Start and end of the first occurrence, and how it repeats.

    The recurrence is None for what takes place once. "Jan 12, 14 & 19, 4-5 pm" is three afternoons, not a week: the days after
    the first become RDATEs (RFC 5545, 3.8.5.2).

    >>> from symposia.when import Precision
    >>> days = date(2027, 1, 12), date(2027, 1, 14)
    >>> when = When(start=days[0], end=days[1], days=days, precision=Precision.DAY, text="Jan 12 & 14")
    >>> start, end, recurrence = series_of(when)
    >>> start, end, recurrence.rdates
    (datetime.date(2027, 1, 12), None, (datetime.date(2027, 1, 14),))
    """
    if when.rrule is not None and when.start is not None:
        return when.start, when.end, Recurrence(rrule=when.rrule)
    if len(when.days) < 2 or when.start is None:
        return when.start, when.end, None
    end = _on_day(when.days[0], when.end) if isinstance(when.end, datetime) else None
    return when.start, end, Recurrence(rdates=tuple(_on_day(day, when.start) for day in when.days[1:]))


def _on_day(day: date, moment: Moment) -> Moment:
    """The same time of day on another day."""
    if not isinstance(moment, datetime):
        return day
    return moment.replace(year=day.year, month=day.month, day=day.day)
