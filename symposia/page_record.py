"""What is remembered of a source's pages, so that the next crawl asks for less and reads nothing twice."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Self

from symposia.codec import posting_from_json, to_json
from symposia.posting import Posting

MAX_FRESHNESS = timedelta(days=7)
"""Longest time for which a page or source counts as unchanged without asking: events are announced weeks ahead."""
_HEURISTIC_FRACTION = 10
"""A page that last changed ten days ago is fresh for one: RFC 9111, 4.2.2, names a tenth as the usual heuristic."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPosting:
    """A posting of a listing that has a page of its own, at `url`.

    `key` is the source's own key for it. `listing_digest` is a digest of what the listing says of it, without the time of
    fetching. `text` is the posting as JSON: it is seldom needed as an object.
    """

    key: str
    url: str
    listing_digest: str
    text: str

    @classmethod
    def from_posting(cls, posting: Posting, url: str) -> Self:
        """Make one of a posting that was just read from the listing."""
        data = to_json(posting)
        timeless = {**data, "origin": {**data["origin"], "fetched_at": None}}  # type: ignore[dict-item]  # an Origin's
        digest = sha256(json.dumps(timeless, sort_keys=True).encode()).hexdigest()
        return cls(key=posting.source_key, url=url, listing_digest=digest, text=json.dumps(data, ensure_ascii=False))

    @property
    def posting(self) -> Posting:
        """The posting, as the listing had it."""
        return posting_from_json(json.loads(self.text))


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRecord:
    """A page as it was last read, under the address that was asked for.

    Attributes:
        digest: Of the body, see `digest_body`.
        reader: Digest of the program and of the catalogue's entry: a page read by another reader is read anew.
        seen: When it was last fetched, or last confirmed to be unchanged.
        changed: When it was first seen to be as it is now.
        etag: The server's validator (RFC 9110, 8.8.3); None where it sends none.
        last_modified: The server's other validator (RFC 9110, 8.8.2); None where it sends none.
        keys: The source's own keys of the postings read from it.
        refused: What could not be read: its key (None for a piece without one), what it is called, and why.
        listed: Of a listing, the postings beside `keys` that have a page of their own.
        next_pages: Of a listing, the addresses of the pages that follow it.
        empty: The page itself says that it lists nothing.
        capped: How the listing was cut short by the platform; None where it was not.
        listing_digest: Of an event's own page, what the listing said when it was read; see `ListedPosting`.
    """

    url: str
    digest: str
    reader: str
    seen: datetime
    changed: datetime
    etag: str | None = None
    last_modified: str | None = None
    keys: tuple[str, ...] = ()
    refused: tuple[tuple[str | None, str, str], ...] = ()
    listed: tuple[ListedPosting, ...] = ()
    next_pages: tuple[str, ...] = ()
    empty: bool = False
    capped: str | None = None
    listing_digest: str | None = None

    @property
    def accepted_keys(self) -> frozenset[str]:
        """The keys of the postings that were read from the page and not refused."""
        return frozenset(self.keys) - self.refused_keys

    @property
    def refused_keys(self) -> frozenset[str]:
        """The keys of the postings on the page that could not be read."""
        return frozenset(key for key, _, _ in self.refused if key)

    def is_fresh(self, now: datetime) -> bool:
        """Whether it is still fresh: unchanged for over ten times the time since the last fetch (RFC 9111, 4.2.2)."""
        return now - self.seen < freshness_lifetime(now - self.changed)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPages:
    """What the store knows of a source before it is crawled.

    Attributes:
        records: The source's pages, by address.
        past: Keys of the postings whose event is over.
        soon: Keys of the postings whose event takes place within days.
        resting_hosts: Hosts that asked to be left alone, and until when.
    """

    records: Mapping[str, PageRecord] = field(default_factory=dict)
    past: frozenset[str] = frozenset()
    soon: frozenset[str] = frozenset()
    resting_hosts: Mapping[str, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageUpdates:
    """What one crawl found out about a source's pages.

    Attributes:
        records: The pages that were read.
        not_modified: Addresses of the pages that were asked for and had not changed.
        seen_keys: Keys of the postings on pages that were not read again.
        refused_keys: Keys of the postings on such pages that could not be read when the page was.
    """

    records: tuple[PageRecord, ...] = ()
    not_modified: frozenset[str] = frozenset()
    seen_keys: frozenset[str] = frozenset()
    refused_keys: frozenset[str] = frozenset()

    def with_refused(self, refused: Mapping[str, tuple[str, str]]) -> Self:
        """Note postings that were refused after their page was read: by key, what each is called and why."""
        return replace(self, records=tuple(_with_refused(record, refused) for record in self.records))


def _with_refused(record: PageRecord, refused: Mapping[str, tuple[str, str]]) -> PageRecord:
    unreadable = tuple((key, *refused[key]) for key in record.keys if key in refused)
    return replace(record, refused=(*record.refused, *unreadable))


def freshness_lifetime(age: timedelta) -> timedelta:
    """How long what has not changed for `age` is taken to stay unchanged.

    >>> freshness_lifetime(timedelta(days=30))
    datetime.timedelta(days=3)
    >>> freshness_lifetime(timedelta(days=365))
    datetime.timedelta(days=7)
    """
    return min(age / _HEURISTIC_FRACTION, MAX_FRESHNESS)


def digest_body(body: bytes) -> str:
    """Digest a response's body: the same where the bytes are the same."""
    return sha256(body).hexdigest()
