"""Which events are asked for: one vocabulary for feeds, settings, the server and the page's address.

`topic=literacy&topic=math&mode=online&free=1`: names may differ and repeat; every name must hold, of the values of one
name any. What an event does not say never matches: an event without a price is not free.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, TypeAlias
from urllib.parse import parse_qs, urlencode

from calendar_export.facets import (
    _code,
    _day,
    _is_language,
    country_of,
    has_deadline_within,
    is_newly_found,
    language_of,
    modes_of,
    search_text,
)
from symposia.countries import country_code
from symposia.errors import QueryError
from symposia.event import AttendanceMode, Event, Kind
from symposia.moments import moment_from_text
from symposia.text.folding import fold

MAX_VALUES = 50
MAX_LENGTH = 200
"""Values of a question, and characters of one, at most: it may come from anyone."""
MAX_DAYS = 3_660

_is_slug = re.compile(r"[a-z0-9][a-z0-9-]{0,99}").fullmatch
_is_day = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}").fullmatch


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFilter:
    """What is asked of an event; empty, or None, where nothing is.

    `mode`: how one can attend, so that a hybrid event is asked for by each. `language`: ISO 639, without a region.
    `country`: ISO 3166. `credit`: whether it says that attending earns any. `deadline` and `new`: within so many days from now, and found so many days ago at most.
    `since` and `until`: the days between which it takes place, both inclusive, a series from its first day on. `q`: words
    that it says, all of them.
    """

    topic: frozenset[str] = frozenset()
    kind: frozenset[Kind] = frozenset()
    mode: frozenset[AttendanceMode] = frozenset()
    language: frozenset[str] = frozenset()
    country: frozenset[str] = frozenset()
    free: bool | None = None
    credit: bool | None = None
    deadline: int | None = None
    new: int | None = None
    since: date | None = None
    until: date | None = None
    q: str = ""

    def matches(self, event: Event, now: datetime) -> bool:
        """Whether `event` is asked for, at `now`."""
        return bool(self.chosen([event], now))

    def chosen(self, events: Iterable[Event], now: datetime) -> list[Event]:
        """Those of the events that are asked for, at `now`, in their order."""
        conditions = [_CONDITIONS[name] for name in _CONDITIONS if _is_set(getattr(self, name))]
        return [event for event in events if all(holds(self, event, now) for holds in conditions)]

    def query(self) -> str:
        """The question in its one written form, as `where_of` reads it; "" where nothing is asked."""
        pairs = [(field.name, text) for field in fields(self) for text in _texts(getattr(self, field.name))]
        return urlencode(pairs)


def parse_query(query: str) -> EventFilter:
    """What `query` asks ("topic=literacy&free=1"). Raises QueryError, which names the fault, for what is no question."""
    try:
        found = parse_qs(query.lstrip("?"), keep_blank_values=True, max_num_fields=MAX_VALUES, errors="strict")
    except UnicodeError as error:
        raise QueryError(f"not UTF-8: {query[:MAX_LENGTH]!r}") from error
    except ValueError as error:
        raise QueryError(f"more than {MAX_VALUES} values") from error
    return filter_from_values(found)


def filter_from_values(values: Mapping[str, Sequence[str]]) -> EventFilter:
    """What the values of each name ask; empty values ask nothing. Raises QueryError as `where_of` does."""
    asked: dict[str, Any] = {}
    if sum(map(len, values.values())) > MAX_VALUES:
        raise QueryError(f"more than {MAX_VALUES} values")
    for name, texts in values.items():
        if name not in _READERS:
            raise QueryError(f"unknown name {name[:MAX_LENGTH]!r}; known are {', '.join(_READERS)}")
        given = [text.strip() for text in texts if text.strip()]
        if any(len(text) > MAX_LENGTH for text in given):
            raise QueryError(f"{name}: a value is longer than {MAX_LENGTH} characters")
        if given:
            asked[name] = _READERS[name](name, given)
    return EventFilter(**asked)


_Condition: TypeAlias = "Callable[[Where, Event, datetime], bool]"

_CONDITIONS: dict[str, _Condition] = {
    "topic": lambda where, event, _: not where.topic.isdisjoint(event.topics),
    "kind": lambda where, event, _: event.kind in where.kind,
    "mode": lambda where, event, _: not where.mode.isdisjoint(modes_of(event)),
    "language": lambda where, event, _: language_of(event) in where.language,
    "country": lambda where, event, _: country_of(event.location) in where.country,
    "free": lambda where, event, _: event.price is not None and event.price.is_free is where.free,
    "credit": lambda where, event, _: bool(event.credit) is where.credit,
    "deadline": lambda where, event, now: has_deadline_within(event, now, where.deadline or 0),
    "new": lambda where, event, now: is_newly_found(event, now, where.new or 0),
    "since": lambda where, event, _: bool(event.recurrence) or str(_day(event.end or event.start)) >= str(where.since),
    "until": lambda where, event, _: str(_day(event.start)) <= str(where.until),
    "q": lambda where, event, _: _says(event, fold(where.q).split()),
}
"""What must hold of an event where a field of the question is set."""


def _is_set(value: Any) -> bool:
    return value not in (None, "", frozenset())


def _says(event: Event, words: Sequence[str]) -> bool:
    said = search_text(event)
    return all(word in said for word in words)


def _texts(value: Any) -> list[str]:
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, bool):
        return ["1" if value else "0"]
    return [] if value in (None, "") else [str(value)]


def _slugs(name: str, texts: Sequence[str]) -> frozenset[str]:
    return _all(name, [text.lower() for text in texts], _is_slug, "is not of a-z, 0-9 and -, like language-arts")


def _languages(name: str, texts: Sequence[str]) -> frozenset[str]:
    return _all(name, [_code(text) for text in texts], _is_language, "is no code of a language, like en")


def _all(name: str, texts: Sequence[str], is_one: Callable[[str], object], fault: str) -> frozenset[str]:
    wrong = [text for text in texts if not is_one(text)]
    if wrong:
        raise QueryError(f"{name}: {wrong[0]!r} {fault}")
    return frozenset(texts)


def _countries(name: str, texts: Sequence[str]) -> frozenset[str]:
    codes = {text: country_code(text) for text in texts}
    unknown = [text for text, code in codes.items() if not code]
    if unknown:
        raise QueryError(f"{name}: no country is called {unknown[0]!r}")
    return frozenset(codes.values())


def _one_of(known: type[Kind] | type[AttendanceMode]) -> Callable[[str, Sequence[str]], frozenset[Any]]:
    def read(name: str, texts: Sequence[str]) -> frozenset[Any]:
        values = {text.lower().replace("-", "_") for text in texts}
        unknown = sorted(values - set(known))
        if unknown:
            raise QueryError(f"{name}: {unknown[0]!r} is none of {', '.join(known)}")
        return frozenset(map(known, values))

    return read


def _flag(name: str, texts: Sequence[str]) -> bool:
    known = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    if texts[-1].lower() not in known:
        raise QueryError(f"{name}: {texts[-1]!r} is neither 1 nor 0")
    return known[texts[-1].lower()]


def _days(name: str, texts: Sequence[str]) -> int:
    if not (texts[-1].isascii() and texts[-1].isdigit() and 0 < int(texts[-1]) <= MAX_DAYS):
        raise QueryError(f"{name}: {texts[-1]!r} is no number of days from 1 to {MAX_DAYS}")
    return int(texts[-1])


def _date(name: str, texts: Sequence[str]) -> date:
    try:
        if _is_day(texts[-1]):
            return moment_from_text(texts[-1])
    except ValueError:
        pass  # a day that no calendar has
    raise QueryError(f"{name}: {texts[-1]!r} is no date like 2027-03-03")


def _words(name: str, texts: Sequence[str]) -> str:
    words = " ".join(" ".join(texts).split())
    if len(words) > MAX_LENGTH:
        raise QueryError(f"{name}: more than {MAX_LENGTH} characters")
    return words


_READERS: dict[str, Callable[[str, Sequence[str]], Any]] = {
    "topic": _slugs,
    "kind": _one_of(Kind),
    "mode": _one_of(AttendanceMode),
    "language": _languages,
    "country": _countries,
    "free": _flag,
    "credit": _flag,
    "deadline": _days,
    "new": _days,
    "since": _date,
    "until": _date,
    "q": _words,
}
