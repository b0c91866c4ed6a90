"""`symposia export`: write calendars, tables and pages."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from calendar_export.publish import ExportResult, export
from calendar_export.settings import ExportSettings, own_feed, settings_at
from commands.health.assessment import build_source_summaries
from commands.options import load_catalogue_at, parse_moment, sources_option, store_option
from pipelines.store.store import Store

REFUSED = 3
"""The exit status if a calendar failed its check, and the old one was left in its place."""


@click.command()
@store_option
@sources_option
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="The folder to write to.")
@click.option("--past", is_flag=True, help="Export past events too.")
@click.option("--as-of", metavar="DATE", help="The day to count from; default: today.")
@click.option(
    "--settings",
    "settings_path",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    envvar="SYMPOSIA_SETTINGS",
    help="The file with title, address and own feeds; default: symposia.toml, if there is one. Also SYMPOSIA_SETTINGS.",
)
@click.option(
    "--feed", "names", metavar="NAME", multiple=True, help="The name of a calendar of your own; each needs a --where."
)
@click.option(
    "--where",
    "questions",
    metavar="QUESTION",
    multiple=True,
    help='The events in the --feed, as in the address of the page: "topic=literacy&mode=online&free=1".',
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
    """Write calendars, tables, pages and feeds. Files whose content has not changed are left alone.

    Exit status: 0 if all went well, 3 if a calendar failed its check and the old one was kept, 1 if nothing could be
    written.
    """
    settings = add_feeds(settings_at(settings_path), names, questions)
    catalogue = load_catalogue_at(sources_path)
    moment = parse_moment(as_of)
    with Store.open(store, create=False) as opened:
        result = export(
            opened.get_events(),
            out,
            now=moment,
            past=past,
            settings=settings,
            sources=build_source_summaries(catalogue, opened, moment),
            made_from=opened.get_fingerprint(),
        )
    report_export(result, out)
    sys.exit(REFUSED if result.refused else 0)


def add_feeds(settings: ExportSettings, names: Sequence[str], questions: Sequence[str]) -> ExportSettings:
    """Add a feed to the settings for each name and its question; raise SettingsError or click.UsageError."""
    if len(names) != len(questions):
        raise click.UsageError("each --feed NAME needs a --where QUESTION")
    own = tuple(own_feed(name, where) for name, where in zip(names, questions, strict=True))
    return replace(settings, feeds=(*settings.feeds, *own))


def report_export(result: ExportResult, out: Path) -> None:
    """Print a line on what was written, and one on standard error for each calendar that was not."""
    for name, fault in result.refused:
        click.echo(f"not published: {name}: {fault}", err=True)
    click.echo(f"{len(result.files)} files in {out}, {len(result.written)} of them new or changed")
