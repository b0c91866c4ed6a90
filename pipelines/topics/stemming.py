"""Words without their endings ("évaluations formatives" and "évaluation formative" alike), and where they stood."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import snowballstemmer

LANGUAGES = {"en": "english", "es": "spanish", "fr": "french", "de": "german", "nl": "dutch", "pt": "portuguese"}
"""The languages whose endings are known, by ISO 639 code, as snowballstemmer names them."""

_SHORTEST = 3
"""Letters of a word that may have an ending."""
_words = re.compile(r"[^\W\d_]+").finditer


@dataclass(frozen=True, slots=True)
class StemmedText:
    """A text whose words have lost their endings, and the way back to the places in the text as it was."""

    text: str
    _ends: tuple[int, ...]
    _lost: tuple[int, ...]

    def place(self, here: int) -> int:
        """Where, in the text as it was, the word began or ended that begins or ends `here`."""
        return here + self._lost[bisect_right(self._ends, here)]


def stem_text(text: str, language: str) -> StemmedText:
    """The text, in lower case already, without the endings of its words; `language` is one of LANGUAGES."""
    parts: list[str] = []
    ends, lost, at = [], [0], 0
    for match in _words(text):
        word, end = match[0], match.end()
        stem = _stem(word, language)
        if stem != word:
            parts += text[at : match.start()], stem
            ends.append(match.start() - lost[-1] + len(stem))
            lost.append(lost[-1] + len(word) - len(stem))
            at = end
    return StemmedText("".join((*parts, text[at:])), tuple(ends), tuple(lost))


@lru_cache(maxsize=100_000)
def _stem(word: str, language: str) -> str:
    """Most words of a text have been met before: a look into the cache takes a hundredth of the time."""
    return str(_stemmer(language).stemWord(word)) if len(word) >= _SHORTEST else word


@cache
def _stemmer(language: str) -> Any:
    return snowballstemmer.stemmer(LANGUAGES[language])
