"""What is known of an event in a reader's words: the same on the page, in its data for scripts, and on paper."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from babel import Locale
from babel.dates import format_date
from babel.numbers import get_currency_symbol

from calendar_export.fact_text import earned_text
from calendar_export.query import country_of, language_of
from symposia.event import AttendanceMode, Credit, Deadline, DeadlineKind, Event, Kind, Moment, Price, Recording, Status

MODES = {
    AttendanceMode.ONLINE: "Online",
    AttendanceMode.IN_PERSON: "In person",
    AttendanceMode.HYBRID: "In person or online",
}
KINDS = {
    Kind.CONFERENCE: "Conference",
    Kind.WORKSHOP: "Workshop",
    Kind.WEBINAR: "Webinar",
    Kind.COURSE: "Course",
    Kind.CHAT: "Community chat",
    Kind.MEETING: "Meeting",
    Kind.OTHER: "Other",
}
STATUSES = {
    Status.CANCELLED: "Cancelled",
    Status.POSTPONED: "Postponed",
    Status.RESCHEDULED: "New date",
    Status.MOVED_ONLINE: "Moved online",
}
DUE = {
    DeadlineKind.REGISTRATION: "Register by",
    DeadlineKind.EARLY_BIRD: "Lower price until",
    DeadlineKind.PROPOSALS: "Propose a session by",
    DeadlineKind.OTHER: "Deadline",
}
RECORDINGS = {
    Recording.WILL_BE_RECORDED: "Will be recorded",
    Recording.RECORDING_AVAILABLE: "Recording available",
    Recording.NOT_RECORDED: "Not recorded",
}
_OFTEN = {"DAILY": ("daily", "days"), "WEEKLY": ("weekly", "weeks"), "MONTHLY": ("monthly", "months")}
_OFTEN["YEARLY"] = ("yearly", "years")
_SUMMARY = 120
_DASH = "–"


def day_of(moment: Moment) -> date:
    """The day of a moment, where it takes place."""
    return moment.date() if isinstance(moment, datetime) else moment


def day_text(day: date) -> str:
    """ "Thursday, 4 March 2027"."""
    return format_date(day, "EEEE, d MMMM y", locale="en")


def month_text(day: date) -> str:
    """ "March 2027"."""
    return format_date(day, "LLLL y", locale="en")


def hours_text(event: Event) -> str:
    """The times of day, or the days of what lasts several: "16:00–17:30", "4 March to 6 March 2027"."""
    start, end = event.start, event.end
    if end is not None and day_of(end) != day_of(start):
        return f"{_point(start)} to {_point(end)}"
    if not isinstance(start, datetime):
        return ""
    return f"{start:%H:%M}{_DASH}{end:%H:%M}" if isinstance(end, datetime) else f"{start:%H:%M}"


def zone_text(zone: str | None) -> str:
    """A zone as people call it: "New York time" for America/New_York; "" where none is known."""
    if not zone:
        return ""
    city = zone.rsplit("/", 1)[-1].replace("_", " ")
    return city if city in ("UTC", "GMT") else f"{city} time"


def when_text(event: Event) -> str:
    """The whole time in one line, with its zone where one is known."""
    hours, zone = hours_text(event), zone_text(event.timezone) if isinstance(event.start, datetime) else ""
    day = "" if event.end is not None and day_of(event.end) != day_of(event.start) else day_text(day_of(event.start))
    return " ".join(part for part in (", ".join(part for part in (day, hours) if part), zone) if part)


def repeats_text(event: Event) -> str:
    """ "Repeats weekly"; "" for what takes place once."""
    if event.recurrence is None:
        return ""
    parts = dict(part.split("=", 1) for part in (event.recurrence.rrule or "").upper().split(";") if "=" in part)
    often, units = _OFTEN.get(parts.get("FREQ", ""), ("", ""))
    every = parts.get("INTERVAL", "1")
    if often and every != "1":
        return f"Repeats every {every} {units}"
    return f"Repeats {often}".strip()


def price_words(price: Price | None) -> str:
    """ "Free", "€20–45", "Not free"; "" where nothing is known."""
    if price is None or (price.low is None and price.high is None):
        free = price.is_free if price else None
        return "" if free is None else "Free" if free else "Not free"
    if price.low is None:
        return f"Up to {_money(price.high or 0, price.currency)}"
    low = "Free" if price.low == 0 else _money(price.low, price.currency)
    if price.high in (None, price.low):
        return low
    return f"{low} to {_money(price.high or 0, price.currency)}"


def credit_words(credit: tuple[Credit, ...]) -> str:
    """ "Earns 2 CEU and a certificate"; "" where nothing is known."""
    parts = list(dict.fromkeys(part for one in credit for part in _earned(one)))
    return f"Earns {' and '.join(parts)}" if parts else "Earns credit" if credit else ""


def due_text(due: Deadline) -> str:
    """ "Register by 3 March 2027"."""
    return f"{DUE[due.kind]} {format_date(day_of(due.at), 'd MMMM y', locale='en')}"


def language_name(code: str) -> str:
    """The English name of a language by its ISO 639 code; the code where it has none."""
    return str(Locale("en").languages.get(code, code))


def country_name(code: str) -> str:
    """The English name of a country by its ISO 3166 code; the code where it has none."""
    return str(Locale("en").territories.get(code, code))


def place_words(event: Event) -> str:
    """How and where one attends, in short: "Online", "Bonn, Germany", "In person or online · Bonn, Germany"."""
    mode = MODES[event.attendance_mode] if event.attendance_mode else ""
    if event.attendance_mode is AttendanceMode.ONLINE:
        return mode
    place = ", ".join(_town(event))
    if event.attendance_mode is AttendanceMode.IN_PERSON and place:
        return place
    return " · ".join(part for part in (mode, place) if part)


def other_words(event: Event) -> str:
    """What else helps to choose: recording, captions, sign language, a language that is not English."""
    code = language_of(event)
    known = (
        RECORDINGS[event.recording] if event.recording else "",
        "Captioned" if event.captions else "",
        "Sign language" if event.sign_language else "",
        f"In {language_name(code)}" if code not in (None, "en") else "",
    )
    return " · ".join(word for word in known if word)


def summary(text: str | None) -> str:
    """The beginning of a description, on one line, cut between words; "" where there is none."""
    line = " ".join((text or "")[: 4 * _SUMMARY].split())
    return line if len(line) <= _SUMMARY else f"{line[:_SUMMARY].rsplit(' ', 1)[0].rstrip(',;:. ')} …"


def _town(event: Event) -> Iterator[str]:
    place = event.location
    if place is None:
        return
    code = country_of(place)
    country = country_name(code) if code else place.country
    # The venue's name often repeats the town, the address the name.
    first = place.name or (place.address if not place.city else None)
    said: list[str] = []
    for part in (first, place.city, place.region if not code else None, country):
        if part and not any(part.casefold() in known.casefold() for known in said):
            said.append(part)
            yield part


def _point(moment: Moment) -> str:
    day = format_date(day_of(moment), "d MMMM y", locale="en")
    return f"{day}, {moment:%H:%M}" if isinstance(moment, datetime) else day


def _money(amount: float, currency: str | None) -> str:
    number = f"{amount:,.0f}" if amount == int(amount) else f"{amount:,.2f}"
    symbol = get_currency_symbol(currency, locale="en") if currency else ""
    return f"{symbol}\u00a0{number}" if symbol[-1:].isalpha() else f"{symbol}{number}"


def _earned(credit: Credit) -> Iterator[str]:
    if earned := earned_text(credit):
        yield earned
    if credit.certificate:
        yield "a certificate"
