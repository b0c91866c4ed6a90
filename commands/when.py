"""`symposia when`: read the dates, times and recurrence rules that a text names."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import click

from commands.options import answer_jsonl, jsonl_option, parse_moment, require_argument
from symposia.moments import moment_text
from symposia.when import Precision, When, read_when
from symposia.zones import resolve_zone


@click.command()
@click.argument("text", nargs=-1)
@click.option("--as-of", metavar="DATE", help="The day the text was written; default: today.")
@click.option("--language", help="The language of the text (BCP 47); default: detected.")
@click.option("--timezone", help="The time zone of its source (IANA).")
@jsonl_option
def command(text: tuple[str, ...], as_of: str | None, language: str | None, timezone: str | None, jsonl: bool) -> None:
    """Read the date, range, time or rule in TEXT and explain the reading. Exit status 1 if TEXT names no day.

    With --jsonl, read {"id", "text", "as_of", "language"?, "timezone"?} per line and write {"id", "start", "end",
    "timezone", "text", "precision", "days", "rrule", "why"}.
    """
    if jsonl:
        answer_jsonl(_read_record, "text", "as_of", "language", "timezone")
        return
    require_argument(text, "TEXT")
    when = read_when(" ".join(text), parse_moment(as_of), language, resolve_zone(timezone))
    if when is None:
        click.echo("no date", err=True)
        sys.exit(1)
    for line in _explain(when):
        click.echo(line)
    if when.start is None and when.rrule is None:
        sys.exit(1)


def _read_record(record: dict[str, Any]) -> Iterator[dict[str, Any]]:
    when = read_when(
        record.get("text") or "",
        parse_moment(record.get("as_of")),
        record.get("language"),
        resolve_zone(record.get("timezone")),
    ) or When(start=None, precision=Precision.UNKNOWN, text="")
    yield {
        "id": record["id"],
        "start": moment_text(when.start) if when.start else None,
        "end": moment_text(when.end) if when.end else None,
        "timezone": when.timezone,
        "text": when.text or None,
        "precision": when.precision.value,
        "days": [day.isoformat() for day in when.days],
        "rrule": when.rrule,
        "why": list(when.why),
    }


def _explain(when: When) -> list[str]:
    """One line for the reading, then one for each thing that it rests on."""
    lines = [_summarize(when)]
    lines += [f"  days: {', '.join(day.isoformat() for day in when.days)}"] if when.days else []
    lines += [f"  repeats: {when.rrule}"] if when.rrule else []
    if when.timezone:
        lines.append(f"  zone: {when.timezone}, {'which the text names' if when.zone_stated else 'of the source'}")
    lines += [f"  {reason}" for reason in when.why]
    return [*lines, f"  from the words “{when.text}”"]


def _summarize(when: When) -> str:
    if when.start is not None:
        return moment_text(when.start) + (f" until {moment_text(when.end)}" if when.end else "")
    if when.within is not None:
        return f"no day: a {when.precision.value} between {when.within[0]} and {when.within[1]}"
    return "no first day is stated" if when.rrule else "no day: to be announced"
