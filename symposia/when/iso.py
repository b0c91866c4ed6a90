"""Days and instants as machines write them: ISO 8601, and what programs take for it."""

from __future__ import annotations

import re
from datetime import date, datetime

_compact = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z|[+-]\d\d:?\d\d)?)?")
_loose = re.compile(
    r"(\d{4})-(\d\d?)-(\d\d?)(?:[T ]+(\d\d?):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s*([ap]\.?m\b\.?)?\s*(Z|[+-]\d\d?(?:\.\d+)?:?\d\d)?)?",
    re.IGNORECASE,
)
_parts_of_offset = re.compile(r"([+-])(\d\d?)(\.\d+)?:?(\d\d)")


def iso(text: str | None) -> str | None:
    """`text` as an ISO 8601 day or instant that Python reads; None where it is none, or names no day of any calendar."""
    if not text:
        return None
    text = text.strip()
    if match := _compact.fullmatch(text):
        year, month, day, hour, minute, second, zone = match.groups()
        found = f"{year}-{month}-{day}" + (f"T{hour}:{minute}:{second or '00'}{_offset(zone)}" if hour else "")
    elif match := _loose.match(text):
        year, month, day, hour, minute, second, half, zone = match.groups()
        found = f"{year}-{month:0>2}-{day:0>2}"
        found += f"T{_of_24(hour, half):0>2}:{minute}:{second or '00'}{_offset(zone)}" if hour else ""
    else:
        return None
    try:
        date.fromisoformat(found) if len(found) == 10 else datetime.fromisoformat(found)
    except ValueError:
        return None
    return found


def _of_24(hour: str, half: str | None) -> str:
    """An hour of 24 from one of twelve, "4:00 PM", as programs that mix the two write it."""
    return str(int(hour) % 12 + 12 * (half[0] in "pP")) if half and int(hour) <= 12 else hour


def _offset(zone: str | None) -> str:
    """An offset as Python reads it; of `+5.5:00`, which a calendar plugin writes, +05:30."""
    match = _parts_of_offset.fullmatch(zone or "")
    if match is None:
        return "+00:00" if zone else ""
    sign, hours, part, minutes = match.groups()
    minute = int(minutes) + round(60 * float(part or 0))
    return f"{sign}{int(hours):02}:{minute:02}"
