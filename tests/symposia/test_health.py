"""Histories of crawls, and what is wrong with each; half of them are well, whatever they look like."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symposia.errors import Cause
from symposia.health import PATIENCE, Sign, alarms_of
from symposia.outcome import FIELDS, Run, RunStatus

FIRST = datetime(2026, 11, 2, 4, tzinfo=UTC)
DAY = timedelta(days=1)
OK, EMPTY, FAILED = RunStatus.OK, RunStatus.EMPTY, RunStatus.FAILED
TOLD = {"time": 10, "url": 10, "location": 9, "price": 1}


def nights(*runs: dict[str, object], step: timedelta = DAY) -> list[Run]:
    """Crawls, one a night; what is said of a night, the others leave as it usually is."""
    usual: dict[str, object] = {"status": OK, "events": 10, "read": 10, "whole": True, "filled": TOLD}
    moments = [FIRST + step * number for number in range(len(runs))]
    return [
        Run(source="a", started=at, finished=at, **{**usual, **run})  # type: ignore[arg-type]
        for at, run in zip(moments, runs, strict=True)
    ]


def fails(cause: Cause, detail: str | None = None) -> dict[str, object]:
    """A crawl that failed."""
    return {"status": FAILED, "cause": cause, "events": 0, "read": 0, "whole": False, "filled": {}, "detail": detail}


GOOD: dict[str, object] = {}
NONE: dict[str, object] = {"status": EMPTY, "cause": Cause.NO_EVENTS, "events": 0, "read": 0, "filled": {}}
AS_IT_WAS: dict[str, object] = {"read": 0, "filled": {}, "unchanged": 4}
PART: dict[str, object] = {"whole": False}

WELL: dict[str, Sequence[dict[str, object]]] = {
    "never crawled": [],
    "its first night": [GOOD],
    "its first night, without events": [NONE],
    "always the same": [GOOD] * 30,
    "pages that have not changed": [GOOD, *[AS_IT_WAS] * 20],
    "down for a night": [GOOD, fails(Cause.TIMEOUT)],
    "down for two nights": [GOOD, fails(Cause.DNS), fails(Cause.TIMEOUT)],
    "blocked for two nights": [GOOD, fails(Cause.BLOCKED), fails(Cause.BLOCKED)],
    "down, and back": [GOOD, *[fails(Cause.HTTP)] * 9, GOOD],
    "gone, and back": [GOOD, *[fails(Cause.NOT_FOUND)] * 9, GOOD],
    "a few fewer": [{"events": 20}] * 7 + [{"events": 11}],
    "half, of few": [{"events": 5}] * 7 + [{"events": 2}],
    "none, of two": [{"events": 2}] * 7 + [NONE],
    "none, as ever": [NONE] * 9,
    "twice as many": [GOOD] * 7 + [{"events": 20, "read": 20, "filled": {name: 2 * n for name, n in TOLD.items()}}],
    "slowly fewer": [{"events": 40 - night} for night in range(15)],
    "a field that few told": [GOOD] * 5 + [{"filled": {**TOLD, "price": 0}}],
    "a field that half told, of few read": [GOOD] * 5 + [{"read": 2, "filled": {"time": 0, "url": 2, "location": 2}}],
    "a field that is told by some": [GOOD] * 5 + [{"filled": {**TOLD, "time": 4}}],
    "a field nobody read of": [GOOD] * 5 + [AS_IT_WAS],
    "read in part, now and then": [GOOD, *[PART] * 6],
    "read in part, but once": [PART, PART, GOOD, *[PART] * 6],
}
ILL: dict[str, tuple[Sequence[dict[str, object]], list[Sign], str]] = {
    "three nights": ([GOOD, *[fails(Cause.TIMEOUT)] * 3], [Sign.FAILING], "fails since 2026-11-03: timeout"),
    "three nights, each in its way": (
        [GOOD, fails(Cause.DNS), fails(Cause.HTTP, "HTTP 503"), fails(Cause.BLOCKED, "HTTP 403")],
        [Sign.FAILING],
        "fails since 2026-11-03: blocked (HTTP 403)",
    ),
    "not found": (
        [GOOD, fails(Cause.NOT_FOUND, "HTTP 404")],
        [Sign.FAILING],
        "fails the last time: not_found (HTTP 404)",
    ),
    "gone for a week": ([GOOD, *[fails(Cause.GONE)] * 7], [Sign.FAILING], "fails since 2026-11-03: gone"),
    "redesigned": ([GOOD, fails(Cause.LAYOUT_CHANGED)], [Sign.FAILING], "layout_changed"),
    "for members now": ([GOOD, fails(Cause.LOGIN)], [Sign.FAILING], "login"),
    "robots.txt": ([GOOD, fails(Cause.ROBOTS)], [Sign.FAILING], "robots"),
    "another kind": ([GOOD, fails(Cause.WRONG_CONTENT)], [Sign.FAILING], "wrong_content"),
    "never yet": ([fails(Cause.UNRECOGNISED)], [Sign.FAILING], "fails the last time: unrecognised"),
    "needs a browser": ([fails(Cause.NEEDS_BROWSER)], [Sign.FAILING], "needs_browser"),
    "none, of ten": ([GOOD] * 7 + [NONE], [Sign.ZERO], "lists no events any more; 10 were usual"),
    "none, of three, for long": ([{"events": 3}] * 7 + [NONE] * 9, [Sign.ZERO], "3 were usual"),
    "four of ten": ([GOOD] * 7 + [{"events": 4}], [Sign.HALVED], "lists 4 events; 10 were usual"),
    "after a gap, two of ten": ([GOOD] * 7 + [fails(Cause.DNS), {"events": 2}], [Sign.HALVED], "lists 2 events"),
    "no times any more": (
        [GOOD] * 5 + [{"filled": {**TOLD, "time": 0}}],
        [Sign.FIELD_LOST],
        "tells no time any more: 100% of its events said it, of the 10 that were read last 0",
    ),
    "no places any more": ([GOOD] * 5 + [{"filled": {**TOLD, "location": 0}}], [Sign.FIELD_LOST], "tells no location"),
    "no links and no times": (
        [GOOD] * 5 + [{"filled": {"location": 9}}],
        [Sign.FIELD_LOST, Sign.FIELD_LOST],
        "tells no time any more",
    ),
    "both at once": ([GOOD] * 7 + [{"events": 4, "filled": {}}, NONE], [Sign.ZERO], "lists no events any more"),
    "moved, and read": (
        [{"moved": "https://new.example/"}],
        [Sign.MOVED],
        "redirects for good to https://new.example/",
    ),
    "moved, and lost": (
        [GOOD, {**fails(Cause.MOVED, "moved to x"), "moved": "https://new.example/"}],
        [Sign.FAILING, Sign.MOVED],
        "fails the last time: moved (moved to x)",
    ),
    "never whole": ([{**PART, "detail": "capped: 200 at most"}] * 7, [Sign.NEVER_WHOLE], "(capped: 200 at most)"),
}


@pytest.mark.parametrize("name", WELL)
def test_it_is_well(name: str) -> None:
    """No alarm, and no note."""
    runs = nights(*WELL[name])

    assert alarms_of(runs, now=runs[-1].started + DAY if runs else FIRST, wait=DAY) == ()


@pytest.mark.parametrize("name", ILL)
def test_it_is_not(name: str) -> None:
    """What is wrong, and in which words."""
    history, signs, words = ILL[name]
    runs = nights(*history)

    found = alarms_of(runs, now=runs[-1].started + DAY, wait=DAY)

    assert [alarm.sign for alarm in found] == signs
    assert words in found[0].words


@pytest.mark.parametrize(
    ("gaps", "stale"),
    [
        ([1, 59], False),
        ([1, 61], True),
        ([30, 61], False),
        ([30, 91], True),
        ([90, 200], False),
        ([365, 200], False),
        ([1], False),
    ],
)
def test_nothing_new_for_long(gaps: Sequence[int], stale: bool) -> None:
    """More than two months, and three times as long as ever before."""
    days = [sum(gaps[:number]) for number in range(len(gaps) + 1)]
    runs = [
        Run(
            source="a",
            started=(at := FIRST + DAY * day),
            finished=at,
            status=OK,
            events=5,
            whole=True,
            new=int(day != days[-1]),
        )
        for day in days
    ]

    found = alarms_of(runs, now=runs[-1].started, wait=DAY)

    assert [alarm.sign for alarm in found] == ([Sign.STALE] if stale else [])
    assert all(alarm.note for alarm in found)


@pytest.mark.parametrize(("days", "late"), [(1, False), (4, False), (5, True), (100, True)])
def test_cron_has_stopped(days: int, late: bool) -> None:
    """Twice as long as a source waits, and two days more."""
    found = alarms_of(nights(GOOD), now=FIRST + DAY * days, wait=DAY)

    assert [alarm.sign for alarm in found] == ([Sign.NOT_CRAWLED] if late else [])


def test_a_move_proposes_the_edit() -> None:
    """As the catalogue has it; what was read there all the same can wait."""
    read, lost = (
        nights({"moved": 'https://new.example/"a'}),
        nights({**fails(Cause.MOVED), "moved": "https://new.example/"}),
    )

    note, alarm = alarms_of(read, now=FIRST)[-1], alarms_of(lost, now=FIRST)[-1]

    assert (note.proposal, note.note) == ('url = "https://new.example/%22a"', True)
    assert (alarm.proposal, alarm.note) == ('url = "https://new.example/"', False)


@st.composite
def histories(draw: st.DrawFn) -> list[Run]:
    """Any history at all."""
    number = draw(st.integers(0, 20))
    runs = []
    for night in range(number):
        status = draw(st.sampled_from(RunStatus))
        events = draw(st.integers(0, 30))
        read = draw(st.integers(0, events))
        filled = {name: draw(st.integers(0, read)) for name in draw(st.sets(st.sampled_from(FIELDS)))}
        cause = draw(st.sampled_from(Cause)) if status is FAILED else None
        at = FIRST + DAY * night
        runs.append(
            Run(
                source="a", started=at, finished=at, status=status, cause=cause, events=events, read=read, filled=filled
            )
        )
    return runs


@given(histories(), st.integers(0, 400))
def test_any_history(runs: list[Run], days: int) -> None:
    """It is judged, always the same; a source that has just failed for as long as patience lasts is never well."""
    found = alarms_of(runs, now=FIRST + DAY * days)

    assert found == alarms_of(runs, now=FIRST + DAY * days)
    if len(runs) >= PATIENCE and all(run.status is FAILED for run in runs[-PATIENCE:]):
        assert found[0].sign is Sign.FAILING
