"""`symposia crawl`: read the sources of the catalogue into the store."""

from __future__ import annotations

import logging
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click
from scrapy.settings import Settings
from scrapy.utils.project import get_project_settings
from tqdm import tqdm

from commands.options import catalogue_at, sources_option, store_option
from commands.stored import overrides_at, overrides_option
from pipelines.store import Store
from spiders.archive import open_archive, start_archive
from spiders.catalogue import Catalogue, Source
from spiders.process import CrawlProcess
from symposia.outcome import Run, RunStatus

SOME_FAILED = 3
"""The exit status where some sources failed and the rest went on."""


@click.command()
@click.argument("names", metavar="[SOURCE]...", nargs=-1)
@sources_option
@overrides_option
@store_option
@click.option(
    "--record", type=click.Path(path_type=Path, dir_okay=False), help="Keep every response in this WARC file."
)
@click.option(
    "--replay",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Answer every request from this WARC file, none from the network.",
)
@click.option(
    "-s", "--set", "overrides", metavar="NAME=VALUE", multiple=True, help="A Scrapy setting, as in `scrapy crawl -s`."
)
def command(
    names: tuple[str, ...],
    sources_path: Path | None,
    overrides_path: Path | None,
    store: str,
    record: Path | None,
    replay: Path | None,
    overrides: tuple[str, ...],
) -> None:
    """Crawl the named sources, or all verified ones.

    Exit status: 0 all went well, 3 some sources failed, 1 nothing could be crawled, 2 the command was called wrongly.
    """
    catalogue = catalogue_at(sources_path)
    sources = chosen(catalogue, names)
    overrides_at(overrides_path)
    if replay:
        open_archive(str(replay))
    if record:
        start_archive(record)
    asked = {"SYMPOSIA_OVERRIDES": str(overrides_path)} if overrides_path else {}
    given = asked | dict(map(_pair, overrides))
    runs = crawl(sources, catalogue, store=store, record=record, replay=replay, overrides=given)
    raise SystemExit(report(sources, runs))


def chosen(catalogue: Catalogue, names: Sequence[str]) -> tuple[Source, ...]:
    """The sources of those ids, or all due ones. Raises click.BadParameter for an id that is not in the catalogue."""
    unknown = [name for name in names if catalogue.get(name) is None]
    if unknown:
        raise click.BadParameter(f"not in {catalogue.path}: {', '.join(unknown)}", param_hint="SOURCE")
    wanted = tuple(source for source in catalogue.sources if source.id in names) if names else catalogue.due
    if not wanted:
        raise click.ClickException(f"{catalogue.path}: no verified source; name those to crawl")
    return wanted


def crawl(
    sources: Sequence[Source],
    catalogue: Catalogue,
    *,
    store: str,
    record: Path | None = None,
    replay: Path | None = None,
    overrides: dict[str, object] | None = None,
) -> dict[str, Run]:
    """Crawl `sources` into `store`; the last run of each by its id. `overrides` are Scrapy settings."""
    with Store.open(store):
        pass  # A store that cannot be used is said so before anything is fetched.
    settings = _settings(catalogue, store, record, replay, overrides or {})
    bar = tqdm(total=len(sources), unit="source", disable=not sys.stderr.isatty(), leave=False)
    broken: dict[str, BaseException] = {}

    def done(source: Source, error: BaseException | None) -> None:
        bar.update()
        if error is not None:
            broken[source.id] = error

    CrawlProcess(settings, sources, done).run()
    bar.close()
    for name, error in broken.items():
        logging.getLogger("symposia").error("%s: the crawl broke: %s", name, error, exc_info=error)
    with Store.open(store) as opened:
        last = opened.last_runs()
    return {source.id: last[source.id] for source in sources if source.id in last and source.id not in broken}


def report(sources: Sequence[Source], runs: dict[str, Run]) -> int:
    """Say in one line how it went, and in one line each which sources did not go well; the exit status."""
    failed = [source for source in sources if source.id not in runs or runs[source.id].status == RunStatus.FAILED]
    for source in failed:
        run = runs.get(source.id)
        click.echo(
            f"failed: {source.id}: {run.cause if run else 'bug'}: {run.detail if run else 'see the log'}", err=True
        )
    count = Counter(run.status for run in runs.values())
    events = sum(run.events for run in runs.values())
    refused = sum(run.refused for run in runs.values())
    click.echo(
        f"{len(sources)} sources: {count[RunStatus.OK]} ok, {count[RunStatus.EMPTY]} empty, {len(failed)} failed; "
        f"{events} events, {refused} refused"
    )
    if not runs:
        return 1
    return SOME_FAILED if failed else 0


def _pair(text: str) -> tuple[str, object]:
    name, equals, value = text.partition("=")
    if not equals:
        raise click.BadParameter(f"{text!r} is not NAME=VALUE", param_hint="--set")
    return name, value


def _settings(
    catalogue: Catalogue, store: str, record: Path | None, replay: Path | None, overrides: dict[str, object]
) -> Settings:
    settings = get_project_settings()
    settings.setmodule("spiders.settings", priority="project")
    ours: dict[str, object] = {
        "SYMPOSIA_STORE": store,
        "SYMPOSIA_SOURCES": str(catalogue.path),
        "SYMPOSIA_RECORD": str(record or ""),
        "SYMPOSIA_REPLAY": str(replay or ""),
    }
    settings.setdict({**ours, **overrides}, priority="cmdline")
    return settings
