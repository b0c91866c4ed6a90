"""The topics of data/topics.toml, and which of their phrases stand in a text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pipelines.topics.phrase_matcher import PhraseMatch, PhraseMatcher
from symposia.data_files import data_path
from symposia.errors import TaxonomyError
from symposia.text.toml_files import toml_at

STRENGTHS = {"phrases": 0.9, "weak": 0.55, "context": 0.3}
"""How strongly a phrase speaks for its topic in a title: `phrases` and `weak` suffice there, `context` never alone."""

CONTEXT = STRENGTHS["context"]
_THRESHOLD = 0.5
"""Confidence from which on an event is about a topic, unless the topic's entry says otherwise: more likely than not."""
_BESIDE = 0.75
"""The same where the event's title names another topic: more than one phrase in passing."""
_is_slug = re.compile(r"[a-z0-9][a-z0-9-]{0,99}").fullmatch
MAX_PHRASE = 200
"""Longest phrase, in characters: one of hundreds of thousands makes pyahocorasick crash Python."""
_TEXTS = ("name", "sentence", "group")
_LISTS = (*STRENGTHS, "not")
_NUMBERS = ("threshold", "beside")
_KEYS = {*_TEXTS, *_LISTS, *_NUMBERS}


@dataclass(frozen=True)
class Topic:
    """A topic as people see it.

    An event is about it if the confidence is at least `threshold`, or `beside` if its title names another topic instead.
    General topics, whose words are in every text for educators, need more.
    """

    slug: str
    name: str
    sentence: str
    group: str
    threshold: float = _THRESHOLD
    beside: float = _BESIDE


class Taxonomy:
    """The topics and their groups, in the order of the file, and the phrases that speak for them."""

    def __init__(
        self, topics: Mapping[str, Topic], groups: Mapping[str, str], phrases: Mapping[str, Mapping[str, float]]
    ) -> None:
        """Make a taxonomy.

        Args:
            topics: By slug.
            groups: The name of each group, by slug.
            phrases: How strongly each phrase speaks for which topics, by slug.
        """
        self.topics = topics
        self.groups = groups
        self._matcher = PhraseMatcher(phrases)

    def group_topics(self) -> Iterator[tuple[str, tuple[Topic, ...]]]:
        """List the name of each group that has topics, with its topics."""
        for slug, name in self.groups.items():
            topics = tuple(topic for topic in self.topics.values() if topic.group == slug)
            if topics:
                yield name, topics

    def find_phrases(self, text: str, language: str | None = None) -> list[PhraseMatch]:
        """Find the phrases that stand in a text, in order; of those within each other, only the longest.

        A masking phrase silences its own topic alone: "language arts" is none of the arts, and is language arts still.

        Args:
            text: Plain text.
            language: Its language (BCP 47), for inflected phrases; None: English.
        """
        matches: list[PhraseMatch] = []
        end, masked_to = -1, dict[str, int]()
        for match in self._matcher.find(text, language):
            strengths = {
                slug: strength
                for slug, strength in match.strengths.items()
                if strength and match.end > masked_to.get(slug, -1)
            }
            if strengths and match.end > end:
                end = match.end
                matches.append(match._replace(strengths=strengths))
            masking = (slug for slug, strength in match.strengths.items() if not strength)
            masked_to |= {slug: max(masked_to.get(slug, -1), match.end) for slug in masking}
        return matches


@cache
def shipped_taxonomy() -> Taxonomy:
    """Load the topics that come with Symposia, once in a process."""
    return load_taxonomy(data_path("topics.toml"))


def load_taxonomy(path: Path) -> Taxonomy:
    """Load the topics of a file.

    Raises:
        TaxonomyError: The file is missing or wrong; it names the file, the topic and each fault.
    """
    try:
        data = toml_at(path)
    except (OSError, ValueError) as error:
        raise TaxonomyError(f"{path}: {error}") from error
    faults = [f"{path}: {fault}" for fault in _find_file_faults(data)]
    if faults:
        raise TaxonomyError("\n".join(faults))
    topics = {slug: _make_topic(slug, entry) for slug, entry in data["topic"].items()}
    groups = {slug: group["name"] for slug, group in data["group"].items()}
    return Taxonomy(topics, groups, _collect_phrases(data["topic"]))


def _make_topic(slug: str, entry: dict[str, Any]) -> Topic:
    return Topic(slug, **{key: entry[key] for key in (*_TEXTS, *_NUMBERS) if key in entry})


def _collect_phrases(topics: dict[str, Any]) -> dict[str, dict[str, float]]:
    """Collect how strongly each phrase speaks for which topics; the strongest list of a topic that holds it counts."""
    phrases: dict[str, dict[str, float]] = defaultdict(dict)
    for slug, topic in topics.items():
        for key, strength in (*STRENGTHS.items(), ("not", 0.0)):
            for phrase in topic.get(key, []):
                phrases[phrase.casefold()].setdefault(slug, strength)
    return phrases


def _find_file_faults(data: dict[str, Any]) -> Iterator[str]:
    """Find the faults of what a file of topics holds, each naming its topic."""
    topics, groups = data.get("topic"), data.get("group")
    if not isinstance(topics, dict) or not isinstance(groups, dict):
        yield "topics are written as [topic.a-slug], their groups as [group.a-slug]"
        return
    yield from (f"unknown table {key!r}" for key in sorted(data.keys() - {"topic", "group"}))
    for slug, group in groups.items():
        if not (_is_slug(slug) and isinstance(group, dict) and isinstance(group.get("name"), str)):
            yield f"group {slug!r}: the slug is not of a-z, 0-9 and -, or name is missing"
    for slug, topic in topics.items():
        yield from (f"topic {slug!r}: {fault}" for fault in _find_topic_faults(slug, topic, groups))


def _find_topic_faults(slug: str, topic: Any, groups: dict[str, Any]) -> Iterator[str]:
    if not _is_slug(slug):
        yield "the slug is not of a-z, 0-9 and -"
    if not isinstance(topic, dict):
        yield "is not a table"
        return
    yield from (f"unknown key {key!r}" for key in sorted(topic.keys() - _KEYS))
    yield from (f"{key} is missing, or no text" for key in _TEXTS if not isinstance(topic.get(key), str))
    if topic.get("group") not in groups:
        yield f"there is no group {topic.get('group')!r}"
    yield from (
        f"{key} is not a list of texts, each of {MAX_PHRASE} characters at most"
        for key in _LISTS
        if not _are_texts(topic.get(key, []))
    )
    yield from _find_repeated_phrases(topic)
    if not topic.get("phrases"):
        yield "phrases is missing"
    yield from (f"{key} is no number between 0 and 1" for key in _NUMBERS if not _is_share(topic.get(key, 0.5)))


def _are_texts(words: Any) -> bool:
    return isinstance(words, list) and all(
        isinstance(word, str) and word.strip(" *") and len(word) <= MAX_PHRASE for word in words
    )


def _is_share(number: Any) -> bool:
    return isinstance(number, float) and 0 < number < 1


def _find_repeated_phrases(topic: dict[str, Any]) -> Iterator[str]:
    seen: set[str] = set()
    for word in (word for key in _LISTS if _are_texts(topic.get(key, [])) for word in topic.get(key, [])):
        if word.casefold() in seen:
            yield f"{word!r} stands there twice"
        seen.add(word.casefold())
