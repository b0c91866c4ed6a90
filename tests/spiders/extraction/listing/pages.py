"""Small pages, and a reader of ISO days, for the tests of the listing reader."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from functools import lru_cache, partial

from lxml import html

from spiders.extraction.dom.headings import Above, Heading
from spiders.extraction.listing.date_roles import DateReader, find_dates
from spiders.extraction.listing.event_counts import Day
from spiders.extraction.listing.regions import Region
from spiders.extraction.page import Page
from symposia.text.plain_text import tree_text

URL = "https://guild.example/events/"
NOW = datetime(2026, 11, 1, tzinfo=UTC)
_iso_day = re.compile(r"(\d{4}-\d\d-\d\d)(?: (\d\d:\d\d))?(?: to (\d{4}-\d\d-\d\d))?")


def page(markup: str, url: str = URL, language: str = "en") -> Page:
    """A page of that body, fetched on 1 November 2026."""
    body = f"<html lang='{language}'><body>{markup}</body></html>".encode()
    return Page(url=url, body=body, fetched_at=NOW)


def tree(markup: str) -> html.HtmlElement:
    """The tree of a page of that body."""
    return page(markup).tree


def read_day(text: str) -> Day | None:
    """The first day in a text in ISO 8601, such as "2027-03-03 16:00" or "2027-03-03 to 2027-03-05"; None without one."""
    match = _iso_day.search(text)
    if match is None:
        return None
    at = time.fromisoformat(match[2]) if match[2] else None
    return Day(date.fromisoformat(match[1]), at, date.fromisoformat(match[3]) if match[3] else None)


def date_reader(of: Page | None = None) -> DateReader:
    """What reads the dates of a page in English, as the segmentation makes it."""
    reader: DateReader = lru_cache(partial(find_dates, page=of or page(""), order=None))
    return reader


def ids(elements: Iterable[html.HtmlElement]) -> list[str | None]:
    """The ids of elements, or their tags where they have none."""
    return [element.get("id") or element.tag for element in elements]


def region(markup: str, *, is_line: bool = False, day: str = "") -> Region:
    """The region that is the element of id "r" on a page of that body, its date node included."""
    (element,) = (element for element in tree(markup).iter() if element.get("id") == "r")
    lines = (" ".join(line.split()) for line in tree_text(element).splitlines())
    text = "\n".join(line for line in lines if line)
    return Region(elements=(element,), date_node=element, text=text, is_line=is_line, day=day)


def under(*headings: str, own: bool = False) -> Above:
    """What stands above a region: those headings, the nearest first."""
    return Above(headings=tuple(Heading(text, "h2", number) for number, text in enumerate(headings)), own=own)
