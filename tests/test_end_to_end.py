"""The whole way: the demo web crawled over real HTTP, and what comes out read again by others' readers."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest

from calendar_export.output_folder import MANIFEST
from tests.command_line import run_command

EXPECTED = {
    "Webinar: Feedback That Helps Young Writers": ("northfield-coaches", "quiet-corner-sel", "civics-commons"),
    "Instructional Coaching Institute": ("northfield-coaches",),
    "Librarians' Tuesday Chat": ("lakeshore-guild",),
    "School Library Unconference": ("lakeshore-guild",),
    "Workshop: Makerspaces on a Small Budget": ("lakeshore-guild",),
    "Physics with Paper and String": ("riverbend-science",),
    "Night Sky Evening for Science Teachers": ("riverbend-science",),
    "Writing an Open Textbook in a Term": ("openbook-network",),
    "Open Pedagogy Reading Group": ("openbook-network",),
    "Fractions Without Tears": ("maple-math",),
    "Geometry with Folded Paper": ("maple-math",),
    "Number Sense Games for the Early Grades": ("maple-math",),
    "Leseförderung in der Grundschule": ("institut-bergwald",),
    "Tagung Digitale Bildung": ("institut-bergwald",),
    "Mathematik mit allen Sinnen": ("institut-bergwald",),
    "Taller de evaluación formativa": ("red-docente",),
    "Inteligencia artificial en el aula": ("red-docente",),
    "Hybrid Horizons: Conference on Blended Learning": ("hybrid-horizons",),
    "Mindfulness for Tired Teachers": ("quiet-corner-sel",),
    "Media Literacy in Grade Five": ("prairie-libraries",),
    "Storytime That Teaches: Early Literacy Workshop": ("prairie-libraries",),
    "Graphic Novels in the Classroom": ("prairie-libraries",),
    "Summer Reading Planning Day": ("prairie-libraries",),
    "Online course: Teaching with Data, Kindly": ("fernhill-academy",),
    "Virtual conference: Every Learner Online": ("fernhill-academy",),
    "Workshop: Captions and Clear Pages": ("fernhill-academy",),
    "Teaching the Vote: Civic Education after an Election": ("civics-commons",),
}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder of one demo, and what it said."""
    folder = tmp_path_factory.mktemp("demo")
    done = run_command("demo", "--out", "out", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder / "out", done.stdout


@pytest.fixture(scope="module")
def events(demo: tuple[Path, str]) -> Mapping[str, dict[str, Any]]:
    """The exported events by name."""
    lines = (demo[0] / "events.jsonl").read_text(encoding="utf-8").splitlines()
    return {event["name"]: event for event in map(json.loads, lines)}


def test_it_says_where_everything_is(demo: tuple[Path, str]) -> None:
    """The summary, the site that is down, and three places."""
    folder, said = demo

    assert "13 sources: 12 ok, 0 empty, 1 failed" in said
    for place in ("feeds", "tables", "index.html"):
        assert f"{Path('out') / place}" in said
        assert (folder / place).exists()


def test_every_event_is_there_once_from_all_its_sources(events: Mapping[str, dict[str, Any]]) -> None:
    """Also the one that three sites announce under three names, one of them in another zone."""
    found = {name: tuple(sorted(ref["id"] for ref in event["sources"])) for name, event in events.items()}

    assert found == {name: tuple(sorted(sources)) for name, sources in EXPECTED.items()}


def test_what_is_known_of_some(events: Mapping[str, dict[str, Any]]) -> None:
    """Times, status, mode, price, topics; and nothing that was not said."""
    today = datetime.fromisoformat(events["Librarians' Tuesday Chat"]["created"]).date()
    day = lambda ahead: (today + timedelta(days=ahead)).isoformat()  # noqa: E731 - local shorthand

    hybrid = events["Hybrid Horizons: Conference on Blended Learning"]
    assert (hybrid["start"], hybrid["end"], hybrid["attendance_mode"]) == (day(75), day(77), "hybrid")
    assert hybrid["price"] == {"is_free": False, "low": 40.0, "high": 180.0, "currency": "EUR"}
    assert events["Mathematik mit allen Sinnen"]["status"] == "cancelled"
    assert events["Workshop: Makerspaces on a Small Budget"]["status"] == "cancelled"
    assert events["Tagung Digitale Bildung"]["end"] == day(52)
    assert events["Taller de evaluación formativa"]["start"].startswith(f"{day(10)}T18:00")
    assert events["Mindfulness for Tired Teachers"]["end"] is None
    assert events["Webinar: Feedback That Helps Young Writers"]["price"]["is_free"] is True
    assert "math" in events["Fractions Without Tears"]["topics"]
    assert events["School Library Unconference"]["timezone"] == "America/New_York"


def test_what_educators_choose_by(events: Mapping[str, dict[str, Any]]) -> None:
    """Deadlines, credit, captions, audience, and where to register: as the words of the sources say."""
    today = datetime.fromisoformat(events["Librarians' Tuesday Chat"]["created"]).date()
    day = lambda ahead: (today + timedelta(days=ahead)).isoformat()  # noqa: E731 - local shorthand
    course = events["Online course: Teaching with Data, Kindly"]
    institute = events["Instructional Coaching Institute"]
    virtual = events["Virtual conference: Every Learner Online"]

    assert (course["kind"], course["attendance_mode"], course["audience"]) == (
        "course",
        "online",
        ["middle-school", "high-school"],
    )
    assert [(one["hours"], one["unit"], one["certificate"]) for one in course["credit"]] == [(3, "CEU", True)]
    assert course["registration_url"] == "https://fernhill.example/data-kindly/enrol"
    assert {one["kind"]: one["at"] for one in institute["deadlines"]} == {
        "early_bird": day(30),
        "registration": day(50),
    }
    assert [(one["kind"], one["at"]) for one in virtual["deadlines"]] == [("proposals", day(13))]
    assert (virtual["captions"], virtual["recording"], virtual["price"]["is_free"]) == (True, "will_be_recorded", True)


def test_no_private_link_is_published(demo: tuple[Path, str]) -> None:
    """The webinar's page says where to join and by which key; nothing that is written does."""
    written = b"".join(
        path.read_bytes() for path in demo[0].rglob("*") if path.suffix not in (".db", ".db-wal") and path.is_file()
    )

    assert b"81234567890" not in written
    assert b"tulip" not in written
    assert b"[left out]" in written


def test_the_chat_is_one_event_with_a_rule(events: Mapping[str, dict[str, Any]]) -> None:
    """Its exception and its moved occurrence are kept."""
    recurrence = events["Librarians' Tuesday Chat"]["recurrence"]

    assert "FREQ=WEEKLY" in recurrence["rrule"]
    assert len(recurrence["exdates"]) == 1
    assert recurrence["moved"][0]["name"] == "Librarians' Tuesday Chat (on a Wednesday)"


def test_every_feed_parses_and_is_complete(demo: tuple[Path, str]) -> None:
    """UID, DTSTAMP, and a VTIMEZONE for each zone that is named."""
    feeds = sorted((demo[0] / "feeds").glob("*.ics"))

    assert {"all.ics", "mode-online.ics", "kind-webinar.ics", "topic-math.ics", "deadlines.ics"} <= {
        feed.name for feed in feeds
    }
    for feed in feeds:
        calendar = icalendar.Calendar.from_ical(feed.read_bytes())
        zones = {str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")}
        for component in calendar.walk("VEVENT"):
            assert component.get("UID")
            assert component.get("DTSTAMP")
            assert component["DTSTART"].params.get("TZID", next(iter(zones), None)) in {*zones, None}
            assert "None" not in component.to_ical().decode().split(":")
    assert (
        len(icalendar.Calendar.from_ical((demo[0] / "feeds" / "all.ics").read_bytes()).walk("VEVENT"))
        == len(EXPECTED) + 1
    )


def test_the_table_has_a_row_an_event(demo: tuple[Path, str]) -> None:
    """As a spreadsheet reads it."""
    with (demo[0] / "tables" / "events.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))

    assert {row["name"] for row in rows} == set(EXPECTED)
    assert all(date.fromisoformat(row["start"][:10]) for row in rows)


def test_again_nothing_changes(demo: tuple[Path, str]) -> None:
    """A second export of the same store rewrites no file."""
    folder = demo[0]
    files = [
        path for path in folder.rglob("*") if path.is_file() and path.suffix in (".ics", ".csv", ".jsonl", ".html")
    ]
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in files}

    where = ("--store", str(folder / "demo.db"), "--sources", str(folder / "sources.toml"))
    done = run_command("export", *where, "--out", str(folder), cwd=folder)

    assert done.returncode == 0, done.stderr
    assert {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in files} == before


def test_three_nights_on_which_sites_are_down(demo: tuple[Path, str]) -> None:
    """The demo web is gone: each source fails, by its cause; every event and every exported byte stays as it was."""
    folder = demo[0]
    kinds = (".ics", ".csv", ".jsonl", ".json", ".html", ".js", ".atom")
    # That sources failed is told in their own table and page, and nowhere else.
    files = {
        path: path.read_bytes()
        for path in folder.rglob("*")
        if path.suffix in kinds and path.name not in ("sources.csv", "health.html", MANIFEST)
    }
    where = ("--sources", str(folder / "sources.toml"), "--store", str(folder / "demo.db"))
    hurried = ("-s", "RETRY_ENABLED=False", "-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=False")
    for _ in range(3):
        done = run_command("crawl", "lakeshore-guild", "maple-math", "civics-commons", *where, *hurried, cwd=folder)
        assert done.returncode == 3, done.stderr
        assert "3 failed" in done.stdout
        assert "failed: maple-math: connection" in done.stderr

    assert run_command("export", *where, "--out", str(folder), cwd=folder).returncode == 0
    assert {path: path.read_bytes() for path in files} == files


def test_every_event_can_be_asked_why(demo: tuple[Path, str]) -> None:
    """Where its fields come from, why its postings are one event, and what became of it."""
    store = ("--store", str(demo[0] / "demo.db"))
    why = run_command("why", "Feedback That Helps Young Writers", *store, cwd=demo[0])
    history = run_command("history", "Feedback That Helps Young Writers", *store, cwd=demo[0])
    changes = run_command("changes", "--since", "2020-01-01", "--jsonl", *store, cwd=demo[0])
    unknown = run_command("why", "no such event", *store, cwd=demo[0])

    assert why.returncode == 0, why.stderr
    for words in ("name: ", "northfield-coaches: ", "postings: 3", "one event, because", "likely: ", "topic "):
        assert words in why.stdout
    assert "new: Webinar: Feedback That Helps Young Writers" in history.stdout
    assert {json.loads(line)["field"] for line in changes.stdout.splitlines()} >= {"created"}
    assert (unknown.returncode, "no events are called 'no such event'" in unknown.stderr) == (1, True)
