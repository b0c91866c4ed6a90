"""The columns of the tables: their order, their types and what they mean, as columns.toml has them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import TypeAlias

Value: TypeAlias = str | bool | int | float | date | datetime | None
"""What a cell holds before it is written as text or as a typed cell; None is an empty one."""
Row: TypeAlias = dict[str, Value]
"""The cells of a row by their columns. A column that is missing is empty."""


class Type(StrEnum):
    """What the cells of a column hold. A `moment` is a day, or an instant; `local` the same as local clocks show it; `utc` in UTC."""

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
    Type.TEXT: 24,
    Type.LIST: 28,
    Type.LINK: 34,
    Type.DAY: 12,
    Type.MOMENT: 17,
    Type.LOCAL: 17,
    Type.UTC: 17,
    Type.NUMBER: 11,
    Type.BOOLEAN: 10,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table. `empty`: what an empty cell means. `width`: in characters, None for the type's own."""

    name: str
    type: Type
    meaning: str
    example: str
    empty: str
    width: int | None = None

    @property
    def wide(self) -> int:
        """How wide it is shown: no narrower than its name with the button of its filter."""
        return max(self.width or _WIDTHS[self.type], len(self.name) + 4)


@cache
def tables() -> dict[str, tuple[Column, ...]]:
    """The columns of each table, by its file's name."""
    found = tomllib.loads(files("calendar_export").joinpath("tables/columns.toml").read_text(encoding="utf-8"))
    return {
        name: tuple(Column(**{**column, "type": Type(column["type"])}) for column in columns)
        for name, columns in found.items()
    }


def dictionary_rows() -> list[Row]:
    """A row for each column of each table, this one's too."""
    return [
        {
            "file": name,
            "column": column.name,
            "type": column.type.value,
            "meaning": column.meaning,
            "example": column.example,
            "empty": column.empty,
        }
        for name, columns in tables().items()
        for column in columns
    ]
