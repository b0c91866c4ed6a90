"""What two names share: words in any order, written together or apart, short for each other, misspelt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from pipelines.linkage.features.title import Title, weigh, weight_of

_MISSPELT = 86
"""rapidfuzz's ratio (0 to 100) from which two long words are one word."""
_LONG = 5
_STEM = 4
"""Letters from which the beginning of a word may stand for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """What two names share, and what each has alone, as weights; words for places are in none of these.

    `shared`: words in both. `left`: of the name that has less of its own, what it has alone; `more`: of the other.
    `acronym`: whether one name has the initials of the other's words. `places`: words for places that each has alone.
    """

    shared: float
    left: float
    more: float
    acronym: bool
    places: tuple[frozenset[str], frozenset[str]]


def overlap(a: Title, b: Title, places: frozenset[str]) -> Overlap:
    """What two names share. `places`: words that in these names are a place's."""
    shared, one, other = a.bag & b.bag, set(a.bag - b.bag), set(b.bag - a.bag)
    found = weigh(shared - places)
    acronym = False
    if (one and other) or not shared:
        found += _joined(a, one, other) + _joined(b, other, one)
        took = _short_for(a, b, one, other) or _short_for(b, a, other, one)
        acronym = took > 0
        found += took + _alike(one - places, other - places, one, other)
    left, more = sorted((weigh(one - places), weigh(other - places)))
    return Overlap(
        shared=found,
        left=left,
        more=more,
        acronym=acronym,
        places=(frozenset(one & places), frozenset(other & places)),
    )


def _joined(title: Title, mine: set[str], theirs: set[str]) -> float:
    """Two words of one name that the other writes as one; both are taken from what each has alone."""
    took = 0.0
    for word in sorted(theirs & title.joined.keys()):
        theirs.discard(word)
        mine -= set(title.joined[word])
        took += weight_of(word)
    return took


def _short_for(short: Title, long: Title, mine: set[str], theirs: set[str]) -> float:
    """A word that is made of the beginnings of several in the other name; all are taken from what each has alone."""
    for word in sorted(mine):
        enough = 3 if word in short.capitals else 4
        for at in range(len(long.spelt) - 1) if enough <= len(word) <= 12 else ():
            if long.spelt[at][0] == word[0] and (count := _beginnings(word, long.spelt[at:])) > 1:
                mine.discard(word)
                theirs -= set(long.words[at : at + count])
                return 1.0
    return 0.0


def _beginnings(word: str, words: Sequence[str]) -> int:
    """How many of `words`, from the first on, lend their beginnings to make up `word`; 0 where they don't."""
    reached = {0}
    for count, lender in enumerate(words, start=1):
        reached = {
            at + length
            for at in reached
            for length in range(1, len(word) - at + 1)
            if lender.startswith(word[at : at + length])
        }
        if len(word) in reached:
            return count
        if not reached:
            break
    return 0


def _alike(one: set[str], other: set[str], mine: set[str], theirs: set[str]) -> float:
    """Words that differ by a letter or an ending, or of which one begins the other."""
    took = 0.0
    for word in sorted(one):
        twin = next((there for there in sorted(other & theirs) if _same_word(word, there)), None)
        if twin:
            mine.discard(word)
            theirs.discard(twin)
            took += min(weight_of(word), weight_of(twin))
    return took


def _same_word(a: str, b: str) -> bool:
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    if len(short) >= _STEM and long.startswith(short):
        return True
    return len(short) >= _LONG and fuzz.ratio(a, b, score_cutoff=_MISSPELT) > 0
