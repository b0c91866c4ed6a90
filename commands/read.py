"""`symposia read`: what a text says of an event."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import click

from calendar_export.text.facts import credit_text, deadlines_text, price_text
from commands.options import jsonl_option, parse_moment, read_jsonl, write_jsonl
from symposia.event import Deadline, Price
from symposia.facts import Facts, read_facts
from symposia.moments import moment_text
from symposia.zones import resolve_zone


@click.command()
@click.argument("name", required=False)
@click.argument("description", required=False)
@click.option("--as-of", metavar="DATE", help="The day the text was written; today without it.")
@click.option("--language", help="The language of its source (BCP 47), for texts too short to tell theirs.")
@click.option("--timezone", help="The zone of its source (IANA).")
@jsonl_option
def command(
    name: str | None,
    description: str | None,
    as_of: str | None,
    language: str | None,
    timezone: str | None,
    jsonl: bool,
) -> None:
    """Read from an event's NAME and DESCRIPTION what it is, how to attend, what it costs and earns, and whom it is for.

    Says each fact with the words it rests on. A DESCRIPTION of - is read from standard input. Exit status 1 where nothing is
    said.

    With --jsonl, reads {"id", "name", "description", "as_of", "language"?, "timezone"?} a line. Writes {"id", "kind",
    "attendance_mode", "price", "deadlines", "credit", "audience", "language", "recording", "captions", "sign_language", "evidence"}, null or
    empty where nothing is said.
    """
    if jsonl:
        for question in read_jsonl("name", "description", "as_of", "language", "timezone"):
            _answer(question)
        return
    if not name:
        raise click.UsageError("a NAME to read is missing")
    text = sys.stdin.read() if description == "-" else description
    facts = read_facts(name, text, parse_moment(as_of), language, resolve_zone(timezone))
    for line in _lines(facts):
        click.echo(line)
    if not facts.evidence:
        click.echo("nothing is said", err=True)
        raise SystemExit(1)


def _answer(one: dict[str, Any]) -> None:
    facts = read_facts(
        one.get("name"),
        one.get("description"),
        parse_moment(one.get("as_of")),
        one.get("language"),
        one.get("timezone"),
    )
    write_jsonl({"id": one["id"], **_as_json(facts)})


def _lines(facts: Facts) -> Iterator[str]:
    """Each fact that is said, and the words that say so."""
    words = dict(facts.evidence)
    for name, value in _in_words(facts).items():
        if name in words:
            yield f"{name}: {value}  [{words[name]}]"


def _in_words(facts: Facts) -> dict[str, str | None]:
    return {
        "kind": facts.kind,
        "attendance_mode": facts.attendance_mode,
        "price": price_text(facts.price),
        "deadlines": deadlines_text(facts.deadlines),
        "credit": credit_text(facts.credit) or "no certificate",
        "audience": "; ".join(facts.audience),
        "language": facts.language,
        "recording": facts.recording,
        "captions": "yes" if facts.captions else "no",
        "sign_language": "yes" if facts.sign_language else "no",
    }


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
        "sign_language": facts.sign_language,
        "evidence": dict(facts.evidence),
    }


def _price(price: Price | None) -> dict[str, Any] | None:
    if price is None:
        return None
    return {"is_free": price.is_free, "low": price.low, "high": price.high, "currency": price.currency}


def _deadline(due: Deadline) -> dict[str, str]:
    return {"kind": due.kind, "at": moment_text(due.at)}
