"""What an event's own page tells: all that is known, and the words that say so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from calendar_export.facets import language_of
from calendar_export.page import display_text
from calendar_export.page.site import Site
from calendar_export.text.facts import place_text
from calendar_export.text.urls import web_url
from symposia.event import Event, Status
from symposia.moments import date_of
from symposia.occurrences import occurrences, start_of

MAX_OCCURRENCES = 12
"""Later occurrences of a series that its page lists: three months of a weekly one."""
_LOOK_AHEAD = timedelta(days=366)
"""How far ahead later occurrences are looked for: a yearly series has one there."""
_MAX_DETAILS = 1_000
"""Characters of a description in a link to Google, which refuses long addresses."""
_FACT_LABELS = {
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
"""What the page calls the fields of an event's evidence."""
_EXTRACTOR_NAMES = {
    "icalendar": "a calendar feed",
    "listing": "the list on the page",
    "json-ld": "the page's schema.org data",
    "jsonld": "the page's schema.org data",
    "microdata": "the page's schema.org data",
    "rss": "a news feed",
    "hevent": "the page's h-event marks",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """A line of the details; `note` and `url` belong to it where it has them."""

    label: str
    text: str
    note: str = ""
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A fact, and the words of the announcement that it was read from."""

    label: str
    text: str


def event_details(site: Site, event: Event) -> Iterator[Detail]:
    """What is known of an event beside its times, the most important first."""
    place = place_text(event)
    mode = display_text.MODES[event.attendance_mode] if event.attendance_mode else ""
    if place or mode:
        note = mode if place and place != mode else ""
        yield Detail(label="Where", text=place or mode, note=note, url=_map_url(event))
    details = (
        ("Price", display_text.price_text(event.price)),
        ("Credit", display_text.credit_text(event.credit)),
        ("Deadlines", "; ".join(display_text.deadline_text(deadline) for deadline in event.deadlines)),
        ("Kind of event", display_text.KINDS[event.kind] if event.kind else ""),
        ("Topics", ", ".join(site.topic_name(slug) for slug in event.topics)),
        ("For whom", ", ".join(event.audience)),
        ("Language", display_text.language_name(language_of(event) or "") if event.language else ""),
        ("Recording", display_text.RECORDINGS[event.recording] if event.recording else ""),
        ("Captions", "Yes" if event.captions else ""),
        ("Sign language", "Yes" if event.sign_language else ""),
        ("Organiser", event.organizer or ""),
    )
    yield from (Detail(label=label, text=text) for label, text in details if text)


def event_evidence(site: Site, event: Event) -> Iterator[Evidence]:
    """For each fact, the words or the part of the page that it was read from."""
    for name, text in event.evidence:
        if name == "extractor":
            yield Evidence(label=_FACT_LABELS[name], text=_EXTRACTOR_NAMES.get(text, text))
        elif name.startswith("topics."):
            yield Evidence(label=f"Topic: {site.topic_name(name.removeprefix('topics.'))}", text=text)
        else:
            yield Evidence(label=_FACT_LABELS.get(name, name.replace("_", " ").capitalize()), text=text)


def event_sources(site: Site, event: Event) -> list[tuple[str, str | None]]:
    """The name of each source, and its address; None where that is no address of the web."""
    return list(dict.fromkeys((site.source_name(ref.id), web_url(ref.url)) for ref in event.sources))


def later_occurrences(event: Event, series: Event | None) -> list[Event]:
    """The next occurrences after that of `event`; none without a `series`, the event as stored with its rule."""
    if series is None or series.recurrence is None:
        return []
    start = start_of(event)
    upcoming = occurrences(series, start, start + _LOOK_AHEAD)
    first = [occurrence for _, occurrence in zip(range(MAX_OCCURRENCES + 1), upcoming, strict=False)]
    return [occurrence for occurrence in first if start_of(occurrence) > start][:MAX_OCCURRENCES]


def google_link(event: Event) -> str | None:
    """A link that adds the event to Google Calendar; None where it has a floating time, or does not take place."""
    dates = _google_dates(event)
    if dates is None or event.status in (Status.CANCELLED, Status.POSTPONED):
        return None
    details = "\n\n".join(part for part in ((event.description or "")[:_MAX_DETAILS], web_url(event.url)) if part)
    parameters = {
        "action": "TEMPLATE",
        "text": event.name,
        "dates": dates,
        "details": details,
        "location": place_text(event) or "",
    }
    query = urlencode({name: text for name, text in parameters.items() if text}, errors="replace")
    return f"https://calendar.google.com/calendar/render?{query}"


def _google_dates(event: Event) -> str | None:
    """The time as Google wants it, an unknown end being the start: no hour is invented. None for a floating time."""
    start, end = event.start, event.end
    if not isinstance(start, datetime):
        last = date_of(end or start) + timedelta(days=1)
        return f"{start:%Y%m%d}/{last:%Y%m%d}"
    if start.tzinfo is None:
        return None
    until = end if isinstance(end, datetime) and end.tzinfo else start
    return "/".join(moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ") for moment in (start, until))


def _map_url(event: Event) -> str | None:
    place = event.location
    if place is None or place.latitude is None or place.longitude is None:
        return None
    latitude, longitude = f"{place.latitude:.5f}", f"{place.longitude:.5f}"
    return f"https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=15/{latitude}/{longitude}"
