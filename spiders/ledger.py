"""What one crawl asks of hosts, and which hosts are left alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, datetime
from typing import Any, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached

from spiders.crawl_pages import NOT_MODIFIED
from symposia.errors import Cause
from symposia.outcome import HostDay

TOO_MANY = 429
SERVER_ERROR = 500


class LeftAloneError(IgnoreRequest):
    """A host is not asked any more: it said that it is asked too much, or that it is not well. `cause` is that of its answer."""

    def __init__(self, host: str, cause: Cause, why: str) -> None:
        super().__init__(f"{host} is left alone: {why}")
        self.cause = cause


class HostLedger:
    """The counts of one source's crawl, a row a host."""

    def __init__(self) -> None:
        self.robots: dict[str, str] = {}
        self.rests: dict[str, datetime] = {}
        self._counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._delays: dict[str, float] = {}

    def count(self, host: str, what: str, number: int = 1) -> None:
        """Add to one of the counts of a HostDay."""
        self._counts[host][what] += number

    def waited(self, host: str, delay: float) -> None:
        """Note how many seconds lie between two requests."""
        self._delays[host] = max(delay, self._delays.get(host, 0.0))

    def days(self, day: date) -> list[HostDay]:
        """What was asked, as of that day."""
        hosts = self._counts.keys() | self.robots.keys() | self.rests.keys()
        return [
            HostDay(
                host=host,
                day=day,
                robots=self.robots.get(host, ""),
                delay=round(self._delays.get(host, 0.0), 3),
                rest_until=self.rests.get(host),
                **self._counts[host],
            )
            for host in sorted(hosts)
        ]


class LedgerMiddleware:
    """Counts what goes over the wire; a downloader middleware, next to the network."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Built by Scrapy; not used in a replay, which asks nobody."""
        if crawler.settings.get("SYMPOSIA_REPLAY"):
            raise NotConfigured
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Called by Scrapy."""
        self._ledger.count(host_of(request), "requests")

    def process_response(self, request: Request, response: Response) -> Response:
        """Called by Scrapy, before anything has unpacked the body."""
        host, ledger = host_of(request), self._ledger
        ledger.count(host, "received", len(response.body))
        ledger.count(host, "not_modified", int(response.status == NOT_MODIFIED))
        ledger.count(host, "refused", int(response.status == TOO_MANY or response.status >= SERVER_ERROR))
        ledger.waited(host, delay_of(self.crawler, request))
        return response

    @property
    def _ledger(self) -> HostLedger:
        return get_ledger(self.crawler)


def get_ledger(crawler: Crawler) -> HostLedger:
    """The ledger of a crawl."""
    spider: Any = crawler.spider
    ledger: HostLedger = spider.ledger
    return ledger


def host_of(request: Request) -> str:
    """The host that a request is for, with the port where it is not the usual one."""
    return urlparse_cached(request).netloc.rpartition("@")[2].casefold()


def delay_of(crawler: Crawler, request: Request, at_least: float = 0.0) -> float:
    """The seconds between two requests to a request's host; raised to `at_least` first. 0 where there is no such queue yet."""
    engine: Any = crawler.engine
    slot = engine.downloader.slots.get(engine.downloader.get_slot_key(request))
    if slot is None:
        return 0.0
    slot.delay = max(slot.delay, at_least)
    return float(slot.delay)
