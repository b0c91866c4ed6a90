"""Progress through a listing: which addresses were requested, and when to stop."""

from __future__ import annotations

from collections.abc import Iterable

from spiders.catalogue import Source
from symposia.urls import page_name

MAX_BARREN_PAGES = 6
"""Pages in a row that list nothing new, after which a listing is read no further.

Calendars go on for ever, and some sites link to the same page under new addresses again and again. Six months without an event
are longer than a school's summer.
"""


class ListingProgress:
    """The addresses that a crawl of one source has asked for, and how many of each sort.

    `pages` counts those of the listing, `details` the events' own. An address counts as asked for under whichever of its
    names it is linked (see `page_name`). `complete`: no page of the listing was left out, or may have left something out.
    `empty`: a page says that nothing is listed.
    """

    def __init__(self, source: Source) -> None:
        self.pages = 1
        self.details = 0
        self.complete = True
        self.empty = False
        self._source = source
        self._asked = {page_name(source.url)}
        self._keys: set[str] = set()
        self._barren_pages = 0

    @property
    def is_barren(self) -> bool:
        """Whether so many pages in a row listed nothing new that those after them are not worth asking for."""
        return self._barren_pages >= MAX_BARREN_PAGES

    @property
    def has_all_pages(self) -> bool:
        """Whether as many pages of the listing were asked for as the source's entry allows."""
        return self.pages >= self._source.max_pages

    @property
    def has_all_details(self) -> bool:
        """Whether as many pages of events were asked for as the source's entry allows."""
        return self.details >= self._source.max_details

    def was_asked(self, url: str) -> bool:
        """Whether a page was asked for, or need not be."""
        return page_name(url) in self._asked

    def mark_asked(self, url: str) -> None:
        """Note that a page need not be asked for again."""
        self._asked.add(page_name(url))

    def add_page(self, url: str) -> None:
        """Count a page of the listing that is asked for."""
        self.mark_asked(url)
        self.pages += 1

    def add_detail(self, url: str) -> None:
        """Count an event's own page that is asked for."""
        self.mark_asked(url)
        self.details += 1

    def note_keys(self, keys: Iterable[str]) -> None:
        """Note the keys of what a page of the listing lists, to tell whether any of it is new."""
        new = set(keys) - self._keys
        self._barren_pages = 0 if new else self._barren_pages + 1
        self._keys |= new
