"""iCalendar feeds (RFC 5545), including those that break the standard."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from icalendar import Calendar, Component, vGeo

from spiders.extraction.formats.icalendar_lines import CALENDAR_HEAD, component_blocks, raw_value, unfold
from spiders.extraction.formats.icalendar_series import Series, group_by_series
from spiders.extraction.formats.icalendar_values import (
    TimeZones,
    format_moment,
    moment_value,
    moment_values,
    read_end,
    read_rrule,
    text_value,
)
from spiders.extraction.page import Extraction, Page, Refusal
from symposia.event import Location, MovedOccurrence, Recurrence, Status
from symposia.posting import Posting
from symposia.text.plain_text import one_line, plain_text

MAX_EVENTS = 25_000
"""VEVENTs of one feed that are read, which bounds time and memory; the rest is refused as one."""
_HEAD = 4_096
"""Characters in which BEGIN:VCALENDAR must stand, after white space and byte order marks."""

_begin_calendar = re.compile(r"\s*BEGIN:VCALENDAR", re.IGNORECASE)
_end_event = re.compile(r"^END:VEVENT[ \t]*$", re.IGNORECASE | re.MULTILINE)
_PARSE_ERRORS = (ValueError, IndexError, KeyError, AttributeError, TypeError)
"""What the icalendar library raises for text that is not iCalendar."""


class ICalendarExtractor:
    """Reads iCalendar feeds."""

    name = "iCalendar"
    may_be_soft_error = False  # nobody writes an error page as a calendar

    def accepts(self, page: Page) -> bool:
        """Whether the page begins with BEGIN:VCALENDAR, whatever it is served as."""
        return _begin_calendar.match(page.text[:_HEAD].lstrip("\ufeff\x00 \t\r\n")) is not None

    def extract(self, page: Page) -> Extraction:
        """Read a posting for each series or single event. One that cannot be read is refused by itself."""
        text, left_out = _within_bounds(unfold(page.text))
        components, refusals = _parse_events(text)
        if left_out:
            refusals.append(Refusal(what=f"{left_out} further events", reason=f"more than {MAX_EVENTS} in one feed"))
        zones = TimeZones(feed=raw_value(text.split("BEGIN:VEVENT", 1)[0], "X-WR-TIMEZONE"), source=page.timezone)
        postings: dict[str, Posting] = {}
        for series in group_by_series(components):
            try:
                postings[series.key] = _build_posting(page, zones, series)
            except (ValueError, OverflowError, TypeError) as error:
                what = text_value(series.master, "SUMMARY") or series.key
                refusals.append(Refusal(what=what, reason=str(error)))
        is_empty = not postings and not refusals
        return Extraction(kind="icalendar", postings=tuple(postings.values()), refusals=tuple(refusals), empty=is_empty)


def _within_bounds(text: str) -> tuple[str, int]:
    """The feed up to the last event that is read, and how many are left out."""
    ends = [match.end() for match in _end_event.finditer(text)]
    if len(ends) <= MAX_EVENTS:
        return text, 0
    return f"{text[: ends[MAX_EVENTS - 1]]}\nEND:VCALENDAR\n", len(ends) - MAX_EVENTS


def _parse_events(text: str) -> tuple[list[Component], list[Refusal]]:
    """The VEVENTs of the feed: all in one go or, where that fails, each by itself."""
    try:
        events = Calendar.from_ical(text).walk("VEVENT")
    except _PARSE_ERRORS:
        events = []
    is_complete = len(events) >= text.upper().count("END:VEVENT")
    return (events, []) if is_complete else _parse_one_by_one(text)


def _parse_one_by_one(text: str) -> tuple[list[Component], list[Refusal]]:
    zones = "".join(zone for zone in component_blocks(text, "VTIMEZONE") if _parses(zone))
    components: list[Component] = []
    refusals: list[Refusal] = []
    for number, block in enumerate(component_blocks(text, "VEVENT")):
        if number >= MAX_EVENTS:
            break
        try:
            components += _parse(zones + block)
        except _PARSE_ERRORS as error:
            what = raw_value(block, "SUMMARY") or raw_value(block, "UID") or f"event {number + 1}"
            refusals.append(Refusal(what=what[:200], reason=f"not iCalendar: {error}"[:300]))
    return components, refusals


def _parse(body: str) -> list[Component]:
    return Calendar.from_ical(f"{CALENDAR_HEAD}{body}END:VCALENDAR\n").walk("VEVENT")


def _parses(zone: str) -> bool:
    try:
        _parse(zone)
    except _PARSE_ERRORS:
        return False
    return True


def _build_posting(page: Page, zones: TimeZones, series: Series) -> Posting:
    master = series.master
    start = moment_value(master, "DTSTART")
    if start is None:
        raise ValueError("no start (DTSTART) that can be read")
    start = zones.localise(start)
    end = read_end(master, start, zones)
    zone = zones.name_of(start) if isinstance(start, datetime) else None
    return Posting(
        origin=page.origin("icalendar"),
        source_key=series.key,
        name=one_line(text_value(master, "SUMMARY")),
        start=format_moment(start, zone),
        end=format_moment(end, zone) if end else None,
        timezone=zone,
        status=text_value(master, "STATUS"),
        location=_read_location(master),
        url=page.link(text_value(master, "URL")),
        description=plain_text(text_value(master, "DESCRIPTION")),
        organizer=_read_organizer(master),
        keywords=_read_categories(master),
        recurrence=_read_recurrence(master, series.moved, zones),
        evidence=(("name", "SUMMARY"), ("start", "DTSTART")),
    )


def _read_recurrence(master: Component, moved: Sequence[Component], zones: TimeZones) -> Recurrence | None:
    rrule = read_rrule(master)
    rdates = moment_values(master, "RDATE", zones)
    if not rrule and not rdates:
        return None
    occurrences = (_read_moved(component, zones) for component in moved)
    return Recurrence(
        rrule=rrule,
        rdates=rdates,
        exdates=moment_values(master, "EXDATE", zones),
        moved=tuple(occurrence for occurrence in occurrences if occurrence),
    )


def _read_moved(component: Component, zones: TimeZones) -> MovedOccurrence | None:
    recurrence_id, start = moment_value(component, "RECURRENCE-ID"), moment_value(component, "DTSTART")
    if recurrence_id is None or start is None:
        return None
    start = zones.localise(start)
    is_cancelled = (text_value(component, "STATUS") or "").upper() == "CANCELLED"
    return MovedOccurrence(
        recurrence_id=zones.localise(recurrence_id),
        start=start,
        end=read_end(component, start, zones),
        name=one_line(text_value(component, "SUMMARY")),
        status=Status.CANCELLED if is_cancelled else None,
        this_and_future=component["RECURRENCE-ID"].params.get("RANGE", "").upper() == "THISANDFUTURE",
    )


def _read_location(component: Component) -> Location | None:
    name = one_line(text_value(component, "LOCATION"))
    latitude, longitude = _read_geo(component)
    return Location(name=name, latitude=latitude, longitude=longitude) if name or latitude is not None else None


def _read_geo(component: Component) -> tuple[float | None, float | None]:
    geo = component.get("GEO")
    if not isinstance(geo, vGeo):
        return None, None
    # Programs that know no place write 0;0, which is a spot in the Atlantic.
    return (float(geo.latitude), float(geo.longitude)) if geo.latitude or geo.longitude else (None, None)


def _read_organizer(component: Component) -> str | None:
    """The common name (CN) of the organiser; an address alone says nothing to readers."""
    organizer = component.get("ORGANIZER")
    organizer = organizer[0] if isinstance(organizer, list) and organizer else organizer
    if organizer is None or not hasattr(organizer, "params"):
        return None
    return one_line(str(organizer.params.get("CN", "")))


def _read_categories(component: Component) -> tuple[str, ...]:
    stated = component.get("CATEGORIES", [])
    properties = stated if isinstance(stated, list) else [stated]
    names = (one_line(str(name)) for categories in properties for name in getattr(categories, "cats", [categories]))
    return tuple(dict.fromkeys(name for name in names if name))
