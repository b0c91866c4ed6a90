"""When a source is to be crawled next: as often as it changes, and no more often than it can bear."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from symposia.outcome import Run, RunStatus
from symposia.page_record import MAX_FRESHNESS, freshness_lifetime

USUAL = timedelta(days=1)
"""How long after a crawl the next is due, at the least, where a source's entry says nothing of it."""
_EARLY = 10
"""A crawl may come a tenth of its wait early, as cron does not start at the same second each night."""
_period = re.compile(r"([1-9]\d{0,3})([hdw])").fullmatch
_UNITS = {"h": "hours", "d": "days", "w": "weeks"}


def parse_period(text: str) -> timedelta:
    """How long "12h", "1d" or "2w" is. Raises ValueError for anything else."""
    match = _period(text)
    if match is None:
        raise ValueError(f"{text!r} is not a number of hours, days or weeks: 12h, 1d, 2w")
    return timedelta(**{_UNITS[match[2]]: int(match[1])})


def next_crawl(runs: Sequence[Run], *, every: str | None, soon: bool) -> datetime | None:
    """The moment from which a source is due; None where it never was crawled, and is due at once.

    `runs` are its last ones, the oldest first. `every` is its entry's; `soon`: one of its events takes place within days.
    What has not changed for long is left for a tenth of that time, a week at most; what failed for twice as long each time.
    """
    if not runs:
        return None
    wait = parse_period(every) if every else _wait(runs, soon)
    return runs[-1].started + wait * (1 - 1 / _EARLY)


def _wait(runs: Sequence[Run], soon: bool) -> timedelta:
    failures = _failures(runs)
    if failures:
        return min(USUAL * (1 << min(failures - 1, 10)), MAX_FRESHNESS)
    return USUAL if soon else max(USUAL, freshness_lifetime(_age(runs)))


def _failures(runs: Sequence[Run]) -> int:
    """How many of the last runs failed, one after the other."""
    good = (number for number, run in enumerate(reversed(runs)) if run.status is not RunStatus.FAILED)
    return next(good, len(runs))


def _age(runs: Sequence[Run]) -> timedelta:
    """For how long nothing has changed, as far back as the runs go."""
    changed = next((run for run in reversed(runs) if run.new or run.changed), runs[0])
    return runs[-1].started - changed.started
