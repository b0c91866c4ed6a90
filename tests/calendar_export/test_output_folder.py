"""The folder that an export is written into."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from calendar_export.atomic_write import write_if_changed
from calendar_export.output_folder import MANIFEST, OutputFolder
from symposia.errors import ExportError


def exported(path: Path, files: dict[str, bytes], stamp: str = "a") -> OutputFolder:
    """A folder into which those files were written."""
    folder = OutputFolder.open(path)
    for name, content in files.items():
        folder.put(name, content)
    folder.close(stamp)
    return folder


def test_what_differs_is_written_and_what_is_no_longer_made_goes(tmp_path: Path) -> None:
    """And what others put there stays."""
    (tmp_path / "mine.html").write_bytes(b"mine")
    exported(tmp_path, {"a.html": b"1", "events/b.html": b"2"})
    again = exported(tmp_path, {"a.html": b"1", "events/c.html": b"3"})

    assert again.written == ["events/c.html"]
    assert again.files() == (tmp_path / "a.html", tmp_path / "events" / "c.html")
    assert not (tmp_path / "events" / "b.html").exists()
    assert (tmp_path / "mine.html").read_bytes() == b"mine"


def test_a_kept_file_stays(tmp_path: Path) -> None:
    """A file that was not made this time, as it was; one that is not there is no file of the export."""
    exported(tmp_path, {"feeds/a.ics": b"old"})
    folder = OutputFolder.open(tmp_path)
    folder.keep("feeds/a.ics")
    folder.keep("feeds/never.ics")
    folder.close("b")

    assert (tmp_path / "feeds" / "a.ics").read_bytes() == b"old"
    assert folder.files() == (tmp_path / "feeds" / "a.ics",)


def test_it_knows_what_it_was_made_from(tmp_path: Path) -> None:
    """As long as all its files are there, in their length."""
    exported(tmp_path, {"a.html": b"1"}, "a stamp")

    assert OutputFolder.open(tmp_path).is_made_from("a stamp")
    assert not OutputFolder.open(tmp_path).is_made_from("another")
    (tmp_path / "a.html").write_bytes(b"cut short, or longer")
    assert not OutputFolder.open(tmp_path).is_made_from("a stamp")
    (tmp_path / "a.html").unlink()
    assert not OutputFolder.open(tmp_path).is_made_from("a stamp")


@pytest.mark.parametrize(
    "record",
    [
        b"",
        b"no json",
        b"[]",
        b'{"version": 1}',
        b'{"version": 2, "made_from": "a", "files": {"a.html": 1}}',
        b'{"version": 1, "made_from": "a", "files": ["a.html"]}',
        b'{"version": 1, "made_from": "a", "files": {"a.html": {}}}',
    ],
)
def test_a_broken_record_is_no_record(tmp_path: Path, record: bytes) -> None:
    """All is written anew, and nothing is removed."""
    (tmp_path / "a.html").write_bytes(b"1")
    (tmp_path / MANIFEST).write_bytes(record)
    exported(tmp_path, {"b.html": b"2"})

    assert (tmp_path / "a.html").exists()
    assert OutputFolder.open(tmp_path).is_made_from("a")


@pytest.mark.parametrize("name", ["../outside", "/etc/outside", "a/../../outside"])
def test_an_edited_record_removes_nothing_elsewhere(tmp_path: Path, name: str) -> None:
    """The names of the record are not trusted."""
    outside, inside = tmp_path / "outside", tmp_path / "export" / "in"
    inside.mkdir(parents=True)
    outside.write_bytes(b"keep")
    (inside.parent / MANIFEST).write_text(json.dumps({"version": 1, "made_from": "", "files": {name: 4}}))
    exported(inside.parent, {})

    assert outside.read_bytes() == b"keep"


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    """The old file stays."""
    (tmp_path / "file").write_bytes(b"old")

    with pytest.raises(ExportError, match="below"):
        write_if_changed(tmp_path / "file" / "below", b"new")
    assert (tmp_path / "file").read_bytes() == b"old"
