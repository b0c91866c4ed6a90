"""A page in, postings out: by what the page is, not by what its address or its server calls it."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

from spiders.extraction.classify.client_rendered import needs_browser
from spiders.extraction.classify.soft_errors import check_page
from spiders.extraction.dom.pagination import next_pages
from spiders.extraction.dom.registration_links import with_links_of_page
from spiders.extraction.formats.embedded import extract_embedded
from spiders.extraction.formats.eventon import with_eventon
from spiders.extraction.formats.feed import extract_feed, is_feed
from spiders.extraction.formats.icalendar import extract_calendar, is_calendar
from spiders.extraction.formats.records import extract_records, is_records
from spiders.extraction.formats.schema_org import extract_structured
from spiders.extraction.listing.extract import extract_listing
from spiders.extraction.page import Extraction, Page, distinct
from spiders.extraction.reconcile import is_doubtful, weigh
from symposia.errors import Cause, ExtractionError
from symposia.facts.links import is_private_link
from symposia.posting import Posting

MAX_TAGS = 400_000
"""Tags of a page that are read; a listing of thousands of events has a tenth of that."""


def extract(page: Page) -> Extraction:
    """All that `page` says of events, from the most trustworthy format it holds.

    Raises ExtractionError for a page that is no listing at all: empty, blocked, not found, of another kind.
    """
    found = _extract(page)
    return replace(found, postings=tuple(map(_without_private_address, found.postings)))


def _extract(page: Page) -> Extraction:
    if is_calendar(page):
        return extract_calendar(page)
    check_page(page)
    if is_feed(page):
        return extract_feed(page)
    if is_records(page):
        return _from_data(page)
    return with_links_of_page(_from_html(page), page)


def _without_private_address(posting: Posting) -> Posting:
    """The posting without an address, and a key, that let whoever has them into its meeting."""
    if not is_private_link(posting.url) and not is_private_link(posting.source_key):
        return posting
    key = "sha256:" + sha256(posting.source_key.encode("utf-8", "replace")).hexdigest()[:32]
    return replace(
        posting,
        url=None if is_private_link(posting.url) else posting.url,
        source_key=key if is_private_link(posting.source_key) else posting.source_key,
        evidence=(*posting.evidence, ("url", "left out: a private link")),
    )


def _from_data(page: Page) -> Extraction:
    found = extract_structured(page)
    return found if found.postings else extract_records(page)


def _from_html(page: Page) -> Extraction:
    if page.text.count("<") > MAX_TAGS:
        raise ExtractionError(Cause.TOO_LARGE, f"more than {MAX_TAGS:,} tags")
    found = with_eventon(page, extract_structured(page))
    if not found.postings:
        found = replace(extract_embedded(page), refusals=found.refusals)
    if is_doubtful(found, page):
        found = weigh(found, extract_listing(page))
    if not found.postings and needs_browser(page):
        raise ExtractionError(Cause.NEEDS_BROWSER, "scripts make this page: give the source `browser = true`")
    return replace(found, next_pages=distinct((*found.next_pages, *next_pages(page))))
