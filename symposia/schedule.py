"""When a source is crawled next: as often as it changes, and less often while it fails."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from symposia.outcome import Run, RunStatus
from symposia.page_record import MAX_FRESHNESS, freshness_lifetime

DEFAULT_INTERVAL = timedelta(days=1)
"""Shortest time from one crawl to the next, where a source's entry does not say: calendars are fetched once a day."""
_EARLY_FRACTION = 10
"""A crawl may come a tenth of its interval early: cron does not start it at the same second each night."""
_MAX_DOUBLINGS = 10
"""Failures after which the interval is doubled no more: it is far beyond MAX_FRESHNESS by then."""
_match_period = re.compile(r"([1-9]\d{0,3})([hdw])").fullmatch
_UNITS = {"h": "hours", "d": "days", "w": "weeks"}


def parse_period(text: str) -> timedelta:
    """Parse a number of hours, days or weeks.

    Raises:
        ValueError: The text is nothing of that kind.

    >>> parse_period("12h"), parse_period("2w")
    (datetime.timedelta(seconds=43200), datetime.timedelta(days=14))
    """
    match = _match_period(text)
    if match is None:
        raise ValueError(f"{text!r} is not a number of hours, days or weeks: 12h, 1d, 2w")
    return timedelta(**{_UNITS[match[2]]: int(match[1])})


def next_crawl(runs: Sequence[Run], *, every: str | None, soon: bool) -> datetime | None:
    """Find the moment from which a source is due.

    A source that has not changed for long rests for a tenth of that time, a week at most; one that fails rests twice as
    long each time.

    Args:
        runs: Its last runs, the oldest first.
        every: The interval that its entry sets, as `parse_period` takes it; None where it sets none.
        soon: One of its events takes place within days.

    Returns:
        None where it was never crawled, and is due at once.
    """
    if not runs:
        return None
    interval = parse_period(every) if every else _find_interval(runs, soon)
    return runs[-1].started + interval * (1 - 1 / _EARLY_FRACTION)


def _find_interval(runs: Sequence[Run], soon: bool) -> timedelta:
    failures = _count_failures(runs)
    if failures:
        return min(DEFAULT_INTERVAL * (1 << min(failures - 1, _MAX_DOUBLINGS)), MAX_FRESHNESS)
    return DEFAULT_INTERVAL if soon else max(DEFAULT_INTERVAL, freshness_lifetime(_find_age(runs)))


def _count_failures(runs: Sequence[Run]) -> int:
    """Count the runs that failed one after the other, up to the last."""
    good = (number for number, run in enumerate(reversed(runs)) if run.status is not RunStatus.FAILED)
    return next(good, len(runs))


def _find_age(runs: Sequence[Run]) -> timedelta:
    """Find for how long nothing has changed, as far back as the runs go."""
    changed = next((run for run in reversed(runs) if run.new or run.changed), runs[0])
    return runs[-1].started - changed.started
