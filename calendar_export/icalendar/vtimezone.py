"""Time zones as VTIMEZONE (RFC 5545, 3.6.5), with a yearly rule where a zone has one.

Of a VTIMEZONE, Outlook reads TZID, and DTSTART, RRULE and offsets of its parts, and nothing else ([MS-STANOICAL], 2.2.47): a list of
RDATEs, as the icalendar library writes them, would leave it without summer time. Rules have no end, lists do.
"""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import takewhile
from zoneinfo import ZoneInfo

import icalendar

FIRST, LAST = 1970, 2066
"""The years whose changes are looked at; what holds in the last of them holds for ever."""
CYCLE = 28
"""Years after which weekdays fall on the same days: a rule that has held so long is the zone's."""
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Onset:
    """A change of a zone's clocks: when, as the clocks showed it before, and the offsets from UTC before and after."""

    local: datetime
    before: timedelta
    after: timedelta
    name: str

    @property
    def habit(self) -> tuple[object, ...]:
        """What is the same each year, where a rule makes the change; the day of the month is left to `_rule`."""
        local = self.local
        return local.month, local.weekday(), local.time(), self.before, self.after, self.name


@cache
def zone_block(tzid: str, year: int) -> bytes:
    """The VTIMEZONE of a zone (IANA name) for moments from `year` on.

    The rule of today alone, where it held by then; otherwise, all that is known since 1970. Raises ZoneInfoNotFoundError.
    """
    onsets = _onsets(tzid)
    since = _ruled_since(onsets)
    zone = icalendar.Timezone()
    zone.add("TZID", tzid)
    if not onsets or (since is None and year > onsets[-1].local.year and onsets[-1].local.year < LAST):
        zone.add_component(_fixed(tzid, onsets))
    else:
        older = [onset for onset in onsets if since is None or onset.local.year < since]
        for part in (*([] if since and year > since else _listed(tzid, older)), *_ruled(onsets, since)):
            zone.add_component(part)
    content: bytes = zone.to_ical()
    return content


@cache
def _onsets(tzid: str) -> tuple[Onset, ...]:
    zone = ZoneInfo(tzid)
    moments = _moments(datetime(FIRST, 1, 1, tzinfo=UTC), datetime(LAST + 1, 1, 1, tzinfo=UTC))
    found = []
    earlier = next(moments)
    for moment in moments:
        if _clocks(moment, zone) != _clocks(earlier, zone):
            found.append(_onset(earlier, moment, zone))
        earlier = moment
    return tuple(found)


def _moments(first: datetime, last: datetime) -> Iterator[datetime]:
    while first <= last:
        yield first
        first += _WEEK


def _clocks(moment: datetime, zone: ZoneInfo) -> tuple[timedelta, str]:
    local = moment.astimezone(zone)
    return local.utcoffset() or timedelta(), local.tzname() or zone.key


def _onset(earlier: datetime, later: datetime, zone: ZoneInfo) -> Onset:
    """The change between two moments that have one, to the second."""
    old, new = _clocks(earlier, zone), _clocks(later, zone)
    while later - earlier > timedelta(seconds=1):
        middle = earlier + (later - earlier) // 2
        middle = middle.replace(microsecond=0)
        earlier, later = (middle, later) if _clocks(middle, zone) == old else (earlier, middle)
    return Onset(local=(later + old[0]).replace(tzinfo=None), before=old[0], after=new[0], name=new[1])


def _ruled_since(onsets: Sequence[Onset]) -> int | None:
    """The first year from which the clocks change by one yearly rule up to the last; None where they don't."""
    years = defaultdict(list)
    for onset in onsets:
        years[onset.local.year].append(onset)
    habits = [onset.habit for onset in years[LAST]]
    days: list[set[int]] = [{onset.local.day} for onset in years[LAST]]

    def same(year: int) -> bool:
        for known, onset in zip(days, years[year], strict=False):
            known.add(onset.local.day)
        return [onset.habit for onset in years[year]] == habits and all(max(one) - min(one) < 7 for one in days)

    held = list(takewhile(same, range(LAST, FIRST - 1, -1))) if habits else []
    return held[-1] if len(held) >= CYCLE else None


def _ruled(onsets: Sequence[Onset], since: int | None) -> Iterator[icalendar.Component]:
    by_habit: dict[tuple[object, ...], list[Onset]] = defaultdict(list)
    for onset in onsets:
        if since is not None and onset.local.year >= since:
            by_habit[onset.habit].append(onset)
    for group in by_habit.values():
        part = _part(group[0], summer=group[0].after > group[0].before)
        part.add("RRULE", _rule(group))
        yield part


def _rule(group: Sequence[Onset]) -> dict[str, object]:
    """The yearly rule of changes that share a habit: their weekday, in the week of the month in which all of them lie."""
    local = group[0].local
    days = [onset.local.day for onset in group]
    length = monthrange(2027, local.month)[1]
    weekday = _WEEKDAYS[local.weekday()]
    rule: dict[str, object] = {"FREQ": "YEARLY", "BYMONTH": local.month}
    if min(days) > length - 7:
        return {**rule, "BYDAY": f"-1{weekday}"}
    first = min(days)
    if max(days) <= -(-first // 7) * 7:
        return {**rule, "BYDAY": f"{-(-first // 7)}{weekday}"}
    return {**rule, "BYMONTHDAY": list(range(first, first + 7)), "BYDAY": weekday}


def _listed(tzid: str, onsets: Sequence[Onset]) -> Iterator[icalendar.Component]:
    """What no rule tells: the clocks of 1970, then each change, those of one kind together."""
    yield _first(tzid)
    kinds: dict[tuple[object, ...], list[Onset]] = defaultdict(list)
    for onset in onsets:
        kinds[onset.before, onset.after, onset.name].append(onset)
    for group in kinds.values():
        part = _part(group[0], summer=_is_summer(group[0], onsets))
        if group[1:]:
            _add_onsets(part, group)
        yield part


def _add_onsets(part: icalendar.Component, onsets: Sequence[Onset]) -> None:
    """A line for each onset, that of DTSTART too: of a line ical.js, and so Thunderbird, reads the first, and leaves DTSTART out."""
    for onset in onsets:
        part.add("RDATE", [onset.local])


def _is_summer(onset: Onset, onsets: Sequence[Onset]) -> bool:
    """Whether the clocks go forward, and back within a year."""
    after = (one for one in onsets if timedelta() < one.local - onset.local < timedelta(days=300))
    return onset.after > onset.before and any(one.after < one.before for one in after)


def _fixed(tzid: str, onsets: Sequence[Onset]) -> icalendar.Component:
    """The clocks of a zone that changes them no more."""
    return _part(onsets[-1], summer=False) if onsets else _first(tzid)


def _first(tzid: str) -> icalendar.Component:
    offset, name = _clocks(datetime(FIRST, 1, 1, tzinfo=UTC), ZoneInfo(tzid))
    return _part(Onset(local=datetime(FIRST, 1, 1), before=offset, after=offset, name=name), summer=False)  # noqa: DTZ001 - local, as VTIMEZONE writes it


def _part(onset: Onset, *, summer: bool) -> icalendar.Component:
    part = icalendar.TimezoneDaylight() if summer else icalendar.TimezoneStandard()
    part.add("DTSTART", onset.local)
    part.add("TZOFFSETFROM", onset.before)
    part.add("TZOFFSETTO", onset.after)
    part.add("TZNAME", onset.name)
    return part
