"""One schema.org/Event as a posting, whichever syntax states it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from spiders.extraction.page import Page
from symposia.event import Location
from symposia.moments import day_part, time_part
from symposia.posting import Posting, digest_key
from symposia.text.plain_text import one_line, plain_text
from symposia.when.iso import to_iso

Thing: TypeAlias = Mapping[str, Any]
"""A schema.org Thing, as its properties: each is text, another Thing, or a list of such."""

EVENT_TYPES = {
    "event", "businessevent", "childrensevent", "comedyevent", "conferenceevent", "courseinstance", "danceevent", "deliveryevent", "educationevent",
    "eventseries", "exhibitionevent", "festival", "foodevent", "hackathon", "literaryevent", "musicevent", "performingartsevent",
    "publicationevent", "saleevent", "screeningevent", "socialevent", "sportsevent", "theaterevent", "visualartsevent",
}  # fmt: skip
"""schema.org/Event and its subtypes, casefolded, and CourseInstance, which Bioschemas uses to announce courses."""
_NO_KIND = ("event", "educationevent", "eventseries")
"""Types that say nothing about what kind of event it is."""
_BEGIN_OF_DAY = ("", "00:00")
"""Times of day that sites write for a start or end that is only a day; "" for none."""
_END_OF_DAY = ("23:59", "24:00")
"""The same, of an end alone."""
_MAX_VALUES = 50
"""Values of one property, or keywords of one event, that are read: longer lists are not about the event."""
_MAX_ORGANIZERS = 5
"""Organisers that are named: sponsors follow."""
_MAX_KEYWORD = 80
"""Characters of one keyword: longer ones are sentences."""
_language_tag = re.compile(r"[a-zA-Z]{2,3}(-[A-Za-z0-9]{2,8})*")


def types_of(thing: Thing) -> set[str]:
    """The types of a Thing, casefolded and without their vocabulary.

    >>> types_of({"@type": ["https://schema.org/Event", "schema:Festival"]}) == {"event", "festival"}
    True
    """
    stated = thing.get("@type") or thing.get("type") or ()
    names = stated if isinstance(stated, list) else [stated]
    return {re.split(r"[/#:]", name)[-1].casefold() for name in names if isinstance(name, str)}


def is_event(thing: Thing) -> bool:
    """Whether a Thing is an Event, or of one of its subtypes."""
    return not types_of(thing).isdisjoint(EVENT_TYPES)


def build_posting(page: Page, event: Thing, extractor: str, course: Thing | None = None) -> Posting:
    """The posting of one Event.

    Args:
        page: The page that states it.
        event: The Event, or CourseInstance.
        extractor: The syntax that it was read from, for the posting's origin.
        course: The Course that `event` is an instance of: its name, URL and description stand in for missing ones.
    """
    course = course or {}
    start, end, when = read_times(event)
    name = one_line(read_text(event, "name", "summary") or read_text(course, "name"))
    url = page.link(read_text(event, "url") or read_text(course, "url"))
    places, has_virtual_location = _read_places(event)
    return Posting(
        origin=page.origin(extractor),
        source_key=_source_key(page, event, url, name, start or when),
        name=name,
        start=start,
        end=end,
        when=when,
        status=read_text(event, "eventStatus"),
        attendance_mode=read_text(event, "eventAttendanceMode", "courseMode")
        or _mode_by_location(places, has_virtual_location),
        kind=next((kind for kind in sorted(types_of(event)) if kind not in _NO_KIND), None),
        location=next(iter(places), None),
        url=url,
        registration_url=page.link(_read_offer_url(event)),
        description=plain_text(read_text(event, "description") or read_text(course, "description")),
        organizer=one_line(_join_names(event.get("organizer"))),
        keywords=_read_keywords(event),
        language=_read_language(event),
        audience=tuple(_iter_texts(event.get("audience"))),
        price=_read_price(event),
        evidence=(("name", f"{extractor} name"), ("start", f"{extractor} startDate")),
    )


def read_times(event: Thing) -> tuple[str | None, str | None, str | None]:
    """Start and end in ISO 8601, and the words of a start that is none. Midnight to midnight is whole days.

    >>> read_times({"startDate": "2027-03-03T00:00:00", "endDate": "2027-03-04T23:59:00"})
    ('2027-03-03', '2027-03-04', None)
    >>> read_times({"startDate": "next Wednesday"})
    (None, None, 'next Wednesday')
    """
    words = read_text(event, "startDate", "dtstart")
    start, end = to_iso(words), to_iso(read_text(event, "endDate", "dtend"))
    if start is None:
        return None, None, words
    if time_part(start) in _BEGIN_OF_DAY and time_part(end) in (*_BEGIN_OF_DAY, *_END_OF_DAY):
        start, end = day_part(start), day_part(end) or None
    return start, end if end and end != start else None, None


def read_text(thing: Thing, *properties: str) -> str | None:
    """The first text among those properties; None where there is none.

    Of a Thing as value, its name, else its address or id.

    >>> read_text({"summary": "Reading Day"}, "name", "summary"), read_text({"location": {"name": "Hall"}}, "location")
    ('Reading Day', 'Hall')
    """
    return next((text for name in properties for text in _iter_texts(thing.get(name))), None)


def _iter_texts(value: Any) -> Iterator[str]:
    """The texts of a property, in order, at most one of each Thing."""
    if isinstance(value, str) and value.strip():
        yield value.strip()
    elif isinstance(value, bool):
        yield str(value).lower()
    elif isinstance(value, int | float):
        yield str(value)
    elif isinstance(value, list):
        for item in value[:_MAX_VALUES]:
            yield from _iter_texts(item)
    elif isinstance(value, Mapping):
        for name in ("@value", "name", "audienceType", "educationalRole", "url", "@id"):
            if isinstance(value.get(name), str):
                yield value[name].strip()
                return


def _iter_things(value: Any) -> Iterator[Thing]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, Mapping):
            yield item


def _read_places(event: Thing) -> tuple[list[Location], bool]:
    """The physical places of an event, and whether a VirtualLocation is stated too."""
    is_virtual, places = False, []
    value = event.get("location")
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str) and item.strip():
            places.append(Location(name=one_line(item)))
        elif isinstance(item, Mapping) and "virtuallocation" in types_of(item):
            is_virtual = True
        elif isinstance(item, Mapping):
            place = _read_place(item)
            places += [place] if place != Location() else []
    return places, is_virtual


def _read_place(place: Thing) -> Location:
    """A Place with its PostalAddress and GeoCoordinates; some sites put the address's properties into the Place."""
    address = next(_iter_things(place.get("address")), None)
    street = read_text(address, "streetAddress") if address else read_text(place, "address", "streetAddress")
    geo = next(_iter_things(place.get("geo")), {})
    postal = address or place
    return Location(
        name=one_line(read_text(place, "name")),
        address=one_line(street),
        city=one_line(read_text(postal, "addressLocality")),
        region=one_line(read_text(postal, "addressRegion")),
        country=one_line(read_text(postal, "addressCountry")),
        latitude=_parse_number(read_text(geo, "latitude")),
        longitude=_parse_number(read_text(geo, "longitude")),
    )


