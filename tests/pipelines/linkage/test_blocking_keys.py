"""What tells of a stored posting, before it is read, that it can be no duplicate."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.linkage.blocking_keys import BlockingKeys, may_match_any, read_blocking_keys, write_blocking_keys
from pipelines.linkage.links import find_links
from symposia.event import Event, Location, Moment, SourceRef

FOUR = datetime.fromisoformat("2027-03-03T16:00")
STARTS: list[Moment] = [
    date(2027, 3, 3),
    date(2027, 3, 4),
    FOUR,
    FOUR + timedelta(minutes=30),
    FOUR.replace(tzinfo=UTC),
    FOUR.replace(tzinfo=ZoneInfo("America/New_York")),
    FOUR.replace(hour=11, tzinfo=ZoneInfo("America/New_York")),
    FOUR.replace(day=4, hour=0, tzinfo=ZoneInfo("Pacific/Auckland")),
    datetime(1, 1, 1, tzinfo=UTC),
    datetime(9999, 12, 31, 23, 59, tzinfo=UTC),
]
NAMES = [
    "Phonics for Beginners",
    "Webinar: Phonics for Beginners",
    "SLC 2027",
    "School Libraries Conference",
    "",
    "ß~ - é",
]
_numbers = count()


def event(name: str, start: Moment, city: str | None = None, url: str | None = None, assumed: bool = False) -> Event:
    """A posting of a source of its own."""
    number = str(next(_numbers))
    ref = SourceRef(id=number, key=number, url="https://list.example/")
    place = Location(city=city) if city else None
    return Event(uid=number, name=name, start=start, location=place, url=url, timezone_assumed=assumed, sources=(ref,))


events = st.builds(
    event,
    name=st.one_of(st.sampled_from(NAMES), st.text(max_size=40)),
    start=st.sampled_from(STARTS),
    city=st.sampled_from([None, "Leeds", "York"]),
    url=st.sampled_from([None, "https://guild.example/e/1", "https://guild.example/"]),
    assumed=st.booleans(),
)


def stored_keys(one: Event) -> BlockingKeys | None:
    """As it is read from the store."""
    return read_blocking_keys(write_blocking_keys(one))


@given(events, events)
def test_no_duplicate_is_overlooked(one: Event, other: Event) -> None:
    """Whatever two are linked, their keys allow it."""
    if list(find_links([one, other], [0])):
        assert may_match_any(stored_keys(one), [stored_keys(other)])
        assert may_match_any(stored_keys(other), [stored_keys(one)])


@given(events)
def test_keys_say_the_same_once_they_are_stored(one: Event) -> None:
    """The instant and the clock of the start, and whether its zone is known."""
    found = stored_keys(one)

    assert found is not None
    assert found.start == (one.start if isinstance(one.start, datetime) else None)
    assert found.floating == (found.start is not None and (found.start.tzinfo is None or one.timezone_assumed))


@pytest.mark.parametrize(
    ("one", "other", "may"),
    [
        (event("Phonics", FOUR), event("Phonics for Beginners", FOUR), True),
        (event("Phonics", FOUR), event("Spelling", FOUR), False),
        (event("Phonics", FOUR), event("Phonics", FOUR + timedelta(hours=2)), False),
        (event("Phonics", FOUR), event("Phonics", date(2027, 3, 3)), True),
        (event("Phonics", STARTS[4]), event("Phonics", STARTS[6]), True),
        (event("Phonics", STARTS[4]), event("Phonics", STARTS[5]), False),
        (event("Phonics", STARTS[4], assumed=True), event("Phonics", STARTS[5]), True),
    ],
)
def test_what_they_tell(one: Event, other: Event, may: bool) -> None:
    """A word in common, and an hour."""
    assert may_match_any(stored_keys(one), [stored_keys(other)]) is may


@pytest.mark.parametrize("stored", ["", "0123abcd - 1a2b", "0123abcd"])
def test_another_programs_keys_say_nothing(stored: str) -> None:
    """Then anything may be."""
    assert read_blocking_keys(stored) is None
    assert may_match_any(None, [stored_keys(event("Phonics", FOUR))])
    assert may_match_any(stored_keys(event("Phonics", FOUR)), [None])
    assert not may_match_any(None, [])
