"""Values under labels of their own, on their line or below it."""

from __future__ import annotations

import pytest

from spiders.extraction.dom.field_labels import read_labelled_value


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        (["Location: Room 12"], "Room 12"),
        (["LOCATION: Room 12"], "Room 12"),
        (["– Where –", "Room 12"], "Room 12"),
        (["Ort:", "Bibliothek, Raum 3"], "Bibliothek, Raum 3"),
        (["Location: Central Library", "12 Mill Lane"], "Central Library, 12 Mill Lane"),
        (["Location:", "Central Library", "Bring a pen."], "Central Library"),
        (["Location:", "Time: 4 pm"], "Time: 4 pm"),
        (["Location:", "Time:", "4 pm"], None),
        (["Location"], None),
        (["Phonics", "Bring a pen."], None),
        (["Location of the library that we met in last year: Room 12"], None),
        ([], None),
    ],
)
def test_places(lines: list[str], place: str | None) -> None:
    """A place may go on over the lines of its address."""
    value = read_labelled_value(lines, "place")

    assert (value.text if value else None) == place


def test_the_lines_that_state_it() -> None:
    """So that they are taken for nothing else."""
    value = read_labelled_value(["Phonics", "Where", "Central Library", "12 Mill Lane"], "place")

    assert value is not None
    assert value.lines == {"Where", "Central Library", "12 Mill Lane"}
