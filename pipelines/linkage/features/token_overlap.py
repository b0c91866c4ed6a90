"""What two names share: words in any order, written as one or as two, short for each other, misspelt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from pipelines.linkage.features.title import TitleFeatures, total_weight, weight_of

_MISSPELT = 86
"""rapidfuzz's ratio (0 to 100) from which two long words are one: a letter more, or another one in eight."""
_MIN_MISSPELT = 5
"""Letters from which a misspelt word is known: shorter ones that differ by a letter are other words ("art", "arc")."""
_MIN_STEM = 4
"""Letters from which the beginning of a word may stand for it ("math", "mathematics")."""
_MIN_SHORT, _MIN_ACRONYM, _MAX_ACRONYM = 4, 3, 12
"""Letters of a word that may be made of others' beginnings: at least, at least in capitals, and at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """What two names share, and what each has alone: weights of words (`weight_of`), those for places left out.

    Attributes:
        shared: Of words in both.
        left: Of words that one name has alone: the name with less of its own.
        more: Of words that the other name has alone.
        acronym: Whether one name has a word made of the beginnings of the other's words.
        places: Words for places that the first name has alone, and that the second has.
    """

    shared: float
    left: float
    more: float
    acronym: bool
    places: tuple[frozenset[str], frozenset[str]]


def overlap(a: TitleFeatures, b: TitleFeatures, places: frozenset[str]) -> Overlap:
    """Find what two names share; `places` are the words that in these names are a place's.

    >>> from pipelines.linkage.features.title import read_title
    >>> found = overlap(read_title("Maker Spaces Leeds"), read_title("Makerspaces"), frozenset({"leeds"}))
    >>> found.shared, found.left, found.more, found.places[0]
    (1.0, 0, 0, frozenset({'leeds'}))
    """
    shared, only_a, only_b = a.word_set & b.word_set, set(a.word_set - b.word_set), set(b.word_set - a.word_set)
    weight = total_weight(shared - places)
    acronym = False
    if (only_a and only_b) or not shared:
        weight += _match_compounds(a, only_a, only_b) + _match_compounds(b, only_b, only_a)
        matched = _match_acronym(a, b, only_a, only_b) or _match_acronym(b, a, only_b, only_a)
        acronym = matched > 0
        weight += matched + _match_spellings(only_a, only_b, places)
    left, more = sorted((total_weight(only_a - places), total_weight(only_b - places)))
    alone = (frozenset(only_a & places), frozenset(only_b & places))
    return Overlap(shared=weight, left=left, more=more, acronym=acronym, places=alone)


def _match_compounds(title: TitleFeatures, mine: set[str], theirs: set[str]) -> float:
    """The weight of two words of one name that the other writes as one; both are taken from what each has alone."""
    weight = 0.0
    for word in sorted(theirs & title.compounds.keys()):
        theirs.discard(word)
        mine -= set(title.compounds[word])
        weight += weight_of(word)
    return weight


def _match_acronym(short: TitleFeatures, long: TitleFeatures, mine: set[str], theirs: set[str]) -> float:
    """The weight of a word made of the beginnings of words of the other name; all are taken from what each has alone."""
    for word in sorted(mine):
        shortest = _MIN_ACRONYM if word in short.acronyms else _MIN_SHORT
        for at in range(len(long.as_written) - 1) if shortest <= len(word) <= _MAX_ACRONYM else ():
            if long.as_written[at][0] == word[0] and (count := _count_lenders(word, long.as_written[at:])) > 1:
                mine.discard(word)
                theirs -= set(long.words[at : at + count])
                return 1.0
    return 0.0


def _count_lenders(word: str, lenders: Sequence[str]) -> int:
    """How many of `lenders`, from the first on, lend their beginnings to make up `word`; 0 where they don't."""
    reached = {0}
    for count, lender in enumerate(lenders, start=1):
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


def _match_spellings(mine: set[str], theirs: set[str], places: frozenset[str]) -> float:
    """The weight of words that differ by a letter or an ending; both are taken from what each name has alone."""
    weight = 0.0
    for word in sorted(mine - places):
        twin = next((other for other in sorted(theirs - places) if _is_same_word(word, other)), None)
        if twin:
            mine.discard(word)
            theirs.discard(twin)
            weight += min(weight_of(word), weight_of(twin))
    return weight


def _is_same_word(a: str, b: str) -> bool:
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    if len(short) >= _MIN_STEM and long.startswith(short):
        return True
    return len(short) >= _MIN_MISSPELT and fuzz.ratio(a, b, score_cutoff=_MISSPELT) > 0
