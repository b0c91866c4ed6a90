"""The whole export: which files there are, and when they are written."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from lxml import html

from calendar_export import publish
from calendar_export.icalendar.calendar import ComponentCache, RenderedComponents
from calendar_export.publish import ExportResult, export
from calendar_export.settings import ExportSettings, own_feed
from calendar_export.source_summary import SourceSummary
from symposia.event import AttendanceMode, Deadline, DeadlineKind, Event, Kind, Location, Price, Recurrence, Status

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
AT_FOUR = datetime(2027, 3, 3, 16, tzinfo=ZoneInfo("Europe/Berlin"))


def event(uid: str, **known: Any) -> Event:
    """An event with those facts."""
    facts = {
        "uid": f"{uid}@symposia",
        "name": uid,
        "start": AT_FOUR,
        "timezone": "Europe/Berlin",
        "created": NOW,
        **known,
    }
    return Event(**facts)


EVENTS = [
    event(
        "lesen", topics=("literacy",), language="de", kind=Kind.WORKSHOP, location=Location(city="Bonn", country="DE")
    ),
    event(
        "chat",
        kind=Kind.CHAT,
        attendance_mode=AttendanceMode.ONLINE,
        recurrence=Recurrence(rrule="FREQ=WEEKLY;COUNT=5"),
    ),
    event("free", price=Price(is_free=True), deadlines=(Deadline(kind=DeadlineKind.REGISTRATION, at=AT_FOUR.date()),)),
    event("off", status=Status.CANCELLED, topics=("../../etc",)),
]
SOURCES = [SourceSummary(id="guild", name="The Guild", url="https://guild.example/", status="ok", events=4)]


def stamps(out: Path) -> dict[Path, int]:
    """When each file of a folder was written."""
    return {path: path.stat().st_mtime_ns for path in out.rglob("*") if path.is_file()}


def uids(path: Path) -> set[str]:
    """The local parts of the UIDs in a calendar."""
    return {
        str(vevent["UID"]).partition("@")[0]
        for vevent in icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    }


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ExportResult]:
    """One export."""
    out = tmp_path_factory.mktemp("export")
    settings = ExportSettings(url="https://events.example/", feeds=(own_feed("mine", "kind=workshop&language=de"),))
    return out, export(EVENTS, out, now=NOW, settings=settings, sources=SOURCES)


@pytest.mark.parametrize(
    ("feed", "expected"),
    [
        ("all", {"lesen", "chat", "free", "off"}),
        ("free", {"free"}),
        ("new", {"lesen", "chat", "free", "off"}),
        ("deadlines", {"free-registration"}),
        ("topic-literacy", {"lesen"}),
        ("kind-chat", {"chat"}),
        ("mode-online", {"chat"}),
        ("language-de", {"lesen"}),
        ("country-de", {"lesen"}),
        ("mine", {"lesen"}),
    ],
)
def test_each_calendar(done: tuple[Path, ExportResult], feed: str, expected: set[str]) -> None:
    """Its events, and where it is published."""
    path = done[0] / "feeds" / f"{feed}.ics"

    assert uids(path) == expected
    assert f"https://events.example/feeds/{feed}.ics" in path.read_text(encoding="utf-8").replace("\n ", "")


def test_the_files(done: tuple[Path, ExportResult]) -> None:
    """Calendars, tables, data, pages; a topic that would name a file elsewhere has none."""
    out, exported = done
    names = {path.relative_to(out).as_posix() for path in exported.files}

    assert names >= {
        "index.html",
        "events.json",
        "events.jsonl",
        "feeds/new.atom",
        "tables/events.csv",
        "tables/events.xlsx",
        "tables/topic-literacy.csv",
        "tables/deadlines.csv",
        "tables/sources.csv",
        "tables/columns.csv",
        "events/lesen.html",
        "events/lesen.ics",
    }
    assert not any("etc" in name for name in names)
    assert exported.refused == ()
    assert uids(out / "events" / "lesen.ics") == {"lesen"}


def test_the_page_counts_deadlines_and_not_events(done: tuple[Path, ExportResult]) -> None:
    """Of the calendar that holds them."""
    page = html.document_fromstring((done[0] / "feeds.html").read_bytes())
    (line,) = page.xpath('//*[@data-feed="deadlines"]')

    assert "1 entr" in line.text_content()


def test_what_is_unchanged_is_not_written(tmp_path: Path) -> None:
    """In whatever order the events come, and whatever the hour."""
    first = export(EVENTS, tmp_path, now=NOW, sources=SOURCES)
    before = stamps(tmp_path)
    again = export(EVENTS[::-1], tmp_path, now=NOW + timedelta(hours=9), sources=SOURCES)

    assert (again.files, again.written) == (first.files, ())
    assert stamps(tmp_path) == before


def test_what_was_made_from_the_same_is_not_even_read(tmp_path: Path) -> None:
    """Unless a file is missing, the day is another, or what else goes into it."""

    def unread() -> Iterator[Event]:
        raise AssertionError("the events were read")
        yield

    export(EVENTS, tmp_path, now=NOW, made_from="a")
    before = stamps(tmp_path)
    assert export(unread(), tmp_path, now=NOW, made_from="a").written == ()
    assert stamps(tmp_path) == before
    for known in ({"now": NOW + timedelta(days=1)}, {"past": True}, {"sources": SOURCES}, {"made_from": "b"}):
        with pytest.raises(AssertionError, match="read"):
            export(unread(), tmp_path, **{"now": NOW, "made_from": "a", **known})
    (tmp_path / "index.html").unlink()
    assert export(EVENTS, tmp_path, now=NOW, made_from="a").written == ("index.html",)


def test_a_calendar_without_events_stays_for_its_subscribers(tmp_path: Path) -> None:
    """Empty, and called as before; the pages of events that are gone go."""
    export(EVENTS, tmp_path, now=NOW)
    title = icalendar.Calendar.from_ical((tmp_path / "feeds" / "topic-literacy.ics").read_bytes())["NAME"]
    export([replace(event, topics=()) for event in EVENTS[1:]], tmp_path, now=NOW)
    left = icalendar.Calendar.from_ical((tmp_path / "feeds" / "topic-literacy.ics").read_bytes())

    assert not left.walk("VEVENT")
    assert left["NAME"] == title
    assert not (tmp_path / "events" / "lesen.html").exists()


def test_a_calendar_that_fails_its_check_is_not_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The old one stays, the others are written, and it is said."""
    export(EVENTS, tmp_path, now=NOW)
    old = (tmp_path / "feeds" / "free.ics").read_bytes()
    made = publish.feed_bytes

    def broken(feed: Any, *events: Any, **known: Any) -> bytes:
        content = made(feed, *events, **known)
        return content.replace(b"UID:", b"X-UID:") if feed.name == "free" else content

    monkeypatch.setattr(publish, "feed_bytes", broken)
    again = export([replace(event, name=f"{event.name} 2") for event in EVENTS], tmp_path, now=NOW)

    assert [(name, "UID" in why) for name, why in again.refused] == [("feeds/free.ics", True)]
    assert (tmp_path / "feeds" / "free.ics").read_bytes() == old
    assert "lesen 2" in (tmp_path / "feeds" / "all.ics").read_text(encoding="utf-8")


