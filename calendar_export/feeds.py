"""The calendars of an export: what each is called, and which events it holds."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TypeAlias

from babel import Locale

from calendar_export.facets import country_of, language_of, modes_of
from calendar_export.query import EventFilter
from pipelines.topics.taxonomy import Taxonomy
from symposia.countries import country_name
from symposia.event import AttendanceMode, Event, Kind

DEFAULT_TITLE = "Events for educators"
DEADLINES = "deadlines"
"""The feed that holds deadlines instead of events."""
NEW_DAYS = 14
"""Days for which an event counts as newly found: two weeks, so that a weekly reader may miss one week."""
_COLORS = ("steelblue", "seagreen", "indianred", "darkorchid", "darkgoldenrod", "teal", "slateblue", "sienna")
"""CSS3 names (RFC 7986, 5.9), all dark enough to carry white letters."""
_MODES = {
    AttendanceMode.ONLINE: "online",
    AttendanceMode.IN_PERSON: "in person",
    AttendanceMode.HYBRID: "in person and online at once",
}
_KINDS = {Kind.CHAT: "community chats", Kind.OTHER: "other events"}
"""Plurals that are not the name of the kind with an s."""

is_feed_name = re.compile(r"[a-z0-9][a-z0-9-]{0,99}").fullmatch
"""Whether a text may name a feed, and so its file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A calendar to subscribe to.

    Attributes:
        name: Names its file, for life.
        title: What calendar programs call it.
        filter: Which events it holds.
        group: What it is one of: "" (for everyone), topic, kind, mode, language, country, or own.
        deadlines: It holds the deadlines of these events instead of the events.
        alarm: Days before each deadline at which an alarm rings; None for no alarm.
    """

    name: str
    title: str
    description: str
    filter: EventFilter
    group: str = ""
    deadlines: bool = False
    alarm: int | None = None

    @property
    def color(self) -> str:
        """The feed's colour, the same in every export (RFC 7986, 5.9)."""
        return _COLORS[zlib.crc32(self.name.encode()) % len(_COLORS)]


def shipped_feeds(events: Sequence[Event], taxonomy: Taxonomy) -> tuple[Feed, ...]:
    """The feeds that every export has, then one for each topic, kind, mode, language and country of `events`."""
    values = ((group, value) for group, read in _VALUES.items() for value in sorted({*chain(*map(read, events))}))
    names = [*_FOR_EVERYONE, *(f"{group}-{value}" for group, value in values)]
    return tuple(feed for name in names if (feed := shipped_feed(name, taxonomy)))


def shipped_feed(name: str, taxonomy: Taxonomy) -> Feed | None:
    """The feed of that name that an export has once there are such events; None where no feed has that name."""
    if name in _FOR_EVERYONE:
        title, description, asked = _FOR_EVERYONE[name]
        return _make_feed(name, "", title, description, asked)
    group, _, value = name.partition("-")
    if group not in _DESCRIBERS or not is_feed_name(name) or not is_feed_name(value):
        return None
    try:
        title, description, asked = _DESCRIBERS[group](value, taxonomy)
    except ValueError:  # no such kind, no such mode
        return None
    return _make_feed(name, group, title, description, asked)


def is_shipped_name(name: str) -> bool:
    """Whether a feed of that name would clash with one that an export has, or may get.

    >>> is_shipped_name("all"), is_shipped_name("kind-of-mine"), is_shipped_name("mine")
    (True, True, False)
    """
    return name in _FOR_EVERYONE or name.partition("-")[0] in _DESCRIBERS


_FOR_EVERYONE = {
    "all": ("", "Every event that is known", EventFilter()),
    "free": ("free", "Events that say that attending is free", EventFilter(free=True)),
    "new": ("newly found", f"Events found in the last {NEW_DAYS} days", EventFilter(new=NEW_DAYS)),
    DEADLINES: ("deadlines", "Last days to register, to pay less, to propose a contribution", EventFilter()),
}

_Description: TypeAlias = tuple[str, str, EventFilter]
"""The end of a feed's title, its description, and which events it holds."""


def _describe_topic(slug: str, taxonomy: Taxonomy) -> _Description:
    topic = taxonomy.topics.get(slug)
    name = topic.name if topic else slug.replace("-", " ")
    return name, topic.sentence if topic else f"Events on {name}", EventFilter(topic=frozenset([slug]))


def _describe_kind(value: str, _: Taxonomy) -> _Description:
    kind = Kind(value)
    plural = _KINDS.get(kind, f"{kind.value}s")
    return plural, plural.capitalize(), EventFilter(kind=frozenset([kind]))


def _describe_mode(value: str, _: Taxonomy) -> _Description:
    mode = AttendanceMode(value.replace("-", "_"))
    return _MODES[mode], f"Events that one can attend {_MODES[mode]}", EventFilter(mode=frozenset([mode]))


def _describe_language(code: str, _: Taxonomy) -> _Description:
    name = Locale("en").languages.get(code, code)
    return f"in {name}", f"Events in {name}", EventFilter(language=frozenset([code]))


def _describe_country(lower: str, _: Taxonomy) -> _Description:
    code = lower.upper()
    name = country_name(code) or code
    return name, f"Events that take place in {name}", EventFilter(country=frozenset([code]))


_DESCRIBERS: dict[str, Callable[[str, Taxonomy], _Description]] = {
    "topic": _describe_topic,
    "kind": _describe_kind,
    "mode": _describe_mode,
    "language": _describe_language,
    "country": _describe_country,
}
"""For each group, what describes its feed of a value. They raise ValueError for a value that the group does not know."""

_VALUES: dict[str, Callable[[Event], Iterable[str]]] = {
    "topic": lambda event: event.topics,
    "kind": lambda event: [event.kind.value] if event.kind else [],
    "mode": lambda event: [mode.value.replace("_", "-") for mode in modes_of(event)],
    "language": lambda event: filter(None, [language_of(event)]),
    "country": lambda event: [country.lower()] if (country := country_of(event.location)) else [],
}
"""For each group, the values that an event has, as they stand in the names of feeds."""


def _make_feed(name: str, group: str, title: str, description: str, asked: EventFilter) -> Feed:
    return Feed(
        name=name,
        title=f"{DEFAULT_TITLE}: {title}" if title else DEFAULT_TITLE,
        description=f"{description.rstrip('.')}.",
        filter=asked,
        group=group,
        deadlines=name == DEADLINES,
    )
