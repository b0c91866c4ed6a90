"""`symposia sources`: the catalogue, and how each source's last crawl ended."""

from __future__ import annotations

from pathlib import Path

import click

from commands.options import answer, catalogue_at, jsonl_option, sources_option, store_option
from pipelines.store import Store
from spiders.catalogue import Source
from symposia.outcome import Run


@click.command()
@sources_option
@store_option
@jsonl_option
def command(sources_path: Path | None, store: str, jsonl: bool) -> None:
    """List the sources, and what their last crawl found."""
    catalogue = catalogue_at(sources_path)
    with Store.open(store) as opened:
        runs = opened.last_runs()
    for source in catalogue.sources:
        run = runs.get(source.id)
        if jsonl:
            answer(_line(source, run))
        else:
            click.echo(_row(source, run))


def _line(source: Source, run: Run | None) -> dict[str, object]:
    return {
        "id": source.id,
        "name": source.name,
        "url": source.url,
        "verified": source.verified,
        "status": run.status if run else None,
        "cause": run.cause if run else None,
        "detail": run.detail if run else None,
        "events": run.events if run else None,
        "refused": run.refused if run else None,
        "finished": run.finished.isoformat() if run else None,
    }


def _row(source: Source, run: Run | None) -> str:
    if run is None:
        state = "not crawled yet" if source.verified else "not verified, not crawled by default"
    else:
        why = f" ({run.cause})" if run.cause else ""
        state = f"{run.status}{why}, {run.events} events, {run.finished:%Y-%m-%d}"
    return f"{source.id:40} {state:45} {source.url}"
