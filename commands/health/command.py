"""`symposia health`: which sources need a person, and why; what each cost, and what was asked of whom."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

import click

from commands.health.notifications import notify_once
from commands.health.source_health import SourceHealth, assess_sources
from commands.health.tables import format_fields, format_hosts, format_runs, format_sources
from commands.options import load_catalogue_at, parse_moment, sources_option, store_option
from pipelines.store.store import Store
from symposia.health import Sign, State
from symposia.moments import moment_text
from symposia.outcome import HostDay, Run

ALARMS = 3
"""The exit status where a source needs a person."""
LEDGER_DAYS = 30
RUNS_SHOWN = 14


@click.command()
@click.argument("source", required=False)
@click.option("--all", "everything", is_flag=True, help="A line for each source, not only for those that need a look.")
@click.option("--hosts", is_flag=True, help=f"What was asked of each host in the last {LEDGER_DAYS} days.")
@click.option("--json", "as_json", is_flag=True, help="All of it as one JSON object.")
@click.option("--quiet", is_flag=True, help="Say nothing where all is well.")
@click.option(
    "--notify",
    "addresses",
    metavar="URL",
    multiple=True,
    envvar="SYMPOSIA_NOTIFY",
    help="Tell it to an address of Apprise's, when it changes (mailto://, ntfy://, json://). Also SYMPOSIA_NOTIFY.",
)
@click.option("--as-of", metavar="DATE", help="The moment to count from; now without it.")
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
    """Say which sources need a look; of one SOURCE, how its last crawls went.

    Exit status: 0 all is well, 3 something needs a person, 1 nothing was ever crawled.
    """
    now = parse_moment(as_of)
    catalogue = load_catalogue_at(sources_path)
    with Store.open(store, create=False) as opened:
        known = assess_sources(catalogue, opened, now)
        ledger = opened.get_host_days((now - timedelta(days=LEDGER_DAYS)).date())
    every = [fare for fare in known if fare.listed]
    fares = [fare for fare in known if fare.id == source] if source else every
    if source and not fares:
        raise click.ClickException(f"no source is called {source!r}")
    status = _status(fares)
    if as_json:
        click.echo(json.dumps(_everything(fares, ledger, status), ensure_ascii=False))
    elif hosts:
        click.echo("\n".join(format_hosts(ledger)))
    elif status or not quiet:
        click.echo("\n".join(_told(fares, everything, bool(source))))
    if addresses:
        # Of all sources, whichever is shown; and last, so that what cannot be sent has been said.
        _notify(store, addresses, every)
    raise SystemExit(status)


def _status(fares: Sequence[SourceHealth]) -> int:
    if not any(fare.runs for fare in fares):
        return 1
    return ALARMS if _troubled(fares) else 0


def _troubled(fares: Sequence[SourceHealth]) -> list[SourceHealth]:
    return [fare for fare in fares if fare.needs_a_person]


def _told(fares: Sequence[SourceHealth], everything: bool, one: bool) -> Iterator[str]:
    yield _summary(fares)
    for lines in (list(_lines(_troubled(fares))), list(_notes(fares))):
        if lines:
            yield from ("", *lines)
    if everything:
        yield from ("", *format_sources(fares))
    if one and fares[0].runs:
        shown = fares[0].runs[-RUNS_SHOWN:]
        yield from ("", *format_runs(shown))
        yield from ("", "Of the events that were read anew, so many told:", *format_fields(shown))


def _summary(fares: Sequence[SourceHealth]) -> str:
    count = Counter(fare.health.state for fare in fares)
    said = [f"{len(fares)} {'source' if len(fares) == 1 else 'sources'}: {count[State.WELL]} well"]
    for state, words in (
        (State.ILL, "needs you" if count[State.ILL] == 1 else "need you"),
        (State.DOWN, "failed the last time, which may pass"),
        (State.NEW, "never crawled"),
    ):
        said += [f"{count[state]} {words}"] if count[state] else []
    return ", ".join(said)


def _lines(troubled: Sequence[SourceHealth]) -> Iterator[str]:
    """What is wrong, and under it what to do; where nothing is crawled any more, that once and not of each source."""
    late = [fare for fare in troubled if any(alarm.sign is Sign.NOT_CRAWLED for alarm in fare.alarms)]
    if len(late) > 1:
        last = max(fare.runs[-1].started for fare in late)
        yield f"{len(late)} sources are late, none of them was crawled since {last:%Y-%m-%d}"
        yield "  does cron run? symposia doctor"
    for fare in troubled:
        yield from _alarms(fare, without=Sign.NOT_CRAWLED if len(late) > 1 else None)


def _notes(fares: Sequence[SourceHealth]) -> Iterator[str]:
    noted = [fare for fare in fares if fare.alarms and not fare.needs_a_person]
    if noted:
        yield "Worth knowing:"
    for fare in noted:
        yield from _alarms(fare)


def _alarms(fare: SourceHealth, without: Sign | None = None) -> Iterator[str]:
    for alarm in fare.alarms:
        if alarm.sign is not without:
            yield f"{fare.id}: {alarm.words}"
            yield f"  {': '.join(filter(None, (alarm.remedy, alarm.proposal)))}"


def _notify(store: str, addresses: Sequence[str], fares: Sequence[SourceHealth]) -> None:
    troubled = _troubled(fares)
    signs = {f"{fare.id} {alarm.sign}" for fare in troubled for alarm in fare.alarms if not alarm.note}
    notify_once(store, addresses, signs, title=_summary(fares), lines=list(_lines(troubled)))


def _everything(fares: Sequence[SourceHealth], ledger: Sequence[HostDay], status: int) -> dict[str, object]:
    return {
        "status": status,
        "summary": _summary(fares),
        "sources": [_data(fare) for fare in fares],
        "hosts": [_host_data(one) for one in ledger],
    }


def _data(fare: SourceHealth) -> dict[str, object]:
    return {
        "id": fare.id,
        "name": fare.name,
        "url": fare.url,
        "state": fare.health.state,
        "due": moment_text(fare.due) if fare.due else None,
        "alarms": [asdict(alarm) for alarm in fare.alarms],
        "runs": [_run_data(run) for run in fare.runs[-RUNS_SHOWN:]],
    }


def _run_data(run: Run) -> dict[str, object]:
    return {**asdict(run), "started": moment_text(run.started), "finished": moment_text(run.finished)}


def _host_data(one: HostDay) -> dict[str, object]:
    rest = moment_text(one.rest_until) if one.rest_until else None
    return {**asdict(one), "day": moment_text(one.day), "rest_until": rest}
