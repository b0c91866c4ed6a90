"""A status set off from a name, in the ways in which people write it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symposia.event import Status
from symposia.lexicon.status import find_status, split_status

CANCELLED, POSTPONED = Status.CANCELLED, Status.POSTPONED

NAMES = [
    ("CANCELLED! Reading Day", "Reading Day", CANCELLED),
    ("Lesetag—abgesagt", "Lesetag", CANCELLED),
    ("ABGESAGT—Lesetag", "Lesetag", CANCELLED),
    ("~CANCELLED~ Reading Day", "Reading Day", CANCELLED),
    ("!!CANCELLED!! Reading Day", "Reading Day", CANCELLED),
    ("*** CANCELLED *** Reading Day", "Reading Day", CANCELLED),
    ("CANCELLED... Reading Day", "Reading Day", CANCELLED),
    ("CANCELLED: CANCELLED: Reading Day", "Reading Day", CANCELLED),
    ("((CANCELLED)) Reading Day", "Reading Day", CANCELLED),
    ("[Postponed] Reading Day", "Reading Day", POSTPONED),
    ("Reading [CANCELLED -] Day", "Reading Day", CANCELLED),
    ("Reading Day-CANCELLED", "Reading Day", CANCELLED),
    ("Reading Day (CANCELLED: snow)", "Reading Day (snow)", CANCELLED),
    ("Reading Day (cancelled, new date to come)", "Reading Day (new date to come)", CANCELLED),
    ("Reading Day (Room 5, cancelled)", "Reading Day (Room 5)", CANCELLED),
    ("Reading Day (in person) CANCELLED", "Reading Day (in person)", CANCELLED),
    ("Read on! - CANCELLED", "Read on!", CANCELLED),
    ("Maths - cancelled - Room 5", "Maths - Room 5", CANCELLED),
    ("1. Cancelled. Maths", "1. Maths", CANCELLED),
    ("Reading Day (tentative)", "Reading Day (tentative)", None),
    ("Confirmed: Reading Day", "Confirmed: Reading Day", None),
    ("Cancelled by history: lost school libraries", "Cancelled by history: lost school libraries", None),
    ("NOT CANCELLED: Reading Day", "NOT CANCELLED: Reading Day", None),
    ("CANCELLED", "CANCELLED", CANCELLED),
]


@pytest.mark.parametrize(("name", "rest", "status"), NAMES)
def test_a_status_and_the_rest_of_a_name(name: str, rest: str, status: Status | None) -> None:
    """Brackets stay whole, and what is no status stays in the name."""
    assert split_status(name) == (rest, status)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Maths circle, 3 March - CANCELLED", "cancelled"),
        ("Slides: now online", None),
        ("Now online!", "now online"),
        ("Confirmed - cancelled", "cancelled"),
        ("Nothing was cancelled for snow", None),
    ],
)
def test_a_status_in_a_line(line: str, words: str | None) -> None:
    """Only what changes the plan of the event."""
    assert find_status(line) == words


@given(
    st.lists(
        st.sampled_from(["CANCELLED", "(", ")", "[", "]", " - ", ": ", "!", " ", "Reading", "Day", "—", "postponed"])
    )
)
def test_no_half_of_a_bracket_is_left_alone(pieces: list[str]) -> None:
    """A name whose brackets were whole keeps them whole."""
    name = "".join(pieces)
    rest, _ = split_status(name)

    def whole(text: str) -> bool:
        brackets, left = "", "".join(letter for letter in text if letter in "()[]")
        while brackets != left:
            brackets, left = left, left.replace("()", "").replace("[]", "")
        return not left

    assert whole(rest) or not whole(name)
