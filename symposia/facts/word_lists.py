"""The word lists of words.toml, and a scan that tells which of them have a word in a text, before any pattern runs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import ahocorasick

from symposia.lexicon.terms import term_tables
from symposia.text.patterns import any_phrase
from symposia.text.toml_files import toml_at

_TERMS = ("mode", "kind", "free")
"""Tables of the lexicon (symposia/lexicon/terms.toml) whose words mean the same in prose."""
_UNSCANNED = ("stop",)
"""Tables with words in nearly every text, which a scan need not look for."""
_SHORT = 1
"""Letters up to which a word stands in nearly every text, if only as a part of another word."""
_ALIKE = str.maketrans({"’": "'", "‐": "-", "‑": "-", "–": "-", "İ": "i", "ı": "i", "ſ": "s", "\u212a": "k"})
"""Characters that the patterns treat alike, beyond what `str.lower` does: apostrophes, hyphens, case variants."""


@cache
def tables() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """The lists of each table: those of words.toml, and those of the lexicon whose words mean the same in prose."""
    own = toml_at(Path(__file__).with_name("words.toml"))
    terms = {table: {**term_tables()[table]} for table in _TERMS}
    return own | {table: lists | own.get(table, {}) for table, lists in terms.items()}


def list_names(table: str) -> tuple[str, ...]:
    """The names of the lists of a table, in the order of the file."""
    return tuple(tables()[table])


def may_hold(text: str, table: str, *names: str) -> bool:
    """Whether a text may have a word of lists of a table (of any, where none is named). False is certain, True is not.

    Each pattern takes some ten microseconds to find nothing in a description; one scan takes as long for all of them.
    """
    return bool(_lists_in_text(text) & _bits_of_lists(table, *names))


@lru_cache(maxsize=16)
def _lists_in_text(text: str) -> int:
    """The lists with a word in the text, as bits. Cached: one text is asked about many lists in turn."""
    finder, found = _build_finder()
    for _, bits in finder.iter(_flatten(text)):
        found |= bits
    return found


@cache
def _bits_of_lists(table: str, *names: str) -> int:
    bit_of = _bit_by_list()
    return sum(bit_of[table, name] for name in names or list_names(table))


@cache
def _bit_by_list() -> dict[tuple[str, str], int]:
    lists = ((table, name) for table, named in tables().items() if table not in _UNSCANNED for name in named)
    return {table_and_name: 1 << number for number, table_and_name in enumerate(lists)}


@cache
def _build_finder() -> tuple[Any, int]:
    """An automaton for the words of all lists, and the bits of lists with a word too short to look for."""
    bits: dict[str, int] = {}
    always = 0
    for (table, name), bit in _bit_by_list().items():
        for word in tables()[table][name]:
            # A star is any letters: the longest part that is certain is looked for.
            part = max(map(_flatten, word.split("*")), key=len)
            if len(part) > _SHORT or not part.isalpha():
                bits[part] = bits.get(part, 0) | bit
            else:
                always |= bit
    finder = ahocorasick.Automaton()
    for part, lists in bits.items():
        finder.add_word(part, lists)
    finder.make_automaton()
    return finder, always


def _flatten(text: str) -> str:
    """A text in lower case, with one space between words, as `any_of_list` matches it."""
    folded = (text if text.isascii() else text.translate(_ALIKE)).lower()
    return " ".join(folded.replace("-", " ").replace(":", " ").split())


def word_list(table: str, key: str) -> tuple[str, ...]:
    """One list, as it is written."""
    return tuple(tables()[table][key])


@cache
def any_of_list(table: str, *names: str) -> str:
    """The words of lists of a table (of all, where none is named) as one group of a pattern, the longest first."""
    listed = sorted({word for name in names or list_names(table) for word in tables()[table][name]})
    return any_phrase(listed)


@cache
def list_pattern(table: str, *names: str) -> re.Pattern[str]:
    """Finds any word of those lists whole, whatever its case."""
    return re.compile(rf"(?<!\w){any_of_list(table, *names)}(?!\w)", re.IGNORECASE)


def find_words(text: str, table: str, *names: str) -> Iterator[re.Match[str]]:
    """Each match of `list_pattern` in a text."""
    return list_pattern(table, *names).finditer(text) if may_hold(text, table, *names) else iter(())


def find_word(text: str, table: str, *names: str) -> re.Match[str] | None:
    """The first match of `list_pattern` in a text; None where there is none."""
    return list_pattern(table, *names).search(text) if may_hold(text, table, *names) else None
