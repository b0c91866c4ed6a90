"""Days and instants as machines write them: ISO 8601, and what programs take for it."""

from __future__ import annotations

import re

from symposia.moments import moment_from_text

_compact = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z|[+-]\d\d:?\d\d)?)?")
_loose = re.compile(
    r"(\d{4})-(\d\d?)-(\d\d?)(?:[T ]+(\d\d?):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s*([ap]\.?m\b\.?)?\s*(Z|[+-]\d\d?(?:\.\d+)?:?\d\d)?)?",
    re.IGNORECASE,
)
_parts_of_offset = re.compile(r"([+-])(\d\d?)(\.\d+)?:?(\d\d)")


def to_iso(text: str | None) -> str | None:
    """A text as a day or an instant in ISO 8601, as `symposia.moments` reads it.

    The basic and the extended format are read, and what programs write for them: "2027-3-3", "2027-03-03 4:00 PM". Words after
    the extended format are left out, as the zone in brackets of RFC 9557 is. Fractions of a second are dropped.

    >>> to_iso("20270303T160000Z"), to_iso("2027-3-3"), to_iso("2027-03-03 4:00 PM")
    ('2027-03-03T16:00:00+00:00', '2027-03-03', '2027-03-03T16:00:00')
    >>> to_iso("2027-03-03T16:00:00-05:00[America/New_York]")
    '2027-03-03T16:00:00-05:00'
    >>> to_iso("2027-02-31") is None, to_iso("3 March") is None
    (True, True)

    Returns:
        The day or instant; None where the text is none, or names no day of the calendar.
    """
    text = (text or "").strip()
    if match := _compact.fullmatch(text):
        year, month, day, hour, minute, second, zone = match.groups()
        found = f"{year}-{month}-{day}" + (f"T{hour}:{minute}:{second or '00'}{_offset_of(zone)}" if hour else "")
    elif match := _loose.match(text):
        year, month, day, hour, minute, second, half, zone = match.groups()
        found = f"{year}-{month:0>2}-{day:0>2}"
        found += f"T{_hour_of_24(hour, half):0>2}:{minute}:{second or '00'}{_offset_of(zone)}" if hour else ""
    else:
        return None
    try:
        moment_from_text(found)
    except ValueError:
        return None
    return found


def _hour_of_24(hour: str, half: str | None) -> str:
    """An hour of 24 from one of twelve; from 13 on "pm" adds nothing, as programs that mix the two write it."""
    return str(int(hour) % 12 + 12 * (half[0] in "pP")) if half and int(hour) <= 12 else hour


def _offset_of(zone: str | None) -> str:
    """An offset as Python reads it; of `+5.5:00`, which a calendar plugin writes, +05:30."""
    match = _parts_of_offset.fullmatch(zone or "")
    if match is None:
        return "+00:00" if zone else ""
    sign, hours, part, minutes = match.groups()
    minute = int(minutes) + round(60 * float(part or 0))
    return f"{sign}{int(hours):02}:{minute:02}"
