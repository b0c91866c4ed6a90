"""The crawl in a child process that fetches the pages a `spiders.fetch.Fetcher` asks for."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import Connection
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response
from scrapy.settings import Settings
from twisted.python.failure import Failure as TwistedFailure

from spiders.archive import TRANSFER_HEADERS, RecordedResponse
from spiders.catalogue import Source
from spiders.catalogue_spider import CatalogueSpider
from spiders.crawl_pages import fetched_at
from symposia.errors import Cause
from symposia.outcome import Failure


class FetchSpider(CatalogueSpider):
    """Sends back the page at each address that comes in by `calls`, or why it failed; nothing is extracted.

    `calls` is the child's end of a pipe: addresses come in and replies go out, one at a time.
    """

    name = "fetch"
    calls: Connection

    async def start(self) -> AsyncIterator[Request]:
        """Yield a request for each call; end the process when the pipe is closed."""
        while True:
            try:
                url, any_status = await asyncio.to_thread(self.calls.recv)
            except (EOFError, OSError):
                # Who asked has ended, perhaps killed. A server that never ends must not keep this process; there is
                # nothing to store, and a browser ends with it.
                os._exit(0)
            yield self._make_request(url, any_status)

    def parse(self, response: Response) -> None:
        """Send back a page."""
        encoding = response.headers.get("Content-Encoding")
        if len(response.body) > self.settings.getint("DOWNLOAD_MAXSIZE"):
            # Scrapy bounds its own downloads, but not a browser's.
            self._reply_failure(response, Cause.TOO_LARGE, self._too_large)
        elif encoding:
            detail = f"compressed as {encoding.decode('latin-1')!r}, which was not asked for"
            self._reply_failure(response, Cause.WRONG_CONTENT, detail)
        else:
            self._reply(_record(response))

    def failed(self, failure: TwistedFailure) -> None:
        """Send back why a page could not be fetched."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy adds the request
        self.note_failure(failure.value, request)
        noted = self.failures.pop()
        if noted.cause is Cause.TOO_LARGE:  # Scrapy's own words are for logs.
            noted = replace(noted, detail=self._too_large)
        self._reply(noted)

    @property
    def _too_large(self) -> str:
        return f"more than {self.settings.getint('DOWNLOAD_MAXSIZE') // 1024 // 1024} MB"

    def _make_request(self, url: str, any_status: bool) -> Request:
        request = self.make_request(url, self.parse, self.failed, None)
        # robots.txt itself may always be asked for (RFC 9309, 2.2.2).
        request.meta["dont_obey_robotstxt"] = urlsplit(url).path == "/robots.txt"
        request.meta["handle_httpstatus_all"] = any_status
        return request

    def _reply_failure(self, response: Response, cause: Cause, detail: str) -> None:
        self._reply(Failure(cause=cause, url=response.url, detail=detail, fatal=True))

    def _reply(self, reply: RecordedResponse | Failure) -> None:
        with suppress(OSError):  # The other end was closed meanwhile.
            self.calls.send(reply)


def answer_calls(calls: Connection, overrides: dict[str, Any], *, browser: bool) -> None:
    """Run the crawl; the process ends when the other end of `calls` is closed.

    Args:
        calls: The child's end of the pipe.
        overrides: Scrapy settings on top of `spiders.settings`.
        browser: Have Chromium open the pages.
    """
    # Ctrl+C reaches both processes; the other one decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    settings = Settings()
    settings.setmodule("spiders.settings", priority="project")
    settings.setdict(overrides, priority="cmdline")
    process = AsyncCrawlerProcess(settings)
    source = Source(id=FetchSpider.name, name=FetchSpider.name, url="http://fetch.invalid/", browser=browser)
    process.crawl(type("FetchSpider", (FetchSpider,), {"source": source}), calls=calls)
    process.start(install_signal_handlers=False)


def _record(response: Response) -> RecordedResponse:
    headers = [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in values
        if name.decode("latin-1").casefold() not in TRANSFER_HEADERS
    ]
    return RecordedResponse(
        url=response.url,
        status=response.status,
        headers=tuple(headers),
        body=response.body,
        fetched_at=fetched_at(response),
    )
