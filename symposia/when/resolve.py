"""From what an expression states to days and instants."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from symposia.when.clock import Span, by_day
from symposia.when.grammar import Expression
from symposia.when.parts import Context, Day
from symposia.when.value import Precision, When
from symposia.when.zone_words import Zone

_YEARS_AHEAD = (0, 1, 2, 3, 4)
_NEAR = (0, 1, -1, 2, -2, -3, -4)
_OVERNIGHT = time(6)
_EVENING = time(17)


def resolve(one: Expression, words: str, context: Context) -> When | None:
    """What the expression says; None where the calendar has no such day: 31 February, 30 to 2 of one month."""
    why: list[str] = []
    try:
        days = _dated(one.days, context.today, why)
    except ValueError:
        return None
    if any(later < earlier for earlier, later in itertools.pairwise(days)):
        return None
    first, last = days[0], days[-1]
    listed = _listed(one.days, days)
    if one.days[0].at is not None and one.times is None:
        return _instants(one.days, words, context)
    opening, closing = one.times or one.last_times, one.last_times or one.times
    if opening is None or closing is None:
        end = last if last > first else None
        return When(
            start=first,
            end=end,
            year_stated=_has_year(one),
            precision=Precision.DAY,
            text=words,
            days=listed,
            why=tuple(why),
        )
    when = _timed(first, last, opening, closing, words, listed, context, why)
    return when if _has_year(one) else replace(when, year_stated=False)


def _has_year(one: Expression) -> bool:
    return any(day.year is not None for day in one.days)


def _instants(days: tuple[Day, ...], words: str, context: Context) -> When:
    """ISO tokens that hold a time."""
    zone = ZoneInfo(context.source) if context.source else None
    assert days[0].at is not None
    start = _aware(days[0].at, zone)
    end = _aware(days[-1].at, zone) if days[-1].at else None
    stated = days[0].at.tzinfo is not None
    return When(
        start=start,
        end=end if end and end != start else None,
        timezone=None if stated else context.source,
        zone_stated=stated,
        precision=Precision.MINUTE,
        text=words,
    )


def _aware(at: datetime, zone: tzinfo | None) -> datetime:
    return at if at.tzinfo is not None else at.replace(tzinfo=zone)


def _timed(
    first: date,
    last: date,
    opening: Span,
    closing: Span,
    words: str,
    listed: tuple[date, ...],
    context: Context,
    why: list[str],
) -> When:
    """A start with the first time; an end with the last time, where one is stated for the last day."""
    meant = by_day(opening, context.source)
    if meant is not opening:
        why.append("no am or pm is stated: the hours are those of a working day")
    opening, closing = meant, meant if closing is opening else by_day(closing, context.source)
    stated = opening.zone or closing.zone
    name = stated.name if stated else context.source
    if stated and _is_other_season(datetime.combine(first, opening.start), stated, context.source):
        name = context.source
        why.append(f"{stated.words} read as the place's own time: its clocks show that in the other half of the year")
        clock: tzinfo | None = ZoneInfo(name or "UTC")
    else:
        clock = stated.clock() if stated else ZoneInfo(name) if name else None
    start = datetime.combine(first, opening.start, clock)
    ending = (closing.end or closing.start) if closing is not opening else closing.end
    if ending is None and last > first:
        ending = opening.start
    end = datetime.combine(last, ending, clock) if ending else None
    if end is not None and end <= start:
        end = _over_midnight(start, end, one_day=first == last, why=why)
    why += _told_again(start, opening)
    why += _seasons(start, stated.words if stated else "")
    return When(
        start=start,
        end=end,
        timezone=name,
        zone_stated=stated is not None,
        precision=Precision.MINUTE,
        text=words,
        days=listed,
        why=tuple(why),
    )


def _is_other_season(at: datetime, stated: Zone, source: str | None) -> bool:
    """Whether minutes from UTC are those of the place's clocks, but not on that day.

    Programs print one offset the year round: "10 December, 5:30 pm (GMT-04:00)" of New York, which has -05:00 then.
    """
    if stated.name is not None or source is None:
        return False
    here, clock = at.replace(tzinfo=ZoneInfo(source)), stated.clock()
    offsets = {here.replace(month=month, day=1).utcoffset() for month in (1, 7)}
    return here.utcoffset() != clock.utcoffset(at) and clock.utcoffset(at) in offsets


def _over_midnight(start: datetime, end: datetime, *, one_day: bool, why: list[str]) -> datetime | None:
    """An end before its start is the next day's where a night lies between; else it is unknown."""
    if one_day and start.time() >= _EVENING and end.time() <= _OVERNIGHT and end != start:
        return end + timedelta(days=1)
    if end != start:
        why.append(f"the end, {end:%H:%M}, is before the start, and so unknown")
    return None


