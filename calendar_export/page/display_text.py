"""The facts of an event in the words of the page: the same in its HTML, in its data for scripts, and on paper."""

from __future__ import annotations

from collections.abc import Iterator

from babel import Locale
from babel.numbers import get_currency_symbol

from calendar_export.facets import country_of, language_of
from calendar_export.text.facts import credit_amount_text
from calendar_export.text.times import day_text
from symposia.countries import country_name
from symposia.event import AttendanceMode, Credit, Deadline, DeadlineKind, Event, Kind, Price, Recording, Status
from symposia.moments import date_of

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
RECORDINGS = {
    Recording.WILL_BE_RECORDED: "Will be recorded",
    Recording.RECORDING_AVAILABLE: "Recording available",
    Recording.NOT_RECORDED: "Not recorded",
}
_DEADLINES = {
    DeadlineKind.REGISTRATION: "Register by",
    DeadlineKind.EARLY_BIRD: "Lower price until",
    DeadlineKind.PROPOSALS: "Propose a session by",
    DeadlineKind.OTHER: "Deadline",
}
_MAX_SUMMARY = 120
"""Characters of a description in a list: two lines on a wide screen."""


def price_text(price: Price | None) -> str:
    """The price; "" where nothing is known.

    >>> price_text(Price(low=20, high=45, currency="EUR"))
    '€20 to €45'
    >>> price_text(Price(is_free=True)), price_text(Price(is_free=False))
    ('Free', 'Not free')
    """
    if price is None or (price.low is None and price.high is None):
        free = price.is_free if price else None
        return "" if free is None else "Free" if free else "Not free"
    if price.low is None:
        return f"Up to {_money(price.high or 0, price.currency)}"
    low = "Free" if price.low == 0 else _money(price.low, price.currency)
    if price.high in (None, price.low):
        return low
    return f"{low} to {_money(price.high or 0, price.currency)}"


def credit_text(credit: tuple[Credit, ...]) -> str:
    """What attending earns; "" where nothing is known.

    >>> credit_text((Credit(hours=2, unit="CEU", certificate=True),))
    'Earns 2 CEU and a certificate'
    """
    parts = list(dict.fromkeys(part for award in credit for part in _credit_parts(award)))
    return f"Earns {' and '.join(parts)}" if parts else "Earns credit" if credit else ""


def deadline_text(deadline: Deadline) -> str:
    """What to do, and by which day: "Register by 3 March 2027"."""
    return f"{_DEADLINES[deadline.kind]} {day_text(date_of(deadline.at))}"


def language_name(code: str) -> str:
    """The English name of a language (CLDR) by its ISO 639 code; the code where it has none.

    >>> language_name("de"), language_name("qqq")
    ('German', 'qqq')
    """
    return str(Locale("en").languages.get(code, code))


def country_label(code: str) -> str:
    """The English name of a country (CLDR) by its ISO 3166 code; the code where it has none.

    >>> country_label("DE")
    'Germany'
    """
    return country_name(code) or code


def place_text(event: Event) -> str:
    """How and where to attend: "Online", "Bonn, Germany", "In person or online · Bonn, Germany"; "" where unknown."""
    mode = MODES[event.attendance_mode] if event.attendance_mode else ""
    if event.attendance_mode is AttendanceMode.ONLINE:
        return mode
    place = ", ".join(_place_parts(event))
    if event.attendance_mode is AttendanceMode.IN_PERSON and place:
        return place
    return " · ".join(part for part in (mode, place) if part)


def extras_text(event: Event) -> str:
    """What else helps to choose: recording, captions, sign language, a language other than English; "" for none."""
    code = language_of(event)
    extras = (
        RECORDINGS[event.recording] if event.recording else "",
        "Captioned" if event.captions else "",
        "Sign language" if event.sign_language else "",
        f"In {language_name(code)}" if code not in (None, "en") else "",
    )
    return " · ".join(extra for extra in extras if extra)


def summary_text(description: str | None) -> str:
    r"""The beginning of a description, on one line, cut between two words; "" where there is none.

    >>> summary_text("An hour on\n picture books.")
    'An hour on picture books.'
    """
    line = " ".join((description or "")[: 4 * _MAX_SUMMARY].split())
    return line if len(line) <= _MAX_SUMMARY else f"{line[:_MAX_SUMMARY].rsplit(' ', 1)[0].rstrip(',;:. ')} …"


def _place_parts(event: Event) -> Iterator[str]:
    """Venue, town and country, without what an earlier part says: venues often name their town, addresses the venue."""
    place = event.location
    if place is None:
        return
    code = country_of(place)
    country = country_label(code) if code else place.country
    venue = place.name or (place.address if not place.city else None)
    parts: list[str] = []
    for part in (venue, place.city, place.region if not code else None, country):
        if part and not any(part.casefold() in earlier.casefold() for earlier in parts):
            parts.append(part)
            yield part


def _money(amount: float, currency: str | None) -> str:
    number = f"{amount:,.0f}" if amount == int(amount) else f"{amount:,.2f}"
    symbol = get_currency_symbol(currency, locale="en") if currency else ""
    return f"{symbol}\u00a0{number}" if symbol[-1:].isalpha() else f"{symbol}{number}"


def _credit_parts(credit: Credit) -> Iterator[str]:
    if amount := credit_amount_text(credit):
        yield amount
    if credit.certificate:
        yield "a certificate"
