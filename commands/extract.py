"""`symposia extract`: the events that a page announces, as read, before duplicates are joined."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from commands.fetching import content_type, fetch
from commands.options import jsonl_option, parse_moment, private_option, read_jsonl, write_jsonl
from pipelines.normalize.normalize import read
from pipelines.normalized import Rejected
from spiders.extraction.extract import extract
from spiders.extraction.page import Page
from spiders.settings import DOWNLOAD_MAXSIZE
from symposia.codec import to_json
from symposia.errors import ExtractionError
from symposia.event import Event
from symposia.moments import moment_text
from symposia.zones import resolve_zone


@click.command()
@click.argument("place", required=False)
@click.option("--as-of", metavar="DATE", help="The day of the page; today without it.")
@click.option("--timezone", help="The zone of its source (IANA).")
@private_option
@jsonl_option
def command(place: str | None, as_of: str | None, timezone: str | None, allow_private: bool, jsonl: bool) -> None:
    """Print the events at PLACE, a URL or a file. Exit status 1 where there are none.

    With --jsonl, reads {"id", "file" or "url", "url", "as_of", "timezone"?} and writes a line a posting as read.
    """
    if jsonl:
        for question in read_jsonl("file", "url", "as_of", "language", "timezone"):
            _answer(question, allow_private)
        return
    if not place:
        raise click.UsageError("a PLACE to read is missing")
    if timezone and resolve_zone(timezone) is None:
        raise click.ClickException(f"{timezone!r} is no time zone")
    where = {"url": place} if "://" in place else {"file": place}
    events = list(_events({**where, "as_of": as_of, "timezone": timezone}, allow_private))
    for event in events:
        click.echo(f"{moment_text(event.start)}  {event.name}  {event.url or ''}".rstrip())
    if not events:
        click.echo("no events", err=True)
        raise SystemExit(1)


def _answer(question: dict[str, Any], allow_private: bool) -> None:
    try:
        for event in _events(question, allow_private):
            write_jsonl({"id": question["id"], **{key: value for key, value in to_json(event).items() if key != "uid"}})
    except ExtractionError as error:
        click.echo(f"{question['id']}: {error.cause}: {error}", err=True)
    except click.ClickException as error:
        click.echo(f"{question['id']}: {error.message}", err=True)


def _events(question: dict[str, Any], allow_private: bool) -> Iterator[Event]:
    url, body, content_type = _fetch(question, allow_private)
    page = Page(
        url=url,
        body=body,
        content_type=content_type,
        fetched_at=parse_moment(question.get("as_of")),
        timezone=resolve_zone(question.get("timezone")),
        language=question.get("language"),
        source="extract",
    )
    for posting in extract(page).postings:
        try:
            yield read(posting).event
        except Rejected as error:
            click.echo(f"refused: {posting.name}: {error}", err=True)


def _fetch(question: dict[str, Any], allow_private: bool) -> tuple[str, bytes, str]:
    """Where the page is from, its body and its Content-Type. Raises click.ClickException where there is none."""
    if question.get("file"):
        path = Path(question["file"])
        try:
            return question.get("url") or path.resolve().as_uri(), _content(path), ""
        except (OSError, ValueError) as error:  # a name that holds a zero is none
            raise click.ClickException(f"{path}: {getattr(error, 'strerror', error)}") from error
    if not question.get("url"):
        raise click.ClickException('neither "file" nor "url" says what to read')
    answered = fetch(question["url"], allow_private=allow_private)
    # Its links start from where it was found in the end.
    return answered.url, answered.body, content_type(answered)


def _content(path: Path) -> bytes:
    """What the file holds, within the bounds of what a crawl would read. Raises OSError, and ValueError beyond them."""
    with path.open("rb") as file:
        content = file.read(DOWNLOAD_MAXSIZE + 1)
    if len(content) > DOWNLOAD_MAXSIZE:
        raise ValueError(f"more than {DOWNLOAD_MAXSIZE // 1024 // 1024} MB")
    return content
