"""Events, deadlines, sources and the data dictionary as CSV tables, through pandas."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache

import pandas as pd

from calendar_export.tables.cells import TEXTS, WORDS
from calendar_export.tables.columns import Column, Row, dictionary_rows, tables
from calendar_export.tables.rows import SourceRow, deadline_rows, event_row, source_row
from symposia.event import Event

COLUMNS = tuple(column.name for column in tables()["events.csv"])
"""The columns of events.csv, in an order that does not change; new ones come last."""


def frame_of(events: Iterable[Event]) -> pd.DataFrame:
    """One row an event, in their order, as the text of its cells. Slices of it are tables too: `frame[wanted]`."""
    return _frame("events.csv", [event_row(event) for event in events])


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """A frame as a CSV file: UTF-8 with a byte order mark, as Excel needs it, and CR LF (RFC 4180)."""
    text: str = frame.to_csv(index=False, lineterminator="\r\n")
    return text.encode("utf-8-sig")


def table_bytes(events: Iterable[Event]) -> bytes:
    """events.csv, or the table of one topic: one row an event."""
    return csv_bytes(frame_of(events))


def deadlines_bytes(events: Iterable[Event], now: datetime) -> bytes:
    """deadlines.csv: one row a deadline that is not over at `now`, the soonest first."""
    return csv_bytes(_frame("deadlines.csv", deadline_rows(events, now)))


def sources_bytes(sources: Iterable[SourceRow]) -> bytes:
    """sources.csv: one row a source and how its last crawl ended, in their order."""
    return csv_bytes(_frame("sources.csv", [source_row(source) for source in sources]))


def dictionary_bytes() -> bytes:
    """columns.csv: one row a column of any table, this one included."""
    return csv_bytes(_frame("columns.csv", dictionary_rows()))


def _frame(file: str, rows: Sequence[Row]) -> pd.DataFrame:
    columns = {column.name: _texts(column, rows) for column in tables()[file]}
    # Of objects, as pandas would otherwise make numbers and missing values of its own of what is text here.
    return pd.DataFrame(columns, dtype="object")


def _texts(column: Column, rows: Sequence[Row]) -> list[str | None]:
    """The cells of a column. Words are often the same: each is made a cell once."""
    text = TEXTS[column.type]
    if column.type in WORDS:
        text = cache(text)
    values = (row.get(column.name) for row in rows)
    return [None if value is None else text(value) for value in values]
