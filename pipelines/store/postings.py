"""The postings that the store keeps: each as it was last read, whose event it is, and when it was seen."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Connection, bindparam, delete, func, insert, select, tuple_, update

from pipelines.events.lifecycle import last_day
from pipelines.linkage.blocking_keys import clue_of
from pipelines.linkage.days import day_of
from pipelines.normalized import NormalizedPosting
from pipelines.store.schema import postings
from symposia.codec import event_from_json, to_json
from symposia.event import Event

PostingRef: TypeAlias = tuple[str, str]
"""A posting's name: the id of its source, and the source's own key."""
_BATCH = 400
"""Values in one SQL IN; SQLite takes 32,766, older ones 999."""
_READ = [column for column in postings.c if column.name not in ("digest", "posting")]
_BOOKKEEPING = ("sequence", "created", "last_modified")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPosting:
    """A posting of the store: the event that it was read as, the UID of the event that it is a posting of.

    `clue`: as it is stored, empty where it is not.
    """

    ref: PostingRef
    uid: str
    event: Event
    first_seen: str
    last_seen: str
    missing: int = 0
    clue: str = ""

    @property
    def age(self) -> tuple[str, str, str]:
        """What the first of several postings is chosen by."""
        return self.first_seen, *self.ref


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPostingSummary:
    """What is looked at of each posting of a source, before any is read in full."""

    uid: str
    digest: str
    day: str
    until: str
    first_seen: str
    missing: int


def load_summaries(connection: Connection, source: str) -> dict[str, StoredPostingSummary]:
    """The postings of a source, by their keys."""
    table = postings.c
    columns = table.key, table.uid, table.digest, table.day, table.until, table.first_seen, table.missing
    rows = connection.execute(select(*columns).where(table.source == source))
    return {
        row.key: StoredPostingSummary(**{name: getattr(row, name) for name in StoredPostingSummary.__slots__})
        for row in rows
    }


def load_by_uid(connection: Connection, uids: Iterable[str]) -> Iterator[StoredPosting]:
    """The postings of those events."""
    for batch in batched(sorted(uids)):
        yield from _where(connection, postings.c.uid.in_(batch))


def load_on_days(
    connection: Connection, days: Iterable[str], wanted: Callable[[str, str], bool] | None = None
) -> Iterator[StoredPosting]:
    """The postings that begin on those days, and whose day and clue are `wanted`; all of those days without it."""
    for batch in batched(sorted(days)):
        yield from _where(connection, postings.c.day.in_(batch), wanted)


def count_by_day(connection: Connection, days: Iterable[str]) -> dict[str, int]:
    """How many postings begin on each of those days; none for a day without any."""
    found: dict[str, int] = {}
    for batch in batched(sorted(days)):
        query = select(postings.c.day, func.count()).where(postings.c.day.in_(batch)).group_by(postings.c.day)
        found.update((day, number) for day, number in connection.execute(query))
    return found


def load_by_ref(connection: Connection, refs: Iterable[PostingRef]) -> Iterator[StoredPosting]:
    """The postings of those names; none for a name that no posting has."""
    for batch in batched(sorted(refs)):
        yield from _where(connection, tuple_(postings.c.source, postings.c.key).in_(batch))


def load_all(connection: Connection) -> Iterator[StoredPosting]:
    """All postings."""
    yield from _where(connection, postings.c.uid.is_not(None))


def _where(
    connection: Connection, condition: ColumnElement[bool], wanted: Callable[[str, str], bool] | None = None
) -> Iterator[StoredPosting]:
    for row in connection.execute(select(*_READ).where(condition)):
        if wanted is not None and not wanted(row.day, row.clue):
            continue
        yield StoredPosting(
            ref=(row.source, row.key),
            uid=row.uid,
            event=event_from_json(json.loads(row.reading)),
            first_seen=row.first_seen,
            last_seen=row.last_seen,
            missing=row.missing,
            clue=row.clue,
        )


def make_row(
    ref: PostingRef, reading: NormalizedPosting, uid: str, first_seen: str, last_seen: str, clue: str = ""
) -> dict[str, Any]:
    """A posting as a row of the store, seen just now. `clue`: its own, where it is known."""
    text, digest = serialize_event(reading.event)
    return {
        "source": ref[0],
        "key": ref[1],
        "uid": uid,
        "digest": digest,
        "reading": text,
        "posting": json.dumps(to_json(reading.posting), ensure_ascii=False),
        "first_seen": first_seen,
        "last_seen": last_seen,
        "day": day_of(reading.event).isoformat(),
        "until": last_day(reading.event),
        "missing": 0,
        "clue": clue or clue_of(reading.event),
    }


def write_rows(connection: Connection, rows: Sequence[dict[str, Any]], known: set[PostingRef]) -> None:
    """Write rows: over those of the names in `known`, beside all others."""
    fresh = [row for row in rows if (row["source"], row["key"]) not in known]
    again = [row for row in rows if (row["source"], row["key"]) in known]
    if fresh:
        connection.execute(insert(postings), fresh)
    if again:
        _update(connection, again, [name for name in again[0] if name not in ("source", "key")])


def set_uids(connection: Connection, uids: Iterable[tuple[PostingRef, str]]) -> None:
    """Make postings those of other events."""
    _update(connection, [{"source": ref[0], "key": ref[1], "uid": uid} for ref, uid in uids], ["uid"])


def set_blocking_keys(connection: Connection, clues: Iterable[tuple[PostingRef, str]]) -> None:
    """Give postings the clues that were found anew."""
    _update(connection, [{"source": ref[0], "key": ref[1], "clue": clue} for ref, clue in clues], ["clue"])


def set_keys(connection: Connection, source: str, names: Iterable[tuple[str, str]]) -> None:
    """Give postings of a source other keys: pairs of the old and the new."""
    rows = [{"known_source": source, "known_key": old, "new_key": new} for old, new in names]
    if rows:
        statement = update(postings).where(_named()).values(key=bindparam("new_key"))
        connection.execute(statement, rows)


def set_missing(connection: Connection, source: str, marks: Iterable[tuple[str, int]]) -> None:
    """Say for how many whole crawls postings are missing."""
    _update(connection, [{"source": source, "key": key, "missing": count} for key, count in marks], ["missing"])


def mark_seen(connection: Connection, source: str, keys: Iterable[str], at: str) -> None:
    """Say that postings were seen, as they were before."""
    rows = [{"source": source, "key": key, "last_seen": at, "missing": 0} for key in keys]
    _update(connection, rows, ["last_seen", "missing"])


def forget(connection: Connection, refs: Iterable[PostingRef]) -> None:
    """Take postings out of the store."""
    for batch in batched(sorted(refs)):
        connection.execute(delete(postings).where(tuple_(postings.c.source, postings.c.key).in_(batch)))


def _update(connection: Connection, rows: Sequence[dict[str, Any]], names: Sequence[str]) -> None:
    if not rows:
        return
    statement = update(postings).where(_named()).values({name: bindparam(f"new_{name}") for name in names})
    connection.execute(
        statement,
        [
            {"known_source": row["source"], "known_key": row["key"], **{f"new_{name}": row[name] for name in names}}
            for row in rows
        ],
    )


def _named() -> ColumnElement[bool]:
    return (postings.c.source == bindparam("known_source")) & (postings.c.key == bindparam("known_key"))


def serialize_event(event: Event) -> tuple[str, str]:
    """An event as JSON text, and its digest."""
    data = to_json(event)
    return json.dumps(data, ensure_ascii=False), _digest(data)


def digest_event(event: Event) -> str:
    """A digest of all that is said of an event, and nothing of when we wrote it."""
    return _digest(to_json(event))


def _digest(data: Mapping[str, object]) -> str:
    said = {name: value for name, value in data.items() if name not in _BOOKKEEPING}
    return sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()


def batched(values: Iterable[Any], size: int = _BATCH) -> Iterator[list[Any]]:
    """Values in lists of that size; by default, of as many as one SQL statement takes."""
    rest = iter(values)
    while batch := list(islice(rest, size)):
        yield batch
