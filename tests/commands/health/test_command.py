"""What a person, cron and another program are told of how sources fare."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from calendar_export.output_folder import MANIFEST
from commands.health import notifications
from commands.main import cli
from pipelines.store.store import Store
from symposia.errors import Cause
from symposia.outcome import HostDay, Run, RunStatus

with_apprise = pytest.mark.skipif(find_spec("apprise") is None, reason="the extra `notify` is not installed")
FIRST = datetime(2026, 11, 2, 4, tzinfo=UTC)
NOW = "2026-11-06T05:00Z"
CATALOGUE = """
[[source]]
id = "guild"
name = "Reading Guild"
url = "https://guild.example/events"

[[source]]
id = "library"
name = "The <b>Library</b>"
url = "https://library.example/"

[[source]]
id = "new"
name = "New"
url = "https://new.example/"

[[source]]
id = "unsure"
name = "Unsure"
url = "https://unsure.example/"
verified = false
"""


def run(source: str, night: int, **more: Any) -> Run:
    """A crawl on that night."""
    at = FIRST + timedelta(days=night)
    known = {"status": RunStatus.OK, "events": 12, "read": 12, "requests": 3, "received": 45_000, "whole": True, **more}
    return Run(source=source, started=at, finished=at, filled={"time": 12, "url": 7}, **known)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store in which the guild is well and the library has moved to where nothing is."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sources.toml").write_text(CATALOGUE, encoding="utf-8")
    lost = {
        "status": RunStatus.FAILED,
        "cause": Cause.MOVED,
        "detail": "moved",
        "events": 0,
        "moved": "https://new.example/l",
    }
    days = [
        HostDay(
            host="guild.example",
            day=FIRST.date(),
            requests=4,
            received=9_000,
            not_modified=3,
            robots="obeyed",
            delay=2.5,
        )
    ]
    with Store.open("s.db") as store:
        for night in range(4):
            store.record_run(run("guild", night))
            store.record_run(run("library", night, **(lost if night == 3 else {})))
        store.save_crawl("guild", [], now=FIRST, hosts=days)
    return tmp_path


def health(*words: str) -> Result:
    """What the command says."""
    return CliRunner().invoke(cli, ["health", *words, "--store", "s.db", "--sources", "sources.toml", "--as-of", NOW])


@pytest.mark.usefixtures("folder")
def test_for_people() -> None:
    """A line on all, then what needs a look and what may mend it."""
    done = health()

    assert done.exit_code == 3
    assert done.output.splitlines() == [
        "3 sources: 1 well, 1 needs you, 1 never crawled",
        "",
        "library: failed the last time: moved (moved)",
        "  find its list on the new site: symposia add URL",
        "library: its address redirects for good to https://new.example/l",
        '  put that into its entry: url = "https://new.example/l"',
    ]


@pytest.mark.usefixtures("folder")
def test_one_source_and_all() -> None:
    """Its last crawls, and a line each."""
    single, every = health("guild"), health("--all")

    assert single.exit_code == 0
    lines = [line.split() for line in single.output.splitlines()]
    assert lines[6] == ["2026-11-05", "04:00", "ok", "12", "0", "0", "3", "45", "0"]
    assert lines[-1] == ["2026-11-05", "12", "100%", "0%", "0%", "58%", "0%", "0%", "0%", "0%"]
    assert [line.split()[:2] for line in every.output.splitlines()[-4:]] == [
        ["source", "is"],
        ["guild", "well"],
        ["library", "ill"],
        ["new", "new"],
    ]
    assert max(map(len, single.output.splitlines())) <= 80
    assert health("nobody").exit_code == 1


@pytest.mark.usefixtures("folder")
def test_hosts() -> None:
    """What was asked of each."""
    assert health("--hosts").output.splitlines()[1].split() == [
        "guild.example",
        "4",
        "9",
        "75%",
        "0",
        "obeyed",
        "0",
        "2.5",
        "s",
    ]


@pytest.mark.usefixtures("folder")
def test_for_programs() -> None:
    """All of it."""
    data = json.loads(health("--json").output)

    assert (data["status"], data["summary"]) == (3, "3 sources: 1 well, 1 needs you, 1 never crawled")
    assert [source["state"] for source in data["sources"]] == ["well", "ill", "new"]
    assert [source["id"] for source in data["sources"]] == ["guild", "library", "new"]
    assert [alarm["sign"] for alarm in data["sources"][1]["alarms"]] == ["failing", "moved"]
    assert data["sources"][0]["runs"][-1]["filled"] == {"time": 12, "url": 7}
    assert data["hosts"][0]["not_modified"] == 3


@pytest.mark.usefixtures("folder")
def test_quiet_where_all_is_well() -> None:
    """Cron mails nothing."""
    assert health("guild", "--quiet").output == ""
    assert health("--quiet").output != ""
    done = health("new", "--quiet")
    assert (done.exit_code, done.output) == (1, "1 source: 0 well, 1 never crawled\n")


def test_a_source_that_was_taken_out(folder: Path) -> None:
    """That mends it: it is told only of what is asked for by name, and its past is kept."""
    (folder / "sources.toml").write_text(CATALOGUE.replace('"library"', '"another"'), encoding="utf-8")

    done = health()

    assert (done.exit_code, done.output) == (0, "3 sources: 1 well, 2 never crawled\n")
    assert "moved" in health("library").output
    assert export().exit_code == 0
    page = (folder / "out/health.html").read_text(encoding="utf-8")
    assert "2 sources; none need a look." in page
    assert "Not in the catalogue any more" in page


def test_a_source_that_is_not_verified(folder: Path) -> None:
    """What was tried once, and failed, calls nobody every night."""
    with Store.open(folder / "s.db") as store:
        store.record_run(run("unsure", 0, status=RunStatus.FAILED, cause=Cause.UNRECOGNISED, events=0))
        store.record_run(run("library", 4))

    done = health()

    assert done.exit_code == 0
    assert done.output.splitlines()[:4] == [
        "4 sources: 2 well, 1 failed the last time, which may pass, 1 never crawled",
        "",
        "Worth knowing:",
        "unsure: failed the last time: unrecognised",
    ]


@pytest.mark.usefixtures("folder")
def test_cron_has_stopped() -> None:
    """It is said once, not of each source."""
    done = CliRunner().invoke(
        cli, ["health", "--store", "s.db", "--sources", "sources.toml", "--as-of", "2026-12-24T05:00Z"]
    )

    assert done.exit_code == 3
    assert done.output.splitlines()[2:4] == [
        "2 sources are late, none of them was crawled since 2026-11-05",
        "  does cron run? symposia doctor",
    ]
    assert "guild:" not in done.output


class Inbox(BaseHTTPRequestHandler):
    """Keeps what it is sent."""

    received: list[dict[str, Any]]

    def do_POST(self) -> None:
        """Keep the message."""
        self.received.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@with_apprise
@pytest.mark.filterwarnings("ignore:'imghdr' is deprecated")  # Apprise imports it
def test_a_notice_is_sent_once(folder: Path, serve: Callable[[type[BaseHTTPRequestHandler]], str]) -> None:
    """And again when something has changed; that all is well, too."""
    inbox = type("Inbox", (Inbox,), {"received": []})
    address = serve(inbox).replace("http:", "json:")

    for _ in range(3):
        assert health("--notify", address).exit_code == 3
    health("guild", "--notify", address)  # one is shown, and all are told
    with Store.open(folder / "s.db") as store:
        store.record_run(run("library", 4, status=RunStatus.FAILED, cause=Cause.GONE, detail="parked", events=0))
    assert health("--notify", address).exit_code == 3  # in other words the same
    assert len(inbox.received) == 1  # type: ignore[attr-defined]  # made just above
    assert "library: failed the last time: moved" in inbox.received[0]["message"]  # type: ignore[attr-defined]
    assert inbox.received[0]["title"].startswith("Symposia: 3 sources: 1 well, 1 needs you")  # type: ignore[attr-defined]

    with Store.open(folder / "s.db") as store:
        store.record_run(run("library", 5))
    assert health("--notify", address).exit_code == 0
    assert inbox.received[1:][0]["message"] == "All sources are well again."  # type: ignore[attr-defined]


@with_apprise
@pytest.mark.filterwarnings("ignore:'imghdr' is deprecated")  # Apprise imports it
@pytest.mark.usefixtures("folder")
def test_a_notice_that_cannot_be_sent() -> None:
    """It is said, without the address, which holds a password; the next run tries again."""
    for address, words in (
        ("nonsense", "does not know the notice address number 1"),
        ("json://u:geheim@127.0.0.1:1", "could not be sent"),
    ):
        done = health("--notify", address)
        assert done.exit_code == 1
        assert words in done.output
        assert "geheim" not in done.output
        assert "library: failed the last time: moved" in done.output


def test_without_apprise(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is said what to install, after the alarms."""
    monkeypatch.setattr(notifications, "find_spec", lambda name: None)

    done = health("--notify", "json://127.0.0.1:1")

    assert done.exit_code == 1
    assert done.output.endswith("pip install 'symposia[notify]'\n")
    assert "library: failed" in done.output
    assert not list(folder.glob("*.told.json"))


