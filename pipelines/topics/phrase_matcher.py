"""Phrases, and where a text says them: as they are written, or inflected. However many they are, it takes no longer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import ahocorasick

from pipelines.topics.stemming import LANGUAGES, stem_text

_SHORT = 4
_ENGLISH = "en"
_PLAIN = str.maketrans(dict.fromkeys("-‐‑–—_/\n\t\r\xa0", " ") | {"’": "'"})

Strengths = Mapping[str, float]
"""How strongly a phrase speaks for each topic, by the topic's slug; 0 where it masks what else does."""


class PhraseMatch(NamedTuple):
    """A phrase that a text says, from where to where, and how strongly it speaks for each topic."""

    phrase: str
    start: int
    end: int
    slugs: Strengths


class PhraseMatcher:
    """Phrases ready to be looked for (Aho and Corasick, 1975). `word*` stands for all words that begin so.

    A single word is found as it is written, a final s let pass: the stem of "programming" is that of "program", that of
    "organ" is that of "organization". Words beside each other tell what is meant, so that phrases of several are found in
    all their inflected forms, by the endings of the text's language.
    """

    def __init__(self, phrases: Mapping[str, Strengths]) -> None:
        self._phrases = phrases
        self._written = _finder({phrase: fold_phrase(phrase.rstrip("*")) for phrase in phrases})
        self._finders: dict[str, Any] = {}

    def said(self, text: str, language: str | None = None) -> list[PhraseMatch]:
        """The phrases that stand in the text as whole words, in order, the longer one of a place first.

        `language` (BCP 47) is the text's; where it is unknown, or one whose endings are unknown, English.
        """
        known = (language or "").partition("-")[0].lower()
        line = fold_phrase(text)
        hits = (*self._as_written(line), *self._inflected_in(line, known if known in LANGUAGES else _ENGLISH))
        return sorted(hits, key=lambda hit: (hit.start, -hit.end))

    def _as_written(self, text: str) -> Iterator[PhraseMatch]:
        for last, (bare, phrases) in _ends_in(text, self._written):
            for phrase in phrases:
                start, end = last - len(bare) + 1, last + 1
                begins = phrase.endswith("*")
                end += not begins and len(bare) >= _SHORT and text[end : end + 1] == "s"
                if _stands(text, start, end, open_ended=begins):
                    yield PhraseMatch(phrase.rstrip("*"), start, end, self._phrases[phrase])

    def _inflected_in(self, text: str, language: str) -> Iterator[PhraseMatch]:
        stems = stem_text(text, language)
        for last, (bare, phrases) in _ends_in(stems.text, self._finder_for(language)):
            start, end = last - len(bare) + 1, last + 1
            if _stands(stems.text, start, end):
                for phrase in phrases:
                    yield PhraseMatch(phrase, stems.place(start), stems.place(end), self._phrases[phrase])

    def _finder_for(self, language: str) -> Any:
        """Made when a text of that language is first met: it takes longer than to read many texts."""
        if language not in self._finders:
            several = [phrase for phrase in self._phrases if " " in fold_phrase(phrase) and not phrase.endswith("*")]
            self._finders[language] = _finder(
                {phrase: stem_text(fold_phrase(phrase), language).text for phrase in several}
            )
        return self._finders[language]


def fold_phrase(text: str) -> str:
    """The text in one case, `project-based` written like `project based`; no character more or less, so that places hold."""
    folded = text.lower()
    return (folded if len(folded) == len(text) else text).translate(_PLAIN)


def _finder(forms: Mapping[str, str]) -> Any:
    """What finds the forms of phrases: for each that it finds, the form and the phrases that have it."""
    alike: dict[str, list[str]] = defaultdict(list)
    for phrase, form in forms.items():
        alike[form].append(phrase)
    finder = ahocorasick.Automaton()
    for form, phrases in alike.items():
        finder.add_word(form, (form, phrases))
    finder.make_automaton()
    return finder


def _ends_in(text: str, finder: Any) -> Iterable[tuple[int, tuple[str, list[str]]]]:
    """For each form in the text its last place, itself and its phrases; an automaton of no words refuses to look."""
    return finder.iter(text) if finder else ()


def _stands(text: str, start: int, end: int, *, open_ended: bool = False) -> bool:
    """Whether no letter or digit is before what stands there, nor, unless it is a word's beginning, after it."""
    return not (start and text[start - 1].isalnum()) and (open_ended or not text[end : end + 1].isalnum())
