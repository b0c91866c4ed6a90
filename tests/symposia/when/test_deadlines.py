"""Deadlines in words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from symposia.moments import moment_text
from symposia.when import find_deadlines, find_when
from symposia.when.deadlines import is_not_event_date

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)

STATED = [
    ("Register by March 3, 2027.", [("registration", "2027-03-03")]),
    ("RSVP before Friday, March 5, 2027", [("registration", "2027-03-05")]),
    ("Early bird ends February 1, 2027; register by March 3.", [("early_bird", "2027-02-01"), ("registration", "2027-03-03")]),
    ("Early registration deadline: Feb 1, 2027", [("early_bird", "2027-02-01")]),
    ("Proposals due March 3, 2027 (extended)", [("proposals", "2027-03-03")]),
    ("Proposals due March 3, 2027 (extended to March 10, 2027)", [("proposals", "2027-03-10")]),
    ("March 3, 2027: proposals due", [("proposals", "2027-03-03")]),
    ("Call for papers: submission deadline 15 January 2027, 23:59 AoE", [("proposals", "2027-01-15T23:59-12:00")]),
    ("Deadline: 12 May 2027", [("other", "2027-05-12")]),
    ("Anmeldeschluss: 3. März 2027", [("registration", "2027-03-03")]),
    ("Anmeldung bis 3. März 2027", [("registration", "2027-03-03")]),
    ("Date limite d'inscription : 3 mars 2027", [("registration", "2027-03-03")]),
    ("Inscripciones hasta el 3 de marzo de 2027", [("registration", "2027-03-03")]),
    ("Aanmelden kan tot 3 maart 2027", [("registration", "2027-03-03")]),
]  # fmt: skip
NONE = [
    "The workshop takes place on March 3, 2027.",
    "Registration opens March 3, 2027",
    "Notification of acceptance: March 3, 2027",
    "Hotel room block until May 2, 2027",
    "Full refunds until May 2, 2027",
    "Register now for our June 3, 2027 workshop",
    "Register by email",
    "The conference ends on June 3, 2027",
]


@pytest.mark.parametrize(("text", "deadlines"), STATED)
def test_deadlines(text: str, deadlines: list[tuple[str, str]]) -> None:
    """What for, and when; an extension replaces the day before it."""
    found = find_deadlines(text, NOW)

    assert [(due.kind.value, moment_text(due.at)) for due in found] == deadlines
    assert all(due.text in text for due in found)


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_deadline(text: str) -> None:
    """The event itself, the opening of something, and last days of other things."""
    assert find_deadlines(text, NOW) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Early bird ends March 3, 2027", True),
        ("Proposals due March 3, 2027", True),
        ("Registration opens March 3, 2027", True),
        ("Hotel cut-off: March 3, 2027", True),
        ("Anmeldeschluss: 3. März 2027", True),
        ("Conference: March 3, 2027", False),
        ("The course ends March 3, 2027", False),
        ("Open house: March 3, 2027", False),
    ],
)
def test_a_day_of_something_else(text: str, expected: bool) -> None:
    """A day on which nothing is held."""
    ((span, _),) = find_when(text, NOW)

    assert is_not_event_date(text, span) is expected
