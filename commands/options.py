"""Options that several commands share, and JSON lines on standard input and output."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from spiders.catalogue import Catalogue, load_catalogue
from symposia.data_files import data_path

MAX_LINE_CHARS = 32_000_000
"""Characters of a line of standard input: twice the bytes that a crawl reads of a page. A longer line has no end."""
YEARS = range(1900, 2200)
"""Years of a moment that is given as an option; days can be counted from all of them, in any time zone."""

store_option = click.option(
    "--store",
    envvar="SYMPOSIA_STORE",
    default="data/store/symposia.db",
    show_default=True,
    help="The store: a file or a database URL. Also SYMPOSIA_STORE.",
)
sources_option = click.option(
    "--sources",
    "sources_path",
    type=click.Path(path_type=Path),
    envvar="SYMPOSIA_SOURCES",
    help="The catalogue of sources; default: the one shipped with Symposia. Also SYMPOSIA_SOURCES.",
)
private_option = click.option(
    "--allow-private",
    is_flag=True,
    envvar="SYMPOSIA_ALLOW_PRIVATE",
    help="Connect to this machine and its private networks too. Also SYMPOSIA_ALLOW_PRIVATE.",
)
jsonl_option = click.option("--jsonl", is_flag=True, help="JSON lines, for programs.")


def load_catalogue_at(path: Path | None) -> Catalogue:
    """Load the catalogue at `path`, or the shipped one; raise CatalogueError if it is wrong."""
    return load_catalogue(path or data_path("sources.toml"))


def answer_jsonl(answer: Callable[[dict[str, Any]], Iterable[dict[str, Any]]], *text_fields: str) -> None:
    """Answer each JSON object on standard input with JSON lines; exit with status 1 if a line could not be answered.

    Args:
        answer: Gives the answers to an object, and raises click.ClickException where it cannot be understood.
        text_fields: Fields whose value must be a text or null where they are given.
    """

    def write_answers(record: dict[str, Any]) -> None:
        for reply in answer(record):
            write_jsonl(reply)

    if not read_jsonl(write_answers, *text_fields):
        sys.exit(1)


def read_jsonl(take: Callable[[dict[str, Any]], None], *text_fields: str) -> bool:
    """Call `take` with each JSON object on standard input, one per line; empty lines are skipped.

    A line that is no JSON object with an "id", or has another value than a text in `text_fields`, or for which `take`
    raises click.ClickException, is named on standard error; the lines after it are read all the same. Only what is not
    UTF-8, and a line without an end, ends the command.

    Returns:
        Whether all lines were good.
    """
    all_good = True
    for number, line in enumerate(_read_lines(), start=1):
        if not line.strip():
            continue
        try:
            take(_parse_record(line, text_fields))
        except click.ClickException as error:
            click.echo(f"line {number}: {error.message}", err=True)
            all_good = False
    return all_good


def _parse_record(line: str, text_fields: Iterable[str]) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise click.ClickException(f"not JSON: {error}") from error
    if not isinstance(record, dict) or "id" not in record:
        raise click.ClickException('not an object with an "id"')
    if wrong := next((name for name in text_fields if not isinstance(record.get(name, ""), str | None)), None):
        raise click.ClickException(f'"{wrong}" is not a text')
    return record


def _read_lines() -> Iterator[str]:
    try:
        while line := sys.stdin.readline(MAX_LINE_CHARS + 1):
            if len(line) > MAX_LINE_CHARS:
                raise click.ClickException(f"a line of more than {MAX_LINE_CHARS:,} characters")
            yield line
    except UnicodeDecodeError as error:
        raise click.ClickException(f"standard input is not UTF-8: {error}") from error


def write_jsonl(record: dict[str, Any]) -> None:
    """Print one JSON line."""
    line = json.dumps(record, ensure_ascii=False)
    # A lone surrogate, which JSON can spell and UTF-8 cannot, is printed as the escape it came as.
    click.echo(line if line.isascii() or line.encode("utf-8", "replace").decode() == line else json.dumps(record))


def require_argument(value: object, metavar: str) -> None:
    """Raise click.UsageError if an argument is missing that the command needs without --jsonl, or another option."""
    if not value:
        raise click.UsageError(f"Missing argument '{metavar}'.")


def parse_moment(text: str | None) -> datetime:
    """Parse an ISO 8601 date or time; UTC where it has no offset, now where there is no text.

    Raises:
        click.BadParameter: The text is something else, or its year is not one of YEARS.
    """
    if not text:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(f"not an ISO 8601 date or time: {text!r}") from error
    if moment.year not in YEARS:
        raise click.BadParameter(f"not a year from {YEARS[0]} to {YEARS[-1]}: {text!r}")
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
