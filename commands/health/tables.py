"""What `symposia health` shows in columns: sources, the crawls of one, and what was asked of whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from commands.health.source_health import Fare
from symposia.outcome import FIELDS, HostDay, Run

_HEADS = {"location": "place", "description": "text", "registration_url": "register"}
"""Shorter names of fields, so that a line of them is 80 characters long."""


def sources_table(fares: Sequence[Fare]) -> Iterator[str]:
    """A line a source: how it is, its last crawl, what that cost, and when the next is due."""
    head = ("source", "is", "last crawl", "result", "events", "new", "requests", "kB", "unchanged", "due")
    return _columns([head, *map(_source, fares)])


def runs_table(runs: Sequence[Run]) -> Iterator[str]:
    """A line a crawl: how it went, and what it cost."""
    head = ("crawl", "result", "events", "new", "changed", "requests", "kB", "unchanged")
    rows = [
        (f"{run.started:%Y-%m-%d %H:%M}", _result(run), *_numbers(run, run.events, run.new, run.changed))
        for run in runs
    ]
    return _columns([head, *rows])


def fields_table(runs: Sequence[Run]) -> Iterator[str]:
    """A line a crawl that read events anew: of how many of them each field was told."""
    head = ("crawl", "read", *(_HEADS.get(name, name) for name in FIELDS))
    return _columns([head, *(_told(run) for run in runs if run.read)])


def hosts_table(days: Iterable[HostDay]) -> Iterator[str]:
    """A line a host: the sums of its days."""
    by_host: dict[str, list[HostDay]] = {}
    for one in days:
        by_host.setdefault(one.host, []).append(one)
    head = ("host", "requests", "kB", "304", "429/5xx", "robots.txt", "denied", "wait", "left alone until")
    return _columns([head, *(_host(host, mine) for host, mine in sorted(by_host.items()))])


def _source(fare: Fare) -> tuple[str, ...]:
    if not fare.runs:
        return (fare.id, fare.health.state, "never", *[""] * 6, "now")
    run = fare.runs[-1]
    due = f"{fare.due:%Y-%m-%d}" if fare.due else "now"
    state = f"{run.started:%Y-%m-%d}", _result(run)
    return (fare.id, fare.health.state, *state, *_numbers(run, run.events, run.new), due)


def _result(run: Run) -> str:
    return run.cause or run.status


def _numbers(run: Run, *first: int) -> tuple[str, ...]:
    return tuple(map(str, (*first, run.requests, round(run.received / 1000), run.unchanged)))


def _told(run: Run) -> tuple[str, ...]:
    shares = (f"{run.filled.get(name, 0) / run.read:.0%}" for name in FIELDS)
    return (f"{run.started:%Y-%m-%d}", str(run.read), *shares)


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
