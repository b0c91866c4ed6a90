"""Which events go into which file."""

from __future__ import annotations

import logging
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from symposia.event import AttendanceMode, Event, Status
from symposia.occurrences import end_of, occurrences

HORIZON = timedelta(days=366)
"""How far ahead a recurring event must take place to be upcoming."""

logger = logging.getLogger(__name__)

_slug = re.compile(r"[a-z0-9][a-z0-9-]{0,99}").fullmatch


CANCELLED_FOR = timedelta(days=30)
"""How long after its date a cancelled event stays in the feeds: who looks back must not think that it took place."""


def upcoming(events: Iterable[Event], now: datetime) -> list[Event]:
    """The events that are not over at `now`; of recurring ones those that take place within a year."""
    return [event for event in events if _is_upcoming(event, now)]


def subscribed(events: Iterable[Event], now: datetime) -> list[Event]:
    """The events of the feeds: those not over at `now`, and cancelled ones for a while longer."""
    return [event for event in events if _is_upcoming(event, now) or _was_cancelled(event, now)]


def next_occurrence(event: Event, now: datetime) -> Event:
    """The first occurrence that is not over at `now`; the event itself where there is none, or it does not recur."""
    return next(occurrences(event, now, now + HORIZON), event) if event.recurrence else event


def feeds(events: Sequence[Event]) -> dict[str, tuple[str, list[Event]]]:
    """The title and the events of each feed, by its name: all, online, one a topic and one a kind.

    A topic that is no slug of a-z, 0-9 and - gets no feed, as it would name a file; it is logged.
    """
    found: dict[str, tuple[str, list[Event]]] = {
        "all": ("Events for educators", list(events)),
        "online": ("Events for educators: online", [event for event in events if _is_online(event)]),
    }
    for name, group in sorted(_grouped(events).items()):
        found[name] = (f"Events for educators: {name.split('-', 1)[1].replace('-', ' ')}", group)
    return found


def _is_upcoming(event: Event, now: datetime) -> bool:
    if event.recurrence is not None:
        return next(occurrences(event, now, now + HORIZON), None) is not None
    return end_of(event) > now


def _was_cancelled(event: Event, now: datetime) -> bool:
    return event.status is Status.CANCELLED and end_of(event) > now - CANCELLED_FOR


def _is_online(event: Event) -> bool:
    return event.attendance_mode in (AttendanceMode.ONLINE, AttendanceMode.HYBRID)


def _grouped(events: Iterable[Event]) -> dict[str, list[Event]]:
    groups: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        for topic in event.topics:
            if _slug(topic):
                groups[f"topic-{topic}"].append(event)
            else:
                logger.warning("no feed for the topic %r of %s: not a slug", topic, event.uid)
        if event.kind is not None:
            groups[f"kind-{event.kind.value}"].append(event)
    return groups
