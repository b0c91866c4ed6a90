"""The calendars of an export: what each is called, and which events it holds."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from babel import Locale

from calendar_export.where import Where, country_of, language_of
from pipelines.topics import Taxonomy
from symposia.event import AttendanceMode, Event, Kind

TITLE = "Events for educators"
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
    return (
        *_whole(),
        *_topics(events, taxonomy),
        *_kinds(events),
        *_modes(events),
        *_languages(events),
        *_countries(events),
    )


def _whole() -> Iterator[Feed]:
    yield _feed("all", TITLE, "Every event that is known", Where())
    yield _feed("free", f"{TITLE}: free", "Events that say that attending is free", Where(free=True))
    yield _feed("new", f"{TITLE}: newly found", f"Events found in the last {NEW_FOR} days", Where(new=NEW_FOR))
    yield _feed(
        "deadlines",
        f"{TITLE}: deadlines",
        "Last days to register, to pay less, to propose a contribution",
        Where(),
        deadlines=True,
    )


def _topics(events: Iterable[Event], taxonomy: Taxonomy) -> Iterator[Feed]:
    for slug in _of_each(event.topics for event in events):
        topic = taxonomy.topics.get(slug)
        name = topic.name if topic else slug.replace("-", " ")
        yield _feed(
            f"topic-{slug}",
            f"{TITLE}: {name}",
            topic.sentence if topic else name,
            Where(topic=frozenset([slug])),
            "topic",
        )


def _kinds(events: Iterable[Event]) -> Iterator[Feed]:
    for value in _of_each([event.kind] if event.kind else [] for event in events):
        kind = Kind(value)
        words = _KINDS.get(kind, f"{kind.value}s")
        yield _feed(
            f"kind-{kind.value}", f"{TITLE}: {words}", words.capitalize(), Where(kind=frozenset([kind])), "kind"
        )


def _modes(events: Iterable[Event]) -> Iterator[Feed]:
    known = {event.attendance_mode for event in events}
    for mode, words in _MODES.items():
        if mode in known or (AttendanceMode.HYBRID in known):
            description = f"Events that one can attend {words}"
            yield _feed(
                f"mode-{mode.value.replace('_', '-')}",
                f"{TITLE}: {words}",
                description,
                Where(mode=frozenset([mode])),
                "mode",
            )


def _languages(events: Iterable[Event]) -> Iterator[Feed]:
    names = Locale("en").languages
    for code in _of_each([language_of(event)] for event in events):
        name = names.get(code, code)
        yield _feed(
            f"language-{code}",
            f"{TITLE}: in {name}",
            f"Events in {name}",
            Where(language=frozenset([code])),
            "language",
        )


def _countries(events: Iterable[Event]) -> Iterator[Feed]:
    names = Locale("en").territories
    for code in _of_each([country_of(event.location)] for event in events):
        name = names.get(code, code)
        yield _feed(
            f"country-{code.lower()}",
            f"{TITLE}: {name}",
            f"Events that take place in {name}",
            Where(country=frozenset([code])),
            "country",
        )


def _of_each(values: Iterable[Iterable[str | None]]) -> list[str]:
    """The different values that may be a part of a feed's name, in order."""
    return sorted({str(value) for group in values for value in group if value and is_feed_name(str(value).lower())})


def _feed(name: str, title: str, description: str, where: Where, group: str = "", *, deadlines: bool = False) -> Feed:
    return Feed(
        name=name,
        title=title,
        description=f"{description}.".replace("..", "."),
        where=where,
        group=group,
        deadlines=deadlines,
    )
