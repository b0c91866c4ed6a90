"""Dates, lists and ranges of dates with their times, over tokens.

expression := [times] item (joint item)* [times] [joint item [times]]
item       := date | [weekday] day                     the latter takes month and year of its neighbour
joint      := RANGE | LIST                             "-", "to", "bis zum" | ",", "and", "&"
"""

from __future__ import annotations

from typing import NamedTuple

from symposia.when.clock import MAX_LEADS, Span, read_times
from symposia.when.dates import date_at
from symposia.when.parts import Context, Day, Found, day_at, full_year, is_fill, year_at
from symposia.when.tokens import END, Text, Token
from symposia.when.vocabulary import eras

MAX_ITEMS = 31
"""Days of one list that are read."""
MAX_BEFORE = 20
"""Tokens before a date in which its time is looked for."""
_FIRST = frozenset(("month", "weekday", "month_lead", "weekday_lead"))
"""The roles of words that a date begins with."""
_WHOLE = frozenset(("iso", "numeric", "pair", "dotted"))
"""The kinds of tokens that are day and month at once."""


class Expression(NamedTuple):
    """What stands in tokens [`begin`, `end`): days in order, and the times of the first and the last."""

    begin: int
    end: int
    days: tuple[Day, ...]
    times: Span | None = None
    last_times: Span | None = None


def expressions(text: Text, context: Context) -> list[Expression]:
    """All date expressions among the tokens, in order, none within another. Linear: each token is tried a bounded number of times."""
    found: list[Expression] = []
    if not any(map(_names_month, text.tokens)):
        return found
    free = 0
    for index in [index for index, token in enumerate(text.tokens) if _may_begin(token)]:
        if index < free:
            continue
        expression = _expression(text, index, context)
        if expression is None or (is_numbered(text, index) and not _has_year(text, expression)):
            continue
        expression = with_time_before(text, expression, free, context)
        found.append(expression)
        free = expression.end
    return found


def _names_month(token: Token) -> bool:
    """Whether a token has a month: no date is without one, and most texts have none."""
    return (
        ("month" in token.roles or "month_lead" in token.roles) if token.roles else token.kind in _WHOLE
    ) or token.unit == "month"


def _may_begin(token: Token) -> bool:
    """Whether a token may be the first of a date: a number, or a word that leads up to one."""
    if token.kind == "word":
        return bool(token.roles and not _FIRST.isdisjoint(token.roles)) or token.text in eras()
    return token.kind not in ("mark", "other", "time")


def _has_year(text: Text, expression: Expression) -> bool:
    """Whether a year of four digits stands in it: "Room 5 March 2027" holds a date all the same, "Version 10.11.12" none."""
    return expression.days[-1].year is not None and any(
        (len(token.text) >= 4 and token.text[-4:].isdigit()) or token.text[:4].isdigit()
        for token in text.tokens[expression.begin : expression.end]
    )


def is_numbered(text: Text, index: int) -> bool:
    """Whether the number at `index` counts something else: "Room 5", "ISO 8601-1", "No. 3"."""
    before = text.at(index - 1)
    before = text.at(index - 2) if before.text in (".", ":", "/", "-") and before.kind == "mark" else before
    return "numbered" in before.roles and not (before.roles.keys() & {"month", "weekday", "fill", "at", "range"})


def _expression(text: Text, begin: int, context: Context) -> Expression | None:
    days, index = _days(text, begin, context)
    if not days:
        return None
    if len(days) == 2 and days[1].joint == "list" and _is_between(text, begin):
        days = (days[0], days[1]._replace(joint="range"))
    if days[-1].year is None and (year := _year_before(text, begin)) is not None:
        days = (days[0]._replace(year=year), *days[1:])
    times, index, days = _times_after(text, index, days, context)
    last_times = None
    if times is not None and days[-1].joint == "" and (second := _later(text, index, days[0], context)) is not None:
        last, index = second
        days = (*days, last)
        last_times, index, days = _times_after(text, index, days, context)
    return Expression(begin=begin, end=index, days=days, times=times, last_times=last_times)


