"""Calendars to subscribe to (RFC 5545, RFC 7986): a head, the zones, and each event's entries, which are written once for all feeds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import icalendar

from calendar_export.feeds import Feed
from calendar_export.icalendar.deadline_vevent import deadline_components
from calendar_export.icalendar.text import address, line, title_of
from calendar_export.icalendar.vevent import NEVER, components, zones_of
from calendar_export.icalendar.vtimezone import zone_block
from symposia.event import Event
from symposia.occurrences import start_of

PRODID = "-//Symposia//Events for educators//EN"
REFRESH = timedelta(hours=12)
MAX_OCTETS = 75
"""Octets of a line, without its end, at most; those after the first begin with a space."""
_END = b"END:VCALENDAR\r\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Entries as written: their text, the zones they name with the first year of each, and what orders them in a feed.

    `until`: the instant from which they are not shown; None where only the feed decides.
    """

    text: bytes
    zones: tuple[tuple[str, int], ...]
    changed: datetime
    order: tuple[datetime, str]
    until: datetime | None = None


class Blocks:
    """Each event's entries, written once: an event stands in many feeds. One for each export, as it keeps the events."""

    def __init__(self) -> None:
        self._entries: dict[int, tuple[Event, Block]] = {}
        self._due: dict[tuple[int, int | None], tuple[Event, tuple[Block, ...]]] = {}

    def of(self, event: Event) -> Block:
        """The entries of an event."""
        # By identity: to hash an event is to hash all its words. The event is kept, so that no other takes its number.
        known = self._entries.get(id(event))
        if known is None:
            known = self._entries[id(event)] = (event, _block(event, components(event), start_of(event)))
        return known[1]

    def due(self, event: Event, alarm: int | None) -> tuple[Block, ...]:
        """The entries of an event's deadlines, past ones too."""
        if not event.deadlines:
            return ()
        known = self._due.get((id(event), alarm))
        if known is None:
            made = tuple(_block(event, [part], at, at) for at, part in deadline_components(event, alarm))
            known = self._due[id(event), alarm] = (event, made)
        return known[1]


def feed_bytes(
    feed: Feed, events: Iterable[Event], *, now: datetime, url: str | None = None, blocks: Blocks | None = None
) -> bytes:
    """A whole feed. The same events give the same bytes, in whatever order; `now` only selects the deadlines to come.

    `url`: where the feed is published, None where that is unknown. `blocks`: the entries that other feeds have made already.
    """
    blocks = blocks or Blocks()
    if feed.deadlines:
        due = (block for event in events for block in blocks.due(event, feed.alarm))
        entries = [block for block in due if block.until is None or block.until > now]
    else:
        entries = [blocks.of(event) for event in events]
    entries.sort(key=lambda block: block.order)
    changed = max((block.changed for block in entries), default=None)
    return _joined(_head(feed, url, changed), entries)


def event_bytes(event: Event, *, blocks: Blocks | None = None) -> bytes:
    """A calendar of one event alone, for its own page. `blocks` as for a feed."""
    calendar = _calendar()
    calendar.add("X-WR-CALNAME", icalendar.vText(title_of(event.name)))
    return _joined(calendar, [(blocks or Blocks()).of(event)])


def _block(event: Event, parts: Sequence[icalendar.Event], at: datetime, until: datetime | None = None) -> Block:
    return Block(
        text=b"".join(folded(text) for part in parts for text in part.content_lines() if text),
        zones=tuple(zones_of(parts).items()),
        changed=(event.last_modified or event.created or NEVER).astimezone(UTC),
        order=(at, str(parts[0]["UID"])),
        until=until,
    )


def folded(text: str) -> bytes:
    """A content line in lines of 75 octets, no character cut in two (RFC 5545, 3.1).

    As the icalendar library folds it, which looks at each character: that was half the time of an export.
    """
    content = text.encode("utf-8", "replace")
    parts, start, room = [], 0, MAX_OCTETS
    while len(content) - start > room:
        end = start + room
        while content[end] & 0xC0 == 0x80:
            end -= 1
        parts.append(content[start:end])
        start, room = end, MAX_OCTETS - 1
    return b"\r\n ".join([*parts, content[start:]]) + b"\r\n"


def _joined(head: icalendar.Calendar, entries: Sequence[Block]) -> bytes:
    years: dict[str, int] = {}
    for block in entries:
        for zone, year in block.zones:
            years[zone] = min(years.get(zone, year), year)
    zones = (zone_block(zone, year) for zone, year in sorted(years.items()))
    opened: bytes = head.to_ical()
    return b"".join([opened.removesuffix(_END), *zones, *(block.text for block in entries), _END])


def _calendar() -> icalendar.Calendar:
    """The head that every calendar has. It says no METHOD: RFC 5546, 3.2.1 would ask for an ORGANIZER of each event."""
    calendar = icalendar.Calendar()
    calendar.add("PRODID", PRODID)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    return calendar


def _head(feed: Feed, url: str | None, changed: datetime | None) -> icalendar.Calendar:
    """What a feed is called, what it holds, and how often to ask for it (RFC 7986, 5; X-: what clients read before it)."""
    calendar = _calendar()
    for name, text in (("NAME", feed.title), ("DESCRIPTION", feed.description)):
        calendar.add(name, icalendar.vText(line(text)))
    calendar.add("X-WR-CALNAME", icalendar.vText(line(feed.title)))
    calendar.add("X-WR-CALDESC", icalendar.vText(line(feed.description)))
    calendar.add("COLOR", feed.color)
    calendar.add("REFRESH-INTERVAL", icalendar.vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", "PT12H")
    if changed and changed > NEVER:
        calendar.add("LAST-MODIFIED", changed)
    published = address(url)
    if published:
        calendar.add("SOURCE", icalendar.vUri(published), parameters={"VALUE": "URI"})
        calendar.add("URL", icalendar.vUri(published))
    return calendar
