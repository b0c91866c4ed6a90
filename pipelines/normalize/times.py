"""When an event takes place, and in which zone, from what its posting states."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from pipelines.normalized import Rejected
from symposia.event import (
    Moment,
    Recurrence,
)
from symposia.moments import moment_from_text
from symposia.posting import Origin, Posting
from symposia.when import When, read_when, series_of
from symposia.zones import resolve_zone


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """When an event takes place: `assumed` where the zone is its source's; `words` are those that state it."""

    start: Moment
    end: Moment | None
    timezone: str | None
    assumed: bool
    words: str
    recurrence: Recurrence | None = None


def read_times(posting: Posting) -> Times:
    """Read when the event of a posting takes place: from its ISO 8601 fields, else from its words.

    A date stays a date, an end before its start is dropped, a time without any zone stays floating.

    Raises:
        Rejected: It states no date (`no_date`), or none that can be read (`date_not_read`).
    """
    if posting.start:
        start, end = _read_moment(posting.start), _read_moment(posting.end) if posting.end else None
        stated = resolve_zone(posting.timezone)
        return replace(_make_times(start, end, stated, posting.origin, posting.start), recurrence=posting.recurrence)
    when = _read_when(posting)
    first, last, repeats = series_of(when)
    if first is None:
        raise Rejected("date_not_read", f"no day in {when.text[:200]!r}")
    start, end = _without_assumed_zone(when, first), _without_assumed_zone(when, last) if last else None
    stated = when.timezone if when.zone_stated else resolve_zone(posting.timezone)
    time = _make_times(start, end, stated, posting.origin, when.text)
    return replace(time, recurrence=posting.recurrence or repeats)


def _read_when(posting: Posting) -> When:
    origin = posting.origin
    if not posting.when:
        raise Rejected("no_date", "no date")
    when = read_when(posting.when, origin.fetched_at, origin.language, origin.timezone)
    if when is None:
        raise Rejected("date_not_read", f"no day in {posting.when[:200]!r}")
    return when


def _without_assumed_zone(when: When, moment: Moment) -> Moment:
    """Drop the zone that the words do not name: it was only used to read them."""
    return moment if when.zone_stated or not isinstance(moment, datetime) else moment.replace(tzinfo=None)


def _read_moment(text: str) -> Moment:
    try:
        return moment_from_text(text)
    except ValueError as error:
        raise Rejected("date_not_read", f"not a date or time: {text[:200]!r}") from error


def _make_times(start: Moment, end: Moment | None, stated: str | None, origin: Origin, words: str) -> Times:
    zone = stated or origin.timezone
    if not isinstance(start, datetime):
        end = end if end and not isinstance(end, datetime) and end > start else None
        return Times(start=start, end=end, timezone=zone, assumed=stated is None and zone is not None, words=words)
    if start.tzinfo is not None:
        zone, assumed = _zone_to_show(start, stated, origin.timezone), False
    else:
        assumed = stated is None and zone is not None
    start, end = into_zone(start, zone), into_zone(end, zone) if isinstance(end, datetime) else None
    return Times(start=start, end=_end_after(start, end), timezone=zone, assumed=assumed, words=words)


def _end_after(start: datetime, end: datetime | None) -> datetime | None:
    """The end, where it is after the start and both or neither have a zone; None otherwise."""
    comparable = end is not None and (end.tzinfo is None) == (start.tzinfo is None)
    return end if end is not None and comparable and end > start else None


def _zone_to_show(start: datetime, stated: str | None, sources: str | None) -> str:
    """The zone to show an instant in; the instant stays the same.

    It is the stated zone; else the source's, if its clock agrees or only UTC is stated, since machines write "Z" whatever
    the local time is; else UTC.
    """
    if stated:
        return stated
    named = getattr(start.tzinfo, "key", None)
    if named:
        return str(named)
    offset = start.utcoffset()
    agrees = sources and (not offset or start.astimezone(ZoneInfo(sources)).utcoffset() == offset)
    return sources if sources and agrees else "UTC"


def into_zone(moment: datetime, zone: str | None) -> datetime:
    """Show an instant, or put a floating time, in a zone (IANA); where `zone` is None it stays as it is."""
    if moment.tzinfo is not None:
        return moment.astimezone(ZoneInfo(zone)) if zone else moment
    return moment.replace(tzinfo=ZoneInfo(zone)) if zone else moment
