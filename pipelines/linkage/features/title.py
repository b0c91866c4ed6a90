"""The features of a name: the words that tell an event from others, its years and its numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from symposia.text.folding import fold, words_of
from symposia.text.toml_files import toml_at

_MAX_WORDS = 40
"""Words of a name that count: a longer text is no name, and takes long to compare."""
_YEARS = range(1990, 2100)
"""Numbers of four digits that count as years; names of events seldom hold others."""
_ROMAN = {"ii": 2, "iii": 3, "iv": 4, "vi": 6, "vii": 7, "viii": 8, "ix": 9}
"""Roman numerals; "i", "v" and "x" are left out, as they are words or letters more often."""
_MAX_DIGITS = 6
"""Digits of an edition's or a part's number: what is longer is an id."""
_MIN_CAPITALS = 3
"""Fewest letters of an acronym: "UK" and the like are none."""

_short_year = re.compile(r"['’‘](\d\d)(?!\d)")
_at = re.compile(r"\s(?:at|bei|beim)\s", re.IGNORECASE)
_letters = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleFeatures:
    """A name, read for comparing.

    Attributes:
        words: Its words in order, folded, in one form for one meaning ("Konferenz" as "conference"); no articles and the
            like, and no numbers.
        as_written: The same words, folded, as the name has them.
        word_set: The same words, whatever their order.
        compounds: Each two neighbours written as one word, and which two they are.
        sorted_words: The words in alphabetical order as one text: two names of the same words are equal in it.
        compact: The words in order, without spaces.
        initials: The first letter of each word as it is written.
        acronyms: Words that are written in capitals alone, folded.
        years: Years that it names, "'27" as 2027.
        numbers: Its other numbers: of an edition, or of a part.
        before_at: Of a name "A at B", the words of A; else none.
    """

    words: tuple[str, ...]
    as_written: tuple[str, ...]
    word_set: frozenset[str]
    compounds: dict[str, tuple[str, str]]
    sorted_words: str
    compact: str
    initials: str
    acronyms: frozenset[str]
    years: frozenset[int]
    numbers: frozenset[int]
    before_at: frozenset[str]


@lru_cache(maxsize=8_192)
def read_title(name: str) -> TitleFeatures:
    """Read a name. A name without letters has no words.

    >>> title = read_title("12th Konferenz on School Libraries '27")
    >>> title.words, title.years, title.numbers
    (('conference', 'school', 'libraries'), frozenset({2027}), frozenset({12}))
    """
    found = words_of(_respell(fold(name.replace("'s", "s").replace("’s", "s"))))
    years = {int(word) for word in found if len(word) == 4 and word.isdecimal() and int(word) in _YEARS}
    years |= {2000 + int(digits) for digits in _short_year.findall(name)}
    as_written = tuple(word for word in found if weight_of(word) > 0 and not word.isdecimal())[:_MAX_WORDS]
    words = tuple(_form_by_word().get(word, word) for word in as_written)
    return TitleFeatures(
        words=words,
        as_written=as_written,
        word_set=frozenset(words),
        compounds={first + second: (first, second) for first, second in pairwise(words)},
        sorted_words=" ".join(sorted(set(words))),
        compact="".join(words),
        initials="".join(word[0] for word in as_written),
        acronyms=_read_acronyms(name),
        years=frozenset(years),
        numbers=frozenset(_read_numbers(found, years)),
        before_at=_read_before_at(name),
    )


@cache
def weight_of(word: str) -> float:
    """How much a word tells about which event is meant: 1 for a distinctive word, 0 for an article.

    >>> weight_of("makerspaces"), weight_of("education"), weight_of("conference"), weight_of("the")
    (1.0, 0.5, 0.25, 0.0)
    """
    return _weight_by_word().get(word, 1.0)


def total_weight(words: Iterable[str]) -> float:
    """How much several words tell together."""
    return sum(weight_of(word) for word in words)


def _respell(text: str) -> str:
    for spelling, short in _load_word_lists()["spellings"].items():
        if spelling in text:
            text = text.replace(spelling, short)
    return text


def _read_numbers(words: list[str], years: set[int]) -> Iterable[int]:
    """The numbers that are no year, nor the last two digits of one."""
    for word in words:
        if word in _ROMAN:
            yield _ROMAN[word]
        elif word.isdecimal() and len(word) <= _MAX_DIGITS and not {int(word), 2000 + int(word)} & years:
            yield int(word)


def _read_before_at(name: str) -> frozenset[str]:
    """The words before the first "at" or "@"; none where there is none, or nothing on one side of it."""
    before, at, after = _at.sub("@", name, count=1).partition("@")
    words = frozenset(_form_by_word().get(word, word) for word in words_of(before) if weight_of(word) > 0)
    return words if at and after.strip() else frozenset()


def _read_acronyms(name: str) -> frozenset[str]:
    return frozenset(fold(word) for word in _letters.findall(name) if len(word) >= _MIN_CAPITALS and word.isupper())


@cache
def kinds_beside(size: str) -> frozenset[str]:
    """Words for gatherings that are held as part of a larger one ("small"), or for such larger ones ("large")."""
    return frozenset(_load_word_lists()["beside"][size])


@cache
def generic_words() -> frozenset[str]:
    """Words of names that many organisers give to their events: "office", "board", "story"."""
    return frozenset(_load_word_lists()["generic"]["words"])


@cache
def _form_by_word() -> Mapping[str, str]:
    """The form in which a word is compared, for those that have another of the same meaning."""
    return {word: kind for kind, words in _load_word_lists()["kinds"].items() for word in words}


@cache
def _weight_by_word() -> Mapping[str, float]:
    lists = _load_word_lists()["words"]
    of_class = {
        name: dict.fromkeys(lists[name]["words"], lists[name]["weight"]) for name in ("wide", "filler", "nothing")
    }
    kinds = dict.fromkeys(_form_by_word(), lists["kinds"]["weight"])
    # A word of two lists has the weight of the later one.
    return of_class["wide"] | kinds | of_class["filler"] | of_class["nothing"]


@cache
def _load_word_lists() -> dict[str, dict[str, Any]]:
    return toml_at(Path(__file__).with_suffix(".toml"))
