"""What `symposia doctor` finds, and what it says to do."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from commands.doctor import setup as setup_checks
from commands.doctor.findings import Verdict
from commands.doctor.setup import check_clock, check_time_zones
from commands.lock import hold_lock
from commands.main import cli
from pipelines.store.store import Store
from tests.command_line import PATIENCE

pytestmark = pytest.mark.usefixtures("hurried_fetches")

SOURCE = '[[source]]\nid = "a"\nname = "A"\nurl = "{url}"\n'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A set-up that is sound, on a machine that may be busy."""
    monkeypatch.setattr("commands.doctor.network._TIMEOUT", PATIENCE)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SYMPOSIA_CONTACT", "you@school.example")
    (tmp_path / "sources.toml").write_text(SOURCE.format(url="http://127.0.0.1:1/"), encoding="utf-8")
    with Store.open("s.db"):
        pass
    return tmp_path


def examined(*words: str) -> tuple[int, dict[str, Any]]:
    """The exit status and the findings, by what was looked at."""
    done = CliRunner().invoke(cli, ["doctor", "--json", "--store", "s.db", "--sources", "sources.toml", *words])
    return done.exit_code, {finding["what"]: finding for finding in json.loads(done.stdout)}


def test_all_is_well(folder: Path) -> None:
    """Each finding is ok, and says what it has seen; nothing is left behind."""
    before = sorted(folder.iterdir())

    status, found = examined("--out", "out")

    assert status == 0
    assert {
        item["verdict"] for item in found.values() if not item["what"].startswith(("extra", "Chromium", "store"))
    } == {"ok"}
    assert "1 sources, 1 of them verified" in found["catalogue"]["words"]
    assert found["output folder"]["words"] == "out can be created"
    assert [path for path in sorted(folder.iterdir()) if not path.name.startswith("s.db")] == [
        path for path in before if not path.name.startswith("s.db")
    ]


def test_for_people() -> None:
    """A line a finding, and under it what to do."""
    done = CliRunner().invoke(cli, ["doctor", "--store", "s.db", "--sources", "nowhere.toml"])

    assert done.exit_code == 1
    assert (
        "fault    catalogue: nowhere.toml: No such file or directory\n         correct the entry, or remove it"
        in done.output
    )


@pytest.mark.parametrize(
    ("spoil", "what", "verdict", "words"),
    [
        (lambda folder: (folder / "sources.toml").write_text("x"), "catalogue", "fault", "not TOML"),
        (lambda folder: (folder / "sources.toml").write_text(""), "catalogue", "warning", "0 sources"),
        (lambda folder: (folder / "s.db").write_bytes(b"no database at all" * 100), "store", "fault", "not a database"),
        (lambda folder: (folder / "out").write_text("a file"), "output folder", "fault", "out"),
        (
            lambda folder: (folder / "symposia.toml").write_text("x = 1"),
            "topics, overrides, settings",
            "fault",
            "unknown key",
        ),
    ],
)
def test_what_is_wrong(folder: Path, spoil: Callable[[Path], Any], what: str, verdict: str, words: str) -> None:
    """It is named, with what to do."""
    spoil(folder)

    status, found = examined("--out", "out/there")

    assert status == (1 if verdict == "fault" else 0)
    assert found[what]["verdict"] == verdict
    assert words in found[what]["words"]
    assert found[what]["remedy"]


def test_a_store_that_is_not_there_yet(folder: Path) -> None:
    """It is not made by a look."""
    done = CliRunner().invoke(cli, ["doctor", "--store", "new/s.db", "--sources", "sources.toml"])

    assert "ok       store: new/s.db is created by the first crawl" in done.output
    assert not (folder / "new").exists()


@pytest.mark.parametrize(
    ("now", "verdict"),
    [
        (datetime(1970, 1, 1, tzinfo=UTC), Verdict.FAULT),
        (datetime(2026, 11, 2, tzinfo=UTC), Verdict.WARNING),
        (datetime(2026, 11, 4, 12, tzinfo=UTC), Verdict.OK),
        (datetime(2026, 12, 2, tzinfo=UTC), Verdict.OK),
    ],
)
def test_a_clock_that_is_wrong(folder: Path, now: datetime, verdict: Verdict) -> None:
    """A machine without a battery wakes up in 1970, or where it was last set; what it wrote since tells."""
    at = datetime(2026, 11, 5, tzinfo=UTC).timestamp()
    os.utime(folder / "s.db", (at, at))

    assert check_clock(now, (folder / "nowhere", folder / "s.db")).verdict is verdict


