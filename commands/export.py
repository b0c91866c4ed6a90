"""`symposia export`: write the calendars, the tables and the page."""

from __future__ import annotations

from pathlib import Path

import click

from calendar_export.publish import export
from commands.options import clock, store_option
from pipelines.store import Store


@click.command()
@store_option
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="The folder to write to.")
@click.option("--past", is_flag=True, help="Past events too.")
@click.option("--as-of", metavar="DATE", help="The day to count from; today without it.")
def command(store: str, out: Path, past: bool, as_of: str | None) -> None:
    """Write feeds/*.ics, tables/events.csv, events.jsonl and index.html. Files whose content is the same are left alone."""
    with Store.open(store) as opened:
        files = export(opened.events(), out, now=clock(as_of), past=past)
    click.echo(f"{len(files)} files in {out}")
