"""The check of a whole calendar. Entries are checked once, however many of an export's feeds they stand in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from hashlib import blake2b

from calendar_export.icalendar.lint.calendar_rules import Entry, entry_of, head_faults, series_faults, zone_faults
from calendar_export.icalendar.lint.content_lines import Component, read, tree
from calendar_export.icalendar.lint.event_rules import entry_faults
from calendar_export.icalendar.lint.findings import Fault, Level, fault

MAX_BYTES = 256_000_000
GOOGLE_BYTES = 1_000_000
"""More than that of a feed Google may leave out: https://support.google.com/calendar/answer/45654 says 1 MB."""
_BOM = b"\xef\xbb\xbf"
_BEGIN, _END = b"\nBEGIN:VEVENT", b"\nEND:VEVENT"


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in one entry; lines are counted from its own first."""

    faults: tuple[Fault, ...]
    entries: tuple[Entry, ...]


@dataclass(slots=True)
class Known:
    """The entries that were checked already, by a digest of their text."""

    checked: dict[bytes, Checked] = field(default_factory=dict)

    def check(self, content: bytes) -> Checked:
        """What is wrong with the text of one entry."""
        key = blake2b(content, digest_size=16).digest()
        if key not in self.checked:
            self.checked[key] = _checked(content)
        return self.checked[key]


def lint(content: bytes, known: Known | None = None) -> list[Fault]:
    """All that is wrong with a calendar, in the order of its lines; nothing where clients can read it.

    `known`: the entries of the feeds that were checked before it.
    """
    if len(content) > MAX_BYTES:
        return [fault("too-large", None, f"{len(content):,} bytes, {MAX_BYTES:,} at most")]
    found = [fault("bom", 1, "a byte order mark stands at the start")] if content.startswith(_BOM) else []
    if len(content) > GOOGLE_BYTES:
        found.append(
            fault("size", None, f"{len(content):,} bytes; of more than {GOOGLE_BYTES:,}, Google may show a part")
        )
    found += _calendar_faults(content.removeprefix(_BOM), known or Known())
    return sorted(found, key=lambda one: (one.line or 0, one.level is Level.WARNING, one.rule))


def _calendar_faults(content: bytes, known: Known) -> list[Fault]:
    """The entries are taken out, and checked by themselves; what is left are heads, zones and components of other kinds."""
    found: list[Fault] = []
    entries: list[Entry] = []
    rest: list[tuple[int, bytes]] = []
    for number, piece, is_entry in _pieces(content):
        if not is_entry:
            rest.append((number, piece))
            continue
        checked = known.check(piece)
        found += [replace(one, line=(one.line or 1) + number - 1) for one in checked.faults]
        entries += [_moved(one, number - 1) for one in checked.entries]
    top = tree((line for number, piece in rest for line in read(piece, number, found)), found)
    found += _whole_faults(top, entries)
    return found


def _whole_faults(top: Component, entries: list[Entry]) -> Iterator[Fault]:
    calendars = top.parts("VCALENDAR")
    outside = [line.number for line in top.lines]
    outside += [child.number for child in top.children if child.name != "VCALENDAR"]
    if not calendars or outside:
        yield fault("balance", min(outside, default=1), "something stands outside of BEGIN:VCALENDAR and its END")
    if len(calendars) > 1:
        yield fault("several", calendars[1].number, "there is more than one VCALENDAR")
    for calendar in calendars:
        yield from _one_calendar(calendar, entries)
    strays = [one for one in entries if not any(_holds(calendar, one.number) for calendar in calendars)]
    if strays and calendars:
        yield fault("balance", strays[0].number, "an entry stands outside of its calendar")


def _one_calendar(calendar: Component, entries: list[Entry]) -> Iterator[Fault]:
    own = [one for one in entries if _holds(calendar, one.number)]
    yield from head_faults(calendar)
    yield from zone_faults(calendar, own)
    yield from series_faults(own)
    if not own and not calendar.parts("VTODO", "VJOURNAL", "VFREEBUSY"):
        yield fault("empty", calendar.number, "there are no entries")


def _holds(calendar: Component, number: int) -> bool:
    return calendar.number < number < (calendar.end or number + 1)


def _moved(entry: Entry, lines: int) -> Entry:
    zones = tuple((name, number + lines) for name, number in entry.zones)
    return replace(entry, number=entry.number + lines, zones=zones)


def _checked(content: bytes) -> Checked:
    found: list[Fault] = []
    top = tree(read(content, 1, found), found)
    events = top.parts("VEVENT")
    nested = [inner for event in events for inner in event.children if inner.name != "VALARM"]
    found += [fault("balance", one.number, f"a {one.name} stands in a VEVENT") for one in nested]
    found += [one for event in events for one in entry_faults(event)]
    return Checked(tuple(found), tuple(map(entry_of, events)))


def _pieces(content: bytes) -> Iterator[tuple[int, bytes, bool]]:
    """The file in pieces, each with the number of its first line: an entry, or what stands between entries."""
    upper = content.upper()
    number, done = 1, 0
    # The line end before a BEGIN may be that of the END before it.
    while (begin := upper.find(_BEGIN, max(done - 1, 0)) + 1) and (last := upper.find(_END, begin)) >= 0:
        end = (upper.find(b"\n", last + 1) + 1) or len(content)
        yield number, content[done:begin], False
        number += content.count(b"\n", done, begin)
        yield number, content[begin:end], True
        number += content.count(b"\n", begin, end)
        done = end
    yield number, content[done:], False
