"""Many sources in one process: sources of one host in turn, so that the bounds per host hold; hosts side by side."""

from __future__ import annotations

import asyncio
import gc
from collections import deque
from collections.abc import Callable, Iterable
from functools import partial
from itertools import groupby
from urllib.parse import urlsplit

from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings

from spiders.catalogue import Source
from spiders.source import spider_class
from symposia.errors import StoreError
from symposia.outcome import UNSAVED

MAX_HOSTS = 12
"""Hosts that are crawled at once."""
_BROWSED = " browser"
"""The key of the group that browsers read; no host is called so."""

Done = Callable[[Source, BaseException | None], None]
"""Told of each source when its crawl has ended, with what broke it, if anything did."""


class CrawlProcess(AsyncCrawlerProcess):
    """Scrapy's process, which starts the next source when one ends, and none after it was told to stop."""

    def __init__(self, settings: Settings, sources: Iterable[Source], done: Done) -> None:
        super().__init__(settings)
        self.stopping = False
        self._done_with = done
        self._hosts = deque(by_host(sources))

    def run(self) -> None:
        """Crawl them all, and return when the last has ended. SIGINT or SIGTERM: those under way end, none is begun."""
        # What is there now stays, and pages leave hardly a cycle behind: looking for some takes a tenth of the time.
        gc.freeze()
        gc.set_threshold(50_000, 10, 10)
        for _ in range(min(MAX_HOSTS, len(self._hosts))):
            self._begin(self._hosts.popleft())
        self.start()

    async def stop(self) -> None:
        """Called by Scrapy on a signal."""
        self.stopping = True
        await super().stop()

    def _begin(self, host: deque[Source]) -> None:
        source = host.popleft()
        crawler = self.create_crawler(spider_class(source))
        task = self.crawl(crawler)
        task.add_done_callback(partial(self._ended, source, host, crawler))

    def _ended(self, source: Source, host: deque[Source], crawler: Crawler, task: asyncio.Task[None]) -> None:
        self._done_with(source, _broken(crawler, task))
        if self.stopping:
            return
        if not host and self._hosts:
            host = self._hosts.popleft()
        if host:
            self._begin(host)


def _broken(crawler: Crawler, task: asyncio.Task[None]) -> BaseException | None:
    """What ended a crawl before its time, or kept it from being stored."""
    error = None if task.cancelled() else task.exception()
    unsaved = crawler.stats.get_value(UNSAVED) if crawler.stats else None
    return error or (StoreError(unsaved) if unsaved else None)


def by_host(sources: Iterable[Source]) -> list[deque[Source]]:
    """The sources, those of one host together, the host with the most to do first.

    All hosts with a source that needs a browser are one group, as each such crawl starts a browser of its own.
    """
    sources = tuple(sources)
    browsed = {_host(source) for source in sources if source.browser}

    def group_of(source: Source) -> str:
        return _BROWSED if _host(source) in browsed else _host(source)

    groups = [deque(group) for _, group in groupby(sorted(sources, key=group_of), key=group_of)]
    return sorted(groups, key=len, reverse=True)


def _host(source: Source) -> str:
    return urlsplit(source.url).hostname or ""
