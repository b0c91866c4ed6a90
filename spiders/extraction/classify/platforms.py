"""Platforms: the software that many sites run, told by its marks, and better addresses of the same events."""

from __future__ import annotations

import re
import tomllib
from base64 import b64decode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from html import unescape
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from spiders.extraction.page import Extraction, Page, distinct

MAX_FEEDS = 6
"""Addresses that are proposed for one page."""
_MAX_TEXT = 3_000_000
"""Characters of a page that are searched for marks."""
_MAX_KEYS = 500
"""Places of a page where a platform's key is looked at: a site links to its own calendar on every card."""
_MAX_CALENDARS = 3
"""Calendars of one site or page; a page that links to more links to one for each event."""
READS = ("page", "json-ld", "microdata", "json in a script")
"""Where the page of a platform without feeds holds its events."""
_calendar_link = re.compile(r"\.ics(?:$|\?)|[?&](?:ical|outlook-ical)=1|/ical/?$|feed=(?:calendar|ical)", re.IGNORECASE)
_webcal = re.compile(r"^webcals?:", re.IGNORECASE)
_calendar_id = re.compile(r"[\w.+#-]{1,150}@[\w.-]{3,100}")
"""The id of a Google calendar, which looks like an email address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """One entry of platforms.toml, where each field is explained."""

    name: str
    addresses: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    key: str | None = None
    encoded: bool = False
    feeds: tuple[str, ...] = ()
    reads: str | None = None
    cap: int | None = None
    cap_of_calendar: int | None = None
    paged: bool = False
    seen: bool = False
    note: str = ""

    def __post_init__(self) -> None:
        """Check that the entry can be recognized and used.

        Raises:
            ValueError: The entry is incomplete or contradicts itself.
        """
        if not self.addresses and not self.marks:
            raise ValueError(f"{self.name}: has neither addresses nor marks to recognize it by")
        if bool(self.feeds) == bool(self.reads):
            raise ValueError(f"{self.name}: needs either feeds or reads")
        if self.reads and self.reads not in READS:
            raise ValueError(f"{self.name}: reads {self.reads!r}, which is none of {', '.join(READS)}")
        if self.key is None and any("{key}" in feed for feed in self.feeds):
            raise ValueError(f"{self.name}: a feed has a {{key}}, and no key says how to find it")


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """An address that may hold the events of a page in a better form, and what speaks for it, in words."""

    url: str
    why: str


@cache
def load_platforms() -> tuple[Platform, ...]:
    """All known platforms, in the order in which they are looked for."""
    data = tomllib.loads((Path(__file__).parent / "platforms.toml").read_text(encoding="utf-8"))
    return tuple(map(_build_platform, data["platform"]))


def _build_platform(entry: Mapping[str, Any]) -> Platform:
    """A platform of an entry; lists become tuples, as its fields are frozen."""
    fields: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()}
    return Platform(**fields)


def find_feeds(page: Page) -> tuple[Feed, ...]:
    """Find addresses worth trying in place of a page's own, the surest first; at most `MAX_FEEDS`.

    What the page says itself (`<link rel="alternate" type="text/calendar">`, `webcal:`, links to calendars) comes before
    what its platform is known to offer.
    """
    feeds = [*_stated_feeds(page), *_platform_feeds(page)]
    by_url = {feed.url: feed for feed in reversed(feeds) if feed.url != page.url}
    return tuple(reversed(by_url.values()))[:MAX_FEEDS]


def recognize_platform(page: Page) -> Platform | None:
    """The first platform whose marks a page carries; None where it carries none that is known."""
    return next(iter(recognize_platforms(page)), None)


def recognize_platforms(page: Page) -> tuple[Platform, ...]:
    """All platforms whose marks a page carries: its own, and those that it embeds."""
    text = page.text[:_MAX_TEXT]
    return tuple(
        platform
        for platform in load_platforms()
        if any(re.match(address, page.url) for address in platform.addresses)
        or any(re.search(mark, text) for mark in platform.marks)
    )


def cap_reached(page: Page, found: Extraction) -> str | None:
    """Say which platform's cap an answer has just reached, so that events may be missing; None where that is unlikely.

    It is unlikely where the answer leads on to a next page, or holds more or fewer events than the cap.
    """
    if found.next_pages:
        return None
    kind = "cap_of_calendar" if found.kind == "icalendar" else "cap"
    count = len(found.postings)
    capped = [platform for platform in load_platforms() if count == (getattr(platform, kind) or platform.cap)]
    recognized = recognize_platforms(page) if capped else ()
    names = (platform.name for platform in capped if platform in recognized)
    return next((f"{name} answers with {count} events at most" for name in names), None)


def _stated_feeds(page: Page) -> Iterator[Feed]:
    """The calendars that a page names itself."""
    for link in page.tree.iter("link"):
        if "alternate" in (link.get("rel") or "").casefold() and "calendar" in (link.get("type") or "").casefold():
            yield from _feed(page.link(link.get("href")), "the page's alternate of type text/calendar")
    hrefs = [href.strip() for link in page.tree.iter("a", "iframe") if (href := link.get("href"))]
    for href in hrefs:
        if _webcal.match(href):
            yield from _feed(page.link(_webcal.sub("https:", href)), "a webcal: link")
    others = (href for href in hrefs if _calendar_link.search(href) and not _webcal.match(href))
    calendars = distinct(map(page.link, others))
    if len(calendars) <= _MAX_CALENDARS:
        yield from (Feed(url=url, why="a link to a calendar") for url in calendars)


def _feed(url: str | None, why: str) -> Iterator[Feed]:
    if url:
        yield Feed(url=url, why=why)


def _platform_feeds(page: Page) -> Iterator[Feed]:
    """The addresses at which the page's platforms are known to offer its events."""
    here = urlsplit(page.url)
    root = f"{here.scheme}://{here.netloc}"
    for platform in recognize_platforms(page):
        keys = _find_keys(platform, page)
        for feed in platform.feeds:
            for key in keys if "{key}" in feed else ("",):
                url = feed.format(root=root, page=f"{root}{here.path}", key=key, year=page.fetched_at.year)
                yield from _feed(page.link(url), f"{platform.name} offers it")


def _find_keys(platform: Platform, page: Page) -> tuple[str, ...]:
    """What fills {key} in a platform's addresses: names percent-encoded, paths as they are; none where none is found."""
    if platform.key is None:
        return ()
    # Keys stand in addresses, where "&" is often written as "&amp;".
    text = f"{page.url}\n{unescape(page.text[:_MAX_TEXT])}"
    found = (match[1] for match in islice(re.finditer(platform.key, text), _MAX_KEYS))
    keys = distinct(_decode_key(key) if platform.encoded else key for key in found)[:_MAX_CALENDARS]
    return tuple(key if "/" in key else quote(unquote(key), safe="") for key in keys)


def _decode_key(key: str) -> str | None:
    """A calendar's id, which pages may write in base64; None for what is none."""
    plain = unquote(key)
    if "@" in plain:
        return plain
    try:
        decoded = b64decode(plain.rstrip("=") + "=" * (-len(plain.rstrip("=")) % 4)).decode("ascii")
    except ValueError:
        return None
    return decoded if _calendar_id.fullmatch(decoded) else None
