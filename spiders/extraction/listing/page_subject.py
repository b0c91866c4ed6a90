"""The subject of a page: what it is about as a whole, for an event that has no title of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from urllib.parse import unquote, urlsplit

from spiders.extraction.lexicon.title_words import has_event_word, is_list_title, is_specific
from spiders.extraction.lexicon.titles import TitleCandidate, clean_title
from spiders.extraction.listing.title_candidates import weigh_words
from spiders.extraction.listing.weights import load_weights
from spiders.extraction.page import Page
from symposia.text.plain_text import first_text, one_line

_MAX_HEADINGS = 4
"""First headings among which the subject is."""
_MAX_TEXT = 300
"""Characters of a heading, or of the <title>."""
_separators = re.compile(r"\s+[|–—»«>:·•-]\s+|\s*[|»«]\s*")
"""What sets the parts of a <title> off from each other: the page's, the section's, the site's."""


def page_subject(page: Page) -> TitleCandidate | None:
    """What the page is about, by its first headings, its <title> or its URL; None where they say nothing."""
    title_parts = _split_title(page)
    site_name = clean_title(_read_meta(page, "og:site_name"))
    candidates = _weigh_candidates(page, title_parts, site_name)
    specific = load_weights().subject.specific
    best = max(
        candidates,
        key=lambda candidate: candidate.weight + specific * is_specific(candidate.text),
        default=None,
    )
    best = best or _read_url(page)
    return _with_owner(best, site_name, candidates) if best else None


def _weigh_candidates(page: Page, title_parts: Sequence[str], site_name: str | None) -> list[TitleCandidate]:
    weights = load_weights().subject
    texts = [(first_text(heading, _MAX_TEXT), "h1") for heading in islice(page.visible.iter("h1"), _MAX_HEADINGS)]
    texts += [(part, "title") for part in title_parts]
    in_title = {clean_title(part) for part in title_parts}
    return [
        TitleCandidate(
            title,
            evidence,
            weigh_words(title)
            + weights.heading * (evidence == "h1")
            + weights.in_title * (title in in_title)
            + weights.site_name * (title == site_name)
            + weights.list_title * is_list_title(title)
            + weights.next_text * number,
            borrowed=True,
        )
        for number, (text, evidence) in enumerate(texts)
        if (title := clean_title(text))
    ]


def _with_owner(title: TitleCandidate, site_name: str | None, candidates: Sequence[TitleCandidate]) -> TitleCandidate:
    """A title of one word that many have ("Board"), with whose it is, where the page says that: "HMC: Board"."""
    if " " in title.text or not has_event_word(title.text):
        return title
    others = [candidate.text for candidate in candidates if candidate.text != title.text]
    owner = site_name or max(others, key=len, default=None)
    return title._replace(text=f"{owner}: {title.text}") if owner else title


def _read_url(page: Page) -> TitleCandidate | None:
    """The last words of the URL's path with a word for events: "Board of trustees" of `/board-of-trustees/meetings`."""
    segments = urlsplit(page.url).path.split("/")
    phrases = [unquote(segment).replace("-", " ").replace("_", " ") for segment in reversed(segments)]
    titles = (clean_title(phrase) for phrase in phrases if has_event_word(phrase))
    title = next((title for title in titles if title and " " in title), None)
    if title is None:
        return None
    return TitleCandidate(title[:1].upper() + title[1:], "address", load_weights().subject.url, borrowed=True)


def _split_title(page: Page) -> list[str]:
    title = one_line(page.tree.findtext(".//title"), limit=_MAX_TEXT)
    return _separators.split(title or "")


def _read_meta(page: Page, property_name: str) -> str | None:
    return next((meta.get("content") for meta in page.tree.iter("meta") if meta.get("property") == property_name), None)
