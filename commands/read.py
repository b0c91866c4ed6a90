"""`symposia read`: what a text says of an event."""

from __future__ import annotations

from typing import Any

import click

from commands.options import answer, clock, jsonl_option, questions
from symposia.codec import moment_text
from symposia.event import Deadline, Price
from symposia.facts import Facts, read_facts


@click.command()
@jsonl_option
def command(jsonl: bool) -> None:
    """Read from an event's words what it is, how to attend, what it costs and earns, and whom it is for.

    Reads {"id", "name", "description", "as_of", "language"?, "timezone"?} a line. Writes {"id", "kind", "attendance_mode",
    "price", "deadlines", "credit", "audience", "language", "recording", "captions", "evidence"}, null or empty where nothing is
    said.
    """
    if not jsonl:
        raise click.UsageError("this reads and writes JSON lines: symposia read --jsonl < postings.jsonl")
    for one in questions():
        facts = read_facts(
            one.get("name"), one.get("description"), clock(one.get("as_of")), one.get("language"), one.get("timezone")
        )
        answer({"id": one["id"], **_as_json(facts)})


def _as_json(facts: Facts) -> dict[str, Any]:
    return {
        "kind": facts.kind,
        "attendance_mode": facts.attendance_mode,
        "price": _price(facts.price),
        "deadlines": [_deadline(due) for due in facts.deadlines],
        "credit": [
            {"hours": one.hours, "unit": one.unit, "certificate": one.certificate, "evidence": one.evidence}
            for one in facts.credit
        ],
        "audience": list(facts.audience),
        "language": facts.language,
        "recording": facts.recording,
        "captions": facts.captions,
        "evidence": dict(facts.evidence),
    }


def _price(price: Price | None) -> dict[str, Any] | None:
    if price is None:
        return None
    return {"is_free": price.is_free, "low": price.low, "high": price.high, "currency": price.currency}


def _deadline(due: Deadline) -> dict[str, str]:
    return {"kind": due.kind, "at": moment_text(due.at)}
