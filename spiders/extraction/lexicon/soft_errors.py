"""The words of refusals, as they are compared: folded, and without the marks around them."""

from __future__ import annotations

import re
from functools import cache

from spiders.extraction.lexicon.word_lists import word_list

_code = re.compile(r"(?:(?:error|http|fehler|erreur|errore|erro)\s)?404\b[\s:–—().!-]*")


def first_of(words: frozenset[str] | set[str]) -> str | None:
    """One of the words, the same each time; None of none."""
    return min(words, default=None)


def fold_phrase(text: str) -> str:
    """A text in small letters, on one line, without the marks at its ends."""
    return " ".join(text.replace("’", "'").casefold().split()).strip(" .!?:…-–—|")


@cache
def folded_words(table: str, key: str) -> frozenset[str]:
    """A list of marks.toml, folded."""
    return frozenset(map(fold_phrase, word_list(table, key)))


def find_404(words: frozenset[str] | set[str]) -> str | None:
    """What begins with 404 and goes on as such a title does: "404 (Not Found)"; not "404 ways to teach"."""
    known = {*folded_words("not_found", "title"), *folded_words("not_found", "maybe"), "error", "fehler", "page"}
    return first_of({one for one in words if (code := _code.match(one)) and _letters(one[code.end() :]) in known})


def _letters(text: str) -> str:
    return " ".join(re.findall(r"[^\W\d_]+", text))
