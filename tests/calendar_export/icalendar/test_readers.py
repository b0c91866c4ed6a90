"""Every feed, read again by three parsers that know nothing of each other: icalendar, ical.js and node-ical."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from calendar_export.feeds import Feed
from calendar_export.icalendar.calendar import feed_bytes
from calendar_export.icalendar.lint import Level, lint
from calendar_export.query import EventFilter
from symposia.event import (
    AttendanceMode,
    Deadline,
    DeadlineKind,
    Event,
    Location,
    Moment,
    MovedOccurrence,
    Recurrence,
    SourceRef,
    Status,
)
from tests.command_line import PATIENCE

TESTS = Path(__file__).parents[2]
NOW = datetime(2026, 11, 24, tzinfo=UTC)
NUMBERS = [200, pytest.param(10_000, marks=pytest.mark.slow)]
"""How many hostile events are made up."""
A_FEED, A_DRAW = 1_000, 4
"""How many events are in a feed, and how many are made up at once."""
Entries = list[dict[str, Any]]
Read = Callable[[Sequence[bytes]], list[dict[str, Entries]]]

ZONES = (
    "Europe/Berlin", "America/New_York", "America/St_Johns", "America/Santiago", "Asia/Kolkata", "Asia/Jerusalem", "Africa/Cairo",
    "Europe/London", "Australia/Lord_Howe", "Pacific/Apia", "America/Nuuk", "Europe/Dublin", "Asia/Tokyo", "Etc/GMT+5", "UTC", None,
)  # fmt: skip
"""Not Casablanca: node-ical is an hour off in some of its winters. test_ical.py has the VTIMEZONE of every zone."""
NIGHTS = tuple(
    # Clocks go forward, and back: hours that no clock shows, and hours that it shows twice; and the ends of days, months, years.
    datetime.fromisoformat(shown)
    for shown in (
        "2027-03-28T02:30", "2027-10-31T02:30", "2027-03-14T02:30", "2027-11-07T01:30", "2027-04-04T01:45", "2027-10-03T02:15",
        "2028-02-29T23:59:59", "2027-12-31T23:59",
    )
)  # fmt: skip
WORDS = (
    "a\r\nBEGIN:VEVENT\r\nUID:x", "END:VCALENDAR", "\u202egnp.exe", "\u200f\u05e9\u05dc\u05d5\u05dd, \u0639\u0631\u0628\u064a;", "😀" * 90, "👩‍👩‍👧‍👦🏳️‍🌈" * 20,
    ',;\\:"', "\\n", "\\\\n\\,\\;", "ends with \\", "\\", "=cmd|' /C calc'!A0", "\x00\x07nul", "\ud800 alone", "line\u2028separator\u2029s\x85\x0b\x0c", "\ufeffmark",
    "None", "nan", " lead and trail ", "\t tab \t", "TZID=\"x\"", '"quoted"', "<b>bold</b><script>alert(1)</script>", "&amp; &lt;",
    "https://zoom.us/j/123456789?pwd=abc", "join: https://meet.google.com/abc-defg-hij now", "café — naïve “quotes” …", "a\rb\nc\r\nd", "123", "TRUE", "e\u0301" * 40,
)  # fmt: skip
ADDRESSES = (
    None, "https://guild.example/1", "https://guild.example/ä?q=ü,;\\", "javascript:alert(1)", "http://[", "https://", "https://b\u00fccher.example/\u202e",
    "https://zoom.us/j/123456789", "https://guild.example/a b", "https://guild.example/\ud800", "mailto:x@example.org", "https://guild.example/" + "x" * 2_000,
)  # fmt: skip
RULES = ("FREQ=WEEKLY;COUNT=5", "FREQ=MONTHLY;BYDAY=1TU;UNTIL=20280101", "freq=daily;until=20270601T000000", "FREQ=YEARLY;UNTIL=20300101T000000Z", "FREQ=HOURLY", "FREQ=WEEKLY;BYDAY=XX", "x\r\ny", "FREQ=MONTHLY;BYMONTHDAY=31;COUNT=4;")  # fmt: skip

LONG = ("X" * 5_000, "é" * 5_000, "word, " * 900, "😀\\;" * 1_250)
COORDINATES = (50.7, -0.0, 1e-7, 90.0, 181.0, float("nan"), float("inf"))
FIRST, LAST = datetime.fromisoformat("2020-01-01"), datetime.fromisoformat("2034-12-01")
"""ical.js computes no summer time after 2035, nor node-ical a series that begins then."""


@st.composite
def hostile_events(draw: st.DrawFn) -> list[Event]:
    """Events that nobody would announce so, and somebody has: hypothesis makes up the texts, and seeds the rest."""
    pick = random.Random(draw(st.integers(0, 2**64)))
    made_up = draw(st.lists(st.text(max_size=60), min_size=2, max_size=3))
    return [_hostile_event(pick, made_up) for _ in range(A_DRAW)]


def _hostile_event(pick: random.Random, made_up: Sequence[str]) -> Event:
    def text() -> str:
        return pick.choice(LONG) if pick.random() < 0.004 else pick.choice((pick.choice(WORDS), pick.choice(made_up)))

    zone = pick.choice(ZONES)
    is_series = pick.random() < 0.2
    start, end = _times(pick, zone, is_series)
    return Event(
        uid="later",
        name=text() or "x",
        start=start,
        end=end,
        timezone=zone,
        attendance_mode=pick.choice([None, *AttendanceMode]),
        status=pick.choice(list(Status)),
        location=Location(
            name=text(), city=text(), latitude=pick.choice(COORDINATES), longitude=pick.choice(COORDINATES)
        ),
        url=pick.choice(ADDRESSES),
        registration_url=pick.choice(ADDRESSES),
        description=text(),
        organizer=text(),
        keywords=tuple(text() for _ in range(pick.randrange(4))),
        recurrence=_recurrence(pick, start, text()) if is_series else None,
        sequence=pick.randrange(10),
        created=pick.choice([None, NOW]),
        deadlines=(Deadline(kind=DeadlineKind.REGISTRATION, at=start),),
        sources=(SourceRef(id="guild", key="1", url=pick.choice(ADDRESSES) or ""),),
    )


def _times(pick: random.Random, zone: str | None, is_series: bool) -> tuple[Moment, Moment | None]:
    """A start, and an end that may be unknown, or before it.

    A series is by day: in an hour that clocks show twice, or never, it must stay local, and parsers differ on what that means.
    """
    shown = pick.choice(
        (pick.choice(NIGHTS), FIRST + timedelta(seconds=pick.randrange(int((LAST - FIRST).total_seconds()))))
    )
    if is_series:
        shown = shown.replace(hour=pick.randrange(6, 22))
    start = shown.replace(tzinfo=ZoneInfo(zone) if zone else None, fold=pick.randrange(2))
    end = pick.choice([None, start + timedelta(minutes=pick.randrange(-2, 3_000))])
    return (start.date(), end.date() if end else None) if pick.random() < 0.2 else (start, end)


def _recurrence(pick: random.Random, start: Moment, name: str) -> Recurrence:
    """A rule that may be none, with days that are left out and moved, of types that may not fit."""
    day, week = timedelta(days=1), timedelta(days=7)
    loose: Moment = pick.choice([start + week, date(2027, 6, 1), datetime(2027, 6, 1, 12, tzinfo=UTC)])
    moved = MovedOccurrence(recurrence_id=start + 2 * week, start=start + 2 * week + day, name=name or None)
    return Recurrence(
        rrule=pick.choice([None, *RULES]),
        exdates=pick.choice([(), (loose,), (start + week, start + 3 * week)]),
        rdates=pick.choice([(), (loose,)]),
        moved=pick.choice([(), (moved,)]),
    )


@cache
def hostile(number: int) -> tuple[Event, ...]:
    """So many of them, the same in every run."""
    found: list[Event] = []

    @settings(
        max_examples=number // A_DRAW,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(hostile_events())
    def collect(some: list[Event]) -> None:
        found.extend(replace(event, uid=f"h{index}@symposia") for index, event in enumerate(some, len(found)))

    collect()
    assert len(found) == number
    return tuple(found)


def is_floating(moment: Moment) -> bool:
    """Whether no zone is known."""
    return isinstance(moment, datetime) and moment.tzinfo is None


def feeds_of(events: Iterable[Event], *, deadlines: bool = False) -> list[bytes]:
    """Feeds of a thousand events each.

    Floating times have feeds of their own: node-ical takes them for times of the first VTIMEZONE of the file.
    """
    feed = Feed(
        name="all",
        title="All",
        description="All.",
        filter=EventFilter(),
        deadlines=deadlines,
        alarm=7 if deadlines else None,
    )
    groups: dict[bool, list[Event]] = {False: [], True: []}
    for event in events:
        groups[is_floating(event.start)].append(event)
    batches = (group[at : at + A_FEED] for group in groups.values() for at in range(0, len(group), A_FEED))
    return [feed_bytes(feed, batch, now=datetime(1990, 1, 1, tzinfo=UTC)) for batch in batches]


@cache
def hostile_feeds(number: int) -> tuple[bytes, ...]:
    """Feeds of so many of them."""
    return tuple(feeds_of(hostile(number)))


@cache
def deadline_feeds(number: int) -> tuple[bytes, ...]:
    """Feeds of the deadlines of so many of them, of a thousand at most."""
    return tuple(feeds_of(hostile(number)[:A_FEED], deadlines=True))


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Read:
    """Reads calendars in one process of node: for each, the entries of both parsers. Skips where they are not there."""
    node = shutil.which("node")
    if node is None or not all((TESTS / "node_modules" / name).is_dir() for name in ("ical.js", "node-ical")):
        pytest.skip("node, ical.js or node-ical is not there: npm install --no-package-lock --prefix tests")
    folder = tmp_path_factory.mktemp("feeds")
    script = str(Path(__file__).with_name("read_feed.mjs"))

    def run(contents: Sequence[bytes]) -> list[dict[str, Entries]]:
        paths = [folder / f"{number}.ics" for number in range(len(contents))]
        for path, content in zip(paths, contents, strict=True):
            path.write_bytes(content)
        done = subprocess.run(
            [node, script, *map(str, paths)],
            capture_output=True,
            check=False,
            timeout=PATIENCE,
            env={**os.environ, "TZ": "UTC"},
        )
        assert done.returncode == 0, done.stderr.decode()[-2000:]
        found: list[dict[str, Entries]] = json.loads(done.stdout)
        return found

    return run


@cache
def by_icalendar(content: bytes) -> Entries:
    """The entries of a calendar as icalendar reads them."""
    return [_entry(vevent) for vevent in icalendar.Calendar.from_ical(content).walk("VEVENT")]


def _entry(vevent: Any) -> dict[str, Any]:
    assert not vevent.errors
    said = {
        name: str(vevent[name]) if vevent.get(name) else None for name in ("status", "location", "description", "url")
    }
    return {
        "uid": str(vevent["UID"]),
        "recurrence": _moment(vevent["RECURRENCE-ID"].dt) if "RECURRENCE-ID" in vevent else None,
        "summary": str(vevent["SUMMARY"]),
        "start": _moment(vevent["DTSTART"].dt),
        "end": _moment(vevent["DTEND"].dt) if "DTEND" in vevent else None,
        **said,
        "categories": [str(word) for word in vevent["CATEGORIES"].cats] if "CATEGORIES" in vevent else [],
        "sequence": int(vevent["SEQUENCE"]),
        "repeats": "RRULE" in vevent,
        "alarms": len(vevent.walk("VALARM")),
    }


def _moment(moment: Moment) -> str:
    if not isinstance(moment, datetime):
        return moment.isoformat()
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if moment.tzinfo else f"{moment:%Y-%m-%dT%H:%M:%S}"


def as_node_ical(entry: dict[str, Any]) -> dict[str, Any]:
    """The entry with the faults that node-ical 0.26 is known for, and no others.

    It resolves escapes one kind after the other, so that a backslash before n, a comma or a semicolon goes wrong; takes quotes
    off a text that stands in them, and out of a line with TZID=; and does not know escapes in categories, nor spaces around them.
    """
    texts = {
        name: _mangled(entry[name], escaped=True) for name in ("summary", "location", "description") if entry[name]
    }
    listed = ",".join(_escaped(word) for word in entry["categories"])
    if "TZID=" in listed:
        listed = listed.replace('"', "")
    return {**entry, **texts, "categories": [word.strip() for word in listed.split(",")] if listed else []}


def _escaped(text: str) -> str:
    return re.sub(r"[\\;,]", r"\\\g<0>", text).replace("\n", "\\n")


def _mangled(text: str, *, escaped: bool) -> str:
    line = _escaped(text)
    if "TZID=" in line and '"(' not in line:
        line = line.replace('"', "")
    line = line.replace("\\,", ",").replace("\\;", ";")
    line = re.sub(r"\\[nN]", "\n", line).replace("\\\\", "\\")
    return re.sub(r'^"(.*)"$', r"\1", line)


def disagreements(contents: Sequence[bytes], read: Read) -> list[str]:
    """Every difference between what the three parsers read of the calendars."""
    return [
        f"{parser}: {ours['uid']} {name}: {theirs.get(name)!r}, not {value!r}"
        for content, found in zip(contents, read(contents), strict=True)
        for parser, expected in _expected(content).items()
        for ours, theirs in zip(expected, in_order(found[parser]), strict=True)
        for name, value in ours.items()
        if theirs.get(name) != value
    ]


def _expected(content: bytes) -> dict[str, Entries]:
    entries = in_order(by_icalendar(content))
    return {"ical.js": entries, "node-ical": [as_node_ical(entry) for entry in entries]}


def in_order(entries: Entries) -> Entries:
    """Entries in an order that doesn't depend on their parser."""
    return sorted(entries, key=lambda entry: (entry["uid"], entry["recurrence"] or ""))


