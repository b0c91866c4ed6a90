"""Values of iCalendar as they should be written (RFC 5545, 3.3)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from calendar_export.icalendar.lint.content_lines import Line

Type = Literal["day", "utc", "zoned", "floating"]
WORDS_FOR_NOTHING = frozenset(["none", "nan", "nat", "null", "undefined"])
OFTEN = frozenset(["SECONDLY", "MINUTELY", "HOURLY"])

is_text = re.compile(r"(?:[^\\;,]|\\[\\;,nN])*").fullmatch
is_texts = re.compile(r"(?:[^\\;]|\\[\\;,nN])*").fullmatch
"""One text, and a list of texts with commas between them (RFC 5545, 3.3.11)."""
is_number = re.compile(r"[0-9]{1,10}").fullmatch
is_offset = re.compile(r"[+-][0-9]{4}(?:[0-9]{2})?").fullmatch
is_duration = re.compile(
    r"[+-]?P(?:[0-9]+W|[0-9]+D(?:T(?=[0-9])(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+S)?)?|T(?=[0-9])(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+S)?)"
).fullmatch
_day = re.compile(r"[0-9]{8}").fullmatch
_time = re.compile(r"[0-9]{8}T[0-9]{6}Z?").fullmatch
_degrees = re.compile(r"[+-]?[0-9]{1,3}(?:\.[0-9]+)?").fullmatch
_escape = re.compile(r"\\([\\;,nN])")


@dataclass(frozen=True, slots=True)
class When:
    """A day or a time as it stands: what type it is of, its zone's name where it is zoned, and what the clocks show."""

    type: Type
    zone: str | None
    shown: datetime

    @property
    def same(self) -> tuple[Type, str | None]:
        """What those of one series have in common."""
        return self.type, self.zone

    def instant(self) -> datetime:
        """For comparing with another of its kind: in UTC where the zone is known, else as the clocks show it. Raises OverflowError."""
        if self.type == "zoned" and self.zone in zones():
            return self.shown.replace(tzinfo=ZoneInfo(self.zone)).astimezone(UTC)
        return self.shown.replace(tzinfo=UTC)


def whens(line: Line) -> list[When] | None:
    """The days or times of a property, periods by their start; None where one is none, or not of the type that VALUE says."""
    stated, zone = line.parameters.get("VALUE", "DATE-TIME").upper(), line.parameters.get("TZID")
    found = []
    for text in line.value.split(","):
        when = _when(text.partition("/")[0] if stated == "PERIOD" else text, zone)
        if when is None or (stated == "DATE") is not (when.type == "day"):
            return None
        found.append(when)
    return found


def when(line: Line | None) -> When | None:
    """The one day or time of a property; None where it is absent, or none."""
    found = whens(line) if line else None
    return found[0] if found and len(found) == 1 else None


def _when(text: str, zone: str | None) -> When | None:
    if _day(text):
        shown = _real(text, "000000")
        return When("day", None, shown) if shown and not zone else None
    if not _time(text):
        return None
    shown = _real(text[:8], text[9:15])
    if shown is None or (zone and text.endswith("Z")):
        return None
    return When("utc" if text.endswith("Z") else "zoned" if zone else "floating", zone, shown)


def _real(day: str, clock: str) -> datetime | None:
    # A leap second, 23:59:60, is a time (RFC 5545, 3.3.12) that Python does not know.
    second = min(int(clock[4:]), 59)
    try:
        return datetime(int(day[:4]), int(day[4:6]), int(day[6:]), int(clock[:2]), int(clock[2:4]), second)  # noqa: DTZ001 - what the clocks show
    except ValueError:
        return None


def rule_part(text: str, name: str) -> str | None:
    """The value of a part of a rule; None where it is absent."""
    return next((value for key, _, value in (part.partition("=") for part in text.split(";")) if key == name), None)


def plain(text: str) -> str:
    """A TEXT without its escapes."""
    return _escape.sub(lambda match: "\n" if match[1] in "nN" else match[1], text) if "\\" in text else text


def listed(text: str) -> list[str]:
    """The texts of a list of them, as they stand."""
    return re.split(r"(?<!\\),", text.replace("\\\\", "\0"))


def is_address(text: str, *, any_scheme: bool = False) -> bool:
    """Whether `text` is a whole address, of the web unless another scheme will do."""
    try:
        parts = urlsplit(text)
        if any_scheme and parts.scheme not in ("http", "https"):
            return bool(parts.scheme and parts.path)
        return (
            parts.scheme in ("http", "https")
            and bool(parts.hostname)
            and text.isascii()
            and text.isprintable()
            and " " not in text
        )
    except ValueError:
        return False


def is_geo(text: str) -> bool:
    """Whether `text` is a latitude and a longitude."""
    parts = text.split(";")
    if len(parts) != 2 or not all(_degrees(part) for part in parts):
        return False
    return abs(float(parts[0])) <= 90 and abs(float(parts[1])) <= 180


@cache
def zones() -> frozenset[str]:
    """The zones that this machine knows."""
    return frozenset(available_timezones())
