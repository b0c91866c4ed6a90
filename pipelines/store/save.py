"""Save what a crawl has read: to which event each posting belongs, what has changed, and what is missing."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, select

from pipelines.events.lifecycle import GONE_AFTER
from pipelines.events.overrides import Overrides
from pipelines.linkage.blocking_keys import write_blocking_keys
from pipelines.normalized import NormalizedPosting
from pipelines.store.absence import count_absent
from pipelines.store.crawl_content import CrawlContent
from pipelines.store.event_json import digest_event
from pipelines.store.incremental_linkage import link_all, relink
from pipelines.store.postings import (
    PostingRef,
    StoredPosting,
    StoredPostingSummary,
    load_all,
    load_by_ref,
    load_summaries,
    make_row,
    mark_seen,
    set_uids,
    write_rows,
)
from pipelines.store.rekey import rekey_postings
from pipelines.store.schema import postings
from pipelines.store.write_events import SaveCounts, retire_events, write_clusters
from symposia.codec import event_from_json, posting_from_json
from symposia.event import Event, Status
from symposia.moments import date_of
from symposia.posting import DETAIL


def save_crawl(connection: Connection, crawl: CrawlContent, overrides: Overrides) -> SaveCounts:
    """Store what a crawl has read. Known postings stay with their event unless they now fit another; new ones find theirs."""
    known = rekey_postings(connection, crawl, load_summaries(connection, crawl.source))
    changed = _find_changed(connection, crawl, known)
    seen = (crawl.normalized.keys() | crawl.seen_keys) & known.keys()
    back = {key for key in seen if known[key].missing >= GONE_AFTER} - changed
    gone = count_absent(connection, crawl, known)
    mark_seen(connection, crawl.source, seen, crawl.now.isoformat())
    read = [_make_stored(crawl, key, known.get(key)) for key in sorted(changed)]
    touched = {posting.ref: posting for posting in read}
    refs = ((crawl.source, key) for key in back | gone)
    touched |= {posting.ref: posting for posting in load_by_ref(connection, refs)}
    clusters = relink(connection, touched, touched.keys(), overrides)
    counts, uid_of = write_clusters(connection, clusters, overrides, crawl.source, crawl.now)
    _write_postings(connection, crawl, read, known, uid_of)
    retire_events(connection, clusters, uid_of, crawl.source, crawl.now)
    listed_uids = {uid_of.get((crawl.source, key)) or known[key].uid for key in crawl.normalized.keys() | seen}
    return replace(counts, unchanged=max(0, len(listed_uids) - counts.new - counts.changed))


def relink_postings(connection: Connection, overrides: Overrides, now: datetime) -> SaveCounts:
    """Link all stored postings anew, after a change of the overrides or of the comparison."""
    clusters = link_all(sorted(load_all(connection), key=lambda posting: posting.ref), overrides)
    counts, uid_of = write_clusters(connection, clusters, overrides, "", now)
    set_uids(connection, sorted(uid_of.items()))
    retire_events(connection, clusters, uid_of, "", now)
    return replace(counts, unchanged=len(clusters) - counts.new - counts.changed)


def retag_postings(
    connection: Connection,
    overrides: Overrides,
    tag: Callable[[NormalizedPosting], NormalizedPosting],
    now: datetime,
) -> SaveCounts:
    """Tag all postings of the store anew by `tag`, as after an edit of the topics, and link them anew."""
    changed = []
    for row in connection.execute(select(postings)):
        event, posting = event_from_json(json.loads(row.reading)), posting_from_json(json.loads(row.posting))
        tagged = tag(NormalizedPosting(posting=posting, event=event)).event
        if tagged != event:
            stored = StoredPosting(
                ref=(row.source, row.key),
                uid=row.uid,
                event=tagged,
                first_seen=row.first_seen,
                last_seen=row.last_seen,
                missing=row.missing,
            )
            changed.append(make_row(stored, posting, row.uid))
    write_rows(connection, changed, {(row["source"], row["key"]) for row in changed})
    return relink_postings(connection, overrides, now)


def _find_changed(connection: Connection, crawl: CrawlContent, known: Mapping[str, StoredPostingSummary]) -> set[str]:
    """Find the keys of the postings that are new, or say something else than before."""
    changed = {
        key
        for key, posting in crawl.normalized.items()
        if key not in known or known[key].digest != digest_event(posting.event)
    }
    return changed - _find_shortened(connection, crawl, changed & known.keys())


def _find_shortened(connection: Connection, crawl: CrawlContent, keys: Iterable[str]) -> set[str]:
    """Find the postings that were read only in part this time, where that part says the same as before.

    Either only the listing's row was read and not the event's own page, or only one of several pages that list the event,
    as the others were unchanged.
    """
    read = crawl.normalized
    partial = {key for key in keys if key in crawl.seen_keys or dict(read[key].posting.evidence).get(DETAIL)}
    before = load_by_ref(connection, ((crawl.source, key) for key in partial))
    return {stored.ref[1] for stored in before if _says_nothing_new(stored.event, read[stored.ref[1]].event)}


def _says_nothing_new(before: Event, partial: Event) -> bool:
    """Whether a partly read posting states no other day, name or status than before."""
    same_day = str(partial.start) == str(before.start) or (partial.all_day and date_of(before.start) == partial.start)
    return same_day and partial.name == before.name and partial.status in (before.status, Status.SCHEDULED)


def _make_stored(crawl: CrawlContent, key: str, known: StoredPostingSummary | None) -> StoredPosting:
    now, event = crawl.now.isoformat(), crawl.normalized[key].event
    return StoredPosting(
        ref=(crawl.source, key),
        uid=known.uid if known else "",
        event=event,
        first_seen=known.first_seen if known else now,
        last_seen=now,
        blocking_keys=write_blocking_keys(event),
    )


def _write_postings(
    connection: Connection,
    crawl: CrawlContent,
    read: Collection[StoredPosting],
    known: Iterable[str],
    uid_of: Mapping[PostingRef, str],
) -> None:
    """Write the postings that were read anew, and whose event each of the others is now."""
    rows = [make_row(stored, crawl.normalized[stored.ref[1]].posting, uid_of[stored.ref]) for stored in read]
    write_rows(connection, rows, {(crawl.source, key) for key in known})
    written = {stored.ref for stored in read}
    set_uids(connection, sorted((ref, uid) for ref, uid in uid_of.items() if ref not in written))
