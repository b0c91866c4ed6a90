"""Version 3: pages as they were last read, and what was asked of hosts."""

from __future__ import annotations

from sqlalchemy import Column, Connection, Index, MetaData, String, Table, Text

_metadata = MetaData()

Table(
    "visits",
    _metadata,
    Column("source", String(200), primary_key=True),
    Column("url", String(2000), primary_key=True),
    Column("seen", String(40), nullable=False),
    Column("json", Text, nullable=False),
)

Table(
    "hosts",
    _metadata,
    Column("host", String(255), primary_key=True),
    Column("day", String(10), primary_key=True),
    Column("rest_until", String(40), nullable=False, server_default=""),
    Column("json", Text, nullable=False),
    Index("hosts_by_day", "day"),
)


def upgrade(connection: Connection) -> None:
    """Make the tables that are not there."""
    _metadata.create_all(connection)
