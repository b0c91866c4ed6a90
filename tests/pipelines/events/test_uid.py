"""UIDs that stay."""

from __future__ import annotations

import pytest

from pipelines.events.uid import uid_for


@pytest.mark.parametrize(
    ("source", "key", "uid"),
    [
        ("guild", "https://guild.example/e/17", "vtgobzxfpbg633psvgyou3lujg@symposia"),
        ("guild", "", "7gpe4twbkkcfvgmvhl7vuqacfl@symposia"),
        ("guild", "\ud800", "j3rsidowtnlz5edmf6la6qwybt@symposia"),
        ("bücher", "1", "2sje5vtbzx46n3d63qpflvg4ai@symposia"),
    ],
)
def test_they_never_change(source: str, key: str, uid: str) -> None:
    """A subscriber's calendar knows an event by it, whichever version of the program made it."""
    assert uid_for(source, key) == uid


def test_source_and_key_are_told_apart() -> None:
    """However they are cut."""
    assert uid_for("guild", "17") != uid_for("guild1", "7")
