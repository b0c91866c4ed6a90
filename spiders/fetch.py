"""Fetch pages that a person names, one after another, by a crawl in a child process.

This module does not import Scrapy, so that commands which fetch nothing start without it.
"""

from __future__ import annotations

import multiprocessing
import os
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Any, Self

from w3lib.url import safe_url_string

from spiders.archive import RecordedResponse
from spiders.catalogue import find_url_fault
from spiders.settings import DOWNLOAD_DELAY, DOWNLOAD_TIMEOUT
from symposia.errors import Cause, FetchError
from symposia.outcome import Failure

SETTINGS: dict[str, Any] = {
    "AUTOTHROTTLE_START_DELAY": DOWNLOAD_DELAY,
    "RETRY_ENABLED": False,
    "ITEM_PIPELINES": {},
    "SPIDER_LOADER_CLASS": "scrapy.spiderloader.DummySpiderLoader",
    "LOG_LEVEL": os.environ.get("SYMPOSIA_LOG_LEVEL", "ERROR"),
}
"""What differs from a crawl's settings: somebody is waiting, nothing is stored, and the catalogue is not needed."""
_PROCESSES = multiprocessing.get_context("spawn")
"""Spawned, not forked: that works on all platforms, and beside threads."""


class Fetcher:
    """Fetches pages as a crawl does: same resolver, limits, redirects, robots.txt, user agent, and delays between requests.

    One crawl in a child process answers all calls, from the first call until the `with` block ends: Scrapy's reactor
    cannot be started twice in a process, robots.txt is asked for once a host, and a process can be killed when a server
    never ends its answer.
    """

    def __init__(
        self, *, allow_private: bool = False, browser: bool = False, timeout: float = DOWNLOAD_TIMEOUT
    ) -> None:
        """Start nothing yet.

        Args:
            allow_private: Connect to this machine and its networks too.
            browser: Return pages as Chromium shows them once scripts have settled (needs the extra `browser`).
            timeout: Seconds for a whole call: the start of the child process, robots.txt, redirects and the body.
        """
        self.timeout = timeout
        self._browser = browser
        self._settings = {**SETTINGS, "SYMPOSIA_ALLOW_PRIVATE": allow_private}
        self._child: tuple[BaseProcess, Connection] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def fetch(self, url: str, *, any_status: bool = False) -> RecordedResponse:
        """Fetch one page, following redirects; its body is decompressed and its `url` is where it was found.

        Args:
            url: An http or https address.
            any_status: Return answers of every status, and redirects, as they are.

        Raises:
            FetchError: No page was fetched, for one of the causes of a crawl's failures; its cause is TIMEOUT when the
                whole call took longer than `timeout`.
        """
        if fault := _find_url_fault(url):
            raise FetchError(None, url, fault)
        if self._child is None:
            self._child = _start_child(self._settings, self._browser)
        try:
            reply = self._ask(self._child[1], url, any_status)
        except (EOFError, OSError) as error:
            self._stop()
            raise FetchError(Cause.BUG, url, "the process that fetches pages ended") from error
        if reply is None:
            self._stop()
            raise FetchError(Cause.TIMEOUT, url, f"no complete answer within {self.timeout:g} seconds")
        if isinstance(reply, Failure):
            raise FetchError(reply.cause, url, reply.detail)
        return reply

    def _ask(self, calls: Connection, url: str, any_status: bool) -> RecordedResponse | Failure | None:
        """Send one call to the child process; None where its reply does not come in time."""
        calls.send((url, any_status))
        reply: RecordedResponse | Failure | None = calls.recv() if calls.poll(self.timeout) else None
        return reply

    def _stop(self) -> None:
        """Kill the child process: it stores nothing, and a browser ends with it."""
        if self._child is None:
            return
        process, calls = self._child
        self._child = None
        calls.close()
        process.kill()
        process.join()
        process.close()


def _start_child(settings: dict[str, Any], browser: bool) -> tuple[BaseProcess, Connection]:
    ours, childs = _PROCESSES.Pipe()
    process = _PROCESSES.Process(target=_run_crawl, args=(childs, settings, browser), daemon=True)
    process.start()
    childs.close()
    return process, ours


def _run_crawl(calls: Connection, settings: dict[str, Any], browser: bool) -> None:
    from spiders.fetch_spider import answer_calls  # Scrapy is imported in the child process alone

    answer_calls(calls, settings, browser=browser)


def _find_url_fault(url: str) -> str | None:
    """What keeps `url` from being asked for; None where nothing does."""
    if fault := find_url_fault(url):
        return fault
    try:
        safe_url_string(url)
    except ValueError:  # a lone surrogate
        return f"{url!r} is not an address"
    return None
