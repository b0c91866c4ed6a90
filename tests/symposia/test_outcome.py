"""How a run is judged."""

from __future__ import annotations

import pytest

from symposia.errors import Cause
from symposia.outcome import Failure, RunStatus, judge_run

BLOCKED = Failure(cause=Cause.BLOCKED, url="https://guild.example/", detail="403", fatal=True)
DETAIL = Failure(cause=Cause.TIMEOUT, url="https://guild.example/1", detail="slow", fatal=False)
CAPPED = Failure(cause=Cause.CAPPED, url="https://guild.example/", detail="200 at most", fatal=False)


@pytest.mark.parametrize(
    ("failures", "events", "refused", "empty", "status", "cause"),
    [
        ([], 3, 0, False, RunStatus.OK, None),
        ([DETAIL], 3, 1, False, RunStatus.OK, None),
        ([BLOCKED], 3, 0, False, RunStatus.FAILED, Cause.BLOCKED),
        ([], 0, 0, True, RunStatus.EMPTY, Cause.NO_EVENTS),
        ([], 0, 0, False, RunStatus.FAILED, Cause.UNRECOGNISED),
        ([], 0, 2, False, RunStatus.FAILED, Cause.ALL_REFUSED),
        ([DETAIL], 0, 0, True, RunStatus.FAILED, Cause.TIMEOUT),
    ],
)
def test_judge(
    failures: list[Failure], events: int, refused: int, empty: bool, status: RunStatus, cause: Cause | None
) -> None:
    """A source without events is never `ok`, and `empty` only where it says so itself."""
    assert judge_run(failures, events=events, refused=refused, empty=empty)[:2] == (status, cause)


def test_failed_pages_behind_a_good_listing_are_said() -> None:
    """The word on an `ok` run counts them."""
    assert judge_run([CAPPED], events=200, refused=0, empty=False) == (RunStatus.OK, None, "capped: 200 at most")
    assert "1 further pages failed" in (judge_run([DETAIL], events=1, refused=0, empty=False)[2] or "")
