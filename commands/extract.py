"""`symposia extract`: read the events that one page or file announces, before duplicates are merged."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import click

from commands.options import answer_jsonl, jsonl_option, parse_moment, private_option, require_argument
from pipelines.normalize.normalize import normalize
from pipelines.normalized import Rejected
from spiders.extraction.extract import extract
from spiders.extraction.page import Page
from spiders.fetch import Fetcher
from spiders.settings import DOWNLOAD_MAXSIZE
from symposia.codec import to_json
from symposia.errors import ExtractionError, FetchError
from symposia.event import Event
from symposia.moments import moment_text
from symposia.zones import resolve_zone


@click.command()
@click.argument("place", required=False)
@click.option("--as-of", metavar="DATE", help="The day the page was fetched; default: today.")
@click.option("--timezone", help="The time zone of its source (IANA).")
@private_option
@jsonl_option
def command(place: str | None, as_of: str | None, timezone: str | None, allow_private: bool, jsonl: bool) -> None:
    """Print the events that PLACE, a URL or a file, announces. Exit status 1 if there are none.

    A URL is fetched as a crawl fetches it: robots.txt is obeyed.

    With --jsonl, read {"id", "file" or "url", "url", "as_of", "timezone"?} per line and write an event as read per line.
    """
    with Fetcher(allow_private=allow_private) as fetcher:
        if jsonl:
            answer_jsonl(partial(_answer_record, fetcher), "file", "url", "as_of", "language", "timezone")
            return
        require_argument(place, "PLACE")
        _require_timezone(timezone)
        where = {"url": place} if "://" in str(place) else {"file": place}
        events = list(_read_events({**where, "as_of": as_of, "timezone": timezone}, fetcher))
    for event in events:
        click.echo(f"{moment_text(event.start)}  {event.name}  {event.url or ''}".rstrip())
    if not events:
        click.echo("no events", err=True)
        sys.exit(1)


def _require_timezone(timezone: str | None) -> None:
    if timezone and resolve_zone(timezone) is None:
        raise click.ClickException(f"{timezone!r} is not a time zone")


def _answer_record(fetcher: Fetcher, record: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Give the events of a page; what keeps it from being read is an answer too, on standard error."""
    try:
        for event in _read_events(record, fetcher):
            yield {"id": record["id"], **{key: value for key, value in to_json(event).items() if key != "uid"}}
    except ExtractionError as error:
        click.echo(f"{record['id']}: {error.cause}: {error}", err=True)
    except FetchError as error:
        click.echo(f"{record['id']}: {error}", err=True)
    except click.FileError as error:
        click.echo(f"{record['id']}: {error.format_message()}", err=True)


def _read_events(record: dict[str, Any], fetcher: Fetcher) -> Iterator[Event]:
    url, body, content_type = _read_content(record, fetcher)
    page = Page(
        url=url,
        body=body,
        content_type=content_type,
        fetched_at=parse_moment(record.get("as_of")),
        timezone=resolve_zone(record.get("timezone")),
        language=record.get("language"),
        source="extract",
    )
    for posting in extract(page).postings:
        try:
            yield normalize(posting).event
        except Rejected as error:
            click.echo(f"refused: {posting.name}: {error}", err=True)


def _read_content(record: dict[str, Any], fetcher: Fetcher) -> tuple[str, bytes, str]:
    """The page's address, its body and its Content-Type."""
    if record.get("file"):
        path = Path(record["file"])
        try:
            return record.get("url") or path.resolve().as_uri(), _read_file(path), ""
        except (OSError, ValueError) as error:  # ValueError: a name with a zero byte too
            raise click.FileError(str(path), getattr(error, "strerror", None) or str(error)) from error
    if not record.get("url"):
        raise click.ClickException('neither "file" nor "url" says what to read')
    page = fetcher.fetch(record["url"])
    # Links are relative to where redirects led.
    return page.url, page.body, page.content_type


def _read_file(path: Path) -> bytes:
    """Read a file no larger than a page that a crawl downloads."""
    with path.open("rb") as file:
        content = file.read(DOWNLOAD_MAXSIZE + 1)
    if len(content) > DOWNLOAD_MAXSIZE:
        raise ValueError(f"more than {DOWNLOAD_MAXSIZE // 1024 // 1024} MB")
    return content
