"""Words in the one form in which they are compared: casefolded, without accents."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_run = re.compile(r"[^\W\d_]+|\d+")


@lru_cache(maxsize=8_192)
def fold(text: str) -> str:
    """`text` casefolded and without accents: the form in which words are compared."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", "".join(char for char in parts if not unicodedata.combining(char)))


def words_of(text: str) -> list[str]:
    """The runs of letters and the runs of digits of a text, folded: of "SREcon22", two."""
    return _run.findall(fold(text))
