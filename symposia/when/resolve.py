"""Turn date expressions into days and instants."""

from __future__ import annotations

import itertools
from datetime import date, datetime, time, timedelta, tzinfo
from typing import NamedTuple
from zoneinfo import ZoneInfo

from symposia.event import Moment
from symposia.when.grammar import Expression
from symposia.when.parts import Context, Day
from symposia.when.time_ranges import TimeRange, assume_daytime
from symposia.when.value import Precision, When
from symposia.when.years import calendar_days
from symposia.when.zone_words import Zone

_EVENING, _MORNING = time(17), time(6)
"""What starts from the evening on and ends by the morning ends on the next day."""


class _ZoneOfTimes(NamedTuple):
    """The zone that times are in: what the text states, the IANA name, and the zone as datetime knows it."""

    stated: Zone | None = None
    name: str | None = None
    clock: tzinfo | None = None


def resolve(expression: Expression, words: str, context: Context) -> When | None:
    """What the expression says; None where the calendar has no such day: 31 February, 30 to 2 of one month.

    `words` are the expression's, for `When.text`.
    """
    why: list[str] = []
    try:
        days = calendar_days(expression.days, context.today, why)
    except ValueError:
        return None
    if any(later < earlier for earlier, later in itertools.pairwise(days)):
        return None
    if expression.days[0].instant is not None and expression.times is None:
        return _resolve_instants(expression.days, words, context)
    opening, closing = expression.times or expression.last_times, expression.last_times or expression.times
    start: Moment = days[0]
    end: Moment | None = days[-1] if days[-1] > days[0] else None
    zone = _ZoneOfTimes()
    if opening is not None and closing is not None:
        opening, closing = _assume_daytime(opening, closing, context.source, why)
        zone = _zone_of(days[0], opening, closing, context.source, why)
        start, end = _start_and_end(days[0], days[-1], opening, closing, zone.clock, why)
        why += (*_conflicts_between_zones(start, opening), *_notes_on_season(start, zone.stated))
    return When(
        start=start,
        end=end,
        timezone=zone.name,
        zone_stated=zone.stated is not None,
        year_stated=any(day.year is not None for day in expression.days),
        precision=Precision.DAY if opening is None else Precision.MINUTE,
        text=words,
        days=_listed_days(expression.days, days),
        why=tuple(why),
    )


def _resolve_instants(days: tuple[Day, ...], words: str, context: Context) -> When:
    """What ISO 8601 tokens with a time say."""
    zone = ZoneInfo(context.source) if context.source else None
    assert days[0].instant is not None
    start = _with_zone(days[0].instant, zone)
    end = _with_zone(days[-1].instant, zone) if days[-1].instant else None
    stated = days[0].instant.tzinfo is not None
    return When(
        start=start,
        end=end if end and end != start else None,
        timezone=None if stated else context.source,
        zone_stated=stated,
        precision=Precision.MINUTE,
        text=words,
    )


def _with_zone(instant: datetime, zone: tzinfo | None) -> datetime:
    return instant if instant.tzinfo is not None else instant.replace(tzinfo=zone)


def _assume_daytime(
    opening: TimeRange, closing: TimeRange, source: str | None, why: list[str]
) -> tuple[TimeRange, TimeRange]:
    meant = assume_daytime(opening, source)
    if meant is not opening:
        why.append("no am or pm is stated: the hours are those of a working day")
    return meant, meant if closing is opening else assume_daytime(closing, source)


def _zone_of(first: date, opening: TimeRange, closing: TimeRange, source: str | None, why: list[str]) -> _ZoneOfTimes:
    """The zone that the times state, else that of the writer, `source`."""
    stated = opening.zone or closing.zone
    if stated is None:
        return _ZoneOfTimes(None, source, ZoneInfo(source) if source else None)
    if not _is_of_other_season(datetime.combine(first, opening.start), stated, source):
        return _ZoneOfTimes(stated, stated.name, stated.clock())
    why.append(f"{stated.words} read as the place's own time: its clocks show that in the other half of the year")
    return _ZoneOfTimes(stated, source, ZoneInfo(source or "UTC"))


def _is_of_other_season(at: datetime, stated: Zone, source: str | None) -> bool:
    """Whether an offset from UTC is one that the clocks of `source` show, but not on that day.

    Programs print one offset the year round: "10 December, 5:30 pm (GMT-04:00)" of New York, which has -05:00 then.
    """
    if stated.name is not None or source is None:
        return False
    here, clock = at.replace(tzinfo=ZoneInfo(source)), stated.clock()
    offsets = {here.replace(month=month, day=1).utcoffset() for month in (1, 7)}
    return here.utcoffset() != clock.utcoffset(at) and clock.utcoffset(at) in offsets


def _start_and_end(
    first: date, last: date, opening: TimeRange, closing: TimeRange, clock: tzinfo | None, why: list[str]
) -> tuple[datetime, datetime | None]:
    """A start with the first time; an end with the last time, where one is stated for the last day."""
    start = datetime.combine(first, opening.start, clock)
    ending = closing.end if closing is opening else closing.end or closing.start
    if ending is None and last > first:
        ending = opening.start
    end = datetime.combine(last, ending, clock) if ending else None
    if end is not None and end <= start:
        end = _over_midnight(start, end, one_day=first == last, why=why)
    return start, end


def _over_midnight(start: datetime, end: datetime, *, one_day: bool, why: list[str]) -> datetime | None:
    """An end before its start, on the next day where a night lies between; else None, as it is unknown."""
    if one_day and start.time() >= _EVENING and end.time() <= _MORNING and end != start:
        return end + timedelta(days=1)
    if end != start:
        why.append(f"the end, {end:%H:%M}, is before the start, and so unknown")
    return None


def _conflicts_between_zones(start: datetime, opening: TimeRange) -> list[str]:
    """A note for each time in another zone that is not the same instant as the start."""
    notes = []
    for moment, zone in opening.others:
        there = start.astimezone(zone.clock()).time()
        if there != moment:
            notes.append(
                f"conflict: {start:%H:%M} {opening.zone.words if opening.zone else ''} is {there:%H:%M} "
                f"{zone.words}, not {moment:%H:%M}; the first is taken"
            )
    return notes


def _notes_on_season(start: datetime, stated: Zone | None) -> list[str]:
    """A note where standard time is named in summer: "EST" in July is what New York's clocks show, EDT."""
    words, shown = stated.words if stated else "", start.tzname() or ""
    if len(words) == 3 and words.upper().endswith(("ST", "DT")) and shown.isalpha() and shown != words.upper():
        return [f"{words} read as the zone's own time, {shown} on that day"]
    return []


def _listed_days(stated: tuple[Day, ...], days: list[date]) -> tuple[date, ...]:
    """The single days of a list, those of ranges in it among them; () where there is no list."""
    if not any(day.joint == "list" for day in stated):
        return ()
    found = [days[0]]
    for day, before, at in zip(stated[1:], days, days[1:], strict=False):
        between = range(1, (at - before).days) if day.joint == "range" else ()
        found += [before + timedelta(days=step) for step in between] + [at]
    return tuple(found)
