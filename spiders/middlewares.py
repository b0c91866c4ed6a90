"""Downloader middlewares: when a response was fetched, and recording and replaying them."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.responsetypes import responsetypes

from spiders.archive import Archive, append_response, open_archive


class NotInArchiveError(Exception):
    """The archive that is replayed has no response for this address."""


class TooLargeError(Exception):
    """A recorded response is larger than a live one is allowed to be."""


class RecordMiddleware:
    """Stamps each response with `fetched_at`, and with SYMPOSIA_RECORD keeps it in that WARC file."""

    def __init__(self, crawler: Crawler, path: Path | None) -> None:
        self.crawler = crawler
        self.path = path

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Built by Scrapy."""
        path = crawler.settings.get("SYMPOSIA_RECORD")
        return cls(crawler, Path(path) if path else None)

    def process_response(self, request: Request, response: Response) -> Response:
        """Called by Scrapy, before anything has unpacked the body."""
        if "fetched_at" not in request.meta:
            spider: Any = self.crawler.spider
            request.meta["fetched_at"] = spider.now()
        if self.path is not None:
            append_response(
                self.path, request.url, response.status, _pairs(response), response.body, request.meta["fetched_at"]
            )
        return response


class ReplayMiddleware:
    """Answers every request from the archive at SYMPOSIA_REPLAY, and none from the network."""

    def __init__(self, archive: Archive, maxsize: int) -> None:
        self.archive = archive
        self.maxsize = maxsize

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Built by Scrapy; not used where nothing is replayed."""
        path = crawler.settings.get("SYMPOSIA_REPLAY")
        if not path:
            raise NotConfigured
        return cls(open_archive(str(path)), crawler.settings.getint("DOWNLOAD_MAXSIZE"))

    def process_request(self, request: Request) -> Response:
        """Called by Scrapy. Raises NotInArchiveError, or TooLargeError, as the request's failure."""
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


def _pairs(response: Response) -> list[tuple[str, str]]:
    return [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in values
        if name.lower() != b"transfer-encoding"
    ]
