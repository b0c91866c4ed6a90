"""What a crawl has read, into the store: whose event each posting is, what has changed, and what is missing."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from pipelines.events.lifecycle import GONE, LEFT, Absence, Coverage, absence, cancelled, last_day, successor
from pipelines.events.merge import merge
from pipelines.events.overrides import Overrides
from pipelines.events.uid import uid_for
from pipelines.linkage.blocking_keys import clue_of
from pipelines.linkage.days import day_of
from pipelines.linkage.rekeyed import is_next_edition, successions
from pipelines.normalized import NormalizedPosting
from pipelines.store import postings as rows
from pipelines.store.assign_uids import assign_uids
from pipelines.store.changes import JOINED, MISSING, Change, diff_events, insert_changes
from pipelines.store.incremental_linkage import link_all, relink
from pipelines.store.postings import PostingRef, StoredPosting, StoredPostingSummary, batched, digest_event
from pipelines.store.schema import events, postings, retired
from symposia.codec import event_from_json, posting_from_json
from symposia.event import Event, Status
from symposia.moments import date_of, day_part
from symposia.posting import DETAIL


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveCounts:
    """How many events one crawl made, changed, and saw again as they were."""

    new: int
    changed: int
    unchanged: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlContent:
    """What one crawl of one source has read, when, and how much of the source that is; `before`: of the last whole one.

    `seen` are the keys of postings that it did not read, as the pages they stand on had not changed.
    """

    source: str
    readings: Mapping[str, NormalizedPosting]
    now: datetime
    coverage: Coverage = field(default_factory=Coverage)
    before: Coverage | None = None
    seen: frozenset[str] = frozenset()


def collect_crawl(
    source: str,
    readings: Iterable[NormalizedPosting],
    now: datetime,
    coverage: Coverage,
    before: Coverage | None,
    seen: frozenset[str] = frozenset(),
) -> CrawlContent:
    """A crawl, one reading a key: two postings under one key, as from a listing and from its next page, are merged."""
    by_key: dict[str, list[NormalizedPosting]] = defaultdict(list)
    for reading in readings:
        by_key[reading.posting.source_key].append(reading)
    merged = {key: replace(group[0], event=merge([one.event for one in group])) for key, group in by_key.items()}
    return CrawlContent(source=source, readings=merged, now=now, coverage=coverage, before=before, seen=seen)


def save_crawl(connection: Connection, crawl: CrawlContent, overrides: Overrides) -> SaveCounts:
    """Store what a crawl has read. Known postings stay with their event unless they now fit another; new ones find theirs."""
    known = _renamed(connection, crawl, rows.load_summaries(connection, crawl.source))
    read = crawl.readings
    changed = {key for key, one in read.items() if key not in known or known[key].digest != digest_event(one.event)}
    changed -= _only_shorter(connection, crawl, changed & known.keys())
    there = (read.keys() | crawl.seen) & known.keys()
    back = {key for key in there if known[key].missing >= GONE} - changed
    gone = _note_absence(connection, crawl, known)
    rows.mark_seen(connection, crawl.source, there, crawl.now.isoformat())
    anew = [_kept(crawl, key, known.get(key)) for key in sorted(changed)]
    mine = {one.ref: one for one in anew}
    mine |= {one.ref: one for one in rows.load_by_ref(connection, ((crawl.source, key) for key in back | gone))}
    groups = relink(connection, mine, mine.keys(), overrides)
    saved, uids = save_clusters(connection, groups, overrides, crawl.source, crawl.now)
    _put(connection, crawl, anew, known, uids)
    _retire(connection, groups, set(uids.values()), uids, crawl)
    events_there = {uids.get((crawl.source, key)) or known[key].uid for key in read.keys() | there}
    return replace(saved, unchanged=max(0, len(events_there) - saved.new - saved.changed))


def relink_postings(connection: Connection, overrides: Overrides, now: datetime) -> SaveCounts:
    """Group all postings of the store anew, as after a change of the overrides, or of how events are compared."""
    groups = link_all(sorted(rows.load_all(connection), key=lambda one: one.ref), overrides)
    saved, uids = save_clusters(connection, groups, overrides, "", now)
    crawl = CrawlContent(source="", readings={}, now=now)
    _put(connection, crawl, (), {}, uids)
    _retire(connection, groups, set(uids.values()), uids, crawl)
    return replace(saved, unchanged=len(groups) - saved.new - saved.changed)


def retag_postings(
    connection: Connection,
    overrides: Overrides,
    tagged: Callable[[NormalizedPosting], NormalizedPosting],
    now: datetime,
) -> SaveCounts:
    """Say anew of all postings of the store what they are about, as after an edit of the topics, and match them anew."""
    changed = []
    for row in connection.execute(select(postings)):
        event = event_from_json(json.loads(row.reading))
        reading = tagged(NormalizedPosting(posting=posting_from_json(json.loads(row.posting)), event=event))
        if reading.event != event:
            uid, first, last = row.uid, row.first_seen, row.last_seen
            changed.append(rows.make_row((row.source, row.key), reading, uid, first, last) | {"missing": row.missing})
    rows.write_rows(connection, changed, {(row["source"], row["key"]) for row in changed})
    return relink_postings(connection, overrides, now)


def save_clusters(
    connection: Connection, groups: Sequence[Sequence[StoredPosting]], overrides: Overrides, source: str, now: datetime
) -> tuple[SaveCounts, dict[PostingRef, str]]:
    """Write the event of each group, where it is new or other than before; the UID of each posting."""
    before = _events_of(connection, {one.uid for group in groups for one in group if one.uid})
    names = assign_uids(groups, _taken(connection, groups, before))
    added: list[dict[str, str]] = []
    changed: list[dict[str, str]] = []
    made: list[Change] = []
    for group, uid in zip(groups, names, strict=True):
        was = before.get(uid)
        event = _event_of(group, uid, was, overrides, now)
        if was is not None and digest_event(event) == digest_event(was):
            continue
        (changed if was else added).append(_row(event))
        made += diff_events(was, event, source, now)
    if added:
        connection.execute(insert(events), added)
    if changed:
        values = [{**row, "known": row["uid"]} for row in changed]
        connection.execute(update(events).where(events.c.uid == bindparam("known")), values)
    insert_changes(connection, made)
    uids = {one.ref: uid for group, uid in zip(groups, names, strict=True) for one in group}
    return SaveCounts(new=len(added), changed=len(changed), unchanged=0), uids


def _taken(
    connection: Connection, groups: Sequence[Sequence[StoredPosting]], before: Mapping[str, Event]
) -> Callable[[str], bool]:
    """Whether an event beside those of the groups goes by a UID."""
    likely = {uid_for(*min(group, key=lambda one: one.age).ref) for group in groups}
    others = _named(connection, likely) - before.keys()
    return lambda uid: uid in others if uid in likely else bool(_named(connection, {uid}))


def _event_of(
    group: Sequence[StoredPosting], uid: str, was: Event | None, overrides: Overrides, now: datetime
) -> Event:
    """The event of a group of postings: of those that are still listed; where none is, as cancelled."""
    live = [one for one in group if one.missing < GONE]
    event = merge([one.event for one in live or group])
    if not live:
        sources = sorted({one.ref[0] for one in group})
        event = cancelled(event, sources, day_part(max(one.last_seen for one in group)))
    event = overrides.applied(replace(event, uid=uid))
    return successor(was, event, now) if was else replace(event, created=now, last_modified=now)


def _renamed(
    connection: Connection, crawl: CrawlContent, known: dict[str, StoredPostingSummary]
) -> dict[str, StoredPostingSummary]:
    """The source's postings once those that go by another key now were given it."""
    today = crawl.now.date().isoformat()
    read = {key: one.event for key, one in crawl.readings.items()}
    past = {key for key, event in read.items() if key in known and known[key].until < min(today, last_day(event))}
    old = {one.ref[1]: one.event for one in rows.load_by_ref(connection, ((crawl.source, key) for key in past))}
    again = [(key, f"{key}#{known[key].day}") for key in past if is_next_edition(old[key], read[key], crawl.now)]
    again = [(before, after) for before, after in again if after not in known]
    new = {key: event for key, event in read.items() if key not in known}
    # What a crawl left out may be listed yet: only a whole one tells that a key stands in place of another.
    asked = bool(new) and crawl.coverage.whole
    there = read.keys() | crawl.seen
    absent = {key for key, one in known.items() if key not in there and one.until >= today} if asked else set()
    kept = rows.load_by_ref(connection, ((crawl.source, key) for key in absent))
    moved = successions({one.ref[1]: one.event for one in kept}, new, read) if absent else {}
    pairs = [*again, *((before, after) for after, before in moved.items())]
    rows.set_keys(connection, crawl.source, pairs)
    names = dict(pairs)
    return {names.get(key, key): one for key, one in known.items()}


