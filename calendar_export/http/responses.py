"""What the server answers to a query: made once, and made again only after the events have changed."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from threading import Lock
from time import monotonic
from typing import Protocol, TypeAlias
from urllib.parse import parse_qsl

from calendar_export.feeds import Feed
from calendar_export.http.representations import Representation, RepresentationCache, represent
from calendar_export.icalendar.calendar import ComponentCache, feed_bytes
from calendar_export.jsonld import events_jsonld
from calendar_export.query import EventFilter
from calendar_export.selection import Selection, select_events
from calendar_export.settings import ExportSettings
from calendar_export.tables.csv_files import events_csv
from symposia.event import Event

REREAD_PAUSE = 10
"""Pause before the events are read again, as a multiple of the time reading them took: a crawl writes every few seconds."""
FREE_READING = 0.5
"""Seconds of reading that cause no pause: so fast a store may be read after every change."""
FORMATS = {
    "ics": "text/calendar; charset=utf-8",
    "json": "application/ld+json",
    "csv": "text/csv; charset=utf-8",
}
"""The formats in which the server gives events, and the media type of each."""

_Version: TypeAlias = tuple[Hashable, date]
"""The version of the stored events, and the day: what is upcoming changes at midnight UTC."""


class EventSource(Protocol):
    """The stored events, wherever they are."""

    def version(self) -> Hashable:
        """What differs as soon as the events do. Called for every request, so it must be quick. Raises StoreError."""

    def read(self) -> Iterable[Event]:
        """All events. Raises StoreError."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Snapshot:
    """The events as they were read. `modified`: when any stored event last changed."""

    version: _Version
    selection: Selection
    modified: datetime
    components: ComponentCache


class Responder:
    """Answers queries. Days begin in UTC: what is over stays until midnight.

    One query is worked on at a time, so that many at once take no more memory than one.
    """

    def __init__(self, source: EventSource, settings: ExportSettings, clock: Callable[[], datetime]) -> None:
        self.cache = RepresentationCache()
        self._source = source
        self._settings = settings
        self._clock = clock
        self._snapshot: _Snapshot | None = None
        self._working = Lock()
        self._paused_until = 0.0

    def cached(self, form: str, asked: EventFilter) -> Representation | None:
        """The response if it is there already; None where it must be rendered.

        While another query is worked on, a response from before the last change will do.
        """
        version, representation = self.cache.get((form, asked)) or (None, None)
        is_usable = representation and (version == self._version() or self._working.locked())
        return representation if is_usable else None

    def render(self, form: str, asked: EventFilter) -> Representation:
        """Render the response in one of `FORMATS`, unless it is there already. Raises StoreError."""
        with self._working:
            version = self._version()
            before, representation = self.cache.get((form, asked)) or (None, None)
            if representation is None or before != version:
                representation = self._represent(self._read_snapshot(version), form, asked)
                self.cache.put((form, asked), version, representation)
            return representation

    def _version(self) -> _Version:
        snapshot, today = self._snapshot, self._clock().astimezone(UTC).date()
        if snapshot is not None and monotonic() < self._paused_until:
            return snapshot.version[0], today
        return self._source.version(), today

    def _read_snapshot(self, version: _Version) -> _Snapshot:
        snapshot = self._snapshot
        if snapshot is None or snapshot.version != version:
            self._snapshot = snapshot = None  # lets the old events go before the new ones are read
            began = monotonic()
            self._snapshot = snapshot = _take_snapshot(self._source.read(), version)
            self._paused_until = monotonic() + REREAD_PAUSE * max(0.0, monotonic() - began - FREE_READING)
        return snapshot

    def _represent(self, snapshot: _Snapshot, form: str, asked: EventFilter) -> Representation:
        # A new day changes what is upcoming without any event's change: then midnight is the last modification.
        modified = min(max(snapshot.modified, snapshot.selection.now), self._clock())
        return represent(self._render_bytes(snapshot, form, asked), FORMATS[form], modified)

    def _render_bytes(self, snapshot: _Snapshot, form: str, asked: EventFilter) -> bytes:
        selection = snapshot.selection
        events = asked.select(selection.for_calendars if form == "ics" else selection.listed, selection.now)
        if form == "csv":
            return events_csv(events)
        if form == "json":
            return events_jsonld(events, selection.series)
        url = f"{self._settings.url}{query_path(form, asked)}" if self._settings.url else None
        feed = feed_for(asked, self._settings.title)
        return feed_bytes(feed, events, now=selection.now, url=url, components=snapshot.components)


def query_path(form: str, asked: EventFilter) -> str:
    """The path of a response below the address of the export, with its query.

    >>> query_path("ics", EventFilter(free=True)), query_path("csv", EventFilter())
    ('events.ics?free=1', 'events.csv')
    """
    return f"events.{form}?{asked.query_string()}".rstrip("?")


def feed_for(asked: EventFilter, title: str) -> Feed:
    """The calendar for a query; its title says what was asked.

    >>> feed_for(EventFilter(free=True), "Events for educators").title
    'Events for educators: free 1'
    """
    query = asked.query_string()
    words = ", ".join(f"{name} {value}" for name, value in parse_qsl(query))
    return Feed(
        name="events",
        title=f"{title}: {words}" if words else title,
        description=f"Events that match: {query}" if words else "Every event that is known.",
        filter=asked,
        group="own",
    )


def _take_snapshot(stored: Iterable[Event], version: _Version) -> _Snapshot:
    events, midnight = list(stored), datetime.combine(version[1], time.min, UTC)
    # Of all stored events: one that changed may be selected no more, which changes the response as well.
    changes = (change for event in events if (change := event.last_modified or event.created))
    modified = max(changes, default=midnight)
    selection = select_events(events, midnight)
    return _Snapshot(version=version, selection=selection, modified=modified, components=ComponentCache())
