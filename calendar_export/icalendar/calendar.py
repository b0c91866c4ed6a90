"""Whole calendars (RFC 5545, 3.4): properties, time zones, and components that are rendered once for all feeds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import icalendar

from calendar_export.feeds import Feed
from calendar_export.icalendar.deadline_vevent import deadline_vevents
from calendar_export.icalendar.vevent import NO_TIME, event_vevents, first_years_by_zone
from calendar_export.icalendar.vtimezone import vtimezone_bytes
from calendar_export.text.cleaning import clean_line
from calendar_export.text.facts import title_text
from calendar_export.text.urls import uri_value
from symposia.event import Event
from symposia.occurrences import start_of

PRODID = "-//Symposia//Events for educators//EN"
REFRESH_INTERVAL = timedelta(hours=12)
"""How often clients should ask for a feed (RFC 7986, 5.7): twice as often as a nightly export changes it."""
MAX_OCTETS = 75
"""Octets of a line without its line break (RFC 5545, 3.1)."""
_END = b"END:VCALENDAR\r\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedComponents:
    """The VEVENTs of an event, or that of a deadline, as they stand in a feed.

    Attributes:
        text: The content lines, folded.
        zones: The time zones that they name, each with the first year in which they do.
        changed: When the event last changed (UTC).
        order: By which a feed sorts them: the start, then the UID.
        until: The instant from which a feed leaves them out; None where only the feed decides.
    """

    text: bytes
    zones: tuple[tuple[str, int], ...]
    changed: datetime
    order: tuple[datetime, str]
    until: datetime | None = None


class ComponentCache:
    """Renders each event once for all feeds. Make one for each export: it keeps the events it has seen."""

    def __init__(self) -> None:
        self._events: dict[int, tuple[Event, RenderedComponents]] = {}
        self._deadlines: dict[tuple[int, int | None], tuple[Event, tuple[RenderedComponents, ...]]] = {}

    def render_event(self, event: Event) -> RenderedComponents:
        """The VEVENTs of an event."""
        # By identity: to hash an event is to hash all its words. The event is kept, so that no other gets its id.
        known = self._events.get(id(event))
        if known is None:
            known = self._events[id(event)] = (event, _render(event, event_vevents(event), start_of(event)))
        return known[1]

    def render_deadlines(self, event: Event, alarm: int | None) -> tuple[RenderedComponents, ...]:
        """A VEVENT for each deadline of an event, past ones too; `alarm` is in days before it, None for no alarm."""
        if not event.deadlines:
            return ()
        known = self._deadlines.get((id(event), alarm))
        if known is None:
            rendered = tuple(_render(event, [vevent], end, end) for end, vevent in deadline_vevents(event, alarm))
            known = self._deadlines[id(event), alarm] = (event, rendered)
        return known[1]


def feed_bytes(
    feed: Feed,
    events: Iterable[Event],
    *,
    now: datetime,
    url: str | None = None,
    components: ComponentCache | None = None,
) -> bytes:
    """Write a feed. The same events in any order give the same bytes.

    Args:
        feed: What it is called, and whether it holds the events or their deadlines.
        events: All of its events.
        now: Deadlines after this moment are upcoming; it decides nothing else.
        url: The address of the feed on the web; None where it is unknown.
        components: The components that other feeds have rendered.
    """
    cache = components or ComponentCache()
    if feed.deadlines:
        deadlines = (rendered for event in events for rendered in cache.render_deadlines(event, feed.alarm))
        rendered = [deadline for deadline in deadlines if deadline.until is None or deadline.until > now]
    else:
        rendered = [cache.render_event(event) for event in events]
    rendered.sort(key=lambda block: block.order)
    changed = max((block.changed for block in rendered), default=None)
    return _join(_make_feed_calendar(feed, url, changed), rendered)


def event_bytes(event: Event, *, components: ComponentCache | None = None) -> bytes:
    """Write a calendar that holds a single event; `components` are as feeds have rendered them."""
    calendar = _make_calendar()
    calendar.add("X-WR-CALNAME", icalendar.vText(title_text(event.name)))
    return _join(calendar, [(components or ComponentCache()).render_event(event)])


def fold_content_line(content_line: str) -> bytes:
    r"""Fold a content line into lines of 75 octets, without cutting a character in two (RFC 5545, 3.1).

    The icalendar library folds alike, but looks at each character: that took half the time of an export.

    >>> [len(line) for line in fold_content_line("SUMMARY:" + "x" * 100).split(b"\r\n")]
    [75, 34, 0]
    """
    content = content_line.encode("utf-8", "replace")
    lines, start, room = [], 0, MAX_OCTETS
    while len(content) - start > room:
        end = start + room
        while content[end] & 0xC0 == 0x80:  # an octet that continues a character of UTF-8
            end -= 1
        lines.append(content[start:end])
        start, room = end, MAX_OCTETS - 1  # the space that marks a continuation is one octet
    return b"\r\n ".join([*lines, content[start:]]) + b"\r\n"


def _render(
    event: Event, vevents: Sequence[icalendar.Event], at: datetime, until: datetime | None = None
) -> RenderedComponents:
    return RenderedComponents(
        text=b"".join(fold_content_line(line) for vevent in vevents for line in vevent.content_lines() if line),
        zones=tuple(first_years_by_zone(vevents).items()),
        changed=(event.last_modified or event.created or NO_TIME).astimezone(UTC),
        order=(at, str(vevents[0]["UID"])),
        until=until,
    )


def _join(calendar: icalendar.Calendar, rendered: Sequence[RenderedComponents]) -> bytes:
    years: dict[str, int] = {}
    for block in rendered:
        for zone, year in block.zones:
            years[zone] = min(years.get(zone, year), year)
    zones = (vtimezone_bytes(zone, year) for zone, year in sorted(years.items()))
    empty: bytes = calendar.to_ical()
    return b"".join([empty.removesuffix(_END), *zones, *(block.text for block in rendered), _END])


def _make_calendar() -> icalendar.Calendar:
    """An empty calendar, without METHOD: with PUBLISH, RFC 5546, 3.2.1 requires an ORGANIZER in each VEVENT."""
    calendar = icalendar.Calendar()
    calendar.add("PRODID", PRODID)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    return calendar


def _make_feed_calendar(feed: Feed, url: str | None, changed: datetime | None) -> icalendar.Calendar:
    """An empty calendar with the properties of RFC 7986, 5, and their X- forerunners that clients still read."""
    calendar = _make_calendar()
    for name, text in (("NAME", feed.title), ("DESCRIPTION", feed.description)):
        calendar.add(name, icalendar.vText(clean_line(text)))
    calendar.add("X-WR-CALNAME", icalendar.vText(clean_line(feed.title)))
    calendar.add("X-WR-CALDESC", icalendar.vText(clean_line(feed.description)))
    calendar.add("COLOR", feed.color)
    calendar.add("REFRESH-INTERVAL", icalendar.vDuration(REFRESH_INTERVAL), parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", "PT12H")
    if changed and changed > NO_TIME:
        calendar.add("LAST-MODIFIED", changed)
    published = uri_value(url)
    if published:
        calendar.add("SOURCE", icalendar.vUri(published), parameters={"VALUE": "URI"})
        calendar.add("URL", icalendar.vUri(published))
    return calendar
