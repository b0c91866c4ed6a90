"""The filter for events: one vocabulary for feeds, settings, the server, and the page's address.

`topic=literacy&topic=math&mode=online&free=1`. Names may differ and repeat: every name must match, by any of its values.
Unknown facts never match: an event without a price is not free. static/where.js is the same filter for browsers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, TypeAlias
from urllib.parse import parse_qs, urlencode

from calendar_export.facets import (
    country_of,
    has_deadline_within,
    is_language_code,
    is_newly_found,
    language_code,
    language_of,
    modes_of,
    search_text,
)
from symposia.countries import country_code
from symposia.errors import QueryError
from symposia.event import AttendanceMode, Event, Kind
from symposia.moments import date_of, day_from_text
from symposia.text.folding import fold

MAX_VALUES = 50
"""Values in one query: anyone may send one, and each costs time."""
MAX_LENGTH = 200
"""Characters of one value: longer than any name of a topic, and than what people type into a search box."""
MAX_DAYS = 3_660
"""Days that `deadline` and `new` may span: ten years, as far as any event is announced."""

_is_slug = re.compile(r"[a-z0-9][a-z0-9-]{0,99}").fullmatch
_is_date = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}").fullmatch


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFilter:
    """What an event must be to match; an empty set, an empty text or None asks nothing.

    Attributes:
        topic: Slugs of topics, any of them.
        kind: Kinds of event, any of them.
        mode: Ways to attend, any of them; a hybrid event can be attended in each.
        language: ISO 639 codes without a region.
        country: ISO 3166 codes.
        free: Whether it says that attending is free.
        credit: Whether it says that attending earns credit.
        deadline: It has a deadline within so many days from now.
        new: Symposia first saw it within the last so many days.
        since: It is not over before that day; a series never is.
        until: It begins by that day.
        q: Words that it must say, all of them; accents and case do not matter.
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
        """Whether `event` matches at `now`."""
        return bool(self.select([event], now))

    def select(self, events: Iterable[Event], now: datetime) -> list[Event]:
        """The events that match at `now`, in their order."""
        conditions = [_CONDITIONS[name] for name in _CONDITIONS if _is_set(getattr(self, name))]
        return [event for event in events if all(holds(self, event, now) for holds in conditions)]

    def query_string(self) -> str:
        """The filter as `parse_query` reads it, in the one form that equal filters share; "" where it asks nothing.

        >>> parse_query("free=yes&topic=math&topic=Literacy").query_string()
        'topic=literacy&topic=math&free=1'
        """
        return urlencode([(field.name, text) for field in fields(self) for text in _value_texts(self, field.name)])


def parse_query(query: str) -> EventFilter:
    """Read a query string; empty values ask nothing.

    >>> parse_query("?topic=literacy&free=1") == EventFilter(topic=frozenset(["literacy"]), free=True)
    True

    Raises:
        QueryError: It is no query; the message names the part and the fault, in a line of bounded length.
    """
    try:
        values = parse_qs(query.lstrip("?"), keep_blank_values=True, max_num_fields=MAX_VALUES, errors="strict")
    except UnicodeError as error:
        raise QueryError(f"not UTF-8: {query[:MAX_LENGTH]!r}") from error
    except ValueError as error:
        raise QueryError(f"more than {MAX_VALUES} values") from error
    return filter_from_values(values)


def filter_from_values(values: Mapping[str, Sequence[str]]) -> EventFilter:
    """Read the values of each name; empty values ask nothing.

    >>> filter_from_values({"mode": ["in-person"], "free": [""]}).query_string()
    'mode=in_person'

    Raises:
        QueryError: As `parse_query`.
    """
    known: dict[str, Any] = {}
    if sum(map(len, values.values())) > MAX_VALUES:
        raise QueryError(f"more than {MAX_VALUES} values")
    for name, texts in values.items():
        if name not in _READERS:
            raise QueryError(f"unknown name {name[:MAX_LENGTH]!r}; known names: {', '.join(_READERS)}")
        given = [text.strip() for text in texts if text.strip()]
        if any(len(text) > MAX_LENGTH for text in given):
            raise QueryError(f"{name}: a value is longer than {MAX_LENGTH} characters")
        if given:
            known[name] = _READERS[name](name, given)
    return EventFilter(**known)


_Condition: TypeAlias = "Callable[[EventFilter, Event, datetime], bool]"

