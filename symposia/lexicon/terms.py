"""The words of terms.toml: the one list of those that mean a status, a way to attend, a kind of event, or "free"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from symposia.text.patterns import any_phrase
from symposia.text.toml_files import toml_at


@cache
def term_tables() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """All tables of terms.toml, each with its word lists by name, in the order of the file."""
    return toml_at(Path(__file__).with_name("terms.toml"))


@cache
def term_pattern(*lists: tuple[str, str]) -> re.Pattern[str]:
    """Compile a pattern that finds a word of the lists, given as (table, list), whole and in any case."""
    words = sorted({word for table, name in lists for word in term_tables()[table][name]})
    return re.compile(rf"(?<!\w){any_phrase(words)}(?!\w)", re.IGNORECASE)
