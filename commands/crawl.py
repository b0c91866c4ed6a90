"""`symposia crawl`: crawl the sources of the catalogue into the store."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from scrapy.settings import Settings
from scrapy.utils.project import get_project_settings
from tqdm import tqdm

from commands.lock import hold_lock
from commands.options import load_catalogue_at, parse_moment, private_option, sources_option, store_option
from commands.report import CrawlSummary, report_crawl
from commands.stored import load_overrides_at, overrides_option
from pipelines.store.store import Store
from spiders.archive import open_archive, start_archive
from spiders.catalogue import Catalogue, Source
from spiders.process import CrawlProcess
from symposia.errors import SymposiaError
from symposia.schedule import next_crawl


@click.command()
@click.argument("names", metavar="[SOURCE]...", nargs=-1)
@sources_option
@overrides_option
@store_option
@click.option(
    "--record", type=click.Path(path_type=Path, dir_okay=False), help="Record every response in this WARC file."
)
@click.option(
    "--replay",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Answer every request from this WARC file, and none from the network.",
)
@private_option
@click.option("--due", "only_due", is_flag=True, help="Crawl only the sources that are due: for cron.")
@click.option("--quiet", is_flag=True, help="Print nothing if all went well.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as a JSON object.")
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
    allow_private: bool,
    only_due: bool,
    quiet: bool,
    as_json: bool,
    overrides: tuple[str, ...],
) -> None:
    """Crawl the named sources, or all verified ones.

    Exit status: 0 if all went well, 3 if some sources failed, 1 if nothing could be crawled, 2 if the command was called
    wrongly, 4 if another process is at work on the store.
    """
    catalogue = load_catalogue_at(sources_path)
    sources = choose_sources(catalogue, names)
    load_overrides_at(overrides_path)
    if replay:
        open_archive(str(replay))
    settings = {"SYMPOSIA_OVERRIDES": str(overrides_path)} if overrides_path else {}
    settings |= {"SYMPOSIA_ALLOW_PRIVATE": "1"} if allow_private else {}
    settings |= dict(map(_parse_setting, overrides))
    with hold_lock(store, "crawl"):
        if only_due:
            sources = select_due(sources, store, parse_moment(settings.get("SYMPOSIA_NOW")))
        if record:
            start_archive(record)
        summary = crawl(sources, catalogue, store=store, record=record, replay=replay, overrides=settings)
    sys.exit(report_crawl(summary, quiet=quiet, as_json=as_json))


def choose_sources(catalogue: Catalogue, names: Sequence[str]) -> tuple[Source, ...]:
    """Choose the sources with those ids, or all verified ones if no id is given.

    Raises:
        click.BadParameter: An id is not in the catalogue.
        click.ClickException: No id is given, and no source is verified.
    """
    unknown = [name for name in names if catalogue.get(name) is None]
    if unknown:
        raise click.BadParameter(f"not in {catalogue.path}: {', '.join(unknown)}", param_hint="SOURCE")
    chosen = tuple(source for source in catalogue.sources if source.id in names) if names else catalogue.verified
    if not chosen:
        raise click.ClickException(f"{catalogue.path}: no source is verified; name the sources to crawl")
    return chosen


def select_due(sources: Sequence[Source], store: str, now: datetime) -> tuple[Source, ...]:
    """Select the sources that are due: by how often they change, or by `every` in their entries."""
    with Store.open(store) as opened:
        runs, soon = opened.get_recent_runs(), opened.get_sources_with_events_soon(now)

    def is_due(source: Source) -> bool:
        due = next_crawl(runs.get(source.id, ()), every=source.every, soon=source.id in soon)
        return due is None or due <= now

    return tuple(filter(is_due, sources))


def crawl(
    sources: Sequence[Source],
    catalogue: Catalogue,
    *,
    store: str,
    record: Path | None = None,
    replay: Path | None = None,
    overrides: dict[str, Any] | None = None,
) -> CrawlSummary:
    """Crawl `sources` into `store`, with a progress bar on a terminal.

    Args:
        sources: The sources to crawl.
        catalogue: Where they are from.
        store: A file or a database URL.
        record: A WARC file to append every response to; None to record nothing.
        replay: A WARC file that answers every request; None to ask the network.
        overrides: Scrapy settings that win over all others.
    """
    with Store.open(store):
        pass  # An unusable store is reported before anything is fetched.
    started = parse_moment((overrides or {}).get("SYMPOSIA_NOW"))
    if not sources:
        return CrawlSummary(sources=(), runs={}, broken={}, stopped=False)
    settings = _make_settings(catalogue, store, record, replay, overrides or {})
    broken, stopped = _run_process(settings, sources)
    with Store.open(store) as opened:
        last = opened.get_last_runs()
    runs = {source.id: last[source.id] for source in sources if source.id in last and source.id not in broken}
    return CrawlSummary(
        sources=tuple(sources),
        runs={name: run for name, run in runs.items() if run.started >= started},
        broken={name: _describe_break(error) for name, error in broken.items()},
        stopped=stopped,
    )


def _run_process(settings: Settings, sources: Sequence[Source]) -> tuple[dict[str, BaseException], bool]:
    """Run the crawls; what broke which source, and whether the run was stopped before its end."""
    bar = tqdm(total=len(sources), unit="source", disable=not sys.stderr.isatty(), leave=False)
    broken: dict[str, BaseException] = {}

    def note_end(source: Source, error: BaseException | None) -> None:
        bar.update()
        if error is not None:
            broken[source.id] = error

    process = CrawlProcess(settings, sources, note_end)
    process.run()
    bar.close()
    for name, error in broken.items():
        if not isinstance(error, SymposiaError):
            logging.getLogger("symposia").error("%s: the crawl broke: %s", name, error, exc_info=error)
    return broken, process.stopping


def _describe_break(error: BaseException) -> str:
    return f"not stored: {error}" if isinstance(error, SymposiaError) else "bug: see the log"


def _parse_setting(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise click.BadParameter(f"{text!r} is not NAME=VALUE", param_hint="--set")
    return name, value


def _make_settings(
    catalogue: Catalogue, store: str, record: Path | None, replay: Path | None, overrides: dict[str, Any]
) -> Settings:
    settings = get_project_settings()
    settings.setmodule("spiders.settings", priority="project")
    ours: dict[str, Any] = {
        "SYMPOSIA_STORE": store,
        "SYMPOSIA_SOURCES": str(catalogue.path),
        "SYMPOSIA_RECORD": str(record or ""),
        "SYMPOSIA_REPLAY": str(replay or ""),
    }
    settings.setdict({**ours, **overrides}, priority="cmdline")
    return settings
