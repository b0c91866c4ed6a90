"""`symposia when`: the days, times and rules that a text names."""

from __future__ import annotations

import click

from commands.options import jsonl_option, parse_moment, read_jsonl, write_jsonl
from symposia.moments import moment_text
from symposia.when import Precision, When, read_when
from symposia.zones import resolve_zone


@click.command()
@click.argument("text", nargs=-1)
@click.option("--as-of", metavar="DATE", help="The day the text was written; today without it.")
@click.option("--language", help="The language of the text (BCP 47); found out without it.")
@click.option("--timezone", help="The zone of its source (IANA).")
@jsonl_option
def command(text: tuple[str, ...], as_of: str | None, language: str | None, timezone: str | None, jsonl: bool) -> None:
    """Read the date, range, time or rule in TEXT, and say why it is read so. Exit status 1 where it names no day.

    With --jsonl, reads {"id", "text", "as_of", "language"?, "timezone"?} and writes {"id", "start", "end", "timezone", "text",
    "precision", "days", "rrule", "why"}.
    """
    if jsonl:
        for question in read_jsonl("text", "as_of", "language", "timezone"):
            _answer(question)
        return
    if not text:
        raise click.UsageError("a TEXT to read is missing")
    when = read_when(" ".join(text), parse_moment(as_of), language, resolve_zone(timezone))
    if when is None:
        click.echo("no date", err=True)
        raise SystemExit(1)
    for line in _lines(when):
        click.echo(line)
    if when.start is None and when.rrule is None:
        raise SystemExit(1)


def _answer(question: dict[str, str]) -> None:
    when = read_when(
        question.get("text") or "",
        parse_moment(question.get("as_of")),
        question.get("language"),
        resolve_zone(question.get("timezone")),
    )
    if when is None:
        when = When(start=None, precision=Precision.UNKNOWN, text="")
    write_jsonl(
        {
            "id": question["id"],
            "start": moment_text(when.start) if when.start else None,
            "end": moment_text(when.end) if when.end else None,
            "timezone": when.timezone,
            "text": when.text or None,
            "precision": when.precision.value,
            "days": [day.isoformat() for day in when.days],
            "rrule": when.rrule,
            "why": list(when.why),
        }
    )


def _lines(when: When) -> list[str]:
    """The reading, then what it rests on, a line each."""
    lines = [_sentence(when)]
    lines += [f"  days: {', '.join(day.isoformat() for day in when.days)}"] if when.days else []
    lines += [f"  repeats: {when.rrule}"] if when.rrule else []
    if when.timezone:
        lines.append(f"  zone: {when.timezone}, {'which the text names' if when.zone_stated else 'of the source'}")
    lines += [f"  {reason}" for reason in when.why]
    return [*lines, f"  from the words “{when.text}”"]


def _sentence(when: When) -> str:
    if when.start is not None:
        return moment_text(when.start) + (f" until {moment_text(when.end)}" if when.end else "")
    if when.within is not None:
        return f"no day: a {when.precision.value} between {when.within[0]} and {when.within[1]}"
    return "no first day is told" if when.rrule else "no day: to be announced"
