"""The one spider: it reads any source of the catalogue, its detail pages and its next pages, within bounds."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure as TwistedFailure

from spiders.browser_requests import NO_BROWSER, has_browser
from spiders.catalogue import Source
from spiders.catalogue_spider import CatalogueSpider, find_permanent_redirect
from spiders.crawl_pages import fetched_at, find_unmodified
from spiders.extraction.classify.platforms import cap_reached
from spiders.extraction.detail import choose_detail, merge_detail
from spiders.extraction.extract import extract
from spiders.extraction.page import Extraction, Page
from symposia.errors import Cause, ExtractionError
from symposia.outcome import Failure
from symposia.page_record import ListedPosting, PageRecord
from symposia.posting import DETAIL, Posting
from symposia.urls import same_site


class SourceSpider(CatalogueSpider):
    """Reads the listing of `source`, the pages that follow it, and the own pages of its events."""

    async def start(self) -> AsyncIterator[Request]:
        """Ask for the source's own address; for nothing where it needs a browser and there is none."""
        url = self.source.url
        if self.needs_browser and not has_browser():
            self.failures.append(Failure(cause=Cause.NEEDS_BROWSER, url=url, detail=NO_BROWSER, fatal=True))
            return
        record = self.pages.find_record(url)
        yield self.make_request(url, self.parse, self.failed, record, cb_kwargs={"first": True}, fatal=True)

    def parse(self, response: Response, *, first: bool = False) -> Iterator[Request | Posting]:
        """Read a page of the listing: its postings, the detail pages that say more of them, and the pages after it."""
        if first:
            self.moved = find_permanent_redirect(response)
        postings: tuple[Posting, ...] = ()
        if record := find_unmodified(response):
            self.refused += self.pages.mark_not_modified(record, fetched_at(response))
        else:
            extraction = self._extract(response, fatal=first)
            if extraction is None:
                self.listing.complete = False
                return
            record, postings = self._record_listing(response, extraction)
        self._note_listing(record, response)
        yield from postings
        for listed in record.listed:
            yield from self._follow_detail(listed, response)
        yield from self._follow_next_pages(record)

    def parse_detail(self, response: Response, *, listed: ListedPosting) -> Iterator[Posting]:
        """Read the own page of an event that a listing names, and complete the listing's posting by it."""
        if unmodified := find_unmodified(response):
            self.refused += self.pages.mark_not_modified(unmodified, fetched_at(response))
            return
        extraction = self._extract(response, fatal=False)
        posting = listed.posting
        if extraction is not None:
            record = self.pages.make_record(response)
            self.pages.add_record(replace(record, keys=(listed.key,), listing_digest=listed.listing_digest))
        detail = choose_detail(posting, extraction.postings) if extraction else None
        yield merge_detail(posting, detail) if detail else mark_detail_unread(posting)

    def failed(self, failure: TwistedFailure) -> None:
        """Note that a page of the listing could not be fetched."""
        self.listing.complete = False
        self.note_failure(failure.value, failure.request)  # type: ignore[attr-defined]  # Scrapy adds the request

    def detail_failed(self, failure: TwistedFailure) -> Iterator[Posting]:
        """Note that a detail page could not be fetched; what the listing said of the event still stands."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy adds it
        self.note_failure(failure.value, request)
        yield mark_detail_unread(request.cb_kwargs["listed"].posting)

    def _record_listing(self, response: Response, extraction: Extraction) -> tuple[PageRecord, tuple[Posting, ...]]:
        """Record a page of the listing; the record, and the postings that have no page of their own."""
        with_page = {url for url in extraction.details if same_site(url, response.url)}
        without_page = tuple(posting for posting in extraction.postings if posting.url not in with_page)
        refused = tuple((None, refusal.what, refusal.reason) for refusal in extraction.refusals)
        self.refused += refused
        record = replace(
            self.pages.make_record(response),
            keys=tuple(posting.source_key for posting in without_page),
            refused=refused,
            listed=tuple(
                ListedPosting.from_posting(posting, posting.url)
                for posting in extraction.postings
                if posting.url in with_page
            ),
            next_pages=tuple(url for url in extraction.next_pages if same_site(url, response.url)),
            empty=extraction.empty,
            # A platform's answer of the maximal length, without a next page, is most likely incomplete.
            capped=cap_reached(self._make_page(response), extraction),
        )
        self.pages.add_record(record)
        return record, without_page

    def _note_listing(self, record: PageRecord, response: Response) -> None:
        """Note what a page says of the whole listing: that it is empty, that it is cut, that it still brings something new."""
        self.listing.empty = self.listing.empty or record.empty
        if record.capped:
            self.listing.complete = False
            self.failures.append(Failure(cause=Cause.CAPPED, url=response.url, detail=record.capped, fatal=False))
        self.listing.note_keys([*record.keys, *(listed.key for listed in record.listed)])

    def _follow_detail(self, listed: ListedPosting, response: Response) -> Iterator[Request | Posting]:
        """Ask for an event's own page; where it is not to be asked for, yield what the listing says."""
        known = self.pages.known
        record = self.pages.find_record(listed.url, listed.listing_digest)
        is_past, is_soon = listed.key in known.past, listed.key in known.soon
        if self.listing.was_asked(listed.url):
            yield listed.posting
        elif record and (is_past or (not is_soon and record.is_fresh(fetched_at(response)))):
            self.listing.mark_asked(listed.url)  # The next event that shares the page need not ask either.
            self.refused += self.pages.mark_still_valid(record)
        elif is_past or self.listing.has_all_details:
            self.count("events/crawl/details_left_out")
            yield mark_detail_unread(listed.posting)
        else:
            self.listing.add_detail(listed.url)
            kwargs = {"listed": listed}
            yield self.make_request(
                listed.url, self.parse_detail, self.detail_failed, record, cb_kwargs=kwargs, priority=-1
            )

    def _follow_next_pages(self, record: PageRecord) -> Iterator[Request]:
        """Ask for the pages that follow one of the listing, as long as they bring something new, and within bounds."""
        if self.listing.is_barren:
            self.count("events/crawl/led_nowhere")
            return
        for url in record.next_pages:
            if self.listing.was_asked(url):
                continue
            if self.listing.has_all_pages:
                self.count("events/crawl/pages_over_bound")
                self.listing.complete = False
                return
            self.listing.add_page(url)
            yield self.make_request(url, self.parse, self.failed, self.pages.find_record(url))

    def _extract(self, response: Response, *, fatal: bool) -> Extraction | None:
        """Extract what a page says; where it cannot be read, note the failure and give None."""
        try:
            extraction = extract(self._make_page(response))
            self._check_kind(extraction)
        except ExtractionError as error:
            self.failures.append(Failure(cause=error.cause, url=response.url, detail=str(error), fatal=fatal))
            return None
        self.count(f"events/extract/{extraction.kind}", len(extraction.postings))
        return extraction

    def _check_kind(self, extraction: Extraction) -> None:
        """Check that a source's first page has the format that its entry demands (`kind`)."""
        pinned = self.source.kind
        if pinned and extraction.kind != pinned and self.listing.pages == 1 and not self.listing.details:
            raise ExtractionError(Cause.WRONG_CONTENT, f"expected {pinned}, found {extraction.kind}")

    def _make_page(self, response: Response) -> Page:
        max_size = self.settings.getint("DOWNLOAD_MAXSIZE")
        if len(response.body) > max_size:  # Scrapy bounds its own downloads, but not a browser's.
            raise ExtractionError(Cause.TOO_LARGE, f"{len(response.body)} bytes are more than {max_size}")
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


def mark_detail_unread(posting: Posting) -> Posting:
    """Note on a posting that its own page was not read: it may say less than the time before."""
    return replace(posting, evidence=(*posting.evidence, (DETAIL, "not read")))


def spider_class(source: Source) -> type[SourceSpider]:
    """Make the spider class that reads `source`, named by its id."""
    return type("SourceSpider", (SourceSpider,), {"name": source.id, "source": source})
