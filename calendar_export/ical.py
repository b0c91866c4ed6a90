"""Events as iCalendar (RFC 5545, RFC 7986), through the icalendar library."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

import icalendar

from symposia.event import AttendanceMode, Event, Location, Moment, MovedOccurrence, Recurrence, Status

PRODID = "-//Symposia//Events for educators//EN"
REFRESH = timedelta(hours=12)
_NEVER = datetime(2000, 1, 1, tzinfo=UTC)
"""DTSTAMP of an event that was never stored: any fixed moment, so that the same events give the same bytes."""
_ZONES_FROM, _ZONES_TO = date(2000, 1, 1), date(2038, 1, 1)

_PREFIX = {Status.CANCELLED: "Cancelled: ", Status.POSTPONED: "Postponed: "}
_STATUS = {Status.CANCELLED: "CANCELLED", Status.POSTPONED: "TENTATIVE"}
_control = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029]|[\ud800-\udfff]")


def calendar_bytes(events: Iterable[Event], *, name: str, description: str) -> bytes:
    """A whole feed. The same events give the same bytes."""
    calendar = icalendar.Calendar()
    calendar.add("PRODID", PRODID)
    calendar.add("VERSION", "2.0")
    calendar.add("METHOD", "PUBLISH")
    for property_name, text in (("NAME", name), ("X-WR-CALNAME", name), ("DESCRIPTION", description)):
        calendar.add(property_name, text)
    calendar.add("REFRESH-INTERVAL", icalendar.vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", "PT12H")
    for event in events:
        for component in components(event):
            calendar.add_component(component)
    calendar.add_missing_timezones(first_date=_ZONES_FROM, last_date=_ZONES_TO)
    # icalendar adds zones in the order of a set, which differs from run to run.
    calendar.subcomponents.sort(key=lambda one: (one.name != "VTIMEZONE", str(one.get("TZID", ""))))
    content: bytes = calendar.to_ical()
    return content


def components(event: Event) -> list[icalendar.Event]:
    """The VEVENT of an event, and one for each moved occurrence of a series (RFC 5545, 3.8.4.4)."""
    moved = event.recurrence.moved if event.recurrence else ()
    return [_component(event), *(_moved(event, one) for one in moved)]


def _component(event: Event) -> icalendar.Event:
    component = _dated(event, event.start, event.end, event.status, event.name)
    if event.recurrence:
        _add_recurrence(component, event.recurrence)
    if event.created:
        component.add("CREATED", event.created.astimezone(UTC))
    return component


def _dated(event: Event, start: Moment, end: Moment | None, status: Status, name: str) -> icalendar.Event:
    component = icalendar.Event()
    changed = (event.last_modified or event.created or _NEVER).astimezone(UTC)
    component.add("UID", event.uid)
    component.add("DTSTAMP", changed)
    component.add("LAST-MODIFIED", changed)
    component.add("SEQUENCE", event.sequence)
    component.add("STATUS", _STATUS.get(status, "CONFIRMED"))
    component.add("SUMMARY", clean(_PREFIX.get(status, "") + name))
    component.add("DTSTART", start)
    if isinstance(end, datetime):
        component.add("DTEND", end)
    elif end is not None or not isinstance(start, datetime):
        # DTEND of whole days is the day after the last (RFC 5545, 3.6.1).
        component.add("DTEND", (end or start) + timedelta(days=1))
    _add_words(component, event)
    return component


def _moved(event: Event, moved: MovedOccurrence) -> icalendar.Event:
    component = _dated(event, moved.start, moved.end, moved.status or event.status, moved.name or event.name)
    parameters = {"RANGE": "THISANDFUTURE"} if moved.this_and_future else {}
    component.add("RECURRENCE-ID", moved.recurrence_id, parameters=parameters)
    return component


def _add_recurrence(component: icalendar.Event, recurrence: Recurrence) -> None:
    if recurrence.rrule:
        component["RRULE"] = icalendar.vRecur.from_ical(recurrence.rrule)
    for name, moments in (("RDATE", recurrence.rdates), ("EXDATE", recurrence.exdates)):
        if moments:
            parameters = {} if isinstance(moments[0], datetime) else {"VALUE": "DATE"}
            component.add(name, list(moments), parameters=parameters)


def _add_words(component: icalendar.Event, event: Event) -> None:
    place = place_text(event)
    if place:
        component.add("LOCATION", clean(place))
    location = event.location
    if location and location.latitude is not None and location.longitude is not None:
        component.add("GEO", (location.latitude, location.longitude))
    url = web(event.url)
    if url:
        component.add("URL", url)
    component.add("DESCRIPTION", clean(_description(event, url)))
    categories = list(dict.fromkeys(clean(word) for word in (*event.topics, *event.keywords)))
    if categories:
        component.add("CATEGORIES", categories)


def place_text(event: Event) -> str | None:
    """Where to go, on one line: the place with its address, else "Online". None where nothing is known."""
    parts = _parts(event.location) if event.location else []
    if parts:
        return ", ".join(parts)
    return "Online" if event.attendance_mode == AttendanceMode.ONLINE else None


def _parts(location: Location) -> list[str]:
    """The parts of an address, those left out that stand in an earlier one."""
    parts: list[str] = []
    for part in (location.name, location.address, location.city, location.region, location.country):
        if part and not any(part.casefold() in known.casefold() for known in parts):
            parts.append(part)
    return parts


def _description(event: Event, url: str | None) -> str:
    sources = dict.fromkeys(address for ref in event.sources if (address := web(ref.url)))
    said = [event.description or "", url or "", *(f"Source: {address}" for address in sources if address != url)]
    return "\n\n".join(part for part in said if part)


def web(url: str | None) -> str | None:
    """`url` where it is http or https; None otherwise."""
    return url if url and url.startswith(("http://", "https://")) and not any(c.isspace() for c in url) else None


def clean(text: str) -> str:
    """`text` without control characters, which RFC 5545, 3.3.11 does not allow, and with plain line ends."""
    return _control.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
