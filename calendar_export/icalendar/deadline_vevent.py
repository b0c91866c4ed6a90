"""The deadlines of events as VEVENTs of their own, with a VALARM where one is asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

import icalendar

from calendar_export.icalendar.text import categories_of, links_of
from calendar_export.icalendar.values import calendar_moment, dtend_for
from calendar_export.icalendar.vevent import SUMMARY_PREFIXES, add_description, new_vevent
from calendar_export.selection import deadline_end
from calendar_export.text.cleaning import clean_line
from calendar_export.text.facts import place_line, title_text
from calendar_export.text.urls import uri_value
from symposia.event import Deadline, DeadlineKind, Event, Status
from symposia.moments import date_of

_SUMMARIES = {
    DeadlineKind.REGISTRATION: "Register by: ",
    DeadlineKind.EARLY_BIRD: "Early rate ends: ",
    DeadlineKind.PROPOSALS: "Proposals due: ",
    DeadlineKind.OTHER: "Deadline: ",
}


def deadline_vevents(event: Event, alarm: int | None) -> Iterator[tuple[datetime, icalendar.Event]]:
    """Make a VEVENT for each deadline of an event, with the instant from which the deadline is past.

    The deadlines of a cancelled event become CANCELLED and stay: who planned for one must learn that it is void.

    Args:
        event: The event.
        alarm: Days before each deadline at which an alarm rings; None for no alarm.
    """
    numbers: Counter[DeadlineKind] = Counter()
    for deadline in sorted(event.deadlines, key=lambda deadline: (deadline_end(deadline, event), deadline.kind)):
        numbers[deadline.kind] += 1
        yield deadline_end(deadline, event), _make_vevent(event, deadline, alarm, numbers[deadline.kind])


def deadline_uid(uid: str, kind: DeadlineKind, number: int) -> str:
    """The UID of a deadline, for life; `number` counts an event's deadlines of that kind from 1.

    >>> deadline_uid("a@symposia", DeadlineKind.EARLY_BIRD, 1), deadline_uid("a@symposia", DeadlineKind.OTHER, 2)
    ('a-early-bird@symposia', 'a-other-2@symposia')
    """
    name, _, domain = clean_line(uid).rpartition("@")
    suffix = kind.value.replace("_", "-") + (f"-{number}" if number > 1 else "")
    return f"{name}-{suffix}@{domain}" if name else f"{domain}-{suffix}"


def _make_vevent(event: Event, deadline: Deadline, alarm: int | None, number: int) -> icalendar.Event:
    vevent = new_vevent(event, deadline_uid(event.uid, deadline.kind, number), event.status)
    title = _SUMMARIES[deadline.kind] + title_text(event.name)
    start = calendar_moment(deadline.at, event.timezone, resolve_ambiguous=True)
    vevent.add("SUMMARY", SUMMARY_PREFIXES.get(event.status, "") + title)
    vevent.add("DTSTART", start)
    dtend = dtend_for(start, None)
    if dtend:
        vevent.add("DTEND", dtend)
    vevent.add("TRANSP", "TRANSPARENT")  # a deadline takes no time: its day stays free
    _add_details(vevent, event)
    if alarm is not None and event.status is not Status.CANCELLED:
        vevent.add_component(_make_alarm(title, alarm))
    return vevent


def _add_details(vevent: icalendar.Event, event: Event) -> None:
    place = place_line(event)
    held = f"{title_text(event.name)}: {date_of(event.start)}" + (f", {place}" if place else "")
    add_description(vevent, "\n\n".join(part for part in (held, "\n".join(links_of(event))) if part))
    url = uri_value(event.registration_url) or uri_value(event.url)
    if url:
        vevent.add("URL", url)
    categories = categories_of(event)
    if categories:
        vevent.add("CATEGORIES", categories)


def _make_alarm(title: str, days: int) -> icalendar.Alarm:
    """A VALARM that shows `title` so many days before the start (RFC 5545, 3.6.6)."""
    alarm = icalendar.Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm.add("DESCRIPTION", title)
    alarm.add("TRIGGER", timedelta(days=-days))
    return alarm
