"""`symposia health`: list the sources that need a person, what each crawl cost, and what was asked of which host."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

import click

from commands.health.assessment import SourceHealth, assess_sources
from commands.health.notifications import notify_once
from commands.health.summary import describe_notes, describe_troubled, find_troubled, summarize
from commands.health.tables import format_fields, format_hosts, format_runs, format_sources
from commands.options import load_catalogue_at, parse_moment, sources_option, store_option
from pipelines.store.store import Store
from symposia.moments import moment_text
from symposia.outcome import HostDay, Run

ALARMS = 3
"""The exit status if a source needs a person."""
LEDGER_DAYS = 30
"""Days of requests that --hosts adds up: longer than the week for which a host may ask us to pause."""
RUNS_SHOWN = 14
"""Crawls of a source that are shown: two weeks of nights."""


@click.command()
@click.argument("source", required=False)
@click.option(
    "--all", "everything", is_flag=True, help="Print a line for each source, not only for those that need a look."
)
@click.option("--hosts", is_flag=True, help=f"Print what was asked of each host in the last {LEDGER_DAYS} days.")
@click.option("--json", "as_json", is_flag=True, help="Print all of it as one JSON object.")
@click.option("--quiet", is_flag=True, help="Print nothing if all is well.")
@click.option(
    "--notify",
    "addresses",
    metavar="URL",
    multiple=True,
    envvar="SYMPOSIA_NOTIFY",
    help="Send alarms to this Apprise address when they change (mailto://, ntfy://, json://). Also SYMPOSIA_NOTIFY.",
)
@click.option("--as-of", metavar="DATE", help="The moment to count from; default: now.")
@sources_option
@store_option
def command(
    source: str | None,
    everything: bool,
    hosts: bool,
    as_json: bool,
    quiet: bool,
    addresses: tuple[str, ...],
    as_of: str | None,
    sources_path: Path | None,
    store: str,
) -> None:
    """List the sources that need a look; with SOURCE, how its last crawls went.

    Exit status: 0 if all is well, 3 if something needs a person, 1 if nothing was ever crawled.
    """
    now = parse_moment(as_of)
    catalogue = load_catalogue_at(sources_path)
    with Store.open(store, create=False) as opened:
        assessed = assess_sources(catalogue, opened, now)
        host_days = opened.get_host_days((now - timedelta(days=LEDGER_DAYS)).date())
    listed = [health for health in assessed if health.listed]
    shown = _select(assessed, source) if source else listed
    status = _choose_exit_status(shown)
    if as_json:
        click.echo(json.dumps(_to_json(shown, host_days, status), ensure_ascii=False))
    elif hosts:
        click.echo("\n".join(format_hosts(host_days)))
    elif status or not quiet:
        click.echo("\n".join(_format_report(shown, everything, with_runs=bool(source))))
    if addresses:
        # About all sources, whichever are shown; and last, so that a notice which cannot be sent hides nothing.
        _notify(store, addresses, listed)
    sys.exit(status)


def _select(assessed: Sequence[SourceHealth], source_id: str) -> list[SourceHealth]:
    selected = [source for source in assessed if source.id == source_id]
    if not selected:
        raise click.ClickException(f"no source is called {source_id!r}")
    return selected


def _choose_exit_status(sources: Sequence[SourceHealth]) -> int:
    if not any(source.runs for source in sources):
        return 1
    return ALARMS if find_troubled(sources) else 0


def _format_report(sources: Sequence[SourceHealth], everything: bool, *, with_runs: bool) -> Iterator[str]:
    """The summary, what is wrong, what is worth knowing, and the tables that were asked for; blank lines between."""
    yield summarize(sources)
    for lines in (list(describe_troubled(sources)), list(describe_notes(sources))):
        if lines:
            yield from ("", *lines)
    if everything:
        yield from ("", *format_sources(sources))
    if with_runs and sources[0].runs:
        runs = sources[0].runs[-RUNS_SHOWN:]
        yield from ("", *format_runs(runs))
        yield from ("", "Share of the events read anew that state each field:", *format_fields(runs))


def _notify(store: str, addresses: Sequence[str], sources: Sequence[SourceHealth]) -> None:
    troubled = find_troubled(sources)
    signs = {f"{source.id} {alarm.sign}" for source in troubled for alarm in source.alarms if not alarm.note}
    notify_once(store, addresses, signs, title=summarize(sources), lines=list(describe_troubled(sources)))


def _to_json(sources: Sequence[SourceHealth], host_days: Sequence[HostDay], status: int) -> dict[str, object]:
    return {
        "status": status,
        "summary": summarize(sources),
        "sources": [_source_to_json(source) for source in sources],
        "hosts": [_host_day_to_json(host_day) for host_day in host_days],
    }


def _source_to_json(source: SourceHealth) -> dict[str, object]:
    return {
        "id": source.id,
        "name": source.name,
        "url": source.url,
        "state": source.health.state,
        "due": moment_text(source.due) if source.due else None,
        "alarms": [asdict(alarm) for alarm in source.alarms],
        "runs": [_run_to_json(run) for run in source.runs[-RUNS_SHOWN:]],
    }


def _run_to_json(run: Run) -> dict[str, object]:
    return {**asdict(run), "started": moment_text(run.started), "finished": moment_text(run.finished)}


def _host_day_to_json(host_day: HostDay) -> dict[str, object]:
    rest_until = moment_text(host_day.rest_until) if host_day.rest_until else None
    return {**asdict(host_day), "day": moment_text(host_day.day), "rest_until": rest_until}
