"""What `symposia doctor` finds, and what it says to do."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from commands import doctor
from commands.lock import locked
from commands.main import cli
from pipelines.store import Store

SOURCE = '[[source]]\nid = "a"\nname = "A"\nurl = "{url}"\n'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A set-up that is sound."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SYMPOSIA_CONTACT", "you@school.example")
    (tmp_path / "sources.toml").write_text(SOURCE.format(url="http://127.0.0.1:1/"), encoding="utf-8")
    with Store.open("s.db"):
        pass
    return tmp_path


def examined(*words: str) -> tuple[int, dict[str, Any]]:
    """The exit status and the findings, by what was looked at."""
    done = CliRunner().invoke(cli, ["doctor", "--json", "--store", "s.db", "--sources", "sources.toml", *words])
    return done.exit_code, {one["what"]: one for one in json.loads(done.stdout)}


def test_all_is_well(folder: Path) -> None:
    """Each finding is ok, and says what it has seen; nothing is left behind."""
    before = sorted(folder.iterdir())

    status, found = examined("--out", "out")

    assert status == 0
    assert {one["verdict"] for one in found.values() if not one["what"].startswith(("extra", "Chromium", "store"))} == {
        "ok"
    }
    assert "1 sources, 1 of them verified" in found["catalogue"]["words"]
    assert found["output folder"]["words"] == "out can be made"
    assert [path for path in sorted(folder.iterdir()) if not path.name.startswith("s.db")] == [
        path for path in before if not path.name.startswith("s.db")
    ]


def test_for_people() -> None:
    """A line a finding, and under it what to do."""
    done = CliRunner().invoke(cli, ["doctor", "--store", "s.db", "--sources", "nowhere.toml"])

    assert done.exit_code == 1
    assert (
        "fault    catalogue: nowhere.toml: No such file or directory\n         mend the entry, or take it out"
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

    assert "ok       store: new/s.db is made by the first crawl" in done.output
    assert not (folder / "new").exists()


def test_a_clock_that_is_wrong() -> None:
    """A machine without a battery wakes up in 1970."""
    assert doctor._clock(datetime(1970, 1, 1, tzinfo=UTC)).verdict is doctor.Verdict.FAULT
    assert doctor._clock(datetime(2026, 11, 2, tzinfo=UTC)).verdict is doctor.Verdict.OK


def test_no_contact(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody can write to who crawls."""
    monkeypatch.delenv("SYMPOSIA_CONTACT")

    assert examined()[1]["contact"]["verdict"] == "warning"


def test_a_run_at_work() -> None:
    """It is said whose."""
    with locked("s.db", "crawl"):
        assert "is at work (crawl, since " in examined()[1]["runs"]["words"]
    assert examined()[1]["runs"]["words"] == "none at work"


def test_the_network(folder: Path, serve: Callable[[type[BaseHTTPRequestHandler]], str]) -> None:
    """A host of the catalogue is connected to, and asked for nothing."""
    assert examined("--network")[1]["network"]["verdict"] == "fault"

    (folder / "sources.toml").write_text(SOURCE.format(url=f"{serve(BaseHTTPRequestHandler)}/"), encoding="utf-8")
    assert examined("--network")[1]["network"]["words"] == "127.0.0.1 is reached"
