"""`symposia health`: which sources need a person, and why; what each cost, and what was asked of whom."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

import click

from commands.notices import tell_once
from commands.options import catalogue_at, clock, sources_option, store_option
from commands.wellness import Fare, fares_of
from pipelines.store import Store
from symposia.codec import moment_text
from symposia.outcome import HostDay, Run, RunStatus

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
    now = clock(as_of)
    catalogue = catalogue_at(sources_path)
    with Store.open(store) as opened:
        fares = fares_of(catalogue, opened, now)
        ledger = opened.hosts((now - timedelta(days=LEDGER_DAYS)).date())
    if source:
        fares = [fare for fare in fares if fare.id == source]
        if not fares:
            raise click.ClickException(f"no source is called {source!r}")
    troubled = [fare for fare in fares if fare.needs_a_person]
    if addresses:
        tell_once(store, addresses, _summary(fares, troubled), [line for fare in troubled for line in _alarms(fare)])
    if as_json:
        click.echo(
            json.dumps({"sources": [_data(fare) for fare in fares], "hosts": [_host_data(one) for one in ledger]})
        )
    elif hosts:
        click.echo("\n".join(_ledger(ledger)))
    elif troubled or not quiet:
        click.echo("\n".join(_told(fares, troubled, everything, source)))
    raise SystemExit(_status(fares, troubled))


def _status(fares: Sequence[Fare], troubled: Sequence[Fare]) -> int:
    if not any(fare.runs for fare in fares):
        return 1
    return ALARMS if troubled else 0


def _told(fares: Sequence[Fare], troubled: Sequence[Fare], everything: bool, source: str | None) -> Iterator[str]:
    yield _summary(fares, troubled)
    for fare in troubled:
        yield ""
        yield from _alarms(fare)
    notes = [fare for fare in fares if fare.alarms and not fare.needs_a_person]
    if notes:
        yield from ("", "Worth knowing:")
        for fare in notes:
            yield from _alarms(fare)
    if everything:
        yield from ("", *_sources(fares))
    if source:
        yield from ("", *_runs(fares[0].runs[-RUNS_SHOWN:]))


def _summary(fares: Sequence[Fare], troubled: Sequence[Fare]) -> str:
    new = sum(not fare.runs for fare in fares)
    patient = sum(
        bool(fare.runs) and fare.runs[-1].status is RunStatus.FAILED and not fare.needs_a_person for fare in fares
    )
    said = [
        f"{len(fares)} {_plural(len(fares), 'source', 'sources')}: {len(fares) - len(troubled) - new - patient} well",
        f"{len(troubled)} {_plural(len(troubled), 'needs', 'need')} a look",
        f"{patient} failed the last time, which may pass",
        f"{new} never crawled",
    ]
    return ", ".join([said[0], *(part for part in said[1:] if not part.startswith("0 "))])


def _plural(count: int, one: str, many: str) -> str:
    return one if count == 1 else many


def _alarms(fare: Fare) -> Iterator[str]:
    for alarm in fare.alarms:
        yield f"{fare.id}: {alarm.words}"
        if alarm.proposal:
            yield f"  in the catalogue: {alarm.proposal}"


def _sources(fares: Sequence[Fare]) -> Iterator[str]:
    head = ("source", "last crawl", "state", "events", "new", "requests", "kB", "unchanged", "due")
    rows = [_source(fare) for fare in fares]
    return _columns([head, *rows])


def _source(fare: Fare) -> tuple[str, ...]:
    if not fare.runs:
        return (fare.id, "never", "", "", "", "", "", "", "now")
    run = fare.runs[-1]
    return (fare.id, *_run(run), f"{fare.due:%Y-%m-%d %H:%M}" if fare.due else "now")


def _run(run: Run) -> tuple[str, ...]:
    state = f"{run.status}: {run.cause}" if run.cause else str(run.status)
    numbers = (run.events, run.new, run.requests, round(run.received / 1000), run.unchanged)
    return (f"{run.started:%Y-%m-%d %H:%M}", state, *map(str, numbers))


def _runs(runs: Sequence[Run]) -> Iterator[str]:
    head = (
        "crawl",
        "state",
        "events",
        "new",
        "requests",
        "kB",
        "unchanged",
        "fields that events told, of those read anew",
    )
    return _columns([head, *((*_run(run), _filled(run)) for run in runs)])


def _filled(run: Run) -> str:
    told = ", ".join(f"{name} {count}" for name, count in run.filled.items() if count)
    return f"{run.read}: {told}" if run.read else ""


def _ledger(days: Iterable[HostDay]) -> Iterator[str]:
    """A line a host: the sums of its days."""
    by_host: dict[str, list[HostDay]] = {}
    for one in days:
        by_host.setdefault(one.host, []).append(one)
    head = ("host", "requests", "kB", "304", "429/5xx", "robots.txt", "denied", "wait", "left alone until")
    rows = [_host(host, mine) for host, mine in sorted(by_host.items())]
    return _columns([head, *rows])


def _host(host: str, days: Sequence[HostDay]) -> tuple[str, ...]:
    requests = sum(one.requests for one in days)
    share = sum(one.not_modified for one in days) / requests if requests else 0.0
    rest = max((one.rest_until for one in days if one.rest_until), default=None)
    return (
        host,
        str(requests),
        str(round(sum(one.received for one in days) / 1000)),
        f"{share:.0%}",
        str(sum(one.refused for one in days)),
        days[-1].robots,
        str(sum(one.denied for one in days)),
        f"{max(one.delay for one in days):.1f} s",
        f"{rest:%Y-%m-%d %H:%M}" if rest else "",
    )


def _columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows as lines, numbers to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    numeric = [all(cell[:1].isdigit() or not cell for cell in column) for column in zip(*rows[1:], strict=True)]
    for row in rows:
        cells = zip(row, widths, numeric or [False] * len(widths), strict=True)
        yield "  ".join(cell.rjust(width) if right else cell.ljust(width) for cell, width, right in cells).rstrip()


def _data(fare: Fare) -> dict[str, object]:
    return {
        "id": fare.id,
        "name": fare.name,
        "url": fare.url,
        "due": moment_text(fare.due) if fare.due else None,
        "alarms": [asdict(alarm) for alarm in fare.alarms],
        "runs": [_run_data(run) for run in fare.runs[-RUNS_SHOWN:]],
    }


def _run_data(run: Run) -> dict[str, object]:
    return {**asdict(run), "started": moment_text(run.started), "finished": moment_text(run.finished)}


def _host_data(one: HostDay) -> dict[str, object]:
    rest = moment_text(one.rest_until) if one.rest_until else None
    return {**asdict(one), "day": moment_text(one.day), "rest_until": rest}
