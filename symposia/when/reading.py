"""Date expressions in a text, as days and times."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from symposia.when.clock import by_day, read_times
from symposia.when.grammar import Expression, expressions
from symposia.when.numeric import Order, numeric_order, order_for
from symposia.when.parts import Context
from symposia.when.recurring import ROLES as RULES
from symposia.when.recurring import rules
from symposia.when.relative import ROLES as RELATIVE
from symposia.when.relative import relatives, within
from symposia.when.resolve import resolve
from symposia.when.tokens import Text, may_tell, may_tell_time, pieces_of, plain_of, tokens_of
from symposia.when.vague import ROLES as VAGUE
from symposia.when.vague import vague
from symposia.when.value import Clock, Precision, When
from symposia.when.vocabulary import doubtful, known

MAX_TEXT = 20_000
"""Characters of a text that are read."""
_MAX_DOUBTFUL = 12
"""Tokens of a text in which "may 3", in small letters, is a date."""
MAX_FALLBACK = 60
"""Characters of a text that dateparser is asked about; it is slow, and finds dates in prose that has none."""

Span = tuple[int, int]


def read_when(text: str, as_of: datetime, language: str | None = None, timezone: str | None = None) -> When | None:
    """What `text` says of when: its first day or rule ("every Tuesday"), else its first month, season or "TBA".

    None where it says nothing of the kind. `as_of` (aware) is the clock for what the words leave open: the next such day,
    counted in `timezone` (IANA) where that is given, which is also the zone of times that name none. `language` (BCP 47) is
    found out where it is not given. A text of another language that dateparser knows is left to dateparser, if it is short.
    """
    found = _found(text, as_of, language, timezone, None, whole=True)
    ranked = sorted(found, key=lambda one: one[1].rrule is None and one[1].start is None)
    return ranked[0][1] if ranked else _fallback(text, language)


def find_when(
    text: str, as_of: datetime, language: str | None = None, timezone: str | None = None, order: Order | None = None
) -> list[tuple[Span, When]]:
    """Every expression of time in running `text` with its place in it, in order; an empty list where there is none.

    Those that name no day have no `start`. `order` is that of the page's numeric dates, where `numeric_order` found one.
    "Today" on a page is a button, and "Monday: 9 am - 5 pm" are opening hours: such words are read by `read_when` alone.
    """
    return _found(text, as_of, language, timezone, order, whole=False)


def _found(
    text: str, as_of: datetime, language: str | None, timezone: str | None, order: Order | None, *, whole: bool
) -> list[tuple[Span, When]]:
    text, places = _unmarked(text[:MAX_TEXT])
    if not may_tell(pieces_of(plain_of(text))):
        return []
    parsed = tokens_of(text, known(language))
    chosen, why = _order(parsed, language, timezone, order)
    today = (as_of.astimezone(ZoneInfo(timezone)) if timezone and as_of.tzinfo else as_of).date()
    context = Context(chosen, _PAIRS[parsed.vocabulary.pair_order], today, timezone, whole)
    found = _dates(text, parsed, context, why)
    if not _is_all(found, parsed):
        found = _with_others(text, parsed, context, found)
    kept = [one for one in found if one[1] is not NO_DAY]
    return [((places[start], places[end - 1] + 1), when) for (start, end), when in kept] if places else kept


def _is_all(found: list[tuple[Span, When]], parsed: Text) -> bool:
    """Whether one date takes up the text from its first word to its last."""
    return len(found) == 1 and found[0][0] == (parsed.tokens[0].start, parsed.tokens[-1].end)


def _with_others(text: str, parsed: Text, context: Context, found: list[tuple[Span, When]]) -> list[tuple[Span, When]]:
    """The dates, and the days told from today, rules and parts of years, where the text has words for such."""
    roles = _roles(parsed, found)
    for more, wanted in ((relatives, RELATIVE), (rules, RULES), (vague, VAGUE)):
        if not wanted.isdisjoint(roles) or (more is vague and "月" in text):
            found = _with(found, [_worded(text, *one) for one in more(parsed, context, found)])
    return found


def _roles(parsed: Text, found: list[tuple[Span, When]]) -> set[str]:
    """The roles of a text's words, but for the months and weekdays of the dates that are found already."""
    roles: set[str] = set()
    # A year that is written with its unit may begin a part of a year without any role.
    known = () if "년" in parsed.plain or "年" in parsed.plain else found
    for token in parsed.tokens:
        if token.roles:
            dated = not _OF_DATES.isdisjoint(token.roles) and within(token.start, known)
            roles.update(token.roles.keys() - _OF_DATES if dated else token.roles)
    return roles


