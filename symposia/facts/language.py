"""The language of an event: the one that its text names, else the one that the text is written in."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import islice

from symposia.facts.clauses import quote
from symposia.facts.fact import Fact
from symposia.facts.word_lists import any_of_list, list_names, list_pattern, may_hold, word_list

_find_words = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?").finditer
_MAX_WORDS = 400
"""Words of a text that are counted: more do not make its language surer."""
_ENOUGH = 2
"""Small words of a language that a text must have to count as written in it."""
_LEAD = 1.3
"""Times as many small words as of any other language: neighbours such as Danish and Norwegian share most of theirs."""
_BEFORE = 12
"""Characters before "in English" that may say that something else is."""


def find_language(name: str, description: str, hint: str | None = None) -> Fact[str] | None:
    """Find the language (BCP 47, primary subtag) of an event: the stated one, else that of its text, else `hint`.

    None where the text is too short to tell and there is no hint.

    >>> find_language("Phonics", "The webinar will be held in Spanish.").value
    'es'
    """
    text = f"{name}\n{description}"
    said = _find_stated(text)
    if said:
        return said
    written = written_in(text)
    if written:
        return Fact(value=written, words="the language of the text")
    return Fact(value=hint, words="the source's") if hint else None


def _find_stated(text: str) -> Fact[str] | None:
    if not may_hold(text, "language"):
        return None
    for match in _held_in_pattern().finditer(text):
        if list_pattern("language_said", "not_held").search(text, max(0, match.start() - _BEFORE), match.start()):
            continue
        named = match["first"] or match["second"]
        code = next(key for key in list_names("language") if list_pattern("language", key).fullmatch(named))
        return Fact(value=code, words=quote(text, *match.span()))
    return None


@cache
def _held_in_pattern() -> re.Pattern[str]:
    name = any_of_list("language")
    before, after, manner, subject = (
        any_of_list("language_said", key) for key in ("before", "after", "manner", "subject")
    )
    return re.compile(
        rf"(?<!\w)(?:{before}\s?[:|]?[*\s]{{1,4}}(?:{manner}\s)?(?P<first>{name})(?!\w)(?!\s{subject})"
        rf"|(?P<second>{name})[\s-]{after}(?!\w))",
        re.IGNORECASE,
    )


def written_in(text: str, *, least: int = _ENOUGH, lead: float = _LEAD, most: int = _MAX_WORDS) -> str | None:
    """Detect the language (BCP 47, primary subtag) that a text is written in, by its small words: "der", "the".

    Args:
        text: Plain text in any case.
        least: Small words of the language that the text must hold.
        lead: How many times as many as of any other language.
        most: Words of the text that are counted.

    Returns:
        The language; None where there are too few small words, or two languages come close.

    >>> written_in("Der Lesekreis trifft sich am Abend und ist für alle offen")
    'de'
    >>> written_in("Phonics") is None
    True
    """
    languages = _languages_by_word()
    words = islice(_find_words(text.lower()), most)
    counts = Counter(code for word in words for code in languages.get(word[0], ()))
    ranked = [*counts.most_common(2), ("", 0), ("", 0)]
    (code, count), (_, next_count) = ranked[0], ranked[1]
    return code if count >= least and count >= lead * next_count else None


@cache
def _languages_by_word() -> dict[str, list[str]]:
    """The languages that a small word belongs to, by the word."""
    found: dict[str, list[str]] = {}
    for code in list_names("stop"):
        for word in frozenset(word_list("stop", code)):
            found.setdefault(word, []).append(code)
    return found
