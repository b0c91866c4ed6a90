"""Which events an export holds: those that calendars show, and those that tables and pages list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from symposia.event import Deadline, Event, Status
from symposia.occurrences import end_of, occurrences, start_of

HORIZON = timedelta(days=366)
"""How far ahead an occurrence of a series must begin for the series to count as upcoming: a yearly one always does."""
CANCELLED_FOR = timedelta(days=30)
"""How long after its date a cancelled event stays in calendars, lest somebody looking back thinks that it took place."""
_FIRST_LOOK = timedelta(days=35)
"""How far ahead the next occurrence is looked for first: most series have one there, and expanding a year is slow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The events of an export, each group in the order of their starts.

    Attributes:
        now: Events that end after this moment are upcoming.
        for_calendars: Upcoming and lately cancelled events, as stored.
        upcoming: Upcoming events, as stored.
        listed: Upcoming events for tables and pages: a series has the times of its next occurrence, beside its rule.
        series: The recurring events of `for_calendars`, as stored, by UID.
    """

    now: datetime
    for_calendars: tuple[Event, ...]
    upcoming: tuple[Event, ...]
    listed: tuple[Event, ...]
    series: Mapping[str, Event]


def select_events(events: Iterable[Event], now: datetime, *, past: bool = False) -> Selection:
    """Select the events that are not over at `now`; with `past`, all events."""
    candidates = [(event, _next_occurrence(event, now) or (event if past else None)) for event in events]
    kept = [event for event, listed in candidates if listed or _is_lately_cancelled(event, now)]
    return Selection(
        now=now,
        for_calendars=_in_order(kept),
        upcoming=_in_order(event for event, listed in candidates if listed),
        listed=_in_order(listed for _, listed in candidates if listed),
        series={event.uid: event for event in kept if event.recurrence},
    )


def deadline_end(deadline: Deadline, event: Event) -> datetime:
    """The instant from which a deadline is past: of a day, its end in the event's zone; a floating time counts as UTC."""
    if isinstance(deadline.at, datetime):
        return deadline.at if deadline.at.tzinfo else deadline.at.replace(tzinfo=UTC)
    zone = ZoneInfo(event.timezone) if event.timezone else UTC
    return datetime.combine(deadline.at + timedelta(days=1), time.min, zone)


def count_upcoming_deadlines(events: Iterable[Event], now: datetime) -> int:
    """Count the deadlines that are not past at `now`."""
    return sum(deadline_end(deadline, event) > now for event in events for deadline in event.deadlines)


def _next_occurrence(event: Event, now: datetime) -> Event | None:
    """The event at its first occurrence that is not over, with its rule kept; None where all are over."""
    if event.recurrence is None:
        return event if end_of(event) > now else None
    following = (next(occurrences(event, now, now + ahead), None) for ahead in (_FIRST_LOOK, HORIZON))
    occurrence = next(filter(None, following), None)
    return replace(occurrence, recurrence=event.recurrence) if occurrence else None


def _in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    return tuple(sorted(events, key=lambda event: (start_of(event), event.uid)))


def _is_lately_cancelled(event: Event, now: datetime) -> bool:
    return event.status is Status.CANCELLED and end_of(event) > now - CANCELLED_FOR
