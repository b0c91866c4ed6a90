"""Events as lists show them: by month and day, a card each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from calendar_export.page import display_text
from calendar_export.page.site import Site
from calendar_export.paths import event_path
from calendar_export.text.times import hours_text, month_text, repeats_text, zone_text
from symposia.event import Event, Status
from symposia.moments import date_of, moment_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A short fact to choose by. `look` is its class in style.css: free, credit, due or plain."""

    look: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An event in a list; texts are "" where nothing is known.

    Attributes:
        path: Its page, below the folder of the export.
        language: The language of its own words (BCP 47), where that is not English: for `lang` (WCAG 2.2, 3.1.2).
        iso: The start in ISO 8601, for `<time>`.
        about: Its kind and topics.
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
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """The days of a month on which events start; `day` is its first."""

    day: date
    title: str
    days: tuple[Day, ...]


def group_by_month(site: Site, events: Sequence[Event]) -> tuple[Month, ...]:
    """The events by month and day, in order, on the clocks of the place where each is."""
    ordered = sorted(events, key=lambda event: (date_of(event.start), _start_clock(event), event.uid))
    return tuple(
        Month(day=day, title=month_text(day), days=_group_by_day(site, group))
        for day, group in groupby(ordered, key=lambda event: date_of(event.start).replace(day=1))
    )


def event_card(site: Site, event: Event) -> Card:
    """An event as lists show it."""
    timed = isinstance(event.start, datetime)
    return Card(
        path=event_path(event),
        name=event.name,
        language=event.language if event.language and not event.language.startswith("en") else "",
        status=display_text.STATUSES.get(event.status, ""),
        cancelled=event.status is Status.CANCELLED,
        iso=moment_text(event.start),
        hours=hours_text(event),
        zone=zone_text(event.timezone) if timed else "",
        place=display_text.place_text(event),
        summary=display_text.summary_text(event.description),
        facts=tuple(card_facts(event)),
        about=about_text(site, event),
        source=source_text(site, event),
    )


def card_facts(event: Event) -> Iterable[Fact]:
    """What an event costs and earns, its deadlines, how it repeats, and what else helps to choose."""
    price, credit = display_text.price_text(event.price), display_text.credit_text(event.credit)
    if price:
        yield Fact(look="free" if price == "Free" else "plain", text=price)
    if credit:
        yield Fact(look="credit", text=credit)
    for deadline in event.deadlines:
        yield Fact(look="due", text=display_text.deadline_text(deadline))
    for text in (repeats_text(event), display_text.extras_text(event)):
        if text:
            yield Fact(look="plain", text=text)


def about_text(site: Site, event: Event) -> str:
    """The kind and the topics of an event: "Workshop · Literacy, Science"."""
    kind = display_text.KINDS[event.kind] if event.kind and event.kind.value != "other" else ""
    topics = ", ".join(site.topic_name(slug) for slug in event.topics)
    return " · ".join(part for part in (kind, topics) if part)


def source_text(site: Site, event: Event) -> str:
    """Who announces an event: "Lakeshore Guild and 2 more"."""
    names = list(dict.fromkeys(site.source_name(ref.id) for ref in event.sources))
    if len(names) > 2:
        return f"{names[0]} and {len(names) - 1} more"
    return " and ".join(names)


def _group_by_day(site: Site, events: Iterable[Event]) -> tuple[Day, ...]:
    return tuple(
        Day(day=day, weekday=f"{day:%A}", cards=tuple(event_card(site, event) for event in group))
        for day, group in groupby(events, key=lambda event: date_of(event.start))
    )


def _start_clock(event: Event) -> str:
    return f"{event.start:%H:%M}" if isinstance(event.start, datetime) else ""
