"""The tables as one workbook, events.xlsx, with typed cells: through pandas and XlsxWriter."""

from __future__ import annotations

import io
import logging
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, TypeAlias

import pandas as pd
from xlsxwriter.exceptions import FileCreateError

from calendar_export.source_summary import SourceSummary
from calendar_export.tables.cells import is_formula
from calendar_export.tables.columns import Column, ColumnType, Row, columns_by_table, dictionary_rows
from calendar_export.tables.rows import deadline_rows, event_row, source_row
from calendar_export.text.cleaning import clean_line
from calendar_export.text.urls import web_url
from symposia.errors import ExportError
from symposia.event import Event
from symposia.moments import moment_text

MAX_ROWS = 1_048_576
"""Rows of a sheet, the header included: a limit of Excel, as are the next three."""
MAX_TEXT = 32_767
"""UTF-16 code units of a cell."""
MAX_LINKS = 65_530
"""Links of a sheet."""
MAX_ADDRESS = 2_079
"""Characters of a link's address."""
_CREATED = datetime(2000, 1, 1, tzinfo=UTC)
"""When the workbook says it was made. Fixed, so that the same events give the same bytes."""
_FIRST_YEAR = 1901
"""Excel knows no day before 1900, and counts a 29 February in that year."""

_READ_FIRST = (
    "name", "start", "end", "timezone", "status", "kind", "attendance_mode", "topics", "location", "city", "country", "price",
    "deadlines", "credit", "organizer", "url", "registration_url", "description",
)  # fmt: skip
"""The columns of events.csv that a person reads first; the others follow in their order."""
_LEFT_OUT = frozenset(["start_local", "end_local"])
"""Columns that CSV files need beside `start` and `end`, and typed cells do not."""
_FORMATS: Mapping[str, Mapping[str, Any]] = {
    "header": {"bold": True, "font_color": "#FFFFFF", "bg_color": "#1F4E79", "valign": "vcenter"},
    "text": {"num_format": "@", "text_wrap": True},
    # With quote_prefix, Excel keeps such a text as text when someone edits it.
    "formula": {"num_format": "@", "text_wrap": True, "quote_prefix": True},
    "link": {"font_color": "#0563C1", "underline": 1, "text_wrap": True},
    "day": {"num_format": "yyyy-mm-dd", "align": "left"},
    "moment": {"num_format": "yyyy-mm-dd hh:mm", "align": "left"},
    "number": {"num_format": "General"},
    "boolean": {"align": "left"},
}
_HEADER_HEIGHT = 20
"""Points."""
_ROW_HEIGHT = 30
"""Points: two lines."""
_A4 = 9
"""The number of the paper's size in XlsxWriter."""

_Sheets: TypeAlias = Mapping[str, tuple[Sequence[Column], Sequence[Row]]]
"""The columns and the rows of each sheet, by its name."""
logger = logging.getLogger(__name__)


def workbook_bytes(events: Iterable[Event], now: datetime, sources: Iterable[SourceSummary] = ()) -> bytes:
    """Write events.xlsx: the events, their deadlines that are not past at `now`, the sources, and the data dictionary.

    The same events give the same bytes. What exceeds Excel's limits is cut: texts end in "…", further links become
    plain text, and further rows are left out, which is logged.

    Raises:
        ExportError: There is no room for the temporary files that XlsxWriter needs.
    """
    known = list(events)
    sheets = {
        "Events": (_order_columns(columns_by_table()["events.csv"]), [event_row(event) for event in known]),
        "Deadlines": (columns_by_table()["deadlines.csv"], deadline_rows(known, now)),
        "Sources": (columns_by_table()["sources.csv"], [source_row(source) for source in sources]),
        "Columns": (columns_by_table()["columns.csv"], dictionary_rows()),
    }
    try:
        return _write_workbook(sheets)
    except (OSError, FileCreateError) as error:
        raise ExportError(f"events.xlsx: cannot be written: {error}") from error


