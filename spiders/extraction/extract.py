"""Turn a page into postings. The content decides its format, not the address or the media type."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spiders.extraction.classify.soft_errors import check_page
from spiders.extraction.extractor import Extractor, choose_extractor
from spiders.extraction.formats.feed import FeedExtractor
from spiders.extraction.formats.icalendar import ICalendarExtractor
from spiders.extraction.formats.records import RecordsExtractor
from spiders.extraction.html_page import HtmlExtractor
from spiders.extraction.page import Extraction, Page
from symposia.posting import Posting, digest_key
from symposia.private_links import is_private_link

EXTRACTORS: tuple[Extractor, ...] = (
    ICalendarExtractor(),
    FeedExtractor(),
    RecordsExtractor(),
    HtmlExtractor(),
)
"""The formats, in order: the first that accepts a page reads it. The last one accepts every page."""


def extract(page: Page, extractors: Sequence[Extractor] = EXTRACTORS) -> Extraction:
    """Read all that the page says about events, with the first of the extractors that accepts it.

    Raises ExtractionError for a page that is no listing at all: empty, blocked, not found, or in another format.
    """
    extractor = choose_extractor(page, extractors)
    if extractor.may_be_soft_error:
        check_page(page)
    found = extractor.extract(page)
    return replace(found, postings=tuple(map(_without_private_links, found.postings)))


def _without_private_links(posting: Posting) -> Posting:
    """The posting without a URL, or a key, that would let anyone who sees it into the meeting."""
    if not is_private_link(posting.url) and not is_private_link(posting.source_key):
        return posting
    key = digest_key(posting.source_key)
    return replace(
        posting,
        url=None if is_private_link(posting.url) else posting.url,
        source_key=key if is_private_link(posting.source_key) else posting.source_key,
        evidence=(*posting.evidence, ("url", "left out: a private link")),
    )
