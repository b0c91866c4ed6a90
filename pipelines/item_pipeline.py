"""The Scrapy pipeline: a source's postings are kept until its crawl has ended, then staged and stored at once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler

from pipelines.events.overrides import load_overrides
from pipelines.normalized import NormalizedPosting
from pipelines.stages import staged
from pipelines.store.postings import batched
from pipelines.store.store import Store
from pipelines.topics.taxonomy import shipped_taxonomy
from symposia.errors import SymposiaError
from symposia.outcome import UNSAVED, Run, RunStatus, count_filled, judge_run
from symposia.page_record import PageUpdates
from symposia.posting import Posting

logger = logging.getLogger(__name__)


class EventPipeline:
    """Tells a spider what is known of its source; keeps the postings that it finds; reads and stores them when it has ended."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.postings: list[Posting] = []

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Built by Scrapy."""
        pipeline = cls(crawler)
        crawler.signals.connect(pipeline.spider_closed, signals.spider_closed)
        return pipeline

    def process_item(self, item: Posting) -> Posting:
        """Called by Scrapy."""
        self.postings.append(item)
        return item

    def open_spider(self) -> None:
        """Called by Scrapy. Where the store does not answer, every page is read anew."""
        spider: Any = self.crawler.spider
        self.started = spider.now()
        with _reported(self.crawler), self._opened() as store:
            spider.book.memory = store.get_known_pages(spider.name, self.started)

    async def spider_closed(self, spider: Any, reason: str) -> None:
        """Called by Scrapy. A crawl that was told to stop keeps what it has read, and was not whole."""
        spider.cut = spider.cut or reason != "finished"
        readings = await self._readings(spider)
        with _reported(self.crawler), self._opened() as store:
            self._store(store, spider, readings)
        self.postings.clear()  # Scrapy lets go of a crawl only when Python looks for cycles.
        spider.book.clear()

    async def _readings(self, spider: Any) -> list[NormalizedPosting]:
        """The postings read, some hundred at a time: the other crawls go on between."""
        taxonomy, readings = shipped_taxonomy(), []
        for some in batched(self.postings):
            done = staged(some, taxonomy)
            readings += done.readings
            spider.refused += done.refused
            self._count("events", done.counts)
            await asyncio.sleep(0)
        return readings

    def _opened(self) -> Store:
        overrides = load_overrides(Path(self.crawler.settings["SYMPOSIA_OVERRIDES"]))
        return Store.open(self.crawler.settings["SYMPOSIA_STORE"], overrides)

    def _store(self, store: Store, spider: Any, readings: list[NormalizedPosting]) -> None:
        learned = spider.book.learned(spider.refused)
        saved = store.save_crawl(
            spider.name,
            readings,
            # In a replay, the moment of the record: the same archive makes the same store, whenever it is replayed.
            now=spider.book.latest or self.started,
            run=self._run(spider, readings, learned),
            unread=spider.refused,
            learned=learned,
            hosts=spider.ledger.days(self.started.date()),
        )
        self._count("events/store", asdict(saved))

    def _run(self, spider: Any, readings: list[NormalizedPosting], learned: PageUpdates) -> Run:
        listed = {reading.posting.source_key for reading in readings} | learned.seen
        refused, events = len(spider.refused), len(listed)
        status, cause, detail = judge_run(
            spider.failures, events=events, refused=refused, empty=spider.empty, moved=spider.moved
        )
        return Run(
            source=spider.name,
            started=self.started,
            finished=spider.now(),
            status=status,
            cause=cause,
            detail=detail,
            requests=self._counted("downloader/request_count"),
            received=self._counted("downloader/response_bytes"),
            postings=events + refused,
            refused=refused,
            events=events,
            read=len(readings),
            pages=spider.pages,
            unchanged=len(learned.again),
            whole=status is not RunStatus.FAILED and not spider.cut,
            filled=count_filled([reading.event for reading in readings]),
            moved=spider.moved,
        )

    def _count(self, stage: str, counts: Mapping[str, int]) -> None:
        for name, count in counts.items():
            self.crawler.stats.inc_value(f"{stage}/{name}", count)

    def _counted(self, name: str) -> int:
        return int(self.crawler.stats.get_value(name, 0))


@contextmanager
def _reported(crawler: Crawler) -> Iterator[None]:
    """Say in the crawl's stats that, and why, the store could not be used: the crawl itself goes on."""
    try:
        yield
    except SymposiaError as error:
        logger.error("%s: %s", crawler.spider.name, error)  # type: ignore[union-attr]  # a crawl has a spider
        crawler.stats.set_value(UNSAVED, str(error))
