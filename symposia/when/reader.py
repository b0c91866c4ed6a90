"""Date expressions in a text, as days and times."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from symposia.when import recurring, relative, rule_words, vague
from symposia.when.grammar import Expression, expressions
from symposia.when.numeric import Order, choose_order, numeric_order
from symposia.when.parts import Context
from symposia.when.pieces import cut, to_plain
from symposia.when.relative import is_within
from symposia.when.resolve import resolve
from symposia.when.time_ranges import assume_daytime, read_times
from symposia.when.tokens import Text, may_state_date, may_state_time, tokens_of
from symposia.when.value import Precision, Span, TimeOfDay, When
from symposia.when.vocabulary import ambiguous_months, known_code

MAX_TEXT = 20_000
"""Characters of a text that are read: no description of an event is longer, and hostile ones are cut."""
_MAX_AMBIGUOUS = 12
"""Tokens of a text in which "may 3", in small letters, is a date."""
_MAX_FALLBACK = 60
"""Characters of a text that dateparser is asked about: it is slow, and finds dates in prose that has none."""
_OTHER_READERS = (
    (relative.find_relative_days, relative.ROLES),
    (recurring.find_rules, rule_words.ROLES),
    (vague.find_parts_of_years, vague.ROLES),
)
"""The readers of expressions other than dates, each with the roles of words that it needs."""
_DATE_ROLES = frozenset(("month", "weekday"))
"""The roles that begin nothing else where they stand within a date."""
_ORDERS = {order.value: order for order in Order}
_NO_DAY = When(start=None, precision=Precision.UNKNOWN, text="")
"""What 31 February says: nothing, and not "February" either."""
_direction_mark = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]").search
"""Marks of direction (Unicode UAX #9), which Arabic dates hold, and other marks without a width."""


def read_when(text: str, as_of: datetime, language: str | None = None, timezone: str | None = None) -> When | None:
    """What a text that is all about when says.

    That is its first day or rule ("every Tuesday"), else its first month, season or "TBA".

    >>> from datetime import UTC
    >>> monday = datetime(2026, 11, 30, tzinfo=UTC)
    >>> when = read_when("March 2, 1 pm ET", monday)
    >>> when.start.isoformat(), when.timezone, when.why
    ('2027-03-02T13:00:00-05:00', 'America/New_York', ('no year is stated: 2027 is the next such day',))
    >>> read_when("every Tuesday until May 11", monday).rrule
    'FREQ=WEEKLY;BYDAY=TU;UNTIL=20270511'
    >>> read_when("fall 2027", monday).precision
    <Precision.SEASON: 'season'>
    >>> read_when("Room 5", monday) is None
    True

    Args:
        text: The text.
        as_of: The day of reading (aware), from which what the words leave open is counted, in `timezone` where that is given:
            a day without a year is the next such day.
        language: The text's language (BCP 47); found in the words where it is None. A short text in a language that only
            dateparser knows is left to dateparser.
        timezone: The writer's zone (IANA), which times that name none are in.

    Returns:
        What the text says, or None where it says nothing of the kind.
    """
    found = _find_expressions(text, as_of, language, timezone, None, whole=True)
    ranked = sorted(found, key=lambda expression: expression[1].rrule is None and expression[1].start is None)
    return ranked[0][1] if ranked else _ask_dateparser(text, language)


def find_when(
    text: str, as_of: datetime, language: str | None = None, timezone: str | None = None, order: Order | None = None
) -> list[tuple[Span, When]]:
    """Every expression of time in running text with its place, in order.

    "Today" on a page is a button, and "Monday: 9 am - 5 pm" are opening hours: only `read_when` reads such words.

    >>> from datetime import UTC
    >>> monday = datetime(2026, 11, 30, tzinfo=UTC)
    >>> for span, when in find_when("Teaching Reading, 3-5 March 2027, and again in May 2027", monday):
    ...     print(span, when.start, when.end, when.precision)
    (18, 32) 2027-03-03 2027-03-05 day
    (47, 55) None None month

    Args:
        text: The text.
        as_of: The day of reading (aware), as for `read_when`.
        language: The text's language (BCP 47); found in the words where it is None.
        timezone: The writer's zone (IANA), which times that name none are in.
        order: The order of the page's numeric dates, where `numeric_order` found one.

    Returns:
        The expressions; those that name no day have no `start`. An empty list where there is none.
    """
    return _find_expressions(text, as_of, language, timezone, order, whole=False)


def find_times(text: str, language: str | None = None, timezone: str | None = None) -> list[TimeOfDay]:
    """The times of day in a text that names no day, in order; an empty list where there are none.

    `language` (BCP 47) is found in the words where it is None. `timezone` (IANA) is the writer's zone, which settles
    abbreviations such as IST.

    >>> [(str(found.start), str(found.end), found.timezone) for found in find_times("Doors 6:30 pm, talk 7-8 pm ET")]
    [('18:30:00', 'None', None), ('19:00:00', '20:00:00', 'America/New_York')]
    """
    text, hint = text[:MAX_TEXT], known_code(language)
    if not may_state_time(text, hint):
        return []
    parsed = tokens_of(text, hint)
    found: list[TimeOfDay] = []
    index = 0
    while index < len(parsed.tokens):
        # Most words and marks mean nothing, and begin no time.
        token = parsed.tokens[index]
        may_begin = token.roles or token.kind not in ("word", "mark", "other")
        times = read_times(parsed, index, source=timezone) if may_begin else None
        if times is None:
            index += 1
            continue
        meant, end = assume_daytime(times[0], timezone), times[1]
        span = token.start, parsed.tokens[end - 1].end
        found.append(TimeOfDay(span, meant.start, meant.end, meant.zone.name if meant.zone else None))
        index = end
    return found


def _find_expressions(
    text: str, as_of: datetime, language: str | None, timezone: str | None, order: Order | None, *, whole: bool
) -> list[tuple[Span, When]]:
    text, places = _without_direction_marks(text[:MAX_TEXT])
    if not may_state_date(cut(to_plain(text))):
        return []
    parsed = tokens_of(text, known_code(language))
    chosen, why = _choose_order(parsed, language, timezone, order)
    today = (as_of.astimezone(ZoneInfo(timezone)) if timezone and as_of.tzinfo else as_of).date()
    context = Context(chosen, _ORDERS[parsed.vocabulary.pair_order], today, timezone, whole)
    found = _find_dates(text, parsed, context, why)
    if not _is_whole(found, parsed):
        found = _with_others(text, parsed, context, found)
    kept = [expression for expression in found if expression[1] is not _NO_DAY]
    return [((places[start], places[end - 1] + 1), when) for (start, end), when in kept] if places else kept


def _without_direction_marks(text: str) -> tuple[str, list[int]]:
    """The text without its marks of direction, and where each character stood; [] where it has none."""
    if not _direction_mark(text):
        return text, []
    kept = [place for place, character in enumerate(text) if not _direction_mark(character)]
    return "".join(text[place] for place in kept), kept


def _choose_order(parsed: Text, language: str | None, timezone: str | None, order: Order | None) -> tuple[Order, str]:
    """The order of the numeric dates, and why; any, where there are none."""
    if all(token.kind not in ("numeric", "pair", "dotted") for token in parsed.tokens):
        return Order.DAY, ""
    return choose_order(language, parsed.language, timezone, order or numeric_order(parsed.plain))


def _find_dates(text: str, parsed: Text, context: Context, why: str) -> list[tuple[Span, When]]:
    """The dates of the calendar, and `_NO_DAY` for what is written as one."""
    found: list[tuple[Span, When]] = []
    for expression in expressions(parsed, context):
        start, end = parsed.tokens[expression.begin].start, parsed.tokens[expression.end - 1].end
        when = resolve(expression, text[start:end], context) if _is_meant(parsed, expression) else None
        if when is not None and any(day.ambiguous for day in expression.days):
            when = replace(when, why=(f"day and month {why}", *when.why))
        found.append(((start, end), when or _NO_DAY))
    return found


def _is_meant(text: Text, expression: Expression) -> bool:
    """Whether a date is one: not "students may 3 times", nor "5 May Street".

    A month that is another word in small letters needs a year, a weekday, a time, or the text to itself.
    """
    days = expression.days
    if days[-1].year is None and "address" in text.at(expression.end).roles:
        return False
    months = (token for token in text.tokens[expression.begin : expression.end] if "month" in token.roles)
    if not any(token.text in ambiguous_months() and text.plain[token.start].islower() for token in months):
        return True
    if days[-1].year is not None or any(day.weekday is not None for day in days) or expression.times:
        return True
    return len(text.tokens) <= _MAX_AMBIGUOUS and all(token.kind != "word" or token.roles for token in text.tokens)


def _is_whole(found: list[tuple[Span, When]], parsed: Text) -> bool:
    """Whether one date takes up the text from its first word to its last."""
    return len(found) == 1 and found[0][0] == (parsed.tokens[0].start, parsed.tokens[-1].end)


def _with_others(text: str, parsed: Text, context: Context, found: list[tuple[Span, When]]) -> list[tuple[Span, When]]:
    """The dates, and the relative days, rules and parts of years, where the text has words for such."""
    roles = _roles_outside(parsed, found)
    for find, needed in _OTHER_READERS:
        if not needed.isdisjoint(roles) or (needed is vague.ROLES and "月" in text):
            more = find(parsed, context, found)
            found = _merge_expressions(found, [(span, replace(when, text=text[slice(*span)])) for span, when in more])
    return found


def _roles_outside(parsed: Text, found: list[tuple[Span, When]]) -> set[str]:
    """The roles of a text's words, except the months and weekdays of the dates that are already found."""
    roles: set[str] = set()
    # A year that is written with its unit may begin a part of a year without any role.
    dates = () if "년" in parsed.plain or "年" in parsed.plain else found
    for token in parsed.tokens:
        if token.roles:
            dated = not _DATE_ROLES.isdisjoint(token.roles) and is_within(token.start, dates)
            roles.update(token.roles.keys() - _DATE_ROLES if dated else token.roles)
    return roles


def _merge_expressions(found: list[tuple[Span, When]], more: list[tuple[Span, When]]) -> list[tuple[Span, When]]:
    """Both in order, without those of `found` that lie within one of `more`."""
    if not more:
        return found
    kept = [
        expression
        for expression in found
        if not (is_within(expression[0][0], more) and is_within(expression[0][1] - 1, more))
    ]
    return sorted([*kept, *more], key=lambda expression: expression[0])


def _ask_dateparser(text: str, language: str | None) -> When | None:
    """The day that dateparser reads in a short text of a language that the vocabulary does not hold."""
    base = (language or "").split("-")[0].casefold()
    if len(text) > _MAX_FALLBACK or not any(character.isdigit() for character in text) or not base or known_code(base):
        return None
    try:
        moment: datetime | None = _dateparser(base).get_date_data(text).date_obj
    except ValueError:  # a language that it does not know
        return None
    if moment is None:
        return None
    return When(start=moment.date(), precision=Precision.DAY, text=text, why=(f"read by dateparser as {base}",))


@lru_cache(maxsize=64)
def _dateparser(language: str) -> Any:
    from dateparser.date import DateDataParser  # Here, as its import alone takes a second.

    settings = {"REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"]}
    return DateDataParser(languages=[language], settings=settings)
