"""What the date reader answers: a day, a time, or a range of them, and why it was read so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from symposia.event import Moment

Span: TypeAlias = tuple[int, int]
"""Where words stand in a text, as [start, end) in characters."""


class Precision(StrEnum):
    """How exactly the start is known."""

    MINUTE = "minute"
    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    UNKNOWN = "unknown"
    """The text says that the date is to be announced."""


class TimeOfDay(NamedTuple):
    """A time of day that a text states without a day; `end` and `timezone` (IANA) are None where not stated."""

    span: Span
    start: time
    end: time | None = None
    timezone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A day, a time, or a range of them, as `text` states it.

    Attributes:
        start: A `date`, or a `datetime` where a time is stated; None where no day is (see `precision`).
        end: The last day, inclusive, or the instant it ends; None for one day or where no end is stated.
        timezone: An IANA name, from the words if `zone_stated`, else the one passed in. None for a mere offset, and where no
            zone is known: instants are then floating (RFC 5545, 3.3.5).
        zone_stated: Whether the words name a zone or an offset.
        year_stated: False where the year was inferred from the day of reading.
        precision: How exactly the start is known.
        text: The words that were read.
        days: The single days of a list ("Jan 12, 14 & 19"); `start` and `end` are the first and the last of them.
        rrule: The rule (RFC 5545, 3.3.10) of words like "every Tuesday"; `start` is then its first occurrence.
        within: The first and last day of the month, quarter or season that the words name.
        why: What was decided where the words leave something open, in words for people.
    """

    start: Moment | None
    end: Moment | None = None
    timezone: str | None = None
    zone_stated: bool = False
    year_stated: bool = True
    precision: Precision
    text: str
    days: tuple[date, ...] = ()
    rrule: str | None = None
    within: tuple[date, date] | None = None
    why: tuple[str, ...] = ()
