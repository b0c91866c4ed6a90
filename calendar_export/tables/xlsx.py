"""The tables as one workbook, events.xlsx, its cells typed: through pandas and XlsxWriter."""

from __future__ import annotations

import io
import logging
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

import pandas as pd
from xlsxwriter.exceptions import FileCreateError

from calendar_export.source_summary import SourceSummary
from calendar_export.tables.cells import is_formula
from calendar_export.tables.columns import Column, ColumnType, Row, columns_by_table, dictionary_rows
from calendar_export.tables.rows import deadline_rows, event_row, source_row
from calendar_export.text.cleaning import one_line
from calendar_export.text.urls import web_url
from symposia.errors import ExportError
from symposia.event import Event
from symposia.moments import moment_text

MAX_ROWS = 1_048_576
MAX_TEXT = 32_767
MAX_LINKS = 65_530
MAX_ADDRESS = 2_079
"""What a sheet, a cell, a sheet and a link hold in Excel, of rows, characters, links and characters."""
_MADE = datetime(2000, 1, 1, tzinfo=UTC)
"""When the workbook says it was made: any fixed moment, so that the same events give the same bytes."""
_FIRST_YEAR = 1901
"""Excel knows no day before 1900, and counts one in that year that never was."""

_FIRST = (
    "name", "start", "end", "timezone", "status", "kind", "attendance_mode", "topics", "location", "city", "country", "price",
    "deadlines", "credit", "organizer", "url", "registration_url", "description",
)  # fmt: skip
"""The columns of events.csv that a person reads first; the others follow in their order."""
_LEFT_OUT = frozenset(["start_local", "end_local"])
"""Columns that tables of text need beside `start` and `end`, and typed cells do not."""
_LOOKS: Mapping[str, Mapping[str, Any]] = {
    "header": {"bold": True, "font_color": "#FFFFFF", "bg_color": "#1F4E79", "valign": "vcenter"},
    "text": {"num_format": "@", "text_wrap": True},
    # The mark with which Excel keeps as text what someone edits, too.
    "computed": {"num_format": "@", "text_wrap": True, "quote_prefix": True},
    "link": {"font_color": "#0563C1", "underline": 1, "text_wrap": True},
    "day": {"num_format": "yyyy-mm-dd", "align": "left"},
    "moment": {"num_format": "yyyy-mm-dd hh:mm", "align": "left"},
    "number": {"num_format": "General"},
    "boolean": {"align": "left"},
}
_ROW_HEIGHT = 30  # points: two lines

logger = logging.getLogger(__name__)


def workbook_bytes(events: Iterable[Event], now: datetime, sources: Iterable[SourceSummary] = ()) -> bytes:
    """events.xlsx: the events, their deadlines that are not over at `now`, the sources, and what the columns mean.

    The same events give the same bytes. What is more than Excel holds is cut: texts end in "…", links beyond the last
    that a sheet takes are plain text, rows beyond the last one are left out and logged. Raises ExportError where there is
    no room for it.
    """
    known = list(events)
    sheets = {
        "Events": (_first(columns_by_table()["events.csv"]), [event_row(event) for event in known]),
        "Deadlines": (columns_by_table()["deadlines.csv"], deadline_rows(known, now)),
        "Sources": (columns_by_table()["sources.csv"], [source_row(source) for source in sources]),
        "Columns": (columns_by_table()["columns.csv"], dictionary_rows()),
    }
    try:
        return _bytes_of(sheets)
    except (OSError, FileCreateError) as error:
        # Rows go through temporary files on the way.
        raise ExportError(f"events.xlsx: cannot be written: {error}") from error


def _bytes_of(sheets: Mapping[str, tuple[Sequence[Column], Sequence[Row]]]) -> bytes:
    buffer = io.BytesIO()
    # Rows are written as they come: pandas' own to_excel takes three times as long and knows no links.
    with pd.ExcelWriter(buffer, engine="xlsxwriter", engine_kwargs={"options": {"constant_memory": True}}) as writer:
        _write(writer.book, sheets)
    return buffer.getvalue()


def _first(columns: Sequence[Column]) -> list[Column]:
    order = {name: place for place, name in enumerate(_FIRST)}
    kept = [column for column in columns if column.name not in _LEFT_OUT]
    return sorted(kept, key=lambda column: order.get(column.name, len(order)))