def _only_shorter(connection: Connection, crawl: CrawlContent, changed: Iterable[str]) -> set[str]:
    """The changed postings of which only a part was read this time, and that says the same as before.

    That is but the line in the listing, or one of several pages that tell of them, the others being as they were.
    """
    read = crawl.readings
    short = {key for key in changed if key in crawl.seen or dict(read[key].posting.evidence).get(DETAIL)}
    before = rows.load_by_ref(connection, ((crawl.source, key) for key in short))
    return {one.ref[1] for one in before if _agrees(one.event, read[one.ref[1]].event)}


def _agrees(before: Event, now: Event) -> bool:
    """Whether all that a short reading says of the day, the name and the status was known."""
    same_day = str(now.start) == str(before.start) or (now.all_day and date_of(before.start) == now.start)
    return same_day and now.name == before.name and now.status in (before.status, Status.SCHEDULED)


def _note_absence(connection: Connection, crawl: CrawlContent, known: Mapping[str, StoredPostingSummary]) -> set[str]:
    """Count the postings that a whole crawl did not list; the keys of those that are gone now."""
    today = crawl.now.date().isoformat()
    read = crawl.readings
    expected = {key: one.day for key, one in known.items() if one.until >= today and 0 <= one.missing < GONE}
    seen = {key: known[key].day for key in crawl.seen & known.keys()}
    seen |= {key: day_of(one.event).isoformat() for key, one in read.items()}
    found: Absence = absence(expected, seen, read.keys() - known.keys(), crawl.coverage, crawl.before)
    counts = {key: known[key].missing + 1 for key in found.missing}
    rows.set_missing(connection, crawl.source, [*counts.items(), *((key, LEFT) for key in found.left)])
    insert_changes(
        connection, [_missed(crawl, known[key].uid, count) for key, count in sorted(counts.items()) if count <= GONE]
    )
    return {key for key, count in counts.items() if count == GONE}


