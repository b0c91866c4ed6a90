"""Which postings of the store are one event, looked at anew for those that a crawl has touched, and for no others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from datetime import date

from sqlalchemy import Connection

from pipelines.events.overrides import Overrides, name_of
from pipelines.linkage.blocking_keys import Clue, clue_of, may_be_one, read_clue
from pipelines.linkage.candidates import CROWD, Link, links
from pipelines.linkage.cluster import clusters, joined
from pipelines.linkage.days import day_of, near_days
from pipelines.store.postings import (
    PostingRef,
    StoredPosting,
    batched,
    count_by_day,
    load_by_ref,
    load_by_uid,
    load_on_days,
    set_blocking_keys,
)

_DAYS = 16
"""Days of which the duplicates are looked for at a time."""


def relink(
    connection: Connection,
    mine: Mapping[PostingRef, StoredPosting],
    touched: Collection[PostingRef],
    overrides: Overrides,
) -> list[list[StoredPosting]]:
    """The groups that the touched postings make with all that they are, or were, grouped with; each in order.

    `mine` are the postings as a crawl has just read them, in place of, and beside, those of the store. What comes out is
    what grouping the whole store at once would give for these postings.
    """
    pool = _Pool(connection, mine, overrides)
    members: dict[PostingRef, StoredPosting] = {}
    frontier = {ref: mine[ref] for ref in touched}
    while frontier:
        members |= frontier
        reached = [*pool.siblings(frontier.values()), *pool.linked(list(frontier.values()))]
        frontier = {one.ref: one for one in reached if one.ref not in members}
    kept = sorted(members.values(), key=lambda one: one.ref)
    number = {one.ref: index for index, one in enumerate(kept)}
    linked = [Link(number[one], number[other], score) for (one, other), score in pool.links.items()]
    return _parts(kept, joined([one.event for one in kept], linked, rulings=overrides.rulings))


def link_all(kept: list[StoredPosting], overrides: Overrides) -> list[list[StoredPosting]]:
    """The groups of those postings that are one event each."""
    return _parts(kept, clusters([one.event for one in kept], rulings=overrides.rulings))


def _parts(kept: Sequence[StoredPosting], groups: list[list[int]]) -> list[list[StoredPosting]]:
    return [[kept[index] for index in group] for group in groups]


class _Pool:
    """The postings of the store, read by the days that are asked for, under those that a crawl has just read.

    `links` are those that were found of the postings asked for. It holds the postings of some days at a time, and of those
    the ones that may be linked, however large the store is.
    """

    def __init__(self, connection: Connection, mine: Mapping[PostingRef, StoredPosting], overrides: Overrides) -> None:
        self._connection = connection
        self._mine = mine
        self._overrides = overrides
        self._mine_on: dict[str, list[StoredPosting]] = defaultdict(list)
        self._asked: set[str] = set()
        self.links: dict[tuple[PostingRef, PostingRef], float] = {}
        for one in mine.values():
            self._mine_on[day_of(one.event).isoformat()].append(one)

    def siblings(self, some: Iterable[StoredPosting]) -> list[StoredPosting]:
        """The postings that go by the same UIDs, as far as they were not asked for before."""
        uids = {one.uid for one in some if one.uid} - self._asked
        self._asked |= uids
        kept = [one for one in load_by_uid(self._connection, uids) if one.ref not in self._mine]
        return [*kept, *(one for one in self._mine.values() if one.uid in uids)]

    def linked(self, some: Sequence[StoredPosting]) -> Iterator[StoredPosting]:
        """The postings that are one event with one of those, in the scorer's view or a person's."""
        by_day: dict[date, list[StoredPosting]] = defaultdict(list)
        for one in some:
            by_day[day_of(one.event)].append(one)
        for days in batched(sorted(by_day), _DAYS):
            yield from self._linked_near([one for day in days for one in by_day[day]])

    def _linked_near(self, some: list[StoredPosting]) -> Iterator[StoredPosting]:
        days = {day.isoformat() for one in some for day in near_days(one.event)}
        own = {one.ref for one in some}
        mine = (one for day in sorted(days) for one in self._mine_on.get(day, ()))
        near = [*mine, *self._stored_near(some, days), *self._partners(some)]
        both = [*some, *{one.ref: one for one in near if one.ref not in own}.values()]
        for one, other, score in links([one.event for one in both], range(len(some)), rulings=self._overrides.rulings):
            first, second = sorted((both[one].ref, both[other].ref))
            self.links[first, second] = score
            yield from (both[one], both[other])

    def _stored_near(self, some: Iterable[StoredPosting], days: Set[str]) -> list[StoredPosting]:
        """The postings of the store that may be one event with one of those. The others are not read, but for a crowd."""
        clues: dict[str, list[Clue | None]] = defaultdict(list)
        for one in some:
            clue = read_clue(one.clue) or read_clue(clue_of(one.event))
            for day in near_days(one.event):
                clues[day.isoformat()].append(clue)
        crowded = self._is_crowded(days)
        wanted = load_on_days(
            self._connection, days, lambda day, clue: crowded or may_be_one(read_clue(clue), clues[day])
        )
        stored = [one for one in wanted if one.ref not in self._mine]
        set_blocking_keys(
            self._connection, ((one.ref, clue_of(one.event)) for one in stored if read_clue(one.clue) is None)
        )
        return stored

    def _is_crowded(self, days: Set[str]) -> bool:
        """Whether so many postings begin on one day that not all of them are compared: then all of them must be counted."""
        counts = count_by_day(self._connection, days)
        numbers = [counts.get(day, 0) + len(self._mine_on.get(day, ())) for day in sorted(days)]
        # A day of some clock lies on three days of UTC, at most.
        return any(sum(numbers[at : at + 3]) > CROWD for at in range(len(numbers)))

    def _partners(self, some: Iterable[StoredPosting]) -> list[StoredPosting]:
        """The postings that a person says are the same, on whatever day."""
        names = {name for one in some for name in self._overrides.partners(one.event)}
        mine = [one for one in self._mine.values() if name_of(one.event) in names]
        refs = [tuple(name.split(" ", 1)) for name in names if " " in name]
        return [*mine, *(one for one in load_by_ref(self._connection, refs) if one.ref not in self._mine)]  # type: ignore[arg-type]  # of two words each
