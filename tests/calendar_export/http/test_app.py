"""The server, asked over the loopback: what it answers, when it need not, and what it never gives."""

from __future__ import annotations

import csv
import gzip
import http.client
import io
import json
import os
import re
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import closing, contextmanager
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

import icalendar
import pytest
from click.testing import CliRunner

from calendar_export.http.representations import MAX_CACHED, RepresentationCache, represent
from calendar_export.http.responses import Responder
from calendar_export.query import EventFilter, parse_query
from calendar_export.settings import ExportSettings
from commands.main import cli
from commands.serve import SERVER, StoredEvents
from pipelines.normalized import NormalizedPosting
from pipelines.store.store import Store
from symposia.errors import StoreError
from symposia.event import AttendanceMode, Event, Kind, Location, Price, Recurrence, SourceRef, Status
from symposia.posting import Origin, Posting
from tests.command_line import PATIENCE

uvicorn = pytest.importorskip("uvicorn")
pytest.importorskip("starlette")
from starlette.datastructures import Headers  # noqa: E402 - an extra

from calendar_export.http.app import MAX_TARGET, MAX_WAITING, accepts_gzip, create_app, is_not_modified  # noqa: E402 - an extra

NOW = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)
CHANGED = datetime(2026, 11, 24, 9, 15, 30, tzinfo=UTC)
ROOT = Path(__file__).parents[3]


def event(uid: str, **known: Any) -> Event:
    """An event with those facts."""
    facts = {"uid": f"{uid}@symposia", "name": uid, "start": date(2027, 3, 3), "created": CHANGED, **known}
    return Event(**facts, sources=(SourceRef(id="guild", key=uid, url="https://guild.example/"),))


EVENTS = [
    event("free", price=Price(is_free=True), topics=("literacy",), attendance_mode=AttendanceMode.ONLINE),
    event("hybrid", attendance_mode=AttendanceMode.HYBRID, topics=("math", "literacy"), language="de"),
    event("paid", price=Price(is_free=False, low=20.0), kind=Kind.WORKSHOP, location=Location(address="Bonn, Germany")),
    event(
        "chat", start=datetime(2026, 1, 6, 20, tzinfo=UTC), recurrence=Recurrence(rrule="FREQ=WEEKLY"), kind=Kind.CHAT
    ),
    event("off", status=Status.CANCELLED, start=date(2026, 11, 20)),
    event("today", start=datetime(2026, 11, 24, 9, tzinfo=UTC)),
    event("over", start=date(2026, 11, 20)),
    *(event(f"more-{n}", description="Words " * 30) for n in range(20)),
]
IN_CALENDARS = [event for event in EVENTS if event.uid != "over@symposia"]
IN_TABLES = [event for event in IN_CALENDARS if event.uid != "off@symposia"]


class Fixed:
    """Events that a test sets."""

    def __init__(self, events: list[Event]) -> None:
        self.events, self.number, self.reads = events, 0, 0

    def version(self) -> int:
        return self.number

    def read(self) -> list[Event]:
        self.reads += 1
        return self.events


class Broken:
    """A store that does not answer."""

    def version(self) -> int:
        raise StoreError("/secret/place: the store does not answer")

    def read(self) -> list[Event]:
        raise StoreError("/secret/place: the store does not answer")


class Reply(NamedTuple):
    """What a server sent."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes


Ask = Callable[..., Reply]


@contextmanager
def serving(application: Any) -> Iterator[Ask]:
    """A real server of that application, on a free port; gives a function that asks it."""
    server = uvicorn.Server(uvicorn.Config(application, host="127.0.0.1", port=0, **SERVER))
    listener = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()

    def ask(target: str, method: str = "GET", **headers: str) -> Reply:
        connection = http.client.HTTPConnection("127.0.0.1", listener.getsockname()[1], timeout=PATIENCE)
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, target, headers={"Accept-Encoding": "identity", **names})
        got = connection.getresponse()
        reply = Reply(got.status, got.headers, got.read())
        connection.close()
        return reply

    yield ask
    server.should_exit = True
    thread.join()
    listener.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export, with what must not be served in it and around it."""
    root = tmp_path_factory.mktemp("served")
    out = root / "export"
    for path in ("index.html", "feeds/all.ics", ".hidden", ".git/config", "odd/.env", "feeds/ünicode.txt", "a b.txt"):
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_text(path)
    (out / "large.jsonl").write_text('{"a": 1}\n' * 1_000)
    (root / "secret.txt").write_text("secret")
    (out / "out.txt").symlink_to(root / "secret.txt")
    (out / "up").symlink_to(root)
    (out / "in.ics").symlink_to(out / "feeds" / "all.ics")
    (out / "circle").symlink_to(out / "circle")
    os.mkfifo(out / "pipe")
    return out


