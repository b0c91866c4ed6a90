"""Rules told in words: "every Tuesday 8-9 pm ET", "first Monday of each month", "weekly through May 12".

rule  := every [other|nth] (weekday list | unit) | nth weekday [of] every month | plural weekday | ALWAYS [weekday]
around: times before or after, "starting" a date, "until" a date
"""

from __future__ import annotations

from bisect import bisect, bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from dateutil.rrule import rrulestr

from symposia.when.clock import Span, read_times
from symposia.when.grammar import Expression, times_after
from symposia.when.parts import Context, Day
from symposia.when.relative import within
from symposia.when.resolve import resolve
from symposia.when.tokens import Text
from symposia.when.value import Precision, When

Place = tuple[int, int]
_NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_UNITS = {1: "DAILY", 2: "WEEKLY", 3: "MONTHLY", 4: "YEARLY"}
ROLES = frozenset(("every", "fortnight", "plural", "always", "nth", "unit"))
"""The roles of words that a rule may begin with; a text without any tells none."""
_REACH = 12
"""Tokens after a rule in which its times and its end are looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    """The parts of an RRULE; `nth` is 1 to 5, or -1 for the last."""

    frequency: str
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    nth: tuple[int, ...] = ()

    def text(self, until: str = "") -> str:
        """The value of an RRULE (RFC 5545, 3.3.10)."""
        days = ",".join(f"{nth or ''}{_NAMES[day]}" for nth in (self.nth or (0,)) for day in self.weekdays)
        parts = [f"FREQ={self.frequency}"]
        parts += [f"INTERVAL={self.interval}"] if self.interval > 1 else []
        parts += [f"BYDAY={days}"] if days else []
        return ";".join(parts + ([f"UNTIL={until}"] if until else []))


def rules(text: Text, context: Context, found: list[tuple[Place, When]]) -> list[tuple[Place, When]]:
    """The rules that the text tells, each with its first occurrence from today on, or from the date that it starts at.

    Dates of `found` that stand in the rule's reach are its start ("starting March 3") or its end ("through May 12"). A rule
    that names neither a weekday nor a day of the month ("weekly") needs a date to start at.
    """
    read: list[tuple[Place, When]] = []
    index = 0
    while index < len(text.tokens):
        rule = None if within(text.tokens[index].start, found) else _rule(text, index)
        if rule is None:
            index += 1
            continue
        one = _when(text, index, rule[1], rule[0], context, found)
        if one is None:
            index = rule[1]
            continue
        read.append(one)
        while index < len(text.tokens) and text.tokens[index].start < one[0][1]:
            index += 1
    return read


def _rule(text: Text, index: int) -> tuple[_Rule, int] | None:
    roles = text.at(index).roles
    if "every" in roles:
        return _every(text, index + 1)
    if "fortnight" in roles:
        days, end = _weekdays(text, _skip(text, index + 1))
        return _Rule(frequency="WEEKLY", interval=2, weekdays=days), end
    if "plural" in roles:
        days, end = _weekdays(text, index, "plural")
        return _Rule(frequency="WEEKLY", weekdays=days), end
    if "always" in roles and "unit" in roles:
        return _always(text, index)
    return _nth_of_month(text, index)


def _every(text: Text, index: int) -> tuple[_Rule, int] | None:
    """What follows "every": "other Tuesday", "2 weeks", "first Monday of the month", "day"."""
    if (monthly := _nth_of_month(text, index)) is not None:
        return monthly
    interval, at = 1, index
    number = text.at(at)
    if "other" in number.roles and "weekday" not in number.roles and "nth" not in text.at(at + 1).roles:
        interval, at = 2, at + 1
    elif number.kind == "number" and 1 < number.number < 13 and "unit" in text.at(at + 1).roles:
        interval, at = number.number, at + 1
    nth, after = _nths(text, at)
    if nth and interval == 1:
        days, end = _weekdays(text, after)
        return (_Rule(frequency="MONTHLY", weekdays=days, nth=nth), _of_month(text, end)[1]) if days else None
    days, end = _weekdays(text, at)
    if days:
        return _Rule(frequency="WEEKLY", interval=interval, weekdays=days), end
    if "weekdays" in text.at(at).roles:
        return _Rule(frequency="WEEKLY", weekdays=(0, 1, 2, 3, 4)), at + 1
    unit = text.at(at).roles.get("unit")
    return (_Rule(frequency=_UNITS[unit], interval=interval), at + 1) if unit else None


def _always(text: Text, index: int) -> tuple[_Rule, int]:
    """ "weekly on Tuesdays", "monthly on the 2nd Thursday", "daily"."""
    frequency = _UNITS[text.at(index).roles["unit"]]
    at = _skip(text, index + 1)
    nth, after = _nths(text, at)
    days, end = _weekdays(text, after if nth else at)
    if days and (frequency == "WEEKLY" or nth):
        return _Rule(frequency=frequency, weekdays=days, nth=nth), end
    return _Rule(frequency=frequency), index + 1


def _nth_of_month(text: Text, index: int) -> tuple[_Rule, int] | None:
    """ "first and third Monday of each month", "le premier lundi de chaque mois"."""
    nth, at = _nths(text, index)
    days, end = _weekdays(text, at) if nth else ((), at)
    if not days:
        return None
    said, end = _of_month(text, end)
    return (_Rule(frequency="MONTHLY", weekdays=days, nth=nth), end) if said else None


def _nths(text: Text, index: int) -> tuple[tuple[int, ...], int]:
    """The ordinals at `index` (first; 1st and 3rd) and the index after them."""
    found: list[int] = []
    at = index
    while len(found) < 5:
        token = text.at(at)
        if "nth" in token.roles:
            found.append(token.roles["nth"])
            at += 1
        elif token.kind == "number" and 1 <= token.number <= 5 and not token.unit and _ordinal_end(text, at + 1):
            found.append(token.number)
            at = _ordinal_end(text, at + 1)
        else:
            break
        if not (text.at(at).text in (",", "&", "/") or "list" in text.at(at).roles):
            break
        at += 1
    return tuple(found), at


def _ordinal_end(text: Text, index: int) -> int:
    """The index after what makes the number before `index` an ordinal; 0 where nothing does."""
    token = text.at(index)
    if token.start == text.at(index - 1).end and ("ordinal" in token.roles or token.text in ".ºª"):
        return index + 1
    return 0


def _of_month(text: Text, index: int) -> tuple[bool, int]:
    """Whether "of each month" or "of the month" follows, and the index after it."""
    at = index
    while at - index < 4 and text.at(at).roles.keys() & {"fill", "every", "at"}:
        at += 1
    if text.at(at).roles.get("unit") == 3 and at > index:
        return True, at + 1
    return (True, at + 1) if "always" in text.at(at).roles and text.at(at).roles.get("unit") == 3 else (False, index)


def _weekdays(text: Text, index: int, role: str = "") -> tuple[tuple[int, ...], int]:
    """The weekdays listed at `index`, and the index after them; none where none is."""
    days: list[int] = []
    at = index
    while len(days) < 7:
        roles = text.at(at).roles
        day = roles.get("plural", roles.get("weekday") if role != "plural" else None)
        if day is None:
            break
        days.append(day)
        end = at + 1
        at = end
        while at - end < 2 and (text.at(at).text in (",", "&", "/") or "list" in text.at(at).roles):
            at += 1
        if at == end:
            break
    return tuple(sorted(set(days))), end if days else index


def _skip(text: Text, index: int) -> int:
    at = index
    while at - index < 3 and (text.at(at).roles.keys() & {"fill", "lead", "at"} or text.at(at).text == ","):
        at += 1
    return at


def _when(
    text: Text, begin: int, end: int, rule: _Rule, context: Context, found: list[tuple[Place, When]]
) -> tuple[Place, When] | None:
    """The rule with its times, its start and its end, and where all of these stand; None where no day can be told."""
    times, begin, end = _times(text, begin, end, context)
    start, until, last = None, None, text.at(end - 1).end
    reach = text.tokens[min(end + _REACH, len(text.tokens)) - 1].end
    nearby = found[bisect(found, last, key=_end_of) : bisect(found, reach, key=_start_of)]
    for span, when in nearby:
        if when.start is None or when.rrule:
            continue
        first, final = _day_of(when), _day_of(when, last=True)
        if until is None and final == first and _leads_to_end(text, end, span[0]):
            until = first
        elif start is None:
            start, until = first, final if final > first else until
        else:
            continue
        last = max(last, span[1])
    if times is None and start is None and until is None and not _alone(text, rule):
        return None
    first_one = _first(rule, start, until, times, context)
    return ((text.at(begin).start, last), first_one) if first_one else None


def _start_of(one: tuple[Place, When]) -> int:
    return one[0][0]


def _end_of(one: tuple[Place, When]) -> int:
    return one[0][1]


def _alone(text: Text, rule: _Rule) -> bool:
    """Whether a rule without a time or a date says enough: "first Monday of each month" does, "every day" does not."""
    return bool(rule.weekdays) and (bool(rule.nth) or len(text.tokens) < 12)


def _leads_to_end(text: Text, begin: int, start: int) -> bool:
    """Whether the words just before a date make it an end: "through", "until", "bis"."""
    index = bisect_left(text.tokens, start, lo=begin, key=lambda token: token.start)
    before = (text.at(at) for at in range(max(begin, index - 2), index))
    return any("range" in token.roles or "-" in token.text for token in before)


def _day_of(when: When, *, last: bool = False) -> date:
    moment = (when.end if last else None) or when.start
    assert moment is not None
    return moment.date() if isinstance(moment, datetime) else moment


def _times(text: Text, begin: int, end: int, context: Context) -> tuple[Span | None, int, int]:
    """The times after a rule, or before it, with where the rule and they begin and end."""
    times, after = times_after(text, end, context)
    if times is not None:
        return times, begin, after
    for at in range(max(0, begin - 9), begin):
        read = read_times(text, at, source=context.source)
        if read is not None and read[1] <= begin and begin - read[1] <= 2:
            return read[0], at, end
    return None, begin, end


def _first(rule: _Rule, start: date | None, until: date | None, times: Span | None, context: Context) -> When | None:
    """The first occurrence, from the stated start or today on, with the whole rule; no start where the words leave it open."""
    if start is None and (rule.interval > 1 or not (rule.weekdays or rule.frequency == "DAILY")):
        # Which week "every other Thursday" begins in, and which day "weekly" means, only a start could say.
        limit = f"{until:%Y%m%d}" if until else ""
        return When(start=None, precision=Precision.UNKNOWN, text="", rrule=rule.text(limit))
    begin = start or context.today
    occurrence = next(_occurrences(rule, begin), None)
    if occurrence is None or (until is not None and until < occurrence):
        return None
    day = Day(day=occurrence.day, month=occurrence.month, year=occurrence.year)
    when = resolve(Expression(begin=0, end=0, days=(day,), times=times), "", context)
    if when is None:
        return None
    limit = _until(until, when) if until else ""
    reason = f"the first {'from the stated start' if start else f'on or after {context.today}'}"
    return replace(when, rrule=rule.text(limit), why=(reason, *when.why))


def _occurrences(rule: _Rule, begin: date) -> Iterator[date]:
    """The days of the rule from `begin` on, for two years."""
    midnight = datetime.combine(begin, time())
    for moment in rrulestr(rule.text(), dtstart=midnight):
        if moment > midnight + timedelta(days=800):
            return
        yield moment.date()


def _until(day: date, when: When) -> str:
    """UNTIL as RFC 5545 wants it: a date beside a date, else UTC at the end of the last day; local beside wall times."""
    if when.precision is Precision.DAY or not isinstance(when.start, datetime):
        return f"{day:%Y%m%d}"
    last = datetime.combine(day, time(23, 59, 59), when.start.tzinfo)
    return f"{last:%Y%m%dT%H%M%S}" if last.tzinfo is None else f"{last.astimezone(UTC):%Y%m%dT%H%M%SZ}"
