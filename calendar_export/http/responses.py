"""What the server answers: made once for each question, and kept within bounds."""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from threading import Lock
from time import monotonic
from typing import Protocol
from urllib.parse import parse_qsl

from calendar_export.feeds import Feed
from calendar_export.icalendar.calendar import Blocks, feed_bytes
from calendar_export.jsonld import events_json
from calendar_export.query import Where
from calendar_export.selection import Selection, selection_of
from calendar_export.settings import ExportSettings
from calendar_export.tables.csv_files import table_bytes
from symposia.event import Event

MAX_KEPT = 256_000_000
"""Bytes of answers that are kept, at most; those asked for last."""
REST = 10
"""Times as long as they took to read, the events of a large store are not read again: a crawl writes every few seconds."""
SOON = 0.5
"""Seconds of reading that need no rest."""
MIN_ZIPPED = 1_000
"""Bytes from which an answer is worth compressing: below, it fits a packet as it is."""
FORMS = {
    "ics": "text/calendar; charset=utf-8",
    "json": "application/ld+json",
    "csv": "text/csv; charset=utf-8",
}
"""The forms in which the events of a question are given, and the type of each."""


class Events(Protocol):
    """The events of a store, wherever it is."""

    def version(self) -> Hashable:
        """What differs as soon as the events do; asked for with every request, so quick. Raises StoreError."""

    def read(self) -> Iterable[Event]:
        """All events. Raises StoreError."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Bytes of a type, and what tells them from others. `zipped`: the same, compressed; None where that gains nothing.

    `tag`: a hash of the bytes. `modified`: from when on they can be so, in full seconds.
    """

    content: bytes
    zipped: bytes | None
    kind: str
    tag: str
    modified: datetime

    @property
    def size(self) -> int:
        """The bytes that it takes to keep it."""
        return len(self.content) + len(self.zipped or b"")


def answer_of(content: bytes, kind: str, modified: datetime) -> Answer:
    """An answer of those bytes."""
    # Without a time in it: the same bytes are compressed to the same bytes.
    zipped = gzip.compress(content, 6, mtime=0) if len(content) > MIN_ZIPPED else None
    return Answer(
        content=content,
        zipped=zipped if zipped and len(zipped) < len(content) else None,
        kind=kind,
        tag=hashlib.blake2b(content, digest_size=16).hexdigest(),
        modified=modified.astimezone(UTC).replace(microsecond=0),
    )


class Kept:
    """Answers under what was asked, each with a stamp that tells whether it still holds. For several threads."""

    def __init__(self, most: int = MAX_KEPT) -> None:
        self._answers: OrderedDict[Hashable, tuple[Hashable, Answer]] = OrderedDict()
        self._lock = Lock()
        self._most = most
        self.size = 0

    def get(self, key: Hashable) -> tuple[Hashable, Answer] | None:
        """The stamp and the answer under `key`; None where none is kept."""
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
            return self._answers.get(key)

    def put(self, key: Hashable, stamp: Hashable, answer: Answer) -> None:
        """Keep an answer, instead of those that were not asked for the longest."""
        with self._lock:
            self._drop(key)
            if answer.size > self._most:
                return
            self._answers[key] = (stamp, answer)
            self.size += answer.size
            while self.size > self._most:
                self._drop(next(iter(self._answers)))

    def _drop(self, key: Hashable) -> None:
        _, answer = self._answers.pop(key, (None, None))
        self.size -= answer.size if answer else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """The events of a day as they were read: under which stamp, which are chosen, and when any that is stored last changed."""

    stamp: tuple[Hashable, date]
    selection: Selection
    modified: datetime
    blocks: Blocks


def _read(stored: Iterable[Event], stamp: tuple[Hashable, date]) -> _Read:
    events, now = list(stored), datetime.combine(stamp[1], time.min, UTC)
    # Of all that is stored, as an event that changed may be chosen no more.
    changes = (change for event in events if (change := event.last_modified or event.created))
    modified = max(changes, default=now)
    return _Read(stamp=stamp, selection=selection_of(events, now), modified=modified, blocks=Blocks())


class Answers:
    """Answers questions from `events`. Days begin in UTC: what is over stays until midnight.

    One question is worked on at a time, so that many at once take no more memory than one.
    """

    def __init__(self, events: Events, settings: ExportSettings, clock: Callable[[], datetime]) -> None:
        self.kept = Kept()
        self._events = events
        self._settings = settings
        self._clock = clock
        self._latest: _Read | None = None
        self._working = Lock()
        self._rests_until = 0.0

    def known(self, form: str, where: Where) -> Answer | None:
        """The answer that is there already; None where it must be made. While others are, one from before will do."""
        stamp, answer = self.kept.get((form, where)) or (None, None)
        return answer if answer and (stamp == self._stamp() or self._working.locked()) else None

    def made(self, form: str, where: Where) -> Answer:
        """The answer in one of FORMS. Raises StoreError."""
        with self._working:
            stamp = self._stamp()
            before, answer = self.kept.get((form, where)) or (None, None)
            if answer is None or before != stamp:
                answer = self._answer(self._current(stamp), form, where)
                self.kept.put((form, where), stamp, answer)
            return answer

    def _stamp(self) -> tuple[Hashable, date]:
        read, today = self._latest, self._clock().astimezone(UTC).date()
        if read is not None and monotonic() < self._rests_until:
            return read.stamp[0], today
        return self._events.version(), today

    def _current(self, stamp: tuple[Hashable, date]) -> _Read:
        read = self._latest
        if read is None or read.stamp != stamp:
            self._latest = read = None  # before the next is read, so that both are never there at once
            began = monotonic()
            self._latest = read = _read(self._events.read(), stamp)
            self._rests_until = monotonic() + REST * max(0.0, monotonic() - began - SOON)
        return read

    def _answer(self, read: _Read, form: str, where: Where) -> Answer:
        now = read.selection.now
        # What is chosen differs from day to day, without any event's change; nothing was changed after this moment.
        return answer_of(self._bytes(read, form, where), FORMS[form], min(max(read.modified, now), self._clock()))

    def _bytes(self, read: _Read, form: str, where: Where) -> bytes:
        chosen = read.selection
        events = where.chosen(chosen.subscribed if form == "ics" else chosen.listed, chosen.now)
        if form == "csv":
            return table_bytes(events)
        if form == "json":
            return events_json(events, chosen.series)
        url = f"{self._settings.url}{target(form, where)}" if self._settings.url else None
        return feed_bytes(feed_for(where, self._settings.title), events, now=chosen.now, url=url, blocks=read.blocks)


def target(form: str, where: Where) -> str:
    """What the answer to a question is called, below the address of the export."""
    return f"events.{form}?{where.query()}".rstrip("?")


def feed_for(where: Where, title: str) -> Feed:
    """The calendar of a question, called by what it asks: "Events for educators: topic literacy, free 1"."""
    asked = ", ".join(f"{name} {value}" for name, value in parse_qsl(where.query()))
    return Feed(
        name="events",
        title=f"{title}: {asked}" if asked else title,
        description=f"Events that match: {where.query()}" if asked else "Every event that is known.",
        where=where,
        group="own",
    )
