"""The last days to register, to pay less, to propose."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from symposia.codec import moment_text
from symposia.facts.deadlines import read_deadlines

NOW = datetime(2027, 1, 10, tzinfo=UTC)
SAID = [
    ("Register by March 3, 2027.", ["registration 2027-03-03"]),
    ("Please register with your school account by May 17.", ["registration 2027-05-17"]),
    ("RSVP by 4 February 2027", ["registration 2027-02-04"]),
    ("Registration deadline: 07/24/2027", ["registration 2027-07-24"]),
    ("Application Deadline | 2027-10-02", ["registration 2027-10-02"]),
    ("Application deadline:\n12 April 2027", ["registration 2027-04-12"]),
    ("Deadline for applications: March 31, 2027", ["registration 2027-03-31"]),
    ("Registration closes on 5 March 2027.", ["registration 2027-03-05"]),
    ("To take part, fill in the form by 10 October 2027.", ["registration 2027-10-10"]),
    ("Let us know by 9 March 2027 if you come.", ["registration 2027-03-09"]),
    ("Early bird ends January 15, 2027.", ["early_bird 2027-01-15"]),
    ("Early registration until 1 February 2027", ["early_bird 2027-02-01"]),
    ("Abstract deadline: Jan 26, 2027", ["proposals 2027-01-26"]),
    ("Submit proposals of 500 words by May 1, 2027.", ["proposals 2027-05-01"]),
    ("Proposals due February 1, 2027, extended to February 15, 2027.", ["proposals 2027-02-15"]),
    ("Call for papers closes 30 March 2027", ["proposals 2027-03-30"]),
    ("Anmeldeschluss: 3. März 2027", ["registration 2027-03-03"]),
    ("Anmeldung bis zum 4. April 2027", ["registration 2027-04-04"]),
    ("Einreichungsfrist: 1. Juni 2027", ["proposals 2027-06-01"]),
    ("Inscripciones hasta el 5 de mayo de 2027", ["registration 2027-05-05"]),
    ("Inscriptions jusqu'au 6 juin 2027", ["registration 2027-06-06"]),
    ("Aanmelden uiterlijk 7 juni 2027", ["registration 2027-06-07"]),
    ("Inscrições até 8 de julho de 2027", ["registration 2027-07-08"]),
    ("Register by March 3, 2027. Early bird ends February 1, 2027.", ["registration 2027-03-03", "early_bird 2027-02-01"]),
    ("Registration Deadline: March 9, 2027 at 2:00 PM", ["registration 2027-03-09T14:00"]),
    ("Sign up by June 1, 2027", ["registration 2027-06-01"]),
    ("Registration required by July 17, 2027.", ["registration 2027-07-17"]),
]  # fmt: skip

TRAPS = [
    ("Registration opens March 3, 2027.", []),
    ("The cancellation deadline is April 22, 2027.", []),
    ("Refunds until April 22, 2027.", []),
    ("Book the hotel by May 1, 2027.", []),
    ("Fellowship applications are due by March 1, 2027.", []),
    ("Apply for a scholarship by March 1, 2027.", []),
    ("Notification of acceptance: March 1, 2027", []),
    ("The workshop is on March 3, 2027.", []),
    ("Staying on track with deadlines in 2027.", []),
    ("Register at least 24 hours before.", []),
    ("Nominations for the award close 1 May 2027.", []),
    ("To submit a public comment, write by August 10, 2027.", []),
    ("Camera-ready papers due June 1, 2027", []),
    ("", []),
]


@pytest.mark.parametrize(("description", "deadlines"), SAID + TRAPS)
def test_deadlines(description: str, deadlines: list[str]) -> None:
    """Those of the event; not of rooms, refunds, grants and awards."""
    found = read_deadlines("Reading Day", description, NOW, None, None)

    assert sorted(f"{one.value.kind.value} {moment_text(one.value.at)}" for one in found) == sorted(deadlines)
