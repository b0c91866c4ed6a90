"""`symposia sources`: the catalogue, and how each source's last crawl ended."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import click

from commands.fetching import content_type
from commands.options import answer, catalogue_at, jsonl_option, sources_option, store_option
from commands.recordings import recorded, recording_of
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
    """List the sources, and what their last crawl found."""
    catalogue = catalogue_at(sources_path)
    context.obj = catalogue
    if context.invoked_subcommand:
        return
    for source, run in _with_runs(catalogue, store):
        if jsonl:
            answer(_line(source, run))
        else:
            click.echo(_row(source, run))


@command.command()
@click.argument("names", nargs=-1, metavar="[ID]...")
@click.pass_obj
def check(catalogue: Catalogue, names: tuple[str, ...]) -> None:
    """Read the recordings kept by `symposia add` again. Exit status 1 where one yields no event any more."""
    unknown = [name for name in names if catalogue.get(name) is None]
    if unknown:
        raise click.ClickException(f"no source is called {unknown[0]!r}")
    wanted = [
        source
        for source in catalogue.sources
        if source.id in names or (not names and recording_of(catalogue, source.id).exists())
    ]
    if not wanted:
        click.echo("nothing is recorded: `symposia add` records what it adds", err=True)
    found = {source.id: _read_again(catalogue, source) for source in wanted}
    for name, extraction in found.items():
        click.echo(f"{name:40} {extraction.kind}, {len(extraction.postings)} events")
    raise SystemExit(0 if all(extraction.postings for extraction in found.values()) else 1)


def _with_runs(catalogue: Catalogue, store: str) -> list[tuple[Source, Run | None]]:
    """Each source and its last run, None where it was never crawled."""
    runs: dict[str, Run] = {}
    with suppress(NoStoreError), Store.open(store, create=False) as opened:
        runs = opened.last_runs()
    return [(source, runs.get(source.id)) for source in catalogue.sources]


def _read_again(catalogue: Catalogue, source: Source) -> Extraction:
    """What the recording of a source yields; nothing where there is none or it is refused, its kind then says why."""
    try:
        answer = recorded(catalogue, source.id, source.url)
    except ArchiveError as error:
        return Extraction(kind=f"failed ({error})")
    if answer is None:
        return Extraction(kind="not recorded")
    page = Page(
        url=answer.url,
        body=answer.body,
        content_type=content_type(answer),
        fetched_at=answer.fetched_at,
        timezone=source.timezone,
        language=source.language,
        source=source.id,
    )
    try:
        return extract(page)
    except ExtractionError as error:
        return Extraction(kind=f"failed ({error.cause})")


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
