"""`symposia when`: the dates that a text names."""

from __future__ import annotations

import click

from commands.options import answer, clock, jsonl_option, questions
from symposia.codec import moment_text
from symposia.when import When, read_when
from symposia.zones import resolve_zone


@click.command()
@click.argument("text", nargs=-1)
@click.option("--as-of", metavar="DATE", help="The day the text was written; today without it.")
@click.option("--language", help="The language of the text (BCP 47); found out without it.")
@click.option("--timezone", help="The zone of its source (IANA).")
@jsonl_option
def command(text: tuple[str, ...], as_of: str | None, language: str | None, timezone: str | None, jsonl: bool) -> None:
    """Read the date, range or time in TEXT. Exit status 1 where it names none.

    With --jsonl, reads {"id", "text", "as_of", "language"?, "timezone"?} and writes {"id", "start", "end", "timezone", "text"}.
    """
    if jsonl:
        for question in questions():
            _answer(question)
        return
    if not text:
        raise click.UsageError("a TEXT to read is missing")
    when = read_when(" ".join(text), clock(as_of), language, resolve_zone(timezone))
    if when is None:
        click.echo("no date", err=True)
        raise SystemExit(1)
    click.echo(_sentence(when))


def _answer(question: dict[str, str]) -> None:
    when = read_when(
        question.get("text") or "",
        clock(question.get("as_of")),
        question.get("language"),
        resolve_zone(question.get("timezone")),
    )
    start, end = (
        moment_text(moment) if moment else None for moment in ((when.start, when.end) if when else (None, None))
    )
    answer(
        {
            "id": question["id"],
            "start": start,
            "end": end,
            "timezone": when.timezone if when else None,
            "text": when.text if when else None,
        }
    )


def _sentence(when: When) -> str:
    until = f" until {moment_text(when.end)}" if when.end else ""
    zone = f" ({when.timezone})" if when.timezone else ""
    return f"{moment_text(when.start or when.within[0])}{until}{zone}, from “{when.text}”"
