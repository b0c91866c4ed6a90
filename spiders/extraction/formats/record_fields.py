"""What one record of a platform says: an object of its answer, whatever it calls a name, a start and a place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any, TypeAlias

from spiders.extraction.lexicon.word_lists import marks
from spiders.extraction.page import Page
from symposia.event import Location
from symposia.moments import is_day, offset_part, time_part
from symposia.text.plain_text import one_line
from symposia.when.iso import iso

Record: TypeAlias = Mapping[str, Any]
"""A JSON object, or an XML element as one: its keys as `folded` makes them."""

_NOTHING: tuple[Any, ...] = (None, "", [], {})
_clock_time = re.compile(r"(\d{1,2}):(\d\d)(?::\d\d(?:\.\d+)?)?\s*(?:([ap])\.?m\.?)?", re.IGNORECASE)
_EPOCH = (1e9, 4e9)
"""Seconds since 1970 that a number must lie between to be taken for a moment: 2001 to 2096."""
_TEXTS = ("name", "title", "rendered", "text", "label", "value", "en", "html")
_IN_PERSON = {"offline": "in person", "physical": "in person", "inperson": "in person"}


def folded(key: str) -> str:
    """A key without its case and its separators: `startDate`, `start_date` and `start-date` are one."""
    return key.casefold().translate({ord(mark): None for mark in "_- :$@"})


@cache
def keys_of(field: str) -> tuple[str, ...]:
    """What platforms call a field, the surest first."""
    return marks("records", field)


def key_of(record: Record, field: str) -> str | None:
    """What the record calls a field that it fills; None where it has none."""
    return next((key for key in keys_of(field) if record.get(key) not in _NOTHING), None)


def first(record: Record, field: str) -> Any:
    """What the record says in a field, as it is; None where it says nothing."""
    key = key_of(record, field)
    return None if key is None else record[key]


def text_of(value: Any) -> str | None:
    """A value as text: of an object its name, of a list its first; None where it says nothing."""
    if isinstance(value, list):
        return next((text for one in value[:20] if (text := text_of(one))), None)
    if isinstance(value, dict):
        return next((text for key in _TEXTS if isinstance(text := value.get(key), str) and text), None)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value.strip() or None if isinstance(value, str) else None


def moment_of(record: Record, field: str) -> str | None:
    """A start or end in ISO 8601; None where the record states none that a machine can read."""
    found = next((moment for key in keys_of(field) if (moment := _moment(record.get(key)))), None)
    stated = first(record, f"{field}_time")
    time = _clock(stated) if found and is_day(found) and isinstance(stated, str) else None
    return f"{found}T{time}" if time else found


def moment_key(record: Record, field: str) -> str | None:
    """What the record calls the start or end that `moment_of` reads; None where it reads none."""
    return next((key for key in keys_of(field) if _moment(record.get(key))), None)


def _moment(value: Any, depth: int = 0) -> str | None:
    if isinstance(value, list) and depth < 4:
        return next((found for one in value[:20] if (found := _moment(one, depth + 1))), None)
    if isinstance(value, dict) and depth < 4:
        if isinstance(value.get("time"), str) and (both := _instant(f"{value.get('date')} {value['time']}")):
            return iso(text_of(value.get("iso"))) or both
        return next((found for key in keys_of("moment") if (found := _moment(value.get(key), depth + 1))), None)
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float) or (isinstance(value, str) and value.isdecimal() and len(value) in (10, 13)):
        return _from_epoch(int(value) if isinstance(value, str) else value)
    return _instant(value) if isinstance(value, str) else None


def _instant(text: str) -> str | None:
    """A moment in ISO 8601, also where its time is told in halves of the day: "2027-03-03 4:00 PM"."""
    day, _, time = text.strip().partition(" ")
    if text[-2:].casefold() in ("am", "pm", "m.") and len(day) >= len("2027-3-3"):
        clock = _clock(time)
        return iso(f"{day}T{clock}") if clock else None
    return iso(text)


def _clock(text: str) -> str | None:
    """The time of day that is "16:00", "4:00 pm" or "16:00:00" as 16:00; None for anything else."""
    match = _clock_time.fullmatch(text.strip())
    hour = int(match[1]) if match else 24
    if match and match[3]:
        hour = hour % 12 + 12 * (match[3] in "pP") if 0 < hour < 13 else 24
    return f"{hour:02}:{match[2]}" if match and hour < 24 and match[2] < "60" else None


def _from_epoch(number: float) -> str | None:
    """The instant that a number of seconds or milliseconds since 1970 means; None where it means no likely one."""
    if not _EPOCH[0] < number < _EPOCH[1] * 1000:
        return None
    seconds = number / (1000 if number > _EPOCH[1] else 1)
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="minutes") if seconds > _EPOCH[0] else None


def is_midnight(moment: str) -> bool:
    """Whether a moment is a day, or midnight without a zone: what platforms write for want of a time."""
    return is_day(moment) or (time_part(moment) == "00:00" and not offset_part(moment))


def zone_of(record: Record) -> str | None:
    """The IANA zone that the record or its start states; None where it states none."""
    start = first(record, "start")
    nested = first(start, "timezone") if isinstance(start, dict) else None
    stated = text_of(first(record, "timezone")) or text_of(nested)
    return stated if stated and "/" in stated else None


def status_of(record: Record) -> str | None:
    """What the record says of its status, in its own words; "cancelled" where a flag says so."""
    if any(record.get(key) in (True, "true", 1) for key in ("iscancelled", "iscanceled", "cancelled", "canceled")):
        return "cancelled"
    return text_of(first(record, "status"))


def mode_of(record: Record) -> str | None:
    """Whether one takes part online, by a flag or in the record's own words; None where it says nothing."""
    if next((record[key] for key in keys_of("online") if isinstance(record.get(key), bool)), False):
        return "online"
    stated = text_of(first(record, "mode"))
    return _IN_PERSON.get(folded(stated or ""), stated)


def location_of(record: Record) -> Location | None:
    """The first place that the record names; None where it names none."""
    stated = first(record, "place")
    stated = next((one for one in stated if one), None) if isinstance(stated, list) else stated
    inner = stated if isinstance(stated, dict) else {}
    plain = stated if isinstance(stated, str) else None
    place = Location(
        name=one_line(text_of(first(inner, "name")) or text_of(first(record, "place_name")) or plain),
        address=one_line(text_of(first(inner, "address")) or text_of(first(record, "address"))),
        city=one_line(text_of(inner.get("city"))),
        region=one_line(text_of(inner.get("region")) or text_of(inner.get("state"))),
        country=one_line(text_of(inner.get("countrycode")) or text_of(inner.get("country"))),
    )
    return place if place != Location() else None


def web_of(page: Page, record: Record, field: str) -> str | None:
    """The address in a field, made absolute; None where there is none."""
    value = first(record, field)
    text = text_of(value)
    if isinstance(value, dict):
        text = next((one for key in ("public", "url", "href", "html") if isinstance(one := value.get(key), str)), text)
    return page.link(text) if text and text.startswith(("http://", "https://", "/")) else None


def keywords_of(record: Record) -> tuple[str, ...]:
    """The record's tags and categories, at most thirty, once each."""
    stated = first(record, "keywords")
    words = stated if isinstance(stated, list) else (text_of(stated) or "").split(",")
    return tuple(dict.fromkeys(word for one in words[:30] if (word := one_line(text_of(one), limit=80))))
