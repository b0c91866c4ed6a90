"""Which pairs are compared at all."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.linkage import candidates
from pipelines.linkage.candidates import candidate_pairs
from pipelines.linkage.features.record import read_features
from symposia.event import Event
from tests.pipelines.linkage.postings import any_posting, posting


def pairs(events: Sequence[Event], wanted: Collection[int]) -> list[tuple[int, int]]:
    """The indexes of each pair, the lower first, in order."""
    found = candidate_pairs(events, wanted)
    return sorted((min(one, other), max(one, other)) for (one, _), (other, _) in found)


def test_near_days_and_a_key_in_common() -> None:
    """Three days on, and not four; "Phonetics" begins as "Phonics", and "Geometry" does not."""
    days = [posting("Phonics", f"2027-03-{day:02}") for day in (3, 6, 7)]

    assert pairs(days, range(3)) == [(0, 1), (1, 2)]
    assert pairs([posting("Phonics"), posting("Phonetics"), posting("Geometry")], range(3)) == [(0, 1)]


def test_one_of_a_pair_is_wanted() -> None:
    """The others are not held against each other."""
    events = [posting("Phonics") for _ in range(4)]

    assert pairs(events, {2}) == [(0, 2), (1, 2), (2, 3)]
    assert pairs(events, ()) == []


@given(st.lists(any_posting, max_size=8), st.sets(st.integers(0, 7)))
def test_each_pair_once_and_none_left_out(events: list[Event], some: set[int]) -> None:
    """All those of near days that have a key in common."""
    wanted = {index for index in some if index < len(events)}
    records = [read_features(event) for event in events]
    expected = [
        (one, other)
        for other in range(len(events))
        for one in range(other)
        if {one, other} & wanted
        and abs(records[one].day - records[other].day).days <= 3
        and records[one].blocking_keys & records[other].blocking_keys
    ]

    assert pairs(events, wanted) == sorted(expected)


def test_a_block_that_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a day on which too many share a word, those of one name and number are compared."""
    monkeypatch.setattr(candidates, "MAX_BLOCK", 3)
    events = [posting(f"Reading {number}") for number in (1, 1, 2, 2, 3)]

    assert pairs(events, range(5)) == [(0, 1), (2, 3)]
    assert pairs(events, {0}) == [(0, 1)]
