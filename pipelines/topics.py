"""The topics of data/topics.toml, and which of them a text is about."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import ahocorasick

from symposia.data_files import data_path
from symposia.errors import TaxonomyError

_slug = re.compile(r"[a-z0-9][a-z0-9-]{0,99}").fullmatch
_KEYS = {"name", "sentence", "phrases", "not"}


class Taxonomy:
    """Topics, ready to be looked for: one pass over a text finds the phrases of all of them (Aho and Corasick, 1975)."""

    def __init__(self, phrases: dict[str, set[str]]) -> None:
        """`phrases`: for each phrase, casefolded, the slugs that it is evidence of; none, for a phrase that masks others."""
        self._finder = ahocorasick.Automaton()
        for phrase, slugs in phrases.items():
            self._finder.add_word(phrase, (phrase, tuple(sorted(slugs))))
        self._finder.make_automaton()

    def found(self, text: str) -> dict[str, tuple[str, ...]]:
        """For each topic that `text` speaks of, the phrases that say so, in order; the longest at a place alone counts."""
        evidence: dict[str, dict[str, None]] = defaultdict(dict)
        end = -1
        for start, phrase, slugs in sorted(
            _whole(self._finder, text.casefold()), key=lambda hit: (hit[0], -len(hit[1]))
        ):
            if start < end:
                continue
            end = start + len(phrase)
            for slug in slugs:
                evidence[slug][phrase] = None
        return {slug: tuple(phrases) for slug, phrases in evidence.items()}


@cache
def shipped_taxonomy() -> Taxonomy:
    """The topics that come with Symposia."""
    return load_taxonomy(data_path("topics.toml"))


def load_taxonomy(path: Path) -> Taxonomy:
    """The topics at `path`. Raises TaxonomyError naming the file, the topic and the fault."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise TaxonomyError(f"{path}: {error}") from error
    topics = data.get("topic")
    if not isinstance(topics, dict):
        raise TaxonomyError(f"{path}: topics are written as [topic.a-slug]")
    faults = [f"{path}: topic {slug!r}: {fault}" for slug, topic in topics.items() for fault in _faults(slug, topic)]
    if faults:
        raise TaxonomyError("\n".join(faults))
    return Taxonomy(_phrases(topics))


def _faults(slug: str, topic: Any) -> Iterator[str]:
    if not _slug(slug):
        yield "the slug is not of a-z, 0-9 and -"
    if not isinstance(topic, dict):
        yield "is not a table"
        return
    yield from (f"unknown key {key!r}" for key in topic.keys() - _KEYS)
    for key in ("name", "sentence"):
        if not isinstance(topic.get(key), str):
            yield f"{key} is missing, or no text"
    for key in ("phrases", "not"):
        words = topic.get(key, [])
        if not isinstance(words, list) or not all(isinstance(word, str) and word.strip() for word in words):
            yield f"{key} is not a list of texts"
    if not topic.get("phrases"):
        yield "phrases is missing"


def _phrases(topics: dict[str, Any]) -> dict[str, set[str]]:
    phrases: dict[str, set[str]] = defaultdict(set)
    for slug, topic in topics.items():
        for phrase in topic["phrases"]:
            phrases[phrase.casefold()].add(slug)
        for phrase in topic.get("not", []):
            phrases[phrase.casefold()] |= set()
    return phrases


def _whole(finder: Any, text: str) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    """The phrases that stand in the text as whole words, and where."""
    for last, (phrase, slugs) in finder.iter(text):
        start, end = last - len(phrase) + 1, last + 1
        if not (start and text[start - 1].isalnum()) and not (end < len(text) and text[end].isalnum()):
            yield start, phrase, slugs
