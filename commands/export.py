"""`symposia export`: write the calendars, the tables and the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from calendar_export.publish import Exported, export
from calendar_export.settings import ExportSettings, own_feed, settings_at
from commands.health.source_health import source_rows
from commands.options import catalogue_at, clock, sources_option, store_option
from pipelines.store.store import Store

REFUSED = 3
"""The exit status where a calendar failed its check: the old one was left in its place."""


@click.command()
@store_option
@sources_option
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="The folder to write to.")
@click.option("--past", is_flag=True, help="Past events too.")
@click.option("--as-of", metavar="DATE", help="The day to count from; today without it.")
@click.option(
    "--settings",
    "settings_path",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    envvar="SYMPOSIA_SETTINGS",
    help="Title, address and own feeds; without it, symposia.toml where there is one. Also SYMPOSIA_SETTINGS.",
)
@click.option("--feed", "names", metavar="NAME", multiple=True, help="A calendar of your own; with a --where each.")
@click.option(
    "--where",
    "questions",
    metavar="QUESTION",
    multiple=True,
    help='Which events the --feed holds, as in the page\'s address: "topic=literacy&mode=online&free=1".',
)
def command(
    store: str,
    sources_path: Path | None,
    out: Path,
    past: bool,
    as_of: str | None,
    settings_path: Path | None,
    names: tuple[str, ...],
    questions: tuple[str, ...],
) -> None:
    """Write calendars, tables, pages and feeds. Files whose content is the same are left alone.

    Exit status: 0 all went well, 3 a calendar failed its check and the old one stays, 1 nothing could be written.
    """
    settings = with_feeds(settings_at(settings_path), names, questions)
    catalogue = catalogue_at(sources_path)
    moment = clock(as_of)
    with Store.open(store, create=False) as opened:
        done = export(
            opened.events(),
            out,
            now=moment,
            past=past,
            settings=settings,
            sources=source_rows(catalogue, opened, moment),
            made_from=opened.fingerprint(),
        )
    tell(done, out)
    raise SystemExit(REFUSED if done.refused else 0)


def with_feeds(settings: ExportSettings, names: Sequence[str], questions: Sequence[str]) -> ExportSettings:
    """The settings with one more feed for each name and question. Raises SettingsError, click.UsageError."""
    if len(names) != len(questions):
        raise click.UsageError("each --feed NAME needs a --where QUESTION")
    own = tuple(own_feed(name, where) for name, where in zip(names, questions, strict=True))
    return replace(settings, feeds=(*settings.feeds, *own))


def tell(done: Exported, out: Path) -> None:
    """Say in a line what was written, and in one line each which calendars were not."""
    for name, fault in done.refused:
        click.echo(f"not published: {name}: {fault}", err=True)
    click.echo(f"{len(done.files)} files in {out}, {len(done.written)} of them new or changed")
