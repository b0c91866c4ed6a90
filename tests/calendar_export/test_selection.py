"""Which events are to come, and which stay in calendars."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from calendar_export.selection import CANCELLED_FOR, select_events
from symposia.event import Event, Recurrence, Status

NOW = datetime(2026, 11, 24, tzinfo=UTC)
LONG_AGO = datetime(2020, 1, 7, 16, tzinfo=UTC)


def event(**known: Any) -> Event:
    """An event with those facts."""
    return Event(
        **{"uid": "a", "name": "Lesen", "start": datetime(2027, 3, 3, 16, tzinfo=UTC), "timezone": "UTC", **known}
    )


@pytest.mark.parametrize(
    ("known", "is_upcoming"),
    [
        ({}, True),
        ({"start": date(2026, 11, 24), "timezone": None}, True),
        ({"start": date(2026, 11, 23), "timezone": None}, False),
        ({"start": date(2026, 11, 20), "end": date(2026, 11, 24), "timezone": None}, True),
        ({"start": NOW - timedelta(hours=1), "end": NOW + timedelta(hours=1)}, True),
        ({"start": NOW - timedelta(hours=1)}, False),
        ({"start": LONG_AGO, "recurrence": Recurrence(rrule="FREQ=WEEKLY")}, True),
        ({"start": LONG_AGO, "recurrence": Recurrence(rrule="FREQ=YEARLY")}, True),
        ({"start": LONG_AGO, "recurrence": Recurrence(rrule="FREQ=WEEKLY;COUNT=3")}, False),
    ],
)
def test_what_is_to_come(known: dict[str, Any], is_upcoming: bool) -> None:
    """Over is what has ended; a series is over when its last occurrence is."""
    found = select_events([event(**known)], NOW)

    assert bool(found.listed) is is_upcoming
    assert bool(found.upcoming) is is_upcoming
    assert bool(found.for_calendars) is is_upcoming


def test_past_events_on_demand() -> None:
    """All of them, in order."""
    events = [event(), event(uid="old", start=LONG_AGO)]

    assert [event.uid for event in select_events(events, NOW, past=True).listed] == ["old", "a"]


def test_a_series_is_listed_at_its_next_time() -> None:
    """With its rule; calendars get it as it is stored."""
    series = event(start=LONG_AGO, recurrence=Recurrence(rrule="FREQ=WEEKLY"))
    found = select_events([series], NOW)

    assert found.listed[0].start == datetime(2026, 11, 24, 16, tzinfo=UTC)
    assert found.listed[0].recurrence == series.recurrence
    assert found.for_calendars == (series,)
    assert found.series == {"a": series}


@pytest.mark.parametrize(("ago", "there"), [(timedelta(days=1), True), (CANCELLED_FOR + timedelta(days=1), False)])
def test_a_cancelled_event_stays_in_calendars_for_a_while(ago: timedelta, there: bool) -> None:
    """Who looks back must not think that it took place."""
    found = select_events([event(start=NOW - ago, status=Status.CANCELLED)], NOW)

    assert bool(found.for_calendars) is there
    assert not found.listed
