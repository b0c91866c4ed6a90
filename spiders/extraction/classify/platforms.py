"""Where the events of a listing stand in a better form: the calendars a page names, and what its platform offers."""

from __future__ import annotations

import re
import tomllib
from base64 import b64decode
from collections.abc import Iterator
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
"""Places of a page at which its platform's key is looked at."""
_MAX_LINKS = 3
"""Calendars that a page may link to and mean itself by; where it links to more, each is one event's."""
_calendar_link = re.compile(r"\.ics(?:$|\?)|[?&](?:ical|outlook-ical)=1|/ical/?$|feed=(?:calendar|ical)", re.IGNORECASE)

READS = ("page", "json-ld", "microdata", "json in a script")
"""Where a page may hold its events itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """One entry of platforms.toml, which says what each field means. Raises ValueError for one that says too little."""

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
        if not self.addresses and not self.marks:
            raise ValueError(f"{self.name}: nothing tells its pages")
        if bool(self.feeds) == bool(self.reads):
            raise ValueError(f"{self.name}: either feeds, or what its page is read as")
        if self.reads and self.reads not in READS:
            raise ValueError(f"{self.name}: reads {self.reads!r}, which is none of {', '.join(READS)}")
        if self.key is None and any("{key}" in feed for feed in self.feeds):
            raise ValueError(f"{self.name}: an address with a key, and nothing to find it by")


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """An address that may hold the events of a page in a better form, and what says so."""

    url: str
    why: str


@cache
def platforms() -> tuple[Platform, ...]:
    """All platforms that are known, in the order in which they are looked for."""
    data = tomllib.loads((Path(__file__).parent / "platforms.toml").read_text(encoding="utf-8"))
    return tuple(_platform(entry) for entry in data["platform"])


def _platform(entry: dict[str, Any]) -> Platform:
    """An entry as a Platform, whose fields are frozen: lists become tuples."""
    fields: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()}
    return Platform(**fields)


def feeds_of(page: Page) -> tuple[Feed, ...]:
    """The addresses worth trying in place of the page's own, the surest first; none where nothing speaks for any.

    What the page says itself (`<link rel="alternate" type="text/calendar">`, `webcal:`, links to calendars) comes before
    what its platform is known to offer.
    """
    found = {feed.url: feed for feed in reversed([*_stated(page), *_of_platforms(page)]) if feed.url != page.url}
    return tuple(reversed(found.values()))[:MAX_FEEDS]


def platform_of(page: Page) -> Platform | None:
    """The platform whose marks the page carries, the first of several; None for none that is known."""
    return next(iter(platforms_of(page)), None)


def platforms_of(page: Page) -> tuple[Platform, ...]:
    """All platforms whose marks the page carries: its own, and those that it embeds."""
    text = page.text[:_MAX_TEXT]
    return tuple(
        one
        for one in platforms()
        if any(re.match(address, page.url) for address in one.addresses)
        or any(re.search(mark, text) for mark in one.marks)
    )


def cap_reached(page: Page, found: Extraction) -> str | None:
    """Which platform's bound an answer has just reached that leads on to no other, in words; None where there may be no more."""
    if found.next_pages:
        return None
    kind = "cap_of_calendar" if found.kind == "icalendar" else "cap"
    able = [one for one in platforms() if len(found.postings) == (getattr(one, kind) or one.cap)]
    told = platforms_of(page) if able else ()
    return next((f"{one.name} answers with {len(found.postings)} events at most" for one in able if one in told), None)


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
    here = urlsplit(page.url)
    root, bare = f"{here.scheme}://{here.netloc}", f"{here.scheme}://{here.netloc}{here.path}"
    for platform in platforms_of(page):
        keys = _keys(platform, page)
        for feed in platform.feeds:
            for key in keys if "{key}" in feed else ("",):
                url = feed.format(root=root, page=bare, key=key, year=page.fetched_at.year)
                yield from _feed(page.link(url), f"{platform.name} offers it")


def _keys(platform: Platform, page: Page) -> tuple[str, ...]:
    """What fills {key}, names percent-encoded, paths as they are; nothing for a platform without, or where none is found."""
    if platform.key is None:
        return ()
    # Keys stand in addresses, where "&" is often written as "&amp;".
    text = f"{page.url}\n{unescape(page.text[:_MAX_TEXT])}"
    found = (match[1] for match in islice(re.finditer(platform.key, text), _MAX_KEYS))
    keys = distinct(_decoded(key) if platform.encoded else key for key in found)[:_MAX_LINKS]
    return tuple(key if "/" in key else quote(unquote(key), safe="") for key in keys)


def _decoded(key: str) -> str | None:
    """A calendar's own address, which a page may write in base64; None for what is no address."""
    plain = unquote(key)
    if "@" in plain:
        return plain
    try:
        address = b64decode(plain.rstrip("=") + "=" * (-len(plain.rstrip("=")) % 4)).decode("ascii")
    except ValueError:
        return None
    return address if re.fullmatch(r"[\w.+#-]{1,150}@[\w.-]{3,100}", address) else None