def break_components(monkeypatch: pytest.MonkeyPatch, uids: Collection[str]) -> None:
    """The entries of those events are written without a UID."""
    render = ComponentCache.render_event

    def render_event(self: ComponentCache, event: Event) -> RenderedComponents:
        rendered = render(self, event)
        return replace(rendered, text=rendered.text.replace(b"UID:", b"X-UID:")) if event.uid in uids else rendered

    monkeypatch.setattr(ComponentCache, "render_event", render_event)


def test_an_event_that_fails_its_check_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The calendars go on without it, and it is said, again and again until it is mended."""
    events = [
        *EVENTS,
        *(replace(EVENTS[0], uid=f"more{number}@symposia", name=f"More {number}") for number in range(10)),
    ]
    break_components(monkeypatch, ["more3@symposia"])
    for _ in range(2):
        done = export(events, tmp_path, now=NOW, made_from="a")

        assert [(name, "UID" in why) for name, why in done.refused] == [("events/more3.ics", True)]
    feed = icalendar.Calendar.from_ical((tmp_path / "feeds" / "all.ics").read_bytes())
    uids = {str(vevent["UID"]) for vevent in feed.walk("VEVENT")}
    assert "more2@symposia" in uids
    assert "more3@symposia" not in uids


def test_where_many_events_fail_no_calendar_shrinks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not they that are wrong, then: the old calendars stay."""
    export(EVENTS, tmp_path, now=NOW)
    old = (tmp_path / "feeds" / "all.ics").read_bytes()
    break_components(monkeypatch, [event.uid for event in EVENTS])

    done = export([replace(event, name=f"{event.name} 2") for event in EVENTS], tmp_path, now=NOW)

    assert "feeds/all.ics" in dict(done.refused)
    assert (tmp_path / "feeds" / "all.ics").read_bytes() == old


def test_the_data_holds_the_events(done: tuple[Path, ExportResult]) -> None:
    """A line an event, and a graph of schema.org's."""
    out = done[0]
    lines = [json.loads(line) for line in (out / "events.jsonl").read_text(encoding="utf-8").splitlines()]
    graph = json.loads((out / "events.json").read_bytes())["@graph"]

    assert {line["uid"] for line in lines} == {event.uid for event in EVENTS}
    assert {node["name"] for node in graph} == {event.name for event in EVENTS}
