"""The downloader middleware that counts what a crawl asks of each host."""

from __future__ import annotations

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response

from spiders.crawl_pages import NOT_MODIFIED
from spiders.hosts import SERVER_ERROR, TOO_MANY_REQUESTS, HostLedger, find_delay, request_host, spider_of


class LedgerMiddleware:
    """Counts what goes over the wire; it stands next to the network."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the middleware, except in a replay, which asks nobody.

        Raises:
            NotConfigured: This is a replay.
        """
        if crawler.settings.get("SYMPOSIA_REPLAY"):
            raise NotConfigured
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Count a request that goes out."""
        self._ledger.count(request_host(request), "requests")

    def process_response(self, request: Request, response: Response) -> Response:
        """Count an answer, its bytes as they came over the wire: nothing has decompressed the body yet."""
        host, ledger = request_host(request), self._ledger
        ledger.count(host, "received", len(response.body))
        ledger.count(host, "not_modified", int(response.status == NOT_MODIFIED))
        ledger.count(host, "refused", int(response.status == TOO_MANY_REQUESTS or response.status >= SERVER_ERROR))
        ledger.note_delay(host, find_delay(self.crawler, request))
        return response

    @property
    def _ledger(self) -> HostLedger:
        return spider_of(self.crawler).ledger
