"""Words of soft errors, in the form in which they are compared: casefolded, without the marks around them."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from functools import cache

from spiders.extraction.lexicon.word_lists import word_list

_code = re.compile(r"(?:(?:error|http|fehler|erreur|errore|erro)\s)?404\b[\s:–—().!-]*")


def first_of(words: AbstractSet[str]) -> str | None:
    """The alphabetically first word, so that the reason is the same on every crawl; None for an empty set."""
    return min(words, default=None)


def fold_phrase(text: str) -> str:
    """Casefold a text, put it on one line, and take off the marks at its ends.

    >>> fold_phrase("  Page  not found! ")
    'page not found'
    """
    return " ".join(text.replace("’", "'").casefold().split()).strip(" .!?:…-–—|")


@cache
def folded_words(table: str, key: str) -> frozenset[str]:
    """A list of word_lists.toml, folded."""
    return frozenset(map(fold_phrase, word_list(table, key)))


def find_404(phrases: AbstractSet[str]) -> str | None:
    """A phrase that begins with the status 404 and goes on as its titles do; None where none does.

    >>> find_404({"404 (not found)"}), find_404({"404 ways to teach"})
    ('404 (not found)', None)
    """
    known = {*folded_words("not_found", "title"), *folded_words("not_found", "maybe"), "error", "fehler", "page"}
    return first_of(
        {phrase for phrase in phrases if (code := _code.match(phrase)) and _letters_only(phrase[code.end() :]) in known}
    )


def _letters_only(text: str) -> str:
    return " ".join(re.findall(r"[^\W\d_]+", text))
