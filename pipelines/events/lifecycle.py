"""What becomes of an event: moved, changed, missing, cancelled. All of it pure; nothing here knows the store."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from symposia.event import AttendanceMode, Event, Location, Status
from symposia.moments import date_of

GONE = 2
"""Whole crawls in a row that do not list a posting, from which on it is gone; after fewer it is suspected."""
LEFT = -1
"""In place of such a number: the posting was pushed out of a list that is always full, and may still take place."""
EVER = "9999-12-31"
"""The last day of a series."""
SIGNIFICANT = ("start", "end", "timezone", "name", "status", "attendance_mode", "location", "url", "recurrence")
"""The fields whose change a subscriber must hear of (RFC 5545, 3.8.7.4, SEQUENCE)."""
A_PERSON = "a person's override"
"""The evidence of a field that a person has set."""
_FEW = 2
"""Events that may end, or leave the end of a list, in one night."""
_LIST_SIZES = (5, 6, 8)
"""Lists that are cut at a number are cut at a multiple of one of these: 10, 12, 16, 20, 24, 25, 30."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How much of what its source lists a crawl has read.

    `whole`: no page failed, was left out or was cut, and no more was refused than the time before. `listed` postings on
    `pages` pages of the listing; `unread` are the keys of those that are there and could not be read.
    """

    whole: bool = False
    listed: int = 0
    pages: int = 1
    unread: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """The postings, by their keys, that a whole crawl should have listed: `missing` it did not; `left` a full list."""

    missing: frozenset[str] = frozenset()
    left: frozenset[str] = frozenset()


def absence(
    expected: Mapping[str, str], seen: Mapping[str, str], new: Collection[str], now: Coverage, before: Coverage | None
) -> Absence:
    """Which of a source's coming postings a crawl did not list, where that means something.

    `expected` and `seen` are keys and first days, of those known to be coming and of those listed; `new` are the keys
    never seen before; `before` is the coverage of the last whole crawl. Nothing is missing from a crawl that was not
    whole, that lists fewer than half of what is expected, or fewer pages. What lies beyond the last day listed, or made
    room in a full list, has left the list.
    """
    absent = [key for key in expected if key not in seen and key not in now.unread]
    known = len(expected) - len(absent)
    if not absent or not now.whole or before is None or 2 * known < len(expected):
        return Absence()
    if now.pages < before.pages and len(absent) > _FEW:
        return Absence()
    end = max(seen.values(), default="")
    beyond = frozenset(key for key in absent if expected[key] > end)
    if now.listed < before.listed and len(beyond) <= _FEW:
        beyond = frozenset()
    missing = frozenset(absent) - beyond
    full = now.listed == before.listed and any(now.listed % size == 0 for size in _LIST_SIZES)
    if full and missing and len(new) >= len(missing):
        return Absence(left=frozenset(absent))
    return Absence(missing=missing, left=beyond)


def last_day(event: Event) -> str:
    """The last day on which an event takes place, in ISO 8601; EVER for a series, however long it goes on."""
    if event.recurrence is not None:
        return EVER
    moment = event.end or event.start
    return date_of(moment).isoformat()


def successor(before: Event, after: Event, now: datetime) -> Event:
    """`after` as the next version of `before`: a higher `sequence`, and the moment, where a subscriber must hear of it."""
    decided = dict(after.evidence).get("status") == A_PERSON
    after = replace(
        after,
        status=after.status if decided else _status(before, after),
        sequence=before.sequence,
        created=before.created,
        last_modified=before.last_modified,
    )
    if any(_heard(before, name) != _heard(after, name) for name in SIGNIFICANT):
        return replace(after, sequence=before.sequence + 1, last_modified=now)
    return after


def cancelled(event: Event, sources: Sequence[str], since: str) -> Event:
    """The event as cancelled, as none of the sources lists it any more since that day."""
    why = f"no longer listed by {', '.join(sources)}; last seen {since}"
    evidence = {**dict(event.evidence), "status": why}
    return replace(event, status=Status.CANCELLED, evidence=tuple(sorted(evidence.items())))


def _heard(event: Event, name: str) -> object:
    """A field as a subscriber takes it: capitals and spaces of a name or a place do not matter."""
    value = getattr(event, name)
    return " ".join(str(value).casefold().split()) if isinstance(value, str | Location) else value


def _status(before: Event, after: Event) -> Status:
    """The status of what is only said to be scheduled, and was moved to another time, or online."""
    if after.status is not Status.SCHEDULED or before.status in (Status.CANCELLED, Status.POSTPONED):
        return after.status
    if before.attendance_mode is AttendanceMode.IN_PERSON and after.attendance_mode is AttendanceMode.ONLINE:
        return Status.MOVED_ONLINE
    if _was_moved(before, after):
        return Status.RESCHEDULED
    back = before.status is Status.MOVED_ONLINE and after.attendance_mode is not AttendanceMode.ONLINE
    return after.status if back else before.status


def _was_moved(before: Event, after: Event) -> bool:
    """Whether an event takes place at another time; that its hour has become known moves nothing."""
    if before.recurrence or after.recurrence:
        return False
    if isinstance(before.start, datetime) and isinstance(after.start, datetime):
        if (before.start.tzinfo is None) == (after.start.tzinfo is None):
            return before.start != after.start
        return before.start.replace(tzinfo=None) != after.start.replace(tzinfo=None)
    return date_of(before.start) != date_of(after.start)
