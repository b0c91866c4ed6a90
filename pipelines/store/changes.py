"""The changes of events: what, when, and by whose crawl. They are kept for ever."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, insert, select

from pipelines.store.schema import changes, retired
from symposia.codec import to_json
from symposia.event import Event

CREATED, JOINED, MISSING = "created", "joined", "missing"
"""Changes beside those of a field: an event is new, was joined with another, or one more whole crawl did not list it."""
_UNRECORDED_FIELDS = ("uid", "sequence", "created", "last_modified", "sources", "evidence")
"""Fields whose changes are not recorded: bookkeeping and evidence."""
_MAX_VALUE = 2_000
"""Characters of a value that are kept: enough to recognise a description by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change of one event.

    Attributes:
        at: When it was found, in ISO 8601.
        source: The id of the source whose crawl found it; empty where no crawl did.
        field: The event's field, or CREATED, JOINED or MISSING.
        old: JSON of the value before, cut at _MAX_VALUE; None where there was none.
        new: JSON of the value after; None where there is none.
    """

    uid: str
    at: str
    source: str
    field: str
    old: str | None = None
    new: str | None = None


def diff_events(before: Event | None, after: Event, source: str, at: datetime) -> Iterator[Change]:
    """List the changes between two versions of an event; without one before, that it was created."""
    when = at.isoformat()
    if before is None:
        yield Change(uid=after.uid, at=when, source=source, field=CREATED, new=_dump_value(after.name))
        return
    old, new = to_json(before), to_json(after)
    for name in old:
        if name not in _UNRECORDED_FIELDS and old[name] != new[name]:
            yield Change(
                uid=after.uid,
                at=when,
                source=source,
                field=name,
                old=_dump_value(old[name]),
                new=_dump_value(new[name]),
            )


def insert_changes(connection: Connection, made: Sequence[Change]) -> None:
    """Insert changes."""
    if made:
        rows = [{name: getattr(change, name) for name in Change.__slots__} for change in made]
        connection.execute(insert(changes), rows)


def load_event_changes(connection: Connection, uid: str) -> list[Change]:
    """Load the changes of an event and of all events that were joined with it, the oldest first."""
    names = {uid}
    while more := set(connection.execute(select(retired.c.uid).where(retired.c.into.in_(names))).scalars()) - names:
        names |= more
    return _load_where(connection, changes.c.uid.in_(names))


def load_changes_since(connection: Connection, since: str) -> list[Change]:
    """Load the changes from a day or moment (ISO 8601) on, the oldest first."""
    return _load_where(connection, changes.c.at >= since)


def _load_where(connection: Connection, condition: ColumnElement[bool]) -> list[Change]:
    query = select(changes).where(condition).order_by(changes.c.at, changes.c.id)
    return [Change(**{name: getattr(row, name) for name in Change.__slots__}) for row in connection.execute(query)]


def _dump_value(value: object) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False)[:_MAX_VALUE]
