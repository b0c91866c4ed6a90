"""Asking for less: what was known of a source's pages, which of them are as they were, and what is new to remember."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from hashlib import sha256

from scrapy.http import Response

from spiders.catalogue import Source
from symposia.data_files import data_path
from symposia.outcome import Refused
from symposia.page_record import KnownPages, PageRecord, PageUpdates, digest_body
from symposia.program import program_digest

NOT_MODIFIED = 304
_VISIT = "visit"
"""The key of a request's `meta` that holds the page as it was last read."""
_ROOMS = ("symposia", "spiders", "pipelines")
"""What decides how a page is read."""


class CrawlPages:
    """The pages of one source in one crawl. `memory` is what was known before; `latest`: when the last was fetched."""

    def __init__(self, source: Source) -> None:
        self.memory = KnownPages()
        self.latest: datetime | None = None
        self._reader = digest_reader(source)
        self._read: dict[str, PageRecord] = {}
        self._again: set[str] = set()
        self._seen: set[str] = set()
        self._unread: set[str] = set()

    def known(self, url: str, line: str | None = None) -> PageRecord | None:
        """The page as it was last read; None where it never was, or by another program, or for another `line`."""
        visit = self.memory.visits.get(url)
        return visit if visit and visit.reader == self._reader and visit.line == line else None

    def visit(self, response: Response) -> PageRecord:
        """A page that was read just now, before it is said what stands on it."""
        url: str = response.meta["asked"]
        before = self.memory.visits.get(url)
        digest, now = digest_body(response.body), fetched_at(response)
        return PageRecord(
            url=url,
            digest=digest,
            reader=self._reader,
            seen=now,
            changed=before.changed if before and before.digest == digest else now,
            etag=_header(response, "ETag"),
            last_modified=_header(response, "Last-Modified"),
        )

    def remember(self, visit: PageRecord) -> None:
        """Keep what stands on a page, for the next crawl."""
        self._read[visit.url] = visit
        self._fetched(visit.seen)

    def again(self, visit: PageRecord, now: datetime) -> list[Refused]:
        """A page is as it was, and so are its postings; those of it that could not be read."""
        self._again.add(visit.url)
        self._fetched(now)
        return self.stands(visit)

    def stands(self, visit: PageRecord) -> list[Refused]:
        """A page need not be asked for, and what was read from it stands; those of it that could not be read."""
        self._seen |= visit.readable
        self._unread |= {key for key, _, _ in visit.refused if key}
        return [(None, what, reason) for _, what, reason in visit.refused]

    def learned(self, refused: Sequence[Refused]) -> PageUpdates:
        """What is to be remembered, once it is known which postings were `refused`."""
        why = {posting.source_key: (what, reason) for posting, what, reason in refused if posting is not None}
        visits = []
        for visit in self._read.values():
            unreadable = tuple((key, *why[key]) for key in visit.keys if key in why)
            visits.append(replace(visit, refused=(*visit.refused, *unreadable)))
        return PageUpdates(
            visits=tuple(visits),
            again=frozenset(self._again),
            seen=frozenset(self._seen),
            unread=frozenset(self._unread),
        )

    def clear(self) -> None:
        """Let go of all of it, once it is stored."""
        self.memory = KnownPages()
        self._read.clear()

    def _fetched(self, now: datetime) -> None:
        self.latest = max(filter(None, (self.latest, now)))


def conditional_meta(visit: PageRecord | None) -> dict[str, object]:
    """The `meta` of a request for a page that was read before."""
    return {_VISIT: visit, "handle_httpstatus_list": [NOT_MODIFIED]} if visit else {}


def conditional_headers(visit: PageRecord | None) -> dict[str, str]:
    """The headers by which a server may say that a page is as it was (RFC 9110, 13.1.2 and 13.1.3)."""
    if visit is None:
        return {}
    asked = {"If-None-Match": visit.etag, "If-Modified-Since": visit.last_modified}
    return {name: value for name, value in asked.items() if value}


def find_unmodified(response: Response) -> PageRecord | None:
    """The page as it was last read, where it is the same: the server says so, or has sent the same again."""
    visit: PageRecord | None = response.meta.get(_VISIT)
    if visit is None:
        return None
    same = response.status == NOT_MODIFIED or digest_body(response.body) == visit.digest
    return visit if same else None


def fetched_at(response: Response) -> datetime:
    """When a response was fetched."""
    moment: datetime = response.meta["fetched_at"]
    return moment


def digest_reader(source: Source) -> str:
    """A digest of the program, and of what a source's entry says of how its pages are to be read."""
    entry = (source.kind, source.timezone, source.language, source.region, source.topics, source.browser)
    return sha256(repr((_program(), entry)).encode()).hexdigest()


@cache
def _program() -> str:
    return program_digest(*_ROOMS) + sha256(data_path("topics.toml").read_bytes()).hexdigest()


def _header(response: Response, name: str) -> str | None:
    value: bytes | None = response.headers.get(name)
    return value.decode("latin-1") if value else None
