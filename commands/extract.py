"""`symposia extract`: the events that a page announces, as read, before duplicates are joined."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from commands.fetching import content_type, fetch
from commands.options import answer, clock, jsonl_option, questions
from pipelines.read import read
from pipelines.reading import Unreadable
from spiders.extraction.choose import extract
from spiders.extraction.page import Page
from symposia.codec import moment_text, to_json
from symposia.errors import ExtractionError
from symposia.event import Event
from symposia.zones import resolve_zone


@click.command()
@click.argument("place", required=False)
@click.option("--as-of", metavar="DATE", help="The day of the page; today without it.")
@click.option("--timezone", help="The zone of its source (IANA).")
@jsonl_option
def command(place: str | None, as_of: str | None, timezone: str | None, jsonl: bool) -> None:
    """Print the events at PLACE, a URL or a file. Exit status 1 where there are none.

    With --jsonl, reads {"id", "file" or "url", "url", "as_of", "timezone"?} and writes a line a posting as read.
    """
    if jsonl:
        for question in questions():
            _answer(question)
        return
    if not place:
        raise click.UsageError("a PLACE to read is missing")
    where = {"url": place} if place.startswith(("http://", "https://")) else {"file": place}
    events = list(_events({**where, "as_of": as_of, "timezone": timezone}))
    for event in events:
        click.echo(f"{moment_text(event.start)}  {event.name}  {event.url or ''}".rstrip())
    if not events:
        click.echo("no events", err=True)
        raise SystemExit(1)


def _answer(question: dict[str, Any]) -> None:
    try:
        for event in _events(question):
            answer({"id": question["id"], **{key: value for key, value in to_json(event).items() if key != "uid"}})
    except ExtractionError as error:
        click.echo(f"{question['id']}: {error.cause}: {error}", err=True)


def _events(question: dict[str, Any]) -> Iterator[Event]:
    body, content_type = _fetch(question)
    page = Page(
        url=question.get("url") or Path(question["file"]).resolve().as_uri(),
        body=body,
        content_type=content_type,
        fetched_at=clock(question.get("as_of")),
        timezone=resolve_zone(question.get("timezone")),
        language=question.get("language"),
        source="extract",
    )
    for posting in extract(page).postings:
        try:
            yield read(posting).event
        except Unreadable as error:
            click.echo(f"refused: {posting.name}: {error}", err=True)


def _fetch(question: dict[str, Any]) -> tuple[bytes, str]:
    if question.get("file"):
        try:
            return Path(question["file"]).read_bytes(), ""
        except OSError as error:
            raise click.ClickException(f"{question['file']}: {error.strerror}") from error
    answered = fetch(question["url"])
    return answered.body, content_type(answered)
