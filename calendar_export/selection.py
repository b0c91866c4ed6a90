"""Which events an export is of: those of calendars, those of lists, at the beginning of a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from symposia.event import Event, Status
from symposia.occurrences import end_of, occurrences, start_of

HORIZON = timedelta(days=366)
"""How far ahead a recurring event must take place to be upcoming."""
_SOON = timedelta(days=35)
CANCELLED_FOR = timedelta(days=30)
"""How long after its date a cancelled event stays in the calendars: who looks back must not think that it took place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The events of an export, by their start. `subscribed` are those of calendars, cancelled ones included, as stored;

    `stored` those of them that are to come; `listed` the same, for tables and lists, with the times of their next
    occurrence beside their rule; `series` the ones that repeat, as stored, by UID.
    """

    now: datetime
    subscribed: tuple[Event, ...]
    stored: tuple[Event, ...]
    listed: tuple[Event, ...]
    series: Mapping[str, Event]


def selection_of(events: Iterable[Event], now: datetime, *, past: bool = False) -> Selection:
    """The events that are not over at `now`, and, with `past`, all others too."""
    chosen = [(event, _coming(event, now) or (event if past else None)) for event in events]
    kept = [event for event, coming in chosen if coming or _was_cancelled(event, now)]
    return Selection(
        now=now,
        subscribed=_in_order(kept),
        stored=_in_order(event for event, coming in chosen if coming),
        listed=_in_order(coming for _, coming in chosen if coming),
        series={event.uid: event for event in kept if event.recurrence},
    )


def _coming(event: Event, now: datetime) -> Event | None:
    """The event at the time of its first occurrence that is not over, its rule beside it; None where all are over."""
    if event.recurrence is None:
        return event if end_of(event) > now else None
    # Most series take place soon: it takes far longer to work out all of a year's occurrences.
    following = (next(occurrences(event, now, now + ahead), None) for ahead in (_SOON, HORIZON))
    found = next(filter(None, following), None)
    return replace(found, recurrence=event.recurrence) if found else None


def _in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    return tuple(sorted(events, key=lambda event: (start_of(event), event.uid)))


def _was_cancelled(event: Event, now: datetime) -> bool:
    return event.status is Status.CANCELLED and end_of(event) > now - CANCELLED_FOR
