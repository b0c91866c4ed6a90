"""Folding: words in the one form in which they are compared, casefolded and without accents."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_letters_or_digits = re.compile(r"[^\W\d_]+|\d+")


@lru_cache(maxsize=8_192)
def fold(text: str) -> str:
    """Casefold a text and take the accents off its letters (Unicode NFKD, without combining marks).

    >>> fold("Université d’Été")
    'universite d’ete'
    >>> fold("Straße ﬁfth")
    'strasse fifth'
    """
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", "".join(char for char in decomposed if not unicodedata.combining(char)))


def words_of(text: str) -> list[str]:
    """Split a text into runs of letters and runs of digits, folded; punctuation is left out.

    >>> words_of("SREcon22 Zürich/CH")
    ['srecon', '22', 'zurich', 'ch']
    """
    return _letters_or_digits.findall(fold(text))
