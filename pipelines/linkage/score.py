"""How likely two postings are of one event, and why.

The comparison vector of two feature records holds the facts for and against one event. Each has a weight, and the weights
add up to log-odds, as in Fellegi and Sunter, A Theory for Record Linkage (1969). The weights are fitted to labelled pairs
by logistic regression (weights.toml), which does not assume, as they do, that facts are independent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from math import exp
from pathlib import Path

from rapidfuzz import fuzz

from pipelines.linkage.cannot_link import cannot_link, venues_differ
from pipelines.linkage.features.place import PlaceFeatures, PlaceRelation, compare_places, region_words
from pipelines.linkage.features.record import NON_WORD_MARKS, FeatureRecord, read_features
from pipelines.linkage.features.title import TitleFeatures
from pipelines.linkage.features.token_overlap import Overlap, overlap
from pipelines.linkage.features.url import UrlFeatures
from symposia.event import Event
from symposia.text.toml_files import toml_at

SAME = 0.5
"""The score from which two postings count as one event: more likely than not."""
_HOPELESS = -2.0
"""Log-odds below which `is_hopeless` rules a pair out; the slack is for joined and misspelt words, which it ignores."""
_MAX_LOGIT = 30.0
"""Log-odds at which the score is 0 or 1 to 13 digits; `exp` overflows beyond 709."""
_MAX_SHARED, _MAX_LEFT, _MAX_MORE = 3.0, 2.0, 3.0
"""Weights of words beyond which more of them tell nothing more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two postings, compared.

    Attributes:
        score: How probable it is that they are of one event, 0 to 1; 0 where a constraint forbids it.
        facts: What speaks for it and, below 0, against it, in log-odds, the strongest first.
        cannot_link: Why they can't be one, whatever else agrees; None where nothing forbids it.
    """

    score: float
    facts: tuple[tuple[str, float], ...] = ()
    cannot_link: str | None = None

    @property
    def same(self) -> bool:
        """Whether the two are taken for one event."""
        return self.score >= SAME


def compare(a: Event, b: Event) -> Comparison:
    """Compare two postings; the same whichever comes first."""
    return compare_records(read_features(a), read_features(b))


def compare_records(a: FeatureRecord, b: FeatureRecord) -> Comparison:
    """Compare two postings by their features."""
    reason = cannot_link(a, b)
    if reason:
        return Comparison(score=0.0, cannot_link=reason)
    weights = fact_weights()
    told = {name: weights.get(name, 0.0) * value for name, value in comparison_vector(a, b).items()}
    logit = max(-_MAX_LOGIT, min(_MAX_LOGIT, weights["bias"] + sum(told.values())))
    return Comparison(score=1 / (1 + exp(-logit)), facts=tuple(sorted(told.items(), key=lambda fact: -abs(fact[1]))))


def is_hopeless(a: FeatureRecord, b: FeatureRecord) -> bool:
    """Whether two are certainly not one event: they share only the beginning of one word, and all else is against it.

    This is an upper bound of their log-odds, and far cheaper than a comparison: it takes that word for the same, and all
    other letters for as similar as possible.
    """
    common = a.blocking_keys & b.blocking_keys
    if len(common) != 1 or next(iter(common))[0] in NON_WORD_MARKS:
        return False
    less, more = sorted((max(a.weight, 1.0), max(b.weight, 1.0)))
    weights = fact_weights()
    names = (
        weights["title"] / (less + more - 1)
        + weights["title contained"] / less
        + weights["title letters"]
        + weights["title left"] * min(less - 1, _MAX_LEFT)
        + weights["title more"] * min(more - 1, _MAX_MORE)
    )
    rest = {**_compare_times(a, b), **_compare_whereabouts(a, b), **_compare_urls(a, b), **_compare_rest(a, b)}
    return weights["bias"] + names + sum(weights.get(name, 0.0) * value for name, value in rest.items()) < _HOPELESS


def comparison_vector(a: FeatureRecord, b: FeatureRecord) -> dict[str, float]:
    """The facts that speak for and against one event, each 0 to about 3; those of 0 are left out."""
    facts = {**_compare_titles(a, b), **_compare_times(a, b), **_compare_whereabouts(a, b), **_compare_urls(a, b)}
    facts |= _compare_rest(a, b)
    return {name: value for name, value in facts.items() if value}


def describe_fact(name: str) -> str:
    """The name of a fact for people."""
    return str(_load_weights()["words"].get(name, name))


@cache
def fact_weights() -> Mapping[str, float]:
    """The weight of each fact by its name, in log-odds; "bias" is that of no fact at all."""
    return {**_load_weights()["fitted"], **_load_weights()["by_hand"]}


def _compare_titles(a: FeatureRecord, b: FeatureRecord) -> dict[str, float]:
    best = _best_overlap(a, b)
    total = best.shared + best.left + best.more
    return {
        "title": best.shared / total if total else 0.0,
        "title exact": float(a.title.sorted_words == b.title.sorted_words and bool(a.title.sorted_words)),
        "title contained": best.shared / (best.shared + best.left) if best.shared else 0.0,
        # Any two names agree in about half of their letters.
        "title letters": max(0.0, fuzz.ratio(a.title.compact, b.title.compact) / 100 - 0.5) * 2,
        "title shared": min(best.shared, _MAX_SHARED),
        "title none": float(best.shared < 0.5),
        "title left": min(best.left, _MAX_LEFT),
        "title more": min(best.more, _MAX_MORE),
        "acronym": float(best.acronym),
        "edition": float(bool(a.numbers & b.numbers)),
        "edition one": float(bool(a.numbers) != bool(b.numbers)),
        "other region": float(_name_other_regions(best, a, b)),
        "held at": float(_is_held_at(a.title, b.title) or _is_held_at(b.title, a.title)),
    }


def _is_held_at(small: TitleFeatures, large: TitleFeatures) -> bool:
    """Whether one name is "A at B", and the other speaks of B alone."""
    if not small.before_at or small.before_at & large.word_set:
        return False
    return bool((small.word_set - small.before_at) & large.word_set)


def _best_overlap(a: FeatureRecord, b: FeatureRecord) -> Overlap:
    """The overlap of the names; of their aliases, where these overlap more."""
    places = _place_words(a.title, a, b) | _place_words(b.title, a, b)
    best = overlap(a.title, b.title, places)
    if best.left and (a.alias or b.alias):
        pairs = [(a.alias, b.title), (a.title, b.alias), (a.alias, b.alias)]
        found = [overlap(one, other, places) for one, other in pairs if one and other]
        # The tenth keeps two names without a word from a division by 0.
        best = max([best, *found], key=lambda each: each.shared / (each.shared + each.left + each.more + 0.1))
    return best


def _place_words(title: TitleFeatures, a: FeatureRecord, b: FeatureRecord) -> frozenset[str]:
    """The words of a name that are those of a region, or of where one of the two is."""
    regions, here, there = region_words(), a.place.words, b.place.words
    return frozenset(word for word in title.word_set if word in here or word in there or word in regions)


def _name_other_regions(overlap: Overlap, a: FeatureRecord, b: FeatureRecord) -> bool:
    """Whether each name has a place that is neither in the other's name nor where the other is."""
    only_a, only_b = overlap.places
    return any(_is_outside(word, b.place) for word in only_a) and any(_is_outside(word, a.place) for word in only_b)


