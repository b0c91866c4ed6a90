"""Version 1: events, the postings that they are made of, and runs."""

from __future__ import annotations

from sqlalchemy import Column, Connection, ForeignKey, Index, Integer, MetaData, String, Table, Text

_metadata = MetaData()

Table("schema_version", _metadata, Column("version", Integer, nullable=False))

Table(
    "events",
    _metadata,
    Column("uid", String(80), primary_key=True),
    Column("day", String(10), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("json", Text, nullable=False),
    Index("events_by_day", "day"),
)

Table(
    "postings",
    _metadata,
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

Table(
    "runs",
    _metadata,
    Column("id", Integer, primary_key=True),
    Column("source", String(200), nullable=False),
    Column("json", Text, nullable=False),
    Index("runs_by_source", "source", "id"),
)

Table(
    "refusals",
    _metadata,
    Column("id", Integer, primary_key=True),
    Column("run", ForeignKey("runs.id"), nullable=False),
    Column("what", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("posting", Text),
    Index("refusals_by_run", "run"),
)


def upgrade(connection: Connection) -> None:
    """Make the tables that are not there."""
    _metadata.create_all(connection)
