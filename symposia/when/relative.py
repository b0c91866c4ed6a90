"""Relative days: "tomorrow at 3 pm", "next Tuesday", "mardi prochain"."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from symposia.when.grammar import Expression, times_after, with_time_before
from symposia.when.parts import Context, Day
from symposia.when.resolve import resolve
from symposia.when.tokens import Text
from symposia.when.value import Span, When

ROLES = frozenset(("relative", "weekday", "next", "this", "ahead"))
"""The roles of words that tell relative days; a text without any tells none."""
_MAX_WHOLE = 16
"""Tokens of a text that may be a relative day and nothing more."""
_MAX_AHEAD = 100
"""Days or weeks ahead are fewer than this: a greater number counts something else."""


class _RelativeDay(NamedTuple):
    """A relative day, and the index of the token after it."""

    day: date
    end: int
    why: str
    certain: bool = False
    """Whether it is a day in running text too, without a time beside it."""


def find_relative_days(text: Text, context: Context, found: list[tuple[Span, When]]) -> list[tuple[Span, When]]:
    """The relative days outside what was `found`.

    "Register today!" is no date: a word like "today" counts only beside a time or as the whole text, a bare weekday only as
    the whole text.
    """
    relative: list[tuple[Span, When]] = []
    index = 0
    while index < len(text.tokens):
        token = text.tokens[index]
        # A word without a meaning tells a day only before a number: "through" 3 "days".
        may_begin = token.kind == "word" and (token.roles or text.at(index + 1).kind == "number")
        expression = (
            _relative_expression(text, index, context) if may_begin and not is_within(token.start, found) else None
        )
        if expression is None:
            index += 1
            continue
        begin, index, when = expression
        relative.append(((text.tokens[begin].start, text.tokens[index - 1].end), when))
    return relative


def is_within(place: int, found: Sequence[tuple[Span, When]]) -> bool:
    """Whether a place in the text lies in one of the expressions, which are in order and do not overlap."""
    index = bisect(found, place, key=lambda expression: expression[0][0]) - 1
    return index >= 0 and place < found[index][0][1]


def _relative_expression(text: Text, index: int, context: Context) -> tuple[int, int, When] | None:
    """The first token, the index after the last, and what they say."""
    told = _relative_day(text, index, context.today)
    if told is None:
        return None
    times, end = times_after(text, told.end, context)
    stated = Day(day=told.day.day, month=told.day.month, year=told.day.year)
    expression = Expression(begin=index, end=end, days=(stated,), times=times)
    expression = with_time_before(text, expression, 0, context)
    # "Monday 9:00 - 17:00" in running text are opening hours.
    enough = told.certain or (expression.times is not None and "weekday" not in text.at(index).roles)
    if not enough and not _is_whole_text(text, expression.begin, end, context):
        return None
    when = resolve(expression, "", context)
    return (expression.begin, end, replace(when, why=(told.why, *when.why))) if when else None


def _is_whole_text(text: Text, begin: int, end: int, context: Context) -> bool:
    """Whether nothing but marks and small words stands around, in a text that is all about when."""
    if not context.whole or len(text.tokens) > _MAX_WHOLE:
        return False
    around = (*text.tokens[:begin], *text.tokens[end:])
    return all(token.kind == "mark" or token.roles.keys() & {"lead", "fill", "at"} for token in around)


def _relative_day(text: Text, index: int, today: date) -> _RelativeDay | None:
    roles, before_number = text.at(index).roles, text.at(index + 1).kind == "number"
    if not roles and not before_number:
        return None
    if before_number and (ahead := _day_ahead(text, index, today)) is not None:
        return ahead
    if "relative" in roles:
        day = today + timedelta(days=roles["relative"])
        return _RelativeDay(day, index + 1, f"reckoned from {today}")
    return _relative_weekday(text, index, today)


def _day_ahead(text: Text, index: int, today: date) -> _RelativeDay | None:
    """The day that the words at `index` put some days or weeks ahead: "in 3 days"."""
    first = text.at(index).text
    for before, after, days in text.vocabulary.ahead:
        if not before or before[0] != first:
            continue
        at = index + len(before)
        end = at + 1 + len(after)
        words, number = [text.at(place).text for place in range(index, end)], text.at(at).number
        if 0 <= number < _MAX_AHEAD and words == [*before, text.at(at).text, *after]:
            return _RelativeDay(today + timedelta(days=number * days), end, f"reckoned from {today}")
    return None


def _relative_weekday(text: Text, index: int, today: date) -> _RelativeDay | None:
    """The weekday told at `index`, alone or with "this" or "next", which stands behind it in some languages."""
    roles = text.at(index).roles
    which = "next" if "next" in roles else "this" if "this" in roles else ""
    at = index + bool(which)
    weekday = text.at(at).roles.get("weekday")
    if weekday is None or text.at(index - 1).roles.keys() & {"every", "nth", "other"}:
        return None
    end = at + 1
    if not which and text.at(end).roles.keys() & {"next"}:
        which, end = "next", end + 1
    if which == "next":  # CLDR's relative weekdays count weeks (UTS #35, part 4)
        day = today + timedelta(days=7 + weekday - today.weekday())
        return _RelativeDay(day, end, f"next: of the week after that of {today}", certain=True)
    day = today + timedelta(days=(weekday - today.weekday()) % 7)
    return _RelativeDay(day, end, f"the first on or after {today}", certain=bool(which))
