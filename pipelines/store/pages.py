"""The page records of the store: a source's pages as they were last read, and the hosts that are to be left alone."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from pipelines.batches import batched
from pipelines.store.event_json import serialize_posting
from pipelines.store.schema import hosts, postings, visits
from symposia.moments import instant_from_text
from symposia.page_record import KnownPages, ListedPosting, PageRecord, PageUpdates
from symposia.private_links import without_private

SOON = timedelta(days=7)
"""Time before an event in which every crawl asks for its page: a cancellation matters most then."""
_MAX_UNSEEN = timedelta(days=120)
"""Time for which a page that no crawl requests is remembered: a term, after which a listing may link to it again."""
_STORED_NAMES = {"line": "listing_digest"}
"""Names of fields in the JSON of the store, where they are other than the program's."""


def load_known_pages(connection: Connection, source: str, now: datetime) -> KnownPages:
    """Load what is known of a source's pages; a page is left out, and so read anew, if the store lacks one of its postings."""
    today, soon = now.date().isoformat(), (now + SOON).date().isoformat()
    columns = postings.c.key, postings.c.day, postings.c.until
    known = connection.execute(select(*columns).where(postings.c.source == source)).all()
    keys = {row.key for row in known}
    records = map(_parse_record, connection.execute(select(visits).where(visits.c.source == source)))
    return KnownPages(
        records={record.url: record for record in records if record.accepted_keys <= keys},
        past=frozenset(row.key for row in known if row.until < today),
        soon=frozenset(row.key for row in known if row.day <= soon and row.until >= today),
        resting_hosts=_load_resting_hosts(connection, now),
    )


def load_sources_with_events_soon(connection: Connection, now: datetime) -> frozenset[str]:
    """Load the ids of the sources that list an event which takes place within SOON."""
    coming = (postings.c.day <= (now + SOON).date().isoformat()) & (postings.c.until >= now.date().isoformat())
    return frozenset(connection.execute(select(postings.c.source).where(coming).distinct()).scalars())


def save_page_updates(connection: Connection, source: str, updates: PageUpdates, now: datetime) -> None:
    """Save the pages that were read, and when unchanged ones were seen; forget pages not requested for long."""
    read = {record.url for record in updates.records}
    for urls in batched(sorted(read)):
        connection.execute(delete(visits).where(visits.c.source == source, visits.c.url.in_(urls)))
    if updates.records:
        connection.execute(insert(visits), [_make_row(source, record) for record in updates.records])
    _mark_seen(connection, source, updates.not_modified - read, now)
    oldest = (now - _MAX_UNSEEN).isoformat()
    connection.execute(delete(visits).where(visits.c.source == source, visits.c.seen < oldest))


def _mark_seen(connection: Connection, source: str, urls: Iterable[str], now: datetime) -> None:
    is_page = (visits.c.source == bindparam("of")) & (visits.c.url == bindparam("at"))
    rows = [{"of": source, "at": url, "now": now.isoformat()} for url in sorted(urls)]
    if rows:
        connection.execute(update(visits).where(is_page).values(seen=bindparam("now")), rows)


def _load_resting_hosts(connection: Connection, now: datetime) -> dict[str, datetime]:
    """Load the hosts that asked to be left alone, and until when."""
    resting = select(hosts.c.host, hosts.c.rest_until).where(hosts.c.rest_until > now.isoformat())
    return {row.host: instant_from_text(row.rest_until) for row in connection.execute(resting)}


def _make_row(source: str, record: PageRecord) -> dict[str, str]:
    data = asdict(record)
    seen = data.pop("seen").isoformat()
    stored = _rename_for_store(
        {
            **data,
            "changed": record.changed.isoformat(),
            "refused": [(key, without_private(what), without_private(why)) for key, what, why in record.refused],
            "listed": [
                _rename_for_store({**asdict(listed), "text": serialize_posting(listed.posting)})
                for listed in record.listed
            ],
        }
    )
    return {"source": source, "url": record.url, "seen": seen, "json": json.dumps(stored, ensure_ascii=False)}


def _parse_record(row: Any) -> PageRecord:
    data: dict[str, Any] = _rename_for_program(json.loads(row.json))
    return PageRecord(
        **{
            **data,
            "seen": instant_from_text(row.seen),
            "changed": instant_from_text(data["changed"]),
            "keys": tuple(data["keys"]),
            "refused": tuple(tuple(refusal) for refusal in data["refused"]),
            "listed": tuple(ListedPosting(**_rename_for_program(listed)) for listed in data["listed"]),
            "next_pages": tuple(data["next_pages"]),
        }
    )


def _rename_for_store(data: dict[str, Any]) -> dict[str, Any]:
    names = {name: stored for stored, name in _STORED_NAMES.items()}
    return {names.get(name, name): value for name, value in data.items()}


def _rename_for_program(data: dict[str, Any]) -> dict[str, Any]:
    return {_STORED_NAMES.get(name, name): value for name, value in data.items()}
