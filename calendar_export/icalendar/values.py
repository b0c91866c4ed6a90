"""Days, instants and rules as iCalendar wants them: of one type, with a zone that has a name, never in doubt."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from icalendar import vRecur

from symposia.event import Moment

DAY = timedelta(days=1)
_UTC_NAMES = frozenset(
    ["UTC", "UCT", "GMT", "Universal", "Zulu", "Etc/UTC", "Etc/UCT", "Etc/GMT", "Etc/Universal", "Etc/Zulu"]
)
_OFTEN = frozenset(["SECONDLY", "MINUTELY", "HOURLY"])
"""Rules of such a frequency are refused by Google, and no event is one."""
_is_rule = re.compile(r"[A-Z]+=[A-Z0-9,+-]+(?:;[A-Z]+=[A-Z0-9,+-]+)*").fullmatch
_ANY_DAY = datetime(2027, 1, 1)  # noqa: DTZ001 - whether a rule can be computed depends on no zone


def written(moment: Moment, timezone: str | None = None, *, alone: bool = False) -> Moment:
    """`moment` to the second, in a zone that a TZID can name, else in UTC; days and floating times as they are.

    `timezone`: the event's, for instants that have an offset only. `alone`: no rule repeats it. Then an hour that clocks show
    twice, or never, is written in UTC too: RFC 5545, 3.3.5 says which of the two is meant, and calendars differ.
    """
    if not isinstance(moment, datetime):
        return moment
    moment = moment.replace(microsecond=0)
    if moment.tzinfo is None:
        return moment.replace(fold=0)
    local = moment if _named(moment.tzinfo) else moment.astimezone(ZoneInfo(timezone) if timezone else UTC)
    in_doubt = alone and local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset()
    return local.astimezone(UTC) if in_doubt or local.tzinfo is None or not _named(local.tzinfo) else local


def end_after(start: Moment, end: Moment | None) -> Moment | None:
    """The DTEND of an event (RFC 5545, 3.8.2.2): the day after the last of whole days; None where no end after the start is known."""
    if not isinstance(start, datetime):
        last = end.date() if isinstance(end, datetime) else end
        return max(last or start, start) + DAY
    if not isinstance(end, datetime) or (start.tzinfo is None) is not (end.tzinfo is None):
        return None
    return end if _comparable(end) > _comparable(start) else None


def like(moment: Moment, start: Moment) -> Moment:
    """`moment` of the type of `start` and in its zone, as EXDATE, RDATE and RECURRENCE-ID must be."""
    if not isinstance(start, datetime):
        return moment.date() if isinstance(moment, datetime) else moment
    if not isinstance(moment, datetime):
        return datetime.combine(moment, start.time(), start.tzinfo)
    if start.tzinfo is None or moment.tzinfo is None:
        return moment.replace(tzinfo=start.tzinfo, microsecond=0)
    return moment.astimezone(start.tzinfo).replace(microsecond=0)


def rule_for(rrule: str | None, start: Moment) -> str | None:
    """The rule as RFC 5545, 3.3.10 wants it beside such a start; None where there is none that calendars can compute."""
    text = (rrule or "").strip().upper().removeprefix("RRULE:").rstrip(";")
    if not _is_rule(text):
        return None
    parts = dict(part.split("=", 1) for part in text.split(";"))
    if parts.get("FREQ", "HOURLY") in _OFTEN or ("COUNT" in parts and "UNTIL" in parts):
        return None
    try:
        rrulestr(_rule({name: value for name, value in parts.items() if name != "UNTIL"}), dtstart=_ANY_DAY)
        if "UNTIL" in parts:
            parts["UNTIL"] = _until(parts["UNTIL"], start)
    except (ValueError, ArithmeticError, KeyError, TypeError):
        # What dateutil raises for a rule that is well-formed and impossible.
        return None
    return _rule(parts)


def _rule(parts: Mapping[str, str]) -> str:
    return ";".join(f"{name}={value}" for name, value in parts.items())


def _until(text: str, start: Moment) -> str:
    """The last moment of a rule: a day where it starts on a day, UTC where its start has a zone. Raises ValueError."""
    stated: Moment = vRecur.from_ical(f"UNTIL={text}")["UNTIL"][0]
    if not isinstance(start, datetime):
        return f"{stated:%Y%m%d}"
    if not isinstance(stated, datetime):
        stated = datetime.combine(stated, time(23, 59, 59))
    last = stated.replace(tzinfo=(stated.tzinfo or start.tzinfo) if start.tzinfo else None)
    return f"{last.astimezone(UTC):%Y%m%dT%H%M%SZ}" if start.tzinfo else f"{last:%Y%m%dT%H%M%S}"


def _named(zone: tzinfo) -> bool:
    """Whether a TZID names the zone; what is UTC by another name is not one."""
    return isinstance(zone, ZoneInfo) and bool(zone.key) and zone.key not in _UTC_NAMES


def _comparable(moment: datetime) -> datetime:
    """Python compares two times of one zone by what the clocks show; in UTC, it compares instants."""
    return moment.astimezone(UTC) if moment.tzinfo else moment