@pytest.fixture(scope="module")
def ask(folder: Path) -> Iterator[Ask]:
    """A server of EVENTS and the folder."""
    with serving(
        create_app(Fixed(EVENTS), folder, ExportSettings(url="https://events.example/"), lambda: NOW)
    ) as running:
        yield running


QUESTIONS = [
    "",
    "topic=literacy",
    "topic=literacy&mode=online",
    "topic=literacy&mode=online&free=1",
    "topic=math&topic=literacy",
    "mode=in-person",
    "kind=workshop&kind=chat",
    "country=DE",
    "language=de",
    "new=1",
    "since=2027-03-04",
    "until=2026-12-01",
    "q=words",
    "q=no+such+words",
]


@pytest.mark.parametrize("query", QUESTIONS)
def test_a_calendar_holds_what_was_asked_for(ask: Ask, query: str) -> None:
    """The same events as a direct selection."""
    reply = ask(f"/events.ics?{query}")
    expected = {event.uid for event in IN_CALENDARS if parse_query(query).matches(event, NOW)}

    assert reply.status == 200
    assert {str(vevent["UID"]) for vevent in icalendar.Calendar.from_ical(reply.body).walk("VEVENT")} == expected


@pytest.mark.parametrize("query", QUESTIONS)
def test_so_do_tables_and_json(ask: Ask, query: str) -> None:
    """Those that are still to come."""
    expected = [event.uid for event in IN_TABLES if parse_query(query).matches(event, NOW)]
    rows = list(csv.DictReader(io.StringIO(ask(f"/events.csv?{query}").body.decode("utf-8-sig"))))
    graph = json.loads(ask(f"/events.json?{query}").body)["@graph"]

    assert sorted(row["uid"] for row in rows) == sorted(expected)
    assert sorted(node["identifier"] for node in graph) == sorted(expected)


def test_lists_have_the_next_occurrence_and_calendars_the_rule(ask: Ask) -> None:
    """A series is one row, at its next date."""
    row = next(csv.DictReader(io.StringIO(ask("/events.csv?kind=chat").body.decode("utf-8-sig"))))

    assert row["start"].startswith("2026-11-24")
    assert b"RRULE:FREQ=WEEKLY" in ask("/events.ics?kind=chat").body


def test_what_a_calendar_is_called(ask: Ask) -> None:
    """By what it was asked for, and where."""
    calendar = icalendar.Calendar.from_ical(ask("/events.ics?free=1&topic=Literacy").body)

    # icalendar leaves the escapes of properties that it does not know as they are.
    assert calendar["X-WR-CALNAME"] == r"Events for educators: topic literacy\, free 1"
    assert calendar["SOURCE"] == "https://events.example/events.ics?topic=literacy&free=1"


