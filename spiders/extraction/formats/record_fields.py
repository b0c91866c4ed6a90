"""The fields of one record: an object in a platform's answer, whatever it calls a name, a start and a place.

The keys of each field stand in the word lists, under `[records]`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, TypeAlias

from spiders.extraction.lexicon.word_lists import word_list
from spiders.extraction.page import Page
from symposia.event import Location
from symposia.text.plain_text import one_line

Record: TypeAlias = Mapping[str, Any]
"""A JSON object, or an XML element as one; its keys are folded by `fold_key`."""

_NOTHING: tuple[Any, ...] = (None, "", [], {})
_MAX_LIST = 20
"""Items of a list that are looked at for the first that says something."""
_MAX_KEYWORDS = 30
"""Keywords of one event that are read: longer lists are not about the event."""
_MAX_KEYWORD = 80
"""Characters of one keyword: longer ones are sentences."""
_TEXT_KEYS = ("name", "title", "rendered", "text", "label", "value", "en", "html")
"""Keys under which an object that stands for a text keeps it, the surest first."""
_URL_KEYS = ("public", "url", "href", "html")
_CANCELLED_KEYS = ("iscancelled", "iscanceled", "cancelled", "canceled")
_IN_PERSON = {"offline": "in person", "physical": "in person", "inperson": "in person"}


def fold_key(key: str) -> str:
    """A key without its case and its separators.

    >>> fold_key("startDate") == fold_key("start_date") == fold_key("start-date")
    True
    """
    return key.casefold().translate({ord(mark): None for mark in "_- :$@"})


@cache
def keys_of(field: str) -> tuple[str, ...]:
    """What platforms call a field, folded, the surest first."""
    return word_list("records", field)


def filled_key(record: Record, field: str) -> str | None:
    """The key under which the record fills a field; None where it leaves it empty."""
    return next((key for key in keys_of(field) if record.get(key) not in _NOTHING), None)


def read_field(record: Record, field: str) -> Any:
    """The value of a field as it stands; None where it is empty."""
    key = filled_key(record, field)
    return None if key is None else record[key]


def read_text(value: Any) -> str | None:
    """A value as text: an object's name, a list's first; None where it says nothing.

    >>> read_text([{"rendered": "Reading Day"}])
    'Reading Day'
    """
    if isinstance(value, list):
        return next((text for item in value[:_MAX_LIST] if (text := read_text(item))), None)
    if isinstance(value, dict):
        return next((text for key in _TEXT_KEYS if isinstance(text := value.get(key), str) and text), None)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value.strip() or None if isinstance(value, str) else None


def read_zone(record: Record) -> str | None:
    """The IANA zone that the record or its start states; None where it states none."""
    start = read_field(record, "start")
    nested = read_field(start, "timezone") if isinstance(start, dict) else None
    stated = read_text(read_field(record, "timezone")) or read_text(nested)
    return stated if stated and "/" in stated else None


def read_status(record: Record) -> str | None:
    """The status in the record's own words, "cancelled" where a flag says so; None where it states none."""
    if any(record.get(key) in (True, "true", 1) for key in _CANCELLED_KEYS):
        return "cancelled"
    return read_text(read_field(record, "status"))


def read_mode(record: Record) -> str | None:
    """The attendance mode, by a flag or in the record's own words; None where it states none."""
    if next((record[key] for key in keys_of("online") if isinstance(record.get(key), bool)), False):
        return "online"
    stated = read_text(read_field(record, "mode"))
    return _IN_PERSON.get(fold_key(stated or ""), stated)


def read_location(record: Record) -> Location | None:
    """The first place that the record names; None where it names none."""
    stated = read_field(record, "place")
    stated = next((place for place in stated if place), None) if isinstance(stated, list) else stated
    place = stated if isinstance(stated, dict) else {}
    bare_name = stated if isinstance(stated, str) else None
    location = Location(
        name=one_line(read_text(read_field(place, "name")) or read_text(read_field(record, "place_name")) or bare_name),
        address=one_line(read_text(read_field(place, "address")) or read_text(read_field(record, "address"))),
        city=one_line(read_text(place.get("city"))),
        region=one_line(read_text(place.get("region")) or read_text(place.get("state"))),
        country=one_line(read_text(place.get("countrycode")) or read_text(place.get("country"))),
    )
    return location if location != Location() else None


def read_url(page: Page, record: Record, field: str) -> str | None:
    """The web address in a field, made absolute; None where there is none."""
    value = read_field(record, field)
    text = read_text(value)
    if isinstance(value, dict):
        text = next((url for key in _URL_KEYS if isinstance(url := value.get(key), str)), text)
    return page.link(text) if text and text.startswith(("http://", "https://", "/")) else None


def read_keywords(record: Record) -> tuple[str, ...]:
    """The record's tags and categories, once each; an empty tuple where it has none."""
    stated = read_field(record, "keywords")
    words = stated if isinstance(stated, list) else (read_text(stated) or "").split(",")
    lines = (one_line(read_text(word), limit=_MAX_KEYWORD) for word in words[:_MAX_KEYWORDS])
    return tuple(dict.fromkeys(line for line in lines if line))
