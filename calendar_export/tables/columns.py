"""The columns of the tables, as columns.toml has them: their order, their types and what they mean."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TypeAlias

from symposia.text.toml_files import toml_at

Value: TypeAlias = str | bool | int | float | date | datetime | None
"""What a cell holds before it is written; None is an empty cell."""
Row: TypeAlias = dict[str, Value]
"""The values of a row by their columns; a column that is missing is empty."""
_FILTER_BUTTON = 4
"""Characters that the button of Excel's filter covers beside the name of a column."""


class ColumnType(StrEnum):
    """What the cells of a column hold.

    `moment` is a day or a time with its offset from UTC; `local` the same without the offset; `utc` a time in UTC.
    """

    TEXT = "text"
    LIST = "list"
    LINK = "link"
    DAY = "day"
    MOMENT = "moment"
    LOCAL = "local"
    UTC = "utc"
    NUMBER = "number"
    BOOLEAN = "boolean"


_WIDTHS = {
    ColumnType.TEXT: 24,
    ColumnType.LIST: 28,
    ColumnType.LINK: 34,
    ColumnType.DAY: 12,
    ColumnType.MOMENT: 17,
    ColumnType.LOCAL: 17,
    ColumnType.UTC: 17,
    ColumnType.NUMBER: 11,
    ColumnType.BOOLEAN: 10,
}
"""The width of a column in the workbook, in characters: that of a typical value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table. `empty`: what an empty cell means. `width`: in characters; None for the type's own."""

    name: str
    type: ColumnType
    meaning: str
    example: str
    empty: str
    width: int | None = None

    @property
    def display_width(self) -> int:
        """Its width in the workbook, in characters: at least that of its name and the filter's button."""
        return max(self.width or _WIDTHS[self.type], len(self.name) + _FILTER_BUTTON)


@cache
def columns_by_table() -> dict[str, tuple[Column, ...]]:
    """The columns of each table, by the name of its file."""
    tables = toml_at(Path(__file__).with_name("columns.toml"))
    return {
        name: tuple(Column(**{**column, "type": ColumnType(column["type"])}) for column in columns)
        for name, columns in tables.items()
    }


def dictionary_rows() -> list[Row]:
    """The rows of the data dictionary: one for each column of each table, its own included."""
    return [
        {
            "file": name,
            "column": column.name,
            "type": column.type.value,
            "meaning": column.meaning,
            "example": column.example,
            "empty": column.empty,
        }
        for name, columns in columns_by_table().items()
        for column in columns
    ]
