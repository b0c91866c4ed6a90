"""Incremental linkage: find anew which postings are one event, only for the postings that a crawl touched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from datetime import date

from sqlalchemy import Connection

from pipelines.batches import batched
from pipelines.events.overrides import Overrides, posting_name
from pipelines.linkage.blocking_keys import BlockingKeys, may_match_any, read_blocking_keys, write_blocking_keys
from pipelines.linkage.candidates import MAX_BLOCK
from pipelines.linkage.cluster import cluster, cluster_links
from pipelines.linkage.days import day_of, near_days
from pipelines.linkage.links import Link, find_links
from pipelines.store.postings import (
    PostingRef,
    StoredPosting,
    count_by_day,
    load_by_ref,
    load_by_uid,
    load_on_days,
    set_blocking_keys,
)

_DAYS_AT_ONCE = 16
"""Days whose postings are compared at a time: it bounds the memory, and keeps the number of queries low."""


def relink(
    connection: Connection,
    read: Mapping[PostingRef, StoredPosting],
    touched: Collection[PostingRef],
    overrides: Overrides,
) -> list[list[StoredPosting]]:
    """Cluster the touched postings together with all postings of the events that they belong, or belonged, to.

    The clusters are the same as if the whole store were linked at once.

    Args:
        connection: To the store's database.
        read: Postings as a crawl has just read them; they replace the store's, or are new.
        touched: Which of them to cluster.
        overrides: A person's decisions.

    Returns:
        The clusters, each sorted by the postings' names.
    """
    pool = _Pool(connection, read, overrides)
    members: dict[PostingRef, StoredPosting] = {}
    frontier = {ref: read[ref] for ref in touched}
    while frontier:
        members |= frontier
        reached = [*pool.load_siblings(frontier.values()), *pool.find_linked(list(frontier.values()))]
        frontier = {posting.ref: posting for posting in reached if posting.ref not in members}
    stored = sorted(members.values(), key=lambda posting: posting.ref)
    number = {posting.ref: index for index, posting in enumerate(stored)}
    pairs = [Link(number[first], number[second], score) for (first, second), score in pool.scores.items()]
    return _pick(stored, cluster_links([posting.event for posting in stored], pairs, rulings=overrides.rulings))


def link_all(stored: list[StoredPosting], overrides: Overrides) -> list[list[StoredPosting]]:
    """Cluster all postings of the store by their event."""
    return _pick(stored, cluster([posting.event for posting in stored], rulings=overrides.rulings))


def _pick(stored: Sequence[StoredPosting], numbers: list[list[int]]) -> list[list[StoredPosting]]:
    return [[stored[number] for number in of_cluster] for of_cluster in numbers]


class _Pool:
    """The postings of the store, overlaid with those that a crawl has just read.

    However large the store is, it loads only some days at a time, and only postings that may be linked. `scores` are the
    scores of the linked pairs.
    """

    def __init__(self, connection: Connection, read: Mapping[PostingRef, StoredPosting], overrides: Overrides) -> None:
        self.scores: dict[tuple[PostingRef, PostingRef], float] = {}
        self._connection = connection
        self._read = read
        self._overrides = overrides
        self._loaded_uids: set[str] = set()
        self._read_by_day: dict[str, list[StoredPosting]] = defaultdict(list)
        for posting in read.values():
            self._read_by_day[day_of(posting.event).isoformat()].append(posting)

    def load_siblings(self, postings: Iterable[StoredPosting]) -> list[StoredPosting]:
        """Load the postings that have the same UIDs, as far as they were not loaded before."""
        uids = {posting.uid for posting in postings if posting.uid} - self._loaded_uids
        self._loaded_uids |= uids
        read = [posting for posting in self._read.values() if posting.uid in uids]
        return [*self._without_read(load_by_uid(self._connection, uids)), *read]

    def find_linked(self, postings: Sequence[StoredPosting]) -> Iterator[StoredPosting]:
        """Find the postings that are the same event as one of those, by their score or a person's decision."""
        by_day: dict[date, list[StoredPosting]] = defaultdict(list)
        for posting in postings:
            by_day[day_of(posting.event)].append(posting)
        for days in batched(sorted(by_day), _DAYS_AT_ONCE):
            yield from self._find_linked_near([posting for day in days for posting in by_day[day]])

    def _find_linked_near(self, postings: list[StoredPosting]) -> Iterator[StoredPosting]:
        days = {day.isoformat() for posting in postings for day in near_days(posting.event)}
        refs = {posting.ref for posting in postings}
        read = (posting for day in sorted(days) for posting in self._read_by_day.get(day, ()))
        near = [*read, *self._load_candidates(postings, days), *self._load_partners(postings)]
        compared = [*postings, *{posting.ref: posting for posting in near if posting.ref not in refs}.values()]
        all_events, asked = [posting.event for posting in compared], range(len(postings))
        for left, right, score in find_links(all_events, asked, rulings=self._overrides.rulings):
            first, second = sorted((compared[left].ref, compared[right].ref))
            self.scores[first, second] = score
            yield from (compared[left], compared[right])

    def _load_candidates(self, postings: Iterable[StoredPosting], days: Set[str]) -> list[StoredPosting]:
        """Load the stored postings that may be the same event as one of those; all of a crowded day's postings."""
        keys_near: dict[str, list[BlockingKeys | None]] = defaultdict(list)
        for posting in postings:
            keys = read_blocking_keys(posting.blocking_keys) or read_blocking_keys(write_blocking_keys(posting.event))
            for day in near_days(posting.event):
                keys_near[day.isoformat()].append(keys)
        is_crowded = self._is_crowded(days)
        candidates = self._without_read(
            load_on_days(
                self._connection,
                days,
                lambda day, keys: is_crowded or may_match_any(read_blocking_keys(keys), keys_near[day]),
            )
        )
        unkeyed = [posting for posting in candidates if read_blocking_keys(posting.blocking_keys) is None]
        set_blocking_keys(self._connection, ((posting.ref, write_blocking_keys(posting.event)) for posting in unkeyed))
        return candidates

    def _is_crowded(self, days: Set[str]) -> bool:
        """Whether a day has so many postings that a block may be too large: then all of them must be counted."""
        stored = count_by_day(self._connection, days)
        counts = [stored.get(day, 0) + len(self._read_by_day.get(day, ())) for day in sorted(days)]
        # A day of some clock lies on at most three days of UTC.
        return any(sum(counts[at : at + 3]) > MAX_BLOCK for at in range(len(counts)))

    def _load_partners(self, postings: Iterable[StoredPosting]) -> list[StoredPosting]:
        """Load the postings that a person says are the same, on whatever day."""
        names = {name for posting in postings for name in self._overrides.partners(posting.event)}
        read = [posting for posting in self._read.values() if posting_name(posting.event) in names]
        refs = [(source, key) for source, space, key in (name.partition(" ") for name in names) if space]
        return [*read, *self._without_read(load_by_ref(self._connection, refs))]

    def _without_read(self, stored: Iterable[StoredPosting]) -> list[StoredPosting]:
        """Leave out the postings that the crawl has read: the stored ones are out of date."""
        return [posting for posting in stored if posting.ref not in self._read]
