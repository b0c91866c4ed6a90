"""Postings that a whole crawl did not list: count such crawls, and find the postings that are gone."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from pipelines.events.lifecycle import GONE_AFTER, PUSHED_OUT, find_absent
from pipelines.linkage.days import day_of
from pipelines.store.changes import MISSING, Change, insert_changes
from pipelines.store.crawl_content import CrawlContent
from pipelines.store.postings import StoredPostingSummary, set_missing


def count_absent(connection: Connection, crawl: CrawlContent, known: Mapping[str, StoredPostingSummary]) -> set[str]:
    """Count the postings that a whole crawl did not list.

    Returns:
        The keys of the postings that are gone from now on.
    """
    today = crawl.now.date().isoformat()
    read = crawl.normalized
    expected = {
        key: summary.day
        for key, summary in known.items()
        if summary.until >= today and 0 <= summary.missing < GONE_AFTER
    }
    listed = {key: known[key].day for key in crawl.seen_keys & known.keys()}
    listed |= {key: day_of(posting.event).isoformat() for key, posting in read.items()}
    absent = find_absent(expected, listed, read.keys() - known.keys(), crawl.coverage, crawl.before)
    counts = {key: known[key].missing + 1 for key in absent.missing}
    set_missing(connection, crawl.source, [*counts.items(), *((key, PUSHED_OUT) for key in absent.left)])
    changes = [
        _make_change(crawl, known[key].uid, count) for key, count in sorted(counts.items()) if count <= GONE_AFTER
    ]
    insert_changes(connection, changes)
    return {key for key, count in counts.items() if count == GONE_AFTER}


def _make_change(crawl: CrawlContent, uid: str, count: int) -> Change:
    at = crawl.now.isoformat()
    return Change(uid=uid, at=at, source=crawl.source, field=MISSING, old=str(count - 1), new=str(count))
