"""Days told from today: "tomorrow at 3 pm", "next Tuesday", "mardi prochain"."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from symposia.when.grammar import Expression, times_after, with_time_before
from symposia.when.parts import Context, Day
from symposia.when.resolve import resolve
from symposia.when.tokens import Text
from symposia.when.value import When

Place = tuple[int, int]
_MAX_WHOLE = 16
"""Tokens of a text that may be a day told from today and nothing more."""
ROLES = frozenset(("relative", "weekday", "next", "this", "ahead"))
"""The roles of words that tell a day from today; a text without any tells none."""


def relatives(text: Text, context: Context, found: list[tuple[Place, When]]) -> list[tuple[Place, When]]:
    """The days told from today, outside what was `found`.

    "Register today!" is no date: a word like "today" counts only beside a time or as the whole text, a bare weekday only as
    the whole text.
    """
    read: list[tuple[Place, When]] = []
    index = 0
    while index < len(text.tokens):
        token = text.tokens[index]
        # A word without a meaning tells a day only before a number: "through" 3 "days".
        meant = token.kind == "word" and (token.roles or text.at(index + 1).kind == "number")
        told = meant and not within(token.start, found)
        one = _relative(text, index, context) if told else None
        if one is None:
            index += 1
            continue
        (begin, end), when = one
        read.append(((text.tokens[begin].start, text.tokens[end - 1].end), when))
        index = end
    return read


def within(place: int, found: Sequence[tuple[Place, When]]) -> bool:
    """Whether a place in the text lies in one of the expressions, which are in order and apart."""
    index = bisect(found, place, key=lambda one: one[0][0]) - 1
    return index >= 0 and place < found[index][0][1]


def _relative(text: Text, index: int, context: Context) -> tuple[Place, When] | None:
    day, end, sure, why = _day(text, index, context.today)
    if day is None:
        return None
    times, closing = times_after(text, end, context)
    stated = Day(day=day.day, month=day.month, year=day.year)
    expression = Expression(begin=index, end=closing, days=(stated,), times=times)
    expression = with_time_before(text, expression, 0, context)
    # "Monday 9:00 - 17:00" in running text are opening hours.
    enough = sure or (expression.times is not None and "weekday" not in text.at(index).roles)
    if not enough and not _whole(text, expression.begin, closing, context):
        return None
    when = resolve(expression, "", context)
    return ((expression.begin, closing), replace(when, why=(why, *when.why))) if when else None


def _whole(text: Text, begin: int, end: int, context: Context) -> bool:
    """Whether nothing but marks and small words stands around, in a text that is all about when."""
    if not context.whole or len(text.tokens) > _MAX_WHOLE:
        return False
    around = (*text.tokens[:begin], *text.tokens[end:])
    return all(token.kind == "mark" or token.roles.keys() & {"lead", "fill", "at"} for token in around)


def _day(text: Text, index: int, today: date) -> tuple[date | None, int, bool, str]:
    """The day told at `index`, the index after it, whether it is one in running text too, and what it was reckoned from."""
    token = text.at(index)
    if not token.roles and text.at(index + 1).kind != "number":
        return None, index, False, ""
    if text.at(index + 1).kind == "number" and (told := _ahead(text, index, today))[0] is not None:
        return *told, False, f"reckoned from {today}"
    if "relative" in token.roles:
        day = today + timedelta(days=token.roles["relative"])
        return day, index + 1, False, f"reckoned from {today}"
    which = "next" if "next" in token.roles else "this" if "this" in token.roles else ""
    at = index + bool(which)
    weekday = text.at(at).roles.get("weekday")
    if weekday is None or text.at(index - 1).roles.keys() & {"every", "nth", "other"}:
        return None, index, False, ""
    end = at + 1
    if not which and text.at(end).roles.keys() & {"next"}:
        which, end = "next", end + 1
    return _weekday(today, weekday, which), end, bool(which), _reason(which, today)


def _ahead(text: Text, index: int, today: date) -> tuple[date | None, int]:
    """The day so many days or weeks ahead that is told at `index`, "in 3 days", and the index after it."""
    first = text.at(index).text
    for before, after, days in text.vocabulary.ahead:
        if not before or before[0] != first:
            continue
        at = index + len(before)
        words = [text.at(place).text for place in range(index, at + 1 + len(after))]
        number = text.at(at).number
        if 0 <= number < 100 and words == [*before, text.at(at).text, *after]:
            return today + timedelta(days=number * days), at + 1 + len(after)
    return None, index


def _weekday(today: date, weekday: int, which: str) -> date:
    """The next such day; with "next", that of the week after this one (CLDR's relative weekdays count weeks)."""
    if which == "next":
        return today - timedelta(days=today.weekday()) + timedelta(days=7 + weekday)
    ahead = (weekday - today.weekday()) % 7
    return today + timedelta(days=ahead)


def _reason(which: str, today: date) -> str:
    return f"next: of the week after that of {today}" if which == "next" else f"the first on or after {today}"
