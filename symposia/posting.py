"""What one source says about an event, in the source's own words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from symposia.event import Location, Recurrence

DETAIL = "detail"
"""What the evidence calls an event's own page that a listing leads to."""
_DIGEST_DIGITS = 32
"""Hexadecimal digits of a key that is a digest: 128 bits, so that a billion postings share none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where and when a posting was found, and what the catalogue says of its source.

    Attributes:
        source: The source's id in the catalogue.
        url: The page or feed it stood on.
        fetched_at: When that was fetched (aware): the clock for every relative or year-less date of the page.
        extractor: The module that read it.
        timezone: The source's zone (IANA), for times that name none; None where the catalogue has none.
        language: The source's language (BCP 47); None likewise.
        region: The source's country (ISO 3166-1, two letters); None likewise.
        topics: Slugs of the topics that all of the source's events have.
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

    Attributes:
        origin: Where and when it was found.
        source_key: The source's own name for the event (UID with RECURRENCE-ID, address, id): the same on each crawl.
        name: The event's name.
        start: The first day or instant in ISO 8601, where a machine can read one; `symposia.moments` reads it.
        end: The last day, inclusive, or the instant it ends, in ISO 8601.
        when: The words that state the time, read only where `start` is None.
        timezone: The zone that is stated for this event, under any name.
        status: Words, or a schema.org address; like `attendance_mode`, `kind` and `price`, normalization reads it.
        attendance_mode: How people attend.
        kind: What sort of gathering it is.
        location: Where it is.
        url: The event's own page.
        registration_url: Where to register.
        recording_url: Where it can be watched.
        description: What is said of it, as plain text.
        organizer: Who holds it.
        keywords: The source's own words for what it is about.
        language: The language it is held in.
        audience: Who it is for.
        price: What attending costs.
        recurrence: How it repeats.
        evidence: For a field, where on the page its value stood.
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


def digest_key(*facts: object) -> str:
    """A `source_key` for a posting to which its source gives no name of its own, made of its facts.

    The same facts give the same key on every crawl, so name those that change the least: the event's name and start.

    >>> digest_key("Phonics", "2027-03-03")
    'sha256:12be67b3c33dc652edbb6f59cf33f14f'
    """
    digest = sha256("|".join(map(str, facts)).encode("utf-8", "replace")).hexdigest()
    return f"sha256:{digest[:_DIGEST_DIGITS]}"


def with_distinct_keys(postings: Sequence[Posting]) -> list[Posting]:
    """The postings, with the start added to each `source_key` that several share.

    Platforms give all occurrences of an event one id, and sites link a series to one page: the start tells them apart.
    """
    counts = Counter(posting.source_key for posting in postings)
    return [
        replace(posting, source_key=f"{posting.source_key}#{posting.start or posting.when}")
        if counts[posting.source_key] > 1
        else posting
        for posting in postings
    ]
