"""Recurrence rules in words, with their times, start and end: "every Tuesday 8-9 pm ET through May 12"."""

from __future__ import annotations

from bisect import bisect, bisect_left
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from dateutil.rrule import rrulestr

from symposia.moments import date_of
from symposia.when.grammar import Expression, times_after
from symposia.when.parts import Context, Day
from symposia.when.relative import is_within
from symposia.when.resolve import resolve
from symposia.when.rule_words import Rule, rule_at
from symposia.when.time_ranges import TimeRange, read_times
from symposia.when.tokens import Text
from symposia.when.value import Precision, Span, When

_REACH = 12
"""Tokens after a rule in which its times and its end are looked for."""
_REACH_BEFORE = 9
"""Tokens before a rule in which its times are looked for."""
_MAX_SHORT = 11
"""Tokens of a text that is a rule and little else: "Tuesdays" alone is one then."""
_HORIZON = timedelta(days=800)
"""How long after its beginning a rule may first occur: every rule that words tell does within two years."""


def find_rules(text: Text, context: Context, found: list[tuple[Span, When]]) -> list[tuple[Span, When]]:
    """The rules that the text tells, each with its first occurrence from today on, or from the date that it starts at.

    Dates of `found` that stand in the rule's reach are its start ("starting March 3") or its end ("through May 12"). A rule
    that names neither a weekday nor a day of the month ("weekly") needs a date to start at.
    """
    rules: list[tuple[Span, When]] = []
    index = 0
    while index < len(text.tokens):
        rule = None if is_within(text.tokens[index].start, found) else rule_at(text, index)
        if rule is None:
            index += 1
            continue
        expression = _with_surroundings(text, index, rule[1], rule[0], context, found)
        if expression is None:
            index = rule[1]
            continue
        rules.append(expression)
        while index < len(text.tokens) and text.tokens[index].start < expression[0][1]:
            index += 1
    return rules


def _with_surroundings(
    text: Text, begin: int, end: int, rule: Rule, context: Context, found: list[tuple[Span, When]]
) -> tuple[Span, When] | None:
    """The rule with its times, its start and its end, and where all of these stand; None where no day can be told."""
    times, begin, end = _times_beside(text, begin, end, context)
    start, until, last = _bounds_after(text, end, found)
    if times is None and start is None and until is None and not _is_enough_alone(text, rule):
        return None
    when = _first_occurrence(rule, start, until, times, context)
    return ((text.at(begin).start, last), when) if when else None


def _bounds_after(text: Text, end: int, found: list[tuple[Span, When]]) -> tuple[date | None, date | None, int]:
    """The first and the last day of a rule that ends at token `end`, and where in the text they end; None for none."""
    start, until, last = None, None, text.at(end - 1).end
    reach = text.tokens[min(end + _REACH, len(text.tokens)) - 1].end
    nearby = found[bisect(found, last, key=_end_of) : bisect(found, reach, key=_start_of)]
    for span, when in nearby:
        if when.start is None or when.rrule:
            continue
        first, final = date_of(when.start), date_of(when.end or when.start)
        if until is None and final == first and _leads_to_end(text, end, span[0]):
            until = first
        elif start is None:
            start, until = first, final if final > first else until
        else:
            continue
        last = max(last, span[1])
    return start, until, last


def _start_of(expression: tuple[Span, When]) -> int:
    return expression[0][0]


def _end_of(expression: tuple[Span, When]) -> int:
    return expression[0][1]


def _is_enough_alone(text: Text, rule: Rule) -> bool:
    """Whether a rule without a time or a date says enough: "first Monday of each month" does, "every day" does not."""
    return bool(rule.weekdays) and (bool(rule.nth) or len(text.tokens) <= _MAX_SHORT)


def _leads_to_end(text: Text, begin: int, start: int) -> bool:
    """Whether the words just before a date make it an end: "through", "until", "bis"."""
    index = bisect_left(text.tokens, start, lo=begin, key=lambda token: token.start)
    before = (text.at(at) for at in range(max(begin, index - 2), index))
    return any("range" in token.roles or "-" in token.text for token in before)


def _times_beside(text: Text, begin: int, end: int, context: Context) -> tuple[TimeRange | None, int, int]:
    """The times after a rule, or before it, with where the rule and they begin and end."""
    times, after = times_after(text, end, context)
    if times is not None:
        return times, begin, after
    for at in range(max(0, begin - _REACH_BEFORE), begin):
        found = read_times(text, at, source=context.source)
        if found is not None and 0 <= begin - found[1] <= 2:
            return found[0], at, end
    return None, begin, end


def _first_occurrence(
    rule: Rule, start: date | None, until: date | None, times: TimeRange | None, context: Context
) -> When | None:
    """The first occurrence from the stated start or today on, with its rule; no start where the words leave it open."""
    if start is None and (rule.interval > 1 or not (rule.weekdays or rule.frequency == "DAILY")):
        # Which week "every other Thursday" begins in, and which day "weekly" means, only a start could say.
        limit = f"{until:%Y%m%d}" if until else ""
        return When(start=None, precision=Precision.UNKNOWN, text="", rrule=rule.rrule(limit))
    first = next(_occurrences(rule, start or context.today), None)
    if first is None or (until is not None and until < first):
        return None
    day = Day(day=first.day, month=first.month, year=first.year)
    when = resolve(Expression(begin=0, end=0, days=(day,), times=times), "", context)
    if when is None:
        return None
    limit = _until(until, when) if until else ""
    reason = f"the first {'from the stated start' if start else f'on or after {context.today}'}"
    return replace(when, rrule=rule.rrule(limit), why=(reason, *when.why))


def _occurrences(rule: Rule, begin: date) -> Iterator[date]:
    """The days of the rule from `begin` on, up to the horizon."""
    midnight = datetime.combine(begin, time())
    for moment in rrulestr(rule.rrule(), dtstart=midnight):
        if moment > midnight + _HORIZON:
            return
        yield moment.date()


def _until(day: date, when: When) -> str:
    """UNTIL (RFC 5545, 3.3.10): a date beside a date, else the end of the last day, in UTC unless floating."""
    if when.precision is Precision.DAY or not isinstance(when.start, datetime):
        return f"{day:%Y%m%d}"
    last = datetime.combine(day, time(23, 59, 59), when.start.tzinfo)
    return f"{last:%Y%m%dT%H%M%S}" if last.tzinfo is None else f"{last.astimezone(UTC):%Y%m%dT%H%M%SZ}"
