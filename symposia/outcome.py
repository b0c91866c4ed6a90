"""How the crawl of one source ended, and what it asked of whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

from symposia.errors import Cause
from symposia.event import Event
from symposia.posting import Posting

UNSAVED = "events/store/failed"
"""The crawl's stat that holds why nothing was stored, where that is so."""


class RunStatus(StrEnum):
    """`ok`: events were read. `empty`: the source itself says that it lists none. `failed`: anything else."""

    OK = "ok"
    EMPTY = "empty"
    FAILED = "failed"


Refused: TypeAlias = tuple[Posting | None, str, str]
"""A posting that was refused (None where it never became one), what it was called, and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One request of a source that came to nothing. `fatal`: it was the source's own address, not a page behind it."""

    cause: Cause
    url: str
    detail: str
    fatal: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One crawl of one source: when, how it ended, and what it cost. `received` is in bytes.

    `pages` are those of the listing; `whole`: all of it was read, as far as can be told. `events` were listed: `read` of
    them were read anew, the others stand on pages that had not changed (`unchanged` of those, listings and events' own).
    `new` were never seen before, `changed` say something else than before. `filled` counts, of those read anew, how many
    said something in each of FIELDS. `moved`: the address to which the source's own now redirects for good.
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
"""What a source may cease to tell of its events: `time` is the hour, all others are fields of an Event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HostDay:
    """What was asked of one host on one day (UTC), over all sources.

    `received` is in bytes. Of the `requests`, `not_modified` were answered by 304, `refused` by 429 or a status of 500 and
    more. `denied` were not made, as robots.txt forbids them; `robots` says what there is: `obeyed`, `none`, `unreachable`.
    `delay`: the longest wait between two requests, in seconds. `rest_until`: the host is left alone until then.
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


def count_filled(events: Iterable[Event]) -> dict[str, int]:
    """How many of the events say something in each of FIELDS."""
    counts = dict.fromkeys(FIELDS, 0)
    for event in events:
        for name in FIELDS:
            said = isinstance(event.start, datetime) if name == "time" else getattr(event, name)
            counts[name] += bool(said)
    return counts


def judge_run(
    failures: Sequence[Failure], *, events: int, refused: int, empty: bool, moved: str | None = None
) -> tuple[RunStatus, Cause | None, str | None]:
    """The status of a run, its cause where it is not `ok`, and a word on it.

    A page behind a listing that fails leaves the source `ok` as long as events were read; the word then says how many did.
    `moved` is where the source's own address leads for good.
    """
    status, cause, detail = _judged(failures, events=events, refused=refused, empty=empty)
    if moved and cause in _LOST:
        return status, Cause.MOVED, f"moved to {moved}, where: {detail}"
    return status, cause, detail


_LOST = (Cause.UNRECOGNISED, Cause.NOT_FOUND, Cause.GONE, Cause.WRONG_CONTENT, Cause.EMPTY_BODY)
"""What is found at the new address of a source that has moved, where its listing is not."""


def _judged(
    failures: Sequence[Failure], *, events: int, refused: int, empty: bool
) -> tuple[RunStatus, Cause | None, str | None]:
    fatal = next((failure for failure in failures if failure.fatal), None)
    if fatal is not None:
        return RunStatus.FAILED, fatal.cause, fatal.detail
    if events:
        return RunStatus.OK, None, _count(failures)
    if refused:
        return RunStatus.FAILED, Cause.ALL_REFUSED, f"none of {refused} postings could be read"
    if failures:
        return RunStatus.FAILED, failures[0].cause, failures[0].detail
    if empty:
        return RunStatus.EMPTY, Cause.NO_EVENTS, "the source lists no events"
    return RunStatus.FAILED, Cause.UNRECOGNISED, "nothing on the page was recognised as an event"


def _count(failures: Sequence[Failure]) -> str | None:
    capped = [failure for failure in failures if failure.cause is Cause.CAPPED]
    failed = [failure for failure in failures if failure.cause is not Cause.CAPPED]
    said = [f"{len(failed)} further pages failed, first: {failed[0].url} ({failed[0].cause})"] if failed else []
    return "; ".join([*said, *(f"capped: {failure.detail}" for failure in capped[:1])]) or None
