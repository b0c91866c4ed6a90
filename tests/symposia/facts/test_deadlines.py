"""The last days to register, to pay less, to propose."""

from __future__ import annotations

import pytest

from symposia.event import DeadlineKind
from symposia.facts.deadlines import read_deadlines
from tests.symposia.facts.examples import NOW, Example, cases, read


@pytest.mark.parametrize("example", cases("deadlines"))
def test_deadlines(example: Example) -> None:
    """Those of the event; not of rooms, refunds, grants and awards."""
    assert read("deadlines", example) == example.said


def test_a_form_to_fill_in_says_what_a_bare_deadline_is_for() -> None:
    """The day is told once, by the kind that is known."""
    found = read_deadlines("", "Deadline: fill in the form by 3 March 2027.", NOW, None, None)

    assert [one.value.kind for one in found] == [DeadlineKind.REGISTRATION]
