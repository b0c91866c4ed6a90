"""The rules of a calendar as a whole: its properties, its time zones, and its VEVENTs as they relate to each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from calendar_export.icalendar.lint.content_lines import Component, ContentLine
from calendar_export.icalendar.lint.event_rules import check_property
from calendar_export.icalendar.lint.findings import Finding, finding
from calendar_export.icalendar.lint.value_rules import DateTimeValue, date_time, iana_zones, is_duration, is_offset


@dataclass(frozen=True, slots=True)
class VeventSummary:
    """What the rules of a calendar need to know of a VEVENT.

    Attributes:
        number: The line of its BEGIN.
        uid: Its UID; None where it has none.
        recurrence_id: Its RECURRENCE-ID as written; None for an event or series itself.
        replaces: The RECURRENCE-ID as a value; None where it is absent or invalid.
        start: Its DTSTART; None where that is absent or invalid.
        tzids: Each TZID that it names, with the line.
    """

    number: int
    uid: str | None
    recurrence_id: str | None
    replaces: DateTimeValue | None
    start: DateTimeValue | None
    tzids: tuple[tuple[str, int], ...]


@cache
def css_color_names() -> frozenset[str]:
    """The colour names of CSS3 (https://www.w3.org/TR/css-color-3/#svg-color), which RFC 7986, 5.9 asks for."""
    return frozenset((Path(__file__).parent / "colors.txt").read_text(encoding="utf-8").split())


def summarize_vevent(vevent: Component) -> VeventSummary:
    """Keep of a VEVENT what the rules of a calendar need."""
    uid, recurrence_id = vevent.first("UID"), vevent.first("RECURRENCE-ID")
    return VeventSummary(
        number=vevent.number,
        uid=uid.value if uid else None,
        recurrence_id=recurrence_id.value if recurrence_id else None,
        replaces=date_time(recurrence_id),
        start=date_time(vevent.first("DTSTART")),
        tzids=tuple((line.parameters["TZID"], line.number) for line in vevent.lines if "TZID" in line.parameters),
    )


def check_calendar_properties(calendar: Component) -> Iterator[Finding]:
    """Check the properties of a VCALENDAR."""
    yield from _check_exactly_one(calendar, "VERSION")
    yield from _check_exactly_one(calendar, "PRODID")
    version, method = calendar.first("VERSION"), calendar.first("METHOD")
    if version and version.value.strip() != "2.0":
        yield finding("version", version.number, f"VERSION is {version.value[:20]!r}")
    if method and method.value.upper() != "PUBLISH":
        yield finding("method", method.number, f"METHOD is {method.value[:20]!r}")
    if not calendar.properties("NAME", "X-WR-CALNAME"):
        yield finding("name", calendar.number, "the calendar has no NAME and no X-WR-CALNAME: clients show its address")
    for line in calendar.lines:
        yield from check_property(line)
        yield from _check_calendar_property(line)


def check_time_zones(calendar: Component, vevents: Iterable[VeventSummary]) -> Iterator[Finding]:
    """Check the VTIMEZONEs, and once each TZID that VEVENTs name."""
    defined: set[str] = set()
    for vtimezone in calendar.subcomponents("VTIMEZONE"):
        yield from _check_vtimezone(vtimezone, defined)
    named: dict[str, int] = {}
    for vevent in vevents:
        for tzid, number in vevent.tzids:
            named.setdefault(tzid, number)
    for tzid, number in named.items():
        if tzid not in defined:
            yield finding("zone", number, f"TZID={tzid[:60]} has no VTIMEZONE")
        if tzid not in iana_zones():
            yield finding("zone-name", number, f"TZID={tzid[:60]} is not a name of the IANA database")


def check_series(vevents: Sequence[VeventSummary]) -> Iterator[Finding]:
    """Check that no two VEVENTs are the same, and that moved occurrences fit their series."""
    seen: set[tuple[str | None, str | None]] = set()
    starts = {vevent.uid: vevent.start for vevent in vevents if vevent.recurrence_id is None}
    for vevent in vevents:
        identity = (vevent.uid, vevent.recurrence_id)
        if vevent.uid is not None and identity in seen:
            yield finding("duplicate-uid", vevent.number, f"another VEVENT has the UID {vevent.uid[:80]}")
        seen.add(identity)
        if vevent.recurrence_id is not None:
            yield from _check_moved_occurrence(vevent, starts)


def _check_exactly_one(calendar: Component, name: str) -> Iterator[Finding]:
    times = len(calendar.properties(name))
    if times != 1:
        yield finding(name.lower(), calendar.number, f"the calendar has {times or 'no'} {name}; it must have one")


def _check_calendar_property(line: ContentLine) -> Iterator[Finding]:
    has_duration = line.parameters.get("VALUE", "").upper() == "DURATION" and is_duration(line.value)
    if line.name == "REFRESH-INTERVAL" and not has_duration:
        yield finding("refresh", line.number, "REFRESH-INTERVAL is not a duration, or has no VALUE=DURATION")
    if line.name == "COLOR" and line.value.lower() not in css_color_names():
        yield finding("color", line.number, f"COLOR is {line.value[:30]!r}")


def _check_vtimezone(vtimezone: Component, defined: set[str]) -> Iterator[Finding]:
    """Check a VTIMEZONE, and add its TZID to the defined ones."""
    tzid, subcomponents = vtimezone.first("TZID"), vtimezone.subcomponents("STANDARD", "DAYLIGHT")
    if tzid is None or tzid.value in defined or not subcomponents:
        message = "the VTIMEZONE has no TZID, the TZID of another, or neither STANDARD nor DAYLIGHT"
        yield finding("zone-parts", vtimezone.number, message)
    if tzid:
        defined.add(tzid.value)
    for part in subcomponents:
        offsets = [part.first("TZOFFSETFROM"), part.first("TZOFFSETTO")]
        start = date_time(part.first("DTSTART"))
        if not start or start.form != "floating" or not all(line and is_offset(line.value) for line in offsets):
            message = f"{part.name} must have a floating DTSTART, TZOFFSETFROM and TZOFFSETTO"
            yield finding("zone-parts", part.number, message)


def _check_moved_occurrence(vevent: VeventSummary, starts: dict[str | None, DateTimeValue | None]) -> Iterator[Finding]:
    if vevent.uid not in starts:
        yield finding("orphan", vevent.number, "RECURRENCE-ID belongs to no series in this file")
        return
    start, replaces = starts[vevent.uid], vevent.replaces
    if start and replaces and start.type_and_zone != replaces.type_and_zone:
        message = "RECURRENCE-ID does not have the type and zone of the series' DTSTART"
        yield finding("series-type", vevent.number, message)
