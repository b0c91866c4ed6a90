"""How a store comes to have today's tables: version by version, a new one from nothing.

Each step has its own tables and code, and does not depend on today's schema: it must turn version N - 1 into version N for ever. A
step can break off at any point and run again, as not every database can roll back changes of tables.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Column, Connection, Integer, MetaData, Table, insert, inspect, select, update

from pipelines.store.migrations import (
    v1_initial,
    v2_lifecycle,
    v3_incremental_crawling,
    v4_blocking_keys,
)
from symposia.errors import StoreError

MIGRATIONS: tuple[Callable[[Connection], None], ...] = (
    v1_initial.upgrade,
    v2_lifecycle.upgrade,
    v3_incremental_crawling.upgrade,
    v4_blocking_keys.upgrade,
)
"""Step N, counted from 1, makes a store of version N out of one of version N - 1. Steps are only ever added."""

_schema_version = Table("schema_version", MetaData(), Column("version", Integer, nullable=False))


def migrate(connection: Connection, where: str) -> None:
    """Bring a store to the newest version; make its tables where there are none.

    Args:
        connection: To the store's database.
        where: What the store is called in the error.

    Raises:
        StoreError: A newer Symposia wrote the store.
    """
    version, newest = find_version(connection), len(MIGRATIONS)
    if version > newest:
        raise StoreError(f"{where}: the store is of version {version}; this Symposia knows {newest}: update it first")
    if version == newest:
        return
    for upgrade in MIGRATIONS[version:]:
        upgrade(connection)
    statement = insert(_schema_version) if version == 0 else update(_schema_version)
    connection.execute(statement.values(version=newest))


def find_version(connection: Connection) -> int:
    """Find which version a store is of; 0 where the database holds none yet."""
    if not inspect(connection).has_table(_schema_version.name):
        return 0
    return connection.execute(select(_schema_version.c.version)).scalar() or 0
