"""An event as the lists show it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from calendar_export.page import display_text
from calendar_export.page.paths import event_path
from calendar_export.page.site import Site
from symposia.codec import moment_text
from symposia.event import Event, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A short fact to choose by. `look` names its colours: free, credit, due or plain."""

    look: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One event of a list. Texts are "" where nothing is known.

    `language`: of the event's own words, where it is not English. `iso`: the start, for `<time>`.
    """

    path: str
    name: str
    language: str
    status: str
    cancelled: bool
    iso: str
    hours: str
    zone: str
    place: str
    summary: str
    facts: tuple[Fact, ...]
    about: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """The events that start on a day."""

    day: date
    weekday: str
    month: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """The days of a month that events start on."""

    day: date
    title: str
    days: tuple[Day, ...]


def months_of(site: Site, events: Sequence[Event]) -> tuple[Month, ...]:
    """The events by month and day, each where it takes place, in order."""
    ordered = sorted(events, key=lambda event: (display_text.day_of(event.start), _clock(event), event.uid))
    return tuple(
        Month(day=day, title=display_text.month_text(day), days=_days(site, group))
        for day, group in groupby(ordered, key=lambda event: display_text.day_of(event.start).replace(day=1))
    )


def card(site: Site, event: Event) -> Card:
    """What a list says of `event`."""
    timed = isinstance(event.start, datetime)
    return Card(
        path=event_path(event),
        name=event.name,
        language=event.language if event.language and not event.language.startswith("en") else "",
        status=display_text.STATUSES.get(event.status, ""),
        cancelled=event.status is Status.CANCELLED,
        iso=moment_text(event.start),
        hours=display_text.hours_text(event),
        zone=display_text.zone_text(event.timezone) if timed else "",
        place=display_text.place_words(event),
        summary=display_text.summary(event.description),
        facts=tuple(facts_of(event)),
        about=about_text(site, event),
        source=source_text(site, event),
    )


def facts_of(event: Event) -> Iterable[Fact]:
    """What it costs and earns, when it must be decided, what else helps; in that order."""
    price, credit = display_text.price_words(event.price), display_text.credit_words(event.credit)
    if price:
        yield Fact(look="free" if price == "Free" else "plain", text=price)
    if credit:
        yield Fact(look="credit", text=credit)
    for due in event.deadlines:
        yield Fact(look="due", text=display_text.due_text(due))
    for text in (display_text.repeats_text(event), display_text.other_words(event)):
        if text:
            yield Fact(look="plain", text=text)


def about_text(site: Site, event: Event) -> str:
    """What sort of event about what: "Workshop · Literacy, Science"."""
    kind = display_text.KINDS[event.kind] if event.kind and event.kind.value != "other" else ""
    topics = ", ".join(site.topic_name(slug) for slug in event.topics)
    return " · ".join(part for part in (kind, topics) if part)


def source_text(site: Site, event: Event) -> str:
    """Who announces it: "Lakeshore Guild and 2 more"."""
    names = list(dict.fromkeys(site.source_name(ref.id) for ref in event.sources))
    if len(names) > 2:
        return f"{names[0]} and {len(names) - 1} more"
    return " and ".join(names)


def _days(site: Site, events: Iterable[Event]) -> tuple[Day, ...]:
    return tuple(
        Day(
            day=day,
            weekday=f"{day:%A}",
            month=f"{day:%B}",
            cards=tuple(card(site, event) for event in group),
        )
        for day, group in groupby(events, key=lambda event: display_text.day_of(event.start))
    )


def _clock(event: Event) -> str:
    return f"{event.start:%H:%M}" if isinstance(event.start, datetime) else ""