_CONDITIONS: dict[str, _Condition] = {
    "topic": lambda asked, event, _: not asked.topic.isdisjoint(event.topics),
    "kind": lambda asked, event, _: event.kind in asked.kind,
    "mode": lambda asked, event, _: not asked.mode.isdisjoint(modes_of(event)),
    "language": lambda asked, event, _: language_of(event) in asked.language,
    "country": lambda asked, event, _: country_of(event.location) in asked.country,
    "free": lambda asked, event, _: event.price is not None and event.price.is_free is asked.free,
    "credit": lambda asked, event, _: bool(event.credit) is asked.credit,
    "deadline": lambda asked, event, now: has_deadline_within(event, now, asked.deadline or 0),
    "new": lambda asked, event, now: is_newly_found(event, now, asked.new or 0),
    "since": lambda asked, event, _: (
        bool(event.recurrence) or str(date_of(event.end or event.start)) >= str(asked.since)
    ),
    "until": lambda asked, event, _: str(date_of(event.start)) <= str(asked.until),
    "q": lambda asked, event, _: _says_all(event, fold(asked.q).split()),
}
"""What must hold of an event for each field of a filter that is set."""


def _is_set(value: Any) -> bool:
    return value not in (None, "", frozenset())


def _says_all(event: Event, words: Sequence[str]) -> bool:
    text = search_text(event)
    return all(word in text for word in words)


def _value_texts(asked: EventFilter, name: str) -> list[str]:
    value = getattr(asked, name)
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, bool):
        return ["1" if value else "0"]
    return [] if value in (None, "") else [str(value)]


def _read_slugs(name: str, texts: Sequence[str]) -> frozenset[str]:
    return _require_all(
        name, [text.lower() for text in texts], _is_slug, "may hold only a-z, 0-9 and -, like language-arts"
    )


def _read_languages(name: str, texts: Sequence[str]) -> frozenset[str]:
    return _require_all(
        name, [language_code(text) for text in texts], is_language_code, "is not a language code like en"
    )


def _require_all(name: str, texts: Sequence[str], is_valid: Callable[[str], object], fault: str) -> frozenset[str]:
    invalid = [text for text in texts if not is_valid(text)]
    if invalid:
        raise QueryError(f"{name}: {invalid[0]!r} {fault}")
    return frozenset(texts)


def _read_countries(name: str, texts: Sequence[str]) -> frozenset[str]:
    codes = {text: country_code(text) for text in texts}
    unknown = [text for text, code in codes.items() if not code]
    if unknown:
        raise QueryError(f"{name}: no country is called {unknown[0]!r}")
    return frozenset(codes.values())


def _make_enum_reader(known: type[Kind] | type[AttendanceMode]) -> Callable[[str, Sequence[str]], frozenset[Any]]:
    def read_members(name: str, texts: Sequence[str]) -> frozenset[Any]:
        values = {text.lower().replace("-", "_") for text in texts}
        unknown = sorted(values - set(known))
        if unknown:
            raise QueryError(f"{name}: {unknown[0]!r} is not one of {', '.join(known)}")
        return frozenset(map(known, values))

    return read_members


def _read_flag(name: str, texts: Sequence[str]) -> bool:
    known = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    if texts[-1].lower() not in known:
        raise QueryError(f"{name}: {texts[-1]!r} is neither 1 nor 0")
    return known[texts[-1].lower()]


def _read_days(name: str, texts: Sequence[str]) -> int:
    if not (texts[-1].isascii() and texts[-1].isdigit() and 0 < int(texts[-1]) <= MAX_DAYS):
        raise QueryError(f"{name}: {texts[-1]!r} is not a number of days from 1 to {MAX_DAYS}")
    return int(texts[-1])


def _read_date(name: str, texts: Sequence[str]) -> date:
    try:
        if _is_date(texts[-1]):
            return day_from_text(texts[-1])
    except ValueError:
        pass  # as 30 February
    raise QueryError(f"{name}: {texts[-1]!r} is not a date like 2027-03-03")


def _read_words(name: str, texts: Sequence[str]) -> str:
    words = " ".join(" ".join(texts).split())
    if len(words) > MAX_LENGTH:
        raise QueryError(f"{name}: more than {MAX_LENGTH} characters")
    return words


_READERS: dict[str, Callable[[str, Sequence[str]], Any]] = {
    "topic": _read_slugs,
    "kind": _make_enum_reader(Kind),
    "mode": _make_enum_reader(AttendanceMode),
    "language": _read_languages,
    "country": _read_countries,
    "free": _read_flag,
    "credit": _read_flag,
    "deadline": _read_days,
    "new": _read_days,
    "since": _read_date,
    "until": _read_date,
    "q": _read_words,
}
"""How the values of each name are read. Of a name that takes one value, the last one counts."""
