"""What is remembered of the pages of a source, so that the next crawl asks for less and reads nothing twice."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Self

from symposia.codec import posting_from_json, to_json
from symposia.posting import Posting

MAX_FRESHNESS = timedelta(days=7)
"""How long what never changes is left unread at most."""
_SHARE_OF_AGE = 10
"""What has not changed for ten days is most likely the same tomorrow (RFC 9111, 4.2.2, heuristic freshness)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPosting:
    """A posting of a listing that has a page of its own, at `url`.

    `key` is the source's own name for it; `line` a digest of what the listing says, whenever it was fetched; `text` the
    posting's JSON, which is seldom looked at.
    """

    key: str
    url: str
    line: str
    text: str

    @classmethod
    def of(cls, posting: Posting, url: str) -> Self:
        """That of a posting just read."""
        data = to_json(posting)
        timeless = {**data, "origin": {**data["origin"], "fetched_at": None}}  # type: ignore[dict-item]  # an Origin's
        line = sha256(json.dumps(timeless, sort_keys=True).encode()).hexdigest()
        return cls(key=posting.source_key, url=url, line=line, text=json.dumps(data, ensure_ascii=False))

    @property
    def posting(self) -> Posting:
        """The posting, as the listing had it."""
        return posting_from_json(json.loads(self.text))


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRecord:
    """A page as it was last read, under the address that was asked for.

    `etag` and `last_modified` are the server's validators (RFC 9110, 8.8), None where it sends none; `digest` is that of
    the body. `reader` names the program and the entry of the catalogue that read it: by another, it is read anew.
    `seen`: when it was last fetched, or said not to have changed; `changed`: when it was first seen to be as it is.

    `keys` are the source's own names of the postings read from it, `refused` those (and pieces without such a name) that
    could not be read, with a word on each and the reason. Of a listing, `listed` are, beside those, the postings that have
    a page of their own; `next_pages` lead on; `empty`: it says that it lists nothing; `capped`: how it was cut, if it was.
    Of an event's own page, `line` is the digest of what the listing said when it was read.
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
    line: str | None = None

    @property
    def readable(self) -> frozenset[str]:
        """The names of the postings that were read from the page, and kept."""
        return frozenset(self.keys) - {key for key, _, _ in self.refused}

    def rests(self, now: datetime) -> bool:
        """Whether the page need not be asked for: it has not changed for ten times as long as it was last seen ago."""
        return now - self.seen < freshness_lifetime(now - self.changed)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPages:
    """What the store knows of a source before it is crawled.

    `visits` are its pages, by their addresses. `over` and `soon` are the names of the postings whose event is past, and
    takes place within days. `rests`: hosts that asked to be left alone, and until when.
    """

    visits: Mapping[str, PageRecord] = field(default_factory=dict)
    over: frozenset[str] = frozenset()
    soon: frozenset[str] = frozenset()
    rests: Mapping[str, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageUpdates:
    """What a crawl has learned of a source's pages.

    `visits` were read, `again` are the addresses of those that had not changed. `seen` are the names of the postings that
    stand on pages that were not read anew, `unread` of those that stand there and could not be read.
    """

    visits: tuple[PageRecord, ...] = ()
    again: frozenset[str] = frozenset()
    seen: frozenset[str] = frozenset()
    unread: frozenset[str] = frozenset()


def freshness_lifetime(age: timedelta) -> timedelta:
    """How long what has not changed for `age` is left unread."""
    return min(age / _SHARE_OF_AGE, MAX_FRESHNESS)


def digest_body(body: bytes) -> str:
    """A digest of a page, the same where its bytes are."""
    return sha256(body).hexdigest()
