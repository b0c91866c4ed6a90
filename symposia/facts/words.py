"""The word lists of words.toml, ready to be looked for in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Generic, TypeVar

from symposia.facts.lists import keys, may_say, tables
from symposia.lexicon.patterns import any_phrase

T = TypeVar("T")

_clause_end = re.compile(r"[.!?;•|](?=[\s*]|$)|\n")
_sentence_end = re.compile(r"[.!?•|](?=[\s*]|$)|\n\s*\n|\n(?=\s*[-*#•+])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(Generic[T]):
    """A fact, and the words of the text that say so."""

    value: T
    words: str


def words_of(table: str, key: str) -> tuple[str, ...]:
    """One list, as it is written."""
    return tuple(tables()[table][key])


@cache
def alternatives(table: str, *names: str) -> str:
    """The words of lists of a table (of all, where none is named) as one group of a pattern, the longest first."""
    listed = sorted({word for name in names or keys(table) for word in tables()[table][name]})
    return any_phrase(listed)


@cache
def pattern(table: str, *names: str) -> re.Pattern[str]:
    """Finds any word of those lists whole, whatever its case."""
    return re.compile(rf"(?<!\w){alternatives(table, *names)}(?!\w)", re.IGNORECASE)


def words_in(text: str, table: str, *names: str) -> Iterator[re.Match[str]]:
    """Each word of those lists in a text, as `pattern` finds them."""
    return pattern(table, *names).finditer(text) if may_say(text, table, *names) else iter(())


def word_in(text: str, table: str, *names: str) -> re.Match[str] | None:
    """The first word of those lists in a text, as `pattern` finds it."""
    return pattern(table, *names).search(text) if may_say(text, table, *names) else None


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
