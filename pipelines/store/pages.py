"""The pages of a source as they were last read, in the store."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from pipelines.store.postings import batched
from pipelines.store.schema import hosts, postings, visits
from symposia.moments import instant_from_text
from symposia.page_record import KnownPages, ListedPosting, PageRecord, PageUpdates

SOON = timedelta(days=7)
"""How long before an event its page is asked for each time: that it is cancelled matters most then."""
_FORGOTTEN = timedelta(days=120)
"""How long a page is remembered that no crawl comes by any more."""


def load_known_pages(connection: Connection, source: str, now: datetime) -> KnownPages:
    """What is known of a source's pages and hosts. Pages whose postings are not all in the store are to be read anew."""
    today, soon = now.date().isoformat(), (now + SOON).date().isoformat()
    columns = postings.c.key, postings.c.day, postings.c.until
    known = connection.execute(select(*columns).where(postings.c.source == source)).all()
    names = {row.key for row in known}
    remembered = (_visit(row) for row in connection.execute(select(visits).where(visits.c.source == source)))
    return KnownPages(
        visits={one.url: one for one in remembered if one.readable <= names},
        over=frozenset(row.key for row in known if row.until < today),
        soon=frozenset(row.key for row in known if row.day <= soon and row.until >= today),
        rests=_rests(connection, now),
    )


def load_sources_with_events_soon(connection: Connection, now: datetime) -> frozenset[str]:
    """The sources that list an event which takes place within days."""
    coming = (postings.c.day <= (now + SOON).date().isoformat()) & (postings.c.until >= now.date().isoformat())
    return frozenset(connection.execute(select(postings.c.source).where(coming).distinct()).scalars())


def save_page_updates(connection: Connection, source: str, learned: PageUpdates, now: datetime) -> None:
    """Remember what was read, and when the rest was seen; forget what no crawl came by for long."""
    read = [one.url for one in learned.visits]
    for batch in batched(sorted(read)):
        connection.execute(delete(visits).where(visits.c.source == source, visits.c.url.in_(batch)))
    rows = [_row(source, one) for one in learned.visits]
    if rows:
        connection.execute(insert(visits), rows)
    _touch(connection, source, learned.again - set(read), now)
    old = (now - _FORGOTTEN).isoformat()
    connection.execute(delete(visits).where(visits.c.source == source, visits.c.seen < old))


def _touch(connection: Connection, source: str, urls: Iterable[str], now: datetime) -> None:
    known = (visits.c.source == bindparam("of")) & (visits.c.url == bindparam("at"))
    rows = [{"of": source, "at": url, "now": now.isoformat()} for url in sorted(urls)]
    if rows:
        connection.execute(update(visits).where(known).values(seen=bindparam("now")), rows)


def _rests(connection: Connection, now: datetime) -> dict[str, datetime]:
    """The hosts that asked to be left alone, and until when."""
    resting = select(hosts.c.host, hosts.c.rest_until).where(hosts.c.rest_until > now.isoformat())
    return {row.host: instant_from_text(row.rest_until) for row in connection.execute(resting)}


def _row(source: str, one: PageRecord) -> dict[str, str]:
    data = asdict(one)
    seen = data.pop("seen").isoformat()
    text = json.dumps({**data, "changed": one.changed.isoformat()}, ensure_ascii=False)
    return {"source": source, "url": one.url, "seen": seen, "json": text}


def _visit(row: Any) -> PageRecord:
    data: dict[str, Any] = json.loads(row.json)
    return PageRecord(
        **{
            **data,
            "seen": instant_from_text(row.seen),
            "changed": instant_from_text(data["changed"]),
            "keys": tuple(data["keys"]),
            "refused": tuple(tuple(one) for one in data["refused"]),
            "listed": tuple(ListedPosting(**one) for one in data["listed"]),
            "next_pages": tuple(data["next_pages"]),
        }
    )