@pytest.mark.parametrize("number", NUMBERS)
def test_hostile_events_pass_the_lint(number: int) -> None:
    """Not one error in all these events, nor in their deadlines."""
    contents = [*hostile_feeds(number), *deadline_feeds(number)]

    assert [finding for content in contents for finding in lint(content) if finding.level is Level.ERROR] == []


@pytest.mark.parametrize("number", NUMBERS)
def test_three_parsers_read_hostile_events_alike(read: Read, number: int) -> None:
    """Not one difference, event by event."""
    assert disagreements(hostile_feeds(number), read) == []
    assert sum(content.count(b"\r\nBEGIN:VEVENT\r\n") for content in hostile_feeds(number)) >= number


@pytest.mark.parametrize("number", NUMBERS)
def test_three_parsers_read_deadlines_alike(read: Read, number: int) -> None:
    """Alarms, too."""
    assert disagreements(deadline_feeds(number), read) == []


@pytest.mark.parametrize("number", NUMBERS)
def test_what_is_read_is_what_was_known(number: int) -> None:
    """The instants of the events themselves, through whatever form they were written in."""
    known = {event.uid: event for event in hostile(number)}
    entries = [entry for content in hostile_feeds(number) for entry in by_icalendar(content)]
    firsts = [entry for entry in entries if entry["recurrence"] is None]

    assert {entry["uid"] for entry in firsts} == set(known)
    for entry in firsts:
        event = known[entry["uid"]]
        shown = event.start.replace(microsecond=0) if isinstance(event.start, datetime) else event.start
        assert entry["start"] == _moment(shown) or event.recurrence, event
        assert entry["sequence"] == event.sequence
        if event.end and entry["end"] and isinstance(event.end, datetime):
            assert entry["end"] == _moment(event.end.replace(microsecond=0)) or event.recurrence, event
