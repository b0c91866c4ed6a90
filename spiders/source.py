"""The one spider: it reads any source of the catalogue, its detail pages and its next pages, within bounds."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import cache
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.http import Response
from scrapy.settings import BaseSettings
from scrapy.spidermiddlewares.httperror import HttpError
from scrapy.utils.misc import load_object
from tldextract import TLDExtract
from twisted.python.failure import Failure as TwistedFailure

from spiders.catalogue import Source
from spiders.causes import cause_of
from spiders.extraction.choose import extract
from spiders.extraction.join import choose_detail, join
from spiders.extraction.page import Extraction, Page
from spiders.extraction.platforms import cap_reached
from symposia.errors import Cause, ExtractionError
from symposia.outcome import Failure
from symposia.posting import DETAIL, Posting

NO_BROWSER = "scripts make its pages; to read them: pip install 'symposia[browser]', and a Chromium"
"""What is said of a source that needs a browser where there is none."""
SETTLED = 5_000
"""Milliseconds that scripts get to fetch what they show."""


class SourceSpider(Spider):
    """Reads `source`. What went wrong is kept in `failures` and `refused`; `empty`: the source says that it lists nothing.

    `cut`: a page of the listing was not read, or may have left something out.
    """

    source: Source

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.failures: list[Failure] = []
        self.refused: list[tuple[Posting | None, str, str]] = []
        self.empty = False
        self.cut = False
        self._asked = {self.source.url}
        self.pages = 1
        self._details = 0

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Called by Scrapy: a source that needs a browser gets one, unless an archive answers in its place."""
        super().update_settings(settings)
        if cls.source.browser and not settings.get("SYMPOSIA_REPLAY") and has_browser():
            settings.setdict(settings.getdict("SYMPOSIA_BROWSER"), priority="spider")
            if settings.get("LOG_LEVEL") not in ("DEBUG", "INFO"):
                # It logs a traceback for each page that fails; that is said once, by the source's cause.
                logging.getLogger("scrapy-playwright").setLevel(logging.ERROR)

    async def start(self) -> AsyncIterator[Request]:
        """Called by Scrapy: the source's own address; nothing where it needs a browser and there is none."""
        if self.source.browser and not self.settings.get("SYMPOSIA_REPLAY") and not has_browser():
            self.failures.append(Failure(cause=Cause.NEEDS_BROWSER, url=self.source.url, detail=NO_BROWSER, fatal=True))
            return
        yield self._request(self.source.url, self.parse, self.failed, cb_kwargs={"first": True}, fatal=True)

    def _request(self, url: str, callback: Any, errback: Any, *, fatal: bool = False, **more: Any) -> Request:
        meta: dict[str, Any] = {"fatal": True} if fatal else {}
        if self.source.browser and not self.settings.get("SYMPOSIA_REPLAY"):
            meta |= browser_meta(self.settings.get("USER_AGENT"))
        return Request(url, callback, errback=errback, meta=meta, dont_filter=True, **more)

    def parse(self, response: Response, *, first: bool = False) -> Iterator[Request | Posting]:
        """A page of the listing: its postings, the detail pages that say more of them, and the pages after it."""
        extraction = self._extract(response, fatal=first)
        if extraction is None:
            self.cut = True
            return
        self.empty = self.empty or extraction.empty
        self._note_cap(response, extraction)
        for refusal in extraction.refusals:
            self.refused.append((None, refusal.what, refusal.reason))
        for posting in extraction.postings:
            yield self._detail_request(posting, extraction, response)
        yield from self._next_requests(extraction, response)

    def parse_detail(self, response: Response, *, listed: Posting) -> Iterator[Posting]:
        """The own page of an event that a listing names: the listing's posting, completed."""
        extraction = self._extract(response, fatal=False)
        detail = choose_detail(listed, extraction.postings) if extraction else None
        yield join(listed, detail) if detail else undetailed(listed)

    def failed(self, failure: TwistedFailure) -> None:
        """Called by Scrapy for a listing page that could not be fetched."""
        self.cut = True
        self._note(failure.value, failure.request)  # type: ignore[attr-defined]

    def detail_failed(self, failure: TwistedFailure) -> Iterator[Posting]:
        """Called by Scrapy for a detail page that could not be fetched: what the listing said still stands."""
        request: Request = failure.request  # type: ignore[attr-defined]
        self._note(failure.value, request)
        yield undetailed(request.cb_kwargs["listed"])

    def _extract(self, response: Response, *, fatal: bool) -> Extraction | None:
        try:
            extraction = extract(self._page(response))
            self._check_kind(extraction)
        except ExtractionError as error:
            self.failures.append(Failure(cause=error.cause, url=response.url, detail=str(error), fatal=fatal))
            return None
        self.crawler.stats.inc_value(f"events/extract/{extraction.kind}", len(extraction.postings))
        return extraction

    def _note_cap(self, response: Response, extraction: Extraction) -> None:
        """A full answer of a platform that leads on to no other is most likely a part of what there is."""
        reached = cap_reached(self._page(response), extraction)
        if reached:
            self.cut = True
            self.failures.append(Failure(cause=Cause.CAPPED, url=response.url, detail=reached, fatal=False))

    def _check_kind(self, extraction: Extraction) -> None:
        pinned = self.source.kind
        if pinned and extraction.kind != pinned and self.pages == 1 and not self._details:
            raise ExtractionError(Cause.WRONG_CONTENT, f"expected {pinned}, found {extraction.kind}")

    def _page(self, response: Response) -> Page:
        if len(response.body) > (most := self.settings.getint("DOWNLOAD_MAXSIZE")):
            # Scrapy sees to it for its own downloads, and nobody for a browser's.
            raise ExtractionError(Cause.TOO_LARGE, f"{len(response.body)} bytes are more than {most}")
        fetched_at: datetime = response.meta["fetched_at"]
        return Page(
            url=response.url,
            body=response.body,
            fetched_at=fetched_at,
            content_type=(response.headers.get("Content-Type") or b"").decode("latin-1"),
            source=self.source.id,
            timezone=self.source.timezone,
            language=self.source.language,
            region=self.source.region,
            topics=self.source.topics,
        )

    def _detail_request(self, posting: Posting, extraction: Extraction, response: Response) -> Request | Posting:
        """What asks for the event's own page; the posting itself where that has none, or is not to be read."""
        url = posting.url
        if url is None or url not in extraction.details or url in self._asked or not same_site(url, response.url):
            return posting
        if self._details >= self.source.max_details:
            self.crawler.stats.inc_value("events/crawl/details_over_bound")
            return undetailed(posting)
        self._asked.add(url)
        self._details += 1
        return self._request(url, self.parse_detail, self.detail_failed, cb_kwargs={"listed": posting}, priority=-1)

    def _next_requests(self, extraction: Extraction, response: Response) -> Iterator[Request]:
        for url in extraction.next_pages:
            if url in self._asked or not same_site(url, response.url):
                continue
            if self.pages >= self.source.max_pages:
                self.crawler.stats.inc_value("events/crawl/pages_over_bound")
                self.cut = True
                return
            self._asked.add(url)
            self.pages += 1
            yield self._request(url, self.parse, self.failed)

    def _note(self, error: BaseException | None, request: Request) -> None:
        detail = _said(error)
        fatal = request.meta.get("fatal", False)
        self.failures.append(Failure(cause=cause_of(error), url=request.url, detail=detail, fatal=fatal))


