"""Days, hours and zones in English words, on the clocks of the place where the event is."""

from __future__ import annotations

from datetime import date, datetime

from babel.dates import format_date

from symposia.event import Event, Moment
from symposia.moments import date_of
from symposia.rrule import rrule_parts

_FREQUENCIES = {
    "DAILY": ("daily", "days"),
    "WEEKLY": ("weekly", "weeks"),
    "MONTHLY": ("monthly", "months"),
    "YEARLY": ("yearly", "years"),
}
"""FREQ of a recurrence rule (RFC 5545, 3.3.10): the adverb for every one, and the noun for every so many."""
_EN_DASH = "–"


def weekday_text(day: date) -> str:
    """A day with its weekday.

    >>> weekday_text(date(2027, 3, 4))
    'Thursday, 4 March 2027'
    """
    return format_date(day, "EEEE, d MMMM y", locale="en")


def day_text(day: date) -> str:
    """A day without its weekday.

    >>> day_text(date(2027, 3, 4))
    '4 March 2027'
    """
    return format_date(day, "d MMMM y", locale="en")


def month_text(day: date) -> str:
    """The month of a day.

    >>> month_text(date(2027, 3, 4))
    'March 2027'
    """
    return format_date(day, "LLLL y", locale="en")


def hours_text(event: Event) -> str:
    """The hours of an event within one day, or the span of one over several days; "" for one whole day.

    "16:00–17:30"; "4 March 2027 to 6 March 2027".
    """
    start, end = event.start, event.end
    if end is not None and date_of(end) != date_of(start):
        return f"{_moment_words(start)} to {_moment_words(end)}"
    if not isinstance(start, datetime):
        return ""
    return f"{start:%H:%M}{_EN_DASH}{end:%H:%M}" if isinstance(end, datetime) else f"{start:%H:%M}"


def zone_text(zone: str | None) -> str:
    """A time zone (IANA) as people call it, by its city; "" where none is known.

    >>> zone_text("America/New_York"), zone_text("UTC")
    ('New York time', 'UTC')
    """
    if not zone:
        return ""
    city = zone.rsplit("/", 1)[-1].replace("_", " ")
    return city if city in ("UTC", "GMT") else f"{city} time"


def when_text(event: Event) -> str:
    """The whole time on one line, with its zone where one is known."""
    hours, zone = hours_text(event), zone_text(event.timezone) if isinstance(event.start, datetime) else ""
    several_days = event.end is not None and date_of(event.end) != date_of(event.start)
    day = "" if several_days else weekday_text(date_of(event.start))
    return " ".join(part for part in (", ".join(part for part in (day, hours) if part), zone) if part)


def repeats_text(event: Event) -> str:
    """How an event repeats, "Repeats weekly", "Repeats every 2 weeks"; "" for one that takes place once."""
    if event.recurrence is None:
        return ""
    parts = rrule_parts(event.recurrence.rrule)
    adverb, units = _FREQUENCIES.get(parts.get("FREQ", ""), ("", ""))
    interval = parts.get("INTERVAL", "1")
    if adverb and interval != "1":
        return f"Repeats every {interval} {units}"
    return f"Repeats {adverb}".strip()


def _moment_words(moment: Moment) -> str:
    day = day_text(date_of(moment))
    return f"{day}, {moment:%H:%M}" if isinstance(moment, datetime) else day
