"""Values as RFC 5545, 3.3 wants them: dates, date-times with a zone that has a name, and recurrence rules."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from icalendar import vRecur

from symposia.event import Moment
from symposia.moments import date_of
from symposia.rrule import rrule_parts

DAY = timedelta(days=1)
_UTC_NAMES = frozenset(
    ["UTC", "UCT", "GMT", "Universal", "Zulu", "Etc/UTC", "Etc/UCT", "Etc/GMT", "Etc/Universal", "Etc/Zulu"]
)
"""The names of UTC in the IANA database; iCalendar marks it by a Z instead (RFC 5545, 3.3.5, form #2)."""
_SUBDAILY = frozenset(["SECONDLY", "MINUTELY", "HOURLY"])
"""Frequencies that Google refuses, and that no event has."""
_is_rrule = re.compile(r"[A-Z]+=[A-Z0-9,+-]+(?:;[A-Z]+=[A-Z0-9,+-]+)*").fullmatch
_ANY_START = datetime(2027, 1, 1)  # noqa: DTZ001 - whether a rule can be computed depends on no zone


def calendar_moment(moment: Moment, timezone: str | None = None, *, resolve_ambiguous: bool = False) -> Moment:
    """Return `moment` to the second, in a zone that a TZID can name, else in UTC; dates and floating times stay.

    >>> calendar_moment(datetime.fromisoformat("2027-03-03T16:00+01:00"), "Europe/Berlin").tzinfo
    zoneinfo.ZoneInfo(key='Europe/Berlin')

    Args:
        moment: A day or a time.
        timezone: The event's zone (IANA), for a time that has an offset only; None: UTC.
        resolve_ambiguous: Write an hour that the zone's clocks show twice, or never, in UTC: RFC 5545, 3.3.5 says which
            is meant, and clients differ. A time that a rule repeats must stay in its zone.
    """
    if not isinstance(moment, datetime):
        return moment
    moment = moment.replace(microsecond=0)
    if moment.tzinfo is None:
        return moment.replace(fold=0)
    local = moment if _has_tzid(moment.tzinfo) else moment.astimezone(ZoneInfo(timezone) if timezone else UTC)
    ambiguous = resolve_ambiguous and local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset()
    return local.astimezone(UTC) if ambiguous or local.tzinfo is None or not _has_tzid(local.tzinfo) else local


def dtend_for(start: Moment, end: Moment | None) -> Moment | None:
    """Return the DTEND of an event (RFC 5545, 3.8.2.2): of whole days, the day after the last.

    None where no end after the start is known.

    >>> from datetime import date
    >>> dtend_for(date(2027, 3, 3), date(2027, 3, 5))
    datetime.date(2027, 3, 6)
    """
    if not isinstance(start, datetime):
        last = date_of(end) if end else None
        return max(last or start, start) + DAY
    if not isinstance(end, datetime) or (start.tzinfo is None) is not (end.tzinfo is None):
        return None
    return end if _comparable(end) > _comparable(start) else None


def match_start_type(moment: Moment, start: Moment) -> Moment:
    """Return `moment` in the value type and zone of `start`: EXDATE, RDATE and RECURRENCE-ID need it (RFC 5545, 3.8.5.1).

    >>> from datetime import date
    >>> match_start_type(date(2027, 3, 10), datetime.fromisoformat("2027-03-03T16:00"))
    datetime.datetime(2027, 3, 10, 16, 0)
    """
    if not isinstance(start, datetime):
        return date_of(moment)
    if not isinstance(moment, datetime):
        return datetime.combine(moment, start.time(), start.tzinfo)
    if start.tzinfo is None or moment.tzinfo is None:
        return moment.replace(tzinfo=start.tzinfo, microsecond=0)
    return moment.astimezone(start.tzinfo).replace(microsecond=0)


def rrule_for(rrule: str | None, start: Moment) -> str | None:
    """Return the rule as RFC 5545, 3.3.10 wants it beside such a DTSTART; None for one that calendars cannot compute.

    >>> from datetime import date
    >>> rrule_for("rrule:freq=weekly;until=20270601", date(2027, 3, 3))
    'FREQ=WEEKLY;UNTIL=20270601'
    >>> rrule_for("FREQ=HOURLY", date(2027, 3, 3)) is None
    True
    """
    text = (rrule or "").strip().upper().removeprefix("RRULE:").rstrip(";")
    if not _is_rrule(text):
        return None
    parts = rrule_parts(text)
    if parts.get("FREQ", "HOURLY") in _SUBDAILY or ("COUNT" in parts and "UNTIL" in parts):
        return None
    try:
        rrulestr(_join_parts({name: value for name, value in parts.items() if name != "UNTIL"}), dtstart=_ANY_START)
        if "UNTIL" in parts:
            parts["UNTIL"] = _match_until(parts["UNTIL"], start)
    except (ValueError, ArithmeticError, KeyError, TypeError):
        # What dateutil raises for a rule that is well-formed and impossible.
        return None
    return _join_parts(parts)


def _join_parts(parts: Mapping[str, str]) -> str:
    return ";".join(f"{name}={value}" for name, value in parts.items())


def _match_until(text: str, start: Moment) -> str:
    """UNTIL as a date where DTSTART is one, in UTC where DTSTART has a zone, else floating. Raises ValueError."""
    stated: Moment = vRecur.from_ical(f"UNTIL={text}")["UNTIL"][0]
    if not isinstance(start, datetime):
        return f"{stated:%Y%m%d}"
    if not isinstance(stated, datetime):
        stated = datetime.combine(stated, time(23, 59, 59))
    last = stated.replace(tzinfo=(stated.tzinfo or start.tzinfo) if start.tzinfo else None)
    return f"{last.astimezone(UTC):%Y%m%dT%H%M%SZ}" if start.tzinfo else f"{last:%Y%m%dT%H%M%S}"


def _has_tzid(zone: tzinfo) -> bool:
    """Whether a TZID names the zone: it has an IANA name, and is not UTC."""
    return isinstance(zone, ZoneInfo) and bool(zone.key) and zone.key not in _UTC_NAMES


def _comparable(moment: datetime) -> datetime:
    """The moment in UTC if it has a zone: Python compares two times of one zone by their clocks."""
    return moment.astimezone(UTC) if moment.tzinfo else moment
