"""Names that are given once: which UID a group of postings goes by, whatever it was made of before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import chain, count
from typing import TYPE_CHECKING

from pipelines.events.uid import uid_for

if TYPE_CHECKING:
    from pipelines.store.postings import StoredPosting


def assign_uids(groups: Sequence[Sequence[StoredPosting]], is_taken: Callable[[str], bool]) -> list[str]:
    """The UID of each group of postings, of which none may be empty. Postings without a `uid` are new.

    A group keeps the UID that its postings had. Of several, that of the first posting seen: the events are one now. Of
    several groups whose postings had the same, the one keeps it whose posting it was made from, else that of the first
    seen; the others are named after their own first posting, and never as `is_taken` says another event is.
    """
    kept = _kept_by(groups)
    used = {uid for uids in kept.values() for uid in uids}
    found: list[str] = []
    for number, group in enumerate(groups):
        uid = min(kept[number], key=lambda uid: min(one.age for one in group if one.uid == uid), default="")
        if not uid:
            first = min(group, key=lambda one: one.age)
            uid = next(name for name in _names_for(first) if name not in used and not is_taken(name))
            used.add(uid)
        found.append(uid)
    return found


def _kept_by(groups: Sequence[Sequence[StoredPosting]]) -> dict[int, list[str]]:
    """The UIDs that each group keeps, by its number."""
    claims: dict[str, tuple[bool, tuple[str, str, str], int]] = {}
    for number, one in ((number, one) for number, group in enumerate(groups) for one in group if one.uid):
        claim = (uid_for(*one.ref) != one.uid, one.age, number)
        claims[one.uid] = min(claims.get(one.uid, claim), claim)
    kept: dict[int, list[str]] = defaultdict(list)
    for uid, (_, _, number) in claims.items():
        kept[number].append(uid)
    return kept


def _names_for(first: StoredPosting) -> chain[str]:
    source, key = first.ref
    return chain([uid_for(source, key)], (uid_for(source, f"{key}\x1f{number}") for number in count(2)))
