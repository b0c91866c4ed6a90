"""The links of an event that are for something: to register, and to watch the recording."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
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
_MAX_LABEL = 200


def add_links(posting: Posting, page: Page, anchors: Iterable[html.HtmlElement]) -> Posting:
    """The posting with the addresses to register and to watch it that links of its own name, where it has none.

    Of several that are called the same, none is its own, unless they lead to one host: then the first.
    """
    found: dict[Role, dict[str, str]] = defaultdict(dict)
    for anchor in anchors:
        url, role = page.link(anchor.get("href")), _role(anchor, page)
        if url and role:
            found[role].setdefault(url, link_label(anchor))
    known: dict[str, Any] = {
        role.value: next(iter(urls))
        for role, urls in found.items()
        if _lead_to_one(urls) and not getattr(posting, role.value)
    }
    said = tuple((role.value, f"link: {found[role][known[role.value]]}") for role in found if role.value in known)
    return replace(posting, **known, evidence=(*posting.evidence, *said)) if known else posting


def add_page_links(extraction: Extraction, page: Page) -> Extraction:
    """The extraction, its one posting with the links of the page, which are its own then."""
    if len(extraction.postings) != 1:
        return extraction
    return replace(extraction, postings=(add_links(extraction.postings[0], page, _of_content(page)),))


def parse_links(markup: str | None) -> list[html.HtmlElement]:
    """The links of a description in HTML; an empty list where it has none, or is plain text."""
    if not markup or "<a" not in markup[:MAX_PROSE].lower():
        return []
    try:
        return list(html.fragment_fromstring(markup[:MAX_PROSE], create_parent="div").iter("a"))[:_MAX_LINKS]
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return []


def link_label(anchor: html.HtmlElement) -> str:
    """What a link is called: its words, else what it tells those who cannot see it."""
    return first_text(anchor, _MAX_LABEL) or str(anchor.get("aria-label") or anchor.get("title") or "")


def _of_content(page: Page) -> Iterator[html.HtmlElement]:
    """The links of a page that are for something, and stand in no navigation, footer or column at the side."""
    links = {one for one in islice(page.visible.iter("a"), _MAX_LINKS) if _role(one, page)}
    if not links:
        return
    within: html.HtmlElement | None = None
    for action, element in etree.iterwalk(page.visible, events=("start", "end")):
        if action == "end":
            within = None if element is within else within
        elif within is None and isinstance(element.tag, str) and is_aside(element):
            within = element
        elif within is None and element in links:
            yield element


def _role(anchor: html.HtmlElement, page: Page) -> Role | None:
    """What a link is for; None for nothing that is known, and where it leads but to a place of the page itself."""
    url = page.link(anchor.get("href"))
    return role_of(link_label(anchor), url) if url and not _is_here(url, page) else None


def _is_here(url: str, page: Page) -> bool:
    return url.split("#")[0] == page.url.split("#")[0]


def _lead_to_one(urls: Iterable[str]) -> bool:
    return len({urlsplit(url).netloc for url in urls}) == 1
