"""Events, deadlines and sources as rows of typed values, which CSV files and the workbook write in their own ways."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from calendar_export.selection import deadline_end
from calendar_export.source_summary import SourceSummary
from calendar_export.tables.columns import Row, Value
from calendar_export.text.facts import credit_text, deadlines_text, price_text
from symposia.event import Deadline, Event, Location, Moment, Price, Status
from symposia.occurrences import start_of

MAX_DESCRIPTION = 500
"""Characters of a description in a table: enough to choose by; the event's page has the rest."""
_PAGE_ONLY = frozenset(["notes", "history", "listed"])
"""The fields of a source that only the page shows."""


def event_row(event: Event) -> Row:
    """One event by the columns of events.csv."""
    return {
        **_text_values(event),
        **_time_values(event),
        **_place_values(event.location),
        **_price_values(event.price),
        "deadlines": deadlines_text(event.deadlines),
        "credit": credit_text(event.credit),
        "audience": _join_texts(event.audience),
        "recording": event.recording.value if event.recording else None,
        "captions": event.captions,
        "sign_language": event.sign_language,
        "recurrence": event.recurrence.rrule if event.recurrence else None,
        "sequence": event.sequence,
        "sources": _join_texts(ref.id for ref in event.sources),
        "source_urls": _join_texts(ref.url for ref in event.sources if ref.url),
    }


def deadline_rows(events: Iterable[Event], now: datetime) -> list[Row]:
    """The deadlines that are not past at `now` by the columns of deadlines.csv, the soonest first.

    Cancelled events have none.
    """
    deadlines = [
        (deadline_end(deadline, event), start_of(event), event.uid, deadline.kind, deadline, event)
        for event in events
        if event.status is not Status.CANCELLED
        for deadline in event.deadlines
    ]
    deadlines.sort(key=lambda entry: entry[:4])
    return [_deadline_row(deadline, event) for end, *_, deadline, event in deadlines if end > now]


def source_row(source: SourceSummary) -> Row:
    """One source by the columns of sources.csv."""
    values = {field.name: getattr(source, field.name) for field in fields(source) if field.name not in _PAGE_ONLY}
    return {**values, "alarms": _join_texts(source.alarms)}


def _text_values(event: Event) -> Row:
    return {
        "uid": event.uid,
        "name": event.name,
        "status": event.status.value,
        "attendance_mode": event.attendance_mode.value if event.attendance_mode else None,
        "kind": event.kind.value if event.kind else None,
        "topics": _join_texts(event.topics),
        "organizer": event.organizer,
        "url": event.url,
        "registration_url": event.registration_url,
        "recording_url": event.recording_url,
        "language": event.language,
        "description": (event.description or "")[:MAX_DESCRIPTION],
        "keywords": _join_texts(event.keywords),
    }


def _time_values(event: Event) -> Row:
    return {
        "start": event.start,
        "end": event.end,
        "all_day": event.all_day,
        "timezone": event.timezone,
        "timezone_assumed": event.timezone_assumed,
        "start_utc": _utc_instant(event.start),
        "end_utc": _utc_instant(event.end),
        "start_local": event.start,
        "end_local": event.end,
        "created": _utc_instant(event.created),
        "last_modified": _utc_instant(event.last_modified),
    }


def _place_values(place: Location | None) -> Row:
    if place is None:
        return {}
    return {
        "location": place.name,
        "address": place.address,
        "city": place.city,
        "region": place.region,
        "country": place.country,
        "latitude": place.latitude,
        "longitude": place.longitude,
    }


def _price_values(price: Price | None) -> Row:
    if price is None:
        return {}
    return {
        "price": price_text(price),
        "is_free": price.is_free,
        "price_low": price.low,
        "price_high": price.high,
        "currency": price.currency,
    }


def _deadline_row(deadline: Deadline, event: Event) -> Row:
    at = deadline.at
    if event.timezone and isinstance(at, datetime) and at.tzinfo:
        at = at.astimezone(ZoneInfo(event.timezone))
    return {
        "at": at,
        "kind": deadline.kind.value,
        "name": event.name,
        "start": event.start,
        "uid": event.uid,
        "url": event.url,
        "registration_url": event.registration_url,
        "topics": _join_texts(event.topics),
        "timezone": event.timezone,
        "at_utc": _utc_instant(at),
    }


def _join_texts(texts: Iterable[str]) -> Value:
    return "; ".join(dict.fromkeys(texts)) or None


def _utc_instant(moment: Moment | None) -> datetime | None:
    """The moment in UTC; None for a day, for a floating time, and for None."""
    return moment.astimezone(UTC) if isinstance(moment, datetime) and moment.tzinfo else None
