"""What stands around a listing: navigation, footers, columns at the side, and what a page hides."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

from lxml import html

from spiders.extraction.dom.headings import HEADINGS
from spiders.extraction.lexicon.title_words import has_plural_event_word
from symposia.text.plain_text import first_text

_UNREAD = {"nav", "footer", "script", "style", "noscript", "template", "button", "svg", "head"}
_aside_class = re.compile(
    r"(?:^|[-_])(?:breadcrumbs?|sidebar|copyright|comments?|footer|site-header|cookie)(?:$|[-_])", re.IGNORECASE
)
_panel_class = re.compile(r"panel|accordion|collaps|tab-?content|tab-?pane|toggle|faq|answer", re.IGNORECASE)
_both_class = re.compile(r"(?:^|[-_])(?:has|with|w|no|not|content|page|main|layout|row)(?:$|[-_])", re.IGNORECASE)
"""In the name of an element that stands beside an aside, or holds one: "has-sidebar", "content-sidebar"."""


def is_aside(element: html.HtmlElement, everywhere: bool = False) -> bool:
    """Whether an element holds what stands around a listing: navigation, a footer, a column at the side."""
    tag = element.tag
    if tag in _UNREAD:
        return True
    # Most elements of a page have no attribute, and each is asked this several times.
    described = bool(element.keys())
    if described and _is_hidden(element) and not _is_panel(element):
        return True
    if everywhere or tag == "body":
        return False
    if tag == "select":
        return True
    at_the_side = tag in ("aside", "header") or (described and _is_called_aside(element))
    return at_the_side and not _holds_the_page(element) and not _speaks_of_events(element)


def _is_hidden(element: html.HtmlElement) -> bool:
    return element.get("aria-hidden") == "true" or element.get("hidden") is not None


def _is_panel(element: html.HtmlElement) -> bool:
    """Whether what is hidden is shown on request: the panel of an accordion, or of a tab."""
    called = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('role') or ''}"
    return _panel_class.search(called) is not None


def _is_called_aside(element: html.HtmlElement) -> bool:
    return _calls_aside(element.get("class")) or _calls_aside(element.get("id"))


@lru_cache(maxsize=4_096)
def _calls_aside(names: str | None) -> bool:
    """Whether one of the names that an attribute gives an element is that of an aside; cards by the dozen have the same."""
    called = (names or "").split()
    return any(_aside_class.search(name) and not _both_class.search(name) for name in called)


def _holds_the_page(element: html.HtmlElement) -> bool:
    """Whether an element, whatever it is called, is what the page is about: "left-content-right-sidebar" holds both."""
    if element.tag == "header" and any(
        one.tag in ("main", "article", "section", "li") for one in element.iterancestors()
    ):
        return True
    if any(len(first_text(one, 80)) > 80 for one in element.iter("main", "article")):
        return True
    if element.tag != "header" and next(element.iter("h1"), None) is not None:
        return True
    body = next(element.iterancestors("body"), None)
    return body is not None and len(first_text(element, 100_000)) > 0.6 * _size(body)


@lru_cache(maxsize=2)
def _size(body: html.HtmlElement) -> int:
    """How much text a page has, which is asked for each of its asides."""
    return len(first_text(body, 100_000))


def _speaks_of_events(element: html.HtmlElement) -> bool:
    """Whether a column at the side is a listing of its own, by its name or its first headings: "Upcoming events"."""
    names = re.sub(r"[-_]", " ", f"{element.get('class') or ''} {element.get('id') or ''}")
    headings = (first_text(one, 80) for one in islice(element.iter(*HEADINGS), 4))
    return element.tag != "header" and any(has_plural_event_word(text) for text in (names, *headings))
