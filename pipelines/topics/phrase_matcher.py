"""Find phrases in a text, as written or inflected; the time does not grow with the number of phrases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple, TypeAlias

import ahocorasick

from pipelines.topics.stemming import LANGUAGES, stem_text

_SHORT = 4
"""Characters from which on a single word may have a final s more: shorter ones are mostly abbreviations."""
_DEFAULT_LANGUAGE = "en"
_SAME_LENGTH_FOLDS = str.maketrans(dict.fromkeys("-‐‑–—_/\n\t\r\xa0", " ") | {"’": "'"})
"""Characters that are written in several ways, each replaced by one character."""

Strengths: TypeAlias = Mapping[str, float]
"""How strongly a phrase speaks for each topic, by the topic's slug; 0 where it masks what else speaks for it."""


class PhraseMatch(NamedTuple):
    """A phrase that a text holds, from where to where, and how strongly it speaks for each topic."""

    phrase: str
    start: int
    end: int
    strengths: Strengths


class PhraseMatcher:
    """Finds many phrases at once (Aho and Corasick, 1975). `word*` stands for all words that begin so.

    A single word is found as it is written, with or without a final s. Its stem would match too much: "programming" has
    the stem of "program", and "organization" that of "organ". In a phrase of several words, each tells what the others
    mean, so it is found in all inflected forms, by the endings of the text's language.
    """

    def __init__(self, phrases: Mapping[str, Strengths]) -> None:
        self._phrases = phrases
        self._written = _build_automaton({phrase: fold_phrase(phrase.rstrip("*")) for phrase in phrases})
        self._inflected: dict[str, Any] = {}

    def find(self, text: str, language: str | None = None) -> list[PhraseMatch]:
        """Find the phrases that stand in a text as whole words, in order, the longer one of a place first.

        `language` (BCP 47) is the text's; None, or one whose endings are unknown, is taken for English.
        """
        primary = (language or "").partition("-")[0].lower()
        folded = fold_phrase(text)
        inflected = self._find_inflected(folded, primary if primary in LANGUAGES else _DEFAULT_LANGUAGE)
        return sorted((*self._find_as_written(folded), *inflected), key=lambda match: (match.start, -match.end))

    def _find_as_written(self, text: str) -> Iterator[PhraseMatch]:
        for last, (form, phrases) in _iter_forms(text, self._written):
            for phrase in phrases:
                start, end = last - len(form) + 1, last + 1
                is_prefix = phrase.endswith("*")
                end += not is_prefix and len(form) >= _SHORT and text[end : end + 1] == "s"
                if _are_whole_words(text, start, end, is_prefix=is_prefix):
                    yield PhraseMatch(phrase.rstrip("*"), start, end, self._phrases[phrase])

    def _find_inflected(self, text: str, language: str) -> Iterator[PhraseMatch]:
        stems = stem_text(text, language)
        for last, (form, phrases) in _iter_forms(stems.text, self._automaton_for(language)):
            start, end = last - len(form) + 1, last + 1
            if _are_whole_words(stems.text, start, end):
                for phrase in phrases:
                    yield PhraseMatch(
                        phrase, stems.original_place(start), stems.original_place(end), self._phrases[phrase]
                    )

    def _automaton_for(self, language: str) -> Any:
        """The automaton of inflected phrases, built when a text of the language first comes: that takes a while."""
        if language not in self._inflected:
            several = [phrase for phrase in self._phrases if " " in fold_phrase(phrase) and not phrase.endswith("*")]
            forms = {phrase: stem_text(fold_phrase(phrase), language).text for phrase in several}
            self._inflected[language] = _build_automaton(forms)
        return self._inflected[language]


def fold_phrase(text: str) -> str:
    """Fold case, hyphens and white space; as many characters come out as went in, so that places hold.

    >>> fold_phrase("Project-Based learning")
    'project based learning'
    """
    folded = text.lower()
    return (folded if len(folded) == len(text) else text).translate(_SAME_LENGTH_FOLDS)


def _build_automaton(forms: Mapping[str, str]) -> Any:
    """Build what finds the forms of phrases: for each that it finds, the form and the phrases that have it."""
    phrases_of: dict[str, list[str]] = defaultdict(list)
    for phrase, form in forms.items():
        phrases_of[form].append(phrase)
    automaton = ahocorasick.Automaton()
    for form, phrases in phrases_of.items():
        automaton.add_word(form, (form, phrases))
    automaton.make_automaton()
    return automaton


def _iter_forms(text: str, automaton: Any) -> Iterable[tuple[int, tuple[str, list[str]]]]:
    """Each form in the text: its last place, itself, its phrases. An automaton without words cannot be searched."""
    return automaton.iter(text) if automaton else ()


def _are_whole_words(text: str, start: int, end: int, *, is_prefix: bool = False) -> bool:
    """Whether no letter or digit stands before a match, nor after it, unless it is only a word's beginning."""
    return not (start and text[start - 1].isalnum()) and (is_prefix or not text[end : end + 1].isalnum())
