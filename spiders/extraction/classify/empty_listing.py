"""Empty listings: a page that says in words that it lists nothing. "There are currently no upcoming events"."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple, TypeAlias

from spiders.extraction.dom.visible_lines import main_lines
from spiders.extraction.page import Page

Words: TypeAlias = tuple[str, ...]
_MAX_WORDS = 60
"""Words of a sentence that may say that nothing is on."""
_MAX_BETWEEN = 7
"""Words between "no" and "events"."""
_MAX_TAIL = 10
"""Words after "no events scheduled"."""
_THING, _WEAK, _SURE = 1, 2, 3
"""How surely a noun means events: "results" may be of anything, "classes" mean the listing in a statement, "events" always."""
_sentence_end = re.compile(r"(?<=[.!?…])\s+")
_word = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Language:
    """How one language says that there is nothing; the lists are explained in empty_listing.toml.

    Attributes:
        none: What begins the statement, the longest first.
        known: What may follow the noun.
        nouns: By how surely they mean events.
        endings: Of compounds that are nouns of the surest kind.
    """

    none: tuple[Words, ...]
    known: frozenset[str]
    closing: frozenset[str]
    nouns: Mapping[int, frozenset[str]]
    endings: tuple[str, ...]
    never: frozenset[str]
    not_before: frozenset[str]
    not_between: frozenset[str]


class _Vocabulary(NamedTuple):
    """Whole lines that say it by themselves, and the languages by the words that a statement begins with."""

    lines: frozenset[Words]
    by_first_word: Mapping[str, tuple[_Language, ...]]


def says_it_is_empty(page: Page) -> bool:
    """Whether a page says, where its reader looks for events, that there are none.

    False where only menus, footers or hidden parts say so, and where it is said of something else: comments, a cart, past
    events.
    """
    return any(_line_says_it(line.text) for line in main_lines(page.visible))


def _line_says_it(text: str) -> bool:
    words = _split(text)
    if not words:
        return False
    if words in _load_vocabulary().lines:
        return True
    sentences = map(_split, _sentence_end.split(text))
    return any(_sentence_says_it(sentence) for sentence in sentences if len(sentence) <= _MAX_WORDS)


def _sentence_says_it(words: Words) -> bool:
    vocabulary = _load_vocabulary()
    return words in vocabulary.lines or any(
        _says_it_from(language, words, start)
        for start, word in enumerate(words)
        for language in vocabulary.by_first_word.get(word, ())
    )


def _says_it_from(language: _Language, words: Words, start: int) -> bool:
    """Whether the words from `start` on say in a language that there is nothing: "no" "upcoming" "events" "at this time"."""
    none = next((none for none in language.none if words[start : start + len(none)] == none), None)
    is_other = not language.never.isdisjoint(words) or (start > 0 and words[start - 1] in language.not_before)
    if none is None or is_other:
        return False
    noun = start + len(none)
    while noun < len(words) and not _sureness(language, words[noun]):
        if noun - start > _MAX_BETWEEN or words[noun] in language.not_between:
            return False
        noun += 1
    return noun < len(words) and _is_statement(language, words[:noun], words[noun:])


def _is_statement(language: _Language, before: Words, rest: Words) -> bool:
    """Whether the noun that `rest` begins with, and what follows it, make a statement about the whole listing."""
    sureness = max(_sureness(language, word) for word in rest[:2])
    number = 0
    while number < len(rest) and (rest[number] in language.known or _sureness(language, rest[number])):
        number += 1
    is_closed = not language.closing.isdisjoint((*before, *rest[:number]))
    tail = len(rest) - number
    return (is_closed and tail <= (_MAX_TAIL if sureness > _THING else 0)) or (sureness == _SURE and not tail)


def _sureness(language: _Language, word: str) -> int:
    """How surely a word means events; 0 for one that does not."""
    for sureness, nouns in language.nouns.items():
        if word in nouns:
            return sureness
    return _SURE if word.endswith(language.endings) else 0


def _split(text: str) -> Words:
    return tuple(_word.findall(text.casefold()))


@cache
def _load_vocabulary() -> _Vocabulary:
    text = (Path(__file__).parent / "empty_listing.toml").read_text(encoding="utf-8")
    tables: Sequence[Mapping[str, list[str]]] = list(tomllib.loads(text)["language"].values())
    by_first_word: dict[str, tuple[_Language, ...]] = {}
    for language in map(_build_language, tables):
        for word in {none[0] for none in language.none}:
            by_first_word[word] = (*by_first_word.get(word, ()), language)
    lines = frozenset(_split(line) for table in tables for line in table["lines"])
    return _Vocabulary(lines=lines, by_first_word=by_first_word)


def _build_language(table: Mapping[str, list[str]]) -> _Language:
    closing = frozenset(table.get("closing", ()))
    return _Language(
        none=tuple(sorted(map(_split, table["none"]), key=len, reverse=True)),
        known=closing.union(table.get("between", ()), table.get("after", ())),
        closing=closing,
        nouns={
            _THING: frozenset(table.get("things", ())),
            _WEAK: frozenset(table.get("weak", ())),
            _SURE: frozenset(table.get("nouns", ())),
        },
        endings=tuple(table.get("endings", ())),
        never=frozenset(table["never"]),
        not_before=frozenset(table.get("not_before", ())),
        not_between=frozenset(table.get("not_between", ())),
    )
