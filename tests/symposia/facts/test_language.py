"""The language of an event."""

from __future__ import annotations

import pytest

from symposia.facts.language import find_language
from tests.symposia.facts.examples import Example, cases, read


@pytest.mark.parametrize("example", cases("language"))
def test_language(example: Example) -> None:
    """As said, else as written; a language that is taught is a topic."""
    assert read("language", example) == example.said


def test_the_source_tells_what_a_text_is_too_short_to_tell() -> None:
    """And only that."""
    long = "Join us for a day with the people of the library."
    found = find_language("R", "", "nl"), find_language("", long, "nl"), find_language("R", "")

    assert [one.value if one else None for one in found] == ["nl", "en", None]
