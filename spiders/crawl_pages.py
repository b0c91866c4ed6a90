"""The pages of a source in one crawl: what was known of them, which have not changed, and what the others hold."""

from __future__ import annotations

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
"""RFC 9110, 15.4.5."""
_RECORD_KEY = "page_record"
"""The key of a request's `meta` that holds the page as it was last read."""
_ROOMS = ("symposia", "spiders", "pipelines")
"""The packages that decide how a page is read."""


class CrawlPages:
    """The pages of one source in one crawl.

    `known` is what the store knew of them before; `fetched_at` is when the last of them was fetched, None before the first.
    """

    def __init__(self, source: Source) -> None:
        self.known = KnownPages()
        self.fetched_at: datetime | None = None
        self._reader = digest_reader(source)
        self._read: dict[str, PageRecord] = {}
        self._not_modified: set[str] = set()
        self._seen_keys: set[str] = set()
        self._refused_keys: set[str] = set()

    def find_record(self, url: str, listing_digest: str | None = None) -> PageRecord | None:
        """Find the page as it was last read.

        Returns:
            None where it was never read, or its record no longer holds: another version of the program or of the
            catalogue's entry made it, or the listing's words about it, whose digest is `listing_digest`, have changed.
        """
        record = self.known.records.get(url)
        valid = record and record.reader == self._reader and record.listing_digest == listing_digest
        return record if valid else None

    def make_record(self, response: Response) -> PageRecord:
        """Make the record of a page that was just fetched; what stands on it is for the caller to add."""
        url: str = response.meta["asked"]
        before = self.known.records.get(url)
        digest, now = digest_body(response.body), fetched_at(response)
        return PageRecord(
            url=url,
            digest=digest,
            reader=self._reader,
            seen=now,
            changed=before.changed if before and before.digest == digest else now,
            etag=_decode_header(response, "ETag"),
            last_modified=_decode_header(response, "Last-Modified"),
        )

    def add_record(self, record: PageRecord) -> None:
        """Keep what was read from a page, for the next crawl."""
        self._read[record.url] = record
        self._note_fetch(record.seen)

    def mark_not_modified(self, record: PageRecord, now: datetime) -> list[Refused]:
        """Note that a page was asked for at `now` and has not changed (RFC 9110, 15.4.5).

        Returns:
            What could not be read from it.
        """
        self._not_modified.add(record.url)
        self._note_fetch(now)
        return self.mark_still_valid(record)

    def mark_still_valid(self, record: PageRecord) -> list[Refused]:
        """Note that what was read from a page still stands, whether the page was asked for or not.

        Returns:
            What could not be read from it.
        """
        self._seen_keys |= record.accepted_keys
        self._refused_keys |= record.refused_keys
        return [(None, name, reason) for _, name, reason in record.refused]

    def take_updates(self) -> PageUpdates:
        """Hand over what was found out, and free the memory of it and of the known pages."""
        updates = PageUpdates(
            records=tuple(self._read.values()),
            not_modified=frozenset(self._not_modified),
            seen_keys=frozenset(self._seen_keys),
            refused_keys=frozenset(self._refused_keys),
        )
        self.known = KnownPages()
        self._read.clear()
        return updates

    def _note_fetch(self, now: datetime) -> None:
        self.fetched_at = max(filter(None, (self.fetched_at, now)))


def conditional_meta(record: PageRecord | None) -> dict[str, object]:
    """The `meta` of a request for a page; empty where there is no record of it."""
    return {_RECORD_KEY: record, "handle_httpstatus_list": [NOT_MODIFIED]} if record else {}


def conditional_headers(record: PageRecord | None) -> dict[str, str]:
    """The headers that make a request conditional (RFC 9110, 13.1.2 and 13.1.3); empty where there is no record."""
    if record is None:
        return {}
    validators = {"If-None-Match": record.etag, "If-Modified-Since": record.last_modified}
    return {name: value for name, value in validators.items() if value}


def find_unmodified(response: Response) -> PageRecord | None:
    """Find the page as it was last read, if it is still the same: the server says so, or has sent the same body again."""
    record: PageRecord | None = response.meta.get(_RECORD_KEY)
    if record is None:
        return None
    same = response.status == NOT_MODIFIED or digest_body(response.body) == record.digest
    return record if same else None


def fetched_at(response: Response) -> datetime:
    """When a response was fetched, in UTC."""
    moment: datetime = response.meta["fetched_at"]
    return moment


def digest_reader(source: Source) -> str:
    """Digest everything that decides how a page is read: the program, the topics, and the source's entry."""
    entry = (source.kind, source.timezone, source.language, source.region, source.topics, source.browser)
    return sha256(repr((_digest_program(), entry)).encode()).hexdigest()


@cache
def _digest_program() -> str:
    return program_digest(*_ROOMS) + sha256(data_path("topics.toml").read_bytes()).hexdigest()


def _decode_header(response: Response, name: str) -> str | None:
    value: bytes | None = response.headers.get(name)
    return value.decode("latin-1") if value else None
