"""What becomes of an event: moved, changed, missing, cancelled. Pure: nothing here knows the store."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from symposia.event import AttendanceMode, Event, Location, Status
from symposia.moments import date_of

GONE_AFTER = 2
"""Whole crawls in a row without a posting after which it counts as gone: one may catch a site at a bad moment."""
PUSHED_OUT = -1
"""In place of a count of missing crawls: the posting was pushed out of a full list, and its event may still take place."""
NO_LAST_DAY = "9999-12-31"
"""The last day that is stored for a series, which may go on for ever."""
SIGNIFICANT_FIELDS = ("start", "end", "timezone", "name", "status", "attendance_mode", "location", "url", "recurrence")
"""The fields whose change a subscriber must hear of (RFC 5545, 3.8.7.4, SEQUENCE)."""
PERSONS_OVERRIDE = "a person's override"
"""The evidence of a field that a person has set."""
_FEW = 2
"""Events that may be over, or leave the end of a list, within one night."""
_LIST_SIZES = (5, 6, 8)
"""Sites cut lists at a multiple of one of these: 10, 12, 16, 20, 24, 25, 30."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How much of what its source lists a crawl has read.

    Attributes:
        whole: Whether no page failed, was left out or was cut, and no more postings were refused than the time before.
        listed: Postings on the pages of the listing.
        pages: Pages of the listing.
        unread: The keys of postings that are listed and could not be read.
    """

    whole: bool = False
    listed: int = 0
    pages: int = 1
    unread: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Postings, by their keys, that a whole crawl should have listed and did not.

    Attributes:
        missing: Those that may be cancelled.
        left: Those that left a window or a full list, and may still take place.
    """

    missing: frozenset[str] = frozenset()
    left: frozenset[str] = frozenset()


def find_absent(
    expected: Mapping[str, str], seen: Mapping[str, str], new: Collection[str], now: Coverage, before: Coverage | None
) -> Absence:
    """Find the coming postings of a source that a crawl did not list, where that means something.

    Nothing counts as absent if the crawl was not whole, or lists less than half of the expected postings, or fewer pages
    than before. Postings after the last listed day, and those that made room in a full list, have left the list.

    Args:
        expected: The first day, in ISO 8601, of each posting known to be coming, by its key.
        seen: The same of each posting that the crawl listed.
        new: Keys that were never seen before.
        now: How much this crawl has read.
        before: The same of the last whole crawl; None where there is none.
    """
    absent = [key for key in expected if key not in seen and key not in now.unread]
    if before is None or not absent or not _is_telling(now, before, len(absent), len(expected)):
        return Absence()
    end = max(seen.values(), default="")
    beyond = frozenset(key for key in absent if expected[key] > end)
    if now.listed < before.listed and len(beyond) <= _FEW:
        beyond = frozenset()
    missing = frozenset(absent) - beyond
    is_full = now.listed == before.listed and any(now.listed % size == 0 for size in _LIST_SIZES)
    if is_full and missing and len(new) >= len(missing):
        return Absence(left=frozenset(absent))
    return Absence(missing=missing, left=beyond)


def _is_telling(now: Coverage, before: Coverage, absent: int, expected: int) -> bool:
    """Whether it means something that a crawl did not list some of the expected postings."""
    if not now.whole or 2 * (expected - absent) < expected:
        return False
    return now.pages >= before.pages or absent <= _FEW


def last_day(event: Event) -> str:
    """The last day on which an event takes place, in ISO 8601; `NO_LAST_DAY` for a series, however long it goes on."""
    if event.recurrence is not None:
        return NO_LAST_DAY
    return date_of(event.end or event.start).isoformat()


def next_version(before: Event, after: Event, now: datetime) -> Event:
    """Make `after` the next version of `before`; `sequence` and `last_modified` rise where a subscriber must hear of it."""
    decided = dict(after.evidence).get("status") == PERSONS_OVERRIDE
    after = replace(
        after,
        status=after.status if decided else _status_after(before, after),
        sequence=before.sequence,
        created=before.created,
        last_modified=before.last_modified,
    )
    if any(_as_noticed(before, name) != _as_noticed(after, name) for name in SIGNIFICANT_FIELDS):
        return replace(after, sequence=before.sequence + 1, last_modified=now)
    return after


def cancel(event: Event, sources: Sequence[str], since: str) -> Event:
    """The event as cancelled, as none of its sources has listed it since a day."""
    why = f"no longer listed by {', '.join(sources)}; last seen {since}"
    evidence = {**dict(event.evidence), "status": why}
    return replace(event, status=Status.CANCELLED, evidence=tuple(sorted(evidence.items())))


def _as_noticed(event: Event, name: str) -> object:
    """A field without what no subscriber notices: capitals and spaces in a name or a place."""
    value = getattr(event, name)
    return " ".join(str(value).casefold().split()) if isinstance(value, str | Location) else value


def _status_after(before: Event, after: Event) -> Status:
    """The status of the next version: an event that sources call scheduled may have moved to another time, or online."""
    if after.status is not Status.SCHEDULED or before.status in (Status.CANCELLED, Status.POSTPONED):
        return after.status
    if before.attendance_mode is AttendanceMode.IN_PERSON and after.attendance_mode is AttendanceMode.ONLINE:
        return Status.MOVED_ONLINE
    if _was_moved(before, after):
        return Status.RESCHEDULED
    is_back = before.status is Status.MOVED_ONLINE and after.attendance_mode is not AttendanceMode.ONLINE
    return after.status if is_back else before.status


def _was_moved(before: Event, after: Event) -> bool:
    """Whether an event takes place at another time; not where only its hour, or its time zone, has become known."""
    if before.recurrence or after.recurrence:
        return False
    if isinstance(before.start, datetime) and isinstance(after.start, datetime):
        if (before.start.tzinfo is None) == (after.start.tzinfo is None):
            return before.start != after.start
        return before.start.replace(tzinfo=None) != after.start.replace(tzinfo=None)
    return date_of(before.start) != date_of(after.start)
