"""The occurrences of an event within a window of time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events

from symposia.event import Event, Moment, MovedOccurrence, Recurrence, Status
from symposia.rrule import rrule_parts

MAX_OCCURRENCES = 5_000
"""Occurrences of one event that are given at most, the earliest first: thirteen years of a daily one."""

_TOO_OFTEN = ("FREQ=SECONDLY", "FREQ=MINUTELY", "FREQ=HOURLY")
"""Rules that no event has, and that take long to expand."""
_STATUS = "X-SYMPOSIA-STATUS"
"""The property in which a component carries our status through the expansion; VEVENT's STATUS has fewer values."""


def occurrences(event: Event, after: datetime, before: datetime) -> Iterator[Event]:
    """The event once for each time it takes place within [after, before), in order.

    A single event is given as it is, where it overlaps the window. A recurring one is given with the start and end of
    each occurrence (RFC 5545, 3.8.5), and no recurrence. A rule that cannot be computed, or that repeats more often than
    daily, counts as the first occurrence alone.

    >>> weekly = Recurrence(rrule="FREQ=WEEKLY;COUNT=3", exdates=(date(2027, 3, 9),))
    >>> chat = Event(uid="a", name="Chat", start=date(2027, 3, 2), recurrence=weekly)
    >>> year = datetime(2027, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)
    >>> [str(occurrence.start) for occurrence in occurrences(chat, *year)]
    ['2027-03-02', '2027-03-16']

    Args:
        event: The event. A day lies in the event's zone, and a floating time in UTC.
        after: The beginning of the window (aware).
        before: Its end (aware).
    """
    if event.recurrence is None:
        if _overlaps(event, after, before):
            yield event
        return
    try:
        found = _expand(event, event.recurrence, after, before)
    except (ValueError, ArithmeticError, KeyError, TypeError):
        # What recurring_ical_events and dateutil raise for a rule that is well-formed and impossible.
        found = [replace(event, recurrence=None)]
    yield from islice((occurrence for occurrence in found if _overlaps(occurrence, after, before)), MAX_OCCURRENCES)


def start_of(event: Event) -> datetime:
    """The instant that an event starts: for a day, its first moment in the event's zone; floating times are UTC's.

    >>> start_of(Event(uid="a", name="Chat", start=date(2027, 3, 2), timezone="Europe/Berlin")).isoformat()
    '2027-03-02T00:00:00+01:00'
    """
    return _to_instant(event.start, event)


def end_of(event: Event) -> datetime:
    """The instant that an event is over: its end, the end of its last day, or, where no end is known, its start.

    >>> end_of(Event(uid="a", name="Chat", start=date(2027, 3, 2), timezone="Europe/Berlin")).isoformat()
    '2027-03-03T00:00:00+01:00'
    """
    if event.all_day:
        return _to_instant((event.end or event.start) + timedelta(days=1), event)
    return _to_instant(event.end or event.start, event)


def _overlaps(event: Event, after: datetime, before: datetime) -> bool:
    start = start_of(event)
    return start < before and (end_of(event) > after or start >= after)


def _to_instant(moment: Moment, event: Event) -> datetime:
    zone = ZoneInfo(event.timezone) if event.timezone else UTC
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time.min, zone)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _expand(event: Event, recurrence: Recurrence, after: datetime, before: datetime) -> list[Event]:
    if recurrence.rrule and any(often in recurrence.rrule.upper() for often in _TOO_OFTEN):
        return [replace(event, recurrence=None)]
    query = recurring_ical_events.of(_to_calendar(event, recurrence), keep_recurrence_attributes=False)
    return [_to_occurrence(event, component) for component in query.between(after, before)]


def _to_calendar(event: Event, recurrence: Recurrence) -> icalendar.Calendar:
    calendar = icalendar.Calendar()
    series = _to_component(event.uid, event.start, event.end, event.name, event.status)
    if recurrence.rrule:
        series["RRULE"] = icalendar.vRecur.from_ical(_with_until_like(recurrence.rrule, event.start))
    for name, moments in (("RDATE", recurrence.rdates), ("EXDATE", recurrence.exdates)):
        if moments:
            series.add(name, list(moments))
    calendar.add_component(series)
    for moved in recurrence.moved:
        calendar.add_component(_to_moved_component(event, moved))
    return calendar


def _to_component(uid: str, start: Moment, end: Moment | None, name: str, status: Status) -> icalendar.Event:
    component = icalendar.Event()
    component.add("UID", uid)
    component.add("DTSTART", start)
    if end is not None:
        component.add("DTEND", end if isinstance(end, datetime) else end + timedelta(days=1))
    component.add("SUMMARY", name)
    component.add(_STATUS, status.value)
    return component


def _to_moved_component(event: Event, moved: MovedOccurrence) -> icalendar.Event:
    name, status = moved.name or event.name, moved.status or event.status
    component = _to_component(event.uid, moved.start, moved.end, name, status)
    parameters = {"RANGE": "THISANDFUTURE"} if moved.this_and_future else {}
    component.add("RECURRENCE-ID", moved.recurrence_id, parameters=parameters)
    component.add("SEQUENCE", event.sequence + 1)
    return component


def _with_until_like(rrule: str, start: Moment) -> str:
    """The rule, its UNTIL of the same kind as the start, as RFC 5545, 3.3.10 asks for and feeds often forget."""
    parts = rrule_parts(rrule)
    until = parts.get("UNTIL")
    if until and not isinstance(start, datetime):
        parts["UNTIL"] = until[: len("20270303")]
    elif until and isinstance(start, datetime):
        last = f"{until}T235959" if len(until) == len("20270303") else until.rstrip("Z")
        parts["UNTIL"] = last + ("Z" if start.tzinfo else "")
    return ";".join(f"{name}={value}" for name, value in parts.items())


def _to_occurrence(event: Event, component: icalendar.Event) -> Event:
    start: Moment = component.start
    end: Moment | None = component.end if "DTEND" in component else None
    if isinstance(end, date) and not isinstance(end, datetime):
        end = end - timedelta(days=1)
    return replace(
        event,
        name=str(component["SUMMARY"]),
        status=Status(str(component[_STATUS])),
        start=start,
        end=None if end is None or end <= start else end,
        recurrence=None,
    )
