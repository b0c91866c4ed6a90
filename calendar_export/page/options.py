"""The filters that the page offers, with the names and values of calendar_export.query."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from calendar_export.facets import country_of, language_of
from calendar_export.page import display_text
from calendar_export.page.site import OTHER_TOPICS, Site
from symposia.event import AttendanceMode, Event, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A value to filter by, and how many events have it."""

    value: str
    text: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """A name to filter by and its values. `title`: what the page calls it; for topics, their group."""

    name: str
    title: str
    options: tuple[Option, ...]


def event_facets(events: Sequence[Event]) -> tuple[Facet, ...]:
    """The kinds, languages and countries of `events`, the most frequent first; a facet without values is left out."""
    kinds = ([event.kind.value] if event.kind else [] for event in events)
    languages = (filter(None, [language_of(event)]) for event in events)
    countries = (filter(None, [country_of(event.location)]) for event in events)
    facets = (
        _count_values("kind", "Kind of event", kinds, lambda code: display_text.KINDS[Kind(code)]),
        _count_values("language", "Language", languages, display_text.language_name),
        _count_values("country", "Country", countries, display_text.country_label),
    )
    return tuple(facet for facet in facets if facet.options)


def topic_facets(site: Site, events: Sequence[Event]) -> tuple[Facet, ...]:
    """The topics of `events`, a facet for each group, all in the order of their names; unknown topics last."""
    counts = Counter(slug for event in events for slug in event.topics)
    groups: dict[str, list[Option]] = {}
    for slug in sorted(counts, key=site.topic_name):
        option = Option(value=slug, text=site.topic_name(slug), count=counts[slug])
        groups.setdefault(site.group_name(slug), []).append(option)
    names = sorted(groups, key=lambda name: (name == OTHER_TOPICS, name))
    return tuple(Facet(name="topic", title=name, options=tuple(groups[name])) for name in names)


def mode_options(events: Sequence[Event]) -> tuple[Option, ...]:
    """Online and in person; hybrid events count for both."""
    both = sum(event.attendance_mode is AttendanceMode.HYBRID for event in events)
    return tuple(
        Option(
            value=mode.value,
            text=display_text.MODES[mode],
            count=both + sum(event.attendance_mode is mode for event in events),
        )
        for mode in (AttendanceMode.ONLINE, AttendanceMode.IN_PERSON)
    )


def _count_values(name: str, title: str, values: Iterable[Iterable[str]], text_of: Callable[[str], str]) -> Facet:
    """A facet from the values of each event."""
    counts = Counter(value for of_event in values for value in of_event)
    ordered = sorted(counts, key=lambda value: (-counts[value], value))
    options = tuple(Option(value=value, text=text_of(value), count=counts[value]) for value in ordered)
    return Facet(name=name, title=title, options=options)
