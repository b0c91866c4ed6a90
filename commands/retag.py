"""`symposia retag`: find the topics of all stored events again."""

from __future__ import annotations

from pathlib import Path

import click

from commands.lock import hold_lock
from commands.options import parse_moment, store_option
from commands.stored import load_overrides_at, overrides_option
from pipelines.store.store import Store
from pipelines.topics.tag import TagStage
from pipelines.topics.taxonomy import load_taxonomy, shipped_taxonomy


@click.command()
@store_option
@overrides_option
@click.option("--topics", type=click.Path(path_type=Path), help="The file of topics; default: the shipped one.")
@click.option("--as-of", metavar="DATE", help="The moment that the changes are dated; default: now.")
def command(store: str, overrides_path: Path | None, topics: Path | None, as_of: str | None) -> None:
    """Tag all stored events again, without a crawl: after an edit of topics.toml. People's decisions are kept."""
    taxonomy = load_taxonomy(topics) if topics else shipped_taxonomy()
    with hold_lock(store, "retag"), Store.open(store, load_overrides_at(overrides_path), create=False) as opened:
        saved = opened.retag_postings(TagStage(taxonomy), parse_moment(as_of))
    click.echo(f"{saved.new} events new, {saved.changed} changed, {saved.unchanged} as they were")
