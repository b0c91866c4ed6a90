"""The one spider: it reads any source of the catalogue, its detail pages and its next pages, within bounds."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response
from scrapy.settings import BaseSettings
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure as TwistedFailure

from spiders.browser_requests import NO_BROWSER, has_browser, is_unwanted_request, make_browser_meta
from spiders.catalogue import Source
from spiders.causes import find_cause
from spiders.crawl_pages import CrawlPages, conditional_headers, conditional_meta, fetched_at, find_unmodified
from spiders.extraction.classify.platforms import cap_reached
from spiders.extraction.detail import choose_detail, join
from spiders.extraction.extract import extract
from spiders.extraction.page import Extraction, Page
from spiders.hosts import HostLedger
from symposia.errors import Cause, ExtractionError
from symposia.moments import instant_from_text
from symposia.outcome import Failure, Refused
from symposia.page_record import ListedPosting, PageRecord
from symposia.posting import DETAIL, Posting
from symposia.urls import page_name, same_site

BARREN = 6
"""Pages in a row that list nothing that was not listed before, after which a listing is read no further: a calendar goes on

for ever, and some sites call the same page ever anew. Half a year without an event is longer than a school's summer."""


class SourceSpider(Spider):
    """Reads `source`. What went wrong is kept in `failures` and `refused`; `empty`: the source says that it lists nothing.

    `cut`: a page of the listing was not read, or may have left something out. `moved`: where the source's own address leads
    for good. `book` holds what was known of its pages, and what is learned; `ledger` what is asked of which host.
    """

    source: Source

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.failures: list[Failure] = []
        self.refused: list[Refused] = []
        self.empty = False
        self.cut = False
        self.moved: str | None = None
        self.pages = 1
        self.book = CrawlPages(self.source)
        self.ledger = HostLedger()
        self._asked = {page_name(self.source.url)}
        self._details = 0
        self._barren = 0
        self._keys: set[str] = set()

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Called by Scrapy: a source that needs a browser gets one, unless an archive answers in its place."""
        super().update_settings(settings)
        if cls.source.browser and not settings.get("SYMPOSIA_REPLAY") and has_browser():
            settings.setdict(settings.getdict("SYMPOSIA_BROWSER"), priority="spider")
            unwanted = partial(is_unwanted_request, allow_private=settings.getbool("SYMPOSIA_ALLOW_PRIVATE"))
            settings.set("PLAYWRIGHT_ABORT_REQUEST", unwanted, priority="spider")
            if settings.get("LOG_LEVEL") not in ("DEBUG", "INFO"):
                # It logs a traceback for each page that fails; that is said once, by the source's cause.
                logging.getLogger("scrapy-playwright").setLevel(logging.ERROR)

    async def start(self) -> AsyncIterator[Request]:
        """Called by Scrapy: the source's own address; nothing where it needs a browser and there is none."""
        if self.source.browser and not self.settings.get("SYMPOSIA_REPLAY") and not has_browser():
            self.failures.append(Failure(cause=Cause.NEEDS_BROWSER, url=self.source.url, detail=NO_BROWSER, fatal=True))
            return
        known = self.book.known(self.source.url)
        yield self._request(self.source.url, self.parse, self.failed, known, cb_kwargs={"first": True}, fatal=True)

    def now(self) -> datetime:
        """This moment, in UTC, to the second; or the one that SYMPOSIA_NOW (ISO 8601) has all clocks of a crawl show."""
        told = self.settings.get("SYMPOSIA_NOW")
        return (instant_from_text(told).astimezone(UTC) if told else datetime.now(UTC)).replace(microsecond=0)

    def _request(
        self, url: str, callback: Any, errback: Any, known: PageRecord | None, *, fatal: bool = False, **more: Any
    ) -> Request:
        """What asks for a page; where it is `known`, for whether it has changed."""
        meta: dict[str, Any] = {"asked": url, **conditional_meta(known), **({"fatal": True} if fatal else {})}
        headers = conditional_headers(known)
        if self.source.browser and not self.settings.get("SYMPOSIA_REPLAY"):
            # What scripts make of a page is not what the server can tell to be the same.
            meta, headers = meta | make_browser_meta(self.settings.get("USER_AGENT")), {}
        return Request(url, callback, errback=errback, meta=meta, headers=headers, dont_filter=True, **more)

    def parse(self, response: Response, *, first: bool = False) -> Iterator[Request | Posting]:
        """A page of the listing: its postings, the detail pages that say more of them, and the pages after it."""
        if first:
            self.moved = permanent_redirect(response)
        postings: tuple[Posting, ...] = ()
        if visit := find_unmodified(response):
            self.refused += self.book.again(visit, fetched_at(response))
        else:
            extraction = self._extract(response, fatal=first)
            if extraction is None:
                self.cut = True
                return
            visit, postings = self._visit(response, extraction)
        self._note(visit, response)
        yield from postings
        for listed in visit.listed:
            yield from self._detail(listed, response)
        yield from self._next_requests(visit, response)

    def _visit(self, response: Response, extraction: Extraction) -> tuple[PageRecord, tuple[Posting, ...]]:
        """What is to be remembered of a page of the listing, and its postings that have no page of their own."""
        able = {url for url in extraction.details if same_site(url, response.url)}
        alone = tuple(one for one in extraction.postings if one.url not in able)
        refused = tuple((None, one.what, one.reason) for one in extraction.refusals)
        self.refused += refused
        visit = replace(
            self.book.visit(response),
            keys=tuple(one.source_key for one in alone),
            refused=refused,
            listed=tuple(ListedPosting.of(one, one.url) for one in extraction.postings if one.url in able),
            next_pages=tuple(url for url in extraction.next_pages if same_site(url, response.url)),
            empty=extraction.empty,
            # A full answer of a platform that leads on to no other is most likely a part of what there is.
            capped=cap_reached(self._page(response), extraction),
        )
        self.book.remember(visit)
        return visit, alone

    def _note(self, visit: PageRecord, response: Response) -> None:
        """What a page of the listing says of the listing: whether there is any, whether it is cut, whether it goes on."""
        self.empty = self.empty or visit.empty
        if visit.capped:
            self.cut = True
            self.failures.append(Failure(cause=Cause.CAPPED, url=response.url, detail=visit.capped, fatal=False))
        keys = {*visit.keys, *(listed.key for listed in visit.listed)}
        self._barren = 0 if keys - self._keys else self._barren + 1
        self._keys |= keys

    def _detail(self, listed: ListedPosting, response: Response) -> Iterator[Request | Posting]:
        """What asks for the event's own page; what the listing says, where that is not to be asked for."""
        name, known = page_name(listed.url), self.book.known(listed.url, listed.line)
        if name in self._asked:
            yield listed.posting
        elif known and (listed.key in self.book.memory.over or self._rests(known, listed, response)):
            self._asked.add(name)  # Nor for the next event that shares the page.
            self.refused += self.book.stands(known)
        elif listed.key in self.book.memory.over or self._details >= self.source.max_details:
            self.crawler.stats.inc_value("events/crawl/details_left_out")
            yield mark_detail_unread(listed.posting)
        else:
            self._asked.add(name)
            self._details += 1
            of = {"listed": listed}
            yield self._request(listed.url, self.parse_detail, self.detail_failed, known, cb_kwargs=of, priority=-1)

    def _rests(self, known: PageRecord, listed: ListedPosting, response: Response) -> bool:
        return listed.key not in self.book.memory.soon and known.rests(fetched_at(response))

    def parse_detail(self, response: Response, *, listed: ListedPosting) -> Iterator[Posting]:
        """The own page of an event that a listing names: the listing's posting, completed."""
        if visit := find_unmodified(response):
            self.refused += self.book.again(visit, fetched_at(response))
            return
        extraction = self._extract(response, fatal=False)
        posting = listed.posting
        if extraction is not None:
            self.book.remember(replace(self.book.visit(response), keys=(listed.key,), line=listed.line))
        detail = choose_detail(posting, extraction.postings) if extraction else None
        yield join(posting, detail) if detail else mark_detail_unread(posting)

    def failed(self, failure: TwistedFailure) -> None:
        """Called by Scrapy for a listing page that could not be fetched."""
        self.cut = True
        self._failed(failure.value, failure.request)  # type: ignore[attr-defined]

    def detail_failed(self, failure: TwistedFailure) -> Iterator[Posting]:
        """Called by Scrapy for a detail page that could not be fetched: what the listing said still stands."""
        request: Request = failure.request  # type: ignore[attr-defined]
        self._failed(failure.value, request)
        yield mark_detail_unread(request.cb_kwargs["listed"].posting)

    def _extract(self, response: Response, *, fatal: bool) -> Extraction | None:
        try:
            extraction = extract(self._page(response))
            self._check_kind(extraction)
        except ExtractionError as error:
            self.failures.append(Failure(cause=error.cause, url=response.url, detail=str(error), fatal=fatal))
            return None
        self.crawler.stats.inc_value(f"events/extract/{extraction.kind}", len(extraction.postings))
        return extraction

    def _check_kind(self, extraction: Extraction) -> None:
        pinned = self.source.kind
        if pinned and extraction.kind != pinned and self.pages == 1 and not self._details:
            raise ExtractionError(Cause.WRONG_CONTENT, f"expected {pinned}, found {extraction.kind}")

    def _page(self, response: Response) -> Page:
        if len(response.body) > (most := self.settings.getint("DOWNLOAD_MAXSIZE")):
            # Scrapy sees to it for its own downloads, and nobody for a browser's.
            raise ExtractionError(Cause.TOO_LARGE, f"{len(response.body)} bytes are more than {most}")
        return Page(
            url=response.url,
            body=response.body,
            fetched_at=fetched_at(response),
            content_type=(response.headers.get("Content-Type") or b"").decode("latin-1"),
            source=self.source.id,
            timezone=self.source.timezone,
            language=self.source.language,
            region=self.source.region,
            topics=self.source.topics,
        )

    def _next_requests(self, visit: PageRecord, response: Response) -> Iterator[Request]:
        if self._barren >= BARREN:
            self.crawler.stats.inc_value("events/crawl/led_nowhere")
            return
        for url in visit.next_pages:
            if page_name(url) in self._asked:
                continue
            if self.pages >= self.source.max_pages:
                self.crawler.stats.inc_value("events/crawl/pages_over_bound")
                self.cut = True
                return
            self._asked.add(page_name(url))
            self.pages += 1
            yield self._request(url, self.parse, self.failed, self.book.known(url))

    def _failed(self, error: BaseException | None, request: Request) -> None:
        detail = _said(error)
        fatal = request.meta.get("fatal", False)
        if fatal and isinstance(error, HttpError):
            self.moved = permanent_redirect(error.response)
        self.failures.append(Failure(cause=find_cause(error), url=request.url, detail=detail, fatal=fatal))


