"""Which postings are one event, from the links between pairs of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.linkage import candidates
from pipelines.linkage.cluster import cluster, cluster_links
from pipelines.linkage.links import Link, find_links
from symposia.event import AttendanceMode, Event
from tests.pipelines.linkage.postings import LEEDS, LYON, Ruled, any_posting, posting


def test_what_is_the_same_and_what_is_not() -> None:
    """A cluster an event, in the order of the first posting of each."""
    assert cluster([posting("Phonics"), posting("Geometry"), posting("Phonics")]) == [[0, 2], [1]]
    assert cluster([]) == []


def test_the_likeliest_links_come_first() -> None:
    """The third may join one of two that differ, and joins the one that it is likelier to be."""
    events = [posting(location=LEEDS), posting(location=LYON), posting()]

    assert cluster_links(events, [Link(0, 2, 0.7), Link(1, 2, 0.9)]) == [[0], [1, 2]]
    assert cluster_links(events, [Link(0, 2, 0.9), Link(1, 2, 0.7)]) == [[0, 2], [1]]
    assert cluster_links(events, []) == [[0], [1], [2]]


def test_a_third_does_not_join_two_that_differ() -> None:
    """A posting without a place fits one in Leeds and one in Lyon, and these stay two."""
    found = cluster([posting(location=LEEDS), posting(), posting(location=LYON), posting(location=LYON)])

    assert sorted(map(len, found)) in ([1, 3], [2, 2])
    assert not any({0, 2} <= set(members) for members in found)


def test_sources_may_be_trusted_with_all_of_their_own() -> None:
    """Then one source's are never one."""
    assert cluster([posting(source="guild"), posting(source="guild")], within_source=False) == [[0], [1]]


@given(st.lists(any_posting, max_size=12), st.randoms())
def test_the_order_does_not_matter(events: list[Event], random: Random) -> None:
    """The clusters are the same whatever comes first."""
    shuffled = random.sample(events, len(events))
    clusters = {frozenset(events[index].uid for index in members) for members in cluster(events)}

    assert {frozenset(shuffled[index].uid for index in members) for members in cluster(shuffled)} == clusters


@given(st.lists(any_posting, max_size=12))
def test_what_is_not_linked_does_not_matter(events: list[Event]) -> None:
    """The clusters of all are those of each part that the links hold together."""
    part = {index: {index} for index in range(len(events))}
    for one, other, _ in find_links(events, range(len(events))):
        joined = part[one] | part[other]
        part.update(dict.fromkeys(joined, joined))
    clusters = set()
    for members in {frozenset(members) for members in part.values()}:
        order = sorted(members)
        clusters |= {
            frozenset(order[index] for index in members) for members in cluster([events[index] for index in order])
        }

    assert {frozenset(members) for members in cluster(events)} == clusters


def test_the_zone_of_a_day() -> None:
    """An evening in New York is filed under the next day in UTC, and is the same as one without a zone."""
    evening = replace(posting(), start=datetime(2027, 3, 3, 22, tzinfo=ZoneInfo("America/New_York")))

    assert cluster([evening, posting(start="2027-03-03T22:00", timezone_assumed=True)]) == [[0, 1]]


def test_a_persons_word_comes_first() -> None:
    """Over days and names, and against what is the same."""
    events = [
        posting("Phonics"),
        posting("Phonics at the Library", "2027-09-09"),
        posting("Geometry"),
        posting("Geometry"),
    ]

    assert cluster(events, rulings=Ruled("Phonics", "Phonics at the Library")) == [[0, 1], [2], [3]]


def test_a_crowd_on_one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where too many on one day share a word to be held against each other, those of one name still are."""
    monkeypatch.setattr(candidates, "MAX_BLOCK", 100)
    many = [posting(f"Reading circle {number} of the schools of the valley") for number in range(100, 400)]
    many += [posting("Reading circle for all", attendance_mode=AttendanceMode.ONLINE) for _ in range(2)]
    found = cluster(many)

    assert [300, 301] in found
    assert len(found) == 301
