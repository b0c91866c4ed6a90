"""What a date expression says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from symposia.event import Moment


class Precision(StrEnum):
    """How exactly the start is known."""

    DAY = "day"
    MINUTE = "minute"


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A day, a time, or a range of them, as `text` states it.

    `end` is inclusive for days, and None for one day or one instant. Instants are wall times, aware only where the text
    names a zone: `timezone` is then its IANA name, or None for a mere offset.
    """

    start: Moment
    end: Moment | None
    timezone: str | None
    precision: Precision
    text: str
