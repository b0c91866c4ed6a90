"""`symposia crawl`: read the sources of the catalogue into the store."""

from __future__ import annotations

import logging
import sys
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from scrapy.settings import Settings
from scrapy.utils.project import get_project_settings
from tqdm import tqdm

from commands.lock import locked
from commands.options import catalogue_at, clock, private_option, sources_option, store_option
from commands.report import Crawled, report
from commands.stored import overrides_at, overrides_option
from pipelines.store.store import Store
from spiders.archive import open_archive, start_archive
from spiders.catalogue import Catalogue, Source
from spiders.process import CrawlProcess
from symposia.errors import SymposiaError
from symposia.outcome import Run
from symposia.schedule import next_crawl


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
@private_option
@click.option("--due", "only_due", is_flag=True, help="Of all sources, only those whose next crawl is due: for cron.")
@click.option("--quiet", is_flag=True, help="Say nothing where all went well.")
@click.option("--json", "as_json", is_flag=True, help="The summary as a JSON object.")
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

    Exit status: 0 all went well, 3 some sources failed, 1 nothing could be crawled, 2 the command was called wrongly,
    4 another crawl is at work on the store.
    """
    catalogue = catalogue_at(sources_path)
    sources = chosen(catalogue, names)
    overrides_at(overrides_path)
    if replay:
        open_archive(str(replay))
    asked = {"SYMPOSIA_OVERRIDES": str(overrides_path)} if overrides_path else {}
    asked |= {"SYMPOSIA_ALLOW_PRIVATE": "1"} if allow_private else {}
    given = asked | dict(map(_pair, overrides))
    with locked(store, "crawl"):
        if only_due:
            sources = due(sources, store, clock(given.get("SYMPOSIA_NOW")))
        if record:
            start_archive(record)
        done = crawl(sources, catalogue, store=store, record=record, replay=replay, overrides=given)
    raise SystemExit(report(done, quiet=quiet, as_json=as_json))


def chosen(catalogue: Catalogue, names: Sequence[str]) -> tuple[Source, ...]:
    """The sources of those ids, or all verified ones. Raises click.BadParameter for an id that is not in the catalogue."""
    unknown = [name for name in names if catalogue.get(name) is None]
    if unknown:
        raise click.BadParameter(f"not in {catalogue.path}: {', '.join(unknown)}", param_hint="SOURCE")
    wanted = tuple(source for source in catalogue.sources if source.id in names) if names else catalogue.due
    if not wanted:
        raise click.ClickException(f"{catalogue.path}: no verified source; name those to crawl")
    return wanted


def due(sources: Sequence[Source], store: str, now: datetime) -> tuple[Source, ...]:
    """Those of the sources whose next crawl is due, by how often they change, or as their entries say."""
    with Store.open(store) as opened:
        runs, soon = opened.recent_runs(), opened.soon(now)
    return tuple(one for one in sources if _next(one, runs, soon) <= now)


def _next(source: Source, runs: Mapping[str, Sequence[Run]], soon: Collection[str]) -> datetime:
    found = next_crawl(runs.get(source.id, ()), every=source.every, soon=source.id in soon)
    return found or datetime.min.replace(tzinfo=UTC)


def crawl(
    sources: Sequence[Source],
    catalogue: Catalogue,
    *,
    store: str,
    record: Path | None = None,
    replay: Path | None = None,
    overrides: dict[str, Any] | None = None,
) -> Crawled:
    """Crawl `sources` into `store`. `overrides` are Scrapy settings."""
    with Store.open(store):
        pass  # A store that cannot be used is said so before anything is fetched.
    began = clock((overrides or {}).get("SYMPOSIA_NOW"))
    if not sources:
        return Crawled(sources=(), runs={}, broken={}, stopped=False)
    settings = _settings(catalogue, store, record, replay, overrides or {})
    bar = tqdm(total=len(sources), unit="source", disable=not sys.stderr.isatty(), leave=False)
    broken: dict[str, BaseException] = {}

    def done(source: Source, error: BaseException | None) -> None:
        bar.update()
        if error is not None:
            broken[source.id] = error

    process = CrawlProcess(settings, sources, done)
    process.run()
    bar.close()
    for name, error in broken.items():
        if not isinstance(error, SymposiaError):
            logging.getLogger("symposia").error("%s: the crawl broke: %s", name, error, exc_info=error)
    with Store.open(store) as opened:
        last = opened.last_runs()
    runs = {one.id: last[one.id] for one in sources if one.id in last and last[one.id].started >= began}
    return Crawled(
        sources=tuple(sources),
        runs={name: run for name, run in runs.items() if name not in broken},
        broken={name: _reason(error) for name, error in broken.items()},
        stopped=process.stopping,
    )


def _reason(error: BaseException) -> str:
    return f"not stored: {error}" if isinstance(error, SymposiaError) else "bug: see the log"


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise click.BadParameter(f"{text!r} is not NAME=VALUE", param_hint="--set")
    return name, value


def _settings(
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
