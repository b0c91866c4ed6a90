"""Whether an event can be watched later."""

from __future__ import annotations

import pytest

from tests.symposia.facts.examples import Example, cases, read


@pytest.mark.parametrize("example", cases("recording"))
def test_recording(example: Example) -> None:
    """Of this event; not of others."""
    assert read("recording", example) == example.said
