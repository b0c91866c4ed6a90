"""How likely two postings are of one event, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from math import exp

from rapidfuzz import fuzz

from pipelines.linkage.cannot_link import apart, other_venue
from pipelines.linkage.features.place import Place, region_words, relation
from pipelines.linkage.features.record import MARKED, Sketch, sketch
from pipelines.linkage.features.title import Title
from pipelines.linkage.features.token_overlap import Overlap, overlap
from pipelines.linkage.features.url import Address
from pipelines.linkage.word_lists import word_lists
from symposia.event import Event

SAME = 0.5
"""The score from which two postings are taken for one event's."""
_SLACK = -2.0
"""Log-odds below which a bound is hopeless: words that are written together, or misspelt, raise what it bounds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """`score`: how probable it is that two postings are of one event, 0 to 1; `facts`: what speaks for it, and, below 0,
    against it, in log-odds, the strongest first.

    `apart`: why they can't be one, whatever else agrees (`score` is 0 then); None where nothing forbids it.
    """

    score: float
    facts: tuple[tuple[str, float], ...] = ()
    apart: str | None = None

    @property
    def same(self) -> bool:
        """Whether the two are taken for one event."""
        return self.score >= SAME


def compare(a: Event, b: Event) -> Comparison:
    """How likely `a` and `b` are one event. The same whichever comes first."""
    return compare_sketches(sketch(a), sketch(b))


def is_hopeless(a: Sketch, b: Sketch) -> bool:
    """Whether two are surely not taken for one: they share the beginning of one word, and the rest speaks against it.

    A bound, far cheaper than comparing: as if that word were the same, and all other letters as alike as they can be.
    """
    common = a.keys & b.keys
    if len(common) != 1 or next(iter(common))[0] in MARKED:
        return False
    less, more = sorted((max(a.weight, 1.0), max(b.weight, 1.0)))
    weights = _weights()
    names = (
        weights["title"] / (less + more - 1)
        + weights["title contained"] / less
        + weights["title letters"]
        + weights["title left"] * min(less - 1, 2.0)
        + weights["title more"] * min(more - 1, 3.0)
    )
    rest = {**_time_facts(a, b), **_place_facts(a, b), **_address_facts(a, b), **_other_facts(a, b)}
    return weights["bias"] + names + sum(weights.get(name, 0.0) * value for name, value in rest.items()) < _SLACK


def compare_sketches(a: Sketch, b: Sketch) -> Comparison:
    """`compare`, of events that were read."""
    reason = apart(a, b)
    if reason:
        return Comparison(score=0.0, apart=reason)
    weights = _weights()
    told = {name: weights.get(name, 0.0) * value for name, value in features(a, b).items()}
    logit = max(-30.0, min(30.0, weights["bias"] + sum(told.values())))
    return Comparison(score=1 / (1 + exp(-logit)), facts=tuple(sorted(told.items(), key=lambda fact: -abs(fact[1]))))


def fact_in_words(name: str) -> str:
    """What a fact is called to people."""
    return str(word_lists()["facts"].get(name, name))


def features(a: Sketch, b: Sketch) -> dict[str, float]:
    """What speaks for and against one event, each 0 to about 3. What is 0 is left out."""
    found = {**_title_facts(a, b), **_time_facts(a, b), **_place_facts(a, b), **_address_facts(a, b)}
    found |= _other_facts(a, b)
    return {name: value for name, value in found.items() if value}


def _other_facts(a: Sketch, b: Sketch) -> dict[str, float]:
    """Facts that few sources tell."""
    return {
        "same source": float(bool(a.sources & b.sources)),
        "same time": float(bool(a.start and b.start and _are_one(a.start, b.start))),
        "minutes off": float(bool(a.start and b.start and not _are_one(a.start, b.start))),
        "other venue": float(other_venue(a, b)),
        "same venue": float(bool(a.place.venue) and a.place.venue == b.place.venue),
        "same organizer": float(bool(a.organizer) and a.organizer == b.organizer),
    }


def _are_one(a: datetime, b: datetime) -> bool:
    """Whether two moments are one, by the clock or by the instant."""
    return a.replace(tzinfo=None) == b.replace(tzinfo=None) or (bool(a.tzinfo and b.tzinfo) and a == b)


def _title_facts(a: Sketch, b: Sketch) -> dict[str, float]:
    found = _best_overlap(a, b)
    total = found.shared + found.left + found.more
    return {
        "title": found.shared / total if total else 0.0,
        "title exact": float(a.title.plain == b.title.plain and bool(a.title.plain)),
        "title contained": found.shared / (found.shared + found.left) if found.shared else 0.0,
        "title letters": max(0.0, fuzz.ratio(a.title.compact, b.title.compact) / 100 - 0.5) * 2,
        "title shared": min(found.shared, 3.0),
        "title none": float(found.shared < 0.5),
        "title left": min(found.left, 2.0),
        "title more": min(found.more, 3.0),
        "acronym": float(found.acronym),
        "edition": float(bool(a.numbers & b.numbers)),
        "edition one": float(bool(a.numbers) != bool(b.numbers)),
        "other region": float(_other_region(found, a, b)),
        "held at": float(_held_at(a.title, b.title) or _held_at(b.title, a.title)),
    }


def _held_at(small: Title, large: Title) -> bool:
    """Whether one name is "A at B", and the other speaks of B alone."""
    return bool(small.head) and not small.head & large.bag and bool((small.bag - small.head) & large.bag)


def _best_overlap(a: Sketch, b: Sketch) -> Overlap:
    known = _place_words(a.title, a, b) | _place_words(b.title, a, b)
    best = overlap(a.title, b.title, known)
    if best.left and (a.alias or b.alias):
        pairs = [(a.alias, b.title), (a.title, b.alias), (a.alias, b.alias)]
        found = [overlap(one, other, known) for one, other in pairs if one and other]
        best = max([best, *found], key=lambda each: each.shared / (each.shared + each.left + each.more + 0.1))
    return best


def _place_words(title: Title, a: Sketch, b: Sketch) -> frozenset[str]:
    known, there, here = region_words(), a.place.words, b.place.words
    return frozenset(word for word in title.bag if word in here or word in there or word in known)


def _other_region(found: Overlap, a: Sketch, b: Sketch) -> bool:
    """Whether each name has a place that is neither in the other's name nor where the other is."""
    one = {
        word for word in found.places[0] if word not in b.place.words and region_words().get(word) != b.place.country
    }
    other = {
        word for word in found.places[1] if word not in a.place.words and region_words().get(word) != a.place.country
    }
    return bool(one and other)


