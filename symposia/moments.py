"""Days and instants: as values (`Moment`), and as the ISO 8601 text that postings and the store hold.

A day is "2027-03-03". An instant is "2027-03-03T16:00", with seconds and an offset from UTC ("Z", "+01:00") where they are
known: the calendar date and the extended formats of ISO 8601-1, 5.2.2.1 and 5.4.2.1, as RFC 3339 has them.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from symposia.event import Moment

_DAY = len("2027-03-03")
"""Characters of a day, which an instant begins with."""
_MINUTE = len("2027-03-03T16:00")
"""Characters of an instant to the minute."""
_offset = re.compile(r"Z$|[+-]\d\d:?\d\d$")


def date_of(moment: Moment) -> date:
    """The day that a moment falls on, by its own clock.

    >>> date_of(datetime(2027, 3, 3, 16, 0)), date_of(date(2027, 3, 3))
    (datetime.date(2027, 3, 3), datetime.date(2027, 3, 3))
    """
    return moment.date() if isinstance(moment, datetime) else moment


def moment_text(moment: Moment) -> str:
    """A day or an instant in ISO 8601, to the minute where no second is set.

    >>> moment_text(date(2027, 3, 3))
    '2027-03-03'
    >>> moment_text(datetime(2027, 3, 3, 16, 0, tzinfo=ZoneInfo("Europe/Berlin")))
    '2027-03-03T16:00+01:00'
    """
    if not isinstance(moment, datetime):
        return moment.isoformat()
    return moment.isoformat(timespec="seconds" if moment.second else "minutes")


def moment_from_text(text: str) -> Moment:
    """The day or instant that `moment_text` wrote. Raises ValueError for anything else.

    >>> moment_from_text("2027-03-03")
    datetime.date(2027, 3, 3)
    >>> moment_from_text("2027-03-03T16:00")
    datetime.datetime(2027, 3, 3, 16, 0)
    """
    return date.fromisoformat(text) if is_day(text) else datetime.fromisoformat(text)


def instant_from_text(text: str) -> datetime:
    """The instant that `moment_text` wrote. Raises ValueError for anything else."""
    return datetime.fromisoformat(text)


def day_from_text(text: str) -> date:
    """The day that `moment_text` wrote. Raises ValueError for anything else."""
    return date.fromisoformat(text)


def is_day(text: str | None) -> bool:
    """Whether a moment's text is a day alone; False for None.

    >>> is_day("2027-03-03"), is_day("2027-03-03T16:00"), is_day(None)
    (True, False, False)
    """
    return text is not None and len(text) == _DAY


def has_time(text: str | None) -> bool:
    """Whether a moment's text holds a time of day; False for None.

    >>> has_time("2027-03-03T16:00"), has_time("2027-03-03"), has_time(None)
    (True, False, False)
    """
    return text is not None and len(text) > _DAY


def day_part(text: str | None) -> str:
    """The day in a moment's text; "" for None.

    >>> day_part("2027-03-03T16:00+01:00")
    '2027-03-03'
    """
    return (text or "")[:_DAY]


def minute_part(text: str | None) -> str:
    """A moment's text without seconds and offset; of a day, the day; "" for None.

    >>> minute_part("2027-03-03T16:00:30+01:00"), minute_part("2027-03-03")
    ('2027-03-03T16:00', '2027-03-03')
    """
    return (text or "")[:_MINUTE]


def time_part(text: str | None) -> str:
    """The time of day in a moment's text, to the minute; "" for a day, or None.

    >>> time_part("2027-03-03T16:00:30+01:00"), time_part("2027-03-03")
    ('16:00', '')
    """
    return minute_part(text)[_DAY + 1 :]


def offset_part(text: str | None) -> str:
    """The offset from UTC in a moment's text, as it is written; "" for a floating time, a day, or None.

    >>> offset_part("2027-03-03T16:00+01:00"), offset_part("2027-03-03T16:00Z"), offset_part("2027-03-03")
    ('+01:00', 'Z', '')
    """
    found = _offset.search(text[_DAY:]) if text else None
    return found[0] if found else ""


def minute_on_clock(text: str, zone: str | None) -> str:
    """What the clocks of `zone` (IANA) show at an instant, to the minute.

    The text's own minute, where it holds no offset, where `zone` is None, or where it is no instant.

    >>> minute_on_clock("2027-03-03T16:00Z", "America/New_York")
    '2027-03-03T11:00'
    """
    try:
        instant = datetime.fromisoformat(text)
        local = instant.astimezone(ZoneInfo(zone)) if zone and instant.tzinfo else instant
    except (ValueError, OverflowError):
        return minute_part(text)
    return minute_part(local.isoformat())