@pytest.mark.parametrize(
    ("target", "name", "value"),
    [
        ("/events.ics", "Content-Type", "text/calendar; charset=utf-8"),
        ("/events.ics", "Content-Disposition", 'inline; filename="events.ics"'),
        ("/events.csv", "Content-Type", "text/csv; charset=utf-8"),
        ("/events.json", "Content-Type", "application/ld+json"),
        ("/events.ics", "Cache-Control", "public, max-age=3600"),
        ("/events.ics", "Last-Modified", "Tue, 24 Nov 2026 09:15:30 GMT"),
        ("/events.ics", "Vary", "Accept-Encoding"),
        ("/events.ics", "Access-Control-Allow-Origin", "*"),
        ("/events.ics", "X-Content-Type-Options", "nosniff"),
        ("/nothing", "X-Content-Type-Options", "nosniff"),
        ("/events.ics?x=1", "Content-Type", "text/plain; charset=utf-8"),
        ("/", "Content-Type", "text/html; charset=utf-8"),
        ("/feeds/all.ics", "Content-Type", "text/calendar; charset=utf-8"),
        ("/events.ics", "Server", None),
    ],
)
def test_headers(ask: Ask, target: str, name: str, value: str | None) -> None:
    """What clients and proxies go by."""
    assert ask(target).headers[name] == value


@pytest.mark.parametrize("target", ["/events.ics?topic=literacy", "/events.csv", "/feeds/all.ics", "/", "/large.jsonl"])
def test_what_is_there_already_is_not_sent_again(ask: Ask, target: str) -> None:
    """By its tag, or by its date; the tag goes first."""
    first = ask(target)
    tag, changed = first.headers["ETag"], first.headers["Last-Modified"]
    same = [
        ask(target, If_None_Match=tag),
        ask(target, If_None_Match=f'"other", W/{tag}'),
        ask(target, If_None_Match="*"),
        ask(target, If_None_Match=tag, If_Modified_Since="Thu, 01 Jan 1970 00:00:00 GMT"),
        ask(target, If_Modified_Since=changed),
        ask(target, "HEAD", If_None_Match=tag),
    ]
    other = [
        ask(target, If_None_Match='"other"'),
        ask(target, If_None_Match='"other"', If_Modified_Since=changed),
        ask(target, If_Modified_Since="Thu, 01 Jan 1970 00:00:00 GMT"),
        ask(target, If_Modified_Since="yesterday"),
    ]

    assert re.fullmatch(r'"[0-9a-f]{32}"', tag)
    assert [reply.status for reply in same] == [304] * len(same)
    assert all(reply.body == b"" and reply.headers["ETag"] == tag for reply in same)
    assert [reply.status for reply in other] == [200] * len(other)
    assert all(reply.body == first.body for reply in other)


@pytest.mark.parametrize("target", ["/events.ics", "/events.json", "/large.jsonl"])
def test_gzip(ask: Ask, target: str) -> None:
    """For whoever takes it, under a tag of its own: the bytes are others."""
    plain, zipped = ask(target), ask(target, Accept_Encoding="gzip, br")
    tag = zipped.headers["ETag"]

    assert gzip.decompress(zipped.body) == plain.body
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert len(zipped.body) == int(zipped.headers["Content-Length"]) < len(plain.body)
    assert "Content-Encoding" not in plain.headers
    assert tag != plain.headers["ETag"]
    assert ask(target, Accept_Encoding="gzip", If_None_Match=tag).status == 304
    assert ask(target, If_None_Match=tag).status == 200
    assert "Content-Encoding" not in ask("/feeds/all.ics", Accept_Encoding="gzip").headers  # too small to gain


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("", False),
        ("gzip", True),
        ("GZIP", True),
        ("deflate, gzip;q=1.0, *;q=0.5", True),
        ("gzip; q=0.001", True),
        ("gzip;q=0", False),
        ("gzip;q=0.000, *", False),
        ("*", True),
        ("*;q=0", False),
        ("br", False),
        ("notgzip, gzipped", False),
        ("x-gzip", True),
        ("gzip;q=.", False),
    ],
)
def test_who_takes_gzip(accepted: str, expected: bool) -> None:
    """RFC 9110, 12.5.3."""
    assert accepts_gzip(accepted) is expected