def _is_outside(word: str, place: PlaceFeatures) -> bool:
    return word not in place.words and region_words().get(word) != place.country


def _compare_times(a: FeatureRecord, b: FeatureRecord) -> dict[str, float]:
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


def _compare_whereabouts(a: FeatureRecord, b: FeatureRecord) -> dict[str, float]:
    relation = compare_places(a.place, b.place)
    return {
        # That only the country is the same tells nothing.
        relation.value: float(relation is not PlaceRelation.SAME_COUNTRY),
        "both online": float(a.place.only_online and b.place.only_online),
        "one online": float(_is_one_online(a.place, b.place) or _is_one_online(b.place, a.place)),
    }


def _is_one_online(a: PlaceFeatures, b: PlaceFeatures) -> bool:
    """Whether the first may be attended online, and the second is held in a place, and nowhere else."""
    return a.maybe_online and b.somewhere and not b.maybe_online


def _compare_urls(a: FeatureRecord, b: FeatureRecord) -> dict[str, float]:
    one, other = a.url, b.url
    if one is None or other is None:
        return {"no address": 1.0}
    same_page, same_site = one.page == other.page, one.site == other.site
    return {
        "same page": float(same_page and one.is_own_page),
        "same home": float(same_page and one.is_home),
        "same host": float(not same_page and same_site and not one.is_platform),
        "same platform": float(not same_page and same_site and one.is_platform),
        "page below": float(_is_below(one, other) or _is_below(other, one)),
        "other page": float(not same_site),
    }


def _is_below(one: UrlFeatures, other: UrlFeatures) -> bool:
    """Whether an address lies under another that is no home page: a track's, under the conference's."""
    return not other.is_home and one.page.startswith(f"{other.page}/")


def _compare_rest(a: FeatureRecord, b: FeatureRecord) -> dict[str, float]:
    """Facts that few sources tell."""
    same_time = _are_one_moment(a.start, b.start)
    return {
        "same source": float(bool(a.sources & b.sources)),
        "same time": float(same_time),
        "minutes off": float(a.start is not None and b.start is not None and not same_time),
        "other venue": float(venues_differ(a, b)),
        "same venue": float(bool(a.place.venue) and a.place.venue == b.place.venue),
        "same organizer": float(bool(a.organizer) and a.organizer == b.organizer),
    }


def _are_one_moment(a: datetime | None, b: datetime | None) -> bool:
    """Whether two starts are one, by the clock or as instants; False where either is unknown."""
    if a is None or b is None:
        return False
    return a.replace(tzinfo=None) == b.replace(tzinfo=None) or (bool(a.tzinfo and b.tzinfo) and a == b)


@cache
def _load_weights() -> Mapping[str, Mapping[str, float]]:
    return toml_at(Path(__file__).with_name("weights.toml"))
