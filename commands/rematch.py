"""`symposia rematch`: link all stored postings again, and apply people's decisions."""

from __future__ import annotations

from pathlib import Path

import click

from commands.lock import hold_lock
from commands.options import parse_moment, store_option
from commands.stored import load_overrides_at, overrides_option
from pipelines.store.store import Store


@click.command()
@store_option
@overrides_option
@click.option("--as-of", metavar="DATE", help="The moment that the changes are dated; default: now.")
def command(store: str, overrides_path: Path | None, as_of: str | None) -> None:
    """Link all stored postings again, without a crawl: after an edit of overrides.toml, or an update of Symposia."""
    with hold_lock(store, "rematch"), Store.open(store, load_overrides_at(overrides_path), create=False) as opened:
        saved = opened.relink_postings(parse_moment(as_of))
    click.echo(f"{saved.new} events new, {saved.changed} changed, {saved.unchanged} as they were")
