"""Whether an event can be read along."""

from __future__ import annotations

import pytest

from tests.symposia.facts.examples import Example, cases, read


@pytest.mark.parametrize("example", cases("captions"))
def test_captions(example: Example) -> None:
    """Of the event; not as a skill, nor on request."""
    assert read("captions", example) == example.said
