"""`symposia read`: read the facts of an event in its name and description."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import click

from calendar_export.text.facts import credit_text, deadlines_text, price_text
from commands.options import answer_jsonl, jsonl_option, parse_moment, require_argument
from symposia.event import Deadline, Price
from symposia.facts import Facts, read_facts
from symposia.moments import moment_text
from symposia.zones import resolve_zone


@click.command()
@click.argument("name", required=False)
@click.argument("description", required=False)
@click.option("--as-of", metavar="DATE", help="The day the text was written; default: today.")
@click.option("--language", help="The language of its source (BCP 47), for texts too short to detect theirs.")
@click.option("--timezone", help="The time zone of its source (IANA).")
@jsonl_option
def command(
    name: str | None,
    description: str | None,
    as_of: str | None,
    language: str | None,
    timezone: str | None,
    jsonl: bool,
) -> None:
    """Read an event's NAME and DESCRIPTION: what it is, how to attend, what it costs and earns, and whom it is for.

    Print each fact with the words that state it. If DESCRIPTION is -, read it from standard input. Exit status 1 if the
    text states no fact.

    With --jsonl, read {"id", "name", "description", "as_of", "language"?, "timezone"?} per line and write {"id", "kind",
    "attendance_mode", "price", "deadlines", "credit", "audience", "language", "recording", "captions", "sign_language",
    "evidence"}; a fact that is not stated is null or empty.
    """
    if jsonl:
        answer_jsonl(_read_record, "name", "description", "as_of", "language", "timezone")
        return
    require_argument(name, "NAME")
    text = sys.stdin.read() if description == "-" else description
    facts = read_facts(name, text, parse_moment(as_of), language, resolve_zone(timezone))
    for line in _list_facts(facts):
        click.echo(line)
    if not facts.evidence:
        click.echo("the text states no fact", err=True)
        sys.exit(1)


def _read_record(record: dict[str, Any]) -> Iterator[dict[str, Any]]:
    facts = read_facts(
        record.get("name"),
        record.get("description"),
        parse_moment(record.get("as_of")),
        record.get("language"),
        record.get("timezone"),
    )
    yield {"id": record["id"], **_facts_to_json(facts)}


def _list_facts(facts: Facts) -> Iterator[str]:
    """Each fact that is stated, with the words that state it."""
    words = dict(facts.evidence)
    for name, value in _describe_facts(facts).items():
        if name in words:
            yield f"{name}: {value}  [{words[name]}]"


def _describe_facts(facts: Facts) -> dict[str, str | None]:
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


def _facts_to_json(facts: Facts) -> dict[str, Any]:
    return {
        "kind": facts.kind,
        "attendance_mode": facts.attendance_mode,
        "price": _price_to_json(facts.price),
        "deadlines": [_deadline_to_json(deadline) for deadline in facts.deadlines],
        "credit": [
            {"hours": credit.hours, "unit": credit.unit, "certificate": credit.certificate, "evidence": credit.evidence}
            for credit in facts.credit
        ],
        "audience": list(facts.audience),
        "language": facts.language,
        "recording": facts.recording,
        "captions": facts.captions,
        "sign_language": facts.sign_language,
        "evidence": dict(facts.evidence),
    }


def _price_to_json(price: Price | None) -> dict[str, Any] | None:
    if price is None:
        return None
    return {"is_free": price.is_free, "low": price.low, "high": price.high, "currency": price.currency}


def _deadline_to_json(deadline: Deadline) -> dict[str, str]:
    return {"kind": deadline.kind, "at": moment_text(deadline.at)}
