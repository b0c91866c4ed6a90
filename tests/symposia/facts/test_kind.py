"""What an event is called."""

from __future__ import annotations

import pytest

from symposia.event import Kind
from symposia.facts.kind import as_webinar_if_online, find_kind
from tests.symposia.facts.examples import Example, cases, read


@pytest.mark.parametrize("example", cases("kind"))
def test_kind(example: Example) -> None:
    """The head of the name, else what the text calls itself; a topic is neither."""
    assert read("kind", example) == example.said


def test_a_talk_online_is_a_webinar() -> None:
    """And stays what it is called elsewhere."""
    talk, tour = find_kind("Guest Talk", ""), find_kind("Campus Tour", "")
    held = [
        as_webinar_if_online(talk, online=True),
        as_webinar_if_online(talk, online=False),
        as_webinar_if_online(tour, online=True),
        as_webinar_if_online(None, online=True),
    ]

    assert [one.value if one else None for one in held] == [Kind.WEBINAR, Kind.OTHER, Kind.OTHER, None]
