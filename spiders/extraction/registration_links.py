"""Registration links: which links of an event are for registering, and which for watching the recording."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from lxml import etree, html

from spiders.extraction.dom.boilerplate import is_aside
from spiders.extraction.page import Extraction, Page
from symposia.facts.links import Role, role_of
from symposia.posting import Posting
from symposia.text.plain_text import MAX_PROSE, first_text

_MAX_LINKS = 2_000
"""Links of a page or a description that are looked at."""
_MAX_LABEL = 200
"""Characters of a link that say what it is for."""


def add_links(posting: Posting, page: Page, anchors: Iterable[html.HtmlElement]) -> Posting:
    """Complete a posting with the addresses to register at and to watch it, where it has none.

    Of several links for one purpose the first is taken if they lead to one host; else none, as they may be other events'.

    Args:
        posting: The event.
        page: Where it was found, to resolve addresses.
        anchors: The `<a>` elements that are the event's own.
    """
    found: dict[Role, dict[str, str]] = defaultdict(dict)
    for anchor in anchors:
        url, role = page.link(anchor.get("href")), _role_on_page(anchor, page)
        if url and role:
            found[role].setdefault(url, link_label(anchor))
    added: dict[str, Any] = {}
    evidence = list(posting.evidence)
    for role, labels in found.items():
        if _share_host(labels) and not getattr(posting, role.value):
            url, label = next(iter(labels.items()))
            added[role.value] = url
            evidence.append((role.value, f"link: {label}"))
    return replace(posting, **added, evidence=tuple(evidence)) if added else posting


def add_page_links(extraction: Extraction, page: Page) -> Extraction:
    """Complete the one posting of a page with the page's links; with several postings, it is not known whose they are."""
    if len(extraction.postings) != 1:
        return extraction
    return replace(extraction, postings=(add_links(extraction.postings[0], page, _own_links(page)),))


def parse_links(markup: str | None) -> Sequence[html.HtmlElement]:
    """The links in a description; none where it has none, or is plain text.

    >>> [link_label(link) for link in parse_links("Come! <a href='/form/1'>Sign up</a>")]
    ['Sign up']
    """
    if not markup or "<a" not in markup[:MAX_PROSE].lower():
        return ()
    try:
        return list(html.fragment_fromstring(markup[:MAX_PROSE], create_parent="div").iter("a"))[:_MAX_LINKS]
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return ()


def link_label(anchor: html.HtmlElement) -> str:
    """What a link is called: its words, else what it tells those who cannot see its picture."""
    return first_text(anchor, _MAX_LABEL) or str(anchor.get("aria-label") or anchor.get("title") or "")


def _own_links(page: Page) -> Iterator[html.HtmlElement]:
    """The links with a purpose that stand in the page's own part: not in its navigation, footer or side columns."""
    links = {anchor for anchor in islice(page.visible.iter("a"), _MAX_LINKS) if _role_on_page(anchor, page)}
    if not links:
        return
    skipped: html.HtmlElement | None = None
    for action, element in etree.iterwalk(page.visible, events=("start", "end")):
        if action == "end":
            skipped = None if element is skipped else skipped
        elif skipped is None and isinstance(element.tag, str) and is_aside(element):
            skipped = element
        elif skipped is None and element in links:
            yield element


def _role_on_page(anchor: html.HtmlElement, page: Page) -> Role | None:
    """What a link is for; None where that is not known, and where it leads to a place on the page itself."""
    url = page.link(anchor.get("href"))
    is_elsewhere = url is not None and url.split("#")[0] != page.url.split("#")[0]
    return role_of(link_label(anchor), url) if url and is_elsewhere else None


def _share_host(urls: Iterable[str]) -> bool:
    return len({urlsplit(url).netloc for url in urls}) == 1
