"""`symposia retag`: say anew of all stored events what they are about."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from commands.lock import locked
from commands.options import clock, store_option
from commands.stored import overrides_at, overrides_option
from pipelines.store.store import Store
from pipelines.topics.tag import tag
from pipelines.topics.taxonomy import load_taxonomy, shipped_taxonomy


@click.command()
@store_option
@overrides_option
@click.option("--topics", type=click.Path(path_type=Path), help="Another file of topics than the shipped one.")
@click.option("--as-of", metavar="DATE", help="The moment to say that changes were made; now without it.")
def command(store: str, overrides_path: Path | None, topics: Path | None, as_of: str | None) -> None:
    """Tag all stored events anew, without a crawl: after an edit of topics.toml. What a person has decided stays."""
    taxonomy = load_taxonomy(topics) if topics else shipped_taxonomy()
    with locked(store, "retag"), Store.open(store, overrides_at(overrides_path), create=False) as opened:
        saved = opened.retag(partial(tag, taxonomy=taxonomy), clock(as_of))
    click.echo(f"{saved.new} events new, {saved.changed} changed, {saved.unchanged} as they were")
