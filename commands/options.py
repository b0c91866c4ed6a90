"""Options and arguments that several commands share."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from pipelines.overrides import Overrides, load_overrides
from pipelines.store import Store
from spiders.catalogue import Catalogue, load_catalogue
from symposia.codec import moment_text
from symposia.data_files import data_path
from symposia.event import Event

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
overrides_option = click.option(
    "--overrides",
    "overrides_path",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="SYMPOSIA_OVERRIDES",
    help="The file of your decisions on events; without it, data/overrides.toml. Also SYMPOSIA_OVERRIDES.",
)
jsonl_option = click.option("--jsonl", is_flag=True, help="JSON lines, for programs.")


def catalogue_at(path: Path | None) -> Catalogue:
    """The catalogue at `path`, or the shipped one. Raises CatalogueError."""
    return load_catalogue(path or data_path("sources.toml"))


def overrides_at(path: Path | None) -> Overrides:
    """The decisions at `path`, or in the file that comes with Symposia. Raises OverridesError."""
    return load_overrides(path or data_path("overrides.toml"))


def event_called(store: Store, called: str) -> Event:
    """The event of a UID, or of its beginning, or the only one whose name holds those words.

    Raises click.ClickException where there is none, or several, which it lists.
    """
    if found := store.event(called):
        return found
    words = called.casefold()
    fits = [one for one in store.events() if one.uid.startswith(called) or words in one.name.casefold()]
    if len(fits) == 1:
        return fits[0]
    listed = "".join(f"\n  {one.uid}  {moment_text(one.start)}  {one.name}" for one in fits[:20])
    more = f"\n  and {len(fits) - 20} more" if len(fits) > 20 else ""
    raise click.ClickException(f"{len(fits) or 'no'} events are called {called!r}{':' if fits else ''}{listed}{more}")


def questions() -> Iterator[dict[str, Any]]:
    """The JSON objects on standard input, one a line. Raises click.ClickException naming the line that is none."""
    for number, line in enumerate(sys.stdin, start=1):
        if not line.strip():
            continue
        try:
            question = json.loads(line)
        except ValueError as error:
            raise click.ClickException(f"line {number} is not JSON: {error}") from error
        if not isinstance(question, dict) or "id" not in question:
            raise click.ClickException(f'line {number} is not an object with an "id"')
        yield question


def answer(data: dict[str, Any]) -> None:
    """Print one JSON line."""
    click.echo(json.dumps(data, ensure_ascii=False))


def clock(text: str | None) -> datetime:
    """The moment that `text` (ISO 8601) names, aware; in UTC where it has no offset; now, where there is no text.

    Raises click.BadParameter for any other text.
    """
    if not text:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(f"not an ISO 8601 date or time: {text!r}") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
