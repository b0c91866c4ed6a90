"""Tables of `symposia health`: sources, the crawls of one source, the fields it states, and hosts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from commands.health.assessment import SourceHealth
from symposia.outcome import FIELDS, HostDay, Run

_HEADS = {"location": "place", "description": "text", "registration_url": "register"}
"""Shorter names of fields, so that the table is 80 characters wide."""


def format_sources(sources: Sequence[SourceHealth]) -> Iterator[str]:
    """Format one line per source: its state, its last crawl, what that cost, and when the next one is due."""
    head = ("source", "is", "last crawl", "result", "events", "new", "requests", "kB", "unchanged", "due")
    return _align([head, *map(_source_row, sources)])


def format_runs(runs: Sequence[Run]) -> Iterator[str]:
    """Format one line per crawl: how it went, and what it cost."""
    head = ("crawl", "result", "events", "new", "changed", "requests", "kB", "unchanged")
    rows = [
        (f"{run.started:%Y-%m-%d %H:%M}", _result_of(run), *_number_cells(run, run.events, run.new, run.changed))
        for run in runs
    ]
    return _align([head, *rows])


def format_fields(runs: Sequence[Run]) -> Iterator[str]:
    """Format one line per crawl that read events anew: the share of them that states each field."""
    head = ("crawl", "read", *(_HEADS.get(name, name) for name in FIELDS))
    return _align([head, *(_fields_row(run) for run in runs if run.read)])


def format_hosts(days: Iterable[HostDay]) -> Iterator[str]:
    """Format one line per host: the sums over its days."""
    by_host: dict[str, list[HostDay]] = {}
    for day in days:
        by_host.setdefault(day.host, []).append(day)
    head = ("host", "requests", "kB", "304", "429/5xx", "robots.txt", "denied", "wait", "left alone until")
    return _align([head, *(_host_row(host, host_days) for host, host_days in sorted(by_host.items()))])


def _source_row(source: SourceHealth) -> tuple[str, ...]:
    if not source.runs:
        return (source.id, source.health.state, "never", *[""] * 6, "now")
    run = source.runs[-1]
    due = f"{source.due:%Y-%m-%d}" if source.due else "now"
    last = f"{run.started:%Y-%m-%d}", _result_of(run)
    return (source.id, source.health.state, *last, *_number_cells(run, run.events, run.new), due)


def _result_of(run: Run) -> str:
    return run.cause or run.status


def _number_cells(run: Run, *first: int) -> tuple[str, ...]:
    return tuple(map(str, (*first, run.requests, round(run.received / 1000), run.unchanged)))


def _fields_row(run: Run) -> tuple[str, ...]:
    shares = (f"{run.filled.get(name, 0) / run.read:.0%}" for name in FIELDS)
    return (f"{run.started:%Y-%m-%d}", str(run.read), *shares)


def _host_row(host: str, days: Sequence[HostDay]) -> tuple[str, ...]:
    requests = sum(day.requests for day in days)
    share = sum(day.not_modified for day in days) / requests if requests else 0.0
    rest = max((day.rest_until for day in days if day.rest_until), default=None)
    return (
        host,
        str(requests),
        str(round(sum(day.received for day in days) / 1000)),
        f"{share:.0%}",
        str(sum(day.refused for day in days)),
        days[-1].robots,
        str(sum(day.denied for day in days)),
        f"{max(day.delay for day in days):.1f} s",
        f"{rest:%Y-%m-%d %H:%M}" if rest else "",
    )


def _align(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Pad the cells of rows to columns, numbers to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    numeric = [all(cell[:1].isdigit() or not cell for cell in column) for column in zip(*rows[1:], strict=True)]
    for row in rows:
        cells = zip(row, widths, numeric or [False] * len(widths), strict=True)
        yield "  ".join(cell.rjust(width) if right else cell.ljust(width) for cell, width, right in cells).rstrip()
