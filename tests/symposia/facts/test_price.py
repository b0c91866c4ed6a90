"""What attending costs."""

from __future__ import annotations

import pytest

from tests.symposia.facts.examples import Example, cases, read


@pytest.mark.parametrize("example", cases("price"))
def test_price(example: Example) -> None:
    """Free, or from the cheapest to the dearest ticket; prizes, rooms and dinners are none."""
    assert read("price", example) == example.said
