"""How one attends."""

from __future__ import annotations

import pytest

from symposia.event import Kind
from symposia.facts.mode import find_mode
from tests.symposia.facts.examples import Example, cases, read


@pytest.mark.parametrize("example", cases("attendance_mode"))
def test_attendance_mode(example: Example) -> None:
    """A place, a way to listen in, or both; a topic, a link and a speaker's home are none."""
    assert read("attendance_mode", example) == example.said


def test_a_webinar_is_online() -> None:
    """Whatever it is about."""
    found = find_mode("Webinar on running in-person conferences", "", Kind.WEBINAR)

    assert found is not None
    assert found.value.value == "online"
