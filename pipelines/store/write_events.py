"""Write the events that clusters of postings make up, where new or changed; retire those left without a posting."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from pipelines.batches import batched
from pipelines.events.lifecycle import GONE_AFTER, cancel, next_version
from pipelines.events.merge import merge
from pipelines.events.overrides import Overrides
from pipelines.events.uid import uid_for
from pipelines.linkage.days import day_of
from pipelines.store.assign_uids import assign_uids
from pipelines.store.changes import JOINED, Change, diff_events, insert_changes
from pipelines.store.event_json import digest_event, serialize_event
from pipelines.store.postings import PostingRef, StoredPosting
from pipelines.store.schema import events, retired
from symposia.codec import event_from_json
from symposia.event import Event
from symposia.moments import day_part

Clusters: TypeAlias = Sequence[Sequence[StoredPosting]]
"""Postings of one event each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveCounts:
    """How many events a save made, how many it changed, and how many it saw again as they were."""

    new: int
    changed: int
    unchanged: int


def write_clusters(
    connection: Connection, clusters: Clusters, overrides: Overrides, source: str, now: datetime
) -> tuple[SaveCounts, dict[PostingRef, str]]:
    """Write the event of each cluster, where it is new or has changed, and retire those without a posting.

    Args:
        connection: To the store's database.
        clusters: Clusters with every posting of the events that they belonged to before.
        overrides: A person's decisions.
        source: Whose crawl found the changes; empty where no crawl did.
        now: When they were found.

    Returns:
        How many events are new and changed, and the UID of each posting's event.
    """
    before = _load_events(connection, {posting.uid for cluster in clusters for posting in cluster if posting.uid})
    uids = assign_uids(clusters, _make_is_taken(connection, clusters, before))
    new: list[Event] = []
    changed: list[Event] = []
    changes: list[Change] = []
    for cluster, uid in zip(clusters, uids, strict=True):
        old = before.get(uid)
        event = _make_event(cluster, uid, old, overrides, now)
        if old is not None and digest_event(event) == digest_event(old):
            continue
        (new if old is None else changed).append(event)
        changes += diff_events(old, event, source, now)
    _write_events(connection, new, changed)
    insert_changes(connection, changes)
    uid_of = {posting.ref: uid for cluster, uid in zip(clusters, uids, strict=True) for posting in cluster}
    return SaveCounts(new=len(new), changed=len(changed), unchanged=0), uid_of


def retire_events(
    connection: Connection, clusters: Clusters, uid_of: Mapping[PostingRef, str], source: str, now: datetime
) -> None:
    """Delete the events whose postings all belong to other events now, and note to which.

    Args:
        connection: To the store's database.
        clusters: The postings, with the UIDs of the events that they had belonged to.
        uid_of: The UID of the event that each posting belongs to now.
        source: Whose crawl found it out; empty where no crawl did.
        now: When.
    """
    used = set(uid_of.values())
    into = {
        posting.uid: uid_of[posting.ref]
        for cluster in clusters
        for posting in cluster
        if posting.uid and posting.uid not in used
    }
    if not into:
        return
    at = now.isoformat()
    for uids in batched(sorted(into)):
        connection.execute(delete(events).where(events.c.uid.in_(uids)))
        connection.execute(delete(retired).where(retired.c.uid.in_(uids)))
    connection.execute(insert(retired), [{"uid": uid, "into": other, "at": at} for uid, other in into.items()])
    changes = [
        Change(uid=uid, at=at, source=source, field=JOINED, new=json.dumps(other))
        for uid, other in sorted(into.items())
    ]
    insert_changes(connection, changes)


def _make_is_taken(connection: Connection, clusters: Clusters, before: Mapping[str, Event]) -> Callable[[str], bool]:
    """Make a test for UIDs of events outside the clusters; the likeliest UIDs are looked up in one query."""
    likely = {uid_for(*_first_seen(cluster).ref) for cluster in clusters}
    others = set(_find_existing(connection, likely)) - before.keys()
    return lambda uid: uid in others if uid in likely else any(_find_existing(connection, {uid}))


def _first_seen(cluster: Sequence[StoredPosting]) -> StoredPosting:
    return min(cluster, key=lambda posting: posting.age)


def _make_event(
    cluster: Sequence[StoredPosting], uid: str, old: Event | None, overrides: Overrides, now: datetime
) -> Event:
    """Make the event of a cluster from the postings that are still listed; where none is, from all, as cancelled."""
    listed = [posting for posting in cluster if posting.missing < GONE_AFTER]
    event = merge([posting.event for posting in listed or cluster])
    if not listed:
        sources = sorted({posting.ref[0] for posting in cluster})
        event = cancel(event, sources, day_part(max(posting.last_seen for posting in cluster)))
    event = overrides.apply(replace(event, uid=uid))
    return next_version(old, event, now) if old else replace(event, created=now, last_modified=now)


def _write_events(connection: Connection, new: Sequence[Event], changed: Sequence[Event]) -> None:
    if new:
        connection.execute(insert(events), [_make_row(event) for event in new])
    if changed:
        values = [{**_make_row(event), "known": event.uid} for event in changed]
        connection.execute(update(events).where(events.c.uid == bindparam("known")), values)


def _make_row(event: Event) -> dict[str, str]:
    text, digest = serialize_event(event)
    return {"uid": event.uid, "day": day_of(event).isoformat(), "digest": digest, "json": text}


def _load_events(connection: Connection, uids: Iterable[str]) -> dict[str, Event]:
    found = {}
    for batch in batched(sorted(uids)):
        for row in connection.execute(select(events.c.uid, events.c.json).where(events.c.uid.in_(batch))):
            found[row.uid] = event_from_json(json.loads(row.json))
    return found


def _find_existing(connection: Connection, uids: Iterable[str]) -> Iterator[str]:
    """Find which of the UIDs stored events have."""
    for batch in batched(sorted(uids)):
        yield from connection.execute(select(events.c.uid).where(events.c.uid.in_(batch))).scalars()
