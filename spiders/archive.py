"""WARC archives (ISO 28500): record a crawl in one, and replay it without the network."""

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
"""Bytes of a record's body that are decompressed; the rest is cut off, so that a small archive cannot fill the memory."""
MAX_LINE = 1024 * 1024
"""Longest line of a record's header, in bytes: a file that is no archive may have no line end at all."""
YEARS = range(1990, 2200)
"""Years in which a page can have been fetched: with others, relative dates would leave the calendar."""
TRANSFER_HEADERS = frozenset({"content-encoding", "transfer-encoding", "content-length"})
"""Headers that describe a body as it was sent, before it was decompressed."""
_WARCIO_ENCODINGS = {"", "identity", "gzip", "x-gzip", "deflate"}
"""Content encodings that warcio decodes; a body in any other stays so, and Scrapy decodes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedResponse:
    """One recorded response.

    Attributes:
        headers: Names and values, as often as each was sent.
        body: Decompressed, unless the headers name an encoding.
        fetched_at: The record's WARC-Date, in UTC.
    """

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
    """The responses of a WARC file, by address. Only the index is in memory; each response is read when it is asked for."""

    def __init__(self, path: Path) -> None:
        """Index a WARC file.

        Raises:
            ArchiveError: It is missing, no WARC file, or without responses.
        """
        self.path = path
        self._offsets: dict[str, int] = {}
        try:
            self._index()
        except (OSError, ArchiveLoadFailed, EOFError, AttributeError) as error:  # the last: a record without an address
            raise ArchiveError(f"{path}: cannot be read as a WARC archive: {error}") from error
        if not self._offsets:
            raise ArchiveError(f"{path}: holds no responses")

    def __len__(self) -> int:
        return len(set(self._offsets.values()))

    def find(self, url: str) -> RecordedResponse | None:
        """Find the first response recorded for an address, as it is written or else in canonical form; None where none was.

        Raises ArchiveError where its record cannot be read.
        """
        offset = self._offsets.get(url, self._offsets.get(canonicalize_url(url)))
        if offset is None:
            return None
        with self.path.open("rb") as file:
            file.seek(offset)
            return self._read_record(file)

    def _read_record(self, file: BinaryIO) -> RecordedResponse:
        try:
            return _make_response(next(iter(_iter_records(file))))
        except (OSError, ArchiveLoadFailed, EOFError, AttributeError, ValueError) as error:
            raise ArchiveError(f"{self.path}: a record cannot be read: {error}") from error

    def _index(self) -> None:
        with self.path.open("rb") as file:
            records = _iter_records(file)
            for record in records:
                if record.rec_type == "response" and record.http_headers is not None:
                    url = record.rec_headers.get_header("WARC-Target-URI")
                    offset = records.get_record_offset()
                    self._offsets.setdefault(url, offset)
                    with suppress(ValueError):  # an invalid address, which nobody will ask for
                        self._offsets.setdefault(canonicalize_url(url), offset)


@lru_cache(maxsize=4)
def open_archive(path: str) -> Archive:
    """Open the archive at `path`; it is indexed once in a process."""
    return Archive(Path(path))


def start_archive(path: Path) -> None:
    """Begin a new archive with its `warcinfo` record.

    Raises:
        ArchiveError: The file cannot be written.
    """
    try:
        with path.open("wb") as file:
            writer = WARCWriter(file, gzip=True, warc_version="1.1")
            writer.write_record(writer.create_warcinfo_record(path.name, {"software": "symposia"}))
    except OSError as error:
        raise ArchiveError(f"{path}: cannot be written: {error}") from error


def append_response(
    path: Path, url: str, status: int, headers: list[tuple[str, str]], body: bytes, fetched_at: datetime
) -> None:
    """Append a response as it came over the wire. Each is a gzip member of its own, so a crawl that breaks off leaves a valid file."""
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


def _iter_records(file: BinaryIO) -> ArchiveIterator:
    """Iterate over the records of a file. A line of a header that does not end raises ArchiveLoadFailed."""
    records = ArchiveIterator(file)
    records.reader.readline = partial(_read_line, records.reader.readline)
    return records


def _read_line(readline: Callable[[int], bytes], length: int | None = None) -> bytes:
    """Read a line of a header, or of `length` bytes at most."""
    line = readline(length or MAX_LINE)
    if length is None and len(line) >= MAX_LINE:
        raise ArchiveLoadFailed(f"a line of more than {MAX_LINE} bytes")
    return line


def _make_response(record: ArcWarcRecord) -> RecordedResponse:
    is_encoded = (record.http_headers.get_header("Content-Encoding") or "").strip().casefold() not in _WARCIO_ENCODINGS
    dropped = TRANSFER_HEADERS - {"content-encoding"} if is_encoded else TRANSFER_HEADERS
    return RecordedResponse(
        url=record.rec_headers.get_header("WARC-Target-URI"),
        status=int(record.http_headers.get_statuscode()),
        headers=tuple((name, value) for name, value in record.http_headers.headers if name.lower() not in dropped),
        body=(record.raw_stream if is_encoded else record.content_stream()).read(MAX_BODY),
        fetched_at=_parse_date(record.rec_headers.get_header("WARC-Date") or ""),
    )


def _parse_date(text: str) -> datetime:
    """Parse a WARC-Date. Raises ValueError for a text that is none, or not of YEARS."""
    date = datetime.fromisoformat(text)
    if date.year not in YEARS:
        raise ValueError(f"nothing was fetched in the year {date.year}")
    return date.astimezone(UTC)
