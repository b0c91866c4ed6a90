"""What is wrong with an event, and what is made of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from pipelines.normalize.validate import find_problems
from symposia.event import Event, Recurrence, SourceRef

NOW = datetime(2026, 11, 2, tzinfo=UTC)
EVENT = Event(
    uid="1", name="Reading Day", start=date(2027, 3, 3), sources=(SourceRef(id="a", key="1", url="https://a.example/"),)
)


def mended(event: Event) -> tuple[list[str], Event | None]:
    """What is wrong, and what it is made; None where it cannot be published."""
    found = find_problems(event, NOW)
    for problem in found:
        if problem.mend is None:
            return [one.slug for one in found], None
        event = problem.mend(event)
    return [one.slug for one in found], event


@pytest.mark.parametrize(
    "rule", ["FREQ=WEEKLY;BYDAY=MO", "FREQ=DAILY;COUNT=10", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MONTHLY;BYDAY=-1FR"]
)  # fmt: skip
def test_rules_that_calendars_know(rule: str) -> None:
    """Stay."""
    event = replace(EVENT, recurrence=Recurrence(rrule=rule))

    assert mended(event) == ([], event)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;COUNT=1000000000", "FREQ=DAILY;INTERVAL=999999999", "FREQ=YEARLY;BYEASTER=0", "FREQ=DAILY;FREQ=DAILY",
        "FREQ=DAILY;BYHOUR=99", "COUNT=3", "FREQ=NEVER", "FREQ=DAILY;UNTIL=tomorrow", "FREQ=DAILY;COUNT=2;UNTIL=20270401",
        "FREQ=DAILY\r\nATTACH:x",
    ],
)  # fmt: skip
def test_rules_that_calendars_refuse(rule: str) -> None:
    """Are left out: one such event would keep the calendar of all from being published."""
    days = (date(2027, 4, 7),)

    assert mended(replace(EVENT, recurrence=Recurrence(rrule=rule))) == (["no_rule"], EVENT)
    assert mended(replace(EVENT, recurrence=Recurrence(rrule=rule, rdates=days))) == (
        ["no_rule"],
        replace(EVENT, recurrence=Recurrence(rdates=days)),
    )


@pytest.mark.parametrize(
    ("start", "end", "slug"),
    [
        (date(2027, 3, 3), date(9999, 12, 31), "too_long"),
        (date(2027, 3, 3), date(2028, 12, 31), "too_long"),
        (datetime(2027, 3, 3, 16, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, tzinfo=UTC), "too_long"),
        (date(9999, 12, 31), None, "year_far_off"),
        (date(1, 1, 1), None, "year_far_off"),
    ],
)
def test_the_ends_of_time(start: date, end: date | None, slug: str) -> None:
    """An end without reason is none; a start far off is a mistake."""
    event = replace(EVENT, start=start, end=end)

    assert mended(event) == ([slug], replace(event, end=None) if slug == "too_long" else None)
