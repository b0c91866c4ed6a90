"""The words of marks.toml."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from symposia.lexicon.patterns import any_word


@cache
def _tables() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((Path(__file__).parent / "word_lists.toml").read_text(encoding="utf-8"))


def marks(table: str, key: str) -> tuple[str, ...]:
    """The words of one list."""
    return tuple(_tables()[table][key])


@cache
def any_of(table: str, key: str) -> re.Pattern[str]:
    """A pattern that finds one of the words of a list in small letters, as whole words."""
    return re.compile(rf"(?<!\w){any_word(marks(table, key))}(?!\w)")
