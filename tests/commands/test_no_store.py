"""Commands that only read: what is no store is not taken for one without events, nor made one."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from commands.main import cli
from symposia.errors import StoreError

READING = (
    ("export", "--out", "out"),
    ("health",),
    ("events",),
    ("history", "a"),
    ("why", "a"),
    ("changes", "--since", "2026-01-01"),
    ("rematch",),
    ("retag",),
)


def test_the_catalogue_needs_none(tmp_path: Path) -> None:
    """Nothing was crawled yet; that is said, and no store is made."""
    done = CliRunner().invoke(cli, ["sources", "--store", str(tmp_path / "s.db")])

    assert done.exit_code == 0
    assert "not crawled yet" in done.stdout
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("there", [False, True])
@pytest.mark.parametrize("words", READING, ids=lambda words: words[0])
def test_no_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], there: bool) -> None:
    """Where the store's disk is not mounted, or its name is wrong, nothing is published in place of what was."""
    monkeypatch.chdir(tmp_path)
    store = Path("other.db")
    if there:
        store.touch()

    done = CliRunner().invoke(cli, [*words, "--store", "other.db"])

    assert (done.exit_code, done.stdout) == (1, "")
    assert "other.db: there is no store yet" in done.output + str(done.exception)
    assert not Path("out").exists()
    assert store.exists() is there


@pytest.mark.parametrize(
    ("place", "advice"),
    [
        ("postgres://x", "write postgresql://"),
        ("foo://u:tulip@x", "name a file, or an address such as postgresql://"),
        ("://", "name a file, or an address such as postgresql://"),
        ("postgresql://u:tulip@x:port/y", "name a file, or an address such as postgresql://"),
        ("mysql+nodriver://x", "name a file, or an address such as postgresql://"),
        ("oracle://u:tulip@x", "install"),
    ],
)
@pytest.mark.parametrize("words", [("events",), ("sources",), ("health",), ("doctor",), ("rematch",)])
def test_an_address_that_is_no_databases(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], place: str, advice: str
) -> None:
    """One line says what to do, without the password that the address may hold."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SYMPOSIA_STORE", place)

    done = CliRunner().invoke(cli, words)
    said = done.output + str(done.exception)

    assert done.exit_code == 1
    assert done.exception is None or isinstance(done.exception, SystemExit | StoreError)
    assert advice in said
    assert "tulip" not in said
    assert "\n" not in str(done.exception)
