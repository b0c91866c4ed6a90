"""Links: the candidate pairs that score as one event, or that a person has joined."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple, Protocol

from pipelines.linkage.candidates import candidate_pairs
from pipelines.linkage.cannot_link import cannot_link
from pipelines.linkage.score import SAME, compare_records, is_hopeless
from symposia.event import Event


class Rulings(Protocol):
    """What a person has decided: must-link and cannot-link constraints on single pairs (Wagstaff and Cardie, 2000)."""

    def ruling(self, one: Event, other: Event) -> bool | None:
        """Whether two postings are one event; None where nobody has decided."""

    def partners(self, posting: Event) -> Collection[str]:
        """The names of the postings that are the same event as this one; none where nobody has decided."""


class Link(NamedTuple):
    """Two postings, by their indexes, that are one event as far as the two tell; `score` as in `Comparison`."""

    one: int
    other: int
    score: float


def find_links(events: Sequence[Event], wanted: Collection[int], *, rulings: Rulings | None = None) -> Iterator[Link]:
    """Find the links with at least one posting among `wanted` (indexes). A person's rulings win over scores."""
    indexes = frozenset(wanted)
    for (one, a), (other, b) in candidate_pairs(events, indexes):
        if cannot_link(a, b) or is_hopeless(a, b):
            continue
        if rulings is not None and rulings.ruling(events[one], events[other]) is not None:
            continue
        if (score := compare_records(a, b).score) >= SAME:
            yield Link(one, other, score)
    if rulings is not None:
        yield from _find_ruled(events, indexes, rulings)


def _find_ruled(events: Sequence[Event], wanted: Collection[int], rulings: Rulings) -> Iterator[Link]:
    """The pairs that a person has joined, however far apart their days are."""
    ruled = [index for index, event in enumerate(events) if rulings.partners(event)]
    for one, other in combinations(ruled, 2):
        if (one in wanted or other in wanted) and rulings.ruling(events[one], events[other]):
            yield Link(one, other, 1.0)
