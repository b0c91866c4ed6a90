"""Report how a crawl went, to a person or to a program."""

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
"""The exit status of a crawl in which some sources failed and others did not."""

_UNREACHABLE = (Cause.DNS, Cause.CONNECTION, Cause.TIMEOUT)
"""Causes that all sources share if this machine is offline."""
_TOTALS = ("events", "new", "changed", "refused", "requests", "received", "unchanged")
_RUN_FIELDS = (
    "source", "status", "cause", "detail", "events", "new", "changed", "refused", "requests", "received", "whole",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlSummary:
    """How one run of a crawl went.

    Attributes:
        sources: The sources that were to be crawled.
        runs: How each crawl went that was stored, by the source's id.
        broken: Why a crawl broke off or could not be stored, by the source's id.
        stopped: The run was told to stop before all crawls had begun.
    """

    sources: tuple[Source, ...]
    runs: Mapping[str, Run]
    broken: Mapping[str, str]
    stopped: bool

    @property
    def failed(self) -> dict[str, str]:
        """The sources that failed or broke, and why."""
        runs = {name: run for name, run in self.runs.items() if run.status is RunStatus.FAILED}
        return {**{name: f"{run.cause}: {run.detail}" for name, run in runs.items()}, **self.broken}

    @property
    def not_begun(self) -> list[str]:
        """The sources whose crawl was not begun."""
        return [source.id for source in self.sources if source.id not in self.runs and source.id not in self.broken]

    @property
    def exit_status(self) -> int:
        """0 if all went well, 1 if nothing was stored, else SOME_FAILED."""
        if self.sources and not self.runs:
            return 1
        return SOME_FAILED if self.failed or self.not_begun else 0


def report_crawl(summary: CrawlSummary, *, quiet: bool = False, as_json: bool = False) -> int:
    """Print one line on the run, and one on standard error for each source that failed; return the exit status.

    Args:
        summary: How the run went.
        quiet: Print nothing if all went well.
        as_json: Print the summary as a JSON object instead of the line.
    """
    failed = summary.failed
    for name in (source.id for source in summary.sources if source.id in failed):
        click.echo(f"failed: {name}: {failed[name]}", err=True)
    if len(summary.runs) > 1 and all(run.cause in _UNREACHABLE for run in summary.runs.values()):
        click.echo("no source was reached: is this machine connected to the network?", err=True)
    if summary.not_begun:
        click.echo(f"stopped: {len(summary.not_begun)} sources were not begun", err=True)
    if as_json:
        click.echo(json.dumps(_summary_to_json(summary), ensure_ascii=False))
    elif not (quiet and summary.exit_status == 0):
        click.echo(_summarize(summary))
    return summary.exit_status


def _summarize(summary: CrawlSummary) -> str:
    if not summary.sources:
        return "no source is due"
    count = Counter(run.status for run in summary.runs.values())
    totals = _add_up(summary)
    return (
        f"{len(summary.sources)} sources: {count[RunStatus.OK]} ok, {count[RunStatus.EMPTY]} empty, "
        f"{len(summary.failed)} failed; {totals['events']} events, {totals['refused']} refused"
    )


def _add_up(summary: CrawlSummary) -> dict[str, int]:
    return {name: sum(getattr(run, name) for run in summary.runs.values()) for name in _TOTALS}


def _summary_to_json(summary: CrawlSummary) -> dict[str, object]:
    return {
        "status": summary.exit_status,
        "sources": len(summary.sources),
        **{str(status): sum(run.status is status for run in summary.runs.values()) for status in RunStatus},
        **_add_up(summary),
        "failed_sources": summary.failed,
        "not_begun": summary.not_begun,
        "runs": [_run_to_json(summary.runs[source.id]) for source in summary.sources if source.id in summary.runs],
    }


def _run_to_json(run: Run) -> dict[str, object]:
    moments = {name: moment_text(getattr(run, name)) for name in ("started", "finished")}
    return {**{name: getattr(run, name) for name in _RUN_FIELDS}, **moments}
