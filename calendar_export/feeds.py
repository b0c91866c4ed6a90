"""The calendars of an export: what each is called, and which events it holds."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TypeAlias

from babel import Locale

from calendar_export.query import Where, country_of, language_of, modes_of
from pipelines.topics.taxonomy import Taxonomy
from symposia.event import AttendanceMode, Event, Kind

TITLE = "Events for educators"
DEADLINES = "deadlines"
"""The feed whose entries are the last days for something."""
NEW_FOR = 14
"""Days for which an event is newly found."""
_COLORS = ("steelblue", "seagreen", "indianred", "darkorchid", "darkgoldenrod", "teal", "slateblue", "sienna")
"""CSS3 colours, as RFC 7986, 5.9 wants them; dark enough for white letters."""
_MODES = {
    AttendanceMode.ONLINE: "online",
    AttendanceMode.IN_PERSON: "in person",
    AttendanceMode.HYBRID: "in person and online at once",
}
_KINDS = {Kind.CHAT: "community chats", Kind.OTHER: "other events"}

is_feed_name = re.compile(r"[a-z0-9][a-z0-9-]{0,99}").fullmatch
"""Whether a text may name a feed: it names its file, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A calendar to subscribe to. `name` names its file; `group` is what it is one of: "", topic, kind, mode, language or country.

    `deadlines`: it holds the events' deadlines, as entries of their own, in their place; each with an alarm so many days
    before, where `alarm` is set.
    """

    name: str
    title: str
    description: str
    where: Where
    group: str = ""
    deadlines: bool = False
    alarm: int | None = None

    @property
    def color(self) -> str:
        """A colour of its own, always the same (RFC 7986, 5.9)."""
        return _COLORS[zlib.crc32(self.name.encode()) % len(_COLORS)]


def shipped_feeds(events: Sequence[Event], taxonomy: Taxonomy) -> tuple[Feed, ...]:
    """The feeds that every export has: all, free, newly found, deadlines; and one for what `events` have each of:

    a topic, a kind, a mode, a language, a country. They come in that order.
    """
    said = ((group, value) for group, values in _VALUES.items() for value in sorted({*chain(*map(values, events))}))
    names = [*_WHOLE, *(f"{group}-{value}" for group, value in said)]
    return tuple(feed for name in names if (feed := feed_called(name, taxonomy)))


def feed_called(name: str, taxonomy: Taxonomy) -> Feed | None:
    """The feed that every export has under that name, or would have, were there such events; None where there is no such feed."""
    if name in _WHOLE:
        title, description, where = _WHOLE[name]
        return _feed(name, "", title, description, where)
    group, _, value = name.partition("-")
    if group not in _MAKERS or not is_feed_name(name) or not is_feed_name(value):
        return None
    try:
        title, description, where = _MAKERS[group](value, taxonomy)
    except ValueError:  # no such kind, no such mode
        return None
    return _feed(name, group, title, description, where)


def is_shipped(name: str) -> bool:
    """Whether a name is one of those that every export's own feeds have, or may have."""
    return name in _WHOLE or name.partition("-")[0] in _MAKERS


_WHOLE = {
    "all": ("", "Every event that is known", Where()),
    "free": ("free", "Events that say that attending is free", Where(free=True)),
    "new": ("newly found", f"Events found in the last {NEW_FOR} days", Where(new=NEW_FOR)),
    DEADLINES: ("deadlines", "Last days to register, to pay less, to propose a contribution", Where()),
}

_Parts: TypeAlias = tuple[str, str, Where]
"""A feed's part of the title, its description, and what it holds."""


def _topic(slug: str, taxonomy: Taxonomy) -> _Parts:
    topic = taxonomy.topics.get(slug)
    name = topic.name if topic else slug.replace("-", " ")
    return name, topic.sentence if topic else f"Events on {name}", Where(topic=frozenset([slug]))


def _kind(value: str, _: Taxonomy) -> _Parts:
    kind = Kind(value)
    words = _KINDS.get(kind, f"{kind.value}s")
    return words, words.capitalize(), Where(kind=frozenset([kind]))


def _mode(value: str, _: Taxonomy) -> _Parts:
    mode = AttendanceMode(value.replace("-", "_"))
    return _MODES[mode], f"Events that one can attend {_MODES[mode]}", Where(mode=frozenset([mode]))


def _language(code: str, _: Taxonomy) -> _Parts:
    name = Locale("en").languages.get(code, code)
    return f"in {name}", f"Events in {name}", Where(language=frozenset([code]))


def _country(lower: str, _: Taxonomy) -> _Parts:
    code = lower.upper()
    name = Locale("en").territories.get(code, code)
    return name, f"Events that take place in {name}", Where(country=frozenset([code]))


_MAKERS: dict[str, Callable[[str, Taxonomy], _Parts]] = {
    "topic": _topic,
    "kind": _kind,
    "mode": _mode,
    "language": _language,
    "country": _country,
}
"""What makes the feed of a group for a value."""

_VALUES: dict[str, Callable[[Event], Iterable[str]]] = {
    "topic": lambda event: event.topics,
    "kind": lambda event: [event.kind.value] if event.kind else [],
    "mode": lambda event: [mode.value.replace("_", "-") for mode in modes_of(event)],
    "language": lambda event: filter(None, [language_of(event)]),
    "country": lambda event: [country.lower()] if (country := country_of(event.location)) else [],
}
"""What an event has of each group."""


def _feed(name: str, group: str, title: str, description: str, where: Where) -> Feed:
    return Feed(
        name=name,
        title=f"{TITLE}: {title}" if title else TITLE,
        description=f"{description.rstrip('.')}.",
        where=where,
        group=group,
        deadlines=name == DEADLINES,
    )
