"""Which of many postings are one event: those of near days that share a word, compared; and what follows of the pairs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

from pipelines.linkage.candidates import Link, Rulings, links
from pipelines.linkage.features.record import sketch
from pipelines.linkage.score import compare_sketches
from symposia.event import Event

DIFFERENT = 0.2
"""The score below which two postings are known to be two events: no third joins them."""


def clusters(events: Sequence[Event], *, within_source: bool = True, rulings: Rulings | None = None) -> list[list[int]]:
    """The indexes of `events` that are one event each, in order. Near-linear, and the same in whatever order they come.

    The likeliest pairs are joined first; no two are joined of which any pair is known to be different, or is decided by
    `rulings` to be. Postings that no pair links do not bear on each other. `within_source`: False trusts each source to
    know all of its own events apart.
    """
    return joined(events, links(events, range(len(events)), rulings=rulings), within_source, rulings)


def joined(
    events: Sequence[Event], linked: Iterable[Link], within_source: bool = True, rulings: Rulings | None = None
) -> list[list[int]]:
    """`clusters`, of events whose links are all known."""
    found = _Groups(events, rulings, within_source)
    ranked = sorted(
        linked,
        key=lambda link: (-link.score, *sorted((_facts(events[link.one]), _facts(events[link.other])))),
    )
    for link in ranked:
        found.join(link)
    return found.in_order()


_MANY = 20
"""Postings of a group from which on those that say the very same are told apart from the others."""


class _Groups:
    """Postings on their way into groups."""

    def __init__(self, events: Sequence[Event], rulings: Rulings | None, within_source: bool) -> None:
        self._events, self._rulings, self._within = events, rulings, within_source
        self._group = {index: [index] for index in range(len(events))}
        self._sketch = lru_cache(maxsize=1_024)(lambda index: sketch(events[index]))
        self._told = lru_cache(maxsize=65_536)(lambda index: repr(sketch(events[index])))

    def join(self, link: Link) -> None:
        """Put the groups of two postings together, where nothing speaks against any pair of them."""
        one, other = self._group[link.one], self._group[link.other]
        if one is other or self._any_differ(link, self._distinct(one), self._distinct(other)):
            return
        if not self._within and not self._sources(one).isdisjoint(self._sources(other)):
            return
        one.extend(other)
        self._group.update(dict.fromkeys(other, one))

    def in_order(self) -> list[list[int]]:
        """The groups, each in order, by their first."""
        return [sorted(group) for group in {id(group): group for group in self._group.values()}.values()]

    def _distinct(self, group: Sequence[int]) -> Collection[int]:
        """Of postings that say the very same, the first: the others can tell no more. A person's word is on single ones."""
        if self._rulings is not None or len(group) < _MANY:
            return group
        first: dict[str, int] = {}
        for index in group:
            first.setdefault(self._told(index), index)
        return first.values()

    def _any_differ(self, link: Link, one: Collection[int], other: Collection[int]) -> bool:
        return any(self._differ(a, b) for a in one for b in other if {a, b} != {link.one, link.other})

    def _differ(self, one: int, other: int) -> bool:
        ruled = self._rulings.ruling(self._events[one], self._events[other]) if self._rulings else None
        if ruled is not None:
            return not ruled
        return compare_sketches(self._sketch(one), self._sketch(other)).score < DIFFERENT

    def _sources(self, group: Iterable[int]) -> set[str]:
        return {ref.id for index in group for ref in self._events[index].sources}


def _facts(event: Event) -> tuple[str, str, str, str]:
    """What tells postings apart that score alike, in whatever order they come."""
    source = event.sources[0] if event.sources else None
    return (source.id if source else "", source.key if source else "", event.name, str(event.start))
