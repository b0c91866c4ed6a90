"""What was changed of events, when, and by whose crawl: kept for good."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from pipelines.store.schema import changes, retired
from symposia.codec import to_json
from symposia.event import Event

CREATED, JOINED, MISSING = "created", "joined", "missing"
"""What is told beside a field's change: an event is new, is another one now, or one more whole crawl did not list it."""
_SILENT = ("uid", "sequence", "created", "last_modified", "sources", "evidence")
_MAX_VALUE = 2_000
"""Characters of a value that are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change of one event. `old` and `new` are the field's JSON; None where there is none. `source`: whose crawl told."""

    uid: str
    at: str
    source: str
    field: str
    old: str | None = None
    new: str | None = None


def diff_events(before: Event | None, after: Event, source: str, at: datetime) -> Iterator[Change]:
    """What sets an event apart from what it was before; that it was created, where it was not."""
    when = at.isoformat()
    if before is None:
        yield Change(uid=after.uid, at=when, source=source, field=CREATED, new=_text(after.name))
        return
    old, new = to_json(before), to_json(after)
    for name in old:
        if name not in _SILENT and old[name] != new[name]:
            yield Change(uid=after.uid, at=when, source=source, field=name, old=_text(old[name]), new=_text(new[name]))


def insert_changes(connection: Connection, made: Sequence[Change]) -> None:
    """Keep changes."""
    if made:
        rows = [{name: getattr(one, name) for name in Change.__slots__} for one in made]
        connection.execute(insert(changes), rows)


def load_event_changes(connection: Connection, uid: str) -> list[Change]:
    """The changes of an event, and of those that became it, the oldest first."""
    names = {uid}
    while more := set(connection.execute(select(retired.c.uid).where(retired.c.into.in_(names))).scalars()) - names:
        names |= more
    return _read(connection, changes.c.uid.in_(names))


def load_changes_since(connection: Connection, since: str) -> list[Change]:
    """The changes from a day or moment (ISO 8601) on, the oldest first."""
    return _read(connection, changes.c.at >= since)


def _read(connection: Connection, condition: object) -> list[Change]:
    query = select(changes).where(condition).order_by(changes.c.at, changes.c.id)  # type: ignore[arg-type]  # a clause
    return [Change(**{name: getattr(row, name) for name in Change.__slots__}) for row in connection.execute(query)]


def _text(value: object) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False)[:_MAX_VALUE]
