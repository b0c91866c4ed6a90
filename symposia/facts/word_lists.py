"""The word lists of words.toml, and which of them a text may have a word of: one scan for all, as a text has words of few."""

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
"""Tables whose words nearly every text has."""
_SHORT = 1
"""Letters of a word that stands in nearly every text, be it within another."""
_ALIKE = str.maketrans({"’": "'", "‐": "-", "‑": "-", "–": "-", "İ": "i", "ı": "i", "ſ": "s", "\u212a": "k"})
"""What patterns take for one another, and for a letter where they ignore case, beside what `lower` knows."""


@cache
def tables() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """The lists of each table: those of words.toml, and of the lexicon those that prose is read by."""
    own = toml_at(Path(__file__).with_name("words.toml"))
    terms = {table: {**term_tables()[table]} for table in _TERMS}
    return own | {table: lists | own.get(table, {}) for table, lists in terms.items()}


def list_names(table: str) -> tuple[str, ...]:
    """The names of the lists of a table, in the order of the file."""
    return tuple(tables()[table])


def may_hold(text: str, table: str, *names: str) -> bool:
    """Whether a text may have a word of lists of a table (of any, where none is named). False is certain, True is not.

    A pattern takes some ten microseconds to find nothing in a description; this takes as long once, for all patterns.
    """
    return bool(_lists_in_text(text) & _bits_of_lists(table, *names))


@lru_cache(maxsize=16)
def _lists_in_text(text: str) -> int:
    """The lists, a bit each. The texts of one event are asked for many lists in turn."""
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
    """What finds the words of all lists, and the lists with a word so short that it is not looked for."""
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
    """A text in small letters, whatever stands between words a space, as `any_of_list` matches it."""
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
    """Each word of those lists in a text, as `pattern` finds them."""
    return list_pattern(table, *names).finditer(text) if may_hold(text, table, *names) else iter(())


def find_word(text: str, table: str, *names: str) -> re.Match[str] | None:
    """The first word of those lists in a text, as `pattern` finds it."""
    return list_pattern(table, *names).search(text) if may_hold(text, table, *names) else None