def mark_detail_unread(posting: Posting) -> Posting:
    """A posting whose own page should have been read, and was not: it says so, as it may say less than the time before."""
    return replace(posting, evidence=(*posting.evidence, (DETAIL, "not read")))


def permanent_redirect(response: Response) -> str | None:
    """Where the address that was asked for leads for good (RFC 9110, 15.4.2 and 15.4.9); None where it leads nowhere else."""
    reasons = response.meta.get("redirect_reasons", [])
    return response.url if reasons and all(reason in (301, 308) for reason in reasons) else None


def _said(error: BaseException | None) -> str:
    """A line on what went wrong."""
    if isinstance(error, HttpError):
        return f"HTTP {error.response.status}"
    if find_cause(error) is Cause.NEEDS_BROWSER:
        return NO_BROWSER
    reasons = getattr(error, "reasons", None) or getattr(getattr(error, "__cause__", None), "reasons", None)
    if reasons:  # Twisted's, of a connection that broke
        return str(reasons[0].getErrorMessage())
    # A browser adds its log.
    return next((line for line in str(error).splitlines() if line.strip()), type(error).__name__)


def spider_class(source: Source, base: type[SourceSpider] = SourceSpider) -> type[SourceSpider]:
    """The spider that reads `source`, named by its id; a subclass of `base`."""
    return type(base.__name__, (base,), {"name": source.id, "source": source})