def _year_before(text: Text, begin: int) -> int | None:
    """The year that stands with its word before days: "2027. gada 5.–17. decembris"."""
    year = text.at(begin - 2) if is_fill(text.at(begin - 1)) else END
    return full_year(text, begin - 2 - (year.text == ".")) if year is not END else None


def _is_between(text: Text, begin: int) -> bool:
    """Whether "between" stands before a date, so that "and" makes a range."""
    before = text.at(begin - 2) if is_fill(text.at(begin - 1)) else text.at(begin - 1)
    return "between" in before.roles


def _later(text: Text, index: int, first: Day, context: Context) -> Found | None:
    """The last day of a range whose first day has a time of its own: "28 June 17:00 - 2 August 19:00"."""
    joint, at = _joint(text, index)
    if joint != "range":
        return None
    found = date_at(text, at, context)
    if found is None or not _in_order(first, found[0]):
        return None
    return found[0]._replace(joint="range"), found[1]


def _in_order(first: Day, last: Day) -> bool:
    if first.year is None or last.year is None:
        return True
    return (first.year, first.month or 0, first.day) <= (last.year, last.month or 0, last.day)


def _days(text: Text, index: int, context: Context) -> tuple[tuple[Day, ...], int]:
    """The days that begin at `index` and the index after them; none where no date does, or none of them has a month."""
    if {"month", "weekday"} <= text.at(index).roles.keys() and (bare := day_at(text, index)) is not None:
        days, end = _listed(text, index, bare, context)  # Italian "mar 5 – dom 17 gen": Tuesday, not March
        if days and days[-1].weekday is not None:
            return days, end
    found = date_at(text, index, context) or day_at(text, index)
    return _listed(text, index, found, context) if found else ((), index)


def _listed(text: Text, index: int, found: Found, context: Context) -> tuple[tuple[Day, ...], int]:
    """The days that begin with `found` at `index`, and the index after them; none where none has a month."""
    days, end = [found[0]], found[1]
    complete = end if days[0].month else index
    while len(days) < MAX_ITEMS:
        following = _next(text, end, days, context)
        if following is None:
            break
        day, end = following
        days.append(day)
        complete = end if day.month or days[0].month else complete
        if complete == end:
            kept = len(days)
    if complete == index:
        return (), index
    if end != complete:
        days = days[:kept]
    return _filled(days), complete


def _next(text: Text, index: int, days: list[Day], context: Context) -> Found | None:
    """The day that is joined to those before it at `index`."""
    joint, at = _joint(text, index)
    if not joint or text.at(at) is END:
        return None
    last = days[-1]
    if (found := date_at(text, at, context)) is not None:
        day = found[0]
        if joint == "list" and last.month is None and "month" in text.at(at).roles:
            return None  # the 27 of "Live 27, June 28-30" is no day of June
        # Two whole dates in a row are two events, unless they are a range.
        if (joint == "list" and last.year is not None) or (joint == "range" and not _in_order(last, day)):
            return None
        return day._replace(joint=joint), found[1]
    bare = _month_and_day(text, at) if last.year_first and joint == "range" else None
    if bare is not None and last.year is not None:
        return bare[0]._replace(year=last.year, joint=joint), bare[1]
    bare = day_at(text, at)
    counted = last.year_first or bool(text.at(at).unit)  # 25日と26日: the year stands before the list
    if bare is None or (last.year is not None and not counted) or bare[0].day <= last.day:
        return None
    day, end = bare
    if counted:
        day = day._replace(month=last.month, year=last.year, year_first=True)
    elif last.month is not None:
        year, end = year_at(text, end, context)
        day = day._replace(month=last.month, year=year)
    return day._replace(joint=joint), end


