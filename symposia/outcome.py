"""How the crawl of one source ended, what it cost, and what passes from its spider to the pipeline that stores it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple, Protocol, TypeAlias, runtime_checkable

from symposia.errors import Cause
from symposia.event import Event
from symposia.page_record import KnownPages, PageUpdates
from symposia.posting import Posting

UNSAVED = "events/store/failed"
"""The crawl's stat that says why nothing was stored; unset where everything was."""


class RunStatus(StrEnum):
    """`ok`: events were read. `empty`: the source itself says that it lists none. `failed`: anything else."""

    OK = "ok"
    EMPTY = "empty"
    FAILED = "failed"


Refused: TypeAlias = tuple[Posting | None, str, str]
"""A posting that was refused (None where it never became one), what it is called, and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A request of a source that came to nothing. `fatal`: it was for the source's own address, not a page behind it."""

    cause: Cause
    url: str
    detail: str
    fatal: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HostDay:
    """What was asked of one host on one day (UTC), over all sources.

    Attributes:
        received: Bytes.
        not_modified: How many requests were answered by 304.
        refused: How many were answered by 429, or by a status of 500 and more.
        denied: Requests that were not made, as robots.txt forbids them.
        robots: What is known of its robots.txt: `obeyed`, `none` or `unreachable`; empty where it was not asked for.
        delay: The longest wait between two requests, in seconds.
        rest_until: The host asked to be left alone until then; None where it did not.
    """

    host: str
    day: date
    requests: int = 0
    received: int = 0
    not_modified: int = 0
    refused: int = 0
    denied: int = 0
    robots: str = ""
    delay: float = 0.0
    rest_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlReport:
    """What a spider hands to the item pipeline when it closes, beside the postings that it yielded.

    Attributes:
        source: The source's id.
        fetched_at: When its last page was fetched; None where none was. In a replay, the moment of the record.
        failures: The requests that came to nothing.
        refused: What extraction could not make a posting of.
        requests: How many were made.
        received: Bytes.
        pages: How many pages of the listing were asked for.
        complete: All of the listing was read, as far as the spider can tell.
        empty: A page of the listing says that it lists nothing.
        moved: The address to which the source's own redirects for good; None where it does not.
        page_updates: What was found out about its pages.
        hosts: What was asked of which host.
    """

    source: str
    started: datetime
    finished: datetime
    fetched_at: datetime | None = None
    failures: tuple[Failure, ...] = ()
    refused: tuple[Refused, ...] = ()
    requests: int = 0
    received: int = 0
    pages: int = 1
    complete: bool = True
    empty: bool = False
    moved: str | None = None
    page_updates: PageUpdates = field(default_factory=PageUpdates)
    hosts: tuple[HostDay, ...] = ()


@runtime_checkable
class ReportingSpider(Protocol):
    """The side of a spider that the item pipeline talks to: neither room imports the other."""

    name: str
    started: datetime

    def resume_from(self, pages: KnownPages) -> None:
        """Take over what the store knows of the source's pages; called once, before the first request."""

    def finish_crawl(self, *, complete: bool) -> CrawlReport:
        """End the crawl, report on it and free its memory; `complete`: it was not told to stop before its end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One crawl of one source: when it was, how it ended, and what it cost.

    Attributes:
        cause: Why it is not `ok`; None where it is.
        detail: A word on the cause, or on what failed beside an `ok`.
        received: Bytes.
        postings: How many were listed, with those refused.
        events: How many were listed, without those refused.
        read: How many of the events were read anew; the others stand on pages that had not changed.
        new: How many events were never seen before.
        changed: How many say something else than before.
        pages: How many pages of the listing were asked for.
        unchanged: How many pages, listings and events' own, had not changed.
        whole: All of the listing was read, as far as can be told.
        filled: How many of those read anew say something in each of FIELDS.
        moved: The address to which the source's own redirects for good.
    """

    source: str
    started: datetime
    finished: datetime
    status: RunStatus
    cause: Cause | None = None
    detail: str | None = None
    requests: int = 0
    received: int = 0
    postings: int = 0
    refused: int = 0
    events: int = 0
    read: int = 0
    new: int = 0
    changed: int = 0
    pages: int = 0
    unchanged: int = 0
    whole: bool = False
    filled: Mapping[str, int] = field(default_factory=dict)
    moved: str | None = None


