"""How the crawl of one source ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from symposia.errors import Cause


class RunStatus(StrEnum):
    """`ok`: events were read. `empty`: the source itself says that it lists none. `failed`: anything else."""

    OK = "ok"
    EMPTY = "empty"
    FAILED = "failed"


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

    `pages` are those of the listing; `whole`: all of it was read, as far as can be told.
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
    pages: int = 0
    whole: bool = False


def judge(
    failures: Sequence[Failure], *, events: int, refused: int, empty: bool
) -> tuple[RunStatus, Cause | None, str | None]:
    """The status of a run, its cause where it is not `ok`, and a word on it.

    A page behind a listing that fails leaves the source `ok` as long as events were read; the word then says how many did.
    """
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
