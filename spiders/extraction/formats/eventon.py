"""Events of the WordPress plugin EventON: their times are numbers in an attribute, `data-time="1804089600-1804093200"`.

Some versions write the time on the wall as if it were UTC, some the instant: what the event shows tells which.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

from lxml import html

from spiders.extraction.page import Extraction, Page
from symposia.event import Location
from symposia.moments import day_part, has_time, is_day, minute_part, time_part
from symposia.posting import Posting
from symposia.text.plain_text import first_text, one_line, plain_text, tree_text
from symposia.zones import resolve_zone

MARK = "eventon_list_event"
MAX_EVENTS = 2_000
_numbers = re.compile(r"(\d{9,10})-(\d{9,10})")
_clock = re.compile(r"(?<!\d)(\d{1,2})[:.](\d\d)(?!\d)\s*([ap])?", re.IGNORECASE)
_NO_END = ("23:50", "23:59")
"""What the plugin writes where the editor left the end out."""


def with_eventon(page: Page, stated: Extraction) -> Extraction:
    """What a page states for machines, its days with the times that EventON writes; EventON's own events where it states none.

    As it is, where the page has no event of EventON's.
    """
    own = eventon_postings(page)
    if not stated.postings:
        return replace(stated, kind="eventon", postings=tuple(own)) if own else stated
    timed = {_same(one): one for one in own if has_time(one.start)}
    if not timed:
        return stated
    found = [_timed(one, timed.get(_same(one))) for one in stated.postings]
    # What was stated once with its time and once as a day is one.
    return replace(stated, postings=tuple({(_same(one), minute_part(one.start)): one for one in found}.values()))


def eventon_postings(page: Page) -> list[Posting]:
    """The events of EventON on a page, with their times; none where it has none."""
    if MARK not in page.text:
        return []
    found: dict[tuple[str, str | None], Posting] = {}
    for element in page.tree.iter():
        if MARK in _classes(element) and len(found) < MAX_EVENTS:
            posting = _posting(page, element)
            found.update({(posting.source_key, posting.start): posting} if posting else {})
    several = Counter(key for key, _ in found)
    return [
        replace(one, source_key=f"{one.source_key}#{one.start}") if several[one.source_key] > 1 else one
        for one in found.values()
    ]


def _same(posting: Posting) -> tuple[str, str]:
    return " ".join((posting.name or "").casefold().split()), day_part(posting.start)


def _timed(stated: Posting, own: Posting | None) -> Posting:
    if own is None or not is_day(stated.start) or stated.recurrence is not None:
        return stated
    evidence = (*(one for one in stated.evidence if one[0] != "start"), ("start", "attribute data-time"))
    return replace(stated, start=own.start, end=own.end or None, evidence=evidence)


def _posting(page: Page, element: html.HtmlElement) -> Posting | None:
    times = _times(element, page.timezone)
    title = next(_called(element, "evcal_event_title"), None)
    name = one_line(first_text(title, 500)) if title is not None else None
    if times is None or name is None:
        return None
    url = next((page.link(one.get("href")) for one in element.iter("a") if one.get("itemprop") == "url"), None)
    digest = sha256(f"{name}|{times[0]}".encode("utf-8", "replace")).hexdigest()[:32]
    told = next(_called(element, "event_description", "eventon_full_description"), None)
    return Posting(
        origin=page.origin("eventon"),
        source_key=url or element.get("data-event_id") or f"sha256:{digest}",
        name=name,
        start=times[0],
        end=times[1],
        status="cancelled" if {"cancel_event", "cancelled"} & set(_classes(element)) else None,
        location=_location(element),
        url=url,
        description=plain_text(tree_text(told)) if told is not None else None,
        evidence=(("name", "class evcal_event_title"), ("start", "attribute data-time")),
    )


def _classes(element: html.HtmlElement) -> list[str]:
    return (element.get("class") or "").split()


def _called(element: html.HtmlElement, *names: str) -> Iterator[html.HtmlElement]:
    return (one for one in element.iter() if not set(names).isdisjoint(_classes(one)))


def _times(element: html.HtmlElement, timezone: str | None) -> tuple[str, str | None] | None:
    """The start and end of an event, as its numbers are meant; None where it has none, or what it shows is neither reading."""
    match = _numbers.fullmatch(element.get("data-time", "").strip())
    if match is None:
        return None
    start, end = (datetime.fromtimestamp(int(number), UTC) for number in match.groups())
    shown = _shown(element)
    if shown is None or start.hour * 60 + start.minute == shown:
        return _on_the_wall(start.replace(tzinfo=None).isoformat(), end.replace(tzinfo=None).isoformat())
    zone = resolve_zone(timezone)
    local = start.astimezone(ZoneInfo(zone)) if zone else start
    if local.hour * 60 + local.minute != shown:
        return None
    return start.isoformat(), end.isoformat() if end > start else None


def _on_the_wall(start: str, end: str) -> tuple[str, str | None]:
    """Times on the wall, whole days as days."""
    if time_part(start) in ("00:00", "00:01") and time_part(end) in _NO_END:
        return day_part(start), day_part(end) if day_part(end) > day_part(start) else None
    return start, end if end > start and time_part(end) not in _NO_END else None


def _shown(element: html.HtmlElement) -> int | None:
    """The time of day at which an event shows that it starts, in minutes from midnight; None where it shows none."""
    texts = (first_text(one, 200) for one in _called(element, "evo_time", "evo_start"))
    return next((_minutes(match) for text in texts if (match := _clock.search(text))), None)


def _minutes(match: re.Match[str]) -> int:
    hour, minute, half = int(match[1]), int(match[2]), (match[3] or "").casefold()
    return (hour % 12 + 12 * (half == "p") if half else hour) * 60 + minute


def _location(element: html.HtmlElement) -> Location | None:
    stated = next((one for one in element.iter() if one.get("data-location_name")), element)
    name, address = one_line(stated.get("data-location_name")), one_line(stated.get("data-location_address"))
    return Location(name=name, address=address) if name or address else None
