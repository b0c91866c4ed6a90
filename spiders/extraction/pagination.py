"""Where a listing goes on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml import html

from spiders.extraction.lexicon.word_lists import word_list
from spiders.extraction.page import Page, distinct

_number = re.compile(r"(?:[?&](?:page|pagenumber|_page|paged|p|pg)=|/page/)(\d{1,4})(?!\d)", re.IGNORECASE)
_class = re.compile(r"(?:^|[\s_-])next(?:$|[\s_-])", re.IGNORECASE)


_dated = re.compile(r"/(?:19|20)\d\d(?:[-/]\d{1,2}){0,2}(?=/|$)")
_month = re.compile(
    r"(?<!\d)(20\d\d)[-/]?(0\d|1[0-2])(?!\d{3})|year=(20\d\d)&(?:\w+=\w*&)?month=(\d\d?)(?!\d)", re.IGNORECASE
)
PERIODS = (
    "month", "week", "monat", "woche", "mes", "semana", "mois", "semaine", "maand", "mese", "settimana", "mês", "månad", "måned", "vecka", "uke",
)  # fmt: skip
"""What a calendar shows at a time, casefolded. The next of them is the next page of a calendar, and of no other list."""
NEXT = (
    "next",
    "nächst",
    "siguiente",
    "próxim",
    "suivant",
    "prochain",
    "volgend",
    "successiv",
    "prossim",
    "seguinte",
    "nästa",
    "næste",
    "neste",
)


def next_pages(page: Page) -> tuple[str, ...]:
    """The address of the page after this one, on the same host: as the page marks it, by its number, else a calendar's next month.

    Empty where the page goes on nowhere. How many months are read is bounded by whoever asks for them, as for pages.
    """
    links = [link for link in page.tree.iter("a", "link") if link.get("href")]
    found = distinct(
        page.link(link.get("href")) for link in links if "next" in (link.get("rel") or "").casefold().split()
    )
    found = found or distinct(page.link(link.get("href")) for link in links if link.tag == "a" and _says_next(link))
    found = found or distinct(_numbered(page, links)) or distinct(_next_period(page, links))
    host = urlsplit(page.url).hostname
    return tuple(
        url for url in found if urlsplit(url).hostname == host and url.split("#")[0] != page.url.split("#")[0]
    )[:1]


def _says_next(link: html.HtmlElement) -> bool:
    words = _words(link)
    if words in word_list("listing", "next"):
        return True
    return bool(_class.search(link.get("class") or "")) and len(words) < 30 and not _is_period(words)


def _words(link: html.HtmlElement) -> str:
    text = link.get("aria-label") or link.text_content() or ""
    return " ".join((text.strip(" ›»→>") or link.get("title") or "").casefold().split()).strip(" ›»→>")


def _is_period(words: str) -> bool:
    return not set(PERIODS).isdisjoint(re.findall(r"\w+", words))


def _next_period(page: Page, links: list[html.HtmlElement]) -> Iterator[str]:
    """A calendar's link to its next month or week: marked as next, to this very path but for the date, and not to the past."""
    here = _month_of(page.url)
    for link in links:
        url = page.link(link.get("href")) if link.tag == "a" and _is_next_period(link) else None
        there = _month_of(url) if url else None
        if url and _path(url) == _path(page.url) and (here is None or there is None or there >= here):
            yield url


def _is_next_period(link: html.HtmlElement) -> bool:
    words = _words(link)
    marked = any(word in words for word in NEXT) or bool(_class.search(link.get("class") or ""))
    return marked and len(words) < 30 and _is_period(words)


def _path(url: str) -> str:
    return _dated.sub("", urlsplit(url).path).rstrip("/")


def _month_of(url: str) -> tuple[int, int] | None:
    """The month that an address names, "?month=2027-04", "/2027/04/", "?year=2027&month=4"; None where it names none."""
    match = _month.search(url)
    return (int(match[1] or match[3]), int(match[2] or match[4])) if match else None


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