def export() -> Result:
    """Write the export."""
    words = ["export", "--out", "out", "--store", "s.db", "--sources", "sources.toml", "--as-of", NOW]
    return CliRunner().invoke(cli, words)


def test_the_export_shows_it(folder: Path) -> None:
    """A page and a column; escaped, and the same for the same store."""
    assert export().exit_code == 0
    page = (folder / "out/health.html").read_text(encoding="utf-8")

    assert "2 sources; 1 needs a look." in page
    assert "Failed the last time: moved (moved)." in page
    assert "The &lt;b&gt;Library&lt;/b&gt;" in page
    assert 'aria-label="The last 4 days on which it was read: 12 events, failed once."' in page
    assert 'href="health.html"' in (folder / "out/index.html").read_text(encoding="utf-8")
    table = (folder / "out/tables/sources.csv").read_text(encoding="utf-8-sig").splitlines()
    assert table[0].endswith(",alarms,new")
    assert "failed the last time: moved" in table[2]
    assert export().output.endswith(", 0 of them new or changed\n")


def test_another_night_changes_what_tells_of_sources_alone(folder: Path) -> None:
    """The pages and calendars of events stay as they are, to the byte; and at another hour of the day, all does."""
    export()
    before = {path: path.read_bytes() for path in (folder / "out").rglob("*") if path.is_file()}
    with Store.open(folder / "s.db") as store:
        store.record_run(run("guild", 4, events=11, new=2))

    export()
    changed = {path.name for path, content in before.items() if path.read_bytes() != content}

    assert changed == {"health.html", "sources.csv", "events.xlsx", MANIFEST}
    later = ["export", "--out", "out", "--store", "s.db", "--sources", "sources.toml", "--as-of", "2026-11-06T23:59Z"]
    assert CliRunner().invoke(cli, later).output.endswith(", 0 of them new or changed\n")


def test_nothing_was_ever_crawled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit status 1."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sources.toml").write_text(CATALOGUE, encoding="utf-8")
    with Store.open("s.db"):
        pass

    done = health()

    assert (done.exit_code, done.output) == (1, "3 sources: 0 well, 3 never crawled\n")
