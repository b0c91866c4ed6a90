"""The page that lists the events: static, without scripts, without a request to any other host."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import groupby

from babel.dates import format_date, format_datetime, format_time
from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from calendar_export.facts import facts_line
from calendar_export.ical import place_text, web
from symposia.event import Event, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One event as the page shows it."""

    name: str
    when: str
    iso: str
    place: str | None
    url: str | None
    topics: tuple[str, ...]
    status: str | None
    recurs: bool
    facts: tuple[str, ...]
    sources: str


def page_bytes(events: Sequence[Event], feeds: Sequence[tuple[str, str, int]], recurring: frozenset[str]) -> bytes:
    """The page over `events` (each with its next occurrence's time, in order) and `feeds` (name, title, number of events).

    `recurring` holds the UIDs of those that take place again.
    """
    months = [
        (month, [_line(event, event.uid in recurring) for event in group])
        for month, group in groupby(events, key=lambda event: format_date(event.start, "LLLL y", locale="en"))
    ]
    changed = max((event.last_modified for event in events if event.last_modified), default=None)
    text = _template().render(months=months, feeds=feeds, count=len(events), changed=changed)
    return text.encode("utf-8", "replace")


def when_text(event: Event) -> str:
    """The time of an event in words, with its zone where one is known."""
    if not isinstance(event.start, datetime):
        last = f" to {format_date(event.end, 'EEEE, d MMMM y', locale='en')}" if event.end else ""
        return format_date(event.start, "EEEE, d MMMM y", locale="en") + last
    text = format_datetime(event.start, "EEEE, d MMMM y, HH:mm", tzinfo=event.start.tzinfo, locale="en")
    if isinstance(event.end, datetime):
        same = event.end.date() == event.start.date()
        text += " to " + (
            format_time(event.end, "HH:mm", tzinfo=event.end.tzinfo, locale="en")
            if same
            else format_datetime(event.end, "EEEE, d MMMM y, HH:mm", tzinfo=event.end.tzinfo, locale="en")
        )
    return f"{text} ({event.timezone.replace('_', ' ')})" if event.timezone else text


def _line(event: Event, recurs: bool) -> Line:
    return Line(
        name=event.name,
        when=when_text(event),
        iso=event.start.isoformat(),
        place=place_text(event),
        url=web(event.url),
        topics=event.topics,
        status=None if event.status == Status.SCHEDULED else event.status.value.replace("_", " "),
        recurs=recurs,
        facts=facts_line(event),
        sources=", ".join(dict.fromkeys(ref.id for ref in event.sources)),
    )


@cache
def _template() -> Template:
    loader = PackageLoader("calendar_export", "templates")
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("index.html")
