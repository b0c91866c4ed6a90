"""What a name says: the words that tell an event from others, its years and numbers, what it is called."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from pipelines.linkage.word_lists import word_lists
from symposia.text.folding import _run, fold, words_of

_short_year = re.compile(r"['’‘](\d\d)(?!\d)")
_at = re.compile(r"\s(?:at|bei|beim)\s", re.IGNORECASE)
_MOST_WORDS = 40
"""Telling words of a name that count: what is longer is no name, and would take long to compare."""
_YEARS = range(1990, 2100)
_ROMAN = {"ii": 2, "iii": 3, "iv": 4, "vi": 6, "vii": 7, "viii": 8, "ix": 9}


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A name, read.

    `words`: its telling words in order, folded, words of one meaning under one form ("Konferenz" as "conference"); no
    numbers. `joined`: each two neighbours as one word, and which they are. `spelt`: `words` as the name has them,
    folded. `initials`: the first letter of each. `capitals`: words in capitals alone, as acronyms are. `plain`: `words`
    sorted, for equality; `compact`: in order, without spaces. `head`: of a name "A at B", the words of A.
    """

    words: tuple[str, ...]
    spelt: tuple[str, ...]
    bag: frozenset[str]
    joined: dict[str, tuple[str, str]]
    plain: str
    compact: str
    initials: str
    capitals: frozenset[str]
    years: frozenset[int]
    numbers: frozenset[int]
    head: frozenset[str]


@lru_cache(maxsize=8_192)
def read_title(name: str) -> Title:
    """What `name` says. Never fails: a name without any letter has no words."""
    found = words_of(_spelled(fold(name.replace("'s", "s").replace("’s", "s"))))
    years = {int(word) for word in found if len(word) == 4 and word.isdecimal() and int(word) in _YEARS}
    years |= {2000 + int(short) for short in _short_year.findall(name)}
    spelt = tuple(word for word in found if weight_of(word) > 0 and not word.isdecimal())[:_MOST_WORDS]
    words = tuple(_canonical().get(word, word) for word in spelt)
    return Title(
        words=words,
        spelt=spelt,
        bag=frozenset(words),
        joined={one + other: (one, other) for one, other in pairwise(words)},
        plain=" ".join(sorted(set(words))),
        compact="".join(words),
        initials="".join(word[0] for word in spelt),
        capitals=_capitals(name),
        years=frozenset(years),
        numbers=frozenset(_numbers(found, years)),
        head=_head(name),
    )


@cache
def weight_of(word: str) -> float:
    """How much a word tells of which event it is: 1 for a name of its own, 0 for an article."""
    return _weights().get(word, 1.0)


def weigh(words: Iterable[str]) -> float:
    """How much several words tell together."""
    return sum(weight_of(word) for word in words)


def _spelled(text: str) -> str:
    for spelling, short in word_lists()["spellings"].items():
        if spelling in text:
            text = text.replace(spelling, short)
    return text


def _numbers(found: list[str], years: set[int]) -> Iterable[int]:
    """The numbers that are no year: of the edition, or of a part."""
    yield from (
        int(word) for word in found if word.isdecimal() and len(word) < 7 and not {int(word), 2000 + int(word)} & years
    )
    yield from (_ROMAN[word] for word in found if word in _ROMAN)


def _head(name: str) -> frozenset[str]:
    """The telling words before the first "at" or "@"; none where there is none, or nothing on one side of it."""
    before, at, after = _at.sub("@", name, count=1).partition("@")
    words = frozenset(_canonical().get(word, word) for word in words_of(before) if weight_of(word) > 0)
    return words if at and after.strip() else frozenset()


def _capitals(name: str) -> frozenset[str]:
    return frozenset(fold(word) for word in _run.findall(name) if len(word) >= 3 and word.isupper())


@cache
def _canonical() -> dict[str, str]:
    return {word: kind for kind, words in word_lists()["kinds"].items() for word in words}


@cache
def _weights() -> dict[str, float]:
    lists = word_lists()["words"]
    kinds = dict.fromkeys(_canonical(), lists["kinds"]["weight"])
    classes = [dict.fromkeys(lists[name]["words"], lists[name]["weight"]) for name in ("wide", "filler", "nothing")]
    return classes[0] | kinds | classes[1] | classes[2]


@cache
def kinds_beside(size: str) -> frozenset[str]:
    """The kinds of gathering that stand beside a larger one ("small"), or that others stand beside ("large")."""
    return frozenset(word_lists()["beside"][size])


@cache
def generic_words() -> frozenset[str]:
    """Words of names that many give to their events, though they tell something: "office", "board", "story"."""
    return frozenset(word_lists()["generic"]["words"])
