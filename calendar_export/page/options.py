"""The filters that the page offers, with the names and values of calendar_export.query."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from calendar_export.page import display_text
from calendar_export.page.site import Site
from calendar_export.query import country_of, language_of
from symposia.event import AttendanceMode, Event, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A value that may be asked for, and how many events have it."""

    value: str
    text: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The values of one name of the address. `group`: what they are about, where one name has several groups."""

    name: str
    title: str
    options: tuple[Option, ...]


def choices(site: Site, events: Sequence[Event]) -> tuple[Choice, ...]:
    """What `events` differ in, in the order in which people choose; nothing that all have alike, or none."""
    found = (
        _choice(
            "kind", "Kind of event", (_kind(event) for event in events), lambda code: display_text.KINDS[Kind(code)]
        ),
        _choice("language", "Language", (_one(language_of(event)) for event in events), display_text.language_name),
        _choice(
            "country", "Country", (_one(country_of(event.location)) for event in events), display_text.country_name
        ),
    )
    return tuple(choice for choice in found if choice.options)


def topic_choices(site: Site, events: Sequence[Event]) -> tuple[Choice, ...]:
    """The topics of `events` by their groups, each group in the order of its topics' names."""
    counts = Counter(slug for event in events for slug in event.topics)
    groups: dict[str, list[Option]] = {}
    for slug in sorted(counts, key=site.topic_name):
        option = Option(value=slug, text=site.topic_name(slug), count=counts[slug])
        groups.setdefault(site.group_name(slug), []).append(option)
    names = sorted(groups, key=lambda name: (name == "Other", name))
    return tuple(Choice(name="topic", title=name, options=tuple(groups[name])) for name in names)


def mode_options(events: Sequence[Event]) -> tuple[Option, ...]:
    """The two ways to attend that people ask for; hybrid events count for both."""
    both = sum(event.attendance_mode is AttendanceMode.HYBRID for event in events)
    return tuple(
        Option(
            value=mode.value,
            text=display_text.MODES[mode],
            count=both + sum(event.attendance_mode is mode for event in events),
        )
        for mode in (AttendanceMode.ONLINE, AttendanceMode.IN_PERSON)
    )


def _choice(name: str, title: str, values: Iterable[Iterable[str]], text: Callable[[str], str]) -> Choice:
    counts = Counter(value for group in values for value in group)
    ordered = sorted(counts, key=lambda value: (-counts[value], value))
    return Choice(
        name=name,
        title=title,
        options=tuple(Option(value=value, text=text(value), count=counts[value]) for value in ordered),
    )


def _kind(event: Event) -> list[str]:
    return [event.kind.value] if event.kind else []


def _one(value: str | None) -> list[str]:
    return [value] if value else []
