"""Events as a table, through pandas."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime

import pandas as pd

from calendar_export.facts import credit_text, deadlines_text, price_text
from symposia.codec import moment_text
from symposia.event import Event, Moment

MAX_DESCRIPTION = 500

COLUMNS = (
    "uid", "name", "start", "end", "all_day", "timezone", "start_utc", "end_utc", "status", "attendance_mode", "kind", "topics", "location",
    "address", "city", "region", "country", "price", "is_free", "organizer", "url", "registration_url", "language", "recurrence", "description",
    "sources", "created", "last_modified", "deadlines", "credit", "audience", "recording", "captions",
)  # fmt: skip
"""The columns, in an order that does not change; new ones come last."""

_formula = re.compile(r"^[\s\x00-\x1f]*[=+\-@|%]")


def table_bytes(events: Iterable[Event]) -> bytes:
    """A CSV file of one row an event: UTF-8 with a byte order mark, as Excel needs it, and CR LF (RFC 4180)."""
    frame = pd.DataFrame([row(event) for event in events], columns=list(COLUMNS), dtype="object")
    text: str = frame.to_csv(index=False, lineterminator="\r\n")
    return text.encode("utf-8-sig", "replace")


def row(event: Event) -> dict[str, str | bool | None]:
    """One event as text cells that no spreadsheet takes for a formula."""
    place = event.location
    words = {
        "uid": event.uid,
        "name": event.name,
        "timezone": event.timezone,
        "status": event.status.value,
        "attendance_mode": event.attendance_mode.value if event.attendance_mode else None,
        "kind": event.kind.value if event.kind else None,
        "topics": "; ".join(event.topics),
        "location": place.name if place else None,
        "address": place.address if place else None,
        "city": place.city if place else None,
        "region": place.region if place else None,
        "country": place.country if place else None,
        "price": price_text(event.price),
        "deadlines": deadlines_text(event.deadlines),
        "credit": credit_text(event.credit),
        "audience": "; ".join(event.audience),
        "recording": event.recording.value if event.recording else None,
        "organizer": event.organizer,
        "url": event.url,
        "registration_url": event.registration_url,
        "language": event.language,
        "recurrence": event.recurrence.rrule if event.recurrence else None,
        "description": (event.description or "")[:MAX_DESCRIPTION],
        "sources": "; ".join(dict.fromkeys(ref.id for ref in event.sources)),
    }
    return {
        **{name: cell(text) for name, text in words.items()},
        "start": moment_text(event.start),
        "end": moment_text(event.end) if event.end else None,
        "all_day": event.all_day,
        "start_utc": _utc(event.start),
        "end_utc": _utc(event.end),
        "is_free": event.price.is_free if event.price else None,
        "captions": event.captions,
        "created": _utc(event.created),
        "last_modified": _utc(event.last_modified),
    }


def cell(text: str | None) -> str | None:
    """`text` on one line, with an apostrophe before what a spreadsheet would compute (OWASP, CSV injection)."""
    if not text:
        return None
    line = " ".join(re.sub(r"[\x00-\x1f\x7f]", " ", text).split())
    return f"'{line}" if _formula.match(text) or _formula.match(line) else line


def _utc(moment: Moment | None) -> str | None:
    if not isinstance(moment, datetime) or moment.tzinfo is None:
        return None
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")
