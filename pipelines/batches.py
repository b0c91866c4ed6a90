"""Values in batches: as many as fit in one SQL statement, or are worked on before others get a turn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

Value = TypeVar("Value")

BATCH_SIZE = 400
"""Values in one SQL IN: SQLite takes 32,766, and 999 before version 3.32 (sqlite.org/limits.html); a posting has two."""


def batched(values: Iterable[Value], size: int = BATCH_SIZE) -> Iterator[list[Value]]:
    """Split values into lists of at most `size`.

    >>> list(batched("abc", 2))
    [['a', 'b'], ['c']]
    """
    rest = iter(values)
    while batch := list(islice(rest, size)):
        yield batch