def undetailed(posting: Posting) -> Posting:
    """A posting whose own page should have been read, and was not: it says so, as it may say less than the time before."""
    return replace(posting, evidence=(*posting.evidence, (DETAIL, "not read")))


def _said(error: BaseException | None) -> str:
    """A line on what went wrong."""
    if isinstance(error, HttpError):
        return f"HTTP {error.response.status}"
    if cause_of(error) is Cause.NEEDS_BROWSER:
        return NO_BROWSER
    # A browser adds its log.
    return next((line for line in str(error).splitlines() if line.strip()), type(error).__name__)


def has_browser() -> bool:
    """Whether the extra is installed that pages are opened in a browser with."""
    return find_spec("scrapy_playwright") is not None


def browser_meta(user_agent: str | None) -> dict[str, Any]:
    """The `meta` of a request that a browser answers, once scripts have settled: who asks is the same as ever."""
    return {
        "playwright": True,
        "playwright_page_methods": [load_object("scrapy_playwright.page.PageMethod")(_settle)],
        "playwright_context_kwargs": {
            "user_agent": user_agent,
            "accept_downloads": False,
            "service_workers": "block",
        },
    }


async def _settle(page: Any) -> None:
    """Wait until a page asks for nothing more; for those that never cease to, as long as is decent."""
    with suppress(load_object("playwright.async_api.TimeoutError")):
        await page.wait_for_load_state("networkidle", timeout=SETTLED)


def is_unneeded(request: Any) -> bool:
    """Whether a browser's request is for what no event is written in: pictures, sound, fonts."""
    return request.resource_type in ("image", "media", "font")


def spider_class(source: Source) -> type[SourceSpider]:
    """The spider that reads `source`, named by its id."""
    return type("SourceSpider", (SourceSpider,), {"name": source.id, "source": source})


def same_site(one: str, other: str) -> bool:
    """Whether two addresses belong to one registered domain (the Public Suffix List's, as tldextract ships it)."""
    hosts = urlsplit(one).hostname, urlsplit(other).hostname
    return hosts[0] == hosts[1] or len({_registered(host or "") for host in hosts}) == 1


def _registered(host: str) -> str:
    found = _extractor()(host)
    return found.top_domain_under_public_suffix or host


@cache
def _extractor() -> TLDExtract:
    # Without these two, tldextract asks the network for a newer list.
    return TLDExtract(suffix_list_urls=(), cache_dir=None)
