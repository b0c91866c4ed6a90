"""TOML files, read within bounds: people edit them, and any of them may be broken or hostile."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

MAX_SIZE = 1_000_000
"""Largest file that is read, in bytes: topics.toml, the longest, has a tenth of it."""
MAX_DOTS = 200
"""Most dots in one line: the time that tomllib takes for a dotted key grows with the square of its parts."""


def toml_at(path: Path) -> dict[str, Any]:
    """Read a TOML file. Raises OSError, and ValueError as `toml_of` does."""
    with path.open("rb") as file:
        return toml_of(file.read(MAX_SIZE + 1))


def toml_of(content: bytes) -> dict[str, Any]:
    """Parse TOML. Raises ValueError, with a message for the file's author, if it is not TOML or exceeds the bounds."""
    if len(content) > MAX_SIZE:
        raise ValueError(f"larger than {MAX_SIZE:,} bytes")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8, at byte {error.start}") from error
    crowded = next(
        (number for number, line in enumerate(text.splitlines(), start=1) if line.count(".") > MAX_DOTS), None
    )
    if crowded:
        raise ValueError(f"line {crowded}: more than {MAX_DOTS} dots")
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise ValueError("too deeply nested") from error
    except ValueError as error:  # TOMLDecodeError, or a number of thousands of digits
        raise ValueError(f"not TOML: {error}") from error
