"""An event's own page: all that is known of it, and which words said so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from calendar_export.icalendar.text import place_text, web
from calendar_export.page import display_text
from calendar_export.page.site import Site
from calendar_export.query import language_of
from symposia.event import Event, Status
from symposia.occurrences import occurrences, start_of

MAX_TIMES = 12
"""Times of a series that its page tells."""
_AHEAD = timedelta(days=366)
_MAX_DETAILS = 1_000
"""Characters of a description in a link to Google, which takes no long addresses."""
_LABELS = {
    "name": "Name",
    "start": "When",
    "end": "End",
    "timezone": "Time zone",
    "attendance_mode": "Online or in person",
    "location": "Where",
    "kind": "Kind of event",
    "price": "Price",
    "deadlines": "Deadlines",
    "credit": "Credit",
    "audience": "For whom",
    "language": "Language",
    "recording": "Recording",
    "url": "Address",
    "organizer": "Organiser",
    "recurrence": "Repeats",
    "extractor": "Read from",
}
_READ = {
    "icalendar": "a calendar feed",
    "listing": "the list on the page",
    "json-ld": "the page's schema.org data",
    "jsonld": "the page's schema.org data",
    "microdata": "the page's schema.org data",
    "rss": "a news feed",
    "hevent": "the page's h-event marks",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A line of what is known: a label, and what is said under it, each with its own language and link where it has one."""

    label: str
    text: str
    note: str = ""
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """What is said of an event, and the words that said so."""

    label: str
    text: str


def told(site: Site, event: Event) -> Iterator[Told]:
    """What is known of the event but for its times, the most telling first."""
    place = place_text(event)
    mode = display_text.MODES[event.attendance_mode] if event.attendance_mode else ""
    if place or mode:
        note = mode if place and place != mode else ""
        yield Told(label="Where", text=place or mode, note=note, url=_map(event))
    due = "; ".join(display_text.due_text(one) for one in event.deadlines)
    plain = (
        ("Price", display_text.price_words(event.price)),
        ("Credit", display_text.credit_words(event.credit)),
        ("Deadlines", due),
        ("Kind of event", display_text.KINDS[event.kind] if event.kind else ""),
        ("Topics", ", ".join(site.topic_name(slug) for slug in event.topics)),
        ("For whom", ", ".join(event.audience)),
        ("Language", display_text.language_name(language_of(event) or "") if event.language else ""),
        ("Recording", display_text.RECORDINGS[event.recording] if event.recording else ""),
        ("Captions", "Yes" if event.captions else ""),
        ("Sign language", "Yes" if event.sign_language else ""),
        ("Organiser", event.organizer or ""),
    )
    yield from (Told(label=label, text=text) for label, text in plain if text)


def reasons(site: Site, event: Event) -> Iterator[Reason]:
    """Why each fact is said: the words, or the part of the page, that it was read from."""
    for name, text in event.evidence:
        if name == "extractor":
            yield Reason(label=_LABELS[name], text=_READ.get(text, text))
        elif name.startswith("topics."):
            yield Reason(label=f"Topic: {site.topic_name(name.removeprefix('topics.'))}", text=text)
        else:
            yield Reason(label=_LABELS.get(name, name.replace("_", " ").capitalize()), text=text)


def announced(site: Site, event: Event) -> list[tuple[str, str | None]]:
    """Who announces it, and at which address; None where that is none of the web."""
    return list(dict.fromkeys((site.source_name(ref.id), web(ref.url)) for ref in event.sources))


def later(event: Event, series: Event | None) -> list[Event]:
    """The next times of a series after that of `event`; none where it takes place once, or is not given."""
    if series is None or series.recurrence is None:
        return []
    start = start_of(event)
    found = occurrences(series, start, start + _AHEAD)
    return [one for _, one in zip(range(MAX_TIMES + 1), found, strict=False) if start_of(one) > start][:MAX_TIMES]


def google_link(event: Event) -> str | None:
    """A link that offers the event to Google Calendar; None where its time is not known well enough, or it is off."""
    dates = _dates(event)
    if dates is None or event.status in (Status.CANCELLED, Status.POSTPONED):
        return None
    details = "\n\n".join(part for part in ((event.description or "")[:_MAX_DETAILS], web(event.url)) if part)
    asked = {
        "action": "TEMPLATE",
        "text": event.name,
        "dates": dates,
        "details": details,
        "location": place_text(event) or "",
    }
    query = urlencode({name: text for name, text in asked.items() if text}, errors="replace")
    return f"https://calendar.google.com/calendar/render?{query}"


def _dates(event: Event) -> str | None:
    """The time as Google wants it. An end that is not known is the start: no hour is invented."""
    start, end = event.start, event.end
    if not isinstance(start, datetime):
        last = display_text.day_of(end or start) + timedelta(days=1)
        return f"{start:%Y%m%d}/{last:%Y%m%d}"
    if start.tzinfo is None:
        return None
    until = end if isinstance(end, datetime) and end.tzinfo else start
    return "/".join(moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ") for moment in (start, until))


def _map(event: Event) -> str | None:
    place = event.location
    if place is None or place.latitude is None or place.longitude is None:
        return None
    return f"https://www.openstreetmap.org/?mlat={place.latitude:.5f}&mlon={place.longitude:.5f}#map=15/{place.latitude:.5f}/{place.longitude:.5f}"
