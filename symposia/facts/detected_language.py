"""The language that a page is written in, by the small words that every text is full of."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from spiders.extraction.lexicon.word_lists import marks

_ENOUGH = 8
"""Small words of one language that a text must hold, and twice as many as of any other."""
_word = re.compile(r"[^\W\d_]{2,8}")


def spoken(text: str) -> str | None:
    """The language (BCP 47) of a text; None where it has too few small words, or those of several languages."""
    counts: Counter[str] = Counter()
    for word in _word.findall(text.casefold()):
        counts.update(_languages().get(word, ()))
    ranked = [*counts.most_common(2), ("", 0), ("", 0)]
    (best, most), (_, second) = ranked[0], ranked[1]
    return best if most >= _ENOUGH and most >= 2 * second else None


@cache
def _languages() -> dict[str, tuple[str, ...]]:
    """The languages that each small word belongs to."""
    found: dict[str, tuple[str, ...]] = {}
    for entry in marks("spoken", "words"):
        language, _, words = entry.partition(": ")
        for word in words.split():
            found[word] = (*found.get(word, ()), language)
    return found
