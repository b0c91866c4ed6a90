"""What is written, read again: by icalendar, by ical.js, as CSV, as HTML."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from calendar_export.files import write
from calendar_export.ical import calendar_bytes
from calendar_export.publish import contents, export
from calendar_export.selection import upcoming
from calendar_export.tables import COLUMNS, table_bytes
from symposia.errors import ExportError
from symposia.event import (
    AttendanceMode,
    Credit,
    Deadline,
    DeadlineKind,
    Event,
    Kind,
    Location,
    MovedOccurrence,
    Price,
    Recording,
    Recurrence,
    SourceRef,
    Status,
)

TESTS = Path(__file__).parents[1]
NOW = datetime(2026, 11, 24, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
AT_FOUR = datetime(2027, 3, 3, 16, tzinfo=BERLIN)


def event(**known: Any) -> Event:
    """An event with those facts."""
    ref = SourceRef(id="guild", key="1", url="https://guild.example/")
    facts = {
        "uid": "a@symposia",
        "name": "Lesen",
        "start": AT_FOUR,
        "timezone": "Europe/Berlin",
        "sources": (ref,),
        "created": NOW,
        **known,
    }
    return Event(**facts)


CHAT = event(
    uid="chat@symposia",
    name="Chat",
    end=AT_FOUR + timedelta(hours=1),
    recurrence=Recurrence(
        rrule="FREQ=WEEKLY;COUNT=5",
        exdates=(AT_FOUR + timedelta(days=7),),
        moved=(
            MovedOccurrence(
                recurrence_id=AT_FOUR + timedelta(days=14), start=AT_FOUR + timedelta(days=15), name="Chat, moved"
            ),
        ),
    ),
)
EVENTS = [
    event(),
    CHAT,
    event(uid="day@symposia", start=date(2027, 3, 3), timezone=None),
    event(uid="days@symposia", start=date(2027, 3, 3), end=date(2027, 3, 5), kind=Kind.CONFERENCE),
    event(uid="off@symposia", status=Status.CANCELLED, attendance_mode=AttendanceMode.ONLINE),
    event(uid="utc@symposia", start=datetime(2027, 3, 3, 16, tzinfo=UTC), timezone="UTC", topics=("literacy",)),
    event(uid="floating@symposia", start=datetime(2027, 3, 3, 16), timezone=None),  # noqa: DTZ001 - a floating time is meant
    event(
        uid="place@symposia",
        location=Location(name="Hall", address="1 Road", city="Bonn", latitude=50.7, longitude=7.1),
    ),
]


def feed(events: list[Event]) -> icalendar.Calendar:
    """A feed of those events, as icalendar reads it."""
    return icalendar.Calendar.from_ical(calendar_bytes(events, name="A name", description="Words"))


def component(**known: Any) -> icalendar.Component:
    """The one VEVENT of an event."""
    return feed([event(**known)]).walk("VEVENT")[0]


@pytest.mark.parametrize(
    ("known", "name", "value"),
    [
        ({}, "DTSTART", b"20270303T160000"),
        ({}, "STATUS", b"CONFIRMED"),
        ({"start": date(2027, 3, 3)}, "DTEND", b"20270304"),
        ({"start": date(2027, 3, 3), "end": date(2027, 3, 5)}, "DTEND", b"20270306"),
        ({"status": Status.CANCELLED}, "STATUS", b"CANCELLED"),
        ({"status": Status.CANCELLED}, "SUMMARY", b"Cancelled: Lesen"),
        ({"status": Status.POSTPONED}, "STATUS", b"TENTATIVE"),
        ({"attendance_mode": AttendanceMode.ONLINE}, "LOCATION", b"Online"),
        (
            {"location": Location(name="Hall, 1 Road", address="1 Road", city="Bonn")},
            "LOCATION",
            rb"Hall\, 1 Road\, Bonn",
        ),
        ({"sequence": 3}, "SEQUENCE", b"3"),
        ({"url": "https://guild.example/1"}, "URL", b"https://guild.example/1"),
    ],
)
def test_properties(known: dict[str, Any], name: str, value: bytes) -> None:
    """Each fact in its property."""
    assert component(**known)[name].to_ical() == value


@pytest.mark.parametrize(
    ("known", "name"),
    [
        ({}, "DTEND"),
        ({}, "URL"),
        ({}, "LOCATION"),
        ({}, "GEO"),
        ({}, "RRULE"),
        ({"url": "javascript:alert(1)"}, "URL"),
        ({}, "ORGANIZER"),
    ],
)
def test_nothing_is_invented(known: dict[str, Any], name: str) -> None:
    """What is not known is not written."""
    assert name not in component(**known)


def test_a_feed_says_what_it_is() -> None:
    """RFC 7986, and what clients took before it."""
    text = calendar_bytes(EVENTS, name="A name", description="Words").decode()

    for line in (
        "NAME:A name",
        "X-WR-CALNAME:A name",
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
        "X-PUBLISHED-TTL:PT12H",
        "METHOD:PUBLISH",
    ):
        assert f"\r\n{line}\r\n" in text
    assert "BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\n" in text


def test_a_series_carries_its_rule_and_what_differs() -> None:
    """RRULE, EXDATE, and one VEVENT with RECURRENCE-ID."""
    series, moved = feed([CHAT]).walk("VEVENT")

    assert series["RRULE"].to_ical() == b"FREQ=WEEKLY;COUNT=5"
    assert series["EXDATE"].to_ical() == b"20270310T160000"
    assert (moved["UID"], moved["SUMMARY"]) == (series["UID"], "Chat, moved")
    assert moved["RECURRENCE-ID"].to_ical() == b"20270317T160000"


@pytest.fixture(scope="module")
def node() -> str:
    """Node, where it and ical.js are there."""
    found = shutil.which("node")
    if found is None or not (TESTS / "node_modules" / "ical.js").is_dir():
        pytest.skip("node or ical.js is not there: npm install --no-package-lock --prefix tests")
    return found


def test_ical_js_reads_the_same(node: str) -> None:
    """Every event, by another parser."""
    content = calendar_bytes(EVENTS, name="A name", description="Words")
    script = Path(__file__).with_name("read_feed.mjs")
    done = subprocess.run([node, str(script)], input=content, capture_output=True, check=False, timeout=60)

    assert done.returncode == 0, done.stderr.decode()
    ours = [[str(one["UID"]), str(one["SUMMARY"])] for one in feed(EVENTS).walk("VEVENT")]
    assert [one[:2] for one in json.loads(done.stdout)] == ours


hostile = st.text(min_size=1, max_size=300) | st.sampled_from(
    ["a\r\nBEGIN:VEVENT", "\u202egnp.exe", "😀" * 90, ',;\\:"', "=cmd|' /C calc'!A0"]
)


@given(hostile, hostile)
def test_hostile_words_survive_as_words(name: str, description: str) -> None:
    """Whatever an event is called, the feed holds one event, and the table one row that computes nothing."""
    one = event(name=name, description=description)
    read = feed([one]).walk("VEVENT")
    rows = list(csv.reader(io.StringIO(table_bytes([one]).decode("utf-8-sig"))))

    assert len(read) == 1
    assert read[0]["UID"] == one.uid
    assert len(rows) == 2
    assert not any(cell[:1] in ("=", "+", "-", "@", "\t", "\r") for cell in rows[1])


def test_the_table() -> None:
    """Stable columns, ISO dates, local and UTC times."""
    rows = list(csv.DictReader(io.StringIO(table_bytes([event(end=AT_FOUR + timedelta(hours=1))]).decode("utf-8-sig"))))

    assert tuple(rows[0]) == COLUMNS
    assert rows[0]["start"] == "2027-03-03T16:00+01:00"
    assert (rows[0]["start_utc"], rows[0]["end_utc"]) == ("2027-03-03T15:00Z", "2027-03-03T16:00Z")
    assert rows[0]["location"] == ""


@pytest.mark.parametrize(
    ("known", "is_upcoming"),
    [
        ({}, True),
        ({"start": date(2026, 11, 24), "timezone": None}, True),
        ({"start": date(2026, 11, 23), "timezone": None}, False),
        ({"start": date(2026, 11, 20), "end": date(2026, 11, 24), "timezone": None}, True),
        (
            {
                "start": datetime(2026, 11, 23, 23, tzinfo=UTC),
                "end": datetime(2026, 11, 24, 1, tzinfo=UTC),
                "timezone": "UTC",
            },
            True,
        ),
        ({"start": datetime(2026, 11, 23, 23, tzinfo=UTC), "timezone": "UTC"}, False),
        (
            {
                "start": datetime(2020, 1, 7, 16, tzinfo=UTC),
                "timezone": "UTC",
                "recurrence": Recurrence(rrule="FREQ=WEEKLY"),
            },
            True,
        ),
        (
            {
                "start": datetime(2020, 1, 7, 16, tzinfo=UTC),
                "timezone": "UTC",
                "recurrence": Recurrence(rrule="FREQ=WEEKLY;COUNT=3"),
            },
            False,
        ),
    ],
)
def test_upcoming(known: dict[str, Any], is_upcoming: bool) -> None:
    """Over is what has ended; a series is over when its last occurrence is."""
    assert bool(upcoming([event(**known)], NOW)) is is_upcoming


def test_a_topic_is_no_path() -> None:
    """A topic that would name a file elsewhere gets no feed."""
    files = contents([event(topics=("../../etc", "literacy"))], NOW)

    assert "feeds/topic-literacy.ics" in files
    assert not any(".." in name for name in files)


def test_the_page_shows_words_as_words() -> None:
    """No markup of an event's becomes the page's, and no script is linked."""
    page = contents([event(name="<script>alert(1)</script>", url="javascript:alert(1)"), *EVENTS[1:]], NOW)[
        "index.html"
    ]
    tree = html.fromstring(page)

    assert not tree.findall(".//script")
    assert not [link for link in tree.iter("a") if (link.get("href") or "").startswith("javascript")]
    assert "<script>alert(1)</script>" in tree.text_content()
    assert len(tree.findall(".//h1")) == 1


def test_an_unchanged_export_rewrites_nothing(tmp_path: Path) -> None:
    """And a feed that has lost its events stays for its subscribers, empty."""
    files = export(EVENTS, tmp_path, now=NOW)
    before = {path: path.stat().st_mtime_ns for path in files}

    assert export(EVENTS[::-1], tmp_path, now=NOW) == files
    assert {path: path.stat().st_mtime_ns for path in files} == before
    export([replace(one, topics=()) for one in EVENTS], tmp_path, now=NOW)
    assert not icalendar.Calendar.from_ical((tmp_path / "feeds" / "topic-literacy.ics").read_bytes()).walk("VEVENT")


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    """The old file stays."""
    (tmp_path / "file").write_bytes(b"old")

    with pytest.raises(ExportError, match="below"):
        write(tmp_path / "file" / "below", b"new")
    assert (tmp_path / "file").read_bytes() == b"old"


def test_facts_in_words() -> None:
    """What educators choose by, in the table and on the page; nothing where nothing is known."""
    known = event(
        kind=Kind.WORKSHOP,
        attendance_mode=AttendanceMode.HYBRID,
        price=Price(is_free=False, low=20, high=45.5, currency="EUR"),
        deadlines=(
            Deadline(kind=DeadlineKind.REGISTRATION, at=date(2027, 2, 1)),
            Deadline(kind=DeadlineKind.PROPOSALS, at=datetime(2027, 1, 15, 17, tzinfo=UTC)),
        ),
        credit=(Credit(hours=2.5, unit="CEU"), Credit(certificate=True)),
        audience=("k-12", "librarians"),
        recording=Recording.WILL_BE_RECORDED,
        captions=True,
    )
    files = contents([known, event(uid="b@symposia")], NOW)
    first, second = csv.DictReader(files["tables/events.csv"].decode("utf-8-sig").splitlines())
    page = files["index.html"].decode()

    assert (first["price"], first["credit"], first["audience"]) == (
        "20 to 45.5 EUR",
        "2.5 CEU; certificate",
        "k-12; librarians",
    )
    assert first["deadlines"] == "registration 2027-02-01; proposals 2027-01-15T17:00+00:00"
    assert (first["recording"], first["captions"]) == ("will_be_recorded", "True")
    assert not any(second[name] for name in ("price", "credit", "audience", "deadlines", "recording", "captions"))
    for words in (
        "workshop · hybrid · 20 to 45.5 EUR · earns 2.5 CEU; certificate",
        "register by 2027-02-01",
        "proposals by 2027-01-15",
    ):
        assert words in page