FIELDS = ("time", "end", "location", "url", "description", "organizer", "price", "registration_url")
"""The fields whose loss is noticed: `time` is the time of day, all others are fields of an Event."""


class Verdict(NamedTuple):
    """How a run ended: its status, the cause where it is not `ok`, and a detail in words."""

    status: RunStatus
    cause: Cause | None
    detail: str | None


def summarize_run(report: CrawlReport, events: Sequence[Event]) -> Run:
    """Sum up a crawl.

    Args:
        report: What its spider reports; `refused` with what the pipeline refused too.
        events: What was read anew, one for each posting.
    """
    keys = {event.sources[0].key for event in events}
    listed, refused = len(keys | report.page_updates.seen_keys), len(report.refused)
    status, cause, detail = judge_run(
        report.failures, events=listed, refused=refused, empty=report.empty, moved=report.moved
    )
    return Run(
        source=report.source,
        started=report.started,
        finished=report.finished,
        status=status,
        cause=cause,
        detail=detail,
        requests=report.requests,
        received=report.received,
        postings=listed + refused,
        refused=refused,
        events=listed,
        read=len(events),
        pages=report.pages,
        unchanged=len(report.page_updates.not_modified),
        whole=status is not RunStatus.FAILED and report.complete,
        filled=count_filled(events),
        moved=report.moved,
    )


def count_filled(events: Iterable[Event]) -> dict[str, int]:
    """Count how many of the events say something in each of FIELDS."""
    counts = Counter(name for event in events for name in FIELDS if _is_filled(event, name))
    return {name: counts[name] for name in FIELDS}


def _is_filled(event: Event, name: str) -> bool:
    return isinstance(event.start, datetime) if name == "time" else bool(getattr(event, name))


_LISTING_LOST = (Cause.UNRECOGNISED, Cause.NOT_FOUND, Cause.GONE, Cause.WRONG_CONTENT, Cause.EMPTY_BODY)
"""Causes that mean, after a redirect for good, that the listing did not move along."""


def judge_run(
    failures: Sequence[Failure], *, events: int, refused: int, empty: bool, moved: str | None = None
) -> Verdict:
    """Judge how a run ended.

    The source is `ok` if events were listed, even where further pages failed; the detail then says how many.

    Args:
        failures: In the order in which they happened.
        events: How many were listed.
        refused: How many postings could not be read.
        empty: The source says that it lists nothing.
        moved: Where the source's own address leads for good; None where it leads nowhere else.
    """
    status, cause, detail = _judge_as_if_unmoved(failures, events=events, refused=refused, empty=empty)
    if moved and cause in _LISTING_LOST:
        return Verdict(status, Cause.MOVED, f"moved to {moved}, where: {detail}")
    return Verdict(status, cause, detail)


def _judge_as_if_unmoved(failures: Sequence[Failure], *, events: int, refused: int, empty: bool) -> Verdict:
    fatal = next((failure for failure in failures if failure.fatal), None)
    if fatal is not None:
        return Verdict(RunStatus.FAILED, fatal.cause, fatal.detail)
    if events:
        return Verdict(RunStatus.OK, None, _describe_failures(failures))
    if refused:
        return Verdict(RunStatus.FAILED, Cause.ALL_REFUSED, f"none of {refused} postings could be read")
    if failures:
        return Verdict(RunStatus.FAILED, failures[0].cause, failures[0].detail)
    if empty:
        return Verdict(RunStatus.EMPTY, Cause.NO_EVENTS, "the source lists no events")
    return Verdict(RunStatus.FAILED, Cause.UNRECOGNISED, "nothing on the page was recognised as an event")


def _describe_failures(failures: Sequence[Failure]) -> str | None:
    """Count the pages that failed, and say how the listing was capped; None where neither happened."""
    capped = [failure for failure in failures if failure.cause is Cause.CAPPED]
    failed = [failure for failure in failures if failure.cause is not Cause.CAPPED]
    notes = [f"{len(failed)} further pages failed, first: {failed[0].url} ({failed[0].cause})"] if failed else []
    return "; ".join([*notes, *(f"capped: {failure.detail}" for failure in capped[:1])]) or None