def _told_again(start: datetime, opening: Span) -> list[str]:
    """Whether the times in other zones are the same moment; a conflict says which is not."""
    notes = []
    for moment, zone in opening.others:
        there = start.astimezone(zone.clock()).time()
        if there != moment:
            notes.append(
                f"conflict: {start:%H:%M} {opening.zone.words if opening.zone else ''} is {there:%H:%M} "
                f"{zone.words}, not {moment:%H:%M}; the first is taken"
            )
    return notes


def _seasons(start: datetime, words: str) -> list[str]:
    """A note where standard time is named in summer: "EST" in July is what New York's clocks show, EDT."""
    shown = start.tzname() or ""
    if len(words) == 3 and words.upper().endswith(("ST", "DT")) and shown.isalpha() and shown != words.upper():
        return [f"{words} read as the zone's own time, {shown} on that day"]
    return []


def _listed(stated: tuple[Day, ...], days: list[date]) -> tuple[date, ...]:
    """The single days of a list; empty where there is none."""
    if not any(day.joint == "list" for day in stated):
        return ()
    found = [days[0]]
    for day, before, at in zip(stated[1:], days, days[1:], strict=False):
        between = range(1, (at - before).days) if day.joint == "range" else ()
        found += [before + timedelta(days=step) for step in between] + [at]
    return tuple(found)


def _dated(stated: tuple[Day, ...], today: date, why: list[str]) -> list[date]:
    """The days, with the years that they leave out. Raises ValueError where the calendar has no such day."""
    if stated[0].year is None:
        stated = _with_years(stated, today, why)
    found: list[date] = []
    for day in stated:
        year = day.year if day.year is not None else found[-1].year
        at = date(year, day.month or 0, day.day)
        if found and at < found[-1] and day.year is None:
            at = date(year + 1, day.month or 0, day.day)
        found.append(at)
    for day, at in zip(stated, found, strict=True):
        if day.weekday is not None and at.weekday() != day.weekday:
            why.append(f"conflict: {at} is a {at:%A}; the day of the month is taken")
    return found


def _with_years(stated: tuple[Day, ...], today: date, why: list[str]) -> tuple[Day, ...]:
    """The days with the year of the first: the next in which the last day lies ahead; with a weekday, the nearest that has it."""
    last = stated[-1]
    if last.year is not None:
        crosses = (stated[0].month or 0, stated[0].day) > (last.month or 0, last.day)
        return (stated[0]._replace(year=last.year - crosses), *stated[1:])
    first = stated[0]
    crosses = (first.month or 0, first.day) > (last.month or 0, last.day)
    year = next((today.year + step for step in _YEARS_AHEAD if _ahead(last, today.year + step, today)), today.year)
    year -= crosses
    marked = next((day for day in stated if day.weekday is not None), None)
    if marked is not None and not _falls(marked, year):
        near = (today.year + step for step in _NEAR)
        year = next((one for one in near if _falls(marked, one)), year)
    why.append(f"no year is stated: {year} is the next such day" if year >= today.year else f"the weekday says {year}")
    return (first._replace(year=year), *stated[1:])


def _ahead(day: Day, year: int, today: date) -> bool:
    found = _day(year, day)
    return found is not None and found >= today


def _falls(day: Day, year: int) -> bool:
    """Whether the day has its weekday in that year."""
    found = _day(year, day)
    return found is not None and found.weekday() == day.weekday


def _day(year: int, day: Day) -> date | None:
    try:
        return date(year, day.month or 0, day.day)
    except ValueError:
        return None
