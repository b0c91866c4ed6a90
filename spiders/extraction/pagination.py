"""Pagination: where a listing continues. The next page of a list, the next month of a calendar."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from lxml import html

from spiders.extraction.lexicon.word_lists import word_list
from spiders.extraction.page import Page, distinct
from symposia.text.toml_files import toml_at

_MAX_WORDS = 29
"""Characters of a link that means "next": longer ones name what follows."""
_ARROWS = " ›»→>"
_number = re.compile(r"(?:[?&](?:page|pagenumber|_page|paged|p|pg)=|/page/)(\d{1,4})(?!\d)", re.IGNORECASE)
_next_class = re.compile(r"(?:^|[\s_-])next(?:$|[\s_-])", re.IGNORECASE)
_date_in_path = re.compile(r"/(?:19|20)\d\d(?:[-/]\d{1,2}){0,2}(?=/|$)")
_month = re.compile(
    r"(?<!\d)(20\d\d)[-/]?(0\d|1[0-2])(?!\d{3})|year=(20\d\d)&(?:\w+=\w*&)?month=(\d\d?)(?!\d)", re.IGNORECASE
)


def next_pages(page: Page) -> tuple[str, ...]:
    """The address of the next page, on the same host; none or one.

    It is what `rel=next` names, else a link called "Next", else the next page number, else a calendar's next month or week.
    The crawl decides how many of them to follow.
    """
    links = [link for link in page.tree.iter("a", "link") if link.get("href")]
    found = (
        distinct(page.link(link.get("href")) for link in links if "next" in (link.get("rel") or "").casefold().split())
        or distinct(page.link(link.get("href")) for link in links if link.tag == "a" and _is_called_next(link))
        or distinct(_next_numbers(page, links))
        or distinct(_next_periods(page, links))
    )
    host = urlsplit(page.url).hostname
    here = page.url.split("#")[0]
    return tuple(url for url in found if urlsplit(url).hostname == host and url.split("#")[0] != here)[:1]


def _is_called_next(link: html.HtmlElement) -> bool:
    words = _words_of(link)
    if words in word_list("listing", "next"):
        return True
    return (
        _next_class.search(link.get("class") or "") is not None and len(words) <= _MAX_WORDS and not _is_period(words)
    )


def _words_of(link: html.HtmlElement) -> str:
    """What a link is called, casefolded: its label for screen readers, else its text, else its title."""
    text = link.get("aria-label") or link.text_content() or ""
    return " ".join((text.strip(_ARROWS) or link.get("title") or "").casefold().split()).strip(_ARROWS)


def _is_period(words: str) -> bool:
    return not set(_load_words()["periods"]).isdisjoint(re.findall(r"\w+", words))


def _next_periods(page: Page, links: Sequence[html.HtmlElement]) -> Iterator[str]:
    """A calendar's links to its next month or week: on this very path, dates left out, and not into the past."""
    here = _month_of(page.url)
    for link in links:
        url = page.link(link.get("href")) if link.tag == "a" and _is_called_next_period(link) else None
        there = _month_of(url) if url else None
        is_past = here is not None and there is not None and there < here
        if url and _undated_path(url) == _undated_path(page.url) and not is_past:
            yield url


def _is_called_next_period(link: html.HtmlElement) -> bool:
    words = _words_of(link)
    is_next = any(stem in words for stem in _load_words()["next"]) or _next_class.search(link.get("class") or "")
    return bool(is_next) and len(words) <= _MAX_WORDS and _is_period(words)


def _undated_path(url: str) -> str:
    return _date_in_path.sub("", urlsplit(url).path).rstrip("/")


def _month_of(url: str) -> tuple[int, int] | None:
    """The month that an address names, "?month=2027-04", "/2027/04/", "?year=2027&month=4"; None where it names none."""
    match = _month.search(url)
    return (int(match[1] or match[3]), int(match[2] or match[4])) if match else None


def _next_numbers(page: Page, links: Sequence[html.HtmlElement]) -> Iterator[str]:
    """Links to this very address with a page number that is one higher."""
    here = _number.search(page.url)
    number = int(here[1]) if here else 1
    shape = _without_number(page.url)
    for link in links:
        url = page.link(link.get("href"))
        found = _number.search(url) if url else None
        if url and found and int(found[1]) == number + 1 and (_without_number(url) == shape or here is None):
            yield url


def _without_number(url: str) -> str:
    return _number.sub("#", url)


@cache
def _load_words() -> Mapping[str, Sequence[str]]:
    return toml_at(Path(__file__).with_name("pagination.toml"))
