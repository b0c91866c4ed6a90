"""Whether values have the form of their type, and what dates and times mean (RFC 5545, 3.3)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from calendar_export.icalendar.lint.content_lines import ContentLine

Form = Literal["a date", "in UTC", "in a zone", "floating"]
"""A DATE (3.3.4), or one of the three forms of DATE-TIME (3.3.5), as messages name it."""
PLACEHOLDERS = frozenset(["none", "nan", "nat", "null", "undefined"])
"""What programs print for a missing value, in lower case."""
SUBDAILY = frozenset(["SECONDLY", "MINUTELY", "HOURLY"])

is_text = re.compile(r"(?:[^\\;,]|\\[\\;,nN])*").fullmatch
"""Whether a value is one TEXT (3.3.11)."""
is_text_list = re.compile(r"(?:[^\\;]|\\[\\;,nN])*").fullmatch
"""Whether a value is a list of TEXTs with commas between them."""
is_integer = re.compile(r"[0-9]{1,10}").fullmatch
is_offset = re.compile(r"[+-][0-9]{4}(?:[0-9]{2})?").fullmatch
"""Whether a value is a UTC-OFFSET (3.3.14)."""
is_duration = re.compile(
    r"[+-]?P(?:[0-9]+W|[0-9]+D(?:T(?=[0-9])(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+S)?)?|T(?=[0-9])(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+S)?)"
).fullmatch
"""Whether a value is a DURATION (3.3.6)."""
_is_date = re.compile(r"[0-9]{8}").fullmatch
_is_date_time = re.compile(r"[0-9]{8}T[0-9]{6}Z?").fullmatch
_is_degrees = re.compile(r"[+-]?[0-9]{1,3}(?:\.[0-9]+)?").fullmatch
_escape = re.compile(r"\\([\\;,nN])")


@dataclass(frozen=True, slots=True)
class DateTimeValue:
    """A DATE or DATE-TIME value. `zone`: its TZID, if it is in a zone; `shown`: what the clocks show."""

    form: Form
    zone: str | None
    shown: datetime

    @property
    def type_and_zone(self) -> tuple[Form, str | None]:
        """What all values of one series share."""
        return self.form, self.zone

    def instant(self) -> datetime:
        """The value in UTC, to compare with others of its form; as the clocks show it where the zone is unknown.

        Raises OverflowError for a year that has no instant in UTC.
        """
        if self.form == "in a zone" and self.zone in iana_zones():
            return self.shown.replace(tzinfo=ZoneInfo(self.zone)).astimezone(UTC)
        return self.shown.replace(tzinfo=UTC)


def date_times(line: ContentLine) -> list[DateTimeValue] | None:
    """The dates or times of a property, a period by its start; None where one is invalid, or not of the stated type.

    >>> [value.form for value in date_times(ContentLine(1, "RDATE", {"VALUE": "DATE"}, "20270303,20270310"))]
    ['a date', 'a date']
    """
    stated, zone = line.parameters.get("VALUE", "DATE-TIME").upper(), line.parameters.get("TZID")
    values = []
    for text in line.value.split(","):
        value = _parse_date_time(text.partition("/")[0] if stated == "PERIOD" else text, zone)
        if value is None or (stated == "DATE") is not (value.form == "a date"):
            return None
        values.append(value)
    return values


def date_time(line: ContentLine | None) -> DateTimeValue | None:
    """The one date or time of a property; None where the property is absent, invalid, or has several."""
    values = date_times(line) if line else None
    return values[0] if values and len(values) == 1 else None


def rrule_part(rrule: str, name: str) -> str | None:
    """The value of one part of a recurrence rule; None where it is absent.

    >>> rrule_part("FREQ=WEEKLY;COUNT=5", "COUNT")
    '5'
    """
    return next((value for key, _, value in (part.partition("=") for part in rrule.split(";")) if key == name), None)


def unescape(text: str) -> str:
    r"""A TEXT without its escapes (3.3.11).

    >>> unescape(r"Reading\, writing")
    'Reading, writing'
    """
    return _escape.sub(lambda match: "\n" if match[1] in "nN" else match[1], text) if "\\" in text else text


def split_texts(text: str) -> list[str]:
    r"""The TEXTs of a list, still escaped; a double backslash becomes one NUL.

    >>> split_texts(r"reading\, writing,art")
    ['reading\\, writing', 'art']
    """
    return re.split(r"(?<!\\),", text.replace("\\\\", "\0"))


def is_absolute_url(text: str, *, any_scheme: bool = False) -> bool:
    """Whether `text` is an absolute URI (RFC 3986, 4.3) in ASCII: http or https, unless `any_scheme`.

    >>> is_absolute_url("https://guild.example/"), is_absolute_url("/a"), is_absolute_url("mailto:a@b.example")
    (True, False, False)
    """
    try:
        parts = urlsplit(text)
        if any_scheme and parts.scheme not in ("http", "https"):
            return bool(parts.scheme and parts.path)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False
    return is_web and text.isascii() and text.isprintable() and " " not in text


def is_geo(text: str) -> bool:
    """Whether `text` is a latitude and a longitude (3.8.1.6).

    >>> is_geo("50.7;7.1"), is_geo("91;7.1")
    (True, False)
    """
    parts = text.split(";")
    if len(parts) != 2 or not all(_is_degrees(part) for part in parts):
        return False
    return abs(float(parts[0])) <= 90 and abs(float(parts[1])) <= 180


@cache
def iana_zones() -> frozenset[str]:
    """The time zones that this machine knows."""
    return frozenset(available_timezones())


def _parse_date_time(text: str, zone: str | None) -> DateTimeValue | None:
    if _is_date(text):
        shown = _datetime_of_digits(text, "000000")
        return DateTimeValue("a date", None, shown) if shown and not zone else None
    if not _is_date_time(text):
        return None
    shown = _datetime_of_digits(text[:8], text[9:15])
    if shown is None or (zone and text.endswith("Z")):
        return None
    return DateTimeValue("in UTC" if text.endswith("Z") else "in a zone" if zone else "floating", zone, shown)


def _datetime_of_digits(day: str, clock: str) -> datetime | None:
    # A leap second, 23:59:60, is a time (RFC 5545, 3.3.12) that Python does not know.
    second = min(int(clock[4:]), 59)
    try:
        return datetime(int(day[:4]), int(day[4:6]), int(day[6:]), int(clock[:2]), int(clock[2:4]), second)  # noqa: DTZ001 - what the clocks show
    except ValueError:
        return None
