"""`symposia sources`: list the catalogue and how each source's last crawl ended; check what was recorded."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

import click

from commands.options import jsonl_option, load_catalogue_at, sources_option, store_option, write_jsonl
from commands.recordings import read_recording, recording_path
from pipelines.store.store import Store
from spiders.catalogue import Catalogue, Source
from spiders.extraction.extract import extract
from spiders.extraction.page import Extraction, Page
from symposia.errors import ArchiveError, ExtractionError, NoStoreError
from symposia.outcome import Run


@click.group(invoke_without_command=True)
@sources_option
@store_option
@jsonl_option
@click.pass_context
def command(context: click.Context, sources_path: Path | None, store: str, jsonl: bool) -> None:
    """List the sources, and the result of their last crawl."""
    catalogue = load_catalogue_at(sources_path)
    context.obj = catalogue
    if context.invoked_subcommand:
        return
    for source, run in _pair_with_runs(catalogue, store):
        if jsonl:
            write_jsonl(_source_to_json(source, run))
        else:
            click.echo(_format_source(source, run))


@command.command()
@click.argument("names", nargs=-1, metavar="[ID]...")
@click.pass_obj
def check(catalogue: Catalogue, names: tuple[str, ...]) -> None:
    """Extract the recordings of `symposia add` again. Exit status 1 if one of them yields no events."""
    _require_known(names, catalogue)
    wanted = [
        source
        for source in catalogue.sources
        if source.id in names or (not names and recording_path(catalogue, source.id).exists())
    ]
    if not wanted:
        click.echo("nothing is recorded: `symposia add` records what it adds", err=True)
    extractions = {source.id: _extract_recording(catalogue, source) for source in wanted}
    for name, extraction in extractions.items():
        click.echo(f"{name:40} {extraction.kind}, {len(extraction.postings)} events")
    sys.exit(0 if all(extraction.postings for extraction in extractions.values()) else 1)


def _require_known(names: tuple[str, ...], catalogue: Catalogue) -> None:
    if unknown := next((name for name in names if catalogue.get(name) is None), None):
        raise click.ClickException(f"no source is called {unknown!r}")


def _pair_with_runs(catalogue: Catalogue, store: str) -> list[tuple[Source, Run | None]]:
    """Each source with its last run; None where it was never crawled, or there is no store."""
    runs: dict[str, Run] = {}
    with suppress(NoStoreError), Store.open(store, create=False) as opened:
        runs = opened.get_last_runs()
    return [(source, runs.get(source.id)) for source in catalogue.sources]


def _extract_recording(catalogue: Catalogue, source: Source) -> Extraction:
    """Extract a source's recording; where that fails, the extraction is empty and its kind says why."""
    try:
        response = read_recording(catalogue, source.id, source.url)
    except ArchiveError as error:
        return Extraction(kind=f"failed ({error})")
    if response is None:
        return Extraction(kind="not recorded")
    page = Page(
        url=response.url,
        body=response.body,
        content_type=response.content_type,
        fetched_at=response.fetched_at,
        timezone=source.timezone,
        language=source.language,
        source=source.id,
    )
    try:
        return extract(page)
    except ExtractionError as error:
        return Extraction(kind=f"failed ({error.cause})")


def _source_to_json(source: Source, run: Run | None) -> dict[str, object]:
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


def _format_source(source: Source, run: Run | None) -> str:
    if run is None:
        state = "not crawled yet" if source.verified else "not verified, not crawled by default"
    else:
        why = f" ({run.cause})" if run.cause else ""
        state = f"{run.status}{why}, {run.events} events, {run.finished:%Y-%m-%d}"
    return f"{source.id:40} {state:45} {source.url}"
