"""The stage that finds what an event is about, how surely, and which of its words say so."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple, TypeAlias

from pipelines.normalized import NormalizedPosting
from pipelines.topics.taxonomy import CONTEXT, Taxonomy
from symposia.event import Event
from symposia.facts.language import written_in
from symposia.text.toml_files import toml_at

_DATA = toml_at(Path(__file__).with_name("tag.toml"))
_PLACE_WEIGHTS: dict[str, float] = _DATA["place_weights"]
_OPENING = 240
"""Characters at the start of a description that say what an event is about: two sentences or three."""
_REPEAT_SHARE = 0.5
"""Share of its weight that a phrase counts the second time; a third time counts nothing."""
_NAMED = 0.85
"""Weight from which on a phrase names a topic: that of one of its own phrases, in a title or among the keywords."""
_DECLARED_WEIGHT = 0.3
"""Weight of the source's own topics: as much as a word of context, so that it never outweighs what an event says."""
_find_fine_print = re.compile(
    rf"(?:^|[\n.!?>•])\s*(?:{'|'.join(_DATA['fine_print']['beginnings'])})", re.IGNORECASE
).search


@dataclass(frozen=True)
class Reason:
    """Why an event is about a topic: how surely, 0 to 1, and the words that say so, each with its place."""

    confidence: float
    evidence: tuple[str, ...]


TopicReasons: TypeAlias = dict[str, Reason]
"""The reason for each topic, by its slug."""


class _Hint(NamedTuple):
    """A phrase that speaks for a topic. `is_context`: it never does alone."""

    weight: float
    phrase: str
    place: str
    is_context: bool


_DECLARED = _Hint(_DECLARED_WEIGHT, "its own topic", "source", is_context=False)


@dataclass(frozen=True, slots=True)
class TagStage:
    """Tags an event with its topics; its source's own are weak evidence."""

    taxonomy: Taxonomy
    name = "tag"

    def __call__(self, normalized: NormalizedPosting) -> NormalizedPosting:
        """Tag a posting's event, anew where it was tagged before, and note where it has no topic."""
        event, declared = normalized.event, normalized.posting.origin.topics
        reasons = find_topics(
            self.taxonomy, event.name, event.description, event.keywords, declared=declared, language=event.language
        )
        notes = normalized.notes if reasons else (*normalized.notes, f"{self.name}/none")
        return replace(normalized, event=_with_topics(event, reasons), notes=notes)


def _with_topics(event: Event, reasons: TopicReasons) -> Event:
    evidence = {field: words for field, words in event.evidence if not field.startswith("topics.")}
    for slug, reason in reasons.items():
        evidence[f"topics.{slug}"] = f"{'; '.join(reason.evidence)} ({reason.confidence:.2f})"
    return replace(event, topics=tuple(sorted(reasons)), evidence=tuple(sorted(evidence.items())))


def find_topics(
    taxonomy: Taxonomy,
    name: str,
    description: str | None = None,
    keywords: Sequence[str] = (),
    *,
    declared: Sequence[str] = (),
    language: str | None = None,
) -> TopicReasons:
    """Find the topics of a text, each with its reason.

    Every phrase is a hint that may mislead; a topic's confidence is the probability that not all of its hints do (a noisy
    or: Pearl, 1988). A title weighs more than a description, and the description's start more than the rest. If the title
    names one topic, another one that only the description names needs more confidence.

    Args:
        taxonomy: The topics and their phrases.
        name: The title.
        description: Plain text.
        keywords: As the source gives them.
        declared: The slugs of the source's own topics. One helps a topic that words hint at too, and counts by itself
            where words name no topic at all.
        language: The text's (BCP 47); None: as its words tell.
    """
    known = language or written_in(f"{name}\n{description or ''}")
    hints = _find_hints(taxonomy, _split_places(name, description or "", keywords), known)
    named = {slug for slug, of_topic in hints.items() if any(hint.weight >= _NAMED for hint in of_topic)}
    reasons = {}
    for slug, of_topic in hints.items():
        reason = _weigh(of_topic + _back_up(of_topic) if slug in declared else of_topic)
        topic, is_beside_another = taxonomy.topics[slug], bool(named) and slug not in named
        if reason.confidence >= (topic.beside if is_beside_another else topic.threshold):
            reasons[slug] = reason
    return reasons or {slug: _weigh([_DECLARED]) for slug in declared}


def _find_hints(taxonomy: Taxonomy, places: Iterable[tuple[str, str]], language: str | None) -> dict[str, list[_Hint]]:
    """Find the hints at each topic, by its slug, in texts with their places."""
    hints: dict[str, list[_Hint]] = defaultdict(list)
    for place, text in places:
        for match in taxonomy.find_phrases(text, language):
            for slug, strength in match.strengths.items():
                hint = _Hint(strength * _PLACE_WEIGHTS[place], match.phrase, place, strength <= CONTEXT)
                hints[slug].append(hint)
    return hints


def _back_up(hints: list[_Hint]) -> list[_Hint]:
    """The source's own topic as a further hint; none where all hints are context: two maybes make no topic."""
    return [] if all(hint.is_context for hint in hints) else [_DECLARED]


def _split_places(name: str, description: str, keywords: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Split a text into its places, each with its name in tag.toml."""
    yield "name", name
    if keywords:
        yield "keyword", " | ".join(keywords)
    fine_print = _find_fine_print(description, _OPENING)
    end = fine_print.start() if fine_print else len(description)
    # A word that straddles the end of the opening is the opening's.
    middle = min(end, len(description[:_OPENING]) + len(description[_OPENING:].split(" ", 1)[0]))
    yield "opening", description[:middle]
    yield "description", description[middle:end]
    yield "fine print", description[end:]


def _weigh(hints: list[_Hint]) -> Reason:
    """Weigh the hints at one topic; of context hints only the best counts, and only beside a better hint."""
    by_phrase: dict[str, list[_Hint]] = defaultdict(list)
    for hint in sorted(hints, key=lambda hint: -hint.weight):
        by_phrase["" if hint.is_context else hint.phrase].append(hint)
    context = by_phrase.pop("", [])[:1]
    shares = [
        (hint, share)
        for repeated in by_phrase.values()
        for hint, share in zip(repeated, (1, _REPEAT_SHARE), strict=False)
    ]
    if shares:
        shares += [(hint, 1) for hint in context]
    evidence = dict.fromkeys(f"{hint.place}: {hint.phrase}" for hint, _ in shares)
    misleading = math.prod(1 - share * hint.weight for hint, share in shares)
    return Reason(round(1 - misleading, 2), tuple(evidence))
