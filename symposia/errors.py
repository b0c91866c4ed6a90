"""Every error that Symposia raises on purpose.

SymposiaError
├── CatalogueError       data/sources.toml (or another catalogue) cannot be used
├── TaxonomyError        data/topics.toml cannot be used
├── OverridesError       data/overrides.toml cannot be used
├── ExtractionError      a response holds nothing that an extractor can read; carries a cause
├── FetchError           a page cannot be fetched; carries a cause
├── ArchiveError         a WARC archive cannot be read or written
├── SettingsError        symposia.toml (or another file of settings) cannot be used
├── QueryError           what is asked of the events is no question
├── StoreError           the store cannot be opened, read or written
├── LockedError          another process is at work on the store
└── ExportError          the calendars or tables cannot be written
"""

from __future__ import annotations

from enum import StrEnum


class Cause(StrEnum):
    """Why a source, or one of its requests, failed. A closed list: reports and tests count on it.

    `blocked`: the answer is for others, as for a person or a browser, and may come another time; `login`: for members alone.
    `not_found`: there is no such page; `gone`: there is no site, it is parked, suspended or not yet made. `moved`: the page
    redirects for good to where nothing was recognised. `unrecognised`: no event was recognised, and none ever was;
    `layout_changed`: none is any more. `private_address`: it leads into a network of this machine's own.
    """

    DNS = "dns"
    TLS = "tls"
    TIMEOUT = "timeout"
    CONNECTION = "connection"
    BLOCKED = "blocked"
    LOGIN = "login"
    NOT_FOUND = "not_found"
    GONE = "gone"
    HTTP = "http"
    ROBOTS = "robots"
    REDIRECTS = "redirects"
    PRIVATE_ADDRESS = "private_address"
    TOO_LARGE = "too_large"
    WRONG_CONTENT = "wrong_content"
    EMPTY_BODY = "empty_body"
    UNRECOGNISED = "unrecognised"
    LAYOUT_CHANGED = "layout_changed"
    MOVED = "moved"
    NEEDS_BROWSER = "needs_browser"
    CAPPED = "capped"
    NO_EVENTS = "no_events"
    NOT_IN_ARCHIVE = "not_in_archive"
    ALL_REFUSED = "all_refused"
    BUG = "bug"


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
    """Another process is at work on the store; the message names the process, and the file by which it says so."""


class ExportError(SymposiaError):
    """The export cannot be written; the message names the file. The old files are left as they were."""
