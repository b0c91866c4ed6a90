"""Time zones as VTIMEZONE components (RFC 5545, 3.6.5), with a yearly RRULE where a zone has one.

Of a VTIMEZONE, Outlook reads nothing but TZID, and DTSTART, RRULE and the offsets of its subcomponents ([MS-STANOICAL],
2.2.47): with a list of RDATEs, as the icalendar library writes it, it would have no summer time. A rule also never ends.
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

FIRST_YEAR, LAST_YEAR = 1970, 2066
"""The years whose onsets are looked at. The IANA database vouches for none before; what holds in the last holds on."""
CYCLE = 28
"""Years after which the weekdays fall on the same dates: a rule that has held for so long is the zone's rule."""
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_STEP = timedelta(days=7)
"""How far apart the moments are whose offsets are compared; two onsets between them that cancel out would be missed."""
_SUMMER_AT_MOST = timedelta(days=300)
"""How long after clocks go forward they go back, if that is summer time; later, the change was for good."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Onset:
    """A change of a zone's clocks.

    Attributes:
        local: When, as the clocks showed it before the change.
        before: The offset from UTC before it.
        after: The offset from UTC after it.
        name: The abbreviation of the zone after it, "CEST".
    """

    local: datetime
    before: timedelta
    after: timedelta
    name: str

    @property
    def pattern(self) -> tuple[object, ...]:
        """What stays the same each year if a rule makes the change: all but the day of the month."""
        local = self.local
        return local.month, local.weekday(), local.time(), self.before, self.after, self.name


@cache
def vtimezone_bytes(tzid: str, year: int) -> bytes:
    """Write the VTIMEZONE of a zone for moments from `year` on.

    It has the zone's current rule alone, if that held by then, else all onsets since 1970.
    Raises ZoneInfoNotFoundError where there is no zone of that IANA name.
    """
    onsets = _find_onsets(tzid)
    since = _first_year_of_rule(onsets)
    vtimezone = icalendar.Timezone()
    vtimezone.add("TZID", tzid)
    changes_no_more = not onsets or (
        since is None and year > onsets[-1].local.year and onsets[-1].local.year < LAST_YEAR
    )
    if changes_no_more:
        vtimezone.add_component(_make_fixed(tzid, onsets))
    else:
        before_rule = [onset for onset in onsets if since is None or onset.local.year < since]
        listed = [] if since and year > since else _make_listed(tzid, before_rule)
        for subcomponent in (*listed, *_make_ruled(onsets, since)):
            vtimezone.add_component(subcomponent)
    content: bytes = vtimezone.to_ical()
    return content


@cache
def _find_onsets(tzid: str) -> tuple[Onset, ...]:
    zone = ZoneInfo(tzid)
    moments = _weekly_moments(datetime(FIRST_YEAR, 1, 1, tzinfo=UTC), datetime(LAST_YEAR + 1, 1, 1, tzinfo=UTC))
    onsets = []
    earlier = next(moments)
    for moment in moments:
        if _offset_and_name(moment, zone) != _offset_and_name(earlier, zone):
            onsets.append(_find_onset(earlier, moment, zone))
        earlier = moment
    return tuple(onsets)


def _weekly_moments(first: datetime, last: datetime) -> Iterator[datetime]:
    while first <= last:
        yield first
        first += _STEP


def _offset_and_name(moment: datetime, zone: ZoneInfo) -> tuple[timedelta, str]:
    local = moment.astimezone(zone)
    return local.utcoffset() or timedelta(), local.tzname() or zone.key


def _find_onset(earlier: datetime, later: datetime, zone: ZoneInfo) -> Onset:
    """The onset between two moments that have one, to the second, by bisection."""
    old, new = _offset_and_name(earlier, zone), _offset_and_name(later, zone)
    while later - earlier > timedelta(seconds=1):
        middle = earlier + (later - earlier) // 2
        middle = middle.replace(microsecond=0)
        earlier, later = (middle, later) if _offset_and_name(middle, zone) == old else (earlier, middle)
    return Onset(local=(later + old[0]).replace(tzinfo=None), before=old[0], after=new[0], name=new[1])


def _first_year_of_rule(onsets: Sequence[Onset]) -> int | None:
    """The year from which one yearly rule makes all onsets; None where none has held for `CYCLE` years."""
    by_year = defaultdict(list)
    for onset in onsets:
        by_year[onset.local.year].append(onset)
    patterns = [onset.pattern for onset in by_year[LAST_YEAR]]
    days: list[set[int]] = [{onset.local.day} for onset in by_year[LAST_YEAR]]

    def follows_rule(year: int) -> bool:
        for seen, onset in zip(days, by_year[year], strict=False):
            seen.add(onset.local.day)
        return [onset.pattern for onset in by_year[year]] == patterns and all(
            max(seen) - min(seen) < 7 for seen in days
        )

    years = list(takewhile(follows_rule, range(LAST_YEAR, FIRST_YEAR - 1, -1))) if patterns else []
    return years[-1] if len(years) >= CYCLE else None


def _make_ruled(onsets: Sequence[Onset], since: int | None) -> Iterator[icalendar.Component]:
    """A subcomponent with an RRULE for each yearly onset from the year `since` on; none where there is no rule."""
    by_pattern: dict[tuple[object, ...], list[Onset]] = defaultdict(list)
    for onset in onsets:
        if since is not None and onset.local.year >= since:
            by_pattern[onset.pattern].append(onset)
    for group in by_pattern.values():
        subcomponent = _make_subcomponent(group[0], summer=group[0].after > group[0].before)
        subcomponent.add("RRULE", _yearly_rule(group))
        yield subcomponent


def _yearly_rule(group: Sequence[Onset]) -> dict[str, object]:
    """The rule of onsets that share a pattern: their weekday, within the seven days that hold all of them."""
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


def _make_listed(tzid: str, onsets: Sequence[Onset]) -> Iterator[icalendar.Component]:
    """The offset of 1970, then a subcomponent with RDATEs for each kind of onset."""
    yield _make_initial(tzid)
    by_kind: dict[tuple[object, ...], list[Onset]] = defaultdict(list)
    for onset in onsets:
        by_kind[onset.before, onset.after, onset.name].append(onset)
    for group in by_kind.values():
        subcomponent = _make_subcomponent(group[0], summer=_begins_summer(group[0], onsets))
        if group[1:]:
            _add_rdates(subcomponent, group)
        yield subcomponent


def _add_rdates(subcomponent: icalendar.Component, onsets: Sequence[Onset]) -> None:
    """Add an RDATE for each onset, that of DTSTART too.

    Of an RDATE with several values, ical.js (and so Thunderbird) reads the first; and beside RDATEs it ignores DTSTART.
    """
    for onset in onsets:
        subcomponent.add("RDATE", [onset.local])


def _begins_summer(onset: Onset, onsets: Sequence[Onset]) -> bool:
    """Whether clocks go forward at this onset, and back within `_SUMMER_AT_MOST`."""
    following = (later for later in onsets if timedelta() < later.local - onset.local < _SUMMER_AT_MOST)
    return onset.after > onset.before and any(later.after < later.before for later in following)


def _make_fixed(tzid: str, onsets: Sequence[Onset]) -> icalendar.Component:
    """The last offset of a zone that changes its clocks no more."""
    return _make_subcomponent(onsets[-1], summer=False) if onsets else _make_initial(tzid)


def _make_initial(tzid: str) -> icalendar.Component:
    offset, name = _offset_and_name(datetime(FIRST_YEAR, 1, 1, tzinfo=UTC), ZoneInfo(tzid))
    local = datetime(FIRST_YEAR, 1, 1)  # noqa: DTZ001 - local, as VTIMEZONE writes it
    return _make_subcomponent(Onset(local=local, before=offset, after=offset, name=name), summer=False)


def _make_subcomponent(onset: Onset, *, summer: bool) -> icalendar.Component:
    """A STANDARD or DAYLIGHT subcomponent."""
    subcomponent = icalendar.TimezoneDaylight() if summer else icalendar.TimezoneStandard()
    subcomponent.add("DTSTART", onset.local)
    subcomponent.add("TZOFFSETFROM", onset.before)
    subcomponent.add("TZOFFSETTO", onset.after)
    subcomponent.add("TZNAME", onset.name)
    return subcomponent