def _month_and_day(text: Text, index: int) -> Found | None:
    """The 12-02 of 2027-11-28 – 12-02."""
    month, dash, day = (text.at(index + step) for step in range(3))
    if dash.text != "-" or month.kind != "number" or day.kind != "number" or len(month.text + day.text) != 4:
        return None
    return Day(month=month.number, day=day.number, year_first=True), index + 3


def _filled(days: list[Day]) -> tuple[Day, ...]:
    """The days with the months and years that stand only at the end of the list."""
    if len(days) == 1:
        return tuple(days)
    filled: list[Day] = []
    month, year, after = None, None, None
    for day in reversed(days):
        if day.year is None and year is not None:
            crosses = day.month is not None and after is not None and day.month > after
            day = day._replace(year=year - crosses)
        if day.month is None:
            day = day._replace(month=month)
        month, year, after = day.month, day.year, day.month
        filled.append(day)
    return tuple(reversed(filled))


def _joint(text: Text, index: int) -> tuple[str, int]:
    """ "range" or "list" where such a joint stands at `index`, and the index after it; "" where none does."""
    at = index + 1 if text.at(index).text == "." else index
    kind, begin = "", at
    while at - begin < 3:
        token = text.at(at)
        if (
            (token.kind == "mark" and token.text in ("-", "--", "->"))
            or "range" in token.roles
            or (token.text == "/" and text.at(at + 1).kind == "iso")
        ):
            kind = "range"
        elif token.text in (",", "&", "+", "/", ";") or "list" in token.roles:
            kind = kind or "list"
        else:
            break
        at += 1
    if not kind:
        return "", index
    while at - begin < 6 and is_fill(text.at(at)):
        at += 1
    return kind, at


def _times_after(
    text: Text, index: int, days: tuple[Day, ...], context: Context
) -> tuple[Span | None, int, tuple[Day, ...]]:
    """The times that follow a date, and its year where that stands behind them: "Wed Mar 3 16:00:00 2027"."""
    times, end = times_after(text, index, context)
    year = full_year(text, end) if times is not None and days[-1].year is None else None
    if year is None:
        return times, end, days
    return times, end + 1, tuple(day._replace(year=day.year or year) for day in days)


def times_after(text: Text, index: int, context: Context) -> tuple[Span | None, int]:
    """The times that stand at `index` or after a few words like "at", and the index after them; None and `index` where none do."""
    for gap in range(MAX_LEADS + 1):
        at = index + gap
        if text.at(at) is END or (gap and not _is_lead(text, at - 1, at)):
            break
        if (read := read_times(text, at, after_date=True, source=context.source)) is not None:
            return read
    return None, index


_BETWEEN_MARKS = frozenset((",", "|", "·", "•", ":", "-", "(", ";", "/", "@", ".", "["))


def _is_lead(text: Text, index: int, following: int = -1) -> bool:
    """Whether a token may stand between a date and its time; a short unknown word may where HH:MM follows ("u", "klo")."""
    token = text.at(index)
    if token.kind == "word" and len(token.text) < 4 and text.at(following).kind == "time":
        return True
    return token.text in _BETWEEN_MARKS or bool(token.roles.keys() & {"at", "fill"})


def with_time_before(text: Text, expression: Expression, free: int, context: Context) -> Expression:
    """The expression with the times that stand before its date ("7 pm, 3 March"), where none stand after it."""
    if expression.times is not None:
        return expression
    for begin in range(max(free, expression.begin - MAX_BEFORE), expression.begin):
        token = text.tokens[begin]
        if token.kind == "mark" or (token.kind == "word" and not token.roles):
            continue
        read = read_times(text, begin, source=context.source)
        if read is None or read[1] > expression.begin:
            continue
        between = range(read[1], expression.begin)
        if len(between) <= MAX_LEADS and all(
            _is_lead(text, at) or text.at(at).roles.keys() & {"lead", "weekday", "relative"} for at in between
        ):
            return expression._replace(begin=begin, times=read[0])
    return expression
