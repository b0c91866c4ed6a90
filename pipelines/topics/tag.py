"""What an event is about, how surely, and which of its words say so."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from pipelines.normalized import NormalizedPosting
from pipelines.topics.taxonomy import CONTEXT, Taxonomy
from symposia.event import Event
from symposia.facts.language import written_in

_PLACES = {"name": 1.0, "keyword": 1.0, "opening": 0.65, "description": 0.35, "fine print": 0.1}
"""What a phrase's strength is multiplied with, by where it stands."""
_OPENING = 240
"""Characters at the start of a description that say what an event is about: a sentence or two, or three."""
_AGAIN = 0.5
"""A phrase that is said again says a little more; said more often, nothing more."""
_NAMED = 0.85
"""From this weight on, a phrase names a topic: one of its own phrases, in a title or among the keywords."""
_PRIOR = 0.3
"""How sure the word of its source alone makes that an event is about a topic."""
_fine_print = re.compile(
    r"(?:^|[\n.!?>•])\s*(?:about (?:us|the (?:organi[sz]er|presenter|speaker|host|author|instructor)s?)|how to register|"
    r"registration (?:fee|form|information|is)|cancell?ation|refunds?\b|terms (?:and|of)|privacy|follow us|contact us|"
    r"über uns|anmeldung|sobre nosotros|inscripci[óo]n|[àa] propos de nous|inscription|over ons|aanmelden|sobre n[óo]s|inscriç)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Reason:
    """Why an event is about a topic: how surely, 0 to 1, and the words that say so, each with its place."""

    confidence: float
    evidence: tuple[str, ...]


class _Hint(NamedTuple):
    weight: float
    phrase: str
    place: str
    context: bool


_SOURCE = _Hint(_PRIOR, "its own topic", "source", context=False)


TopicReasons = dict[str, Reason]
"""The reason for each topic, by its slug."""


def find_topics(
    taxonomy: Taxonomy,
    name: str,
    description: str | None = None,
    keywords: Sequence[str] = (),
    *,
    declared: Sequence[str] = (),
    language: str | None = None,
) -> TopicReasons:
    """The topics of a text, each with its reason.

    Every phrase is a hint that may mislead; a topic's confidence is the chance that not all of its hints do
    (a noisy or: Pearl, 1988). A title says more than a description, whose start says more than the rest; where the
    title names one topic, another that stands in the description alone must be said more clearly.

    `declared`, the slugs of the source's own topics, are weak hints: one helps a topic that words hint at too, and
    counts by itself where words name no topic at all. `language` is the text's (BCP 47); None: as its small words tell.
    """
    known = language or written_in(f"{name}\n{description or ''}")
    said = _hints(taxonomy, _places(name, description or "", keywords), known)
    named = {slug for slug, hints in said.items() if any(hint.weight >= _NAMED for hint in hints)}
    why = {}
    for slug, hints in said.items():
        reason, topic = _reason(hints + _backing(hints) if slug in declared else hints), taxonomy.topics[slug]
        if reason.confidence >= (topic.beside if named - {slug} and slug not in named else topic.threshold):
            why[slug] = reason
    return why or {slug: _reason([_SOURCE]) for slug in declared}


def _hints(taxonomy: Taxonomy, places: Iterable[tuple[str, str]], language: str | None) -> dict[str, list[_Hint]]:
    said: dict[str, list[_Hint]] = defaultdict(list)
    for place, text in places:
        for hit in taxonomy.found(text, language):
            for slug, strength in hit.slugs.items():
                said[slug].append(_Hint(strength * _PLACES[place], hit.phrase, place, strength <= CONTEXT))
    return said


def _backing(hints: list[_Hint]) -> list[_Hint]:
    """What the source's word adds to the hints; nothing to those that are only context: two maybes are no topic."""
    return [] if all(hint.context for hint in hints) else [_SOURCE]


def _places(name: str, description: str, keywords: Sequence[str]) -> Iterator[tuple[str, str]]:
    yield "name", name
    if keywords:
        yield "keyword", " | ".join(keywords)
    tail = _fine_print.search(description, _OPENING)
    end = tail.start() if tail else len(description)
    # A word that straddles the end of the opening is the opening's.
    middle = min(end, len(description[:_OPENING]) + len(description[_OPENING:].split(" ", 1)[0]))
    yield "opening", description[:middle]
    yield "description", description[middle:end]
    yield "fine print", description[end:]


def _reason(hints: list[_Hint]) -> Reason:
    """Of the words that are only context the best alone counts, and only where a better word stands by it."""
    phrases: dict[str, list[_Hint]] = defaultdict(list)
    for hint in sorted(hints, key=lambda hint: -hint.weight):
        phrases["" if hint.context else hint.phrase].append(hint)
    context = phrases.pop("", [])[:1]
    said = [(hint, share) for one in phrases.values() for hint, share in zip(one, (1, _AGAIN), strict=False)]
    counted = [*said, *((hint, 1) for hint in context)] if said else []
    evidence = dict.fromkeys(f"{hint.place}: {hint.phrase}" for hint, _ in counted)
    return Reason(round(1 - math.prod(1 - share * hint.weight for hint, share in counted), 2), tuple(evidence))


def tag(reading: NormalizedPosting, taxonomy: Taxonomy) -> NormalizedPosting:
    """The reading, its event tagged; its source's own topics are weak evidence."""
    event, declared = reading.event, reading.posting.origin.topics
    why = find_topics(
        taxonomy, event.name, event.description, event.keywords, declared=declared, language=event.language
    )
    return replace(reading, event=_tagged(event, why))


def _tagged(event: Event, why: TopicReasons) -> Event:
    said = {f"topics.{slug}": f"{'; '.join(one.evidence)} ({one.confidence:.2f})" for slug, one in why.items()}
    evidence = {field: words for field, words in event.evidence if not field.startswith("topics.")} | said
    return replace(event, topics=tuple(sorted(why)), evidence=tuple(sorted(evidence.items())))
