"""Version 2: the days of postings, how long they are missing, what changed of events, and UIDs that are no longer in use."""

from __future__ import annotations

import json
from datetime import UTC
from typing import Any

from sqlalchemy import Column, Connection, Index, Integer, MetaData, String, Table, Text, bindparam, select, update

from pipelines.store.migrations.ddl import add_column, add_index
from symposia.moments import day_part, instant_from_text

_SERIES_UNTIL = "9999-12-31"
"""The last day of a posting that recurs."""

_metadata = MetaData()

Table(
    "changes",
    _metadata,
    Column("id", Integer, primary_key=True),
    Column("uid", String(80), nullable=False),
    Column("at", String(40), nullable=False),
    Column("source", String(200), nullable=False),
    Column("field", String(40), nullable=False),
    Column("old", Text),
    Column("new", Text),
    Index("changes_by_uid", "uid", "id"),
    Index("changes_by_time", "at", "id"),
)

Table(
    "retired",
    _metadata,
    Column("uid", String(80), primary_key=True),
    Column("into", String(80), nullable=False),
    Column("at", String(40), nullable=False),
)

_postings = Table(
    "postings",
    MetaData(),
    Column("source", String(200), primary_key=True),
    Column("key", String(2000), primary_key=True),
    Column("reading", Text),
    Column("day", String(10)),
    Column("until", String(10)),
)
"""Those columns of `postings` that are filled here, and filled from."""


def upgrade(connection: Connection) -> None:
    """Add the tables and columns, and fill in the days of the postings that are there."""
    _metadata.create_all(connection)
    add_column(connection, "postings", "day", "VARCHAR(10) NOT NULL DEFAULT ''")
    add_column(connection, "postings", "until", "VARCHAR(10) NOT NULL DEFAULT ''")
    add_column(connection, "postings", "missing", "INTEGER NOT NULL DEFAULT 0")
    add_index(connection, "postings", "postings_by_day", "day")
    _fill_days(connection)


def _fill_days(connection: Connection) -> None:
    table = _postings.c
    unfilled = connection.execute(select(table.source, table.key, table.reading).where(table.day == "")).all()
    days = [
        {"of_source": source, "of_key": key, **_find_days(json.loads(reading))} for source, key, reading in unfilled
    ]
    if days:
        is_row = (table.source == bindparam("of_source")) & (table.key == bindparam("of_key"))
        statement = update(_postings).where(is_row).values(day=bindparam("first"), until=bindparam("last"))
        connection.execute(statement, days)


def _find_days(event: dict[str, Any]) -> dict[str, str]:
    """Find the first day of an event, of an instant in UTC, and its last day by its own clock, from the event's JSON."""
    start: str = event["start"]
    end: str = _SERIES_UNTIL if event.get("recurrence") else event.get("end") or start
    moment = instant_from_text(start)
    first = moment.astimezone(UTC) if moment.tzinfo else moment
    return {"first": first.date().isoformat(), "last": day_part(end)}
