"""What the item pipeline does where something is not as it should be; tests/test_nights.py has it do its work."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.settings import Settings
from scrapy.statscollectors import MemoryStatsCollector

from pipelines.item_pipeline import EventPipeline
from spiders.catalogue import Source
from spiders.source_spider import spider_class
from symposia.outcome import UNSAVED, ReportingSpider


def make_pipeline(kind: type[Spider], store: Path) -> tuple[Crawler, EventPipeline]:
    """A pipeline of a crawl into that store, and the crawl."""
    settings = Settings()
    settings.setmodule("spiders.settings", priority="project")
    settings.set("SYMPOSIA_STORE", str(store))
    crawler = Crawler(kind, settings)
    crawler.stats = MemoryStatsCollector(crawler)
    crawler.spider = kind.from_crawler(crawler)
    return crawler, EventPipeline.from_crawler(crawler)


def test_a_store_that_cannot_be_used_does_not_stop_a_crawl(tmp_path: Path) -> None:
    """Every page is read anew, nothing is stored, and the crawl's stats say why."""
    (tmp_path / "s.db").write_text("no database", encoding="utf-8")
    kind = spider_class(Source(id="guild", name="Guild", url="https://guild.example/"))
    crawler, pipeline = make_pipeline(kind, tmp_path / "s.db")
    assert crawler.spider is not None
    assert crawler.stats is not None

    pipeline.open_spider()
    asyncio.run(pipeline.spider_closed(crawler.spider, "finished"))

    assert "s.db: the store does not answer" in crawler.stats.get_value(UNSAVED)


def test_a_spider_that_does_not_report_is_none_for_it(tmp_path: Path) -> None:
    """Spiders of the catalogue do, and the error says what is missing in others."""

    class Other(Spider):
        name = "other"

    _, pipeline = make_pipeline(Other, tmp_path / "s.db")

    with pytest.raises(TypeError, match="Other does not report on its crawl"):
        pipeline.open_spider()
    source = Source(id="guild", name="Guild", url="https://guild.example/")
    assert isinstance(make_pipeline(spider_class(source), tmp_path / "s.db")[0].spider, ReportingSpider)
