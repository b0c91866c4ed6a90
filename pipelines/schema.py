"""The tables of the store, and how an older store becomes one of today."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    insert,
    inspect,
    select,
    update,
)

from symposia.errors import StoreError

metadata = MetaData()

schema_version = Table("schema_version", metadata, Column("version", Integer, nullable=False))

events = Table(
    "events",
    metadata,
    Column("uid", String(80), primary_key=True),
    Column("day", String(10), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("json", Text, nullable=False),
    Index("events_by_day", "day"),
)

postings = Table(
    "postings",
    metadata,
    Column("source", String(200), primary_key=True),
    Column("key", String(2000), primary_key=True),
    Column("uid", ForeignKey("events.uid"), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("reading", Text, nullable=False),
    Column("posting", Text, nullable=False),
    Column("first_seen", String(40), nullable=False),
    Column("last_seen", String(40), nullable=False),
    Index("postings_by_uid", "uid"),
)

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source", String(200), nullable=False),
    Column("json", Text, nullable=False),
    Index("runs_by_source", "source", "id"),
)

refusals = Table(
    "refusals",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("run", ForeignKey("runs.id"), nullable=False),
    Column("what", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("posting", Text),
    Index("refusals_by_run", "run"),
)


def _first(connection: Connection) -> None:
    metadata.create_all(connection)


MIGRATIONS: tuple[Callable[[Connection], None], ...] = (_first,)
"""Step N makes a store of version N out of one of version N - 1. Steps are only ever added."""


def migrate(connection: Connection, where: str) -> None:
    """Bring the store at `where` to the newest version. Raises StoreError for one that a newer Symposia wrote."""
    version = _version(connection)
    if version > len(MIGRATIONS):
        raise StoreError(
            f"{where}: the store is of version {version}; this Symposia knows {len(MIGRATIONS)}: update it first"
        )
    for step in MIGRATIONS[version:]:
        step(connection)
    if version == 0:
        connection.execute(insert(schema_version).values(version=len(MIGRATIONS)))
    elif version < len(MIGRATIONS):
        connection.execute(update(schema_version).values(version=len(MIGRATIONS)))


def _version(connection: Connection) -> int:
    if not inspect(connection).has_table("schema_version"):
        return 0
    return connection.execute(select(schema_version.c.version)).scalar() or 0
