"""The tables as CSV files (RFC 4180), through pandas."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache

import pandas as pd

from calendar_export.source_summary import SourceSummary
from calendar_export.tables.cells import CELL_WRITERS, SOURCE_TEXT_TYPES
from calendar_export.tables.columns import Column, Row, columns_by_table, dictionary_rows
from calendar_export.tables.rows import deadline_rows, event_row, source_row
from symposia.event import Event

EVENT_COLUMNS = tuple(column.name for column in columns_by_table()["events.csv"])
"""The columns of events.csv. Their order is published and does not change; new ones come last."""


def events_frame(events: Iterable[Event]) -> pd.DataFrame:
    """One row of cell texts for each event, in their order; a slice of it, `frame[wanted]`, is a table as well."""
    return _make_frame("events.csv", [event_row(event) for event in events])


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """Write a frame as CSV: in UTF-8 with a byte order mark, which Excel needs, and with CR LF (RFC 4180, 2)."""
    text: str = frame.to_csv(index=False, lineterminator="\r\n")
    return text.encode("utf-8-sig")


def events_csv(events: Iterable[Event]) -> bytes:
    """Write events.csv, or the table of one topic: a row for each event."""
    return csv_bytes(events_frame(events))


def deadlines_csv(events: Iterable[Event], now: datetime) -> bytes:
    """Write deadlines.csv: a row for each deadline that is not past at `now`, the soonest first."""
    return csv_bytes(_make_frame("deadlines.csv", deadline_rows(events, now)))


def sources_csv(sources: Iterable[SourceSummary]) -> bytes:
    """Write sources.csv: a row for each source, in their order."""
    return csv_bytes(_make_frame("sources.csv", [source_row(source) for source in sources]))


def columns_csv() -> bytes:
    """Write columns.csv, the data dictionary: a row for each column of each table."""
    return csv_bytes(_make_frame("columns.csv", dictionary_rows()))


def _make_frame(table: str, rows: Sequence[Row]) -> pd.DataFrame:
    columns = {column.name: _write_cells(column, rows) for column in columns_by_table()[table]}
    # As objects: pandas would turn some of the texts into numbers and missing values.
    return pd.DataFrame(columns, dtype="object")


def _write_cells(column: Column, rows: Sequence[Row]) -> list[str | None]:
    """The cells of a column. Words of sources often repeat: each is written once."""
    write = CELL_WRITERS[column.type]
    if column.type in SOURCE_TEXT_TYPES:
        write = cache(write)
    values = (row.get(column.name) for row in rows)
    return [None if value is None else write(value) for value in values]
