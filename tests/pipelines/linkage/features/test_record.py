"""What is read of an event for comparing it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given

from pipelines.linkage.features.record import local_day, read_features
from symposia.event import Event, Location, Recurrence
from tests.pipelines.linkage.postings import LEEDS, any_posting, posting


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("School Libraries 27", set()),
        ("12th School Libraries 27", {12}),
        ("School Libraries 28", {28}),
        ("Phonics II", {2}),
    ],
)
def test_numbers(name: str, numbers: set[int]) -> None:
    """The year of the event, in two digits, is none of an edition."""
    assert read_features(posting(name)).numbers == numbers


@pytest.mark.parametrize(
    ("start", "assumed", "floating"),
    [
        ("2027-03-03T16:00", False, True),
        ("2027-03-03T16:00+00:00", False, False),
        ("2027-03-03T16:00+00:00", True, True),
        ("2027-03-03", True, False),
    ],
)
def test_a_zone_that_is_not_stated(start: str, assumed: bool, floating: bool) -> None:
    """None is, or the source's is assumed."""
    assert read_features(posting(start=start, timezone_assumed=assumed)).floating is floating


@pytest.mark.parametrize(
    ("known", "field", "value"),
    [
        ({"organizer": "The Guild, Leeds"}, "organizer", "the guild leeds"),
        ({"recurrence": Recurrence(rrule="FREQ=WEEKLY")}, "recurs", "FREQ=WEEKLY"),
        ({"recurrence": Recurrence(rdates=(date(2027, 3, 4),))}, "recurs", "dates"),
        ({}, "recurs", None),
        ({"end": date(2027, 3, 5)}, "last", date(2027, 3, 5)),
        ({}, "last", None),
        ({"evidence": (("extractor", "icalendar"),)}, "has_uid", True),
        ({"evidence": (("extractor", "listing"),)}, "has_uid", False),
        ({"source": "guild"}, "sources", {"guild"}),
        ({"url": "https://guild.example/e/1"}, "day", date(2027, 3, 3)),
        ({"name": "Phonics Leeds", "location": LEEDS}, "weight", 1.0),
        ({"name": "Phonics Leeds"}, "weight", 2.0),
    ],
)
def test_fields(known: dict[str, Any], field: str, value: object) -> None:
    """As they are compared."""
    assert getattr(read_features(posting(**known)), field) == value


@pytest.mark.parametrize(
    ("description", "words"),
    [
        (
            "International Conference on Reading Research\nJoin us",
            ("international", "conference", "reading", "research"),
        ),
        ("x" * 141, None),
        ("", None),
        (None, None),
    ],
)
def test_the_name_written_out(description: str | None, words: tuple[str, ...] | None) -> None:
    """A short first line of the description."""
    alias = read_features(posting("ICRR", description=description)).alias

    assert (alias.words if alias else None) == words


@pytest.mark.parametrize(
    ("known", "keys"),
    [
        ({"name": "Phonics for Teachers"}, {"phon", "teac"}),
        ({"name": "Phonics for Teachers", "location": LEEDS}, {"phon", "teac", "@leeds p"}),
        ({"name": "ICRRI Leeds Week"}, {"icrr", "leed", "=icr", "=ilw"}),
        ({"name": "Annual Conference"}, {"!annual conference"}),
        ({"name": ""}, {"!"}),
        ({"name": "Phonics", "url": "https://guild.example/e/17"}, {"phon", "/guild.example/e/17"}),
        ({"name": "Phonics", "url": "https://guild.example/"}, {"phon"}),
        ({"name": "Phonics", "url": "https://guild.example/calendar"}, {"phon"}),
        ({"name": "ICR", "description": "Reading Research"}, {"icr", "=icr", "read"}),
    ],
)
def test_blocking_keys(known: dict[str, Any], keys: set[str]) -> None:
    """Beginnings of words, of the name with its city, of acronyms and initials; the page of its own."""
    assert read_features(posting(**known)).blocking_keys == keys


def test_the_day_where_it_is_held() -> None:
    """By its own clock."""
    assert local_day(posting(start="2027-03-03T22:00-05:00")) == date(2027, 3, 3)
    assert local_day(posting(start="2027-03-03")) == date(2027, 3, 3)


@given(any_posting)
def test_any_event_has_keys(event: Event) -> None:
    """So that it is compared with its like."""
    assert read_features(event).blocking_keys


def test_a_venue_is_no_place() -> None:
    """Its words are the venue's alone."""
    record = read_features(posting(location=Location(name="Mill", city="Leeds")))

    assert (record.place.venue, record.place.city) == ({"mill"}, "leeds")
