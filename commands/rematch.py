"""`symposia rematch`: group all postings anew, and set what a person has decided."""

from __future__ import annotations

from pathlib import Path

import click

from commands.lock import locked
from commands.options import clock, store_option
from commands.stored import overrides_at, overrides_option
from pipelines.store.store import Store


@click.command()
@store_option
@overrides_option
@click.option("--as-of", metavar="DATE", help="The moment to say that changes were made; now without it.")
def command(store: str, overrides_path: Path | None, as_of: str | None) -> None:
    """Look at all postings anew, without a crawl: after an edit of overrides.toml, or an update of Symposia."""
    with locked(store, "rematch"), Store.open(store, overrides_at(overrides_path), create=False) as opened:
        saved = opened.rematch(clock(as_of))
    click.echo(f"{saved.new} events new, {saved.changed} changed, {saved.unchanged} as they were")
