"""The day under which an event is filed, and the days near it on which its duplicates may be."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from pipelines.linkage.cannot_link import NEAR
from symposia.event import Event


def day_of(event: Event) -> date:
    """The day on which an event is filed: of an instant, its day in UTC."""
    if not isinstance(event.start, datetime):
        return event.start
    return (event.start.astimezone(UTC) if event.start.tzinfo else event.start).date()


def near_days(event: Event) -> tuple[date, ...]:
    """The days on which a posting of the same event may be filed."""
    day = day_of(event)
    # A day's event may be filed a day apart from the same at an hour, which is filed by UTC.
    return tuple(day + timedelta(days=step) for step in range(-NEAR - 1, NEAR + 2) if _exists(day, step))


def _exists(day: date, step: int) -> bool:
    """Whether the calendar has the day so many days from `day`."""
    return 1 <= day.toordinal() + step <= date.max.toordinal()
