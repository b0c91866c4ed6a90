"""Which pairs of postings are worth comparing, and which of them link."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, islice
from typing import NamedTuple, Protocol, TypeAlias

from pipelines.linkage.cannot_link import NEAR, apart
from pipelines.linkage.features.record import Sketch, local_day, sketch
from pipelines.linkage.score import SAME, compare_sketches, is_hopeless
from symposia.event import Event

CROWD = 500
"""Postings near one day that share a word and are compared each with each; of more, those of one name alone."""


_Read: TypeAlias = tuple[int, Sketch]
"""A posting by its index, read."""

_Blocks: TypeAlias = dict[str, list[_Read]]
"""The postings of one day, by each of their keys."""


class _Day(NamedTuple):
    """All postings of a day, and those of them that others are asked for of."""

    all: _Blocks
    asked: _Blocks


class Rulings(Protocol):
    """What a person has decided of postings."""

    def ruling(self, one: Event, other: Event) -> bool | None:
        """Whether two postings are one event; None where nobody has decided."""

    def partners(self, one: Event) -> Collection[str]:
        """What postings are called that are the same event as this one."""


class Link(NamedTuple):
    """Two postings, by their indexes, that are one event as far as the two tell."""

    one: int
    other: int
    score: float


def links(events: Sequence[Event], touching: Collection[int], *, rulings: Rulings | None = None) -> Iterator[Link]:
    """The pairs, of which one at least is among `touching` (indexes), that are one event as far as the two tell."""
    among = frozenset(touching)
    for (one, a), (other, b) in _pairs(events, among):
        if apart(a, b) or is_hopeless(a, b):
            continue
        if rulings is not None and rulings.ruling(events[one], events[other]) is not None:
            continue
        if (score := compare_sketches(a, b).score) >= SAME:
            yield Link(one, other, score)
    if rulings is not None:
        yield from (Link(one, other, 1.0) for one, other in _ruled(events, among, rulings))


def _ruled(events: Sequence[Event], among: Collection[int], rulings: Rulings) -> Iterator[tuple[int, int]]:
    """The pairs that a person has joined, on whatever days."""
    decided = [index for index, event in enumerate(events) if rulings.partners(event)]
    for one, other in combinations(decided, 2):
        if (one in among or other in among) and rulings.ruling(events[one], events[other]):
            yield one, other


def _pairs(events: Sequence[Event], among: Collection[int]) -> Iterator[tuple[_Read, _Read]]:
    """The pairs worth comparing, each once: of near days, with a key in common, one of them among `among`.

    Day by day, so that only some days' sketches are held at a time.
    """
    by_day: dict[int, list[int]] = defaultdict(list)
    for index, event in enumerate(events):
        by_day[local_day(event).toordinal()].append(index)
    asked = {local_day(events[index]).toordinal() + step for index in among for step in range(-NEAR, NEAR + 1)}
    window: dict[int, _Day] = {}
    for day in sorted(asked & by_day.keys()):
        window = {known: blocks for known, blocks in window.items() if day - known <= NEAR}
        today = [(index, sketch(events[index])) for index in by_day[day]]
        window[day] = _Day(_blocks(today), _blocks(one for one in today if one[0] in among))
        for one in today:
            for other in _near(window, one, day, among):
                yield one, other


def _blocks(read: Iterable[_Read]) -> _Blocks:
    blocks: _Blocks = defaultdict(list)
    for one in read:
        for key in one[1].keys:
            blocks[key].append(one)
    return blocks


def _near(window: Mapping[int, _Day], one: _Read, day: int, among: Collection[int]) -> Iterable[_Read]:
    """The postings of a day and the days before it that have a key in common with one, of its own day those before it.

    One of each pair is among `among`. Of a crowd, those of its day and name, so many at most.
    """
    met: dict[int, _Read] = {}
    mine = one[0] in among
    for known, of_day in window.items():
        blocks = of_day.all if mine else of_day.asked
        for key in one[1].keys & blocks.keys():
            block: Iterable[_Read] = blocks[key]
            if len(of_day.all[key]) > CROWD:
                alike = (two for two in of_day.all[key] if _is_called(one[1], two[1]))
                block = [] if known < day else [two for two in islice(alike, CROWD) if mine or two[0] in among]
            met.update((two[0], two) for two in block if known < day or two[0] < one[0])
    return met.values()


def _is_called(one: Sketch, other: Sketch) -> bool:
    return one.title.plain == other.title.plain and one.numbers == other.numbers
