"""Several readings of one event as one, field by field, the most trustworthy source first; each field says whose it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from symposia.event import Event, Location, Status

TRUST = ("icalendar", "json-ld", "microdata", "rdfa", "atom", "rss", "listing")
"""The extractors, the most trustworthy first."""
FIRST_HAND = "first_hand"
"""What the evidence says of a reading whose source has a page of its own for the event, and does not point elsewhere."""

_TIME = ("start", "end", "timezone", "timezone_assumed")
_OWN = {*_TIME, "uid", "sequence", "created", "last_modified", "sources", "evidence", "status", "location"}
_JOINED = {"keywords", "topics", "audience", "deadlines", "credit"}


@dataclass(frozen=True, slots=True)
class _Chosen:
    """A value, and the reading that it is of."""

    value: Any
    reading: Event


def merge(readings: Sequence[Event]) -> Event:
    """One event of its readings, at least one. Its UID is that of the first; the result does not depend on the order.

    Name, status and time (start, end and zone together) are the most trustworthy reading's, a time of day before a mere
    day; a field that it leaves open is the next one's; of descriptions the longest; lists are joined, and what places say
    that do not contradict each other. A source with a page of its own for the event is trusted before a list that points elsewhere.
    The evidence of a field names the source, and its words.
    """
    if len(readings) == 1:
        return readings[0]
    ranked = sorted(readings, key=_rank)
    chosen = dict(_chosen(ranked))
    values = {name: one.value for name, one in chosen.items()}
    values |= {name: _joined(ranked, name) for name in _JOINED}
    sources = tuple(sorted({source for one in readings for source in one.sources}, key=lambda ref: (ref.id, ref.key)))
    return replace(readings[0], **values, sources=sources, evidence=_evidence(ranked, chosen))


def _rank(event: Event) -> tuple[bool, int, int, str, str]:
    said = dict(event.evidence)
    extractor = said.get("extractor", "")
    trust = TRUST.index(extractor) if extractor in TRUST else len(TRUST)
    filled = sum(getattr(event, field.name) not in (None, ()) for field in fields(Event))
    source = event.sources[0] if event.sources else None
    return FIRST_HAND not in said, trust, -filled, source.id if source else "", source.key if source else ""


def _chosen(ranked: Sequence[Event]) -> Iterator[tuple[str, _Chosen]]:
    """The value of each field that is one reading's, and the reading."""
    for name in (field.name for field in fields(Event)):
        if name not in _OWN and name not in _JOINED:
            best = next((one for one in ranked if getattr(one, name) is not None), ranked[0])
            yield name, _Chosen(getattr(best, name), best)
    longest = max(ranked, key=lambda one: len(one.description or ""))
    yield "description", _Chosen(longest.description, longest)
    timed = next((one for one in ranked if not one.all_day), ranked[0])
    for name in _TIME:
        yield name, _Chosen(getattr(timed, name), timed)
    yield "status", _status(ranked)
    yield "location", _place(ranked)


def _status(ranked: Sequence[Event]) -> _Chosen:
    """The best source's word; where it only says "scheduled", as most do of all events, another's news counts."""
    news = next((one for one in ranked if one.status != Status.SCHEDULED), ranked[0])
    return _Chosen(news.status, news)


def _place(ranked: Sequence[Event]) -> _Chosen:
    """The best source's place, with what the others add to it who name the same city, or none."""
    best = next((one for one in ranked if one.location is not None), ranked[0])
    place = best.location
    for other in (one.location for one in ranked):
        if place is not None and other is not None and _agree(place, other):
            place = replace(place, **{name: value for name, value in _parts(other) if getattr(place, name) is None})
    return _Chosen(place, best)


def _agree(one: Location, other: Location) -> bool:
    pairs = ((one.city, other.city), (one.country, other.country), (one.region, other.region), (one.name, other.name))
    return all(not a or not b or a.casefold() == b.casefold() for a, b in pairs)


def _parts(place: Location) -> Iterator[tuple[str, Any]]:
    for field in fields(Location):
        yield field.name, getattr(place, field.name)


def _joined(ranked: Sequence[Event], name: str) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(item for one in ranked for item in getattr(one, name)))


def _evidence(ranked: Sequence[Event], chosen: dict[str, _Chosen]) -> tuple[tuple[str, str], ...]:
    """For each field the source and its words; beside that what only one reading has to say, as for topics."""
    known: dict[str, str] = {}
    for one in reversed(ranked):
        known |= {name: _whose(one, words) for name, words in one.evidence if name not in chosen}
    for name, choice in chosen.items():
        if choice.value not in (None, False):
            said = dict(choice.reading.evidence)
            known[name] = _whose(choice.reading, said.get(name) or said.get("extractor", ""))
    known["extractor"] = dict(ranked[0].evidence).get("extractor", "")
    return tuple(sorted(known.items()))


def _whose(reading: Event, words: str) -> str:
    return f"{reading.sources[0].id}: {words}" if reading.sources else words
