"""Which of many postings are one event: those of near days that share a word, compared; and what follows of the pairs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import combinations, islice
from typing import NamedTuple, Protocol, TypeAlias

from pipelines.compare import SAME, compare_sketches, is_hopeless
from pipelines.guards import NEAR, apart
from pipelines.sketch import Sketch, local_day, sketch
from symposia.event import Event

DIFFERENT = 0.2
"""The score below which two postings are known to be two events: no third joins them."""
CROWD = 500
"""Postings near one day that share a word and are compared each with each; of more, those of one name alone."""
_kind_tag = re.compile(
    r"^(?:free |live |online )*(?:webinar|workshop|conference|online|course)\s*[:|–—-]\s*"
    r"|\s*[(\[](?:free |live )*(?:webinar|workshop|conference|online|course)[)\]]\s*$"
    r"|\s+[:|–—-]?\s*(?:webinar|workshop)\s*$"
)


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


def day_of(event: Event) -> date:
    """The day on which an event is filed: of an instant, its day in UTC."""
    if not isinstance(event.start, datetime):
        return event.start
    return (event.start.astimezone(UTC) if event.start.tzinfo else event.start).date()


def near_days(event: Event) -> tuple[date, ...]:
    """The days on which a posting of the same event may be filed."""
    day = day_of(event)
    # A day's event may be filed a day apart from the same at an hour, which is filed by UTC.
    return tuple(day + timedelta(days=step) for step in range(-NEAR - 1, NEAR + 2) if _exists(day, step))


@lru_cache(maxsize=8_192)
def plain_name(name: str) -> str:
    """A name for telling whether it was kept: casefolded, without "Webinar:" before or after it, and without marks."""
    return " ".join(re.sub(r"[^\w]+", " ", _kind_tag.sub(" ", name.casefold())).split()) or name.casefold()


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


def _exists(day: date, step: int) -> bool:
    """Whether the calendar has the day so many days from `day`."""
    return 1 <= day.toordinal() + step <= date.max.toordinal()


def _facts(event: Event) -> tuple[str, str, str, str]:
    """What tells postings apart that score alike, in whatever order they come."""
    source = event.sources[0] if event.sources else None
    return (source.id if source else "", source.key if source else "", event.name, str(event.start))
