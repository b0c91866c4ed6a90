"""The deadlines of events as entries of their own: all-day, or timed; with an alarm where one is asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import icalendar

from calendar_export.icalendar.text import address, categories_of, line, links_of, place_line, title_of
from calendar_export.icalendar.values import end_after, written
from calendar_export.icalendar.vevent import PREFIX, add_text, stamped
from symposia.codec import moment_text
from symposia.event import Deadline, DeadlineKind, Event, Status

_CALLED = {
    DeadlineKind.REGISTRATION: "Register by: ",
    DeadlineKind.EARLY_BIRD: "Early rate ends: ",
    DeadlineKind.PROPOSALS: "Proposals due: ",
    DeadlineKind.OTHER: "Deadline: ",
}


def deadline_components(event: Event, alarm: int | None) -> Iterator[tuple[datetime, icalendar.Event]]:
    """The entry of each deadline of an event, with the instant from which it is past.

    Those of a cancelled event are cancelled, not left out: who planned for a deadline must learn that it is void.
    """
    before: Counter[DeadlineKind] = Counter()
    for due in sorted(event.deadlines, key=lambda one: (past_at(one, event), one.kind)):
        before[due.kind] += 1
        yield past_at(due, event), _component(event, due, alarm, before[due.kind])


def past_at(due: Deadline, event: Event) -> datetime:
    """The instant from which a deadline is past: the end of its day, in the event's zone; floating times are UTC's."""
    if isinstance(due.at, datetime):
        return due.at if due.at.tzinfo else due.at.replace(tzinfo=UTC)
    zone = ZoneInfo(event.timezone) if event.timezone else UTC
    return datetime.combine(due.at + timedelta(days=1), time.min, zone)


def number_ahead(events: Iterable[Event], now: datetime) -> int:
    """How many deadlines of the events are not past at `now`."""
    return sum(past_at(due, event) > now for event in events for due in event.deadlines)


def deadline_uid(uid: str, kind: DeadlineKind, number: int) -> str:
    """The UID of a deadline, for life: from its event's and its kind, with a number from the second of a kind on."""
    name, _, domain = line(uid).rpartition("@")
    suffix = kind.value.replace("_", "-") + (f"-{number}" if number > 1 else "")
    return f"{name}-{suffix}@{domain}" if name else f"{domain}-{suffix}"


def _component(event: Event, due: Deadline, alarm: int | None, number: int) -> icalendar.Event:
    component = stamped(event, deadline_uid(event.uid, due.kind, number), event.status)
    title = _CALLED[due.kind] + title_of(event.name)
    start = written(due.at, event.timezone, alone=True)
    component.add("SUMMARY", PREFIX.get(event.status, "") + title)
    component.add("DTSTART", start)
    end = end_after(start, None)
    if end:
        component.add("DTEND", end)
    # A deadline takes no time: its day stays free.
    component.add("TRANSP", "TRANSPARENT")
    _add_words(component, event)
    if alarm is not None and event.status is not Status.CANCELLED:
        component.add_component(_alarm(title, alarm))
    return component


def _add_words(component: icalendar.Event, event: Event) -> None:
    where = place_line(event)
    held = f"{title_of(event.name)}: {moment_text(event.start)[:10]}" + (f", {where}" if where else "")
    add_text(component, "\n\n".join(part for part in (held, "\n".join(links_of(event))) if part))
    url = address(event.registration_url) or address(event.url)
    if url:
        component.add("URL", url)
    categories = categories_of(event)
    if categories:
        component.add("CATEGORIES", categories)


def _alarm(title: str, days: int) -> icalendar.Alarm:
    """An alarm so many days before (RFC 5545, 3.6.6)."""
    alarm = icalendar.Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm.add("DESCRIPTION", title)
    alarm.add("TRIGGER", timedelta(days=-days))
    return alarm
