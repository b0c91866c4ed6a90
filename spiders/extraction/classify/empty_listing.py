"""A listing that says in words that it lists nothing: "There are currently no upcoming events"."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
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
_SURE = 3
"""How surely a noun means events, at most."""
_sentence_end = re.compile(r"(?<=[.!?…])\s+")
_word = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Language:
    """How one language says that there is none."""

    none: tuple[Words, ...]
    known: frozenset[str]
    """What may follow the noun."""
    closing: frozenset[str]
    """What makes a statement of it: "upcoming", "scheduled", "found"."""
    nouns: frozenset[str]
    weak: frozenset[str]
    """Nouns that mean the listing only in a statement: "no classes scheduled"."""
    things: frozenset[str]
    """Nouns that may be of anything: "results"."""
    endings: tuple[str, ...]
    """Of nouns in languages that write compounds as one word."""
    never: frozenset[str]
    not_before: frozenset[str]
    not_between: frozenset[str]


class _Data(NamedTuple):
    """What emptiness.toml says."""

    lines: frozenset[Words]
    by_first: Mapping[str, tuple[_Language, ...]]


def says_it_is_empty(page: Page) -> bool:
    """Whether the page says, where a reader looks for events, that there are none.

    False for a page that is no HTML, for one that says nothing of it, and where only its menus, its footer or its hidden
    parts do, or where it is said of something else: comments, a cart, past events.
    """
    return any(_says_none(line.text) for line in main_lines(page.visible))


def _says_none(text: str) -> bool:
    """Whether a line says that there are no events."""
    line = _words(text)
    if not line or line in _data().lines:
        return bool(line)
    sentences = (_words(sentence) for sentence in _sentence_end.split(text))
    return any(_is_none(words) for words in sentences if len(words) <= _MAX_WORDS)


def _is_none(words: Words) -> bool:
    if words in _data().lines:
        return True
    return any(
        _none_at(language, words, number)
        for number in range(len(words))
        for language in _data().by_first.get(words[number], ())
    )


def _none_at(language: _Language, words: Words, start: int) -> bool:
    """Whether the words from `start` on say in that language that there are none: "no" "upcoming" "events" "at this time"."""
    begin = next((none for none in language.none if words[start : start + len(none)] == none), None)
    if begin is None or not language.never.isdisjoint(words) or (start and words[start - 1] in language.not_before):
        return False
    noun = start + len(begin)
    while noun < len(words) and _strength(language, words[noun]) == 0:
        if noun - start > _MAX_BETWEEN or words[noun] in language.not_between:
            return False
        noun += 1
    if noun == len(words):
        return False
    return _ends(language, words[:noun], words[noun:])


def _ends(language: _Language, before: Words, rest: Words) -> bool:
    """Whether the noun that `rest` begins with, and what follows, make a statement about the whole listing."""
    strength = max(_strength(language, word) for word in rest[:2])
    number = 0
    while number < len(rest) and (rest[number] in language.known or _strength(language, rest[number])):
        number += 1
    closed = not language.closing.isdisjoint((*before, *rest[:number]))
    tail = len(rest) - number
    return (closed and tail <= (_MAX_TAIL if strength > 1 else 0)) or (strength == _SURE and not tail)


def _strength(language: _Language, word: str) -> int:
    """How surely a word means events: 3 for one that means nothing else, 0 for one that does not."""
    for strength, nouns in enumerate((language.things, language.weak, language.nouns), 1):
        if word in nouns or (strength == _SURE and word.endswith(language.endings)):
            return strength
    return 0


def _words(text: str) -> Words:
    return tuple(_word.findall(text.casefold()))


@cache
def _data() -> _Data:
    data = tomllib.loads((Path(__file__).parent / "empty_listing.toml").read_text(encoding="utf-8"))
    languages = [_language(table) for table in data["language"].values()]
    by_first: dict[str, tuple[_Language, ...]] = {}
    for language in languages:
        for word in {none[0] for none in language.none}:
            by_first[word] = (*by_first.get(word, ()), language)
    return _Data(
        lines=frozenset(_words(line) for table in data["language"].values() for line in table["lines"]),
        by_first=by_first,
    )


def _language(table: Mapping[str, list[str]]) -> _Language:
    words = {key: frozenset(table.get(key, ())) for key in ("between", "after", "closing", "things", "weak", "nouns")}
    return _Language(
        none=tuple(sorted(map(_words, table["none"]), key=len, reverse=True)),
        known=words["between"] | words["after"] | words["closing"],
        closing=words["closing"],
        things=words["things"],
        weak=words["weak"],
        nouns=words["nouns"],
        endings=tuple(table.get("endings", ())),
        never=frozenset(table["never"]),
        not_before=frozenset(table.get("not_before", ())),
        not_between=frozenset(table.get("not_between", ())),
    )
