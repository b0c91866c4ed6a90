"""What two names share."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.linkage.features.title import read_title
from pipelines.linkage.features.token_overlap import Overlap, overlap
from tests.pipelines.linkage.postings import NAMES


def names_overlap(one: str, other: str, *places: str) -> Overlap:
    """What they share, of which those words are a place's."""
    return overlap(read_title(one), read_title(other), frozenset(places))


@pytest.mark.parametrize(
    ("one", "other", "shared", "left", "more"),
    [
        ("Phonics Games", "Games: Phonics", 2.0, 0.0, 0.0),
        ("Phonics Games", "Phonics", 1.0, 0.0, 1.0),
        ("Phonics Games", "Phonics Webinar", 1.0, 0.25, 1.0),
        ("Phonics", "Geometry", 0.0, 1.0, 1.0),
        ("Maker Spaces", "Makerspaces", 1.0, 0.0, 0.0),
        ("Mathematics Lab", "Math Lab", 2.0, 0.0, 0.0),
        ("Leseförderung", "Lesefoerderung", 1.0, 0.0, 0.0),
        ("Art Now", "Arc Now", 1.0, 1.0, 1.0),
        ("", "Phonics", 0.0, 0.0, 1.0),
        ("", "", 0.0, 0.0, 0.0),
    ],
)
def test_words(one: str, other: str, shared: float, left: float, more: float) -> None:
    """In any order, in one or in two, and misspelt; short words that differ by a letter are two."""
    for found in (names_overlap(one, other), names_overlap(other, one)):
        assert (found.shared, found.left, found.more) == pytest.approx((shared, left, more))


@pytest.mark.parametrize(
    ("one", "other", "acronym"),
    [
        ("ICRR", "International Conference on Reading Research", True),
        ("EduCon", "Education Conference", True),
        ("SLC", "School Libraries Congress", True),
        ("Slc", "School Libraries Congress", False),
        ("XYZ", "School Libraries Congress", False),
    ],
)
def test_one_is_short_for_the_other(one: str, other: str, acronym: bool) -> None:
    """Of three letters only in capitals."""
    assert names_overlap(one, other).acronym is names_overlap(other, one).acronym is acronym


def test_words_for_places_are_apart() -> None:
    """They tell an edition from another, and not the event."""
    found = names_overlap("Libraries Leeds", "Libraries York", "leeds", "york")

    assert (found.left, found.more) == (0.0, 0.0)
    assert found.places == ({"leeds"}, {"york"})


@given(st.sampled_from(NAMES) | st.text(max_size=40), st.sampled_from(NAMES) | st.text(max_size=40))
def test_either_may_come_first(one: str, other: str) -> None:
    """And nothing weighs less than nothing."""
    found, back = names_overlap(one, other), names_overlap(other, one)

    assert 0 <= found.left <= found.more
    assert (found.left, found.more, found.places) == (back.left, back.more, back.places[::-1])
    assert found.shared == pytest.approx(back.shared)
