"""The check of a whole calendar. VEVENTs are checked once, however many feeds of an export hold them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from hashlib import blake2b

from calendar_export.icalendar.lint.calendar_rules import (
    VeventSummary,
    check_calendar_properties,
    check_series,
    check_time_zones,
    summarize_vevent,
)
from calendar_export.icalendar.lint.content_lines import Component, build_component_tree, parse_content_lines
from calendar_export.icalendar.lint.event_rules import check_vevent
from calendar_export.icalendar.lint.findings import Finding, Level, finding

MAX_BYTES = 256_000_000
"""Bytes of a file that are checked: lines and findings take several times as much memory."""
GOOGLE_BYTES = 1_000_000
"""Bytes after which Google may leave out the rest: https://support.google.com/calendar/answer/45654 says 1 MB."""
_BOM = b"\xef\xbb\xbf"
_BEGIN, _END = b"\nBEGIN:VEVENT", b"\nEND:VEVENT"


@dataclass(frozen=True, slots=True)
class CheckedVevent:
    """The check of one piece of text with a VEVENT in it; lines are counted from its own first."""

    findings: tuple[Finding, ...]
    vevents: tuple[VeventSummary, ...]


@dataclass(slots=True)
class VeventCache:
    """The VEVENTs that were checked already, by a digest of their text."""

    checked: dict[bytes, CheckedVevent] = field(default_factory=dict)

    def check(self, content: bytes) -> CheckedVevent:
        """Check the text of one VEVENT, or return its earlier check."""
        key = blake2b(content, digest_size=16).digest()
        if key not in self.checked:
            self.checked[key] = _check_vevent_text(content)
        return self.checked[key]


def lint(content: bytes, cache: VeventCache | None = None) -> list[Finding]:
    r"""Check a calendar; return the findings in the order of its lines, none where every client can read it.

    >>> [finding.rule for finding in lint(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nNAME:x\r\nEND:VCALENDAR\r\n")]
    ['prodid', 'empty']

    Args:
        content: The whole file.
        cache: VEVENTs that were checked for other feeds.
    """
    if len(content) > MAX_BYTES:
        return [finding("too-large", None, f"the file has {len(content):,} bytes; at most {MAX_BYTES:,} are checked")]
    findings = [finding("bom", 1, "the file starts with a byte order mark")] if content.startswith(_BOM) else []
    if len(content) > GOOGLE_BYTES:
        message = f"the file has {len(content):,} bytes; of more than {GOOGLE_BYTES:,}, Google may show only a part"
        findings.append(finding("size", None, message))
    findings += _check_calendars(content.removeprefix(_BOM), cache or VeventCache())
    return sorted(findings, key=lambda found: (found.line or 0, found.level is Level.WARNING, found.rule))


def _check_calendars(content: bytes, cache: VeventCache) -> list[Finding]:
    """Check the VEVENTs by themselves, then what is left: properties, time zones and components of other kinds."""
    findings: list[Finding] = []
    vevents: list[VeventSummary] = []
    rest: list[tuple[int, bytes]] = []
    for number, piece, is_vevent in _split_at_vevents(content):
        if not is_vevent:
            rest.append((number, piece))
            continue
        checked = cache.check(piece)
        findings += [replace(found, line=(found.line or 1) + number - 1) for found in checked.findings]
        vevents += [_shift_lines(vevent, number - 1) for vevent in checked.vevents]
    lines = (line for number, piece in rest for line in parse_content_lines(piece, number, findings))
    top = build_component_tree(lines, findings)
    findings += _check_top(top, vevents)
    return findings


def _check_top(top: Component, vevents: list[VeventSummary]) -> Iterator[Finding]:
    calendars = top.subcomponents("VCALENDAR")
    outside = [line.number for line in top.lines]
    outside += [child.number for child in top.children if child.name != "VCALENDAR"]
    if not calendars or outside:
        yield finding("balance", min(outside, default=1), "something is outside BEGIN:VCALENDAR and END:VCALENDAR")
    if len(calendars) > 1:
        yield finding("several", calendars[1].number, "there is more than one VCALENDAR")
    for calendar in calendars:
        yield from _check_calendar(calendar, vevents)
    strays = [vevent for vevent in vevents if not any(_holds(calendar, vevent.number) for calendar in calendars)]
    if strays and calendars:
        yield finding("balance", strays[0].number, "the VEVENT is outside its VCALENDAR")


def _check_calendar(calendar: Component, vevents: list[VeventSummary]) -> Iterator[Finding]:
    own = [vevent for vevent in vevents if _holds(calendar, vevent.number)]
    yield from check_calendar_properties(calendar)
    yield from check_time_zones(calendar, own)
    yield from check_series(own)
    if not own and not calendar.subcomponents("VTODO", "VJOURNAL", "VFREEBUSY"):
        yield finding("empty", calendar.number, "there are no events")


def _holds(calendar: Component, number: int) -> bool:
    """Whether a line is within a calendar; one without END goes on to the end of the file."""
    return calendar.number < number < (calendar.end or number + 1)


def _shift_lines(vevent: VeventSummary, lines: int) -> VeventSummary:
    tzids = tuple((tzid, number + lines) for tzid, number in vevent.tzids)
    return replace(vevent, number=vevent.number + lines, tzids=tzids)


def _check_vevent_text(content: bytes) -> CheckedVevent:
    findings: list[Finding] = []
    top = build_component_tree(parse_content_lines(content, 1, findings), findings)
    vevents = top.subcomponents("VEVENT")
    nested = [child for vevent in vevents for child in vevent.children if child.name != "VALARM"]
    findings += [finding("balance", child.number, f"a {child.name} is inside a VEVENT") for child in nested]
    findings += [found for vevent in vevents for found in check_vevent(vevent)]
    return CheckedVevent(tuple(findings), tuple(map(summarize_vevent, vevents)))


def _split_at_vevents(content: bytes) -> Iterator[tuple[int, bytes, bool]]:
    """The file in pieces, each with the number of its first line: VEVENTs (True), and what is between them (False)."""
    upper = content.upper()
    number, done = 1, 0
    # The line break before a BEGIN may be that of the END before it.
    while (begin := upper.find(_BEGIN, max(done - 1, 0)) + 1) and (last := upper.find(_END, begin)) >= 0:
        end = (upper.find(b"\n", last + 1) + 1) or len(content)
        yield number, content[done:begin], False
        number += content.count(b"\n", done, begin)
        yield number, content[begin:end], True
        number += content.count(b"\n", begin, end)
        done = end
    yield number, content[done:], False
