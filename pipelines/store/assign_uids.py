"""Assign UIDs to clusters of postings, so that each event keeps its UID however its postings are linked anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import count

from pipelines.events.uid import uid_for
from pipelines.store.postings import PostingRef, StoredPosting


def assign_uids(clusters: Sequence[Sequence[StoredPosting]], is_taken: Callable[[str], bool]) -> list[str]:
    """Assign each cluster of postings a UID.

    A cluster keeps the UID of its postings; if they had several, as the events turned out to be one, that of the posting
    seen first. If one UID's postings are in several clusters now, the cluster with the posting that it was made from keeps
    it, else the one with the posting seen first. Each other cluster gets a UID made from its own first posting.

    Args:
        clusters: None of them empty. Postings without a `uid` are new.
        is_taken: Whether an event beside theirs has a UID: no new one is ever the same.
    """
    kept = _find_kept(clusters)
    used = {uid for uids in kept.values() for uid in uids}
    assigned: list[str] = []
    for number, cluster in enumerate(clusters):
        uid = min(kept[number], key=lambda uid: _first_seen(cluster, uid), default="")
        if not uid:
            first = min(cluster, key=lambda posting: posting.age)
            uid = next(uid for uid in _iter_uids(first.ref) if uid not in used and not is_taken(uid))
            used.add(uid)
        assigned.append(uid)
    return assigned


def _find_kept(clusters: Sequence[Sequence[StoredPosting]]) -> defaultdict[int, list[str]]:
    """Find the UIDs that each cluster keeps, by its number."""
    claims: dict[str, tuple[bool, tuple[str, str, str], int]] = {}
    for number, cluster in enumerate(clusters):
        for posting in cluster:
            if posting.uid:
                claim = (uid_for(*posting.ref) != posting.uid, posting.age, number)
                claims[posting.uid] = min(claims.get(posting.uid, claim), claim)
    kept: defaultdict[int, list[str]] = defaultdict(list)
    for uid, (_, _, number) in claims.items():
        kept[number].append(uid)
    return kept


def _first_seen(cluster: Sequence[StoredPosting], uid: str) -> tuple[str, str, str]:
    return min(posting.age for posting in cluster if posting.uid == uid)


def _iter_uids(ref: PostingRef) -> Iterator[str]:
    """The UIDs that may be made from a posting, the usual one first."""
    source, key = ref
    yield uid_for(source, key)
    for number in count(2):
        yield uid_for(source, f"{key}\x1f{number}")
