"""What a date expression says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import NamedTuple

from symposia.event import Moment


class Precision(StrEnum):
    """How exactly the start is known."""

    MINUTE = "minute"
    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    UNKNOWN = "unknown"
    """The text says that the date is to be announced."""


class Clock(NamedTuple):
    """A time of day that a text states apart from any day: where it stands, its end and its zone (IANA) where they are stated."""

    place: tuple[int, int]
    start: time
    end: time | None = None
    timezone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A day, a time, or a range of them, as `text` states it.

    `start` is a `date`, or a `datetime` where a time is stated, and None where no day is (see `precision`). `end` is
    inclusive for days, and None for one day or one instant. `timezone` is an IANA name, from the words where
    `zone_stated`, else the one that was passed in; None for a mere offset, or where no zone is known: instants are then wall
    times. `year_stated` is False where the year was reckoned from the day of reading. `days` are the single days of a list ("Jan 12, 14 & 19"), of which start and end are the first and the last.
    `rrule` (RFC 5545, 3.3.10) is given for words that say a rule ("every Tuesday"); start is then its first occurrence.
    `within` are the first and last day between which it lies, where the words say a month, quarter or season.
    `why` says what was decided that the words leave open.
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
