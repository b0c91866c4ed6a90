"""The start and end of one record: ISO 8601, seconds since 1970, or a day and a time of day apart."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from spiders.extraction.formats.record_fields import Record, keys_of, read_field, read_text
from symposia.moments import is_day, offset_part, time_part
from symposia.when.iso import to_iso

_MIN_EPOCH, _MAX_EPOCH = 1e9, 4e9
"""Seconds since 1970 that are taken for a moment: those from 2001 to 2096. Other numbers are ids and the like."""
_MAX_LIST = 20
"""Items of a list that are looked at for the first moment."""
_MAX_DEPTH = 4
"""Levels of objects and lists within a field that are looked into."""
_clock_time = re.compile(r"(\d{1,2}):(\d\d)(?::\d\d(?:\.\d+)?)?\s*(?:([ap])\.?m\.?)?", re.IGNORECASE)


def read_moment(record: Record, field: str) -> str | None:
    """A start or end in ISO 8601; None where the record states none that a machine can read.

    Args:
        record: The record.
        field: `start` or `end`. A day gets the time of day in `start_time` or `end_time`.

    >>> read_moment({"startdate": "2027-03-03", "starttime": "4:00 pm"}, "start")
    '2027-03-03T16:00'
    """
    moment = next((moment for key in keys_of(field) if (moment := _parse_moment(record.get(key)))), None)
    stated_time = read_field(record, f"{field}_time")
    time = _parse_clock(stated_time) if is_day(moment) and isinstance(stated_time, str) else None
    return f"{moment}T{time}" if time else moment


def moment_key(record: Record, field: str) -> str | None:
    """The key of the start or end that `read_moment` reads; None where it reads none."""
    return next((key for key in keys_of(field) if _parse_moment(record.get(key))), None)


def is_midnight(moment: str) -> bool:
    """Whether a moment is a day, or midnight without an offset: what platforms write for want of a time."""
    return is_day(moment) or (time_part(moment) == "00:00" and not offset_part(moment))


def _parse_moment(value: Any, depth: int = 0) -> str | None:
    if isinstance(value, list) and depth < _MAX_DEPTH:
        return next((moment for item in value[:_MAX_LIST] if (moment := _parse_moment(item, depth + 1))), None)
    if isinstance(value, dict) and depth < _MAX_DEPTH:
        if isinstance(value.get("time"), str) and (moment := _parse_text(f"{value.get('date')} {value['time']}")):
            return to_iso(read_text(value.get("iso"))) or moment
        inner = (_parse_moment(value.get(key), depth + 1) for key in keys_of("moment"))
        return next((moment for moment in inner if moment), None)
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float) or (isinstance(value, str) and value.isdecimal() and len(value) in (10, 13)):
        return _parse_epoch(int(value) if isinstance(value, str) else value)
    return _parse_text(value) if isinstance(value, str) else None


def _parse_text(text: str) -> str | None:
    """ISO 8601, also with a 12-hour clock: "2027-03-03 4:00 PM"."""
    day, _, time = text.strip().partition(" ")
    if text[-2:].casefold() in ("am", "pm", "m.") and len(day) >= len("2027-3-3"):
        clock = _parse_clock(time)
        return to_iso(f"{day}T{clock}") if clock else None
    return to_iso(text)


def _parse_clock(text: str) -> str | None:
    """16:00 for "16:00", "16:00:00" and "4:00 pm"; None for anything else."""
    match = _clock_time.fullmatch(text.strip())
    if match is None or match[2] >= "60":
        return None
    hour = int(match[1])
    if match[3]:
        hour = hour % 12 + 12 * (match[3] in "pP") if 0 < hour < 13 else 24
    return f"{hour:02}:{match[2]}" if hour < 24 else None


def _parse_epoch(number: float) -> str | None:
    """The instant of a number of seconds or milliseconds since 1970; None for one out of bounds."""
    if not _MIN_EPOCH < number < _MAX_EPOCH * 1000:
        return None
    seconds = number / (1000 if number > _MAX_EPOCH else 1)
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="minutes") if seconds > _MIN_EPOCH else None