def find_times(text: str, language: str | None = None, timezone: str | None = None) -> list[Clock]:
    """The times of day in a text that names no day, in order; an empty list where there are none.

    `timezone` (IANA) is that of who writes, by which IST and the like are understood.
    """
    text, hint = text[:MAX_TEXT], known(language)
    if not may_tell_time(text, hint):
        return []
    parsed = tokens_of(text, hint)
    found: list[Clock] = []
    index = 0
    while index < len(parsed.tokens):
        # Most words and marks mean nothing, and begin no time.
        token = parsed.tokens[index]
        idle = token.kind in ("word", "mark", "other") and not token.roles
        read = None if idle else read_times(parsed, index, source=timezone)
        if read is None:
            index += 1
            continue
        times, end = by_day(read[0], timezone), read[1]
        place = parsed.tokens[index].start, parsed.tokens[end - 1].end
        found.append(Clock(place, times.start, times.end, times.zone.name if times.zone else None))
        index = end
    return found


def _order(parsed: Text, language: str | None, timezone: str | None, order: Order | None) -> tuple[Order, str]:
    """The order of the numeric dates, and why; any, where there are none."""
    if all(token.kind not in ("numeric", "pair", "dotted") for token in parsed.tokens):
        return Order.DAY, ""
    return order_for(language, parsed.language, timezone, order or numeric_order(parsed.plain))


def _unmarked(text: str) -> tuple[str, list[int]]:
    """The text without the marks of direction that Arabic dates hold, and where each character stood; [] where there are none."""
    if not _marks(text):
        return text, []
    kept = [place for place, character in enumerate(text) if not _marks(character)]
    return "".join(text[place] for place in kept), kept


_marks = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]").search

_OF_DATES = frozenset(("month", "weekday"))
"""The roles that begin nothing else where they stand within a date."""
_PAIRS = {order.value: order for order in Order}

NO_DAY = When(start=None, precision=Precision.UNKNOWN, text="")
"""What 31 February says: nothing, and not "February" either."""


def _worded(text: str, span: Span, when: When) -> tuple[Span, When]:
    return span, replace(when, text=text[slice(*span)])


def _dates(text: str, parsed: Text, context: Context, why: str) -> list[tuple[Span, When]]:
    found: list[tuple[Span, When]] = []
    for one in expressions(parsed, context):
        start, end = parsed.tokens[one.begin].start, parsed.tokens[one.end - 1].end
        when = resolve(one, text[start:end], context) if _is_meant(parsed, one) else None
        if when is not None and any(day.guessed for day in one.days):
            when = replace(when, why=(f"day and month {why}", *when.why))
        found.append(((start, end), when or NO_DAY))
    return found


def _is_meant(text: Text, one: Expression) -> bool:
    """Not "students may 3 times": a name that is another word in small letters needs a year, a weekday, or the text to itself."""
    if one.days[-1].year is None and "address" in text.at(one.end).roles:  # 5 May Street
        return False
    months = (token for token in text.tokens[one.begin : one.end] if "month" in token.roles)
    if not any(token.text in doubtful() and text.plain[token.start].islower() for token in months):
        return True
    if one.days[-1].year is not None or any(day.weekday is not None for day in one.days) or one.times:
        return True
    return len(text.tokens) <= _MAX_DOUBTFUL and all(token.kind != "word" or token.roles for token in text.tokens)


def _with(found: list[tuple[Span, When]], more: list[tuple[Span, When]]) -> list[tuple[Span, When]]:
    """Both in order, without those of `found` that lie within one of `more`."""
    kept = [one for one in found if not (within(one[0][0], more) and within(one[0][1] - 1, more))]
    return sorted([*kept, *more], key=lambda one: one[0]) if more else found


def _fallback(text: str, language: str | None) -> When | None:
    base = (language or "").split("-")[0].casefold()
    if len(text) > MAX_FALLBACK or not any(character.isdigit() for character in text) or not base or known(base):
        return None
    try:
        moment: datetime | None = _parser(base).get_date_data(text).date_obj
    except ValueError:  # a language that it does not know
        return None
    if moment is None:
        return None
    return When(start=moment.date(), precision=Precision.DAY, text=text, why=(f"read by dateparser as {base}",))


@lru_cache(maxsize=64)
def _parser(language: str) -> Any:
    from dateparser.date import DateDataParser  # Here, as its import alone takes a second.

    settings = {"REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"]}
    return DateDataParser(languages=[language], settings=settings)
