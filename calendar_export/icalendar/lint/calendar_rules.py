"""The rules of a calendar as a whole: its head, its zones, and what its entries are to each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from calendar_export.icalendar.lint.content_lines import Component, Line
from calendar_export.icalendar.lint.event_rules import line_faults
from calendar_export.icalendar.lint.findings import Fault, fault
from calendar_export.icalendar.lint.value_rules import When, is_duration, is_offset, when, zones


@dataclass(frozen=True, slots=True)
class Entry:
    """What the rest of a calendar must know of an entry: which it is, where it stands, and the zones it names, by line."""

    number: int
    uid: str | None
    recurrence: str | None
    recurrence_when: When | None
    start: When | None
    zones: tuple[tuple[str, int], ...]


@cache
def colors() -> frozenset[str]:
    """The names of colours of CSS3 (https://www.w3.org/TR/css-color-3/#svg-color), which RFC 7986, 5.9 asks for."""
    return frozenset((Path(__file__).parent / "colors.txt").read_text(encoding="utf-8").split())


def entry_of(component: Component) -> Entry:
    """What is to be known of an entry."""
    uid, recurrence = component.first("UID"), component.first("RECURRENCE-ID")
    return Entry(
        component.number,
        uid.value if uid else None,
        recurrence.value if recurrence else None,
        when(recurrence),
        when(component.first("DTSTART")),
        tuple((line.parameters["TZID"], line.number) for line in component.lines if "TZID" in line.parameters),
    )


def head_faults(calendar: Component) -> Iterator[Fault]:
    """What is wrong with the properties of a VCALENDAR."""
    yield from _once(calendar, "VERSION", "version")
    yield from _once(calendar, "PRODID", "prodid")
    version, method = calendar.first("VERSION"), calendar.first("METHOD")
    if version and version.value.strip() != "2.0":
        yield fault("version", version.number, f"VERSION is {version.value[:20]!r}")
    if method and method.value.upper() != "PUBLISH":
        yield fault("method", method.number, f"METHOD is {method.value[:20]!r}")
    if not calendar.all("NAME", "X-WR-CALNAME"):
        yield fault("name", calendar.number, "the calendar has no NAME and no X-WR-CALNAME: clients show its address")
    for line in calendar.lines:
        yield from line_faults(line)
        yield from _head_line_faults(line)


def _once(calendar: Component, name: str, rule: str) -> Iterator[Fault]:
    there = len(calendar.all(name))
    if there != 1:
        yield fault(rule, calendar.number, f"{name} is there {there} times")


def _head_line_faults(line: Line) -> Iterator[Fault]:
    if line.name == "REFRESH-INTERVAL" and (
        line.parameters.get("VALUE", "").upper() != "DURATION" or not is_duration(line.value)
    ):
        yield fault("refresh", line.number, "REFRESH-INTERVAL is no duration, or does not say VALUE=DURATION")
    if line.name == "COLOR" and line.value.lower() not in colors():
        yield fault("color", line.number, f"COLOR is {line.value[:30]!r}")


def zone_faults(calendar: Component, entries: Iterable[Entry]) -> Iterator[Fault]:
    """What is wrong with the zones that are told, and those that are only named: each name once."""
    told: set[str] = set()
    for zone in calendar.parts("VTIMEZONE"):
        yield from _zone_faults(zone, told)
    named: dict[str, int] = {}
    for entry in entries:
        for name, number in entry.zones:
            named.setdefault(name, number)
    for name, number in named.items():
        if name not in told:
            yield fault("zone", number, f"TZID={name[:60]} has no VTIMEZONE")
        if name not in zones():
            yield fault("zone-name", number, f"TZID={name[:60]} is no name of the IANA database")


def _zone_faults(zone: Component, told: set[str]) -> Iterator[Fault]:
    name, parts = zone.first("TZID"), zone.parts("STANDARD", "DAYLIGHT")
    if name is None or name.value in told or not parts:
        yield fault(
            "zone-parts", zone.number, "VTIMEZONE has no TZID, the one of another, or neither STANDARD nor DAYLIGHT"
        )
    if name:
        told.add(name.value)
    for part in parts:
        offsets = [part.first("TZOFFSETFROM"), part.first("TZOFFSETTO")]
        start = when(part.first("DTSTART"))
        if not start or start.type != "floating" or not all(one and is_offset(one.value) for one in offsets):
            yield fault("zone-parts", part.number, f"{part.name} needs a local DTSTART, TZOFFSETFROM and TZOFFSETTO")


def series_faults(entries: Sequence[Entry]) -> Iterator[Fault]:
    """Entries that have the same identity, and occurrences that don't fit their series."""
    seen: set[tuple[str | None, str | None]] = set()
    starts = {entry.uid: entry.start for entry in entries if entry.recurrence is None}
    for entry in entries:
        identity = (entry.uid, entry.recurrence)
        if entry.uid is not None and identity in seen:
            yield fault("duplicate-uid", entry.number, f"another entry has the UID {entry.uid[:80]}")
        seen.add(identity)
        if entry.recurrence is not None:
            yield from _override_faults(entry, starts)


def _override_faults(entry: Entry, starts: dict[str | None, When | None]) -> Iterator[Fault]:
    if entry.uid not in starts:
        yield fault("orphan", entry.number, "RECURRENCE-ID belongs to no series in this file")
        return
    start, original = starts[entry.uid], entry.recurrence_when
    if start and original and start.same != original.same:
        yield fault("series-type", entry.number, "RECURRENCE-ID is not of the type and zone of the series' DTSTART")
