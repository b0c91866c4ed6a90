"""Every error that Symposia raises on purpose, and the causes of a crawl's failures.

SymposiaError
├── CatalogueError       data/sources.toml (or another catalogue) cannot be used
├── TaxonomyError        data/topics.toml (or another file of topics) cannot be used
├── OverridesError       data/overrides.toml (or another file of a person's decisions) cannot be used
├── SettingsError        symposia.toml (or another file of settings) cannot be used
├── ExtractionError      a response holds nothing that can be read; carries a Cause
├── FetchError           a page cannot be fetched; carries a Cause
├── ArchiveError         a WARC archive cannot be read or written
├── QueryError           a query for events cannot be understood
├── StoreError           the store cannot be opened, read or written
│   └── NoStoreError     there is no store where one is to be read
├── LockedError          another process is working on the store
└── ExportError          the calendars, tables or pages cannot be written

A command ends with the message of any of these. What stops a single request while a crawl goes on is an error of
Scrapy's instead (IgnoreRequest), or looks like one: see spiders/causes.py. A posting that cannot be published is
`Rejected` (pipelines/normalized.py).
"""

from __future__ import annotations

from enum import StrEnum


class Cause(StrEnum):
    """Why a source, or one of its requests, failed. A closed list: reports, tests and docs/health.md count on it."""

    DNS = "dns"
    """The host's name was not found."""
    TLS = "tls"
    """The connection cannot be trusted: a certificate is wrong or has expired."""
    TIMEOUT = "timeout"
    """There was no complete answer in time."""
    CONNECTION = "connection"
    """The connection was refused or broke off, or a download failed for no other reason listed here."""
    BLOCKED = "blocked"
    """The answer is meant for a person or a browser (403, 429, a captcha); the page may be readable another time."""
    LOGIN = "login"
    """The page is for members only (401, or a form to log in)."""
    NOT_FOUND = "not_found"
    """The site has no such page (404, 410, or a page that says so)."""
    GONE = "gone"
    """There is no site: it is parked, suspended, or not made yet."""
    HTTP = "http"
    """Another status of 400 and more, mostly 5xx, or a page that says that the server is out of order."""
    ROBOTS = "robots"
    """robots.txt forbids the request (RFC 9309)."""
    REDIRECTS = "redirects"
    """Too many redirects, as in a circle."""
    PRIVATE_ADDRESS = "private_address"
    """The address leads into this machine or its networks; nothing was connected to."""
    TOO_LARGE = "too_large"
    """The body is larger than DOWNLOAD_MAXSIZE, or has more tags than are read."""
    WRONG_CONTENT = "wrong_content"
    """Something other than the source's entry pins, or no page at all."""
    EMPTY_BODY = "empty_body"
    """The body is empty, or holds no element."""
    UNRECOGNISED = "unrecognised"
    """Nothing on the page was recognised as an event, and never was."""
    LAYOUT_CHANGED = "layout_changed"
    """The page no longer holds anything that is recognised as an event."""
    MOVED = "moved"
    """The source's address redirects for good to a page on which nothing was recognised."""
    NEEDS_BROWSER = "needs_browser"
    """Scripts make the page, and there is no browser to run them."""
    CAPPED = "capped"
    """A platform's answer is as long as its answers can be: it was read, and is most likely incomplete."""
    NO_EVENTS = "no_events"
    """The source itself says that it lists no events: not a failure."""
    NOT_IN_ARCHIVE = "not_in_archive"
    """The archive that is replayed holds no response for the address."""
    ALL_REFUSED = "all_refused"
    """Events were recognised, and not one could be read."""
    BUG = "bug"
    """Symposia itself broke."""


class SymposiaError(Exception):
    """The base of all errors below."""


class CatalogueError(SymposiaError):
    """The catalogue of sources is missing or wrong; the message names the file, the entry and the fault."""


class TaxonomyError(SymposiaError):
    """The file of topics is missing or wrong; the message names the file, the topic and the fault."""


class OverridesError(SymposiaError):
    """The file of a person's decisions is wrong; the message names the file, the entry and the fault."""


class ExtractionError(SymposiaError):
    """A response cannot be read. `cause` is one of `Cause`; the message says what was seen instead."""

    def __init__(self, cause: Cause, message: str) -> None:
        super().__init__(message)
        self.cause = cause


class FetchError(SymposiaError):
    """A page cannot be fetched. `cause` is None where `url` is no address to ask for; `detail` says what happened."""

    def __init__(self, cause: Cause | None, url: str, detail: str) -> None:
        super().__init__(f"{url}: {detail}" if cause else detail)
        self.cause = cause
        self.detail = detail


class ArchiveError(SymposiaError):
    """A WARC archive cannot be read or written; the message names the file."""


class SettingsError(SymposiaError):
    """A person's settings are wrong; the message names the file, the entry and the fault."""


class QueryError(SymposiaError):
    """A question for events is wrong; the message names the part and the fault."""


class StoreError(SymposiaError):
    """The store cannot be opened, read or written; the message names it."""


class NoStoreError(StoreError):
    """There is no store where one is to be read; the message names the place."""


class LockedError(SymposiaError):
    """Another process is at work on the store; the message names the process and its lock file."""


class ExportError(SymposiaError):
    """The export cannot be written; the message names the file. The old files are left as they were."""
