"""Histories of crawls, and what is wrong with each; half of them are well, whatever they look like."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symposia.errors import Cause
from symposia.health import MAX_FAILED_NIGHTS, NEWS_CRAWLS, Sign, State, diagnose
from symposia.outcome import FIELDS, Run, RunStatus
from symposia.remedies import REMEDIES

URL = "http://a.example/events"
FIRST = datetime(2026, 11, 2, 4, tzinfo=UTC)
DAY = timedelta(days=1)
OK, EMPTY, FAILED = RunStatus.OK, RunStatus.EMPTY, RunStatus.FAILED
SAID = {"time": 10, "url": 10, "location": 9, "price": 1}


def nights(*runs: dict[str, object], step: timedelta = DAY) -> list[Run]:
    """Crawls, one a night; what is said of a night, the others leave as it usually is."""
    usual: dict[str, object] = {"status": OK, "events": 10, "read": 10, "whole": True, "filled": SAID}
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


def lists(*numbers: int) -> list[dict[str, object]]:
    """A crawl of each number of events, none of them read anew."""
    return [{"events": number, "read": 0, "filled": {}} if number else NONE for number in numbers]


def reads(number: int, **told: int) -> dict[str, object]:
    """A crawl that read so many of its events anew, of which so many told each field."""
    return {"read": number, "filled": {**dict.fromkeys(FIELDS, 0), **told}}


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
    "twice as many": [GOOD] * 7 + [{"events": 20, "read": 20, "filled": {name: 2 * n for name, n in SAID.items()}}],
    "slowly fewer": [{"events": 40 - night} for night in range(15)],
    "a field that few told": [GOOD] * 5 + [{"filled": {**SAID, "price": 0}}],
    "a field that half told, of few read": [GOOD] * 5 + [{"read": 2, "filled": {"time": 0, "url": 2, "location": 2}}],
    "a field that is told by some": [GOOD] * 5 + [{"filled": {**SAID, "time": 4}}],
    "a field nobody read of": [GOOD] * 5 + [AS_IT_WAS],
    "a field that half told, in ten that are new of fifty": [
        *[{"events": 50, **reads(50, location=30, time=50)}] * 3,
        {"events": 50, **reads(10, time=10)},
    ],
    "a field lost where little was ever read": [reads(5, time=5), reads(4, time=4), reads(10)],
    "a field lost since the first night": [reads(10, time=10), reads(10)],
    "a field that went long ago": [GOOD, *[{"filled": {**SAID, "time": 0}}] * 15],
    "a term that ends, one event after the other": lists(*range(14, -1, -1)),
    "two a night, to the last": lists(*range(20, -1, -2)),
    "a small one that ends": lists(4, 3, 2, 1, 0),
    "a page failed, for a night": [{"events": 40}] * 7 + [{"events": 15, **PART}],
    "none, and back": [*[GOOD] * 7, *[NONE] * 3, GOOD],
    "down in the midst of nothing new": [*[AS_IT_WAS] * 9, fails(Cause.TLS)],
    "empty bodies for two nights": [GOOD, *[fails(Cause.EMPTY_BODY)] * 2],
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
        "failed the last time: not_found (HTTP 404)",
    ),
    "gone for a week": ([GOOD, *[fails(Cause.GONE)] * 7], [Sign.FAILING], "fails since 2026-11-03: gone"),
    "redesigned": ([GOOD, fails(Cause.LAYOUT_CHANGED)], [Sign.FAILING], "layout_changed"),
    "for members now": ([GOOD, fails(Cause.LOGIN)], [Sign.FAILING], "login"),
    "robots.txt": ([GOOD, fails(Cause.ROBOTS)], [Sign.FAILING], "robots"),
    "another kind": ([GOOD, fails(Cause.WRONG_CONTENT)], [Sign.FAILING], "wrong_content"),
    "never yet": ([fails(Cause.UNRECOGNISED)], [Sign.FAILING], "failed the last time: unrecognised"),
    "needs a browser": ([fails(Cause.NEEDS_BROWSER)], [Sign.FAILING], "needs_browser"),
    "none, of ten": ([GOOD] * 7 + [NONE], [Sign.ZERO], "lists no events any more; 10 were usual"),
    "none, of three, for days": ([{"events": 3}] * 7 + [NONE] * 6, [Sign.ZERO], "3 were usual"),
    "four of ten": ([GOOD] * 7 + [{"events": 4}], [Sign.HALVED], "lists 4 events; 10 were usual"),
    "after a gap, two of ten": ([GOOD] * 7 + [fails(Cause.DNS), {"events": 2}], [Sign.HALVED], "lists 2 events"),
    "no times any more": (
        [GOOD] * 5 + [{"filled": {**SAID, "time": 0}}],
        [Sign.FIELD_LOST],
        "tells no time any more: 100% of its events told it, 0% of the last 10",
    ),
    "no places any more": ([GOOD] * 5 + [{"filled": {**SAID, "location": 0}}], [Sign.FIELD_LOST], "tells no location"),
    "no links and no times": (
        [GOOD] * 5 + [{"filled": {"location": 9}}],
        [Sign.FIELD_LOST, Sign.FIELD_LOST],
        "tells no time any more",
    ),
    "both at once": ([GOOD] * 7 + [{"events": 4, "filled": {}}, NONE], [Sign.ZERO], "lists no events any more"),
    "two of ten, then none": ([*lists(*[10] * 7, 2), NONE], [Sign.ZERO], "lists no events any more; 10 were usual"),
    "halved, and down": (
        [*lists(*[10] * 7, 4), fails(Cause.DNS)],
        [Sign.HALVED],
        "lists 4 events; 10 were usual",
    ),
    "pages fail, for three nights": (
        [{"events": 40}] * 7 + [{"events": 15, **PART}] * 3,
        [Sign.HALVED],
        "lists 15 events; 40 were usual",
    ),
    "a field lost, and no page read since": (
        [GOOD] * 5 + [{"filled": {**SAID, "time": 0}}] + [AS_IT_WAS] * 4,
        [Sign.FIELD_LOST],
        "tells no time any more",
    ),
    "a field lost, five at a time": (
        [GOOD] * 5 + [reads(5, url=5, location=5)] * 2,
        [Sign.FIELD_LOST],
        "tells no time any more: 100% of its events told it, 0% of the last 10",
    ),
    "a field lost for six nights, of pages that were seldom read": (
        [reads(3, time=3)] * 8 + [reads(13)] * 6,
        [Sign.FIELD_LOST],
        "tells no time any more",
    ),
    "a field that half told": (
        [reads(40, url=20), reads(40, url=20), {"events": 40, **reads(40, url=1)}],
        [Sign.FIELD_LOST],
        "tells no url any more: 50% of its events told it, 2% of the last 40",
    ),
    "refused, all of them": ([GOOD, fails(Cause.ALL_REFUSED)], [Sign.FAILING], "all_refused"),
    "in circles": ([GOOD, fails(Cause.REDIRECTS)], [Sign.FAILING], "redirects"),
    "into this machine": ([GOOD, fails(Cause.PRIVATE_ADDRESS)], [Sign.FAILING], "private_address"),
    "moved to another site": ([{"moved": "https://b.example/"}], [Sign.MOVED], "for good to https://b.example/"),
    "moved, and down since": (
        [{"moved": "https://b.example/"}, fails(Cause.TIMEOUT)],
        [Sign.MOVED],
        "redirects for good to https://b.example/",
    ),
    "moved, and lost": (
        [GOOD, {**fails(Cause.MOVED, "moved to x"), "moved": "https://b.example/"}],
        [Sign.FAILING, Sign.MOVED],
        "failed the last time: moved (moved to x)",
    ),
    "never whole": ([{**PART, "detail": "capped: 200 at most"}] * 7, [Sign.NEVER_WHOLE], "(capped: 200 at most)"),
}


@pytest.mark.parametrize("name", WELL)
def test_it_is_well(name: str) -> None:
    """No alarm, and no note."""
    runs = nights(*WELL[name])

    found = diagnose(runs, now=runs[-1].started + DAY if runs else FIRST, wait=DAY, url=URL)

    assert found.alarms == ()
    down = bool(runs) and runs[-1].status is FAILED
    assert found.state is (State.DOWN if down else State.WELL if runs else State.NEW)


@pytest.mark.parametrize("name", ILL)
def test_it_is_not(name: str) -> None:
    """What is wrong, and in which words."""
    history, signs, words = ILL[name]
    runs = nights(*history)

    found = diagnose(runs, now=runs[-1].started + DAY, wait=DAY, url=URL)

    assert [alarm.sign for alarm in found.alarms] == signs
    assert words in found.alarms[0].words
    assert all(alarm.remedy for alarm in found.alarms)
    assert found.state is (State.WELL if signs == [Sign.NEVER_WHOLE] else State.ILL)


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

    found = diagnose(runs, now=runs[-1].started, wait=DAY)

    assert [alarm.sign for alarm in found.alarms] == ([Sign.STALE] if stale else [])
    assert found.state is State.WELL


@pytest.mark.parametrize(("news", "stale"), [({"new": 0}, True), ({"new": 1}, False), ({"changed": 1}, False)])
def test_nothing_new_for_as_long_as_is_remembered(news: dict[str, object], stale: bool) -> None:
    """What is not known to have had news is stale as well; a change is news."""
    runs = nights(*[AS_IT_WAS] * 99, {**AS_IT_WAS, **news})

    found = diagnose(runs, now=runs[-1].started, wait=DAY).alarms

    assert [alarm.words for alarm in found] == (["has listed nothing new since before 2026-11-02"] if stale else [])


@pytest.mark.parametrize(("since", "state"), [(1, State.ILL), (NEWS_CRAWLS, State.ILL), (NEWS_CRAWLS + 1, State.WELL)])
def test_what_was_told_for_a_week_is_a_note(since: int, state: State) -> None:
    """A summer without events, and a page that has not changed since its layout did."""
    empty = nights(*[GOOD] * 9, *[NONE] * since)
    lost = nights(*[GOOD] * 9, {"filled": {**SAID, "time": 0}}, *[AS_IT_WAS] * since)

    for runs, sign in ((empty, Sign.ZERO), (lost, Sign.FIELD_LOST)):
        found = diagnose(runs, now=runs[-1].started, wait=DAY)
        assert ([alarm.sign for alarm in found.alarms], found.state) == ([sign], state)


def test_three_crawls_in_a_night_are_one_night() -> None:
    """Somebody tried again, and again."""
    runs = nights(GOOD, *[fails(Cause.HTTP)] * 5, step=timedelta(hours=2))

    assert diagnose(runs, now=runs[-1].started).state is State.DOWN


def test_what_is_crawled_only_when_it_is_named() -> None:
    """It is noted what is wrong, and nobody is called; it is never late."""
    runs = nights(fails(Cause.UNRECOGNISED))

    found = diagnose(runs, now=FIRST + 99 * DAY, watched=False)

    assert [(alarm.sign, alarm.note) for alarm in found.alarms] == [(Sign.FAILING, True)]
    assert found.state is State.DOWN


@pytest.mark.parametrize(("days", "late"), [(1, False), (4, False), (5, True), (100, True)])
def test_cron_has_stopped(days: int, late: bool) -> None:
    """Twice as long as a source waits, and two days more."""
    found = diagnose(nights(GOOD), now=FIRST + DAY * days, wait=DAY)

    assert [alarm.sign for alarm in found.alarms] == ([Sign.NOT_CRAWLED] if late else [])


@pytest.mark.parametrize(
    ("to", "cause", "note", "proposal"),
    [
        ("https://a.example/events", None, True, "https://a.example/events"),
        ("http://a.example/events/", None, True, "http://a.example/events/"),
        ("https://www.a.example/events", None, True, "https://www.a.example/events"),
        ("https://a.example/calendar", None, True, "https://a.example/calendar"),
        ("https://a.example/calendar", Cause.MOVED, False, "https://a.example/calendar"),
        ("https://a.example/calendar", Cause.HTTP, True, "https://a.example/calendar"),
        ("https://b.example/", None, False, "https://b.example/"),
        ("https://b.example/", Cause.MOVED, False, "https://b.example/"),
        ('https://b.example/"\\\n', None, False, "https://b.example/%22%5C%0A"),
        ("https://b.example/a%20b?c=d&e=[1]#f", None, False, "https://b.example/a%20b?c=d&e=[1]#f"),
        ("http://[b.example/\ud800", None, False, "http://[b.example/?"),
    ],
)
def test_a_move_proposes_the_edit(to: str, cause: Cause | None, note: bool, proposal: str) -> None:
    """As the catalogue has it; what is read on the same site all the same can wait."""
    runs = nights({**(fails(cause) if cause else GOOD), "moved": to})

    found = diagnose(runs, now=FIRST, url=URL).alarms[-1]

    assert (found.sign, found.note, found.proposal) == (Sign.MOVED, note, f'url = "{proposal}"')
    assert tomllib.loads(found.proposal or "") == {"url": proposal}


@pytest.mark.parametrize(
    ("url", "to", "note"),
    [
        ("https://www.guild.org/events", "https://events.guild.org/", True),
        ("https://hill.leeds.sch.uk/events", "https://mill.leeds.sch.uk/events", False),
        ("https://phonics.wordpress.com/events", "https://spelling.wordpress.com/events", False),
    ],
)
def test_a_move_within_a_site_can_wait(url: str, to: str, note: bool) -> None:
    """Another school under the same public suffix is another site, as is another blog of one host."""
    assert diagnose(nights({"moved": to}), now=FIRST, url=url).alarms[-1].note is note


def test_a_move_is_told_until_the_entry_says_so() -> None:
    """Or until it redirects no more, which a night that asks for nothing does not say."""
    runs = nights({"moved": "https://b.example/"}, AS_IT_WAS)
    back = nights({"moved": "https://b.example/"}, {"requests": 1})

    assert diagnose(runs, now=FIRST, url=URL).state is State.ILL
    assert diagnose(back, now=FIRST, url=URL).alarms == ()
    assert diagnose(runs, now=FIRST, url="https://b.example/").alarms == ()


def test_each_cause_has_a_remedy() -> None:
    """Whatever may fail."""
    assert set(REMEDIES) == set(Cause)


@st.composite
def histories(draw: st.DrawFn) -> list[Run]:
    """Any history at all."""
    runs: list[Run] = []
    at = FIRST
    for _ in range(draw(st.integers(0, 20))):
        status = draw(st.sampled_from(RunStatus))
        events = draw(st.integers(0, 30))
        read = draw(st.integers(0, events))
        at += timedelta(hours=draw(st.integers(0, 3000)))
        one = Run(
            source="a",
            started=at,
            finished=at,
            status=status,
            cause=draw(st.none() | st.sampled_from(Cause)) if status is FAILED else None,
            detail=draw(st.none() | st.text(max_size=5)),
            events=events,
            read=read,
            new=draw(st.integers(0, 2)),
            changed=draw(st.integers(0, 2)),
            whole=draw(st.booleans()),
            filled={name: draw(st.integers(0, read)) for name in draw(st.sets(st.sampled_from(FIELDS)))},
            moved=draw(st.none() | st.sampled_from(["https://b.example/", "http://[", URL]) | st.text(max_size=9)),
        )
        runs.append(one)
    return runs


@given(histories(), st.integers(0, 400), st.sampled_from(["", URL, "http://["]))
def test_any_history(runs: list[Run], days: int, url: str) -> None:
    """It is judged, always the same; a source that fails for as long as patience lasts is never well."""
    found = diagnose(runs, now=FIRST + DAY * days, url=url)

    assert found == diagnose(list(runs), now=FIRST + DAY * days, url=url)
    assert (found.state is State.ILL) == any(not alarm.note for alarm in found.alarms)
    failed = runs[-MAX_FAILED_NIGHTS:]
    nights_of = {run.started.date() for run in failed}
    if len(nights_of) == MAX_FAILED_NIGHTS and all(run.status is FAILED for run in failed):
        assert found.alarms[0].sign is Sign.FAILING
