"""Events of EventON, a WordPress plugin: their times are numbers in an attribute, `data-time="1804089600-1804093200"`.

The numbers are seconds since 1970. Some versions of the plugin write the wall time as if it were UTC, some the
instant: the time that the event shows tells which.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from lxml import html

from spiders.extraction.page import Extraction, Page
from symposia.event import Location
from symposia.moments import day_part, has_time, is_day, minute_part, time_part
from symposia.posting import Posting, digest_key, with_distinct_keys
from symposia.text.plain_text import first_text, one_line, plain_text, tree_text
from symposia.zones import resolve_zone

EVENT_CLASS = "eventon_list_event"
"""The class of an element that holds one event."""
MAX_EVENTS = 2_000
"""Events of one page that are read, which bounds time."""
_MAX_NAME = 500
"""Characters of an event's title that are looked at."""
_MAX_SHOWN = 200
"""Characters of the element that shows the time."""
_seconds_range = re.compile(r"(\d{9,10})-(\d{9,10})")
_clock = re.compile(r"(?<!\d)(\d{1,2})[:.](\d\d)(?!\d)\s*([ap])?", re.IGNORECASE)
_BEGIN_OF_DAY = ("00:00", "00:01")
"""What the plugin writes as the start of whole days."""
_NO_END = ("23:50", "23:59")
"""What the plugin writes where the editor left the end out."""


def with_eventon(page: Page, stated: Extraction) -> Extraction:
    """Complete what a page states in schema.org with EventON's times; the plugin's own events where it states none.

    Where the page has no event of EventON's, `stated` is returned as it is.
    """
    own = read_eventon_events(page)
    if not stated.postings:
        return replace(stated, kind="eventon", postings=tuple(own)) if own else stated
    timed = {_name_and_day(posting): posting for posting in own if has_time(posting.start)}
    if not timed:
        return stated
    postings = [_with_time(posting, timed.get(_name_and_day(posting))) for posting in stated.postings]
    # An event stated once with its time and once as a day is one event.
    unique = {(_name_and_day(posting), minute_part(posting.start)): posting for posting in postings}
    return replace(stated, postings=tuple(unique.values()))


def read_eventon_events(page: Page) -> list[Posting]:
    """The EventON events of a page, with their times; an empty list where it has none."""
    if EVENT_CLASS not in page.text:
        return []
    unique: dict[tuple[str, str | None], Posting] = {}
    for element in page.tree.iter():
        if EVENT_CLASS in _classes(element) and len(unique) < MAX_EVENTS:
            posting = _build_posting(page, element)
            unique.update({(posting.source_key, posting.start): posting} if posting else {})
    return with_distinct_keys(list(unique.values()))


def _name_and_day(posting: Posting) -> tuple[str, str]:
    return " ".join((posting.name or "").casefold().split()), day_part(posting.start)


def _with_time(stated: Posting, own: Posting | None) -> Posting:
    """`stated` at the time of `own`, where it states only a day."""
    if own is None or not is_day(stated.start) or stated.recurrence is not None:
        return stated
    evidence = (*(item for item in stated.evidence if item[0] != "start"), ("start", "attribute data-time"))
    return replace(stated, start=own.start, end=own.end or None, evidence=evidence)


def _build_posting(page: Page, element: html.HtmlElement) -> Posting | None:
    times = _read_times(element, page.timezone)
    title = next(_elements_of_class(element, "evcal_event_title"), None)
    name = one_line(first_text(title, _MAX_NAME)) if title is not None else None
    if times is None or name is None:
        return None
    start, end = times
    url = next((page.link(link.get("href")) for link in element.iter("a") if link.get("itemprop") == "url"), None)
    description = next(_elements_of_class(element, "event_description", "eventon_full_description"), None)
    return Posting(
        origin=page.origin("eventon"),
        source_key=url or element.get("data-event_id") or digest_key(name, start),
        name=name,
        start=start,
        end=end,
        status="cancelled" if {"cancel_event", "cancelled"} & set(_classes(element)) else None,
        location=_read_location(element),
        url=url,
        description=plain_text(tree_text(description)) if description is not None else None,
        evidence=(("name", "class evcal_event_title"), ("start", "attribute data-time")),
    )


def _classes(element: html.HtmlElement) -> list[str]:
    return (element.get("class") or "").split()


def _elements_of_class(element: html.HtmlElement, *names: str) -> Iterator[html.HtmlElement]:
    return (inner for inner in element.iter() if not set(names).isdisjoint(_classes(inner)))


def _read_times(element: html.HtmlElement, timezone: str | None) -> tuple[str, str | None] | None:
    """Start and end, as the numbers are meant; None without numbers, or where the shown time fits neither meaning."""
    match = _seconds_range.fullmatch(element.get("data-time", "").strip())
    if match is None:
        return None
    start, end = (datetime.fromtimestamp(int(number), UTC) for number in match.groups())
    shown = _shown_minute(element)
    if shown is None or start.hour * 60 + start.minute == shown:
        return _as_wall_time(start.replace(tzinfo=None).isoformat(), end.replace(tzinfo=None).isoformat())
    zone = resolve_zone(timezone)
    local = start.astimezone(ZoneInfo(zone)) if zone else start
    if local.hour * 60 + local.minute != shown:
        return None
    return start.isoformat(), end.isoformat() if end > start else None


def _as_wall_time(start: str, end: str) -> tuple[str, str | None]:
    """Start and end on the wall clock; midnight to the end of a day is whole days."""
    has_end = time_part(end) not in _NO_END
    if not has_end and time_part(start) in _BEGIN_OF_DAY:
        return day_part(start), day_part(end) if day_part(end) > day_part(start) else None
    return start, end if has_end and end > start else None


def _shown_minute(element: html.HtmlElement) -> int | None:
    """The time of day that an event shows as its start, in minutes since midnight; None where it shows none."""
    texts = (first_text(shown, _MAX_SHOWN) for shown in _elements_of_class(element, "evo_time", "evo_start"))
    return next((_minute_of_day(match) for text in texts if (match := _clock.search(text))), None)


def _minute_of_day(match: re.Match[str]) -> int:
    hour, minute, half = int(match[1]), int(match[2]), (match[3] or "").casefold()
    return (hour % 12 + 12 * (half == "p") if half else hour) * 60 + minute


def _read_location(element: html.HtmlElement) -> Location | None:
    holder = next((inner for inner in element.iter() if inner.get("data-location_name")), element)
    name, address = one_line(holder.get("data-location_name")), one_line(holder.get("data-location_address"))
    return Location(name=name, address=address) if name or address else None
