"""Date roles: which of a text's dates are an event's start or end, and which are of something else."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from typing import NamedTuple, TypeAlias

from spiders.extraction.lexicon.word_lists import word_list
from spiders.extraction.listing.event_counts import Day
from spiders.extraction.page import Page
from symposia.event import Moment
from symposia.moments import date_of
from symposia.text.patterns import any_word
from symposia.when import Order, When, find_when, is_not_event_date


class DateExpression(NamedTuple):
    """An expression of time in a text: where it stands, and what it says."""

    span: tuple[int, int]
    when: When


DateReader: TypeAlias = Callable[..., list[DateExpression]]
"""`find_dates` for one page: takes the text, and `rules` and `year` as keywords."""
_MAX_LABEL = 40
"""Characters before a date in which its label stands: "Registration closes on", "posted on"."""


def find_dates(
    text: str, page: Page, order: Order | None, rules: bool = False, year: int | None = None
) -> list[DateExpression]:
    """The expressions in `text` that name a day, in order.

    Args:
        text: Words of the page.
        page: For its language and time zone, and for the day it was fetched.
        order: The order of day and month in the page's numeric dates; None where it is not known.
        rules: Whether recurrence rules ("every Tuesday") count too: single days say more.
        year: The year of dates that state none; None for the next such day after the page was fetched.
    """
    as_of = page.fetched_at.replace(year=year, month=1, day=1, hour=12) if year else page.fetched_at
    expressions = find_when(text, as_of, page.effective_language, page.timezone, order)
    return [
        DateExpression(span, when)
        for span, when in expressions
        if when.start is not None and (rules or when.rrule is None)
    ]


def find_event_dates(text: str, read: DateReader) -> list[DateExpression]:
    """The dates of a text that are an event's: none that follows "Posted on", "Registration closes" or the like.

    A date that a dash or a comma joins to such a date is passed over too.
    """
    event_dates: list[DateExpression] = []
    last_end, was_skipped = 0, False
    for expression in read(text):
        start, end = expression.span
        between = text[last_end:start]
        is_chained = was_skipped and bool(between.strip()) and not between.strip(" ,;|-–")
        was_skipped = is_chained or _is_other_date(text, expression.span, last_end)
        event_dates += [] if was_skipped else [expression]
        last_end = end
    return event_dates


def _is_other_date(text: str, span: tuple[int, int], last_end: int) -> bool:
    before = text[: span[0]]
    is_labelled = ends_with_label(before, "not_the_event") or ends_with_label(before, "until")
    return is_labelled or is_not_event_date(text, span, last_end)


def is_month(read: DateReader, text: str) -> bool:
    """Whether a text is a month, with or without its year, and nothing else: put after a number, it makes a day."""
    as_day = f"1 {text}"
    expressions = read(as_day)
    if len(expressions) != 1:
        return False
    start, end = expressions[0].span
    return start == 0 and not as_day[end:].strip(" .:,")


def read_first_day(read: DateReader, text: str) -> Day | None:
    """The first event's day in a text, with its time and its last day where stated; None where there is none."""
    expressions = find_event_dates(text, read)
    if not expressions or _is_end_label(text[: expressions[0].span[0]]):
        return None
    when = most_complete(expressions)
    start, last = when.start, date_of(when.end) if when.end else None
    if isinstance(start, datetime):
        return Day(start.date(), start.time(), last, when.year_stated)
    return Day(start, None, last, when.year_stated) if start else None


def _is_end_label(before: str) -> bool:
    return before.casefold().strip(" :-–") in word_list("listing", "end")


def most_complete(expressions: Sequence[DateExpression]) -> When:
    """The first expression, or another of the same day that states the year or the time, where the first does not.

    A badge says "Jan 29", and the line below that it is in 2027: the year that is stated holds.
    """
    first = expressions[0].when
    same_day = [when for _, when in expressions if _month_and_day(when.start) == _month_and_day(first.start)]
    if not first.year_stated:
        first = next((when for when in same_day if when.year_stated), first)
    if isinstance(first.start, datetime):
        return first
    same_year = (when for when in same_day if _year(when.start) == _year(first.start))
    return next((when for when in same_year if isinstance(when.start, datetime)), first)


def _year(moment: Moment | None) -> int | None:
    return moment.year if moment else None


def _month_and_day(moment: Moment | None) -> tuple[int, int] | None:
    return (moment.month, moment.day) if moment else None


def labelled_end(text: str, expressions: Sequence[DateExpression], start: When) -> When | None:
    """The first later expression that its label makes the end ("End: 5 March, 17:00"); None where there is none.

    A day ends on a day, and a time at a time, in the same zone.
    """
    return next(
        (
            when
            for (position, _), when in expressions
            if when is not start
            and _is_comparable(when, start)
            and str(when.start) > str(start.start)
            and ends_with_label(text[:position], "end")
        ),
        None,
    )


def _is_comparable(when: When, start: When) -> bool:
    """Whether both are days, or both times with, or without, an offset: then ISO 8601 sorts them."""
    return len(str(when.start)) == len(str(start.start))


def ends_with_label(text: str, name: str) -> bool:
    """Whether a text ends with a label of that word list under `[listing]`: "Posted on", "End date:"."""
    return _final_label(name).search(text[-_MAX_LABEL:].casefold()) is not None


@cache
def _final_label(name: str) -> re.Pattern[str]:
    label, preposition = any_word(word_list("listing", name)), any_word(word_list("listing", "on"))
    return re.compile(rf"(?<!\w){label}(?:\W{{1,3}}{preposition}){{0,2}}\W{{0,4}}$")
