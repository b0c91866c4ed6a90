"""Date expressions over tokens: days with their times, before them or after.

expression := [times] days [times] [joint date [times]]
"""

from __future__ import annotations

from typing import NamedTuple

from symposia.when.day_lists import days_at, range_end_at
from symposia.when.parts import Context, Day, full_year_at, is_fill
from symposia.when.time_ranges import TimeRange, read_times
from symposia.when.tokens import END, Text, Token
from symposia.when.vocabulary import eras

_MAX_BETWEEN = 3
"""Words that may stand between a date and its time."""
_MAX_BEFORE = 20
"""Tokens before a date in which its time is looked for: a range of times with its zone."""
_FIRST_ROLES = frozenset(("month", "weekday", "month_lead", "weekday_lead"))
"""The roles of words that a date begins with."""
_WHOLE_DATES = frozenset(("iso", "numeric", "pair", "dotted"))
"""The kinds of tokens that are day and month at once."""
_MARKS_BEFORE_TIME = frozenset((",", "|", "·", "•", ":", "-", "(", ";", "/", "@", ".", "["))
"""Marks that may stand between a date and its time."""


class Expression(NamedTuple):
    """What stands in tokens [`begin`, `end`): days in order, and the times of the first and the last."""

    begin: int
    end: int
    days: tuple[Day, ...]
    times: TimeRange | None = None
    last_times: TimeRange | None = None


def expressions(text: Text, context: Context) -> list[Expression]:
    """All date expressions among the tokens, in order; none overlap.

    Takes linear time: each token is tried a bounded number of times.
    """
    found: list[Expression] = []
    if not any(map(_has_month, text.tokens)):
        return found
    free = 0
    for index in [index for index, token in enumerate(text.tokens) if _may_begin_date(token)]:
        if index < free:
            continue
        expression = _expression_at(text, index, context)
        if expression is None or (is_numbered(text, index) and not _has_full_year(text, expression)):
            continue
        expression = with_time_before(text, expression, free, context)
        found.append(expression)
        free = expression.end
    return found


def is_numbered(text: Text, index: int) -> bool:
    """Whether the number at token `index` counts something else: "Room 5", "ISO 8601-1", "No. 3"."""
    before = text.at(index - 1)
    before = text.at(index - 2) if before.text in (".", ":", "/", "-") and before.kind == "mark" else before
    return "numbered" in before.roles and not (before.roles.keys() & {"month", "weekday", "fill", "at", "range"})


def times_after(text: Text, index: int, context: Context) -> tuple[TimeRange | None, int]:
    """The times at token `index`, or after a few words like "at", and the index after; None and `index` for none."""
    for step in range(_MAX_BETWEEN + 1):
        at = index + step
        if text.at(at) is END or (step and not _may_stand_between(text, at - 1, at)):
            break
        if (found := read_times(text, at, after_date=True, source=context.source)) is not None:
            return found
    return None, index


def with_time_before(text: Text, expression: Expression, free: int, context: Context) -> Expression:
    """The expression with the times that stand before its date ("7 pm, 3 March"), where none stand after it.

    Tokens before `free` belong to another expression.
    """
    if expression.times is not None:
        return expression
    for begin in range(max(free, expression.begin - _MAX_BEFORE), expression.begin):
        token = text.tokens[begin]
        if token.kind == "mark" or (token.kind == "word" and not token.roles):
            continue
        found = read_times(text, begin, source=context.source)
        if found is not None and _leads_to_date(text, found[1], expression.begin):
            return expression._replace(begin=begin, times=found[0])
    return expression


def _leads_to_date(text: Text, index: int, begin: int) -> bool:
    """Whether nothing but a few small words stands between times that end at `index` and a date at `begin`."""
    return 0 <= begin - index <= _MAX_BETWEEN and all(
        _may_stand_between(text, at) or text.at(at).roles.keys() & {"lead", "weekday", "relative"}
        for at in range(index, begin)
    )


def _may_stand_between(text: Text, index: int, following: int = -1) -> bool:
    """Whether a token may stand between a date and its time; before HH:MM, a short unknown word may ("u", "klo")."""
    token = text.at(index)
    if token.kind == "word" and len(token.text) < 4 and text.at(following).kind == "time":
        return True
    return token.text in _MARKS_BEFORE_TIME or bool(token.roles.keys() & {"at", "fill"})


def _has_month(token: Token) -> bool:
    """Whether a token has a month: no date is without one, and most texts have none."""
    if token.unit == "month":
        return True
    return "month" in token.roles or "month_lead" in token.roles if token.roles else token.kind in _WHOLE_DATES


def _may_begin_date(token: Token) -> bool:
    """Whether a token may be the first of a date: a number, or a word that leads up to one."""
    if token.kind == "word":
        return bool(token.roles and not _FIRST_ROLES.isdisjoint(token.roles)) or token.text in eras()
    return token.kind not in ("mark", "other", "time")


def _has_full_year(text: Text, expression: Expression) -> bool:
    """Whether it holds a year of four digits: "Room 5 March 2027" is a date all the same, "Version 10.11.12" none."""
    return expression.days[-1].year is not None and any(
        (len(token.text) >= 4 and token.text[-4:].isdigit()) or token.text[:4].isdigit()
        for token in text.tokens[expression.begin : expression.end]
    )


def _expression_at(text: Text, begin: int, context: Context) -> Expression | None:
    days, index = days_at(text, begin, context)
    if not days:
        return None
    if len(days) == 2 and days[1].joint == "list" and _follows_between(text, begin):
        days = (days[0], days[1]._replace(joint="range"))
    if days[-1].year is None and (year := _year_before(text, begin)) is not None:
        days = (days[0]._replace(year=year), *days[1:])
    times, index, days = _times_and_year_after(text, index, days, context)
    last_times = None
    if times is not None and days[-1].joint == "" and (last := range_end_at(text, index, days[0], context)) is not None:
        days, index = (*days, last[0]), last[1]
        last_times, index, days = _times_and_year_after(text, index, days, context)
    return Expression(begin=begin, end=index, days=days, times=times, last_times=last_times)


def _year_before(text: Text, begin: int) -> int | None:
    """The year that stands with its word before days: "2027. gada 5.–17. decembris"."""
    year = text.at(begin - 2) if is_fill(text.at(begin - 1)) else END
    return full_year_at(text, begin - 2 - (year.text == ".")) if year is not END else None


def _follows_between(text: Text, begin: int) -> bool:
    """Whether "between" stands before a date, so that "and" makes a range."""
    before = text.at(begin - 2) if is_fill(text.at(begin - 1)) else text.at(begin - 1)
    return "between" in before.roles


def _times_and_year_after(
    text: Text, index: int, days: tuple[Day, ...], context: Context
) -> tuple[TimeRange | None, int, tuple[Day, ...]]:
    """The times that follow a date, and its year where that stands behind them: "Wed Mar 3 16:00:00 2027"."""
    times, end = times_after(text, index, context)
    year = full_year_at(text, end) if times is not None and days[-1].year is None else None
    if year is None:
        return times, end, days
    return times, end + 1, tuple(day._replace(year=day.year or year) for day in days)
