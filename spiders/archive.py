"""WARC archives (ISO 28500): a crawl recorded, and answered again from the archive alone."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache, partial
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from w3lib.url import canonicalize_url
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from symposia.errors import ArchiveError

MAX_BODY = 64 * 1024 * 1024
"""Bytes of a record's body that are unpacked at most; more is cut, so that a small archive cannot fill the memory."""

MAX_LINE = 1024 * 1024
"""Bytes of a line of a record's header."""
YEARS = range(1990, 2200)
"""Years in which a page can have been fetched; far from those, days cannot be counted from."""
_UNPACKED = {"content-encoding", "transfer-encoding", "content-length"}
_KNOWN = {"", "identity", "gzip", "x-gzip", "deflate"}
"""What bodies are packed as that warcio unpacks; what is packed otherwise stays so, and Scrapy unpacks it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedResponse:
    """One recorded response, its body unpacked, unless its headers say otherwise. `fetched_at` is the record's WARC-Date, aware."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    fetched_at: datetime

    @property
    def content_type(self) -> str:
        """The Content-Type header; empty where there is none."""
        return next((value for name, value in self.headers if name.casefold() == "content-type"), "")


class Archive:
    """The responses of a WARC file, by address. Reading one unpacks one record; the index is all that is held."""

    def __init__(self, path: Path) -> None:
        """Index `path`. Raises ArchiveError where it is missing or not a WARC file."""
        self.path = path
        self._offsets: dict[str, int] = {}
        try:
            self._index()
        except (
            OSError,
            ArchiveLoadFailed,
            EOFError,
            AttributeError,
        ) as error:  # AttributeError: a record without an address
            raise ArchiveError(f"{path}: cannot be read as a WARC archive: {error}") from error
        if not self._offsets:
            raise ArchiveError(f"{path}: holds no responses")

    def __len__(self) -> int:
        return len(set(self._offsets.values()))

    def find(self, url: str) -> RecordedResponse | None:
        """The first response recorded for `url`, by its exact or else its canonical address; None where there is none.

        Raises ArchiveError for one that cannot be read.
        """
        offset = self._offsets.get(url, self._offsets.get(canonicalize_url(url)))
        if offset is None:
            return None
        with self.path.open("rb") as file:
            file.seek(offset)
            return self._read(file)

    def _read(self, file: BinaryIO) -> RecordedResponse:
        try:
            return _recorded(next(iter(_records(file))))
        except (OSError, ArchiveLoadFailed, EOFError, AttributeError, ValueError) as error:
            raise ArchiveError(f"{self.path}: a record cannot be read: {error}") from error

    def _index(self) -> None:
        with self.path.open("rb") as file:
            records = _records(file)
            for record in records:
                if record.rec_type == "response" and record.http_headers is not None:
                    url = record.rec_headers.get_header("WARC-Target-URI")
                    offset = records.get_record_offset()
                    self._offsets.setdefault(url, offset)
                    with suppress(ValueError):  # half an address, which nobody will ask for
                        self._offsets.setdefault(canonicalize_url(url), offset)


@lru_cache(maxsize=4)
def open_archive(path: str) -> Archive:
    """The archive at `path`, indexed once in a process."""
    return Archive(Path(path))


def start_archive(path: Path) -> None:
    """Begin a new archive with its `warcinfo` record. Raises ArchiveError where `path` cannot be written."""
    try:
        with path.open("wb") as file:
            writer = WARCWriter(file, gzip=True, warc_version="1.1")
            writer.write_record(writer.create_warcinfo_record(path.name, {"software": "symposia"}))
    except OSError as error:
        raise ArchiveError(f"{path}: cannot be written: {error}") from error


def append_response(
    path: Path, url: str, status: int, headers: list[tuple[str, str]], body: bytes, fetched_at: datetime
) -> None:
    """Add one response, as it came over the wire. Each record is a gzip member, so that a cut-off crawl leaves a good file."""
    with path.open("ab") as file:
        writer = WARCWriter(file, gzip=True, warc_version="1.1")
        http = StatusAndHeaders(f"{status} {'OK' if status < 400 else 'ERROR'}", headers, protocol="HTTP/1.1")
        date = fetched_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        writer.write_record(
            writer.create_warc_record(
                url,
                "response",
                payload=BytesIO(body),
                length=len(body),
                http_headers=http,
                warc_headers_dict={"WARC-Date": date},
            )
        )


def _records(file: BinaryIO) -> ArchiveIterator:
    """The records of a file. A line of a header that does not end raises ArchiveLoadFailed."""
    records = ArchiveIterator(file)
    records.reader.readline = partial(_line, records.reader.readline)
    return records


def _line(readline: Callable[[int], bytes], length: int | None = None) -> bytes:
    """A line of a header, or of `length` at most."""
    line = readline(length or MAX_LINE)
    if length is None and len(line) >= MAX_LINE:
        raise ArchiveLoadFailed(f"a line of more than {MAX_LINE} bytes")
    return line


def _recorded(record: ArcWarcRecord) -> RecordedResponse:
    packed = (record.http_headers.get_header("Content-Encoding") or "").strip().casefold() not in _KNOWN
    dropped = _UNPACKED - {"content-encoding"} if packed else _UNPACKED
    return RecordedResponse(
        url=record.rec_headers.get_header("WARC-Target-URI"),
        status=int(record.http_headers.get_statuscode()),
        headers=tuple((name, value) for name, value in record.http_headers.headers if name.lower() not in dropped),
        body=(record.raw_stream if packed else record.content_stream()).read(MAX_BODY),
        fetched_at=_date(record.rec_headers.get_header("WARC-Date") or ""),
    )


def _date(text: str) -> datetime:
    """A WARC-Date. Raises ValueError for a text that is none, or none of our time."""
    found = datetime.fromisoformat(text)
    if found.year not in YEARS:
        raise ValueError(f"nothing was fetched in the year {found.year}")
    return found.astimezone(UTC)
