"""Which events are one."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from pipelines.dedupe import clusters, same
from symposia.event import AttendanceMode, Event, Location, Recurrence, SourceRef

AT_FOUR = datetime(2027, 3, 3, 16, tzinfo=UTC)


def event(name: str, source: str = "a", start: datetime = AT_FOUR, **known: Any) -> Event:
    """An event announced by one source."""
    ref = SourceRef(id=source, key=name, url=f"https://{source}.example/")
    return Event(uid=f"{source}-{name}", name=name, start=start, sources=(ref,), **known)


LEEDS, YORK = Location(name="Hall", city="Leeds"), Location(name="Hall", city="York")

ONE = [
    (event("AI in the Classroom"), event("Webinar: AI in the Classroom", "b")),
    (event("AI in the Classroom (webinar)"), event("AI in the Classroom - Webinar", "b")),
    (event("Teaching Fractions: a Workshop"), event("Teaching fractions, a workshop", "b")),
    (event("Office Hours", organizer="Guild"), event("Office hours", "b", organizer="Guild")),
    (
        event("Spring Institute", url="https://x.example/i?utm_source=mail"),
        event("Institute", "b", url="https://www.x.example/i/"),
    ),
    (event("Library Day for Schools", location=LEEDS), event("Library Day for Schools", "b")),
]
TWO = [
    (event("Office Hours", organizer="Guild"), event("Office Hours", "b", organizer="Circle")),
    (event("Office Hours"), event("Office Hours", "b")),
    (event("Phonics Training Day", location=LEEDS), event("Phonics Training Day", "b", location=YORK)),
    (event("Phonics Training Day"), event("Phonics Training Day", "b", start=AT_FOUR.replace(hour=18))),
    (event("Phonics Training Day"), event("Phonics Training Day", "b", start=AT_FOUR.replace(day=4))),
    (event("Course on Phonics, Part 1"), event("Course on Fractions, Part 1", "b")),
    (
        event("Weekly Reading Chat Group"),
        event("Weekly Reading Chat Group", "b", recurrence=Recurrence(rrule="FREQ=WEEKLY")),
    ),
    (event("A", url="https://x.example/"), event("Quite Another Thing", "b", url="https://x.example")),
]


@pytest.mark.parametrize(("a", "b"), ONE)
def test_one(a: Event, b: Event) -> None:
    """Announced twice, in either order."""
    assert same(a, b)
    assert same(b, a)
    assert len(clusters([a, b])) == 1


@pytest.mark.parametrize(("a", "b"), TWO)
def test_two(a: Event, b: Event) -> None:
    """Alike, and not the same."""
    assert same(a, b) is None
    assert same(b, a) is None
    assert len(clusters([a, b])) == 2


def test_a_source_knows_its_own_events_apart() -> None:
    """Two sessions under one name in one feed stay two, unless asked otherwise."""
    pair = [
        event("Phonics Training Day for All"),
        event("Phonics Training Day for All", attendance_mode=AttendanceMode.ONLINE),
    ]

    assert len(clusters(pair)) == 2
    assert len(clusters(pair, within_source=True)) == 1
