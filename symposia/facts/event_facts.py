"""All facts that an event's name and description state, read by one function."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, TypeVar

from symposia.event import AttendanceMode, Credit, Deadline, Kind, Price, Recording
from symposia.facts.audience import find_audience
from symposia.facts.credit import find_credit
from symposia.facts.deadlines import read_deadlines
from symposia.facts.fact import Fact
from symposia.facts.kind import as_webinar_if_online, find_kind
from symposia.facts.language import find_language
from symposia.facts.mode import find_mode
from symposia.facts.price import find_price
from symposia.facts.recording import find_captions, find_recording, find_sign_language
from symposia.text.plain_text import one_line, plain_text

MAX_TEXT = 20_000
"""Characters of a description that are read: longer ones hold whole programmes."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is said of an event; None, or empty, where nothing is said. `evidence`: for a field, the words that say so."""

    kind: Kind | None = None
    attendance_mode: AttendanceMode | None = None
    price: Price | None = None
    deadlines: tuple[Deadline, ...] = ()
    credit: tuple[Credit, ...] = ()
    audience: tuple[str, ...] = ()
    language: str | None = None
    recording: Recording | None = None
    captions: bool | None = None
    sign_language: bool | None = None
    evidence: tuple[tuple[str, str], ...] = ()


@lru_cache(maxsize=256)
def read_facts(
    name: str | None,
    description: str | None,
    as_of: datetime,
    language: str | None = None,
    timezone: str | None = None,
) -> Facts:
    """The facts in an event's name and description (plain text or HTML).

    Facts that are not stated stay None, or empty. Cached: the occurrences of a series share their texts.

    Args:
        name: The event's name.
        description: Its description.
        as_of: The day of reading (aware), from which days without a year are counted.
        language: The source's language (BCP 47), used where the text leaves its own open.
        timezone: The source's zone (IANA), used likewise.
    """
    name, text = one_line(name) or "", (plain_text(description) or "")[:MAX_TEXT]
    called = find_kind(name, text)
    mode = find_mode(name, text, called.value if called else None)
    kind = as_webinar_if_online(called, bool(mode and mode.value is AttendanceMode.ONLINE))
    price, spoken = find_price(name, text), find_language(name, text, language)
    recording, captions = find_recording(name, text), find_captions(name, text)
    signed = find_sign_language(name, text)
    deadlines = read_deadlines(name, text, as_of, language, timezone)
    credit, audience = find_credit(name, text), find_audience(name, text)
    single: dict[str, Fact[Any] | None] = {
        "kind": kind,
        "attendance_mode": mode,
        "price": price,
        "language": spoken,
        "recording": recording,
        "captions": captions,
        "sign_language": signed,
    }
    several: dict[str, Sequence[Fact[Any]]] = {"deadlines": deadlines, "credit": credit, "audience": audience}
    return Facts(
        kind=_value_of(kind),
        attendance_mode=_value_of(mode),
        price=_value_of(price),
        deadlines=_values_of(deadlines),
        credit=_values_of(credit),
        audience=_values_of(audience),
        language=_value_of(spoken),
        recording=_value_of(recording),
        captions=_value_of(captions),
        sign_language=_value_of(signed),
        evidence=tuple(sorted(_quotes_by_field(single, several).items())),
    )


def _value_of(fact: Fact[T] | None) -> T | None:
    return fact.value if fact else None


def _values_of(facts: Sequence[Fact[T]]) -> tuple[T, ...]:
    return tuple(fact.value for fact in facts)


def _quotes_by_field(single: dict[str, Fact[Any] | None], several: dict[str, Sequence[Fact[Any]]]) -> dict[str, str]:
    """The words that state each field, joined where it has several facts; a field without a fact is left out."""
    quotes = {field: fact.words for field, fact in single.items() if fact}
    joined = {
        field: "; ".join(dict.fromkeys(fact.words for fact in facts)) for field, facts in several.items() if facts
    }
    return quotes | joined
