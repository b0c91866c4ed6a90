"""A crawl without a network or a reactor: the spider and the item pipeline as they are, over pages that a test makes up.

Between them stands the least that Scrapy does: requests are answered in order of their priority, answers that the spider
did not ask for go to its errback, and a page that is known by its ETag is answered by 304.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.responsetypes import responsetypes
from scrapy.settings import Settings
from scrapy.spidermiddlewares.httperror import HttpError
from scrapy.statscollectors import MemoryStatsCollector
from twisted.python.failure import Failure

from pipelines.item_pipeline import EventPipeline
from pipelines.store.store import Store
from spiders.catalogue import Source
from spiders.source_spider import spider_class
from symposia.outcome import Run
from symposia.posting import Posting

OVERRIDES = str(Path(__file__).parents[1] / "data" / "overrides.toml")


@dataclass
class OfflineSite:
    """The pages of a site, by address; a status in place of a body is answered as it is, as is a page that is not there.

    `asked` are the addresses and statuses of the answers since it was last cleared. `etags`: answers carry an ETag.
    """

    pages: dict[str, bytes | int]
    etags: bool = True
    asked: list[tuple[str, int]] = field(default_factory=list)

    def answer(self, request: Request) -> Response:
        """Answer a request."""
        page = self.pages.get(request.url, 404)
        body = b"" if isinstance(page, int) else page
        status = page if isinstance(page, int) else 200
        tag = sha256(body).hexdigest()[:16].encode()
        if self.etags and status == 200 and request.headers.get("If-None-Match") == tag:
            body, status = b"", 304
        self.asked.append((request.url, status))
        kind = "text/calendar" if body.startswith(b"BEGIN:VCALENDAR") else "text/html; charset=utf-8"
        headers = {"Content-Type": kind, **({"ETag": tag} if self.etags else {})}
        made = responsetypes.from_args(headers=headers, url=request.url, body=body)
        return made(request.url, status=status, headers=headers, body=body, request=request)

    def statuses(self, url: str) -> list[int]:
        """The statuses with which a page was answered since `asked` was last cleared."""
        return [status for asked, status in self.asked if asked == url]


def crawl_offline(source: Source, site: OfflineSite, store: Path, now: datetime) -> Run:
    """Crawl a source into a store at that moment; how it went. `site.asked` is cleared before."""
    site.asked.clear()
    spider, pipeline = _make_crawl(source, {"SYMPOSIA_STORE": str(store), "SYMPOSIA_NOW": now.isoformat()})
    pipeline.open_spider()
    for posting in asyncio.run(_collect(spider, site)):
        pipeline.process_item(posting)
    asyncio.run(pipeline.spider_closed(spider, "finished"))
    with Store.open(store) as opened:
        return opened.get_last_runs()[source.id]


def _make_crawl(source: Source, settings: Mapping[str, str]) -> tuple[Spider, EventPipeline]:
    made = Settings()
    made.setmodule("spiders.settings", priority="project")
    made.setdict({**settings, "SYMPOSIA_OVERRIDES": OVERRIDES}, priority="cmdline")
    kind = spider_class(source)
    crawler = Crawler(kind, made)
    crawler.stats = MemoryStatsCollector(crawler)
    crawler.spider = kind.from_crawler(crawler)
    return crawler.spider, EventPipeline.from_crawler(crawler)


async def _collect(spider: Spider, site: OfflineSite) -> list[Posting]:
    waiting = [request async for request in spider.start()]
    postings: list[Posting] = []
    while waiting:
        request = max(waiting, key=lambda request: request.priority)
        waiting.remove(request)
        for result in _handle(request, site.answer(request), spider) or ():
            (waiting if isinstance(result, Request) else postings).append(result)
    return postings


def _handle(request: Request, response: Response, spider: Any) -> Iterable[Any] | None:
    request.meta["fetched_at"] = spider.now()
    expected = request.meta.get("handle_httpstatus_list", ())
    if 200 <= response.status < 300 or response.status in expected:
        return request.callback(response, **request.cb_kwargs)  # type: ignore[misc]  # our requests have both
    failure = Failure(HttpError(response, "not expected"))
    failure.request = request  # type: ignore[attr-defined]  # as Scrapy does
    return request.errback(failure)  # type: ignore[misc]
