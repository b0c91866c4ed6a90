"""iCalendar feeds (RFC 5545), as they are and not only as they should be."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import sha256

from icalendar import Calendar, Component, vGeo

from spiders.extraction.formats.icalendar_lines import CALENDAR_HEAD, blocks, unfold, value_of
from spiders.extraction.formats.icalendar_values import (
    Zones,
    end_of,
    moment_of,
    moment_text,
    moments_of,
    rule_of,
    words_of,
)
from spiders.extraction.page import Extraction, Page, Refusal
from symposia.event import Location, MovedOccurrence, Recurrence, Status
from symposia.posting import Posting
from symposia.text.plain_text import one_line, plain_text

MAX_EVENTS = 25_000
"""VEVENTs read from one feed at most; the rest is refused in one piece."""

_begins = re.compile(r"\s*BEGIN:VCALENDAR", re.IGNORECASE).match
_ends = re.compile(r"^END:VEVENT[ \t]*$", re.IGNORECASE | re.MULTILINE).finditer


def is_calendar(page: Page) -> bool:
    """Whether the page is an iCalendar feed, by its first words, whatever it is served as."""
    return bool(_begins(page.text[:4096].lstrip("\ufeff\x00 \t\r\n")))


def extract_calendar(page: Page) -> Extraction:
    """A posting for each series or single event of the feed. An event that cannot be read is refused, and only that one."""
    text, left_out = _within_bounds(unfold(page.text))
    components, refusals = _components(text)
    if left_out:
        refusals.append(Refusal(what=f"{left_out} further events", reason=f"more than {MAX_EVENTS} in one feed"))
    zones = Zones(feed=value_of(text.split("BEGIN:VEVENT", 1)[0], "X-WR-TIMEZONE"), source=page.timezone)
    postings: dict[str, Posting] = {}
    for uid, group in _series(components).items():
        for key, master, moved in _split(uid, group):
            try:
                postings[key] = _posting(page, zones, key, master, moved)
            except (ValueError, OverflowError, TypeError) as error:
                refusals.append(Refusal(what=words_of(master, "SUMMARY") or key, reason=str(error)))
    empty = not postings and not refusals
    return Extraction(kind="icalendar", postings=tuple(postings.values()), refusals=tuple(refusals), empty=empty)


def _within_bounds(text: str) -> tuple[str, int]:
    """The feed up to the last event that is read, and how many are left out."""
    ends = [match.end() for match in _ends(text)]
    if len(ends) <= MAX_EVENTS:
        return text, 0
    return f"{text[: ends[MAX_EVENTS - 1]]}\nEND:VCALENDAR\n", len(ends) - MAX_EVENTS


def _components(text: str) -> tuple[list[Component], list[Refusal]]:
    """The VEVENTs of the feed: all in one go, or, where that fails, each by itself."""
    try:
        found = Calendar.from_ical(text).walk("VEVENT")
    except (ValueError, IndexError, KeyError, AttributeError, TypeError):
        found = []
    complete = len(found) >= text.upper().count("END:VEVENT")
    return (found, []) if complete else _one_by_one(text)


def _one_by_one(text: str) -> tuple[list[Component], list[Refusal]]:
    zones = "".join(zone for zone in blocks(text, "VTIMEZONE") if _parses(zone))
    components: list[Component] = []
    refusals: list[Refusal] = []
    for number, block in enumerate(blocks(text, "VEVENT")):
        if number >= MAX_EVENTS:
            break
        try:
            components += _parse(zones + block)
        except (ValueError, IndexError, KeyError, AttributeError, TypeError) as error:
            what = value_of(block, "SUMMARY") or value_of(block, "UID") or f"event {number + 1}"
            refusals.append(Refusal(what=what[:200], reason=f"not iCalendar: {error}"[:300]))
    return components, refusals


def _parse(body: str) -> list[Component]:
    return Calendar.from_ical(f"{CALENDAR_HEAD}{body}END:VCALENDAR\n").walk("VEVENT")


def _parses(zone: str) -> bool:
    try:
        _parse(zone)
    except (ValueError, IndexError, KeyError, AttributeError, TypeError):
        return False
    return True


def _series(components: Iterable[Component]) -> dict[str, list[Component]]:
    groups: dict[str, list[Component]] = defaultdict(list)
    for component in components:
        groups[words_of(component, "UID") or _made_up_uid(component)].append(component)
    return groups


def _made_up_uid(component: Component) -> str:
    """A key for an event without a UID, of what is least likely to change: its name and start."""
    facts = f"{words_of(component, 'SUMMARY')}|{component.get('DTSTART')}"
    return "sha256:" + sha256(facts.encode("utf-8", "replace")).hexdigest()[:32]


def _split(uid: str, group: Sequence[Component]) -> list[tuple[str, Component, list[Component]]]:
    """The masters under one UID with their moved occurrences; a moved occurrence without a master stands for itself."""
    masters = _masters(group)
    moved = [component for component in group if "RECURRENCE-ID" in component]
    repeats = [master for master in masters if "RRULE" in master or "RDATE" in master]
    parts = [(uid if len(masters) == 1 else f"{uid}/{_start_key(one)}", one) for one in masters]
    if repeats:
        return [(key, one, moved if one is repeats[0] else []) for key, one in parts]
    alone = [(f"{uid}/{_recurrence_key(one)}", one) for one in moved]
    return [(key, one, []) for key, one in [*parts, *alone]]


def _masters(group: Sequence[Component]) -> list[Component]:
    """The events that are no moved occurrence, one a start: of two, the one with the higher SEQUENCE, else the later."""
    latest: dict[str, Component] = {}
    for component in sorted((one for one in group if "RECURRENCE-ID" not in one), key=_sequence):
        latest[_start_key(component)] = component
    return list(latest.values())


def _sequence(component: Component) -> int:
    try:
        return int(component.get("SEQUENCE", 0))
    except (TypeError, ValueError):
        return 0


def _start_key(component: Component) -> str:
    start = moment_of(component, "DTSTART")
    return start.isoformat() if start else "undated"


def _recurrence_key(component: Component) -> str:
    moment = moment_of(component, "RECURRENCE-ID")
    return moment.isoformat() if moment else _start_key(component)


def _posting(page: Page, zones: Zones, key: str, component: Component, moved: Sequence[Component]) -> Posting:
    start = moment_of(component, "DTSTART")
    if start is None:
        raise ValueError("no start (DTSTART) that can be read")
    start = zones.localise(start)
    end = end_of(component, start, zones)
    zone = zones.name_of(start) if isinstance(start, datetime) else None
    url = page.link(words_of(component, "URL"))
    return Posting(
        origin=page.origin("icalendar"),
        source_key=key,
        name=one_line(words_of(component, "SUMMARY")),
        start=moment_text(start, zone),
        end=moment_text(end, zone) if end else None,
        timezone=zone,
        status=words_of(component, "STATUS"),
        location=_location(component),
        url=url,
        description=plain_text(words_of(component, "DESCRIPTION")),
        organizer=_organizer(component),
        keywords=_categories(component),
        recurrence=_recurrence(component, moved, zones),
        evidence=(("name", "SUMMARY"), ("start", "DTSTART")),
    )


def _recurrence(component: Component, moved: Sequence[Component], zones: Zones) -> Recurrence | None:
    rule = rule_of(component)
    rdates = moments_of(component, "RDATE", zones)
    if not rule and not rdates:
        return None
    return Recurrence(
        rrule=rule,
        rdates=rdates,
        exdates=moments_of(component, "EXDATE", zones),
        moved=tuple(found for one in moved if (found := _moved(one, zones))),
    )


def _moved(component: Component, zones: Zones) -> MovedOccurrence | None:
    instead_of, start = moment_of(component, "RECURRENCE-ID"), moment_of(component, "DTSTART")
    if instead_of is None or start is None:
        return None
    start = zones.localise(start)
    cancelled = (words_of(component, "STATUS") or "").upper() == "CANCELLED"
    return MovedOccurrence(
        recurrence_id=zones.localise(instead_of),
        start=start,
        end=end_of(component, start, zones),
        name=one_line(words_of(component, "SUMMARY")),
        status=Status.CANCELLED if cancelled else None,
        this_and_future=component["RECURRENCE-ID"].params.get("RANGE", "").upper() == "THISANDFUTURE",
    )


def _location(component: Component) -> Location | None:
    name = one_line(words_of(component, "LOCATION"))
    latitude, longitude = _geo(component)
    return Location(name=name, latitude=latitude, longitude=longitude) if name or latitude is not None else None


def _geo(component: Component) -> tuple[float | None, float | None]:
    geo = component.get("GEO")
    if not isinstance(geo, vGeo):
        return None, None
    # 0;0 is what programs write that know no place: a spot in the Atlantic.
    return (float(geo.latitude), float(geo.longitude)) if geo.latitude or geo.longitude else (None, None)


def _organizer(component: Component) -> str | None:
    organizer = component.get("ORGANIZER")
    organizer = organizer[0] if isinstance(organizer, list) and organizer else organizer
    return (
        one_line(str(organizer.params.get("CN", "")))
        if organizer is not None and hasattr(organizer, "params")
        else None
    )


def _categories(component: Component) -> tuple[str, ...]:
    found = component.get("CATEGORIES", [])
    groups = found if isinstance(found, list) else [found]
    names = (one_line(str(name)) for group in groups for name in getattr(group, "cats", [group]))
    return tuple(dict.fromkeys(name for name in names if name))
