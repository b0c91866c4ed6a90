"""Where the events of a listing stand in a better form: the calendars a page names, and what its platform offers."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import unescape
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from spiders.extraction.page import Page, distinct

MAX_FEEDS = 6
"""Addresses that are proposed for one page."""
_MAX_TEXT = 3_000_000
"""Characters of a page that are searched for marks."""
_MAX_LINKS = 3
"""Calendars that a page may link to and mean itself by; where it links to more, each is one event's."""
_calendar_link = re.compile(r"\.ics(?:$|\?)|[?&](?:ical|outlook-ical)=1|/ical/?$|feed=(?:calendar|ical)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """One entry of platforms.toml, which says what each field means."""

    name: str
    feeds: tuple[str, ...]
    marks: tuple[str, ...] = ()
    key: str | None = None
    cap: int | None = None
    paged: bool = False
    seen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """An address that may hold the events of a page in a better form, and what says so."""

    url: str
    why: str


@cache
def platforms() -> tuple[Platform, ...]:
    """All platforms that are known, in the order in which they are looked for."""
    data = tomllib.loads((Path(__file__).parent / "platforms.toml").read_text(encoding="utf-8"))
    return tuple(
        Platform(**{**entry, "feeds": tuple(entry["feeds"]), "marks": tuple(entry.get("marks", ()))})
        for entry in data["platform"]
    )


def feeds_of(page: Page) -> tuple[Feed, ...]:
    """The addresses worth trying in place of the page's own, the surest first; none where nothing speaks for any.

    What the page says itself (`<link rel="alternate" type="text/calendar">`, `webcal:`, links to calendars) comes before
    what its platform is known to offer.
    """
    found = {feed.url: feed for feed in reversed([*_stated(page), *_of_platforms(page)]) if feed.url != page.url}
    return tuple(reversed(found.values()))[:MAX_FEEDS]


def platform_of(page: Page) -> Platform | None:
    """The platform whose marks the page carries; None for none that is known."""
    text = _source(page)
    return next((one for one in platforms() if _is_marked(one, text)), None)


def _stated(page: Page) -> Iterator[Feed]:
    for link in page.tree.iter("link"):
        if "alternate" in (link.get("rel") or "").casefold() and "calendar" in (link.get("type") or "").casefold():
            yield from _feed(page.link(link.get("href")), "the page's alternate of type text/calendar")
    linked = [_webcal(link.get("href") or "") for link in page.tree.iter("a", "iframe") if link.get("href")]
    for url in linked:
        if url.startswith("webcal:"):
            yield from _feed(page.link("https:" + url[7:]), "a webcal: link")
    calendars = distinct(
        page.link(url) for url in linked if _calendar_link.search(url) and not url.startswith("webcal:")
    )
    if len(calendars) <= _MAX_LINKS:
        yield from (Feed(url=url, why="a link to a calendar") for url in calendars)


def _webcal(href: str) -> str:
    return re.sub(r"^webcals?:", "webcal:", href.strip(), flags=re.IGNORECASE)


def _feed(url: str | None, why: str) -> Iterator[Feed]:
    if url:
        yield Feed(url=url, why=why)


def _of_platforms(page: Page) -> Iterator[Feed]:
    text, here = _source(page), urlsplit(page.url)
    root, bare = f"{here.scheme}://{here.netloc}", f"{here.scheme}://{here.netloc}{here.path}"
    for platform in platforms():
        if not _is_marked(platform, text):
            continue
        for key in _keys(platform, text):
            for feed in platform.feeds:
                url = page.link(feed.format(root=root, page=bare, key=key))
                yield from _feed(url, f"{platform.name} offers it")


def _source(page: Page) -> str:
    """The page's address and source, in which marks and keys are looked for."""
    return f"{page.url}\n{unescape(page.text[:_MAX_TEXT])}"


def _is_marked(platform: Platform, text: str) -> bool:
    if platform.marks:
        return any(re.search(mark, text) for mark in platform.marks)
    return platform.key is not None and re.search(platform.key, text) is not None


def _keys(platform: Platform, text: str) -> tuple[str, ...]:
    """What fills {key}: nothing, once, for a platform without; else all that are found, percent-encoded where they are names."""
    if platform.key is None:
        return ("",)
    found = distinct(match[1] for match in re.finditer(platform.key, text))[:_MAX_LINKS]
    return tuple(key if "/" in key else quote(unquote(key), safe="") for key in found)
