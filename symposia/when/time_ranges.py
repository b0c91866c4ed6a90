"""Times of day over tokens, with their end and their zone: "9-11 am", "19h30 à 21h", "1 pm ET / 10 am PT".

times := [at] time [RANGE time] [zone ("/" time zone)*]
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import time

from symposia.when.clock import AM, PM, WrittenTime, read_time
from symposia.when.tokens import Text
from symposia.when.vocabulary import month_first_zones
from symposia.when.zone_words import Zone, read_zone

_AFTERNOON = range(1, 6)
"""Hours of a 12-hour clock that mean the afternoon where neither am nor pm is stated: nothing begins before dawn."""
_MAX_OTHER_ZONES = 6
"""Times in other zones that are read after the first: organisers of webinars list as many as their country has."""
_BETWEEN_ZONES = ("/", "|", ",", "(", ";", "=", "or", "and")
"""What may stand between a time and the same time in another zone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeRange:
    """A start time, and the end and the zone where they are stated."""

    start: time
    end: time | None = None
    zone: Zone | None = None
    others: tuple[tuple[time, Zone], ...] = ()
    """The start as the text gives it in other zones."""
    bare: bool = False
    """Whether no part of the day is stated, and nothing ("09:30", "16:00") shows a 24-hour clock."""


def read_times(
    text: Text, index: int, *, after_date: bool = False, source: str | None = None
) -> tuple[TimeRange, int] | None:
    """The times that begin at token `index`, and the index after them; None where none do.

    "9-11 am" shares its part of the day; "11-1 pm" begins before noon. A bare number is an hour only within such a range.

    Args:
        text: The tokens.
        index: The first token of the times.
        after_date: Whether a date stands before them, so that "29.02.2020 13.12" is a time.
        source: The writer's zone (IANA), which settles abbreviations such as IST.
    """
    first = read_time(text, index, after_date=after_date)
    if first is None:
        return None
    start, end = first
    second = _read_range_end(text, end)
    if (
        second is not None
        and (start.certain or second[0].certain)
        and (times := _make_range(start, second[0])) is not None
    ):
        return _with_zones(text, times, second[1], source)
    moment = start.in_period(start.period) if start.certain else None
    if moment is None:
        return None
    own = read_zone(text, end, source)  # of the first time alone: "10 am ET - 11 am ET"
    zone, end = own if own else (None, end)
    second = _read_range_end(text, end) if zone and text.at(end).text != "/" else None
    if second is not None and (times := _make_range(start, second[0])) is not None:
        return _with_zones(text, replace(times, zone=zone), second[1], source)
    bare = start.period is None and not start.padded
    return _with_zones(text, TimeRange(start=moment, zone=zone, bare=bare), end, source)


def assume_daytime(times: TimeRange, zone: str | None) -> TimeRange:
    """Bare times as a country with 12-hour clocks means them: "3:30-5:00" is in the afternoon.

    Other times are given as they are. `zone` (IANA) is the writer's; the 12-hour clock is taken for the custom where the month
    is written first (CLDR).
    """
    if not times.bare or zone not in month_first_zones():
        return times
    start, end = times.start, times.end
    start = start.replace(hour=start.hour + 12) if start.hour in _AFTERNOON else start
    end = end.replace(hour=end.hour + 12) if end and end.hour < 12 and end <= start else end
    return replace(times, start=start, end=end) if (start, end) != (times.start, times.end) else times


def _make_range(start: WrittenTime, end: WrittenTime) -> TimeRange | None:
    """Two times as one range, each in the part of the day that either states; None where a clock shows no such time."""
    opening = start.in_period(start.period or end.period)
    closing = end.in_period(end.period)
    if opening and closing and end.period is None and start.period is not None and closing <= opening:
        closing = end.in_period(PM)
    if opening and closing and start.period is None and end.period is not None and opening > closing:
        opening = start.in_period(AM)
    if opening is None or closing is None:
        return None
    bare = start.period is None and end.period is None and not (start.padded or end.padded)
    return TimeRange(start=opening, end=closing, bare=bare)


def _read_range_end(text: Text, index: int) -> tuple[WrittenTime, int] | None:
    """The time that a dash or a word like "to" at token `index` leads to, and the index after it."""
    if not _joins_times(text, index):
        return None
    index += 1
    while text.at(index).roles.keys() & {"at", "fill"} and not text.at(index).roles.keys() & {"am", "pm"}:
        index += 1
    found = read_time(text, index, after_date=True)
    if found and not found[0].certain and _is_month(text, found[1]):
        return None  # 5 pm - 2 August
    if found and text.at(found[1]).roles.keys() & {"until"}:
        return found[0], found[1] + 1
    return found


def _joins_times(text: Text, index: int) -> bool:
    token = text.at(index)
    if token.text in ("-", "/") and token.kind == "mark":
        return True
    if token.text == ",":
        return False
    return "range" in token.roles or ("list" in token.roles and text.at(index + 1).kind == "time")


def _is_month(text: Text, index: int) -> bool:
    after = text.at(index + 1) if text.at(index).text == "." else text.at(index)
    return "month" in after.roles


def _with_zones(text: Text, times: TimeRange, index: int, source: str | None) -> tuple[TimeRange, int]:
    """The times with their zone, and with the same time in other zones: "1 pm ET / 10 am PT"."""
    found = read_zone(text, index, source)
    if found is not None:
        times, index = replace(times, zone=found[0]), found[1]
    if times.zone is None:
        return times, index
    others: list[tuple[time, Zone]] = []
    while len(others) < _MAX_OTHER_ZONES and (other := _read_in_other_zone(text, index, source)) is not None:
        others.append(other[0])
        index = other[1]
    return replace(times, others=tuple(others)), index


def _read_in_other_zone(text: Text, index: int, source: str | None) -> tuple[tuple[time, Zone], int] | None:
    """The same start in another zone, told after a mark or "or" at token `index`, and the index after it."""
    at = index
    while at - index < 3 and text.at(at).text in _BETWEEN_ZONES:
        at += 1
    first = read_time(text, at, after_date=False) if at > index else None
    if first is None:
        return None
    start, end = first
    if (second := _read_range_end(text, end)) is not None:
        start, end = replace(start, period=start.period or second[0].period), second[1]
    zone = read_zone(text, end, source)
    moment = start.in_period(start.period)
    if zone is None or moment is None:
        return None
    closed = zone[1] + 1 if text.at(zone[1]).text == ")" else zone[1]
    return (moment, zone[0]), closed
