"""`symposia changes`: what was changed of any event since a day."""

from __future__ import annotations

import click

from commands.history import show
from commands.options import clock, jsonl_option, store_option
from pipelines.store.store import Store


@click.command()
@store_option
@click.option("--since", metavar="DATE", required=True, help="The day or moment (ISO 8601) to begin with.")
@jsonl_option
def command(store: str, since: str, jsonl: bool) -> None:
    """List the changes of all events since DATE, the oldest first."""
    moment = clock(since).isoformat()
    with Store.open(store, create=False) as opened:
        show(opened.changes(moment), jsonl, named=True)
