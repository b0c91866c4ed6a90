"""The word lists of word_lists.toml: what pages say of themselves, in the languages of the sources."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from symposia.text.patterns import any_word
from symposia.text.toml_files import toml_at


@cache
def _load_tables() -> Mapping[str, Mapping[str, Sequence[str]]]:
    return toml_at(Path(__file__).with_name("word_lists.toml"))


def word_list(table: str, name: str) -> tuple[str, ...]:
    """One list, its words casefolded and in the order of the file.

    >>> word_list("names", "news")[:2]
    ('news', 'latest')
    """
    return tuple(_load_tables()[table][name])


@cache
def word_pattern(table: str, name: str) -> re.Pattern[str]:
    """Compile a pattern that finds any word of a list, whole, in casefolded text."""
    return re.compile(rf"(?<!\w){any_word(word_list(table, name))}(?!\w)")