def _parse_number(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None


def _mode_by_location(places: list[Location], has_virtual_location: bool) -> str | None:
    """The schema.org EventAttendanceModeEnumeration that a VirtualLocation implies; None without one."""
    if has_virtual_location:
        return "MixedEventAttendanceMode" if places else "OnlineEventAttendanceMode"
    return None


def _read_offer_url(event: Thing) -> str | None:
    return next((read_text(offer, "url") for offer in _iter_things(event.get("offers"))), None)


def _read_price(event: Thing) -> str | None:
    """The amounts of all offers and the first currency, such as "10 - 25 EUR"; "free" where it says so."""
    if read_text(event, "isAccessibleForFree") in ("true", "True", "https://schema.org/True"):
        return "free"
    amounts, currency = [], None
    for offer in _iter_things(event.get("offers")):
        amounts += [amount for name in ("lowPrice", "price", "highPrice") if (amount := _read_amount(offer, name))]
        currency = currency or read_text(offer, "priceCurrency")
    return f"{' - '.join(dict.fromkeys(amounts))} {currency or ''}".strip() if amounts else None


def _read_amount(offer: Thing, name: str) -> str | None:
    value = offer.get(name)
    # A number of JSON has its point before the fraction; written out, "33.333" would read as thousands.
    return str(round(value, 2)) if isinstance(value, float) else read_text(offer, name)


def _join_names(value: Any) -> str | None:
    return ", ".join(dict.fromkeys(list(_iter_texts(value))[:_MAX_ORGANIZERS])) or None


def _read_keywords(event: Thing) -> tuple[str, ...]:
    words = (word for text in _iter_texts(event.get("keywords")) for word in text.split(","))
    lines = (one_line(word, limit=_MAX_KEYWORD) for word in words)
    return tuple(dict.fromkeys(line for line in lines if line))[:_MAX_VALUES]


def _read_language(event: Thing) -> str | None:
    """The BCP 47 tag of `inLanguage`; None for anything else, such as a language's name."""
    value = next(_iter_things(event.get("inLanguage")), None)
    text = read_text(value, "alternateName", "identifier") if value else read_text(event, "inLanguage")
    return text if text and _language_tag.fullmatch(text) else None


def _source_key(page: Page, event: Thing, url: str | None, name: str | None, start: str | None) -> str:
    """The event's own address or @id; where it has none, a digest of its name and start."""
    own_id = page.link(read_text(event, "@id")) if isinstance(event.get("@id"), str) else None
    address = url or own_id
    if address and address.split("#")[0] != page.url.split("#")[0]:
        return address
    return digest_key(name, start)
