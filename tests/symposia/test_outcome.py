"""How a crawl is summed up and judged."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from symposia.errors import Cause
from symposia.event import Event, SourceRef
from symposia.outcome import FIELDS, CrawlReport, Failure, Run, RunStatus, count_filled, judge_run, summarize_run
from symposia.page_record import PageRecord, PageUpdates

BLOCKED = Failure(cause=Cause.BLOCKED, url="https://guild.example/", detail="403", fatal=True)
DETAIL = Failure(cause=Cause.TIMEOUT, url="https://guild.example/1", detail="slow", fatal=False)
CAPPED = Failure(cause=Cause.CAPPED, url="https://guild.example/", detail="200 at most", fatal=False)


@pytest.mark.parametrize(
    ("failures", "events", "refused", "empty", "status", "cause"),
    [
        ([], 3, 0, False, RunStatus.OK, None),
        ([DETAIL], 3, 1, False, RunStatus.OK, None),
        ([BLOCKED], 3, 0, False, RunStatus.FAILED, Cause.BLOCKED),
        ([], 0, 0, True, RunStatus.EMPTY, Cause.NO_EVENTS),
        ([], 0, 0, False, RunStatus.FAILED, Cause.UNRECOGNISED),
        ([], 0, 2, False, RunStatus.FAILED, Cause.ALL_REFUSED),
        ([DETAIL], 0, 0, True, RunStatus.FAILED, Cause.TIMEOUT),
    ],
)
def test_judge(
    failures: list[Failure], events: int, refused: int, empty: bool, status: RunStatus, cause: Cause | None
) -> None:
    """A source without events is never `ok`, and `empty` only where it says so itself."""
    assert judge_run(failures, events=events, refused=refused, empty=empty)[:2] == (status, cause)


def test_failed_pages_behind_a_good_listing_are_said() -> None:
    """The word on an `ok` run counts them."""
    assert judge_run([CAPPED], events=200, refused=0, empty=False) == (RunStatus.OK, None, "capped: 200 at most")
    assert "1 further pages failed" in (judge_run([DETAIL], events=1, refused=0, empty=False)[2] or "")


NOW = datetime(2026, 11, 2, 4, tzinfo=UTC)


def event(key: str, **more: object) -> Event:
    """An event of the guild."""
    source = SourceRef(id="guild", key=key, url="https://guild.example/")
    known: dict[str, object] = {"uid": key, "name": "Chess", "start": date(2027, 3, 3), "sources": (source,), **more}
    return Event(**known)  # type: ignore[arg-type]


def test_a_crawl_is_summed_up() -> None:
    """Events on pages that have not changed are listed, and not read; two of one key are one."""
    updates = PageUpdates(not_modified=frozenset({"https://guild.example/2"}), seen_keys=frozenset({"b", "c"}))
    report = CrawlReport(
        source="guild",
        started=NOW,
        finished=NOW,
        failures=(DETAIL,),
        refused=((None, "a block", "no day"),),
        requests=5,
        received=900,
        pages=2,
        page_updates=updates,
    )

    run = summarize_run(report, [event("a"), event("a"), event("b")])

    assert run == Run(
        source="guild",
        started=NOW,
        finished=NOW,
        status=RunStatus.OK,
        detail="1 further pages failed, first: https://guild.example/1 (timeout)",
        requests=5,
        received=900,
        postings=4,
        refused=1,
        events=3,
        read=3,
        pages=2,
        unchanged=1,
        whole=True,
        filled=dict.fromkeys(FIELDS, 0),
    )


@pytest.mark.parametrize(("complete", "failures"), [(False, ()), (True, (BLOCKED,))])
def test_a_crawl_that_was_cut_or_failed_is_not_whole(complete: bool, failures: tuple[Failure, ...]) -> None:
    """What it does not list may be there all the same."""
    report = CrawlReport(source="guild", started=NOW, finished=NOW, complete=complete, failures=failures)

    assert not summarize_run(report, [event("a")]).whole


def test_which_fields_are_filled() -> None:
    """Of each field that a source may cease to tell, how many events say it; a day is no hour."""
    counts = count_filled([event("a", start=NOW, url="https://guild.example/1"), event("b", description="")])

    assert counts == {**dict.fromkeys(FIELDS, 0), "time": 1, "url": 1}


def test_refused_postings_are_noted_on_their_pages() -> None:
    """So that the next crawl knows them to be there, and says again what is wrong with them."""
    page = PageRecord(url="https://guild.example/", digest="", reader="", seen=NOW, changed=NOW, keys=("a", "b"))

    noted = PageUpdates(records=(page,)).with_refused({"b": ("Chess", "no day"), "z": ("Go", "no day")}).records[0]

    assert noted.refused == (("b", "Chess", "no day"),)
    assert (noted.accepted_keys, noted.refused_keys) == ({"a"}, {"b"})
