"""The word lists of words.toml, ready to be looked for."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from symposia.lexicon.patterns import any_word


@cache
def patterns(table: str) -> dict[str, re.Pattern[str]]:
    """For each value of a table, a pattern that finds any of its words whole, in casefolded text."""
    lists = tomllib.loads((Path(__file__).parent / "normalize_words.toml").read_text(encoding="utf-8"))[table]
    return {value: re.compile(rf"(?<!\w){any_word(words)}(?!\w)") for value, words in lists.items()}


def find(table: str, text: str | None) -> tuple[str, str] | None:
    """The value whose word stands first in `text`, and that word; None where there is none."""
    if not text:
        return None
    folded = text.casefold()
    hits = [
        (match.start(), value, match[0])
        for value, pattern in patterns(table).items()
        if (match := pattern.search(folded))
    ]
    return min(hits)[1:] if hits else None
