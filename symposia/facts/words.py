"""The word lists of words.toml, ready to be looked for in running text."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Generic, TypeAlias, TypeVar

T = TypeVar("T")
_Tree: TypeAlias = "dict[str, _Tree]"

_clause_end = re.compile(r"[.!?;•|](?=[\s*]|$)|\n")
_sentence_end = re.compile(r"[.!?•|](?=[\s*]|$)|\n\s*\n|\n(?=\s*[-*#•+])")
_MORE = r"\w{0,30}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(Generic[T]):
    """A fact, and the words of the text that say so."""

    value: T
    words: str


@cache
def _tables() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


def keys(table: str) -> tuple[str, ...]:
    """The names of the lists of a table, in the order of the file."""
    return tuple(_tables()[table])


def words_of(table: str, key: str) -> tuple[str, ...]:
    """One list, as it is written."""
    return tuple(_tables()[table][key])


@cache
def alternatives(table: str, *names: str) -> str:
    """The words of lists of a table (of all, where none is named) as one group of a pattern, the longest first.

    Words that begin alike share their beginning: many times faster than one after the other.
    """
    listed = {word for name in names or keys(table) for word in _tables()[table][name]}
    tree: _Tree = {}
    for word in sorted(listed):
        node = tree
        for unit in _units(word):
            node = node.setdefault(unit, {})
        node[""] = {}
    return _grouped(tree)


@cache
def pattern(table: str, *names: str) -> re.Pattern[str]:
    """Finds any word of those lists whole, whatever its case."""
    return re.compile(rf"(?<!\w){alternatives(table, *names)}(?!\w)", re.IGNORECASE)


def clause(text: str, start: int, end: int, reach: int = 100) -> tuple[str, str]:
    """What stands before and after a place in its clause, at most `reach` characters of each."""
    return _around(_clause_end, text, start, end, reach)


def sentence(text: str, start: int, end: int, reach: int = 200) -> tuple[str, str]:
    """What stands before and after a place in its sentence, at most `reach` characters of each."""
    return _around(_sentence_end, text, start, end, reach)


def shown(text: str, start: int, end: int, more: int = 40) -> str:
    """The words at a place with some of their clause, on one line: evidence for a reader."""
    before, after = clause(text, start, end, more)
    first, last = before.split(" ", 1), after.rsplit(" ", 1)
    before = before if len(before) < more or len(first) < 2 else first[1]
    after = after if len(after) < more or len(last) < 2 else last[0]
    return " ".join(f"{before}{text[start:end]}{after}".split()).strip(" *#|-:,;")


def _around(stop: re.Pattern[str], text: str, start: int, end: int, reach: int) -> tuple[str, str]:
    low = max(0, start - reach)
    begin = max([low, *(match.end() for match in stop.finditer(text, low, start))])
    found = stop.search(text, end, end + reach)
    return text[begin:start], text[end : found.start() if found else end + reach]


def _units(word: str) -> list[str]:
    """The characters of a word as patterns: a space is any space, hyphen or colon, a star more letters."""
    special = {" ": r"[\s\-‐‑–:]{1,2}", "'": "['’]", "*": _MORE}
    return [special.get(character) or re.escape(character) for character in word]


def _grouped(tree: _Tree) -> str:
    """A tree of beginnings as a pattern, which prefers the longer words."""
    branches = [unit + _grouped(rest) for unit, rest in tree.items() if unit]
    if not branches:
        return ""
    group = f"(?:{'|'.join(branches)})"
    return f"{group}?" if "" in tree else group
