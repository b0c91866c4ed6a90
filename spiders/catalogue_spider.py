"""The base of all spiders: conditional requests, noted failures, and a report when the crawl closes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Self

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.settings import BaseSettings
from scrapy.spidermiddlewares.httperror import HttpError

from spiders.browser_requests import has_browser, make_browser_meta, use_browser
from spiders.catalogue import Source
from spiders.causes import describe_error, find_cause
from spiders.crawl_pages import CrawlPages, conditional_headers, conditional_meta
from spiders.hosts import HostLedger, LeftAloneHosts
from spiders.listing_progress import ListingProgress
from symposia.moments import instant_from_text
from symposia.outcome import CrawlReport, Failure, Refused
from symposia.page_record import KnownPages, PageRecord


class CatalogueSpider(Spider):
    """Crawls one `source` of the catalogue. Subclasses decide what to request, and what to do with the responses.

    Attributes:
        started: When the crawl started.
        failures: The requests that came to nothing.
        refused: What extraction could not make a posting of.
        moved: The address to which the source's own redirects for good; None where it does not.
        pages: What was known of the source's pages, and what is found out about them.
        listing: How far the crawl has come.
        ledger: What is asked of which host.
        left_alone: The hosts that this run asks no more.
    """

    source: Source
    started: datetime

    def __init__(self, *args: Any, left_alone: LeftAloneHosts | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.failures: list[Failure] = []
        self.refused: list[Refused] = []
        self.moved: str | None = None
        self.pages = CrawlPages(self.source)
        self.listing = ListingProgress(self.source)
        self.ledger = HostLedger()
        self.left_alone = left_alone or LeftAloneHosts()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Make the spider, and note when its crawl started."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.started = spider.now()
        return spider

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Give a source that needs a browser one, unless an archive answers in its place."""
        super().update_settings(settings)
        if cls.source.browser and not settings.get("SYMPOSIA_REPLAY") and has_browser():
            use_browser(settings)

    @property
    def needs_browser(self) -> bool:
        """Whether scripts make the source's pages, and no archive answers for them."""
        return self.source.browser and not self.settings.get("SYMPOSIA_REPLAY")

    @property
    def resting_hosts(self) -> Mapping[str, datetime]:
        """Hosts that asked an earlier run to be left alone, and until when."""
        return self.pages.known.resting_hosts

    def now(self) -> datetime:
        """This moment, in UTC, to the second; with SYMPOSIA_NOW (ISO 8601), the one that it names."""
        told = self.settings.get("SYMPOSIA_NOW")
        return (instant_from_text(told).astimezone(UTC) if told else datetime.now(UTC)).replace(microsecond=0)

    def resume_from(self, pages: KnownPages) -> None:
        """Take over what the store knows of the source's pages."""
        self.pages.known = pages

    def finish_crawl(self, *, complete: bool) -> CrawlReport:
        """Report on the crawl and free its memory: Scrapy keeps a spider until Python's garbage collector runs."""
        return CrawlReport(
            source=self.source.id,
            started=self.started,
            finished=self.now(),
            fetched_at=self.pages.fetched_at,
            failures=tuple(self.failures),
            refused=tuple(self.refused),
            requests=self._read_stat("downloader/request_count"),
            received=self._read_stat("downloader/response_bytes"),
            pages=self.listing.pages,
            complete=self.listing.complete and complete,
            empty=self.listing.empty,
            moved=self.moved,
            page_updates=self.pages.take_updates(),
            hosts=self.ledger.to_host_days(self.started.date()),
        )

    def make_request(
        self, url: str, callback: Any, errback: Any, record: PageRecord | None, *, fatal: bool = False, **more: Any
    ) -> Request:
        """Make the request for a page.

        Args:
            url: The page's address.
            callback: What reads the response.
            errback: Called if there is none.
            record: The page as it was last read, to ask whether it has changed since; None where it is to be read anew.
            fatal: Without this page the crawl has failed.
            more: Further arguments of Scrapy's Request.
        """
        meta: dict[str, Any] = {"asked": url, **conditional_meta(record), **({"fatal": True} if fatal else {})}
        headers = conditional_headers(record)
        if self.needs_browser:
            # The server's validators are of the page's source, not of what its scripts show.
            meta, headers = meta | make_browser_meta(self.settings.get("USER_AGENT")), {}
        return Request(url, callback, errback=errback, meta=meta, headers=headers, dont_filter=True, **more)

    def note_failure(self, error: BaseException | None, request: Request) -> None:
        """Note why a request came to nothing."""
        fatal = request.meta.get("fatal", False)
        if fatal and isinstance(error, HttpError):
            self.moved = find_permanent_redirect(error.response)
        cause, detail = find_cause(error), describe_error(error)
        self.failures.append(Failure(cause=cause, url=request.url, detail=detail, fatal=fatal))

    def count(self, stat: str, number: int = 1) -> None:
        """Add to one of the crawl's stats."""
        self.crawler.stats.inc_value(stat, number)

    def _read_stat(self, name: str) -> int:
        return int(self.crawler.stats.get_value(name, 0))


def find_permanent_redirect(response: Response) -> str | None:
    """Find the address that a request was redirected to for good (RFC 9110, 15.4.2 and 15.4.9); None where it was not."""
    reasons = response.meta.get("redirect_reasons", [])
    return response.url if reasons and all(reason in (301, 308) for reason in reasons) else None
