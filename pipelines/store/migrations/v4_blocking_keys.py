"""Version 4: the blocking keys of postings, which rule out duplicates without reading the postings."""

from __future__ import annotations

from sqlalchemy import Connection

from pipelines.store.migrations.ddl import add_column


def upgrade(connection: Connection) -> None:
    """Add the column; it stays empty until a posting is next looked at."""
    add_column(connection, "postings", "clue", "TEXT NOT NULL DEFAULT ''")
