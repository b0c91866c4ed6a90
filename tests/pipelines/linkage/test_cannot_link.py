"""Why two postings cannot be one event."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given

from pipelines.linkage.cannot_link import cannot_link, starts_differ, venues_differ
from pipelines.linkage.features.record import read_features
from symposia.event import Event, Location, Recurrence
from tests.pipelines.linkage.postings import LEEDS, YORK, any_posting, posting

MILL, CASTLE = Location(name="The Mill"), Location(name="Castle Hall")
WEEKLY, MONTHLY = Recurrence(rrule="FREQ=WEEKLY"), Recurrence(rrule="FREQ=MONTHLY")
CALENDAR = (("extractor", "icalendar"),)
GUILD: dict[str, Any] = {"source": "guild"}
PAGE = "https://guild.example/e/17"
NINE, TWO = "2027-03-03T09:00+00:00", "2027-03-03T14:00+00:00"


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ({}, {}, None),
        ({}, {"start": "2027-03-06"}, None),
        ({}, {"start": "2027-03-07"}, "another day"),
        ({"name": "Phonics 2027"}, {"name": "Phonics 2028"}, "another year"),
        ({"name": "Phonics 2027"}, {"name": "Phonics"}, None),
        ({"name": "Phonics, part 1 of 6"}, {"name": "Phonics, part 2 of 6"}, "another edition or part"),
        ({"name": "Phonics, part 1 of 6"}, {"name": "Phonics, part 1"}, None),
        ({"recurrence": WEEKLY}, {}, "one recurs, or otherwise"),
        ({"recurrence": WEEKLY}, {"recurrence": MONTHLY}, "one recurs, or otherwise"),
        ({"recurrence": WEEKLY}, {"recurrence": WEEKLY}, None),
        # Of cities: what has an hour, or a venue of its own, is held in one.
        ({"location": LEEDS}, {"location": YORK}, None),
        ({"location": LEEDS, "start": NINE}, {"location": YORK, "start": NINE}, "another city"),
        (
            {"location": Location(name="Mill", city="Leeds")},
            {"location": Location(name="Castle", city="York")},
            "another city",
        ),
        ({"start": NINE}, {"start": TWO}, "another time"),
        ({"start": NINE}, {"start": "2027-03-03T10:00+00:00"}, None),
        # Of names.
        (
            {"name": "Robots Workshop at the Libraries Summit"},
            {"name": "Libraries Summit"},
            "one is held beside the other",
        ),
        ({"name": "Office hours"}, {"name": "Office hours"}, "a name that anybody may give"),
        ({"name": "Office hours", "organizer": "Guild"}, {"name": "Office hours", "organizer": "guild"}, None),
        ({"name": "Office hours", "location": MILL}, {"name": "Office hours", "location": MILL}, None),
        ({"name": "Office hours", "url": PAGE}, {"name": "Office hours", "url": PAGE}, None),
        # One source tells its own apart.
        (GUILD, GUILD, None),
        (GUILD, {**GUILD, "start": "2027-03-04"}, "the source tells them apart"),
        ({**GUILD, "end": date(2027, 3, 5)}, {**GUILD, "start": "2027-03-04"}, None),
        ({**GUILD, "location": MILL}, {**GUILD, "location": CASTLE}, "the source tells them apart"),
        ({**GUILD, "evidence": CALENDAR}, {**GUILD, "evidence": CALENDAR}, "the source tells them apart"),
        ({**GUILD, "start": NINE}, {**GUILD, "start": NINE}, "the source tells them apart"),
        ({**GUILD, "start": NINE, "url": PAGE}, {**GUILD, "start": NINE, "url": PAGE}, None),
    ],
)
def test_why(one: dict[str, Any], other: dict[str, Any], why: str | None) -> None:
    """What forbids it, in words; None where nothing does."""
    assert cannot_link(read_features(posting(**one)), read_features(posting(**other))) == why


@given(any_posting, any_posting)
def test_either_may_come_first(one: Event, other: Event) -> None:
    """The reason is the same."""
    a, b = read_features(one), read_features(other)

    assert cannot_link(a, b) == cannot_link(b, a)


FOUR = datetime(2027, 3, 3, 16, tzinfo=UTC)
FOUR_IN_LAHORE = FOUR.replace(tzinfo=timezone(timedelta(hours=5)))


@pytest.mark.parametrize(
    ("one", "other", "loosely", "differ"),
    [
        (FOUR, FOUR, False, False),
        (FOUR, FOUR + timedelta(hours=1), False, False),
        (FOUR, FOUR + timedelta(minutes=61), False, True),
        (FOUR, FOUR_IN_LAHORE, False, True),
        (FOUR, FOUR_IN_LAHORE, True, False),
        (FOUR, FOUR_IN_LAHORE.replace(hour=21), False, False),
        (FOUR, FOUR_IN_LAHORE.replace(hour=21), True, False),
        (FOUR, FOUR_IN_LAHORE.replace(tzinfo=None), False, False),
        (FOUR, FOUR.replace(hour=21, tzinfo=None), True, True),
    ],
)
def test_starts(one: datetime, other: datetime, loosely: bool, differ: bool) -> None:
    """By the instant; by the clock where a zone is unknown, and by either where one is assumed."""
    assert starts_differ(one, other, loosely=loosely) is starts_differ(other, one, loosely=loosely) is differ


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("The Mill", "Mill", False),
        ("The Mill", "Castle Hall", True),
        ("Main Hall", "Hall, main", False),
        (None, "Mill", False),
    ],
)
def test_venues(one: str | None, other: str | None, differ: bool) -> None:
    """By their words in any order; one that is unknown is no other."""
    a, b = (read_features(posting(location=Location(name=name))) for name in (one, other))

    assert venues_differ(a, b) is differ
