"""What events are filtered by: country, language, ways to attend, deadlines, and the text that a search reads."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from symposia.countries import country_code
from symposia.event import AttendanceMode, Event, Location
from symposia.moments import date_of
from symposia.text.folding import fold

_MAX_ABBREVIATION = 3
"""Letters at the end of an address that may as well be a state or province: "CA" there is California, or Canada."""
_STATES = frozenset(["georgia"])
"""Names of countries that are states as well: at the end of an address they name no country."""

is_language_code = re.compile(r"[a-z]{2,3}").fullmatch
"""Whether a text has the form of an ISO 639 code."""


def country_of(place: Location | None) -> str | None:
    """The ISO 3166 code of a place's country; None where neither its country nor the end of its address names one.

    Calendars put the whole address into the name of the place (RFC 5545, 3.8.1.7).

    >>> country_of(Location(name="Town Hall, 1 Road, Bonn, Germany"))
    'DE'
    >>> country_of(Location(address="Los Angeles, CA")) is None
    True
    """
    if place is None:
        return None
    texts = (place.address, place.city, place.name)
    ends = (text.rsplit(",", 1)[-1].strip() for text in texts if text and "," in text)
    return country_code(place.country) or next(filter(None, map(_country_at_end, ends)), None)


def language_of(event: Event) -> str | None:
    """The ISO 639 code of an event's language, without its region; None where it is unknown."""
    code = language_code(event.language or "")
    return code if is_language_code(code) else None


def language_code(tag: str) -> str:
    """The primary language of a tag (BCP 47), in lower case.

    >>> language_code("pt-BR"), language_code("zh_Hans")
    ('pt', 'zh')
    """
    return tag.replace("_", "-").partition("-")[0].lower()


def modes_of(event: Event) -> frozenset[AttendanceMode]:
    """The ways to attend an event; a hybrid one has all of them, one whose mode is unknown has none."""
    if event.attendance_mode is AttendanceMode.HYBRID:
        return frozenset(AttendanceMode)
    return frozenset([event.attendance_mode]) if event.attendance_mode else frozenset()


def has_deadline_within(event: Event, now: datetime, days: int) -> bool:
    """Whether a deadline of the event falls on today's date or one of the next `days` dates."""
    first, last = now.date(), now.date() + timedelta(days=days)
    return any(first <= date_of(deadline.at) <= last for deadline in event.deadlines)


def is_newly_found(event: Event, now: datetime, days: int) -> bool:
    """Whether Symposia first saw the event less than `days` days ago."""
    return event.created is not None and event.created > now - timedelta(days=days)


def search_text(event: Event) -> str:
    """All that a search reads of an event, folded: name, description, organizer, place, topics, keywords."""
    place = event.location
    place_texts = (place.name, place.address, place.city, place.region, place.country) if place else ()
    texts = (event.name, event.description, event.organizer, *place_texts, *event.topics, *event.keywords)
    return fold(" ".join(text for text in texts if text))


def _country_at_end(text: str) -> str:
    may_be_state = len(text) <= _MAX_ABBREVIATION and text not in ("USA", "UK", "UAE")
    return "" if may_be_state or text.casefold() in _STATES else country_code(text)
