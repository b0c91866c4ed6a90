"""The deadlines of events as entries of their own: all-day, or timed; with an alarm where one is asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

import icalendar

from calendar_export.icalendar.text import categories_of, links_of
from calendar_export.icalendar.values import calendar_moment, dtend_for
from calendar_export.icalendar.vevent import SUMMARY_PREFIXES, add_description, new_vevent
from calendar_export.selection import deadline_end
from calendar_export.text.cleaning import one_line
from calendar_export.text.facts import public_place_text, title_text
from calendar_export.text.urls import public_url
from symposia.event import Deadline, DeadlineKind, Event, Status
from symposia.moments import moment_text

_CALLED = {
    DeadlineKind.REGISTRATION: "Register by: ",
    DeadlineKind.EARLY_BIRD: "Early rate ends: ",
    DeadlineKind.PROPOSALS: "Proposals due: ",
    DeadlineKind.OTHER: "Deadline: ",
}


def deadline_vevents(event: Event, alarm: int | None) -> Iterator[tuple[datetime, icalendar.Event]]:
    """The entry of each deadline of an event, with the instant from which it is past.

    Those of a cancelled event are cancelled, not left out: who planned for a deadline must learn that it is void.
    """
    before: Counter[DeadlineKind] = Counter()
    for due in sorted(event.deadlines, key=lambda one: (deadline_end(one, event), one.kind)):
        before[due.kind] += 1
        yield deadline_end(due, event), _component(event, due, alarm, before[due.kind])


def deadline_uid(uid: str, kind: DeadlineKind, number: int) -> str:
    """The UID of a deadline, for life: from its event's and its kind, with a number from the second of a kind on."""
    name, _, domain = one_line(uid).rpartition("@")
    suffix = kind.value.replace("_", "-") + (f"-{number}" if number > 1 else "")
    return f"{name}-{suffix}@{domain}" if name else f"{domain}-{suffix}"


def _component(event: Event, due: Deadline, alarm: int | None, number: int) -> icalendar.Event:
    component = new_vevent(event, deadline_uid(event.uid, due.kind, number), event.status)
    title = _CALLED[due.kind] + title_text(event.name)
    start = calendar_moment(due.at, event.timezone, alone=True)
    component.add("SUMMARY", SUMMARY_PREFIXES.get(event.status, "") + title)
    component.add("DTSTART", start)
    end = dtend_for(start, None)
    if end:
        component.add("DTEND", end)
    # A deadline takes no time: its day stays free.
    component.add("TRANSP", "TRANSPARENT")
    _add_words(component, event)
    if alarm is not None and event.status is not Status.CANCELLED:
        component.add_component(_alarm(title, alarm))
    return component


def _add_words(component: icalendar.Event, event: Event) -> None:
    where = public_place_text(event)
    held = f"{title_of(event.name)}: {moment_text(event.start)[:10]}" + (f", {where}" if where else "")
    add_description(component, "\n\n".join(part for part in (held, "\n".join(links_of(event))) if part))
    url = public_url(event.registration_url) or public_url(event.url)
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
