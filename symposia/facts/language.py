"""The language of an event: the one that is said, else the one that its text is written in."""

from __future__ import annotations

import re
from functools import cache

from symposia.facts.lists import keys, may_say
from symposia.facts.words import Said, alternatives, pattern, shown, words_of

_word = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?").findall
_MAX_WORDS = 400
_ENOUGH = 2
"""Small words of a language that a text must have, to be written in it."""
_LEAD = 1.3
_BEFORE = 12
"""Characters before "in English" that may say that something else is."""


def find_language(name: str, description: str, hint: str | None = None) -> Said[str] | None:
    """The language (BCP 47, primary subtag) that the event is said to be held in, else that of the text, else `hint`.

    None where the text is too short to tell and there is no hint.
    """
    text = f"{name}\n{description}"
    said = _stated(text)
    if said:
        return said
    written = written_in(text)
    if written:
        return Said(value=written, words="the language of the text")
    return Said(value=hint, words="the source's") if hint else None


def _stated(text: str) -> Said[str] | None:
    if not may_say(text, "language"):
        return None
    for match in _held_in().finditer(text):
        if pattern("language_said", "not_held").search(text, max(0, match.start() - _BEFORE), match.start()):
            continue
        named = match["first"] or match["second"]
        code = next(key for key in keys("language") if pattern("language", key).fullmatch(named))
        return Said(value=code, words=shown(text, *match.span()))
    return None


@cache
def _held_in() -> re.Pattern[str]:
    name = alternatives("language")
    before, after, manner, subject = (
        alternatives("language_said", key) for key in ("before", "after", "manner", "subject")
    )
    return re.compile(
        rf"(?<!\w)(?:{before}\s?[:|]?[*\s]{{1,4}}(?:{manner}\s)?(?P<first>{name})(?!\w)(?!\s{subject})"
        rf"|(?P<second>{name})[\s-]{after}(?!\w))",
        re.IGNORECASE,
    )


def written_in(text: str) -> str | None:
    """The language whose small words a text has most of; None where too few words, or two languages, tell."""
    words = [word.lower() for word in _word(text)[:_MAX_WORDS]]
    count = dict.fromkeys(keys("stop"), 0)
    languages = _languages()
    for word in words:
        for code in languages.get(word, ()):
            count[code] += 1
    (most, code), (next_most, _) = sorted(((said, code) for code, said in count.items()), reverse=True)[:2]
    return code if most >= _ENOUGH and most >= _LEAD * next_most else None


@cache
def _languages() -> dict[str, list[str]]:
    """The languages that have a small word, by the word."""
    found: dict[str, list[str]] = {}
    for code in keys("stop"):
        for word in frozenset(words_of("stop", code)):
            found.setdefault(word, []).append(code)
    return found
