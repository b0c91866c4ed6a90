"""Crawl many sources in one process: sources of one host in turn, so that its limits hold, and hosts side by side."""

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
from spiders.hosts import LeftAloneHosts
from spiders.source_spider import spider_class
from symposia.errors import StoreError
from symposia.outcome import UNSAVED

MAX_HOSTS = 12
"""Hosts that are crawled at once: each crawl holds what it read in memory until it ends."""
_BROWSER_GROUP = " browser"
"""The key of the group whose pages a browser opens; no host has this name."""

OnEnd = Callable[[Source, BaseException | None], None]
"""Called with each source when its crawl has ended, and with the error that broke it, if any."""


class CrawlProcess(AsyncCrawlerProcess):
    """Starts the next source when one ends, and none after it was told to stop (`stopping`)."""

    def __init__(self, settings: Settings, sources: Iterable[Source], on_end: OnEnd) -> None:
        super().__init__(settings)
        self.stopping = False
        self._on_end = on_end
        self._hosts = deque(group_by_host(sources))
        self._left_alone = LeftAloneHosts()

    def run(self) -> None:
        """Crawl all sources and return when the last crawl has ended.

        After SIGINT or SIGTERM the crawls that are under way end, and no other is begun.
        """
        # The objects that exist now stay, and pages leave few cycles: garbage collection took a tenth of the time.
        gc.freeze()
        gc.set_threshold(50_000, 10, 10)
        for _ in range(min(MAX_HOSTS, len(self._hosts))):
            self._begin(self._hosts.popleft())
        self.start()

    async def stop(self) -> None:
        """Begin no further crawl, and end those under way; Scrapy calls this on a signal."""
        self.stopping = True
        await super().stop()

    def _begin(self, host: deque[Source]) -> None:
        source = host.popleft()
        crawler = self.create_crawler(spider_class(source))
        task = self.crawl(crawler, left_alone=self._left_alone)
        task.add_done_callback(partial(self._go_on, source, host, crawler))

    def _go_on(self, source: Source, host: deque[Source], crawler: Crawler, task: asyncio.Task[None]) -> None:
        """After the crawl of `source`, begin the next source of its host, else the next host."""
        self._on_end(source, _find_error(crawler, task))
        if self.stopping:
            return
        if not host and self._hosts:
            host = self._hosts.popleft()
        if host:
            self._begin(host)


def _find_error(crawler: Crawler, task: asyncio.Task[None]) -> BaseException | None:
    """The error that ended a crawl early, or kept it from being stored; None where there is none."""
    error = None if task.cancelled() else task.exception()
    unsaved = crawler.stats.get_value(UNSAVED) if crawler.stats else None
    return error or (StoreError(unsaved) if unsaved else None)


def group_by_host(sources: Iterable[Source]) -> list[deque[Source]]:
    """Group the sources by host, the host with the most sources first.

    All hosts with a source that needs a browser are one group, because each such crawl starts a browser of its own.
    """
    sources = tuple(sources)
    browser_hosts = {_host_of(source) for source in sources if source.browser}

    def group_of(source: Source) -> str:
        return _BROWSER_GROUP if _host_of(source) in browser_hosts else _host_of(source)

    groups = [deque(group) for _, group in groupby(sorted(sources, key=group_of), key=group_of)]
    return sorted(groups, key=len, reverse=True)


def _host_of(source: Source) -> str:
    return urlsplit(source.url).hostname or ""
