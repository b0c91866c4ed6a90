"""The day that the store files an event under, and the near days that its duplicates may be filed under."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from pipelines.linkage.cannot_link import MAX_DAYS_BETWEEN
from symposia.event import Event


def day_of(event: Event) -> date:
    """The day that an event is filed under; for an instant, its day in UTC.

    >>> day_of(Event(uid="1", name="Phonics", start=datetime.fromisoformat("2027-03-03T22:00-05:00")))
    datetime.date(2027, 3, 4)
    """
    if not isinstance(event.start, datetime):
        return event.start
    return (event.start.astimezone(UTC) if event.start.tzinfo else event.start).date()


def near_days(event: Event) -> tuple[date, ...]:
    """The days under which a posting of the same event may be filed."""
    day = day_of(event)
    # One more on each side: an evening in New York is filed under the next day in UTC, a whole day under itself.
    steps = range(-MAX_DAYS_BETWEEN - 1, MAX_DAYS_BETWEEN + 2)
    return tuple(day + timedelta(days=step) for step in steps if _exists(day, step))


def _exists(day: date, step: int) -> bool:
    """Whether the calendar, which ends with the year 9999, has the day `step` days from `day`."""
    return 1 <= day.toordinal() + step <= date.max.toordinal()
