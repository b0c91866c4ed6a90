"""HTML pages: the events that a page states for machines, reconciled with those that it shows to readers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from spiders.extraction.classify.client_rendered import needs_browser
from spiders.extraction.formats.embedded import extract_embedded
from spiders.extraction.formats.eventon import with_eventon
from spiders.extraction.formats.schema_org import extract_schema_org
from spiders.extraction.listing.extract import extract_listing
from spiders.extraction.page import Extraction, Page, Refusal, distinct
from spiders.extraction.pagination import next_pages
from spiders.extraction.reconcile import is_doubtful, reconcile
from spiders.extraction.registration_links import add_page_links
from symposia.errors import Cause, ExtractionError

MAX_TAGS = 400_000
"""Opening and closing tags of a page: a listing of thousands of events has a tenth of that."""


def _extract_schema_org(page: Page) -> Extraction:
    """schema.org's events, with the times that EventON keeps in attributes of its own."""
    return with_eventon(page, extract_schema_org(page))


MACHINE_READABLE: tuple[Callable[[Page], Extraction], ...] = (_extract_schema_org, extract_embedded)
"""Readers of what an HTML page states for machines, most trusted first: the first that finds events is believed."""


class HtmlExtractor:
    """Reads HTML. Accepts every page, so it comes last."""

    name = "HTML"
    may_be_soft_error = True

    def accepts(self, page: Page) -> bool:
        """Always True: browsers show anything as HTML."""
        return True

    def extract(self, page: Page) -> Extraction:
        """Read what is stated for machines and, where that leaves doubts, the visible listing too.

        Raises:
            ExtractionError: The page has too many tags, or shows nothing until its scripts run.
        """
        if page.text.count("<") > MAX_TAGS:
            raise ExtractionError(Cause.TOO_LARGE, f"more than {MAX_TAGS:,} tags")
        found = _extract_machine_readable(page)
        if is_doubtful(found, page):
            found = reconcile(found, extract_listing(page))
        if not found.postings and needs_browser(page):
            raise ExtractionError(Cause.NEEDS_BROWSER, "scripts make this page: give the source `browser = true`")
        found = replace(found, next_pages=distinct((*found.next_pages, *next_pages(page))))
        return add_page_links(found, page)


def _extract_machine_readable(page: Page) -> Extraction:
    """The first of `MACHINE_READABLE` with events, else the last; with the refusals of those before it."""
    refusals: list[Refusal] = []
    found = Extraction(kind="html")
    for extract_format in MACHINE_READABLE:
        found = extract_format(page)
        refusals += found.refusals
        if found.postings:
            break
    return replace(found, refusals=tuple(refusals))
