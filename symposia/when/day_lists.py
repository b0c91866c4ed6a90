"""Days, and lists and ranges of days, over tokens.

days  := item (joint item)*
item  := date | [weekday] day                     the latter takes month and year of its neighbour
joint := RANGE | LIST                             "-", "to", "bis zum" | ",", "and", "&"
"""

from __future__ import annotations

from symposia.when.dates import date_at
from symposia.when.parts import Context, Day, DayAndEnd, day_at, is_fill, year_at
from symposia.when.tokens import END, Text

_MAX_DAYS = 31
"""Days of one list that are read: more are no list of one event's days."""
_MAX_JOINT = 3
"""Tokens of one joint: ", and"."""
_MAX_JOINT_AND_FILL = 6
"""Tokens of a joint with the small words after it: "bis zum Mittwoch den"."""


def days_at(text: Text, index: int, context: Context) -> tuple[tuple[Day, ...], int]:
    """The days that begin at token `index`, in order, and the index after them.

    No days, where none begins there or none of them has a month.
    """
    if {"month", "weekday"} <= text.at(index).roles.keys() and (bare := day_at(text, index)) is not None:
        days, end = _read_list(text, index, bare, context)  # Italian "mar 5 – dom 17 gen": Tuesday, not March
        if days and days[-1].weekday is not None:
            return days, end
    found = date_at(text, index, context) or day_at(text, index)
    return _read_list(text, index, found, context) if found else ((), index)


def range_end_at(text: Text, index: int, first: Day, context: Context) -> DayAndEnd | None:
    """The last day of a range whose first day has its own time, "28 June 17:00 - 2 August 19:00"; None for none."""
    joint, at = _joint_at(text, index)
    found = date_at(text, at, context) if joint == "range" else None
    if found is None or not _are_in_order(first, found[0]):
        return None
    return found[0]._replace(joint="range"), found[1]


def _are_in_order(first: Day, last: Day) -> bool:
    if first.year is None or last.year is None:
        return True
    return (first.year, first.month or 0, first.day) <= (last.year, last.month or 0, last.day)


def _read_list(text: Text, index: int, found: DayAndEnd, context: Context) -> tuple[tuple[Day, ...], int]:
    """The days that begin with `found` at `index`, and the index after them; () where none has a month."""
    days, end = [found[0]], found[1]
    complete, kept = (end, 1) if days[0].month else (index, 0)
    while len(days) < _MAX_DAYS and (following := _next_day(text, end, days, context)) is not None:
        day, end = following
        days.append(day)
        if day.month or days[0].month:
            complete, kept = end, len(days)
    return (_with_months_and_years(days[:kept]), complete) if kept else ((), index)


def _next_day(text: Text, index: int, days: list[Day], context: Context) -> DayAndEnd | None:
    """The day that is joined to those before it at `index`."""
    joint, at = _joint_at(text, index)
    if not joint or text.at(at) is END:
        return None
    last = days[-1]
    if (found := date_at(text, at, context)) is not None:
        day, end = found
        if joint == "list" and last.month is None and "month" in text.at(at).roles:
            return None  # the 27 of "Live 27, June 28-30" is no day of June
        # Two whole dates in a row are two events, unless they are a range.
        if (joint == "list" and last.year is not None) or (joint == "range" and not _are_in_order(last, day)):
            return None
        return day._replace(joint=joint), end
    short = _month_and_day(text, at) if last.year_first and joint == "range" else None
    if short is not None and last.year is not None:
        return short[0]._replace(year=last.year, joint=joint), short[1]
    return _next_bare_day(text, at, last, joint, context)


def _next_bare_day(text: Text, at: int, last: Day, joint: str, context: Context) -> DayAndEnd | None:
    """A day without a month, later in the month of the `last` one."""
    bare = day_at(text, at)
    year_before = last.year_first or bool(text.at(at).unit)  # 25日と26日: the year stands before the list
    if bare is None or (last.year is not None and not year_before) or bare[0].day <= last.day:
        return None
    day, end = bare
    if year_before:
        day = day._replace(month=last.month, year=last.year, year_first=True)
    elif last.month is not None:
        year, end = year_at(text, end, context)
        day = day._replace(month=last.month, year=year)
    return day._replace(joint=joint), end


def _month_and_day(text: Text, index: int) -> DayAndEnd | None:
    """The 12-02 of 2027-11-28 – 12-02."""
    month, dash, day = (text.at(index + step) for step in range(3))
    if dash.text != "-" or month.kind != "number" or day.kind != "number" or len(month.text + day.text) != len("1202"):
        return None
    return Day(month=month.number, day=day.number, year_first=True), index + 3


def _with_months_and_years(days: list[Day]) -> tuple[Day, ...]:
    """The days with the months and years that stand only at the end of the list."""
    if len(days) == 1:
        return tuple(days)
    filled: list[Day] = []
    month, year, month_after = None, None, None
    for day in reversed(days):
        if day.year is None and year is not None:
            crosses = day.month is not None and month_after is not None and day.month > month_after
            day = day._replace(year=year - crosses)
        if day.month is None:
            day = day._replace(month=month)
        month, year, month_after = day.month, day.year, day.month
        filled.append(day)
    return tuple(reversed(filled))


def _joint_at(text: Text, index: int) -> tuple[str, int]:
    """The joint at token `index`, "range" or "list", and the index after it; "" and `index` for none."""
    at = index + 1 if text.at(index).text == "." else index
    kind, begin = "", at
    while at - begin < _MAX_JOINT:
        token = text.at(at)
        if _joins_range(text, at):
            kind = "range"
        elif token.text in (",", "&", "+", "/", ";") or "list" in token.roles:
            kind = kind or "list"
        else:
            break
        at += 1
    if not kind:
        return "", index
    while at - begin < _MAX_JOINT_AND_FILL and is_fill(text.at(at)):
        at += 1
    return kind, at


def _joins_range(text: Text, index: int) -> bool:
    """Whether a mark or word makes a range; a slash does between ISO dates (ISO 8601-1, 5.5)."""
    token = text.at(index)
    if token.kind == "mark" and token.text in ("-", "--", "->"):
        return True
    return "range" in token.roles or (token.text == "/" and text.at(index + 1).kind == "iso")
