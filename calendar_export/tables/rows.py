"""Events, deadlines and sources as rows of typed values, which the tables and the workbook write."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from calendar_export.fact_text import credit_text, deadlines_text, price_text
from calendar_export.icalendar.deadline_vevent import past_at
from calendar_export.tables.columns import Row, Value
from symposia.event import Deadline, Event, Location, Moment, Price, Status
from symposia.facts.links import is_private_link, without_private
from symposia.occurrences import start_of

MAX_DESCRIPTION = 500
_PAGE_ALONE = frozenset(["notes", "history", "listed"])
_READ = 4 * MAX_DESCRIPTION  # private links are looked for before the cut, as one that is cut in two is not seen


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """A source and how its last crawl ended; None in what is not known, as where it was never crawled.

    `checked` is the day, not the moment: a table that changed with each crawl would be new where nothing is. `alarms` say in
    words what a person should look at, `notes` what can wait; `new` events were never seen before its last crawl. `history`
    is how many events it listed on each of the last days on which it was crawled, None where that failed. `listed`: it
    is still in the catalogue. Of these, `notes`, `history` and `listed` are for the page alone.
    """

    id: str
    name: str
    url: str
    status: str | None = None
    cause: str | None = None
    detail: str | None = None
    checked: date | None = None
    events: int | None = None
    refused: int | None = None
    pages: int | None = None
    alarms: tuple[str, ...] = ()
    new: int | None = None
    notes: tuple[str, ...] = ()
    history: tuple[int | None, ...] = ()
    listed: bool = True


def event_row(event: Event) -> Row:
    """One event by the columns of events.csv."""
    return {
        **_words(event),
        **_times(event),
        **_place(event.location),
        **_price(event.price),
        "deadlines": deadlines_text(event.deadlines),
        "credit": credit_text(event.credit),
        "audience": _list(event.audience),
        "recording": event.recording.value if event.recording else None,
        "captions": event.captions,
        "sign_language": event.sign_language,
        "recurrence": event.recurrence.rrule if event.recurrence else None,
        "sequence": event.sequence,
        "sources": _list(ref.id for ref in event.sources),
        "source_urls": _list(ref.url for ref in event.sources if not is_private_link(ref.url)),
    }


def deadline_rows(events: Iterable[Event], now: datetime) -> list[Row]:
    """The deadlines that are not over at `now`, the soonest first; none of a cancelled event."""
    ahead = [
        (past_at(due, event), start_of(event), event.uid, due, event)
        for event in events
        if event.status is not Status.CANCELLED
        for due in event.deadlines
    ]
    ahead.sort(key=lambda one: (*one[:3], one[3].kind))
    return [_deadline(due, event) for last, _, _, due, event in ahead if last > now]


def source_row(source: SourceRow) -> Row:
    """One source by the columns of sources.csv."""
    known = {field.name: getattr(source, field.name) for field in fields(source) if field.name not in _PAGE_ALONE}
    return {**known, "alarms": _list(source.alarms)}


def _words(event: Event) -> Row:
    return {
        "uid": event.uid,
        "name": without_private(event.name),
        "status": event.status.value,
        "attendance_mode": event.attendance_mode.value if event.attendance_mode else None,
        "kind": event.kind.value if event.kind else None,
        "topics": _list(event.topics),
        "organizer": event.organizer,
        "url": _public(event.url),
        "registration_url": _public(event.registration_url),
        "recording_url": _public(event.recording_url),
        "language": event.language,
        "description": without_private((event.description or "")[:_READ])[:MAX_DESCRIPTION],
        "keywords": _list(event.keywords),
    }


def _times(event: Event) -> Row:
    return {
        "start": event.start,
        "end": event.end,
        "all_day": event.all_day,
        "timezone": event.timezone,
        "timezone_assumed": event.timezone_assumed,
        "start_utc": _instant(event.start),
        "end_utc": _instant(event.end),
        "start_local": event.start,
        "end_local": event.end,
        "created": _instant(event.created),
        "last_modified": _instant(event.last_modified),
    }


def _place(place: Location | None) -> Row:
    if place is None:
        return {}
    return {
        "location": without_private(place.name or ""),
        "address": without_private(place.address or ""),
        "city": place.city,
        "region": place.region,
        "country": place.country,
        "latitude": place.latitude,
        "longitude": place.longitude,
    }


def _price(price: Price | None) -> Row:
    if price is None:
        return {}
    return {
        "price": price_text(price),
        "is_free": price.is_free,
        "price_low": price.low,
        "price_high": price.high,
        "currency": price.currency,
    }


def _deadline(due: Deadline, event: Event) -> Row:
    at = due.at
    if event.timezone and isinstance(at, datetime) and at.tzinfo:
        at = at.astimezone(ZoneInfo(event.timezone))
    return {
        "at": at,
        "kind": due.kind.value,
        "name": without_private(event.name),
        "start": event.start,
        "uid": event.uid,
        "url": _public(event.url),
        "registration_url": _public(event.registration_url),
        "topics": _list(event.topics),
        "timezone": event.timezone,
        "at_utc": _instant(at),
    }


def _public(url: str | None) -> str | None:
    return None if is_private_link(url) else url


def _list(words: Iterable[str]) -> Value:
    return "; ".join(dict.fromkeys(words)) or None


def _instant(moment: Moment | None) -> datetime | None:
    return moment.astimezone(UTC) if isinstance(moment, datetime) and moment.tzinfo else None
