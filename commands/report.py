"""How a crawl went, said to a person or to a program."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import click

from spiders.catalogue import Source
from symposia.errors import Cause
from symposia.moments import moment_text
from symposia.outcome import Run, RunStatus

SOME_FAILED = 3
"""The exit status where some sources failed and the rest went on."""

_NOT_REACHED = (Cause.DNS, Cause.CONNECTION, Cause.TIMEOUT)


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlSummary:
    """What one run was to crawl, how each source's crawl went, and which broke, in words. `stopped`: before all were begun."""

    sources: tuple[Source, ...]
    runs: Mapping[str, Run]
    broken: Mapping[str, str]
    stopped: bool

    @property
    def failed(self) -> dict[str, str]:
        """The sources that did not go well, and why."""
        runs = {name: run for name, run in self.runs.items() if run.status is RunStatus.FAILED}
        return {**{name: f"{run.cause}: {run.detail}" for name, run in runs.items()}, **self.broken}

    @property
    def left(self) -> list[str]:
        """The sources that were not begun."""
        return [one.id for one in self.sources if one.id not in self.runs and one.id not in self.broken]

    @property
    def status(self) -> int:
        """The exit status."""
        if self.sources and not self.runs:
            return 1
        return SOME_FAILED if self.failed or self.left else 0


def report_crawl(done: CrawlSummary, *, quiet: bool = False, as_json: bool = False) -> int:
    """Say in one line how it went, and in one line each which sources did not go well; the exit status."""
    failed = done.failed
    for name in (one.id for one in done.sources if one.id in failed):
        click.echo(f"failed: {name}: {failed[name]}", err=True)
    if len(done.runs) > 1 and all(run.cause in _NOT_REACHED for run in done.runs.values()):
        click.echo("no source was reached: is this machine connected to the network?", err=True)
    if done.left:
        click.echo(f"stopped: {len(done.left)} sources were not begun", err=True)
    if as_json:
        click.echo(json.dumps(_summary(done), ensure_ascii=False))
    elif not (quiet and done.status == 0):
        click.echo(_line(done))
    return done.status


def _line(done: CrawlSummary) -> str:
    if not done.sources:
        return "no source is due"
    count = Counter(run.status for run in done.runs.values())
    total = _totals(done)
    return (
        f"{len(done.sources)} sources: {count[RunStatus.OK]} ok, {count[RunStatus.EMPTY]} empty, {len(done.failed)} failed; "
        f"{total['events']} events, {total['refused']} refused"
    )


def _totals(done: CrawlSummary) -> dict[str, int]:
    names = ("events", "new", "changed", "refused", "requests", "received", "unchanged")
    return {name: sum(getattr(run, name) for run in done.runs.values()) for name in names}


def _summary(done: CrawlSummary) -> dict[str, object]:
    return {
        "status": done.status,
        "sources": len(done.sources),
        **{str(status): sum(run.status is status for run in done.runs.values()) for status in RunStatus},
        **_totals(done),
        "failed_sources": done.failed,
        "not_begun": done.left,
        "runs": [_run(done.runs[one.id]) for one in done.sources if one.id in done.runs],
    }


def _run(run: Run) -> dict[str, object]:
    names = (
        "source",
        "status",
        "cause",
        "detail",
        "events",
        "new",
        "changed",
        "refused",
        "requests",
        "received",
        "whole",
    )
    moments = {name: moment_text(getattr(run, name)) for name in ("started", "finished")}
    return {**{name: getattr(run, name) for name in names}, **moments}