def _missed(crawl: CrawlContent, uid: str, times: int) -> Change:
    return Change(
        uid=uid,
        at=crawl.now.isoformat(),
        source=crawl.source,
        field=MISSING,
        old=str(times - 1),
        new=str(times),
    )


def _kept(crawl: CrawlContent, key: str, known: StoredPostingSummary | None) -> StoredPosting:
    now = crawl.now.isoformat()
    return StoredPosting(
        ref=(crawl.source, key),
        uid=known.uid if known else "",
        event=crawl.readings[key].event,
        clue=clue_of(crawl.readings[key].event),
        first_seen=known.first_seen if known else now,
        last_seen=now,
    )


def _put(
    connection: Connection,
    crawl: CrawlContent,
    changed: Collection[StoredPosting],
    known: Iterable[str],
    uids: Mapping[PostingRef, str],
) -> None:
    """Write the postings that were read anew, and whose event each of the others is now."""
    written = {one.ref for one in changed}
    fresh = [
        rows.make_row(one.ref, crawl.readings[one.ref[1]], uids[one.ref], one.first_seen, one.last_seen, one.clue)
        for one in changed
    ]
    rows.write_rows(connection, fresh, {(crawl.source, key) for key in known})
    rows.set_uids(connection, sorted((ref, uid) for ref, uid in uids.items() if ref not in written))


def _retire(
    connection: Connection,
    groups: Sequence[Sequence[StoredPosting]],
    used: set[str],
    uids: Mapping[PostingRef, str],
    crawl: CrawlContent,
) -> None:
    """Take away the events that have no posting any more, as they turned out to be others."""
    into = {one.uid: uids[one.ref] for group in groups for one in group if one.uid and one.uid not in used}
    if not into:
        return
    now = crawl.now.isoformat()
    for batch in batched(sorted(into)):
        connection.execute(delete(events).where(events.c.uid.in_(batch)))
        connection.execute(delete(retired).where(retired.c.uid.in_(batch)))
    connection.execute(insert(retired), [{"uid": uid, "into": other, "at": now} for uid, other in into.items()])
    insert_changes(
        connection,
        [
            Change(uid=uid, at=now, source=crawl.source, field=JOINED, new=json.dumps(other))
            for uid, other in sorted(into.items())
        ],
    )


def _events_of(connection: Connection, uids: Iterable[str]) -> dict[str, Event]:
    found = {}
    for batch in batched(sorted(uids)):
        for row in connection.execute(select(events.c.uid, events.c.json).where(events.c.uid.in_(batch))):
            found[row.uid] = event_from_json(json.loads(row.json))
    return found


def _named(connection: Connection, uids: Iterable[str]) -> set[str]:
    """Those of the UIDs that events go by."""
    found: set[str] = set()
    for batch in batched(sorted(uids)):
        found.update(connection.execute(select(events.c.uid).where(events.c.uid.in_(batch))).scalars())
    return found


def _row(event: Event) -> dict[str, str]:
    text, digest = rows.serialize_event(event)
    return {"uid": event.uid, "day": day_of(event).isoformat(), "digest": digest, "json": text}
