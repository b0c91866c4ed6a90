"""Which pairs are linked."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipelines.linkage.links import Link, find_links
from pipelines.linkage.score import SAME, compare
from symposia.event import Event
from tests.pipelines.linkage.postings import Ruled, any_posting, posting


@given(st.lists(any_posting, max_size=8))
def test_those_of_a_score(events: list[Event]) -> None:
    """Whichever are wanted, and in whatever order they come."""
    found = {frozenset((one, other)): score for one, other, score in find_links(events, range(len(events)))}

    assert all(score >= SAME for score in found.values())
    for pair, score in found.items():
        one, other = pair
        assert compare(events[one], events[other]).score == score
        assert {frozenset(link[:2]) for link in find_links(events, {one})} == {known for known in found if one in known}


def test_a_persons_word_comes_first() -> None:
    """Over days and names, and against what is the same."""
    events = [
        posting("Phonics"),
        posting("Phonics at the Library", "2027-09-09"),
        posting("Geometry"),
        posting("Geometry"),
    ]

    assert list(find_links(events, range(4), rulings=Ruled("Phonics", "Phonics at the Library"))) == [Link(0, 1, 1.0)]
    assert list(find_links(events, {2, 3}, rulings=Ruled("Phonics", "Phonics at the Library"))) == []
