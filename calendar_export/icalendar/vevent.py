"""An event as the VEVENTs of a calendar (RFC 5545, RFC 7986), made by the icalendar library."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
from icalendar.prop import vInline

from calendar_export.icalendar.text import (
    address,
    categories_of,
    description_of,
    html_of,
    line,
    place_line,
    title_of,
)
from calendar_export.icalendar.values import end_after, like, rule_for, written
from symposia.event import AttendanceMode, Event, Location, Moment, MovedOccurrence, Recurrence, Status

NEVER = datetime(2000, 1, 1, tzinfo=UTC)
"""DTSTAMP of an event that was never stored: any fixed moment, so that the same events give the same bytes."""
PREFIX = {Status.CANCELLED: "Cancelled: ", Status.POSTPONED: "Postponed: "}
"""What the summary begins with: Google drops cancelled entries of a feed by their status, or shows them as if nothing were."""
STATUS = {Status.CANCELLED: "CANCELLED", Status.POSTPONED: "TENTATIVE"}
_REMOTE = (AttendanceMode.ONLINE, AttendanceMode.HYBRID)
_TIMES = ("DTSTART", "DTEND", "RECURRENCE-ID", "RDATE", "EXDATE")


def components(event: Event) -> list[icalendar.Event]:
    """The VEVENT of an event, and one for each moved occurrence of a series (RFC 5545, 3.8.4.4)."""
    start = written(event.start, event.timezone, alone=event.recurrence is None)
    recurrence = event.recurrence or Recurrence()
    series = _dated(event, start, written_end(event), event.status, event.name)
    _add_recurrence(series, recurrence, start)
    moved = {like(one.recurrence_id, start): one for one in recurrence.moved}
    return [series, *(_moved(event, start, original, one) for original, one in moved.items())]


def written_end(event: Event) -> Moment | None:
    """The end of an event as `written`; None where none is known."""
    return written(event.end, event.timezone, alone=event.recurrence is None) if event.end else None


def zones_of(parts: Iterable[icalendar.Event]) -> dict[str, int]:
    """The zones that the components name, each with the first year in which they do."""
    found: dict[str, int] = {}
    for moment in _moments(parts):
        zone = moment.tzinfo
        if isinstance(zone, ZoneInfo):
            found[zone.key] = min(found.get(zone.key, moment.year), moment.year)
    return found


def _moments(parts: Iterable[icalendar.Event]) -> Iterator[datetime]:
    values: Iterator[Any] = (part[name] for part in parts for name in _TIMES if name in part)
    moments = (one.dt for value in values for one in getattr(value, "dts", (value,)))
    return (moment for moment in moments if isinstance(moment, datetime))


def stamped(event: Event, uid: str, status: Status) -> icalendar.Event:
    """A VEVENT with what says which it is and which version of it (RFC 5545, 3.8.7)."""
    component = icalendar.Event()
    changed = (event.last_modified or event.created or NEVER).astimezone(UTC)
    component.add("UID", line(uid))
    component.add("DTSTAMP", changed)
    component.add("LAST-MODIFIED", changed)
    component.add("SEQUENCE", event.sequence)
    component.add("STATUS", STATUS.get(status, "CONFIRMED"))
    if event.created:
        component.add("CREATED", event.created.astimezone(UTC))
    return component


def add_text(component: icalendar.Event, text: str) -> None:
    """DESCRIPTION, and the same as HTML for Outlook, which shows its links so."""
    if text:
        component.add("DESCRIPTION", text)
        component.add("X-ALT-DESC", icalendar.vText(html_of(text)), parameters={"FMTTYPE": "text/html"})


def _dated(event: Event, start: Moment, end: Moment | None, status: Status, name: str) -> icalendar.Event:
    component = stamped(event, event.uid, status)
    component.add("SUMMARY", PREFIX.get(status, "") + title_of(name))
    component.add("DTSTART", start)
    last = end_after(start, end)
    if last is not None:
        component.add("DTEND", last)
    _add_place(component, event)
    _add_links(component, event)
    add_text(component, description_of(event))
    categories = categories_of(event)
    if categories:
        component.add("CATEGORIES", categories)
    return component


def _moved(event: Event, start: Moment, original: Moment, moved: MovedOccurrence) -> icalendar.Event:
    """The VEVENT of one occurrence; what it does not say is as the series says, its length too."""
    own = written(moved.start, event.timezone, alone=True)
    end = written(moved.end, event.timezone, alone=True) if moved.end else _as_long(event, own)
    component = _dated(event, own, end, moved.status or event.status, moved.name or event.name)
    parameters = {"RANGE": "THISANDFUTURE"} if moved.this_and_future else {}
    component.add("RECURRENCE-ID", original, parameters=parameters)
    return component


def _as_long(event: Event, start: Moment) -> Moment | None:
    """The end of an occurrence that begins at `start` and is as long as the event; None where that is unknown."""
    if event.end is None or isinstance(event.end, datetime) is not isinstance(start, datetime):
        return None
    if isinstance(start, datetime) and start.tzinfo:
        return (start.astimezone(UTC) + (event.end - event.start)).astimezone(start.tzinfo)
    return start + (event.end - event.start)


def _add_recurrence(component: icalendar.Event, recurrence: Recurrence, start: Moment) -> None:
    rule = rule_for(recurrence.rrule, start)
    if rule:
        component["RRULE"] = icalendar.vRecur.from_ical(rule)
    for name, moments in (("RDATE", recurrence.rdates), ("EXDATE", recurrence.exdates)):
        if moments:
            parameters = {} if isinstance(start, datetime) else {"VALUE": "DATE"}
            alike = sorted({like(moment, start) for moment in moments})
            component.add(name, alike, parameters=parameters)


def _add_place(component: icalendar.Event, event: Event) -> None:
    place = place_line(event)
    if place:
        component.add("LOCATION", place)
    geo = _geo(event.location)
    if geo:
        component["GEO"] = vInline(geo)


def _geo(location: Location | None) -> str | None:
    """Coordinates to six decimals (RFC 5545, 3.8.1.6); None where there are none on this Earth."""
    if location is None or location.latitude is None or location.longitude is None:
        return None
    if not (abs(location.latitude) <= 90 and abs(location.longitude) <= 180):
        return None
    return ";".join(f"{degrees:.6f}".rstrip("0").rstrip(".") for degrees in (location.latitude, location.longitude))


def _add_links(component: icalendar.Event, event: Event) -> None:
    """URL, and where one can go to take part from afar (RFC 7986, 5.11): only what is open to all is known here."""
    page, registration = address(event.url), address(event.registration_url)
    if page:
        component.add("URL", page)
    if registration and event.attendance_mode in _REMOTE:
        component.add("CONFERENCE", icalendar.vUri(registration), parameters={"VALUE": "URI", "LABEL": "Register"})