@pytest.mark.parametrize(
    "target", ["/events.ics", "/events.csv?free=1", "/", "/large.jsonl", "/nothing", "/events.ics?x=1"]
)
def test_head_is_get_without_the_body(ask: Ask, target: str) -> None:
    """The same status and headers."""
    got, head = ask(target), ask(target, "HEAD")

    assert head.body == b""
    assert head.status == got.status
    assert {**head.headers, "date": ""} == {**got.headers, "date": ""}


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
@pytest.mark.parametrize("target", ["/events.ics", "/feeds/all.ics", "/nothing"])
def test_nothing_but_reading(ask: Ask, method: str, target: str) -> None:
    """And it is said what can be done."""
    reply = ask(target, method)

    assert reply.status == 405
    assert set(reply.headers["Allow"].split(", ")) == {"GET", "HEAD"}


@pytest.mark.parametrize(
    "target",
    [
        "/..",
        "/../secret.txt",
        "/feeds/../../secret.txt",
        "/feeds/../index.html",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e%2fsecret.txt",
        "/..%5csecret.txt",
        "/%252e%252e/secret.txt",
        "//secret.txt",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/./index.html",
        "/.hidden",
        "/%2ehidden",
        "/.git/config",
        "/odd/.env",
        "/out.txt",
        "/up/secret.txt",
        "/up/export/index.html/..",
        "/circle",
        "/circle/x",
        "/pipe",
        "/feeds",
        "/feeds/",
        "/odd/",
        "/index.html/",
        "/index.html/x",
        "/index.html%00",
        "/%00",
        "/%ff",
        "/" + "x" * 300,
        "/" + "x/" * 400,
        "/events.xml",
        "/events",
    ],
)
def test_nothing_else_is_served(ask: Ask, target: str) -> None:
    """No way out of the folder, nothing hidden, no list of what is there."""
    reply = ask(target)

    assert (reply.status, reply.body) == (404, b"There is no such file.\n")


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("/", b"index.html"),
        ("/index.html", b"index.html"),
        ("/feeds/all.ics", b"feeds/all.ics"),
        ("/feeds/%C3%BCnicode.txt", "feeds/ünicode.txt".encode()),
        ("/a%20b.txt", b"a b.txt"),
        ("/in.ics", b"feeds/all.ics"),
        ("/index.html?x=1", b"index.html"),
    ],
)
def test_the_files_of_the_export(ask: Ask, target: str, expected: bytes) -> None:
    """As they are."""
    assert ask(target).body == expected


def test_a_file_that_is_replaced(tmp_path: Path) -> None:
    """Is another from then on, though it be as long; and a folder may be changed for another as a whole."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text(name)
    link = tmp_path / "current"
    link.symlink_to(tmp_path / "one")
    with serving(create_app(Fixed([]), link)) as ask:
        first = ask("/")
        (tmp_path / "one" / ".new").write_text("new")
        (tmp_path / "one" / ".new").replace(tmp_path / "one" / "index.html")
        second = ask("/", If_None_Match=first.headers["ETag"])
        link.unlink()
        link.symlink_to(tmp_path / "two")

        assert [first.body, second.body, ask("/").body] == [b"one", b"new", b"two"]


def test_without_a_folder_there_are_no_files() -> None:
    """The questions are answered all the same."""
    with serving(create_app(Fixed(EVENTS), None)) as ask:
        assert [ask("/").status, ask("/index.html").status, ask("/events.ics").status] == [404, 404, 200]


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ("colour=red", "unknown name 'colour'"),
        ("mode=telepathy", "mode: 'telepathy' is not one of online"),
        ("since=soon", "since: 'soon' is not a date"),
        ("q=%ff", "not UTF-8"),
        ("&".join(["topic=a"] * 51), "more than 50 values"),
        (urlencode({"q": "x" * 201}), "q: a value is longer than 200 characters"),
        ("q=<script>", None),
        ("<script>=1", "unknown name '<script>'"),
    ],
)
@pytest.mark.parametrize("form", ["ics", "json", "csv"])
def test_a_wrong_question(ask: Ask, form: str, query: str, fault: str | None) -> None:
    """Is told what is wrong with it, in plain text."""
    reply = ask(f"/events.{form}?{query}")

    assert reply.status == (400 if fault else 200)
    if fault:
        assert reply.headers["Content-Type"] == "text/plain; charset=utf-8"
        assert reply.body.decode().startswith(fault)


@pytest.mark.parametrize(
    "target", ["/" + "x" * MAX_TARGET, "/events.ics?q=" + "x" * MAX_TARGET, "/?" + "x" * MAX_TARGET]
)
def test_a_target_that_is_too_long(ask: Ask, target: str) -> None:
    """Is not looked at."""
    assert ask(target).status == 414
    assert ask(target, "HEAD").body == b""


def test_a_store_that_does_not_answer() -> None:
    """Come back later; where it is, is nobody's business."""
    with serving(create_app(Broken(), None)) as ask:
        reply = ask("/events.ics")

    assert (reply.status, reply.body) == (503, b"The events cannot be read now. Please try again later.\n")
    assert reply.headers["Retry-After"] == "10"


