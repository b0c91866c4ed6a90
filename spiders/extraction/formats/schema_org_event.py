"""One schema.org thing as a posting, whichever syntax it was written in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any, TypeAlias

from spiders.extraction.page import Page
from symposia.event import Location
from symposia.moments import day_part, time_part
from symposia.posting import Posting
from symposia.text.plain_text import one_line, plain_text
from symposia.when.iso import iso

Thing: TypeAlias = Mapping[str, Any]
"""The properties of a thing: text, another thing, or a list of such."""

EVENT_TYPES = {
    "event", "businessevent", "childrensevent", "comedyevent", "conferenceevent", "courseinstance", "danceevent", "deliveryevent", "educationevent",
    "eventseries", "exhibitionevent", "festival", "foodevent", "hackathon", "literaryevent", "musicevent", "performingartsevent",
    "publicationevent", "saleevent", "screeningevent", "socialevent", "sportsevent", "theaterevent", "visualartsevent",
}  # fmt: skip
"""schema.org/Event and what derives from it, casefolded; `courseinstance` is the Bioschemas way to announce a course."""


def types_of(thing: Thing) -> set[str]:
    """The names of a thing's types, casefolded, without their vocabulary."""
    stated = thing.get("@type") or thing.get("type") or ()
    names = stated if isinstance(stated, list) else [stated]
    return {re.split(r"[/#:]", name)[-1].casefold() for name in names if isinstance(name, str)}


def is_event(thing: Thing) -> bool:
    """Whether a thing is an event of any kind."""
    return not types_of(thing).isdisjoint(EVENT_TYPES)


def posting_of(page: Page, thing: Thing, extractor: str, parent: Thing | None = None) -> Posting:
    """The posting that an event, or an instance of the course `parent`, makes. What is not stated is None."""
    parent = parent or {}
    start, end, when = times_of(thing)
    name = one_line(text_of(thing, "name", "summary") or text_of(parent, "name"))
    url = page.link(text_of(thing, "url") or text_of(parent, "url"))
    places, online = _places(thing)
    return Posting(
        origin=page.origin(extractor),
        source_key=_key(page, thing, url, name, start or when),
        name=name,
        start=start,
        end=end,
        when=when,
        status=text_of(thing, "eventStatus"),
        attendance_mode=text_of(thing, "eventAttendanceMode", "courseMode") or _mode(places, online),
        kind=next(
            (kind for kind in sorted(types_of(thing)) if kind not in ("event", "educationevent", "eventseries")), None
        ),
        location=next(iter(places), None),
        url=url,
        registration_url=page.link(_registration(thing)),
        description=plain_text(text_of(thing, "description") or text_of(parent, "description")),
        organizer=one_line(_names(thing.get("organizer"))),
        keywords=_keywords(thing),
        language=_language(thing),
        audience=tuple(_texts(thing.get("audience"))),
        price=_price(thing),
        evidence=(("name", f"{extractor} name"), ("start", f"{extractor} startDate")),
    )


def times_of(thing: Thing) -> tuple[str | None, str | None, str | None]:
    """Start and end in ISO 8601, and the words of a start that is not. Midnight to midnight is whole days."""
    words = text_of(thing, "startDate", "dtstart")
    start, end = iso(words), iso(text_of(thing, "endDate", "dtend"))
    if start is None:
        return None, None, words
    if _midnight(start) and (end is None or _midnight(end) or time_part(end) in ("23:59", "24:00")):
        start, end = day_part(start), day_part(end) or None
    return start, end if end and end != start else None, None


def text_of(thing: Thing, *names: str) -> str | None:
    """The first text among those properties; of a thing its name, else its address or id. None where there is none."""
    return next((text for name in names for text in _texts(thing.get(name))), None)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str) and value.strip():
        yield value.strip()
    elif isinstance(value, bool):
        yield str(value).lower()
    elif isinstance(value, int | float):
        yield str(value)
    elif isinstance(value, list):
        for item in value[:50]:
            yield from _texts(item)
    elif isinstance(value, Mapping):
        for name in ("@value", "name", "audienceType", "educationalRole", "url", "@id"):
            if isinstance(value.get(name), str):
                yield value[name].strip()
                return


def _midnight(moment: str) -> bool:
    return time_part(moment) in ("", "00:00")


def _things(value: Any) -> Iterator[Thing]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, Mapping):
            yield item


def _places(thing: Thing) -> tuple[list[Location], bool]:
    """The places of an event, and whether it also, or only, takes place online."""
    online, places = False, []
    value = thing.get("location")
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str) and item.strip():
            places.append(Location(name=one_line(item)))
        elif isinstance(item, Mapping) and "virtuallocation" in types_of(item):
            online = True
        elif isinstance(item, Mapping):
            place = _place(item)
            places += [place] if place != Location() else []
    return places, online


def _place(thing: Thing) -> Location:
    address = next(_things(thing.get("address")), None)
    street = text_of(address, "streetAddress") if address else text_of(thing, "address", "streetAddress")
    geo = next(_things(thing.get("geo")), {})
    inside = address or thing
    return Location(
        name=one_line(text_of(thing, "name")),
        address=one_line(street),
        city=one_line(text_of(inside, "addressLocality")),
        region=one_line(text_of(inside, "addressRegion")),
        country=one_line(text_of(inside, "addressCountry")),
        latitude=_number(text_of(geo, "latitude")),
        longitude=_number(text_of(geo, "longitude")),
    )


def _number(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None


def _mode(places: list[Location], online: bool) -> str | None:
    if online:
        return "MixedEventAttendanceMode" if places else "OnlineEventAttendanceMode"
    return None


def _registration(thing: Thing) -> str | None:
    return next((text_of(offer, "url") for offer in _things(thing.get("offers"))), None)


def _price(thing: Thing) -> str | None:
    if text_of(thing, "isAccessibleForFree") in ("true", "True", "https://schema.org/True"):
        return "free"
    amounts, currency = [], None
    for offer in _things(thing.get("offers")):
        amounts += [amount for name in ("lowPrice", "price", "highPrice") if (amount := text_of(offer, name))]
        currency = currency or text_of(offer, "priceCurrency")
    return f"{' - '.join(dict.fromkeys(amounts))} {currency or ''}".strip() if amounts else None


def _names(value: Any) -> str | None:
    return ", ".join(dict.fromkeys(list(_texts(value))[:5])) or None


def _keywords(thing: Thing) -> tuple[str, ...]:
    words = (word for text in _texts(thing.get("keywords")) for word in text.split(","))
    return tuple(dict.fromkeys(found for word in words if (found := one_line(word, limit=80))))[:50]


def _language(thing: Thing) -> str | None:
    value = next(_things(thing.get("inLanguage")), None)
    text = text_of(value, "alternateName", "identifier") if value else text_of(thing, "inLanguage")
    return text if text and re.fullmatch(r"[a-zA-Z]{2,3}(-[A-Za-z0-9]{2,8})*", text) else None


def _key(page: Page, thing: Thing, url: str | None, name: str | None, start: str | None) -> str:
    """The event's own address or id; where it has none, a digest of its name and start."""
    own_id = page.link(text_of(thing, "@id")) if isinstance(thing.get("@id"), str) else None
    address = url or own_id
    if address and address.split("#")[0] != page.url.split("#")[0]:
        return address
    return "sha256:" + sha256(f"{name}|{start}".encode("utf-8", "replace")).hexdigest()[:32]
