"""Downloader middlewares that date responses, record them, and replay them from an archive."""

from __future__ import annotations

from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.responsetypes import responsetypes

from spiders.archive import Archive, append_response, open_archive
from spiders.hosts import spider_of


class NotInArchiveError(Exception):
    """The archive that is replayed has no response for this address."""


class TooLargeError(Exception):
    """A recorded response is larger than a live one is allowed to be."""


class RecordMiddleware:
    """Notes when each response was fetched, as `fetched_at` of its `meta`, and adds it to the WARC file SYMPOSIA_RECORD."""

    def __init__(self, crawler: Crawler, path: Path | None) -> None:
        self.crawler = crawler
        self.path = path

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the middleware; it records nothing where SYMPOSIA_RECORD is not set."""
        path = crawler.settings.get("SYMPOSIA_RECORD")
        return cls(crawler, Path(path) if path else None)

    def process_response(self, request: Request, response: Response) -> Response:
        """Date and record a response as it came over the wire: nothing has decompressed the body yet."""
        if "fetched_at" not in request.meta:
            request.meta["fetched_at"] = spider_of(self.crawler).now()
        if self.path is not None:
            append_response(
                self.path,
                request.url,
                response.status,
                _header_pairs(response),
                response.body,
                request.meta["fetched_at"],
            )
        return response


class ReplayMiddleware:
    """Answers every request from the archive at SYMPOSIA_REPLAY, and none from the network."""

    def __init__(self, archive: Archive, maxsize: int) -> None:
        self.archive = archive
        self.maxsize = maxsize

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Open the archive; indexed once in a process.

        Raises:
            NotConfigured: Nothing is replayed.
        """
        path = crawler.settings.get("SYMPOSIA_REPLAY")
        if not path:
            raise NotConfigured
        return cls(open_archive(str(path)), crawler.settings.getint("DOWNLOAD_MAXSIZE"))

    def process_request(self, request: Request) -> Response:
        """Answer a request from the archive, and one for a robots.txt that is not in it by 404.

        Raises:
            NotInArchiveError: No response was recorded for its address.
            TooLargeError: The recorded body has more than DOWNLOAD_MAXSIZE bytes.
        """
        recorded = self.archive.find(request.url)
        if recorded is None:
            if urlsplit(request.url).path == "/robots.txt":
                return Response(request.url, status=404)
            raise NotInArchiveError(f"not in archive: {request.url}")
        if len(recorded.body) > self.maxsize:
            raise TooLargeError(f"{len(recorded.body)} bytes are more than {self.maxsize}")
        request.meta["fetched_at"] = recorded.fetched_at
        headers: dict[str, list[str]] = {}
        for name, value in recorded.headers:
            headers.setdefault(name, []).append(value)
        kind = responsetypes.from_args(url=request.url, body=recorded.body)
        return kind(request.url, status=recorded.status, headers=headers, body=recorded.body)


def _header_pairs(response: Response) -> list[tuple[str, str]]:
    """List the headers; not Transfer-Encoding, as the body is in one piece by now."""
    return [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in values
        if name.lower() != b"transfer-encoding"
    ]
