"""Several postings of one event merged into one, field by field, the most trusted source first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from symposia.event import Event, Location, Status

TRUST = ("icalendar", "json-ld", "microdata", "rdfa", "atom", "rss", "listing")
"""The extractors, the most trusted first: data for machines before the visible page. Others come last."""
FIRST_HAND = "first_hand"
"""The name of the evidence that a source has a page of its own for the event, and does not link elsewhere."""

_TIME_FIELDS = ("start", "end", "timezone", "timezone_assumed")
"""Fields that are taken together, of one posting."""
_UNITED_FIELDS = ("keywords", "topics", "audience", "deadlines", "credit")
"""Fields whose items are united, of all postings."""
_OTHER_RULES = {
    *_TIME_FIELDS,
    "uid",
    "sequence",
    "created",
    "last_modified",
    "sources",
    "evidence",
    "status",
    "location",
}
"""Fields with rules of their own; each other one is that of the first posting which states it."""


@dataclass(frozen=True, slots=True)
class _Choice:
    """A field's value, and the posting that it is of."""

    value: Any
    posting: Event


def merge(postings: Sequence[Event]) -> Event:
    """Merge the postings of one event, at least one of them.

    The UID is the first one's; apart from that, their order does not matter.

    Most fields are the most trusted posting's, or the next one's where it leaves them open. Start, end and zone come from
    one posting, the most trusted with a time of day. The longest description is taken, lists are united, and places
    complete each other if they don't contradict. A source with a page of its own for the event is trusted more than one
    that links elsewhere. The evidence of each field names the source and its words.
    """
    if len(postings) == 1:
        return postings[0]
    ranked = sorted(postings, key=_rank)
    choices = dict(_choose(ranked))
    values = {name: choice.value for name, choice in choices.items()}
    values |= {name: _unite(ranked, name) for name in _UNITED_FIELDS}
    sources = tuple(
        sorted({source for event in postings for source in event.sources}, key=lambda ref: (ref.id, ref.key))
    )
    return replace(postings[0], **values, sources=sources, evidence=_merge_evidence(ranked, choices))


def _rank(event: Event) -> tuple[bool, int, int, str, str]:
    """The sort key of postings, the most trusted first; the source's id and key decide ties."""
    evidence = dict(event.evidence)
    extractor = evidence.get("extractor", "")
    trust = TRUST.index(extractor) if extractor in TRUST else len(TRUST)
    filled = sum(getattr(event, field.name) not in (None, ()) for field in fields(Event))
    source = event.sources[0] if event.sources else None
    return FIRST_HAND not in evidence, trust, -filled, source.id if source else "", source.key if source else ""


def _choose(ranked: Sequence[Event]) -> Iterator[tuple[str, _Choice]]:
    """The value of each field that is one posting's."""
    for name in (field.name for field in fields(Event)):
        if name not in _OTHER_RULES and name not in _UNITED_FIELDS:
            first = next((event for event in ranked if getattr(event, name) is not None), ranked[0])
            yield name, _Choice(getattr(first, name), first)
    longest = max(ranked, key=lambda event: len(event.description or ""))
    yield "description", _Choice(longest.description, longest)
    timed = next((event for event in ranked if not event.all_day), ranked[0])
    for name in _TIME_FIELDS:
        yield name, _Choice(getattr(timed, name), timed)
    yield "status", _choose_status(ranked)
    yield "location", _merge_places(ranked)


def _choose_status(ranked: Sequence[Event]) -> _Choice:
    """The most trusted posting's status, unless that is "scheduled", which most sources say of all events: then any other."""
    news = next((event for event in ranked if event.status != Status.SCHEDULED), ranked[0])
    return _Choice(news.status, news)


def _merge_places(ranked: Sequence[Event]) -> _Choice:
    """The most trusted posting's place, completed by those of the others that don't contradict it."""
    first = next((event for event in ranked if event.location is not None), ranked[0])
    place = first.location
    for other in (event.location for event in ranked):
        if place is not None and other is not None and _agree(place, other):
            known = {field.name: getattr(other, field.name) for field in fields(Location)}
            place = replace(place, **{name: value for name, value in known.items() if getattr(place, name) is None})
    return _Choice(place, first)


def _agree(one: Location, other: Location) -> bool:
    """Whether two places name the same city, country, region and venue, as far as both name them."""
    pairs = ((one.city, other.city), (one.country, other.country), (one.region, other.region), (one.name, other.name))
    return all(not a or not b or a.casefold() == b.casefold() for a, b in pairs)


def _unite(ranked: Sequence[Event], name: str) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(item for event in ranked for item in getattr(event, name)))


def _merge_evidence(ranked: Sequence[Event], choices: dict[str, _Choice]) -> tuple[tuple[str, str], ...]:
    """For each field the source and its words; beside that what a single posting has to say, as for topics."""
    evidence: dict[str, str] = {}
    for event in reversed(ranked):
        evidence |= {name: _attribute(event, words) for name, words in event.evidence if name not in choices}
    for name, choice in choices.items():
        if choice.value not in (None, False):
            words = dict(choice.posting.evidence)
            evidence[name] = _attribute(choice.posting, words.get(name) or words.get("extractor", ""))
    evidence["extractor"] = dict(ranked[0].evidence).get("extractor", "")
    return tuple(sorted(evidence.items()))


def _attribute(posting: Event, words: str) -> str:
    """Words with the id of the source that says them."""
    return f"{posting.sources[0].id}: {words}" if posting.sources else words
