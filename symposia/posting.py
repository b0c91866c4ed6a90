"""What one source says about an event, in the source's own words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from symposia.event import Location, Recurrence

DETAIL = "detail"
"""What the evidence calls an event's own page that a listing leads to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where and when a posting was found, and what is known of its source beforehand.

    `fetched_at` (aware) is the clock for every relative or year-less date of the page. `timezone` (IANA), `language`
    (BCP 47), `region` (ISO 3166) and `topics` are the catalogue's, for what the page leaves unsaid; None if unknown.
    `extractor` names the module that read it.
    """

    source: str
    url: str
    fetched_at: datetime
    extractor: str
    timezone: str | None = None
    language: str | None = None
    region: str | None = None
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """An event as one page or feed entry announces it. Every value is as the source has it; None where it says nothing.

    `source_key` is the source's own name for the event (UID with RECURRENCE-ID, address, id): the same on each crawl.
    `start` and `end` are machine-readable ISO 8601 where the source gives such (`end` inclusive for days); `when` is free
    text, read only where `start` is None. `timezone` is a zone stated for this event, under any name.
    `status`, `attendance_mode`, `kind` and `price` are words or schema.org addresses, to be read later.
    `evidence` maps a field to where on the page it stood.
    """

    origin: Origin
    source_key: str
    name: str | None = None
    start: str | None = None
    end: str | None = None
    when: str | None = None
    timezone: str | None = None
    status: str | None = None
    attendance_mode: str | None = None
    kind: str | None = None
    location: Location | None = None
    url: str | None = None
    registration_url: str | None = None
    recording_url: str | None = None
    description: str | None = None
    organizer: str | None = None
    keywords: tuple[str, ...] = ()
    language: str | None = None
    audience: tuple[str, ...] = ()
    price: str | None = None
    recurrence: Recurrence | None = None
    evidence: tuple[tuple[str, str], ...] = ()
