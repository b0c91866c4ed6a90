"""What a piece of a page says of when: its first day, the hours of that day, and none of the dates that are something else's."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from typing import TypeAlias

from spiders.extraction.lexicon.word_lists import word_list
from spiders.extraction.listing.event_counts import Day
from spiders.extraction.page import Page
from symposia.lexicon.patterns import any_word
from symposia.moments import date_of
from symposia.when import Order, When, find_when, is_of_something_else

Dated: TypeAlias = tuple[tuple[int, int], When]
"""A place in a text, and the expression of time that stands there."""
Reader: TypeAlias = Callable[..., list[Dated]]
_LABEL = 40
"""Characters before a date in which it may be said what is on that day."""


def dates_in(text: str, page: Page, order: Order | None, rules: bool = False, year: int | None = None) -> list[Dated]:
    """The expressions in `text` that name a day; those that tell a rule only on request, as single days say more.

    `order` is that of the page's numeric dates; `year` is that of dates that state none, where the page says it.
    """
    as_of = page.fetched_at.replace(year=year, month=1, day=1, hour=12) if year else page.fetched_at
    found = find_when(text, as_of, page.spoken, page.timezone, order)
    return [one for one in found if one[1].start is not None and (rules or one[1].rrule is None)]


def days_in(text: str, read: Reader) -> list[Dated]:
    """The dates of a text that are an event's: none that follows "Posted on", "Registration closes" or the like."""
    kept: list[Dated] = []
    last, passed = 0, False
    for span, when in read(text):
        before, between = text[: span[0]], text[last : span[0]]
        chained = passed and bool(between.strip()) and not between.strip(" ,;|-–")
        passed = chained or _is_of_something_else(text, before, span, last)
        kept += [] if passed else [(span, when)]
        last = span[1]
    return kept


def _is_of_something_else(text: str, before: str, span: tuple[int, int], last: int) -> bool:
    marked = is_said(before, "not_the_event") or is_said(before, "until")
    return marked or is_of_something_else(text, span, last)


def is_month(read: Reader, text: str) -> bool:
    """Whether a text is a month, with its year or without, and no more: with a number before it, it is a day."""
    asked = f"1 {text}"
    found = read(asked)
    return len(found) == 1 and found[0][0][0] == 0 and not asked[found[0][0][1] :].strip(" .:,")


def day_in(read: Reader, text: str) -> Day | None:
    """The first day that a text speaks of, with its time and its last day, where it states them; None for none."""
    found = days_in(text, read)
    if not found or text[: found[0][0][0]].casefold().strip(" :-–") in word_list("listing", "end"):
        return None
    when = fullest(found)
    start, end = when.start, when.end
    last = date_of(end) if end else None
    if isinstance(start, datetime):
        return Day(start.date(), start.time(), last, when.year_stated)
    return Day(start, None, last, when.year_stated) if start else None


def fullest(found: Sequence[Dated]) -> When:
    """The first expression, or one of the same day that says its hours, or its year, where the first does not.

    A tag says "Jan 29", and the line below that it is of 2027: the year that is stated holds.
    """
    first = found[0][1]
    same = [when for _, when in found if _month_and_day(when) == _month_and_day(first)]
    if not first.year_stated and (stated := next((when for when in same if when.year_stated), None)) is not None:
        first = stated
    same = [when for when in same if _year(when) == _year(first)]
    return (
        first
        if isinstance(first.start, datetime)
        else next((one for one in same if isinstance(one.start, datetime)), first)
    )


def _year(when: When) -> int | None:
    return when.start.year if when.start else None


def _month_and_day(when: When) -> str:
    return str(when.start)[5:10]


def stated_end(text: str, found: Sequence[Dated], when: When) -> When | None:
    """The expression after `when` that its label makes its end ("End: 5 March, 17:00"); None for none."""
    start = str(when.start)
    return next(
        (
            one
            for span, one in found
            if one is not when
            and len(str(one.start)) == len(start)
            and str(one.start) > start
            and is_said(text[: span[0]], "end")
        ),
        None,
    )


def is_said(before: str, key: str) -> bool:
    """Whether the last words before a date are one of the marks of that list: "Posted on", "End date:"."""
    return _last_words(key).search(before[-_LABEL:].casefold()) is not None


@cache
def _last_words(key: str) -> re.Pattern[str]:
    words, after = any_word(word_list("listing", key)), any_word(word_list("listing", "on"))
    return re.compile(rf"(?<!\w){words}(?:\W{{1,3}}{after}){{0,2}}\W{{0,4}}$")
