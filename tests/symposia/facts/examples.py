"""The tables of examples in tables/*.toml: a text, and what it says of one fact, in short.

An example is a list: the description, or the name and the description; what is said, several things parted by ", ", nothing as
""; and, where it is read wrongly and we know it, "misread: " with the reason. Traps look as if they said the fact.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from symposia.event import Credit, Price
from symposia.facts.audience import find_audience
from symposia.facts.credit import find_credit
from symposia.facts.deadlines import read_deadlines
from symposia.facts.fact import Fact
from symposia.facts.kind import find_kind
from symposia.facts.language import find_language
from symposia.facts.mode import find_mode
from symposia.facts.price import find_price
from symposia.facts.recording import find_captions, find_recording, find_sign_language
from symposia.moments import moment_text

NOW = datetime(2027, 1, 10, tzinfo=UTC)
_MISREAD = "misread: "


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A text, what it says, whether it looks as if it said something else, and why it is read wrongly, if it is."""

    name: str
    description: str
    said: frozenset[str]
    is_trap: bool
    misread: str | None


def examples(fact: str) -> list[Example]:
    """The table of a fact. Raises FileNotFoundError where it has none."""
    lists = tomllib.loads((Path(__file__).parent / "tables" / f"{fact}.toml").read_text(encoding="utf-8"))
    return [_example(row, key == "traps") for key in ("said", "traps") for row in lists[key]]


def cases(fact: str) -> list[object]:
    """The same for pytest: what is known to be misread must fail."""
    return [
        pytest.param(
            one,
            id=(one.description or one.name)[:60],
            marks=[pytest.mark.xfail(reason=one.misread, strict=True)] if one.misread else [],
        )
        for one in examples(fact)
    ]


def read(fact: str, example: Example) -> frozenset[str]:
    """What our reader makes of an example, written as the tables write it."""
    return frozenset(READERS[fact](example.name, example.description))


def _example(row: list[str], is_trap: bool) -> Example:
    misread = row[-1].removeprefix(_MISREAD) if row[-1].startswith(_MISREAD) else None
    *texts, said = row[:-1] if misread else row
    name, description = texts if len(texts) == 2 else ("", texts[0])
    said_in_parts = frozenset(part for part in said.split(", ") if part)
    return Example(name=name, description=description, said=said_in_parts, is_trap=is_trap, misread=misread)


def _kind(name: str, text: str) -> Iterable[str]:
    return _one(find_kind(name, text))


def _mode(name: str, text: str) -> Iterable[str]:
    kind = find_kind(name, text)
    return _one(find_mode(name, text, kind.value if kind else None))


def _price(name: str, text: str) -> Iterable[str]:
    found = find_price(name, text)
    return [_amounts(found.value)] if found else []


def _amounts(price: Price) -> str:
    """Write a price: "free", "paid", "30 EUR", "30 to 100 EUR"."""
    if price.low is None or price.high is None:
        return "free" if price.is_free else "paid"
    amounts = f"{price.low:g}" if price.low == price.high else f"{price.low:g} to {price.high:g}"
    return f"{amounts} {price.currency}"


def _deadlines(name: str, text: str) -> Iterable[str]:
    return [f"{one.value.kind} {moment_text(one.value.at)}" for one in read_deadlines(name, text, NOW, None, None)]


def _credit(name: str, text: str) -> Iterable[str]:
    return [part for one in find_credit(name, text) for part in _parts(one.value)]


def _parts(credit: Credit) -> list[str]:
    """Name what a credit says: "1.5 CEU", "other", "certificate", "no certificate"."""
    amount = [f"{credit.hours:g} {credit.unit}" if credit.hours else credit.unit] if credit.unit else []
    certificate = [] if credit.certificate is None else ["certificate" if credit.certificate else "no certificate"]
    return [*amount, *certificate]


def _audience(name: str, text: str) -> Iterable[str]:
    return [one.value for one in find_audience(name, text)]


def _language(name: str, text: str) -> Iterable[str]:
    return _one(find_language(name, text))


def _recording(name: str, text: str) -> Iterable[str]:
    return _one(find_recording(name, text))


def _captions(name: str, text: str) -> Iterable[str]:
    found = find_captions(name, text)
    return ["captions" if found.value else "no captions"] if found else []


def _sign_language(name: str, text: str) -> Iterable[str]:
    return ["sign language"] if find_sign_language(name, text) else []


def _one(said: Fact[str] | None) -> list[str]:
    return [str(said.value)] if said else []


READERS: dict[str, Callable[[str, str], Iterable[str]]] = {
    "kind": _kind,
    "attendance_mode": _mode,
    "price": _price,
    "deadlines": _deadlines,
    "credit": _credit,
    "audience": _audience,
    "language": _language,
    "recording": _recording,
    "captions": _captions,
    "sign_language": _sign_language,
}