def _time_facts(a: Sketch, b: Sketch) -> dict[str, float]:
    days = abs((a.day - b.day).days)
    a_last, b_last = a.last or a.day, b.last or b.day
    overlaps = a.day <= b_last and b.day <= a_last
    return {
        "start 1 off": float(days == 1),
        "start 2 off": float(days >= 2),
        "same end": float(a_last == b_last and (a_last > a.day or b_last > b.day)),
        "other end": float(abs((a_last - b_last).days) > 1),
        "disjoint": float(not overlaps),
    }


def _place_facts(a: Sketch, b: Sketch) -> dict[str, float]:
    where = relation(a.place, b.place)
    return {
        "same city": float(where == "same city"),
        "near": float(where == "near"),
        "other city": float(where == "other city"),
        "other country": float(where == "other country"),
        "unknown": float(where == "unknown"),
        "both online": float(a.place.online and b.place.online),
        "one online": float(_one_online(a.place, b.place)),
    }


def _one_online(a: Place, b: Place) -> bool:
    """Whether one is online, and the other is held in a place, and nowhere else."""
    return (a.maybe_online and b.somewhere and not b.maybe_online) or (
        b.maybe_online and a.somewhere and not a.maybe_online
    )


def _address_facts(a: Sketch, b: Sketch) -> dict[str, float]:
    one, other = a.address, b.address
    if one is None or other is None:
        return {"no address": 1.0}
    same_page, same_site = one.page == other.page, one.site == other.site
    return {
        "same page": float(same_page and not one.home and not one.listing),
        "same home": float(same_page and one.home),
        "same host": float(not same_page and same_site and not one.shared),
        "same platform": float(not same_page and same_site and one.shared),
        "page below": float(_is_below(one, other) or _is_below(other, one)),
        "other page": float(not same_site),
    }


def _is_below(one: Address, other: Address) -> bool:
    """Whether an address lies under another that is no home page: a track's, under the conference's."""
    return not other.home and one.page.startswith(f"{other.page}/")


@cache
def _weights() -> Mapping[str, float]:
    weights: Mapping[str, float] = word_lists()["weights"]
    return weights
