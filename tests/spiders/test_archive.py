"""WARC archives: what is written is what is answered."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import brotli
import pytest

from pipelines.store.store import Store
from spiders.archive import Archive, append_response, start_archive
from symposia.errors import ArchiveError

THEN = datetime(2026, 3, 1, 4, 30, tzinfo=UTC)


def archive_with(path: Path, *responses: tuple[str, int, list[tuple[str, str]], bytes]) -> Archive:
    """An archive of those responses, all fetched THEN."""
    start_archive(path)
    for url, status, headers, body in responses:
        append_response(path, url, status, headers, body, THEN)
    return Archive(path)


def test_a_response_comes_back_as_it_was(tmp_path: Path) -> None:
    """Body, status, headers and the moment of fetching survive; headers that tell of packing do not."""
    page = ("https://guild.example/a?b=[1]", 200, [("Content-Type", "text/html"), ("Content-Length", "5")], b"hello")
    archive = archive_with(tmp_path / "a.warc.gz", page, ("https://guild.example/gone", 404, [], b""))

    found = archive.find("https://guild.example/a?b=[1]")
    gone = archive.find("https://guild.example/gone")

    assert found is not None
    assert (found.status, found.body, found.fetched_at) == (200, b"hello", THEN)
    assert found.headers == (("Content-Type", "text/html"),)
    assert gone is not None
    assert gone.status == 404
    assert len(archive) == 2


def test_a_packed_body_is_unpacked(tmp_path: Path) -> None:
    """What came gzipped over the wire is kept so, and read unpacked."""
    body = gzip.compress(b"packed words")
    archive = archive_with(
        tmp_path / "a.warc.gz", ("https://guild.example/", 200, [("Content-Encoding", "gzip")], body)
    )

    found = archive.find("https://guild.example/")

    assert found is not None
    assert found.body == b"packed words"


def test_what_is_packed_in_another_way_stays_so(tmp_path: Path) -> None:
    """And says so, so that whoever replays it unpacks it as they would have then."""
    headers = [("Content-Encoding", "br"), ("Content-Length", "5")]
    archive = archive_with(tmp_path / "a.warc.gz", ("https://guild.example/", 200, headers, b"hello"))

    found = archive.find("https://guild.example/")

    assert found is not None
    assert (found.body, found.headers) == (b"hello", (("Content-Encoding", "br"),))


@pytest.mark.parametrize("packing", ["br", "gzip", "deflate"])
def test_a_crawl_of_packed_pages_is_replayed(
    site: Callable[[], Any], crawl: Callable[..., Any], tmp_path: Path, packing: str
) -> None:
    """All that a crawl says it can unpack, it unpacks again from the archive."""
    guild = site()
    feed = (
        b"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//G//EN\nBEGIN:VEVENT\nUID:1\nDTSTAMP:20260101T000000Z\n"
        b"DTSTART;VALUE=DATE:20270303\nSUMMARY:Reading Day\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    body = {"br": brotli.compress, "gzip": gzip.compress, "deflate": zlib.compress}[packing](feed)
    guild.pages = {
        "/": lambda answering: answering.answer(
            200, body, {"Content-Encoding": packing, "Content-Type": "text/calendar"}
        )
    }
    entry = f'[[source]]\nid = "a"\nname = "A"\nurl = "{guild.url("/")}"\n'
    (tmp_path / "sources.toml").write_text(entry, encoding="utf-8")

    recorded = crawl("--record", "r.warc.gz", now="2026-11-02T04:00:00+00:00")
    guild.pages = {}
    replayed = crawl("--replay", "r.warc.gz", "--store", "again.db")

    assert (recorded.returncode, replayed.returncode) == (0, 0), replayed.stderr
    with Store.open(tmp_path / "again.db") as store:
        assert [event.name for event in store.get_events()] == ["Reading Day"]


def test_the_order_of_a_query_does_not_matter(tmp_path: Path) -> None:
    """Where the exact address was not recorded, the canonical one answers."""
    archive = archive_with(tmp_path / "a.warc.gz", ("https://guild.example/?b=2&a=1", 200, [], b"x"))

    assert archive.find("https://guild.example/?a=1&b=2") is not None
    assert archive.find("https://guild.example/other") is None


@pytest.mark.parametrize("content", [b"", b"not a warc at all, just words\r\n\r\n", gzip.compress(b"words", mtime=0)])
def test_what_is_no_archive_is_refused(tmp_path: Path, content: bytes) -> None:
    """The error names the file."""
    path = tmp_path / "broken.warc.gz"
    path.write_bytes(content)

    with pytest.raises(ArchiveError, match=r"broken\.warc\.gz"):
        Archive(path)


def test_a_missing_archive_is_refused(tmp_path: Path) -> None:
    """The error names the file."""
    with pytest.raises(ArchiveError, match="nowhere"):
        Archive(tmp_path / "nowhere.warc.gz")


def test_an_archive_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    """Said before anything is fetched."""
    with pytest.raises(ArchiveError, match="folder"):
        start_archive(tmp_path / "folder" / "a.warc.gz")
