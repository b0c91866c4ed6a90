"""The days under which events are filed."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

from pipelines.linkage.days import day_of, near_days
from pipelines.linkage.score import compare
from symposia.event import Event, Moment
from tests.pipelines.linkage.postings import any_posting

EVENING = datetime.fromisoformat("2027-03-03T22:00")


@pytest.mark.parametrize(
    ("start", "day"),
    [
        (date(2027, 3, 3), date(2027, 3, 3)),
        (EVENING, date(2027, 3, 3)),
        (EVENING.replace(tzinfo=ZoneInfo("America/New_York")), date(2027, 3, 4)),
        (EVENING.replace(hour=5, tzinfo=ZoneInfo("Pacific/Auckland")), date(2027, 3, 2)),
    ],
)
def test_the_day_of_an_event(start: Moment, day: date) -> None:
    """An instant's is that in UTC."""
    assert day_of(Event(uid="1", name="Phonics", start=start)) == day


@pytest.mark.parametrize(
    ("start", "first", "last"),
    [
        (date(2027, 3, 5), date(2027, 3, 1), date(2027, 3, 9)),
        (date(1, 1, 2), date(1, 1, 1), date(1, 1, 6)),
        (date(9999, 12, 31), date(9999, 12, 27), date(9999, 12, 31)),
    ],
)
def test_near_days(start: date, first: date, last: date) -> None:
    """As far as the calendar has them."""
    days = near_days(Event(uid="1", name="Phonics", start=start))

    assert (days[0], days[-1]) == (first, last)


@given(any_posting, any_posting)
def test_days_to_look_on(one: Event, other: Event) -> None:
    """What may be one event is filed on days that are looked on."""
    if compare(one, other).same:
        assert day_of(other) in near_days(one)
