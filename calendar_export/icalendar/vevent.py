"""An event as VEVENT components (RFC 5545, 3.6.1; RFC 7986), made with the icalendar library."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
from icalendar.prop import vInline

from calendar_export.icalendar.text import categories_of, description_of, html_of
from calendar_export.icalendar.values import calendar_moment, dtend_for, match_start_type, rrule_for
from calendar_export.text.cleaning import clean_line
from calendar_export.text.facts import place_line, title_text
from calendar_export.text.urls import uri_value
from symposia.event import AttendanceMode, Event, Location, Moment, MovedOccurrence, Recurrence, Status

NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)
"""DTSTAMP of an event that was never stored. Fixed, so that the same events give the same bytes."""
SUMMARY_PREFIXES = {Status.CANCELLED: "Cancelled: ", Status.POSTPONED: "Postponed: "}
"""What SUMMARY begins with: Google hides a cancelled event of a feed, or shows it as if it took place."""
_STATUSES = {Status.CANCELLED: "CANCELLED", Status.POSTPONED: "TENTATIVE"}
_REMOTE = (AttendanceMode.ONLINE, AttendanceMode.HYBRID)
_TIME_PROPERTIES = ("DTSTART", "DTEND", "RECURRENCE-ID", "RDATE", "EXDATE")


def event_vevents(event: Event) -> list[icalendar.Event]:
    """Make the VEVENT of an event, then one for each moved occurrence of a series (RFC 5545, 3.8.4.4)."""
    once = event.recurrence is None
    start = calendar_moment(event.start, event.timezone, resolve_ambiguous=once)
    end = calendar_moment(event.end, event.timezone, resolve_ambiguous=once) if event.end else None
    recurrence = event.recurrence or Recurrence()
    series = _make_vevent(event, start, end, event.status, event.name)
    _add_recurrence(series, recurrence, start)
    moved = {match_start_type(occurrence.recurrence_id, start): occurrence for occurrence in recurrence.moved}
    return [series, *(_make_moved_vevent(event, start, at, occurrence) for at, occurrence in moved.items())]


def first_years_by_zone(vevents: Iterable[icalendar.Event]) -> dict[str, int]:
    """The time zones (IANA) that the components name, each with the first year in which they do."""
    years: dict[str, int] = {}
    for moment in _date_times(vevents):
        zone = moment.tzinfo
        if isinstance(zone, ZoneInfo):
            years[zone.key] = min(years.get(zone.key, moment.year), moment.year)
    return years


def new_vevent(event: Event, uid: str, status: Status) -> icalendar.Event:
    """Make a VEVENT with what identifies it and its version (RFC 5545, 3.8.4.7, 3.8.7)."""
    vevent = icalendar.Event()
    changed = (event.last_modified or event.created or NO_TIME).astimezone(UTC)
    vevent.add("UID", clean_line(uid))
    vevent.add("DTSTAMP", changed)
    vevent.add("LAST-MODIFIED", changed)
    vevent.add("SEQUENCE", event.sequence)
    vevent.add("STATUS", _STATUSES.get(status, "CONFIRMED"))
    if event.created:
        vevent.add("CREATED", event.created.astimezone(UTC))
    return vevent


def add_description(vevent: icalendar.Event, text: str) -> None:
    """Add DESCRIPTION, and the same as HTML, from which Outlook shows links to click; nothing for an empty text."""
    if text:
        vevent.add("DESCRIPTION", text)
        vevent.add("X-ALT-DESC", icalendar.vText(html_of(text)), parameters={"FMTTYPE": "text/html"})


def _date_times(vevents: Iterable[icalendar.Event]) -> Iterator[datetime]:
    values: Iterator[Any] = (vevent[name] for vevent in vevents for name in _TIME_PROPERTIES if name in vevent)
    moments = (single.dt for value in values for single in getattr(value, "dts", (value,)))
    return (moment for moment in moments if isinstance(moment, datetime))


def _make_vevent(event: Event, start: Moment, end: Moment | None, status: Status, name: str) -> icalendar.Event:
    vevent = new_vevent(event, event.uid, status)
    vevent.add("SUMMARY", SUMMARY_PREFIXES.get(status, "") + title_text(name))
    vevent.add("DTSTART", start)
    dtend = dtend_for(start, end)
    if dtend is not None:
        vevent.add("DTEND", dtend)
    _add_place(vevent, event)
    _add_links(vevent, event)
    add_description(vevent, description_of(event))
    categories = categories_of(event)
    if categories:
        vevent.add("CATEGORIES", categories)
    return vevent


def _make_moved_vevent(event: Event, start: Moment, original: Moment, moved: MovedOccurrence) -> icalendar.Event:
    """The VEVENT of one occurrence; what it does not state is the series', its length too."""
    own = calendar_moment(moved.start, event.timezone, resolve_ambiguous=True)
    if moved.end:
        end: Moment | None = calendar_moment(moved.end, event.timezone, resolve_ambiguous=True)
    else:
        end = _end_after_same_length(event, own)
    vevent = _make_vevent(event, own, end, moved.status or event.status, moved.name or event.name)
    parameters = {"RANGE": "THISANDFUTURE"} if moved.this_and_future else {}
    vevent.add("RECURRENCE-ID", original, parameters=parameters)
    return vevent


def _end_after_same_length(event: Event, start: Moment) -> Moment | None:
    """The end of an occurrence that begins at `start` and is as long as the event; None where that is unknown."""
    if event.end is None or isinstance(event.end, datetime) is not isinstance(start, datetime):
        return None
    if isinstance(start, datetime) and start.tzinfo:
        return (start.astimezone(UTC) + (event.end - event.start)).astimezone(start.tzinfo)
    return start + (event.end - event.start)


def _add_recurrence(vevent: icalendar.Event, recurrence: Recurrence, start: Moment) -> None:
    rrule = rrule_for(recurrence.rrule, start)
    if rrule:
        vevent["RRULE"] = icalendar.vRecur.from_ical(rrule)
    for name, moments in (("RDATE", recurrence.rdates), ("EXDATE", recurrence.exdates)):
        if moments:
            parameters = {} if isinstance(start, datetime) else {"VALUE": "DATE"}
            matched = sorted({match_start_type(moment, start) for moment in moments})
            vevent.add(name, matched, parameters=parameters)


def _add_place(vevent: icalendar.Event, event: Event) -> None:
    place = place_line(event)
    if place:
        vevent.add("LOCATION", place)
    geo = _geo_value(event.location)
    if geo:
        vevent["GEO"] = vInline(geo)


def _geo_value(location: Location | None) -> str | None:
    """The coordinates to six decimals (RFC 5545, 3.8.1.6); None where there are none on this Earth."""
    if location is None or location.latitude is None or location.longitude is None:
        return None
    if not (abs(location.latitude) <= 90 and abs(location.longitude) <= 180):
        return None
    return ";".join(f"{degrees:.6f}".rstrip("0").rstrip(".") for degrees in (location.latitude, location.longitude))


def _add_links(vevent: icalendar.Event, event: Event) -> None:
    """Add URL, and as CONFERENCE (RFC 7986, 5.11) the page to register at: an Event holds no private links."""
    page, registration = uri_value(event.url), uri_value(event.registration_url)
    if page:
        vevent.add("URL", page)
    if registration and event.attendance_mode in _REMOTE:
        vevent.add("CONFERENCE", icalendar.vUri(registration), parameters={"VALUE": "URI", "LABEL": "Register"})
