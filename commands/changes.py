"""`symposia changes`: list what changed in all events since a day."""

from __future__ import annotations

import click

from commands.history import print_changes
from commands.options import jsonl_option, parse_moment, store_option
from pipelines.store.store import Store


@click.command()
@store_option
@click.option("--since", metavar="DATE", required=True, help="The day or moment (ISO 8601) to start from.")
@jsonl_option
def command(store: str, since: str, jsonl: bool) -> None:
    """List the changes of all events since DATE, the oldest first."""
    moment = parse_moment(since).isoformat()
    with Store.open(store, create=False) as opened:
        print_changes(opened.get_changes_since(moment), jsonl, with_uid=True)
