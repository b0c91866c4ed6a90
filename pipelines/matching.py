"""New readings against what is stored: whose event each is, and what has changed."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from itertools import islice

from sqlalchemy import Connection, bindparam, insert, select, update

from pipelines.dedupe import clusters, day_of, days_near, same
from pipelines.merge import merge
from pipelines.reading import Reading
from pipelines.schema import events, postings
from symposia.codec import event_from_json, to_json
from symposia.event import Event

SIGNIFICANT = ("start", "end", "timezone", "name", "status", "attendance_mode", "location", "url", "recurrence")
"""The fields whose change a subscriber must hear of (RFC 5545, 3.8.7.4, SEQUENCE)."""

_BOOKKEEPING = ("sequence", "created", "last_modified")
_BATCH = 500
"""Values in one SQL IN; SQLite takes 32,766, older ones 999."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """How many events one crawl made, changed, and saw again as they were."""

    new: int
    changed: int
    unchanged: int


def save_readings(connection: Connection, source: str, readings: Sequence[Reading], now: datetime) -> Saved:
    """Store the readings of one source. Known postings keep their event; new ones join a stored event or become one."""
    by_key = _by_key(readings)
    known = _known(connection, source)
    uids = {key: known[key][0] for key in by_key if key in known}
    uids |= _match(connection, {key: reading.event for key, reading in by_key.items() if key not in known})
    changed = {key for key, reading in by_key.items() if key not in known or known[key][1] != _digest_of(reading)}
    saved = _save_events(connection, source, by_key, uids, {uids[key] for key in changed}, now)
    _save_postings(connection, source, by_key, uids, known, now)
    return replace(saved, unchanged=len(set(uids.values())) - saved.new - saved.changed)


def _by_key(readings: Iterable[Reading]) -> dict[str, Reading]:
    """One reading a key: two postings under one key, as from a listing and from its next page, are merged."""
    grouped: dict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        grouped[reading.posting.source_key].append(reading)
    return {key: replace(group[0], event=merge([one.event for one in group])) for key, group in grouped.items()}


def _known(connection: Connection, source: str) -> dict[str, tuple[str, str, str]]:
    """The uid, digest and last_seen of each stored posting of the source, by its key."""
    columns = postings.c.key, postings.c.uid, postings.c.digest, postings.c.last_seen
    rows = connection.execute(select(*columns).where(postings.c.source == source))
    return {row.key: (row.uid, row.digest, row.last_seen) for row in rows}


def _match(connection: Connection, new: dict[str, Event]) -> dict[str, str]:
    """The uid of each new posting: that of a stored event which it is about, else one that it shares with others like it."""
    keys = list(new)
    stored = _stored_near(connection, new.values())
    uids: dict[str, str] = {}
    for group in clusters([new[key] for key in keys]):
        members = [keys[index] for index in group]
        found = next((one.uid for key in members for one in _candidates(stored, new[key]) if _is(one, new[key])), None)
        uids.update(dict.fromkeys(members, found or min(new[key].uid for key in members)))
    return uids


def _is(stored: Event, new: Event) -> bool:
    if stored.uid == new.uid:
        return True
    sources = {ref.id for ref in stored.sources}
    return sources.isdisjoint(ref.id for ref in new.sources) and same(stored, new) is not None


def _candidates(stored: dict[str, list[Event]], new: Event) -> Iterator[Event]:
    for day in days_near(new):
        yield from stored.get(day.isoformat(), ())


def _stored_near(connection: Connection, new: Iterable[Event]) -> dict[str, list[Event]]:
    days = sorted({day.isoformat() for event in new for day in days_near(event)})
    found: dict[str, list[Event]] = defaultdict(list)
    for batch in _batches(days):
        for row in connection.execute(select(events.c.day, events.c.json).where(events.c.day.in_(batch))):
            found[row.day].append(event_from_json(json.loads(row.json)))
    return found


def _save_events(
    connection: Connection,
    source: str,
    by_key: dict[str, Reading],
    uids: dict[str, str],
    touched: set[str],
    now: datetime,
) -> Saved:
    """Merge the touched events anew, of all their readings, and write those that came out different."""
    others = _readings_of(connection, touched, source, set(by_key))
    mine: dict[str, list[Event]] = defaultdict(list)
    for key, uid in uids.items():
        if uid in touched:
            mine[uid].append(by_key[key].event)
    before = _events_of(connection, touched)
    added, changed = [], []
    for uid in sorted(touched):
        merged = replace(merge([*others[uid], *mine[uid]]), uid=uid)
        if uid not in before:
            added.append(_row(replace(merged, created=now, last_modified=now)))
        elif _digest(merged) != _digest(before[uid]):
            changed.append(_row(_successor(before[uid], merged, now)))
    if added:
        connection.execute(insert(events), added)
    if changed:
        rows = [{**row, "known": row["uid"]} for row in changed]
        connection.execute(update(events).where(events.c.uid == bindparam("known")), rows)
    return Saved(new=len(added), changed=len(changed), unchanged=0)


def _successor(before: Event, after: Event, now: datetime) -> Event:
    significant = any(getattr(before, name) != getattr(after, name) for name in SIGNIFICANT)
    return replace(after, created=before.created, last_modified=now, sequence=before.sequence + significant)


def _save_postings(
    connection: Connection,
    source: str,
    by_key: dict[str, Reading],
    uids: dict[str, str],
    known: dict[str, tuple[str, str, str]],
    now: datetime,
) -> None:
    seen = now.isoformat()
    added = [_posting_row(source, key, one, uids[key], seen) for key, one in by_key.items() if key not in known]
    if added:
        connection.execute(insert(postings), [{**row, "first_seen": seen} for row in added])
    again = [
        {**_posting_row(source, key, one, uids[key], seen), "known_source": source, "known_key": key}
        for key, one in by_key.items()
        if key in known and known[key][1:] != (_digest_of(one), seen)
    ]
    if again:
        match = (postings.c.source == bindparam("known_source")) & (postings.c.key == bindparam("known_key"))
        connection.execute(update(postings).where(match), again)


def _posting_row(source: str, key: str, reading: Reading, uid: str, seen: str) -> dict[str, str]:
    return {
        "source": source,
        "key": key,
        "uid": uid,
        "digest": _digest_of(reading),
        "reading": json.dumps(to_json(reading.event), ensure_ascii=False),
        "posting": json.dumps(to_json(reading.posting), ensure_ascii=False),
        "last_seen": seen,
    }


def _readings_of(connection: Connection, uids: set[str], source: str, keys: set[str]) -> dict[str, list[Event]]:
    """The stored readings of those events, but for those of `source` that were read anew."""
    found: dict[str, list[Event]] = defaultdict(list)
    columns = postings.c.uid, postings.c.source, postings.c.key, postings.c.reading
    for batch in _batches(sorted(uids)):
        query = (
            select(*columns)
            .where(postings.c.uid.in_(batch))
            .order_by(postings.c.first_seen, postings.c.source, postings.c.key)
        )
        for row in connection.execute(query):
            if row.source != source or row.key not in keys:
                found[row.uid].append(event_from_json(json.loads(row.reading)))
    return found


def _events_of(connection: Connection, uids: set[str]) -> dict[str, Event]:
    found = {}
    for batch in _batches(sorted(uids)):
        for row in connection.execute(select(events.c.uid, events.c.json).where(events.c.uid.in_(batch))):
            found[row.uid] = event_from_json(json.loads(row.json))
    return found


def _row(event: Event) -> dict[str, str]:
    return {
        "uid": event.uid,
        "day": day_of(event).isoformat(),
        "digest": _digest(event),
        "json": json.dumps(to_json(event), ensure_ascii=False),
    }


def _digest_of(reading: Reading) -> str:
    return _digest(reading.event)


def _digest(event: Event) -> str:
    """A digest of all that is said of the event, and nothing of when we wrote it."""
    data = {name: value for name, value in to_json(event).items() if name not in _BOOKKEEPING}
    return sha256(json.dumps(data, sort_keys=True, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()


def _batches(values: list[str]) -> Iterator[list[str]]:
    rest = iter(values)
    while batch := list(islice(rest, _BATCH)):
        yield batch
