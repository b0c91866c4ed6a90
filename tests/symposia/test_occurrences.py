"""When events take place."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from symposia.event import Event, MovedOccurrence, Recurrence, Status
from symposia.occurrences import MAX_OCCURRENCES, occurrences

NEW_YORK = ZoneInfo("America/New_York")
TUESDAY = datetime(2027, 3, 2, 19, tzinfo=NEW_YORK)
AFTER, BEFORE = datetime(2027, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)


def event(start: date, recurrence: Recurrence | None = None, **known: Any) -> Event:
    """An event in New York."""
    return Event(uid="u", name="Chat", start=start, timezone="America/New_York", recurrence=recurrence, **known)


def starts(recurring: Event, after: datetime = AFTER, before: datetime = BEFORE) -> list[date]:
    """The starts of its occurrences."""
    return [occurrence.start for occurrence in occurrences(recurring, after, before)]


def test_a_series_keeps_its_hour_over_daylight_saving() -> None:
    """Seven in the evening stays seven in the evening."""
    found = starts(event(TUESDAY, Recurrence(rrule="FREQ=WEEKLY;COUNT=3")))

    assert [moment.strftime("%d %H %z") for moment in found] == ["02 19 -0500", "09 19 -0500", "16 19 -0400"]


def test_exceptions_and_moved_occurrences() -> None:
    """An excluded one is left out, a moved one is where it was moved to, under its own name and status."""
    moved = MovedOccurrence(
        recurrence_id=TUESDAY + timedelta(days=14),
        start=TUESDAY + timedelta(days=15),
        name="Chat, moved",
        status=Status.CANCELLED,
    )
    rule = Recurrence(rrule="FREQ=WEEKLY;COUNT=3", exdates=(TUESDAY + timedelta(days=7),), moved=(moved,))
    first, last = occurrences(event(TUESDAY, rule, end=TUESDAY + timedelta(hours=1)), AFTER, BEFORE)

    assert (first.start, first.end, first.status, first.recurrence) == (
        TUESDAY,
        TUESDAY + timedelta(hours=1),
        Status.SCHEDULED,
        None,
    )
    assert (last.start.day, last.name, last.status) == (17, "Chat, moved", Status.CANCELLED)


@pytest.mark.parametrize(
    ("start", "rule", "count"),
    [
        (date(2027, 3, 2), Recurrence(rrule="FREQ=DAILY;UNTIL=20270305T235959Z"), 4),
        (TUESDAY, Recurrence(rrule="FREQ=WEEKLY;UNTIL=20270316"), 3),
        (date(2027, 3, 2), Recurrence(rdates=(date(2027, 4, 1),)), 2),
        (datetime(2027, 3, 2, 19), Recurrence(rrule="FREQ=MONTHLY;COUNT=2"), 2),  # noqa: DTZ001 - a floating time is meant
        (TUESDAY, Recurrence(rrule="FREQ=SECONDLY"), 1),
        (TUESDAY, Recurrence(rrule="FREQ=NEVER"), 1),
        (TUESDAY, Recurrence(rrule="nonsense"), 1),
        (datetime(2020, 1, 1, 9, tzinfo=NEW_YORK), Recurrence(rrule="FREQ=DAILY"), 365),
    ],
)
def test_rules(start: date, rule: Recurrence, count: int) -> None:
    """Also those that feeds write wrongly; none hangs, none raises."""
    assert len(starts(event(start, rule))) == count


def test_no_more_than_the_bound() -> None:
    """However wide the window."""
    far = datetime(2090, 1, 1, tzinfo=UTC)

    assert len(starts(event(TUESDAY, Recurrence(rrule="FREQ=DAILY")), AFTER, far)) == MAX_OCCURRENCES


@pytest.mark.parametrize(
    ("start", "end", "inside"),
    [
        (date(2026, 12, 31), None, True),  # not over in New York when the year begins in UTC
        (date(2026, 12, 30), None, False),
        (date(2026, 12, 30), date(2027, 1, 2), True),
        (datetime(2027, 1, 1, tzinfo=UTC), None, True),
        (BEFORE, None, False),
    ],
)
def test_single_events_overlap_the_window_or_not(start: date, end: date | None, inside: bool) -> None:
    """A day lasts until its end in the event's own zone."""
    assert bool(starts(event(start, end=end))) is inside
