"""Whom an event is for."""

from __future__ import annotations

import pytest

from tests.symposia.facts.examples import Example, cases, read


@pytest.mark.parametrize("example", cases("audience"))
def test_audience(example: Example) -> None:
    """Those whom the text addresses; not who teaches, nor what is taught."""
    assert read("audience", example) == example.said
