"""Options and arguments that several commands share."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from spiders.catalogue import Catalogue, load_catalogue
from symposia.data_files import data_path

MAX_LINE = 32_000_000
"""Characters of a line of standard input at most: twice what a crawl reads of a page."""
YEARS = range(1900, 2200)
"""Years that a clock can show."""

store_option = click.option(
    "--store",
    envvar="SYMPOSIA_STORE",
    default="data/store/symposia.db",
    show_default=True,
    help="The store: a file, or a database URL. Also SYMPOSIA_STORE.",
)
sources_option = click.option(
    "--sources",
    "sources_path",
    type=click.Path(path_type=Path),
    envvar="SYMPOSIA_SOURCES",
    help="The catalogue of sources; without it, the one that Symposia ships. Also SYMPOSIA_SOURCES.",
)
private_option = click.option(
    "--allow-private",
    is_flag=True,
    envvar="SYMPOSIA_ALLOW_PRIVATE",
    help="Read addresses of this machine and its networks too. Also SYMPOSIA_ALLOW_PRIVATE.",
)
jsonl_option = click.option("--jsonl", is_flag=True, help="JSON lines, for programs.")


def catalogue_at(path: Path | None) -> Catalogue:
    """The catalogue at `path`, or the shipped one. Raises CatalogueError."""
    return load_catalogue(path or data_path("sources.toml"))


def questions(*texts: str) -> Iterator[dict[str, Any]]:
    """The JSON objects on standard input, one a line. Raises click.ClickException naming the line that is none,

    or in which one of `texts` is there, and is no text.
    """
    for number, line in enumerate(_lines(), start=1):
        if not line.strip():
            continue
        try:
            question = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise click.ClickException(f"line {number} is not JSON: {error}") from error
        if not isinstance(question, dict) or "id" not in question:
            raise click.ClickException(f'line {number} is not an object with an "id"')
        if wrong := next((name for name in texts if not isinstance(question.get(name, ""), str | None)), None):
            raise click.ClickException(f'line {number}: "{wrong}" is no text')
        yield question


def _lines() -> Iterator[str]:
    """The lines on standard input. Raises click.ClickException for one without an end, and for what is no text."""
    try:
        while line := sys.stdin.readline(MAX_LINE + 1):
            if len(line) > MAX_LINE:
                raise click.ClickException(f"a line of more than {MAX_LINE:,} characters")
            yield line
    except UnicodeDecodeError as error:
        raise click.ClickException(f"standard input is not UTF-8: {error}") from error


def answer(data: dict[str, Any]) -> None:
    """Print one JSON line."""
    line = json.dumps(data, ensure_ascii=False)
    # Half a character, as JSON can say it, is given back as it came.
    click.echo(line if line.isascii() or line.encode("utf-8", "replace").decode() == line else json.dumps(data))


def clock(text: str | None) -> datetime:
    """The moment that `text` (ISO 8601) names, aware; in UTC where it has no offset; now, where there is no text.

    Raises click.BadParameter for any other text, and for a moment that nobody can have been at.
    """
    if not text:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(f"not an ISO 8601 date or time: {text!r}") from error
    if moment.year not in YEARS:
        raise click.BadParameter(f"not of a year that days can be counted from: {text!r}")
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
