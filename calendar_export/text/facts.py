"""The facts of an event in words, as tables and pages show them."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

from calendar_export.text.cleaning import is_placeholder, one_line
from symposia.event import AttendanceMode, Credit, Deadline, Event, Location, Price
from symposia.facts.links import is_private_link, without_private
from symposia.moments import moment_text

_MODES = {"online": "online", "in_person": "in person", "hybrid": "hybrid"}
_RECORDING = {
    "will_be_recorded": "will be recorded",
    "recording_available": "recording available",
    "not_recorded": "not recorded",
}
_UNITS = {
    "": ("hour", "hours"),
    "clock": ("clock hour", "clock hours"),
    "contact": ("contact hour", "contact hours"),
    "PD": ("PD hour", "PD hours"),
    "other": ("credit", "credits"),
}
"""One and several of the units whose names are no words."""
_DUE = {"registration": "register", "early_bird": "early rate", "proposals": "proposals", "other": "deadline"}


def price_text(price: Price | None) -> str | None:
    """ "free", "paid", or the amounts with their currency, "20 to 45.5 EUR"; None where nothing is known."""
    if price is None:
        return None
    low, high = (amount if amount is not None and isfinite(amount) else None for amount in (price.low, price.high))
    if not low and not high:
        is_free = True if price.is_free is None and low == 0 else price.is_free
        return None if is_free is None else "free" if is_free else "paid"
    return f"{_amounts(low, high)} {price.currency or ''}".strip()


def deadlines_text(deadlines: tuple[Deadline, ...]) -> str | None:
    """Each deadline by its kind, "registration 2027-02-01"; None where none is known."""
    return "; ".join(f"{due.kind.value} {moment_text(due.at)}" for due in deadlines) or None


def credit_text(credit: tuple[Credit, ...]) -> str | None:
    """What attending earns, "2 CEU; certificate"; None where nothing is known."""
    return "; ".join(dict.fromkeys(part for one in credit for part in _credit_parts(one))) or None


def key_facts(event: Event) -> tuple[str, ...]:
    """What educators choose by, in short: kind, mode, price, credit, recording, deadlines."""
    kind = event.kind.value if event.kind and event.kind.value != "other" else None
    mode = _MODES[event.attendance_mode.value] if event.attendance_mode else None
    credit, recording = credit_text(event.credit), _RECORDING[event.recording.value] if event.recording else None
    due = [f"{_DUE[one.kind.value]} by {moment_text(one.at)[:10]}" for one in event.deadlines]
    known = (kind, mode, price_text(event.price), credit and f"earns {credit}", recording, *due)
    return tuple(fact for fact in known if fact)


def _amounts(low: float | None, high: float | None) -> str:
    if high is None or low == high:
        return _amount(low or 0)
    if low is None:
        return f"up to {_amount(high)}"
    return f"{_amount(low) if low else 'free'} to {_amount(high)}"


def _amount(amount: float) -> str:
    """An amount with no more than two digits behind the point: 20, 45.5, 1250000."""
    return f"{amount:.2f}".rstrip("0").rstrip(".")


def credit_amount_text(credit: Credit) -> str | None:
    """What is earned, "2 CEU", "1 contact hour", "CPD"; None where only a certificate is."""
    one, several = _UNITS.get(credit.unit or "", (credit.unit or "", credit.unit or ""))
    if credit.hours is None:
        return several if credit.unit else None
    return f"{credit.hours:g} {one if credit.hours == 1 else several}".strip()


def _credit_parts(credit: Credit) -> Iterator[str]:
    if earned := credit_amount_text(credit):
        yield earned
    if credit.certificate:
        yield "certificate"


UNTITLED = "Untitled event"


def title_text(name: str) -> str:
    """The name of an event on one line; never empty, as Google and Outlook show such entries as "(no title)"."""
    return one_line(without_private(name)) or UNTITLED


def place_text(event: Event) -> str | None:
    """Where to go, on one line: the place with its address, else "Online". None where nothing is known."""
    parts = _credit_parts(event.location) if event.location else []
    if parts:
        return ", ".join(parts)
    return "Online" if event.attendance_mode == AttendanceMode.ONLINE else None


def public_place_text(event: Event) -> str:
    """`place_text` as a calendar has it; empty where nothing is known."""
    place = one_line(without_private(place_text(event) or ""))
    return "" if is_placeholder(place) else place


def _credit_parts(location: Location) -> list[str]:
    """The parts of an address; those left out that stand in an earlier one, say nothing, or lead into a meeting."""
    parts: list[str] = []
    for part in (location.name, location.address, location.city, location.region, location.country):
        if not part or is_placeholder(part.strip()) or is_private_link(part):
            continue
        if not any(part.casefold() in known.casefold() for known in parts):
            parts.append(part)
    return parts