def test_a_question_is_worked_on_once_until_the_events_change() -> None:
    """However it is written; and the same bytes keep their tag."""
    events = Fixed(list(EVENTS))
    with serving(create_app(events, None, clock=lambda: NOW)) as ask:
        tags = [
            ask(f"/events.ics?{query}").headers["ETag"]
            for query in ("free=1&topic=literacy", "topic=literacy&free=yes")
        ]
        events.number += 1
        tags.append(ask("/events.ics?topic=literacy&free=1").headers["ETag"])
        events.events.append(event("new", price=Price(is_free=True), topics=("literacy",)))
        events.number += 1
        changed = ask("/events.ics?topic=literacy&free=1", If_None_Match=tags[0])

    assert len(set(tags)) == 1
    assert events.reads == 3
    assert changed.status == 200
    assert b"new@symposia" in changed.body


def test_a_large_store_that_is_being_written_is_not_read_all_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes long to read rests ten times as long; what does not is seen at once."""
    seconds = [0.0]
    monkeypatch.setattr("calendar_export.http.responses.monotonic", lambda: seconds[0])

    class Large(Fixed):
        def read(self) -> list[Event]:
            seconds[0] += 2.5
            return super().read()

    events = Large(EVENTS)
    responder = Responder(events, ExportSettings(), lambda: NOW)
    reads = []
    for later in (0.0, 19.9, 0.2):
        seconds[0] += later
        events.number += 1
        responder.render("ics", EventFilter())
        reads.append(events.reads)

    assert reads == [1, 1, 2]


def test_what_is_over_leaves_at_midnight() -> None:
    """Without a change of the store; and who asks by date is told."""
    times = [NOW]
    with serving(create_app(Fixed(EVENTS), None, clock=lambda: times[-1])) as ask:
        first = ask("/events.ics")
        times.append(NOW + timedelta(hours=11))
        later = ask("/events.ics", If_Modified_Since=first.headers["Last-Modified"])
        times.append(NOW + timedelta(hours=12))
        next_day = ask("/events.ics", If_Modified_Since=first.headers["Last-Modified"])

    assert [first.status, later.status, next_day.status] == [200, 304, 200]
    assert (b"today@symposia" in first.body, b"today@symposia" in next_day.body) == (True, False)
    assert next_day.headers["Last-Modified"] == "Wed, 25 Nov 2026 00:00:00 GMT"


def test_who_asks_by_date_is_told_of_an_event_that_is_chosen_no_more() -> None:
    """It changed, though nothing that is sent did."""
    gone = replace(EVENTS[0], topics=("math",), last_modified=NOW)
    events = Fixed(EVENTS[:1])
    with serving(create_app(events, None, clock=lambda: NOW)) as ask:
        first = ask("/events.ics?topic=literacy")
        events.events, events.number = [gone], 1
        second = ask("/events.ics?topic=literacy", If_Modified_Since=first.headers["Last-Modified"])

    assert (second.status, b"BEGIN:VEVENT" in second.body) == (200, False)


def test_while_the_events_are_read_anew_the_answers_from_before_are_given() -> None:
    """Nobody waits who need not; and not all at once may."""
    going, done = threading.Event(), threading.Event()

    class Slow(Fixed):
        def read(self) -> list[Event]:
            if self.number:
                going.set()
                done.wait(PATIENCE)
            return super().read()

    events = Slow(EVENTS)
    most = MAX_WAITING + 1
    with serving(create_app(events, None, clock=lambda: NOW)) as ask, ThreadPoolExecutor(most) as pool:
        known = ask("/events.ics")
        events.number = 1
        waiting = [pool.submit(ask, f"/events.ics?new={number}") for number in range(1, most + 1)]
        refused = next(as_completed(waiting)).result()
        assert going.wait(PATIENCE)
        meanwhile = ask("/events.ics")
        done.set()
        statuses = sorted(reply.result().status for reply in waiting)

    assert (meanwhile.status, meanwhile.body) == (200, known.body)
    assert (refused.status, refused.headers["Retry-After"]) == (503, "10")
    assert statuses == [200] * MAX_WAITING + [503]


def test_answers_are_kept_within_bounds() -> None:
    """Those that were asked for last."""
    cache = RepresentationCache(max_size=1_000)
    for number in range(10):
        cache.put(number, "stamp", represent(bytes(300), "text/plain", NOW))
        cache.get(0)

    assert [number for number in range(10) if cache.get(number)] == [0, 8, 9]
    assert cache.size == 900
    cache.put("large", "stamp", represent(os.urandom(2_000), "text/plain", NOW))
    assert cache.get("large") is None
    assert cache.size == 900


def test_many_questions_take_bounded_memory() -> None:
    """Whatever is asked."""
    responder = Responder(Fixed(EVENTS), ExportSettings(), lambda: NOW)
    for number in range(1, 500):
        responder.render("ics", EventFilter(new=number))

    assert responder.cache.size < MAX_CACHED


def save(store: Path, *names: str) -> None:
    """Store an event of each of those names."""
    origin = Origin(source="guild", url="https://guild.example/", fetched_at=NOW, extractor="json-ld")
    readings = [
        NormalizedPosting(
            posting=Posting(origin=origin, source_key=name, name=name, start="2030-01-01"),
            event=event(name, start=date(2030, 1, 1)),
        )
        for name in names
    ]
    with Store.open(store) as opened:
        opened.save_crawl("guild", readings, now=NOW)


def names_of(reply: Reply) -> set[str]:
    """What the events of a calendar are called."""
    assert reply.status == 200, reply.body
    return {str(vevent["SUMMARY"]) for vevent in icalendar.Calendar.from_ical(reply.body).walk("VEVENT")}


def test_a_store_that_is_written_while_it_is_served(tmp_path: Path) -> None:
    """Each answer is whole, of one moment; and what was written last is seen at once."""
    store = tmp_path / "a b#c.db"
    names = [f"Evening number {number} of many" for number in range(12)]
    save(store, *names[:2])
    allowed = [set(names[:number]) for number in range(2, len(names) + 1)]
    with (
        closing(StoredEvents(str(store))) as events,
        serving(create_app(events, None)) as ask,
        ThreadPoolExecutor(10) as pool,
    ):
        written = pool.submit(lambda: [save(store, *names[:number]) for number in range(3, len(names) + 1)])
        found = [names_of(reply) for reply in pool.map(lambda _: ask("/events.ics"), range(100))]
        written.result()

        assert [names for names in found if names not in allowed] == []
        assert names_of(ask("/events.ics")) == set(names)


def test_a_store_is_read_again_only_when_it_changed(tmp_path: Path) -> None:
    """Whoever wrote to it; and when it is made anew."""
    store = tmp_path / "symposia.db"
    save(store, "one")
    with closing(StoredEvents(str(store))) as events:
        versions = [events.version(), events.version()]
        save(store, "one", "two")
        versions.append(events.version())
        for file in tmp_path.glob("symposia.db*"):
            file.unlink()  # with what SQLite keeps beside it
        save(store, "three")
        versions.append(events.version())

        assert versions[0] == versions[1]
        assert len(set(versions)) == 3
        assert [event.name for event in events.read()] == ["three"]


def test_a_store_is_not_written(tmp_path: Path) -> None:
    """Nor made, where it is missing."""
    store = tmp_path / "symposia.db"
    save(store, "one")
    before = store.read_bytes()
    with closing(StoredEvents(str(store))) as events, serving(create_app(events, None)) as ask:
        ask("/events.ics")

    assert store.read_bytes() == before
    for asked in (StoredEvents.version, StoredEvents.read):
        with closing(StoredEvents(str(tmp_path / "missing.db"))) as missing, pytest.raises(StoreError, match="missing"):
            asked(missing)
    assert not (tmp_path / "missing.db").exists()


def test_a_database_elsewhere_is_read_by_its_url(tmp_path: Path) -> None:
    """Now and then, as nothing cheap tells whether it changed."""
    save(tmp_path / "symposia.db", "one")
    with closing(StoredEvents(f"sqlite:///{tmp_path / 'symposia.db'}")) as events:
        assert events.version() == events.version()
        assert [event.name for event in events.read()] == ["one"]


@pytest.mark.parametrize(
    ("given", "modified", "expected"),
    [
        ({}, NOW, False),
        ({"if-none-match": '"a"'}, NOW, True),
        ({"if-none-match": 'W/"a"'}, NOW, True),
        ({"if-none-match": ' "b" , "a"'}, NOW, True),
        ({"if-none-match": "a"}, NOW, False),
        ({"if-none-match": '"ab"'}, NOW, False),
        ({"if-none-match": ""}, NOW, False),
        ({"if-none-match": "", "if-modified-since": "Tue, 24 Nov 2026 12:30:00 GMT"}, NOW, False),
        ({"if-modified-since": "Tue, 24 Nov 2026 12:30:00 GMT"}, NOW, True),
        ({"if-modified-since": "Tuesday, 24-Nov-26 12:30:00 GMT"}, NOW, True),
        ({"if-modified-since": "Tue, 24 Nov 2026 12:29:59 GMT"}, NOW, False),
        ({"if-modified-since": "Tue, 24 Nov 2026 13:30:00 +0100"}, NOW, True),
        ({"if-modified-since": "Tue, 24 Nov 99999 12:30:00 GMT"}, NOW, False),
        ({"if-modified-since": "0"}, NOW, False),
    ],
)
def test_what_is_unchanged(given: dict[str, str], modified: datetime, expected: bool) -> None:
    """RFC 9110, 13.1 and 13.2.2."""
    assert is_not_modified(Headers(given), '"a"', modified) is expected


def test_the_command_says_what_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The extra, or the store."""
    missing = CliRunner().invoke(cli, ["serve", "--store", str(tmp_path / "none.db")])
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    extra = CliRunner().invoke(cli, ["serve", "--store", str(tmp_path / "none.db")])

    assert isinstance(missing.exception, StoreError)
    assert extra.output == "Error: uvicorn is missing: pip install 'symposia[serve]'\n"


def test_the_command_serves(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The store and the folder, on the port that it is told."""
    ran: dict[str, Any] = {}
    save(tmp_path / "symposia.db", "one")
    monkeypatch.setattr(uvicorn, "run", lambda application, **options: ran.update(options))
    asked = ["serve", "--store", str(tmp_path / "symposia.db"), "--out", str(tmp_path), "--port", "8080"]
    result = CliRunner().invoke(cli, asked)

    assert result.output == "http://127.0.0.1:8080/events.ics; stop with Ctrl+C\n"
    assert (ran["host"], ran["port"], ran["access_log"]) == ("127.0.0.1", 8080, False)


def test_the_manual_lists_the_vocabulary() -> None:
    """Each name that can be asked for, and no other."""
    text = (ROOT / "docs" / "serve.md").read_text(encoding="utf-8")

    assert re.findall(r"^\| `([a-z]+)` \|", text, re.MULTILINE) == [field.name for field in fields(EventFilter)]
    for query in re.findall(r"/events\.(?:ics|json|csv)\?([^`\s\"']+)", text):
        parse_query(query)
