"""Where a listing goes on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml import html

from spiders.extraction.marks import marks
from spiders.extraction.page import Page, distinct

_number = re.compile(r"(?:[?&](?:page|pagenumber|_page|paged|p|pg)=|/page/)(\d{1,4})(?!\d)", re.IGNORECASE)
_class = re.compile(r"(?:^|[\s_-])next(?:$|[\s_-])", re.IGNORECASE)


def next_pages(page: Page) -> tuple[str, ...]:
    """The address of the page after this one, on the same host: as the page marks it, else by its number. Empty for none."""
    links = [link for link in page.tree.iter("a", "link") if link.get("href")]
    found = distinct(
        page.link(link.get("href")) for link in links if "next" in (link.get("rel") or "").casefold().split()
    )
    found = found or distinct(page.link(link.get("href")) for link in links if link.tag == "a" and _says_next(link))
    found = found or distinct(_numbered(page, links))
    host = urlsplit(page.url).hostname
    return tuple(
        url for url in found if urlsplit(url).hostname == host and url.split("#")[0] != page.url.split("#")[0]
    )[:1]


def _says_next(link: html.HtmlElement) -> bool:
    words = " ".join((link.get("aria-label") or link.text_content() or "").casefold().split()).strip(" ›»→>")
    if words in marks("listing", "next"):
        return True
    return bool(_class.search(link.get("class") or "")) and len(words) < 30 and "month" not in words


def _numbered(page: Page, links: list[html.HtmlElement]) -> Iterator[str]:
    """Links to this very address but for a page number that is one higher."""
    here = _number.search(page.url)
    number = int(here[1]) if here else 1
    shape = _shape(page.url)
    for link in links:
        url = page.link(link.get("href"))
        found = _number.search(url) if url else None
        if url and found and int(found[1]) == number + 1 and (_shape(url) == shape or here is None):
            yield url


def _shape(url: str) -> str:
    return _number.sub("#", url)