def test_zones_of_long_ago(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are named."""
    monkeypatch.setitem(setup_checks._ZONES, "Asia/Kolkata", (5.0, 5.0))

    assert (check_time_zones().verdict, "Asia/Kolkata" in check_time_zones().words) == (Verdict.FAULT, True)


def test_a_folder_of_somebody_else_in_the_output(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As when somebody exported as root, once."""
    (folder / "out/feeds").mkdir(parents=True)
    monkeypatch.setattr("os.access", lambda path, mode: Path(path).name != "feeds")  # root may write anywhere

    assert examined("--out", "out")[1]["output folder"]["words"] == "out/feeds: not writable"


@pytest.mark.parametrize(
    ("contact", "verdict"),
    [("", "warning"), (" ", "warning"), ("Ada", "warning"), ("a@b.example", "ok"), ("https://a.example/", "ok")],
)
def test_contact(monkeypatch: pytest.MonkeyPatch, contact: str, verdict: str) -> None:
    """Whether anybody can write to who crawls."""
    monkeypatch.setenv("SYMPOSIA_CONTACT", contact)

    assert examined()[1]["contact"]["verdict"] == verdict


def test_a_run_at_work() -> None:
    """It is said whose."""
    with hold_lock("s.db", "crawl"):
        assert "is at work (crawl, since " in examined()[1]["runs"]["words"]
    assert examined()[1]["runs"]["words"] == "none at work"


class Host(BaseHTTPRequestHandler):
    """A host without robots.txt; keeps what it is asked, and by whom."""

    asked: list[tuple[str, str]]
    time = ""

    def do_GET(self) -> None:
        """Note what is asked, and answer 404."""
        self.asked.append((self.path, self.headers["User-Agent"]))
        self.send_response_only(404)
        if self.time:
            self.send_header("Date", self.time)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.mark.parametrize(
    ("time", "verdict", "words"),
    [
        ("now", "ok", "127.0.0.1 answers, and has the same time"),
        ("Tue, 03 Nov 2020 04:00:00 GMT", "warning", "behind this one"),
        ("Tue, 03 Nov 2099 04:00:00 GMT", "warning", "ahead of this one"),
        ("yesterday", "ok", "127.0.0.1 answers"),
        ("", "ok", "127.0.0.1 answers"),
    ],
)
def test_the_network(
    folder: Path, serve: Callable[[type[BaseHTTPRequestHandler]], str], time: str, verdict: str, words: str
) -> None:
    """A host of the catalogue is asked for what every crawler may ask for, in Symposia's name, and what time it is."""
    said = format_datetime(datetime.now(UTC)) if time == "now" else time
    host = type("Host", (Host,), {"asked": [], "time": said})
    (folder / "sources.toml").write_text(SOURCE.format(url=f"{serve(host)}/events"), encoding="utf-8")

    found = examined("--network")[1]["network"]

    assert (found["verdict"], words in found["words"]) == (verdict, True), found
    assert [(path, agent.split("/")[0]) for path, agent in host.asked] == [("/robots.txt", "Symposia")]  # type: ignore[attr-defined]


def test_no_network() -> None:
    """It is said what was tried."""
    status, found = examined("--network")

    assert (status, found["network"]["verdict"]) == (1, "fault")
    assert found["network"]["words"].startswith("127.0.0.1 is not reached: ")


def test_a_private_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A host of the catalogue that a crawl would refuse is not asked either."""
    monkeypatch.delenv("SYMPOSIA_ALLOW_PRIVATE")

    status, found = examined("--network")

    assert (status, found["network"]["verdict"]) == (1, "fault")
    assert found["network"]["words"].startswith("127.0.0.1 is a private address")
    assert examined("--network", "--allow-private")[1]["network"]["words"].startswith("127.0.0.1 is not reached: ")
