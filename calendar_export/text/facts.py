"""The facts of an event in short words: title, place, price, credit, deadlines."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

from calendar_export.text.cleaning import clean_line, is_placeholder
from symposia.event import AttendanceMode, Credit, Deadline, Event, Location, Price
from symposia.moments import date_of, moment_text

UNTITLED = "Untitled event"
_MODES = {"online": "online", "in_person": "in person", "hybrid": "hybrid"}
_RECORDINGS = {
    "will_be_recorded": "will be recorded",
    "recording_available": "recording available",
    "not_recorded": "not recorded",
}
_CREDIT_UNITS = {
    "": ("hour", "hours"),
    "clock": ("clock hour", "clock hours"),
    "contact": ("contact hour", "contact hours"),
    "PD": ("PD hour", "PD hours"),
    "other": ("credit", "credits"),
}
"""Singular and plural of the units of credit; any other unit, as CEU, is its own word in both."""
_DEADLINE_LABELS = {
    "registration": "register",
    "early_bird": "early rate",
    "proposals": "proposals",
    "other": "deadline",
}


def title_text(name: str) -> str:
    r"""The name of an event on one line; `UNTITLED` where nothing is left of it, or a program's word for nothing.

    Google and Outlook show an entry without a title as "(no title)".

    >>> title_text("Reading \n aloud")
    'Reading aloud'
    """
    title = clean_line(name)
    return UNTITLED if is_placeholder(title) else title


def place_text(event: Event) -> str | None:
    """Where to go: the place with its address, else "Online"; None where neither is known."""
    parts = _address_parts(event.location) if event.location else []
    if parts:
        return ", ".join(parts)
    return "Online" if event.attendance_mode == AttendanceMode.ONLINE else None


def place_line(event: Event) -> str:
    """`place_text` on one line; "" where no place is known."""
    place = clean_line(place_text(event) or "")
    return "" if is_placeholder(place) else place


def price_text(price: Price | None) -> str | None:
    """The price as "free", "paid", or its amounts and currency; None where nothing is known.

    >>> price_text(Price(low=20, high=45.5, currency="EUR"))
    '20 to 45.5 EUR'
    >>> price_text(Price(is_free=True)), price_text(Price(is_free=False)), price_text(Price())
    ('free', 'paid', None)
    """
    if price is None:
        return None
    low, high = (amount if amount is not None and isfinite(amount) else None for amount in (price.low, price.high))
    if not low and not high:
        is_free = True if price.is_free is None and low == 0 else price.is_free
        return None if is_free is None else "free" if is_free else "paid"
    return f"{_amount_range(low, high)} {price.currency or ''}".strip()


def deadlines_text(deadlines: tuple[Deadline, ...]) -> str | None:
    """Each deadline as its kind and moment, "registration 2027-02-01"; None where there are none."""
    return "; ".join(f"{deadline.kind.value} {moment_text(deadline.at)}" for deadline in deadlines) or None


def credit_text(credit: tuple[Credit, ...]) -> str | None:
    """What attending earns; None where nothing is known.

    >>> credit_text((Credit(hours=2, unit="CEU"), Credit(certificate=True)))
    '2 CEU; certificate'
    """
    return "; ".join(dict.fromkeys(part for award in credit for part in _credit_parts(award))) or None


def credit_amount_text(credit: Credit) -> str | None:
    """The amount of credit with its unit, or the unit alone; None where neither is known.

    >>> credit_amount_text(Credit(hours=1, unit="contact")), credit_amount_text(Credit(unit="CPD"))
    ('1 contact hour', 'CPD')
    """
    singular, plural = _CREDIT_UNITS.get(credit.unit or "", (credit.unit or "", credit.unit or ""))
    if credit.hours is None:
        return plural if credit.unit else None
    return f"{credit.hours:g} {singular if credit.hours == 1 else plural}".strip()


def key_facts(event: Event) -> tuple[str, ...]:
    """What educators choose by: kind, mode, price, credit, recording, deadlines; unknown ones are left out."""
    kind = event.kind.value if event.kind and event.kind.value != "other" else None
    mode = _MODES[event.attendance_mode.value] if event.attendance_mode else None
    credit, recording = credit_text(event.credit), _RECORDINGS[event.recording.value] if event.recording else None
    deadlines = [f"{_DEADLINE_LABELS[due.kind.value]} by {date_of(due.at)}" for due in event.deadlines]
    facts = (kind, mode, price_text(event.price), credit and f"earns {credit}", recording, *deadlines)
    return tuple(fact for fact in facts if fact)


def _address_parts(location: Location) -> list[str]:
    """The parts of an address, without placeholders and what an earlier part already says."""
    parts: list[str] = []
    for part in (location.name, location.address, location.city, location.region, location.country):
        if not part or is_placeholder(part.strip()):
            continue
        if not any(part.casefold() in earlier.casefold() for earlier in parts):
            parts.append(part)
    return parts


def _amount_range(low: float | None, high: float | None) -> str:
    if high is None or low == high:
        return _amount(low or 0)
    if low is None:
        return f"up to {_amount(high)}"
    return f"{_amount(low) if low else 'free'} to {_amount(high)}"


def _amount(amount: float) -> str:
    """An amount with at most two decimals: 20, 45.5, 1250000."""
    return f"{amount:.2f}".rstrip("0").rstrip(".")


def _credit_parts(credit: Credit) -> Iterator[str]:
    if amount := credit_amount_text(credit):
        yield amount
    if credit.certificate:
        yield "certificate"
