"""The postings of the store: each as it was last read, the event that it belongs to, and when it was seen."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Connection, bindparam, func, insert, select, tuple_, update

from pipelines.batches import batched
from pipelines.events.lifecycle import last_day
from pipelines.linkage.blocking_keys import write_blocking_keys
from pipelines.linkage.days import day_of
from pipelines.store.event_json import serialize_event, serialize_posting
from pipelines.store.schema import postings
from symposia.codec import event_from_json
from symposia.event import Event
from symposia.posting import Posting

PostingRef: TypeAlias = tuple[str, str]
"""A posting's name: the id of its source, and the source's own key."""
_LOADED = [column for column in postings.c if column.name not in ("digest", "posting")]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPosting:
    """A posting of the store.

    Attributes:
        uid: Of the event that it belongs to; empty where it is new.
        event: The event that it was read as.
        first_seen: When a crawl first saw it, in ISO 8601.
        last_seen: When one last did.
        missing: For how many whole crawls in a row it was not listed; lifecycle.PUSHED_OUT where it was pushed out of a list.
        blocking_keys: As they are stored; empty where they are not.
    """

    ref: PostingRef
    uid: str
    event: Event
    first_seen: str
    last_seen: str
    missing: int = 0
    blocking_keys: str = ""

    @property
    def age(self) -> tuple[str, str, str]:
        """The sort key of postings, the first seen first."""
        return self.first_seen, *self.ref


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPostingSummary:
    """What is looked at of each posting of a source before any of them is read in full; see the table `postings`."""

    uid: str
    digest: str
    day: str
    until: str
    first_seen: str
    missing: int


def load_summaries(connection: Connection, source: str) -> dict[str, StoredPostingSummary]:
    """Load the summaries of a source's postings, by their keys."""
    table = postings.c
    columns = table.key, table.uid, table.digest, table.day, table.until, table.first_seen, table.missing
    rows = connection.execute(select(*columns).where(table.source == source))
    names = StoredPostingSummary.__slots__
    return {row.key: StoredPostingSummary(**{name: getattr(row, name) for name in names}) for row in rows}


def load_by_uid(connection: Connection, uids: Iterable[str]) -> Iterator[StoredPosting]:
    """Load the postings of events."""
    for batch in batched(sorted(uids)):
        yield from _load_where(connection, postings.c.uid.in_(batch))


def load_by_ref(connection: Connection, refs: Iterable[PostingRef]) -> Iterator[StoredPosting]:
    """Load the postings with those names; names that no posting has are skipped."""
    for batch in batched(sorted(refs)):
        yield from _load_where(connection, tuple_(postings.c.source, postings.c.key).in_(batch))


def load_on_days(
    connection: Connection, days: Iterable[str], is_wanted: Callable[[str, str], bool] | None = None
) -> Iterator[StoredPosting]:
    """Load the postings that begin on those days: those whose day and blocking keys are wanted, or all of them."""
    for batch in batched(sorted(days)):
        yield from _load_where(connection, postings.c.day.in_(batch), is_wanted)


def load_all(connection: Connection) -> Iterator[StoredPosting]:
    """Load all postings of the store."""
    yield from _load_where(connection, postings.c.uid.is_not(None))


def count_by_day(connection: Connection, days: Iterable[str]) -> dict[str, int]:
    """Count the postings that begin on each of those days; a day without any is left out."""
    counts: dict[str, int] = {}
    for batch in batched(sorted(days)):
        query = select(postings.c.day, func.count()).where(postings.c.day.in_(batch)).group_by(postings.c.day)
        counts.update((day, number) for day, number in connection.execute(query))
    return counts


def _load_where(
    connection: Connection, condition: ColumnElement[bool], is_wanted: Callable[[str, str], bool] | None = None
) -> Iterator[StoredPosting]:
    for row in connection.execute(select(*_LOADED).where(condition)):
        if is_wanted is not None and not is_wanted(row.day, row.clue):
            continue
        yield StoredPosting(
            ref=(row.source, row.key),
            uid=row.uid,
            event=event_from_json(json.loads(row.reading)),
            first_seen=row.first_seen,
            last_seen=row.last_seen,
            missing=row.missing,
            blocking_keys=row.clue,
        )


def make_row(stored: StoredPosting, posting: Posting, uid: str) -> dict[str, Any]:
    """Make the row of a posting of the event `uid`; its blocking keys are computed where they are unknown."""
    text, digest = serialize_event(stored.event)
    source, key = stored.ref
    return {
        "source": source,
        "key": key,
        "uid": uid,
        "digest": digest,
        "reading": text,
        "posting": serialize_posting(posting),
        "first_seen": stored.first_seen,
        "last_seen": stored.last_seen,
        "day": day_of(stored.event).isoformat(),
        "until": last_day(stored.event),
        "missing": stored.missing,
        "clue": stored.blocking_keys or write_blocking_keys(stored.event),
    }


def write_rows(connection: Connection, rows: Sequence[dict[str, Any]], known: set[PostingRef]) -> None:
    """Write rows: over those of the names in `known`, beside all others."""
    new = [row for row in rows if (row["source"], row["key"]) not in known]
    changed = [row for row in rows if (row["source"], row["key"]) in known]
    if new:
        connection.execute(insert(postings), new)
    if changed:
        _update_columns(connection, changed, [name for name in changed[0] if name not in ("source", "key")])


def set_uids(connection: Connection, uids: Iterable[tuple[PostingRef, str]]) -> None:
    """Set the UIDs of the events that postings belong to."""
    _update_columns(connection, [{"source": ref[0], "key": ref[1], "uid": uid} for ref, uid in uids], ["uid"])


def set_blocking_keys(connection: Connection, keys: Iterable[tuple[PostingRef, str]]) -> None:
    """Give postings the blocking keys that were found anew."""
    _update_columns(connection, [{"source": ref[0], "key": ref[1], "clue": text} for ref, text in keys], ["clue"])


def set_keys(connection: Connection, source: str, keys: Iterable[tuple[str, str]]) -> None:
    """Give postings of a source other keys: pairs of the old and the new."""
    rows = [{"known_source": source, "known_key": old, "new_key": new} for old, new in keys]
    if rows:
        connection.execute(update(postings).where(_is_row()).values(key=bindparam("new_key")), rows)


def set_missing(connection: Connection, source: str, counts: Iterable[tuple[str, int]]) -> None:
    """Set, for postings by their keys, the number of whole crawls in a row that did not list them."""
    _update_columns(
        connection, [{"source": source, "key": key, "missing": count} for key, count in counts], ["missing"]
    )


def mark_seen(connection: Connection, source: str, keys: Iterable[str], at: str) -> None:
    """Note that postings were seen at a moment (ISO 8601), and so are not missing."""
    rows = [{"source": source, "key": key, "last_seen": at, "missing": 0} for key in keys]
    _update_columns(connection, rows, ["last_seen", "missing"])


def _update_columns(connection: Connection, rows: Sequence[dict[str, Any]], names: Sequence[str]) -> None:
    """Set the columns `names` of the postings that `rows` name."""
    if not rows:
        return
    statement = update(postings).where(_is_row()).values({name: bindparam(f"new_{name}") for name in names})
    values = [
        {"known_source": row["source"], "known_key": row["key"], **{f"new_{name}": row[name] for name in names}}
        for row in rows
    ]
    connection.execute(statement, values)


def _is_row() -> ColumnElement[bool]:
    return (postings.c.source == bindparam("known_source")) & (postings.c.key == bindparam("known_key"))
