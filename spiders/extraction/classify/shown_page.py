"""A shown page: what the rules of soft errors ask of a page, as its reader sees it."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from lxml import html

from spiders.extraction.classify.empty_listing import says_it_is_empty
from spiders.extraction.dom.boilerplate import is_boilerplate
from spiders.extraction.dom.visible_lines import Line, visible_lines
from spiders.extraction.lexicon.soft_errors import fold_phrase
from spiders.extraction.page import Page
from symposia.when import find_when

BARE = 300
"""Characters of a page that shows a sentence or two."""
NEXT_TO_NOTHING = 600
"""Characters of a page that shows a short paragraph."""
LITTLE = 1_500
"""Characters of its own that a page may show and still be nothing but a soft error."""
_MUCH = 5_000
"""Characters of its own after which a page is read no further: it is no soft error."""
_MAX_HEADINGS = 2
"""Headings that say what a page is; later ones are of its parts."""
_MAX_DATED_LINES = 200
"""Lines in which a day is looked for."""
_MAX_DATED = 300
"""Characters of a line in which a day is looked for: a listing states it early."""
MAX_FIELDS = 50
"""Fields or buttons of a page that are looked at: a log-in has a handful."""
_title_parts = re.compile(r"\s[|–—·•»›-]\s|[|»]")
_clock_with_seconds = re.compile(r"\d\d:\d\d:\d\d")
"""A server's time stamp: walls and error pages state the moment, events do not."""


@dataclass(frozen=True)
class ShownPage:
    """What a page shows to its reader. Lines are as shown; titles, headings and text are folded for comparison."""

    page: Page
    title: str

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """All lines, boilerplate included."""
        return tuple(visible_lines(self.page.visible, most=_MUCH))

    @cached_property
    def own(self) -> tuple[Line, ...]:
        """The lines of the page's own part."""
        return tuple(line for line in self.lines if line.place.is_own)

    @cached_property
    def titles(self) -> AbstractSet[str]:
        """The title and its parts."""
        return title_parts(self.title)

    @cached_property
    def headings(self) -> AbstractSet[str]:
        """The first headings of the page's own part, and its first line if it shows next to nothing."""
        found = [line.text for line in self.own if line.place.tag in ("h1", "h2")][:_MAX_HEADINGS]
        found += [line.text for line in self.own[:1] if self.own_size <= NEXT_TO_NOTHING]
        return frozenset(map(fold_phrase, found)) - {""}

    @cached_property
    def own_size(self) -> int:
        """Characters of the page's own part."""
        return sum(len(line.text) for line in self.own)

    @cached_property
    def whole_size(self) -> int:
        """Characters of all that is shown."""
        return sum(len(line.text) for line in self.lines)

    @cached_property
    def text(self) -> str:
        """The words of the page's own part; "" if it shows more than a little."""
        return fold_phrase(" ".join(line.text for line in self.own)) if self.own_size <= LITTLE else ""

    @cached_property
    def says_something(self) -> bool:
        """Whether the page's own part names a day, or says that nothing is on: then it is the listing it seems to be."""
        return says_it_is_empty(self.page) or any(map(self._names_a_day, self.own[:_MAX_DATED_LINES]))

    def _names_a_day(self, line: Line) -> bool:
        text = line.text[:_MAX_DATED]
        is_copyright = text.casefold().startswith(("©", "copyright", "(c)"))
        if not re.search(r"\d", text) or _clock_with_seconds.search(text) or is_copyright:
            return False
        return any(when.start is not None for _, when in find_when(text, self.page.fetched_at, self.page.language))

    def count_fields(self, *types: str) -> int:
        """How many `<input>` fields of these types the page's own part shows; "" is the type of those that state none."""
        inputs = islice(self.page.visible.iter("input"), MAX_FIELDS)
        return sum((field.get("type") or "").casefold() in types and not _is_around(field) for field in inputs)


def title_parts(title: str) -> AbstractSet[str]:
    """A title, and its first and last part, beside which stands the name of the site, folded; empty for no title.

    >>> sorted(title_parts("Page not found | Reading Guild"))
    ['page not found', 'page not found | reading guild', 'reading guild']
    """
    parts = _title_parts.split(title)
    return frozenset(map(fold_phrase, (title, parts[0], parts[-1], title.rsplit(": ", 1)[-1]))) - {""}


def _is_around(element: html.HtmlElement) -> bool:
    return any(is_boilerplate(around, statements=True) for around in (element, *element.iterancestors()))
