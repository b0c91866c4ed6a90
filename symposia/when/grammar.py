"""Dates, times and ranges over tokens.

expression := [time-span] day-span [time-span] | point RANGE point
day-span   := date RANGE date | date
date       := [weekday] (day-list month | month day-list) [year] | year month day | ISO | numeric
day-list   := day ((RANGE | LIST) day)*
time-span  := time [RANGE time] [zone]
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias

from symposia.when.clock import Clock, Span, read_times
from symposia.when.tokens import Token, iso_moment, numeric_date
from symposia.when.vocabulary import FILLERS, LIST_WORDS, NOT_DATES, RANGE_WORDS, TIME_LEADS

MAX_GAP = 3
"""Tokens that may stand between a date and its time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day as far as it is stated; `last` is the last day of a list or range within the month; `at` an ISO token's instant."""

    year: int | None
    month: int
    day: int
    last: int | None = None
    weekday: int | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Expression:
    """What stands in tokens [`begin`, `end`): one or two days, and the times of the first and the last."""

    begin: int
    end: int
    first: Day
    last: Day | None
    times: Span | None = None
    last_times: Span | None = None


Found: TypeAlias = tuple[Day, int]


def expressions(tokens: Sequence[Token], month_first: bool) -> list[Expression]:
    """All date expressions among the tokens, in order, none within another. Linear: each token is tried a bounded number of times."""
    found: list[Expression] = []
    index, free = 0, 0
    while index < len(tokens):
        expression = _expression(tokens, index, month_first)
        if expression is None:
            index += 1
            continue
        expression = _with_time_before(tokens, expression, free)
        found.append(expression)
        index = free = expression.end
    return found


def _expression(tokens: Sequence[Token], begin: int, month_first: bool) -> Expression | None:
    start = _date(tokens, begin, month_first)
    if start is None:
        return None
    first, index = start
    times, index = _times_after(tokens, index)
    last, last_times = None, None
    if (second := _range_end(tokens, index, month_first, first)) is not None:
        last, index = second
        last_times, index = _times_after(tokens, index)
    return Expression(begin=begin, end=index, first=first, last=last, times=times, last_times=last_times)


def _range_end(tokens: Sequence[Token], index: int, month_first: bool, first: Day) -> Found | None:
    if index >= len(tokens) or first.last is not None or not _is_one_of(tokens[index], RANGE_WORDS):
        return None
    found = _date(tokens, index + 1, month_first)
    if found is None:
        return None
    ordered = (
        found[0].year is None
        or first.year is None
        or (first.year, first.month, first.day) <= (found[0].year, found[0].month, found[0].day)
    )
    return found if ordered else None


def _times_after(tokens: Sequence[Token], index: int) -> tuple[Span | None, int]:
    """The times that follow a date at once or after a few words like "at"; None and the same index where none do."""
    for gap in range(MAX_GAP + 1):
        at = index + gap
        if gap and not _is_one_of(tokens[at - 1], TIME_LEADS):
            break
        if at >= len(tokens):
            break
        if (read := read_times(tokens, at, after_date=True)) is not None:
            return read
    return None, index


def _with_time_before(tokens: Sequence[Token], expression: Expression, free: int) -> Expression:
    """The expression with the times that stand before its date ("7 pm, 3 March"), where none stand after it."""
    if expression.times is not None:
        return expression
    for begin in range(max(free, expression.begin - 9), expression.begin):
        read = read_times(tokens, begin, after_date=False)
        if read is None:
            continue
        between = tokens[read[1] : expression.begin]
        if len(between) <= MAX_GAP and all(
            _is_one_of(token, TIME_LEADS | FILLERS) or token.kind == "weekday" for token in between
        ):
            return replace(expression, begin=begin, times=read[0])
    return expression


def _date(tokens: Sequence[Token], index: int, month_first: bool) -> Found | None:
    index, weekday = _weekday(tokens, index)
    if index >= len(tokens):
        return None
    token = tokens[index]
    found: Found | None = None
    if token.kind == "iso":
        found = _iso(token, index)
    elif token.kind == "numeric":
        found = _numeric(token, index, month_first)
    elif token.kind == "number":
        found = _day_month(tokens, index) or _year_month_day(tokens, index)
    elif token.kind == "month":
        found = _month_day(tokens, index)
    if found is None:
        return None
    day, end = found
    end = _weekday_after(tokens, end)
    return replace(day, weekday=weekday), end


def _iso(token: Token, index: int) -> Found | None:
    moment = iso_moment(token.text)
    if moment is None:
        return None
    at = moment if isinstance(moment, datetime) else None
    return Day(year=moment.year, month=moment.month, day=moment.day, at=at), index + 1


