"""The Scrapy item pipeline: it collects a source's postings until its crawl has ended, then normalizes and stores them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler

from pipelines.batches import batched
from pipelines.events.overrides import load_overrides
from pipelines.normalized import NormalizedPosting
from pipelines.stages import make_stages, normalize_batch
from pipelines.store.store import Store
from pipelines.topics.taxonomy import shipped_taxonomy
from symposia.errors import SymposiaError
from symposia.outcome import UNSAVED, CrawlReport, Refused, ReportingSpider, summarize_run
from symposia.posting import Posting

logger = logging.getLogger(__name__)


class EventPipeline:
    """Tells a spider what the store knows of its source, and stores what it found when it has ended."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._postings: list[Posting] = []

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the pipeline, and have it store a crawl when its spider has closed."""
        pipeline = cls(crawler)
        crawler.signals.connect(pipeline.spider_closed, signals.spider_closed)
        return pipeline

    def open_spider(self) -> None:
        """Tell the spider what is known of its source's pages; if the store does not answer, the spider reads them all."""
        spider = _as_reporting(self.crawler.spider)
        with _report_errors(self.crawler), self._open_store() as store:
            spider.resume_from(store.get_known_pages(spider.name, spider.started))

    def process_item(self, item: Posting) -> Posting:
        """Collect a posting."""
        self._postings.append(item)
        return item

    async def spider_closed(self, spider: Spider, reason: str) -> None:
        """Store what was read; a crawl that was told to stop is stored too, as incomplete."""
        report = _as_reporting(spider).finish_crawl(complete=reason == "finished")
        normalized, refused = await self._normalize()
        report = replace(report, refused=(*report.refused, *refused))
        with _report_errors(self.crawler), self._open_store() as store:
            self._store(store, report, normalized)

    async def _normalize(self) -> tuple[list[NormalizedPosting], list[Refused]]:
        """Normalize the postings in batches, so that other crawls run in between; then free their memory."""
        stages = make_stages(shipped_taxonomy())
        normalized: list[NormalizedPosting] = []
        refused: list[Refused] = []
        for postings in batched(self._postings):
            batch = normalize_batch(postings, stages)
            normalized += batch.normalized
            refused += batch.refused
            self._count("events", batch.counts)
            await asyncio.sleep(0)
        self._postings.clear()  # Scrapy keeps a crawl's objects until Python's garbage collector runs.
        return normalized, refused

    def _store(self, store: Store, report: CrawlReport, normalized: list[NormalizedPosting]) -> None:
        run = summarize_run(report, [posting.event for posting in normalized])
        names = {posting.source_key: (name, why) for posting, name, why in report.refused if posting is not None}
        saved = store.save_crawl(
            report.source,
            normalized,
            # The time of fetching: an archive makes the same store whenever it is replayed.
            now=report.fetched_at or report.started,
            run=run,
            refused=report.refused,
            pages=report.page_updates.with_refused(names),
            hosts=report.hosts,
        )
        self._count("events/store", asdict(saved))

    def _open_store(self) -> Store:
        overrides = load_overrides(Path(self.crawler.settings["SYMPOSIA_OVERRIDES"]))
        return Store.open(self.crawler.settings["SYMPOSIA_STORE"], overrides)

    def _count(self, stage: str, counts: Mapping[str, int]) -> None:
        for name, count in counts.items():
            self.crawler.stats.inc_value(f"{stage}/{name}", count)


def _as_reporting(spider: Spider | None) -> ReportingSpider:
    if not isinstance(spider, ReportingSpider):
        raise TypeError(f"{type(spider).__name__} does not report on its crawl: see symposia.outcome.ReportingSpider")
    return spider


@contextmanager
def _report_errors(crawler: Crawler) -> Iterator[None]:
    """Log that the store could not be used, and say why in the crawl's stats; the crawl itself goes on."""
    try:
        yield
    except SymposiaError as error:
        logger.error("%s: %s", crawler.spider.name if crawler.spider else "", error)
        crawler.stats.set_value(UNSAVED, str(error))
