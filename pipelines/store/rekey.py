"""Move stored postings to the new keys that their source lists them under, so that they keep their history."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from pipelines.events.lifecycle import last_day
from pipelines.linkage.rekeyed import is_next_edition, match_rekeyed
from pipelines.store.crawl_content import CrawlContent
from pipelines.store.postings import StoredPostingSummary, load_by_ref, set_keys
from symposia.event import Event


def rekey_postings(
    connection: Connection, crawl: CrawlContent, known: Mapping[str, StoredPostingSummary]
) -> dict[str, StoredPostingSummary]:
    """Give stored postings the keys that their source uses now.

    Returns:
        The summaries of `known`, by their new keys.
    """
    old_editions = _find_old_editions(connection, crawl, known)
    renamed = _find_renamed(connection, crawl, known)
    set_keys(connection, crawl.source, [*old_editions.items(), *renamed.items()])
    keys = old_editions | renamed
    return {keys.get(key, key): summary for key, summary in known.items()}


def _find_old_editions(
    connection: Connection, crawl: CrawlContent, known: Mapping[str, StoredPostingSummary]
) -> dict[str, str]:
    """Find past events whose key now means the next edition; by old key, the key that the past event gets."""
    today = crawl.now.date().isoformat()
    past = {
        key
        for key, posting in crawl.normalized.items()
        if key in known and known[key].until < min(today, last_day(posting.event))
    }
    keys = {}
    for stored in load_by_ref(connection, ((crawl.source, key) for key in past)):
        key = stored.ref[1]
        kept = f"{key}#{known[key].day}"
        if kept not in known and is_next_edition(stored.event, crawl.normalized[key].event, crawl.now):
            keys[key] = kept
    return keys


def _find_renamed(
    connection: Connection, crawl: CrawlContent, known: Mapping[str, StoredPostingSummary]
) -> dict[str, str]:
    """Find coming events that are listed under another key; by old key, the new one."""
    listed = {key: posting.event for key, posting in crawl.normalized.items()}
    new = {key: event for key, event in listed.items() if key not in known}
    # Only a whole crawl shows that a key replaced another: the other may be on a page that was not read.
    if not new or not crawl.coverage.whole:
        return {}
    absent = _load_absent(connection, crawl, known)
    replaced = match_rekeyed(absent, new, listed) if absent else {}
    return {old: after for after, old in replaced.items()}


def _load_absent(
    connection: Connection, crawl: CrawlContent, known: Mapping[str, StoredPostingSummary]
) -> dict[str, Event]:
    """Load the coming events that the crawl did not list, by their keys."""
    today = crawl.now.date().isoformat()
    listed = crawl.normalized.keys() | crawl.seen_keys
    absent = {key for key, summary in known.items() if key not in listed and summary.until >= today}
    return {stored.ref[1]: stored.event for stored in load_by_ref(connection, ((crawl.source, key) for key in absent))}