def _numeric(token: Token, index: int, month_first: bool) -> Found | None:
    read = None if token.text in NOT_DATES else numeric_date(token.text, month_first)
    return (Day(year=read[0], month=read[1], day=read[2]), index + 1) if read else None


def _day_month(tokens: Sequence[Token], index: int) -> Found | None:
    """3 March 2027; 3.-5. März 2027; 3, 4 y 5 de marzo de 2027."""
    first, last, after = _day_list(tokens, index)
    if not first:
        return None
    after = _skip(tokens, after)
    if after >= len(tokens) or tokens[after].kind != "month":
        return None
    year, end = _year(tokens, after + 1)
    return Day(year=year, month=tokens[after].number, day=first, last=last), end


def _month_day(tokens: Sequence[Token], index: int) -> Found | None:
    """March 3, 2027; March 3-5, 2027. Not May 2027, which names no day."""
    at = _skip(tokens, index + 1)
    first, last, after = _day_list(tokens, at)
    if not first:
        return None
    year, end = _year(tokens, after)
    return Day(year=year, month=tokens[index].number, day=first, last=last), end


def _year_month_day(tokens: Sequence[Token], index: int) -> Found | None:
    """2027. március 3-5."""
    at = _skip(tokens, index + 1)
    if not 1900 <= tokens[index].number <= 2199 or at >= len(tokens) or tokens[at].kind != "month":
        return None
    found = _month_day(tokens, at)
    return (replace(found[0], year=tokens[index].number), found[1]) if found else None


def _day_list(tokens: Sequence[Token], index: int) -> tuple[int, int | None, int]:
    """The first and last day of a list, and the index after it; 0 where no list begins here. At most 12 days are read."""
    if not _is_day(tokens, index):
        return 0, None, index
    first, last, end = tokens[index].number, None, index + 1
    for _ in range(12):
        at = _skip_weekday(tokens, _after_joint(tokens, end))
        if at == end or not _is_day(tokens, at) or tokens[at].number <= (last or first) or _is_clock(tokens, at + 1):
            break
        last, end = tokens[at].number, at + 1
    return first, last, end


def _after_joint(tokens: Sequence[Token], index: int) -> int:
    """The index after a joint of days: "-", "to", ",", "and", also after the dot of an ordinal and in pairs (", and")."""
    index = index + 1 if index < len(tokens) and tokens[index].text == "." else index
    after = index
    while after < len(tokens) and after - index < 2 and _is_one_of(tokens[after], RANGE_WORDS | LIST_WORDS):
        after += 1
    return after if after == index else _skip(tokens, after)


def _year(tokens: Sequence[Token], index: int) -> tuple[int | None, int]:
    at = _skip(tokens, index)
    if (
        at < len(tokens)
        and tokens[at].kind == "number"
        and 1900 <= tokens[at].number <= 2199
        and tokens[at].text.isdigit()
    ):
        return tokens[at].number, at + 1
    return None, index


def _weekday(tokens: Sequence[Token], index: int) -> tuple[int, int | None]:
    if index < len(tokens) and tokens[index].kind == "weekday":
        return _skip(tokens, index + 1), tokens[index].number
    return index, None


def _weekday_after(tokens: Sequence[Token], index: int) -> int:
    """The index after "(Tuesday)" or ", Tuesday" that closes a date; the same where nothing of the kind follows."""
    at = index
    while at < len(tokens) and at - index < 2 and tokens[at].text in {",", "("}:
        at += 1
    if at >= len(tokens) or tokens[at].kind != "weekday":
        return index
    return at + 2 if at + 1 < len(tokens) and tokens[at + 1].text == ")" else at + 1


def _skip_weekday(tokens: Sequence[Token], index: int) -> int:
    return _weekday(tokens, index)[0]


def _skip(tokens: Sequence[Token], index: int) -> int:
    end = index
    while end < len(tokens) and end - index < 2 and _is_one_of(tokens[end], FILLERS):
        end += 1
    return end


def _is_day(tokens: Sequence[Token], index: int) -> bool:
    return index < len(tokens) and tokens[index].kind == "number" and 1 <= tokens[index].number <= 31


def _is_clock(tokens: Sequence[Token], index: int) -> bool:
    """Whether a number before `index` is an hour: "5 pm", "18 Uhr"."""
    return index < len(tokens) and Clock.is_mark(tokens[index].text)


def _is_one_of(token: Token, words: set[str]) -> bool:
    return token.text.casefold().rstrip(".") in words or token.text in words
