"""Clusters: the postings of each event, found from the links between pairs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

from pipelines.linkage.features.record import read_features
from pipelines.linkage.links import Link, Rulings, find_links
from pipelines.linkage.score import compare_records
from symposia.event import Event

DIFFERENT = 0.2
"""The score below which two postings are known to be two events, so that no third joins them.

Chosen, as `score.SAME`, on the first half of the labelled records (benchmarks/fit_dedupe.py).
"""
_MANY = 20
"""Postings of a cluster from which on identical ones are compared only once."""
_RECORDS_KEPT, _TEXTS_KEPT = 1_024, 65_536
"""Feature records that are kept (some kilobytes each), and their texts: the members of the largest clusters."""


def cluster(events: Sequence[Event], *, within_source: bool = True, rulings: Rulings | None = None) -> list[list[int]]:
    """Find the postings that are one event: lists of their indexes, in order.

    Near-linear in the number of postings. Their order makes no difference, and clusters that no link connects do not
    affect each other.

    Args:
        events: The postings, each as the event that it announces.
        within_source: False trusts each source to tell all of its own events apart.
        rulings: What a person has decided of pairs.
    """
    return cluster_links(events, find_links(events, range(len(events)), rulings=rulings), within_source, rulings)


def cluster_links(
    events: Sequence[Event], links: Iterable[Link], within_source: bool = True, rulings: Rulings | None = None
) -> list[list[int]]:
    """Find the clusters, as `cluster` does, of postings whose links are known.

    The likeliest links are joined first. Two clusters are not joined where any pair of them is known to be different.
    """
    clusters = _Clusters(events, rulings, within_source)
    for link in sorted(
        links, key=lambda link: (-link.score, *sorted((_sort_key(events[link.one]), _sort_key(events[link.other]))))
    ):
        clusters.join(link)
    return clusters.in_order()


class _Clusters:
    """Clusters while they grow, at first one a posting."""

    def __init__(self, events: Sequence[Event], rulings: Rulings | None, within_source: bool) -> None:
        self._events, self._rulings, self._within_source = events, rulings, within_source
        self._cluster_of = {index: [index] for index in range(len(events))}
        self._features = lru_cache(maxsize=_RECORDS_KEPT)(lambda index: read_features(events[index]))
        self._text = lru_cache(maxsize=_TEXTS_KEPT)(lambda index: repr(read_features(events[index])))

    def join(self, link: Link) -> None:
        """Join the clusters of two postings, unless any pair of them is known to be different."""
        one, other = self._cluster_of[link.one], self._cluster_of[link.other]
        if one is other or self._any_differ(link, self._distinct(one), self._distinct(other)):
            return
        if not self._within_source and not self._sources(one).isdisjoint(self._sources(other)):
            return
        one.extend(other)
        self._cluster_of.update(dict.fromkeys(other, one))

    def in_order(self) -> list[list[int]]:
        """The clusters, each in order, by their first posting."""
        distinct = {id(members): members for members in self._cluster_of.values()}
        return [sorted(members) for members in distinct.values()]

    def _distinct(self, members: Sequence[int]) -> Collection[int]:
        """The first of the postings that say the same; all of them where people have decided, as that is about single ones."""
        if self._rulings is not None or len(members) < _MANY:
            return members
        first: dict[str, int] = {}
        for index in members:
            first.setdefault(self._text(index), index)
        return first.values()

    def _any_differ(self, link: Link, one: Collection[int], other: Collection[int]) -> bool:
        return any(self._differ(a, b) for a in one for b in other if {a, b} != {link.one, link.other})

    def _differ(self, one: int, other: int) -> bool:
        ruled = self._rulings.ruling(self._events[one], self._events[other]) if self._rulings else None
        if ruled is not None:
            return not ruled
        return compare_records(self._features(one), self._features(other)).score < DIFFERENT

    def _sources(self, members: Iterable[int]) -> set[str]:
        return {ref.id for index in members for ref in self._events[index].sources}


def _sort_key(event: Event) -> tuple[str, str, str, str]:
    """A sort key that decides between links of the same score, whatever the order of the postings."""
    source = event.sources[0] if event.sources else None
    return (source.id if source else "", source.key if source else "", event.name, str(event.start))