def _write(book: Any, sheets: Mapping[str, tuple[Sequence[Column], Sequence[Row]]]) -> None:
    book.set_properties({"title": "Events for educators", "author": "Symposia", "created": _MADE.replace(tzinfo=None)})
    looks = {name: book.add_format({"valign": "top", **look}) for name, look in _LOOKS.items()}
    for name, (columns, rows) in sheets.items():
        Sheet(book.add_worksheet(name), looks).write(name, columns, rows)


class Sheet:
    """One sheet, written row by row."""

    def __init__(self, sheet: Any, looks: Mapping[str, Any]) -> None:
        self.sheet = sheet
        self.looks = looks
        self.links = 0

    def write(self, name: str, columns: Sequence[Column], rows: Sequence[Row]) -> None:
        """The header and the rows, as many as a sheet holds."""
        if len(rows) >= MAX_ROWS:
            logger.warning("%s: %d rows are more than a sheet holds", name, len(rows))
        kept = rows[: MAX_ROWS - 1]
        self._dress(columns, len(kept))
        places = [(place, column.name, self._writer(column.type)) for place, column in enumerate(columns)]
        for number, row in enumerate(kept, start=1):
            self.sheet.set_row(number, _ROW_HEIGHT)
            for place, column, write in places:
                if (value := row.get(column)) is not None:
                    write(number, place, value)

    def _dress(self, columns: Sequence[Column], rows: int) -> None:
        self.sheet.set_row(0, 20)
        for place, column in enumerate(columns):
            self.sheet.set_column(place, place, column.wide)
            self.sheet.write_string(0, place, column.name, self.looks["header"])
        self.sheet.freeze_panes(1, 1)
        self.sheet.autofilter(0, 0, rows, len(columns) - 1)
        # A name of digits is a name: no green corner that offers to make it a number.
        self.sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        self.sheet.set_landscape()
        self.sheet.set_paper(9)  # A4
        self.sheet.repeat_rows(0)

    def _writer(self, kind: ColumnType) -> Callable[[int, int, Any], None]:
        writers: dict[ColumnType, Callable[[int, int, Any], None]] = {
            ColumnType.TEXT: self._put_text,
            ColumnType.LIST: self._put_text,
            ColumnType.LINK: self._put_link,
            ColumnType.NUMBER: self._put_number,
            ColumnType.BOOLEAN: self._put_boolean,
        }
        return writers.get(kind, self._put_moment)

    def _put_boolean(self, row: int, place: int, value: bool) -> None:
        self.sheet.write_boolean(row, place, value, self.looks["boolean"])

    def _put_number(self, row: int, place: int, value: float) -> None:
        if math.isfinite(value):
            self.sheet.write_number(row, place, value, self.looks["number"])

    def _put_moment(self, row: int, place: int, value: date) -> None:
        if value.year < _FIRST_YEAR:
            self._put_text(row, place, moment_text(value))
        elif isinstance(value, datetime):
            # Excel has no zones: its clocks show the time in the zone that the column `timezone` names.
            self.sheet.write_datetime(row, place, value.replace(tzinfo=None), self.looks["moment"])
        else:
            self.sheet.write_datetime(row, place, value, self.looks["day"])

    def _put_link(self, row: int, place: int, value: str) -> None:
        if self.links < MAX_LINKS and len(value) <= MAX_ADDRESS and web_url(value) == one_line(value):
            self.links += 1
            self.sheet.write_url(row, place, value, self.looks["link"], string=value)
        else:
            self._put_text(row, place, value)

    def _put_text(self, row: int, place: int, value: str) -> None:
        text, look = _fitting(value)
        if text:
            self.sheet.write_string(row, place, text, self.looks[look])


@lru_cache(maxsize=10_000)
def _fitting(value: str) -> tuple[str, str]:
    """Words on one line, cut where they are longer than a cell, and their look. Excel counts in UTF-16."""
    text = one_line(value)
    units = text.encode("utf-16-le") if len(text) * 2 > MAX_TEXT else b""
    if len(units) > 2 * MAX_TEXT:
        text = units[: 2 * (MAX_TEXT - 1)].decode("utf-16-le", "ignore") + "…"
    return text, "computed" if is_formula(text) else "text"
