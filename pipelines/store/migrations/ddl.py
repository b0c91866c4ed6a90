"""Changes of tables that are safe to repeat: a migration that broke off may have made them already."""

from __future__ import annotations

from sqlalchemy import Connection, inspect, text


def add_column(connection: Connection, table: str, name: str, definition: str) -> None:
    """Add a column to a table, where it has none of that name. `definition` is its type and constraints, in SQL."""
    if name not in {column["name"] for column in inspect(connection).get_columns(table)}:
        connection.execute(text(f"ALTER TABLE {table} ADD COLUMN {name} {definition}"))


def add_index(connection: Connection, table: str, name: str, columns: str) -> None:
    """Add an index over columns of a table, where it has none of that name."""
    if name not in {index["name"] for index in inspect(connection).get_indexes(table)}:
        connection.execute(text(f"CREATE INDEX {name} ON {table} ({columns})"))
