"""Whether an event is interpreted into a sign language."""

from __future__ import annotations

import pytest

from tests.symposia.facts.examples import Example, cases, read


@pytest.mark.parametrize("example", cases("sign_language"))
def test_sign_language(example: Example) -> None:
    """The event; not a course in one, nor on request."""
    assert read("sign_language", example) == example.said
