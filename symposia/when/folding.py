"""Words as they are looked up: case, accents and dots make no difference."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_MARKS = r"[\u0300-\u036f\u0591-\u05c7\u05f3\u05f4\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0981-\u0983\u09bc-\u09d7\u0e31-\u0e4e]"
WORD = rf"[^\W\d_]+(?:{_MARKS}+[^\W\d_]*)*"
"""A word, for a pattern: letters, and the marks that Hebrew, Arabic, Indic and Thai letters carry."""


@lru_cache(maxsize=32_768)
def fold_word(word: str) -> str:
    """A word casefolded, without the accents of Latin, Greek and Cyrillic, with plain spaces, and without dots.

    >>> fold_word("März"), fold_word("a.m."), fold_word("Pacific  Time")
    ('marz', 'a m', 'pacific time')
    """
    plain = unicodedata.normalize("NFKD", word.casefold().replace("’", "'"))
    kept = "".join(character for character in plain if not 0x300 <= ord(character) <= 0x36F)
    return " ".join(unicodedata.normalize("NFC", kept).replace(".", " ").replace("॰", " ").split())
