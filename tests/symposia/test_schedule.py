"""When a source is due, and how long a page rests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symposia.outcome import Run, RunStatus
from symposia.page_record import MAX_FRESHNESS, freshness_lifetime
from symposia.schedule import next_crawl, parse_period

FIRST = datetime(2026, 11, 2, 4, tzinfo=UTC)
OK, EMPTY, FAILED = RunStatus.OK, RunStatus.EMPTY, RunStatus.FAILED


def nights(*what: tuple[int, RunStatus, int]) -> list[Run]:
    """Runs, each given by its night, how it ended and how many events it changed."""
    return [
        Run(source="a", started=(at := FIRST + timedelta(days=day)), finished=at, status=status, changed=changed)
        for day, status, changed in what
    ]


@pytest.mark.parametrize(
    ("runs", "every", "soon", "expected"),
    [
        (nights((0, OK, 5)), None, False, 1),
        (nights((0, OK, 5), (9, OK, 0)), None, False, 1),
        (nights((0, OK, 5), (30, OK, 0)), None, False, 3),
        (nights((0, OK, 5), (30, OK, 0)), None, True, 1),
        (nights((0, OK, 5), (30, OK, 0)), "12h", False, 0.5),
        (nights((0, OK, 5), (30, OK, 0)), "2w", True, 14),
        (nights((0, OK, 5), (300, OK, 0)), None, False, 7),
        (nights((0, OK, 5), (30, OK, 0), (33, OK, 1)), None, False, 1),
        (nights((0, EMPTY, 0), (30, EMPTY, 0)), None, False, 3),
        (nights((0, OK, 5), (1, FAILED, 0)), None, False, 1),
        (nights((0, OK, 5), (1, FAILED, 0), (2, FAILED, 0)), None, True, 2),
        (nights((0, OK, 5), *((day, FAILED, 0) for day in range(1, 30))), None, False, 7),
        (nights((0, OK, 5), (1, FAILED, 0), (2, OK, 0)), None, False, 1),
        (nights((0, FAILED, 0)), "1d", False, 1),
    ],
)
def test_a_source_is_due(runs: Sequence[Run], every: str | None, soon: bool, expected: float) -> None:
    """So many days after its last crawl, less a tenth of that."""
    due = next_crawl(runs, every=every, soon=soon)

    assert due == runs[-1].started + timedelta(days=expected) * 0.9


def test_what_never_was_crawled_is_due() -> None:
    """At once."""
    assert next_crawl([], every="1w", soon=False) is None


@pytest.mark.parametrize(("text", "hours"), [("1h", 1), ("12h", 12), ("1d", 24), ("2w", 336), ("9999h", 9999)])
def test_periods(text: str, hours: int) -> None:
    """Hours, days and weeks."""
    assert parse_period(text) == timedelta(hours=hours)


@pytest.mark.parametrize("text", ["", "1", "d", "0d", "-1d", "1.5d", "1m", "1 d", "1D", "99999h", "1d1h", "daily"])
def test_what_is_no_period(text: str) -> None:
    """It says what would be one."""
    with pytest.raises(ValueError, match="12h, 1d, 2w"):
        parse_period(text)


@given(st.timedeltas(min_value=timedelta(), max_value=timedelta(days=5000)))
def test_nothing_rests_for_longer_than_a_week(age: timedelta) -> None:
    """Nor for longer than a tenth of its age."""
    assert freshness_lifetime(age) == min(age / 10, MAX_FRESHNESS)