class Sheet:
    """One sheet of a workbook, written row by row."""

    def __init__(self, sheet: Any, formats: Mapping[str, Any]) -> None:
        """`sheet` is XlsxWriter's; `formats` are the workbook's own, by the names in `_FORMATS`."""
        self.sheet = sheet
        self.formats = formats
        self.links = 0

    def write(self, name: str, columns: Sequence[Column], rows: Sequence[Row]) -> None:
        """Write the header, and as many rows as a sheet holds; `name` is for the log."""
        if len(rows) >= MAX_ROWS:
            logger.warning("%s: %d rows are more than a sheet holds", name, len(rows))
        kept = rows[: MAX_ROWS - 1]
        self._write_header(columns, len(kept))
        self._set_up_page()
        writers = [(place, column.name, self._writer_of(column.type)) for place, column in enumerate(columns)]
        for number, row in enumerate(kept, start=1):
            self.sheet.set_row(number, _ROW_HEIGHT)
            for place, column, write in writers:
                if (value := row.get(column)) is not None:
                    write(number, place, value)

    def _write_header(self, columns: Sequence[Column], rows: int) -> None:
        self.sheet.set_row(0, _HEADER_HEIGHT)
        for place, column in enumerate(columns):
            self.sheet.set_column(place, place, column.display_width)
            self.sheet.write_string(0, place, column.name, self.formats["header"])
        self.sheet.freeze_panes(1, 1)
        self.sheet.autofilter(0, 0, rows, len(columns) - 1)

    def _set_up_page(self) -> None:
        # A name of digits is a name: Excel shall not offer to make it a number.
        self.sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        self.sheet.set_landscape()
        self.sheet.set_paper(_A4)
        self.sheet.repeat_rows(0)

    def _writer_of(self, kind: ColumnType) -> Callable[[int, int, Any], None]:
        writers: dict[ColumnType, Callable[[int, int, Any], None]] = {
            ColumnType.TEXT: self._write_text,
            ColumnType.LIST: self._write_text,
            ColumnType.LINK: self._write_link,
            ColumnType.NUMBER: self._write_number,
            ColumnType.BOOLEAN: self._write_boolean,
        }
        return writers.get(kind, self._write_moment)

    def _write_boolean(self, row: int, place: int, value: bool) -> None:
        self.sheet.write_boolean(row, place, value, self.formats["boolean"])

    def _write_number(self, row: int, place: int, value: float) -> None:
        if math.isfinite(value):
            self.sheet.write_number(row, place, value, self.formats["number"])

    def _write_moment(self, row: int, place: int, value: date) -> None:
        if value.year < _FIRST_YEAR:
            self._write_text(row, place, moment_text(value))
        elif isinstance(value, datetime):
            # Excel has no time zones: its cells show the clocks of the zone that the column `timezone` names.
            self.sheet.write_datetime(row, place, value.replace(tzinfo=None), self.formats["moment"])
        else:
            self.sheet.write_datetime(row, place, value, self.formats["day"])

    def _write_link(self, row: int, place: int, value: str) -> None:
        if self.links < MAX_LINKS and len(value) <= MAX_ADDRESS and web_url(value) == clean_line(value):
            self.links += 1
            self.sheet.write_url(row, place, value, self.formats["link"], string=value)
        else:
            self._write_text(row, place, value)

    def _write_text(self, row: int, place: int, value: str) -> None:
        text, format_name = _fit_cell(value)
        if text:
            self.sheet.write_string(row, place, text, self.formats[format_name])


def _order_columns(columns: Sequence[Column]) -> list[Column]:
    order = {name: place for place, name in enumerate(_READ_FIRST)}
    kept = [column for column in columns if column.name not in _LEFT_OUT]
    return sorted(kept, key=lambda column: order.get(column.name, len(order)))


def _write_workbook(sheets: _Sheets) -> bytes:
    buffer = io.BytesIO()
    # Rows are written as they come: pandas' own to_excel takes three times as long and knows no links.
    with pd.ExcelWriter(buffer, engine="xlsxwriter", engine_kwargs={"options": {"constant_memory": True}}) as writer:
        _fill_workbook(writer.book, sheets)
    return buffer.getvalue()


def _fill_workbook(book: Any, sheets: _Sheets) -> None:
    created = _CREATED.replace(tzinfo=None)
    book.set_properties({"title": "Events for educators", "author": "Symposia", "created": created})
    formats = {name: book.add_format({"valign": "top", **look}) for name, look in _FORMATS.items()}
    for name, (columns, rows) in sheets.items():
        Sheet(book.add_worksheet(name), formats).write(name, columns, rows)


@lru_cache(maxsize=10_000)
def _fit_cell(value: str) -> tuple[str, str]:
    """A text on one line, cut where a cell ends, and the name of its format. Words of sources often repeat."""
    text = clean_line(value)
    units = text.encode("utf-16-le") if len(text) * 2 > MAX_TEXT else b""
    if len(units) > 2 * MAX_TEXT:
        text = units[: 2 * (MAX_TEXT - 1)].decode("utf-16-le", "ignore") + "…"
    return text, "formula" if is_formula(text) else "text"
