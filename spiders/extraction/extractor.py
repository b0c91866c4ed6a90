"""The seam for formats: what every extractor offers, and how one is chosen for a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from spiders.extraction.page import Extraction, Page


class Extractor(Protocol):
    """One format that pages are published in, and how its events are read.

    Attributes:
        name: What the format is called, for people.
        may_be_soft_error: Whether a page that this extractor accepts may still be an error page served as
            200 OK. If so, the page is checked before it is read.
    """

    name: str
    may_be_soft_error: bool

    def accepts(self, page: Page) -> bool:
        """Whether the page is in this format, judged by its content: never by its address or media type."""
        ...

    def extract(self, page: Page) -> Extraction:
        """Read the events of a page that was accepted; no postings where it holds none."""
        ...


def choose_extractor(page: Page, extractors: Sequence[Extractor]) -> Extractor:
    """The first extractor that accepts the page.

    Raises:
        LookupError: No extractor accepts it.
    """
    for extractor in extractors:
        if extractor.accepts(page):
            return extractor
    raise LookupError(f"no extractor accepts {page.url}")
