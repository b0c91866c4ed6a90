"""Postings under another key than before."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipelines.linkage.rekeyed import is_next_edition, match_rekeyed, plain_name
from symposia.event import Event, Location, Recurrence
from tests.pipelines.linkage.postings import posting

PHONICS = posting("Phonics for Beginners", "2027-03-03")
HALL = Location(name="Town Hall")


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        (PHONICS, posting("Webinar: Phonics for Beginners", "2027-03-03"), True),
        (PHONICS, posting("Phonics for Complete Beginners", "2027-03-03"), True),
        (PHONICS, posting("Geometry", "2027-03-03"), False),
        (posting("Phonics", location=HALL), posting("Geometry", location=HALL), True),
        (posting("Phonics", url="https://a.example/1"), posting("Geometry", url="https://a.example/1"), True),
        (PHONICS, posting("Phonics for Beginners", "2027-04-07"), True),
        (PHONICS, posting("Phonics for All", "2027-04-07"), False),
    ],
)
def test_renamed_or_moved(before: Event, after: Event, same: bool) -> None:
    """One of the two has stayed, and nothing else of the source goes with it."""
    assert match_rekeyed({"old": before}, {"new": after}, {"new": after}) == ({"new": "old"} if same else {})


def test_a_redesign_gives_all_of_them_other_keys() -> None:
    """Each goes on with its own."""
    absent = {f"old{day}": posting(f"Workshop {day}", f"2027-03-{day:02}") for day in range(1, 9)}
    new = {f"new{day}": posting(f"Workshop {day}", f"2027-03-{day:02}") for day in range(1, 9)}

    assert match_rekeyed(absent, new, new) == {f"new{day}": f"old{day}" for day in range(1, 9)}


def test_what_is_not_clear_is_not_matched() -> None:
    """Two that fit one, and a name that the source has twice."""
    twins = {"a": posting("Story time"), "b": posting("Story time")}
    weekly = {"new": posting("Story time", "2027-03-10"), "kept": posting("Story time", "2027-03-17")}

    assert match_rekeyed(twins, {"new": posting("Story time")}, {"new": posting("Story time")}) == {}
    assert match_rekeyed({"a": posting("Story time")}, {"new": weekly["new"]}, weekly) == {}


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Webinar: Phonics", "phonics"),
        ("FREE WEBINAR | Phonics", "phonics"),
        ("Phonics (online)", "phonics"),
        ("Phonics - Webinar", "phonics"),
        ("Phonics & Spelling!", "phonics spelling"),
        ("Workshop", "workshop"),
        ("???", "???"),
    ],
)
def test_plain_names(name: str, plain: str) -> None:
    """Without what sources set before and after a name; a name of nothing else stays."""
    assert plain_name(name) == plain


@pytest.mark.parametrize(
    ("before", "after", "today", "next_edition"),
    [
        ("2027-03-03", "2027-03-10", "2027-03-05", True),
        ("2027-03-03", "2027-03-10", "2027-03-03", False),
        ("2027-03-03", "2027-03-10", "2027-03-12", False),
        ("2027-03-10", "2027-03-03", "2027-03-05", False),
    ],
)
def test_the_next_edition(before: str, after: str, today: str, next_edition: bool) -> None:
    """What is over cannot be moved; what is not, can."""
    now = datetime.fromisoformat(today).replace(hour=4, tzinfo=UTC)

    assert is_next_edition(posting(start=before), posting(start=after), now) is next_edition


def test_a_series_has_no_next_edition() -> None:
    """It goes on."""
    series = posting(recurrence=Recurrence(rrule="FREQ=WEEKLY"))

    assert not is_next_edition(series, posting(start="2027-03-10"), datetime(2027, 3, 5, tzinfo=UTC))
