"""How likely two postings are of one event, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from math import exp

from rapidfuzz import fuzz

from pipelines.addresses import Address, read_address
from pipelines.overlap import Overlap, overlap
from pipelines.places import Place, read_place, region_words, relation
from pipelines.titles import (
    Title,
    generic_words,
    kinds_beside,
    read_title,
    weigh,
    weight_of,
    word_lists,
    words_of,
)
from symposia.event import Event

SAME = 0.5
"""The score from which two postings are taken for one event's."""
NEAR = 3
"""Days between two starts beyond which nothing is compared."""
_TELLING, _BEGINNING = 0.5, 4
"""What a word must weigh, and how many of its letters must agree, for two events to be compared for its sake."""
_MARKED = "=!@/"
"""What keys begin with that are no word's beginning."""
_SLACK = -2.0
"""Log-odds below which a bound is hopeless: words that are written together, or misspelt, raise what it bounds."""
_HOUR = timedelta(hours=1)
_SAME_VENUE = 60
"""rapidfuzz's token_set_ratio (0 to 100) below which two venues are two."""
_ALIAS = 140
"""Characters up to which a description's first line may be the event's name, written out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """What is compared of an event, read once.

    `day` and `last` are the first and the last day; `start` is None without a time of day, `floating` one whose zone is
    not stated. `keys`: what another event must have one of to be compared at all.
    """

    title: Title
    numbers: frozenset[int]
    alias: Title | None
    place: Place
    address: Address | None
    day: date
    last: date | None
    start: datetime | None
    floating: bool
    organizer: str
    recurs: str | None
    sources: frozenset[str]
    has_uid: bool
    weight: float
    keys: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """`score`: how probable it is that two postings are of one event, 0 to 1; `facts`: what speaks for and against it.

    `apart`: why they can't be one, whatever else agrees (`score` is 0 then); None where nothing forbids it.
    """

    score: float
    facts: tuple[str, ...] = ()
    apart: str | None = None

    @property
    def same(self) -> bool:
        """Whether the two are taken for one event."""
        return self.score >= SAME


def sketch(event: Event) -> Sketch:
    """`event`, read for comparing. Reading takes far longer than comparing: keep it where an event is compared often."""
    title, alias, address = read_title(event.name), _alias(event.description), read_address(event.url)
    place = read_place(event)
    start = event.start if isinstance(event.start, datetime) else None
    day = local_day(event)
    return Sketch(
        title=title,
        numbers=title.numbers - {day.year % 100},
        alias=alias,
        place=place,
        address=address,
        day=day,
        last=_day(event.end) if event.end else None,
        start=start,
        floating=start is not None and (start.tzinfo is None or event.timezone_assumed),
        organizer=" ".join(words_of(event.organizer or "")),
        recurs=(event.recurrence.rrule or "dates") if event.recurrence else None,
        sources=frozenset(ref.id for ref in event.sources),
        has_uid=("extractor", "icalendar") in event.evidence,
        weight=min(weigh(one.bag - place.words) for one in (title, alias or title)),
        keys=frozenset(_keys(title, alias, place, address)),
    )


def _keys(title: Title, alias: Title | None, place: Place, address: Address | None) -> Iterator[str]:
    """The beginnings of the telling words, of the whole name and, in its city, its first letter; initials; the page."""
    for one in (title, alias) if alias else (title,):
        yield from (word[:_BEGINNING] for word in one.words if weight_of(word) >= _TELLING)
        yield from (f"={word[:3]}" for word in one.capitals)
        yield from (f"={one.initials[at : at + 3]}" for at in range(len(one.initials) - 2))
    if not any(weight_of(word) >= _TELLING for word in title.words):
        yield f"!{title.plain}"
    elif len(title.compact) >= _BEGINNING:
        yield title.compact[:_BEGINNING]
        if place.city:
            yield f"@{place.city} {title.compact[0]}"
    if address is not None and not address.home and not address.listing:
        yield f"/{address.page}"


def local_day(event: Event) -> date:
    """The day on which an event begins where it is held."""
    return _day(event.start)


def compare(a: Event, b: Event) -> Comparison:
    """How likely `a` and `b` are one event. The same whichever comes first."""
    return compare_sketches(sketch(a), sketch(b))


def is_hopeless(a: Sketch, b: Sketch) -> bool:
    """Whether two are surely not taken for one: they share the beginning of one word, and the rest speaks against it.

    A bound, far cheaper than comparing: as if that word were the same, and all other letters as alike as they can be.
    """
    common = a.keys & b.keys
    if len(common) != 1 or next(iter(common))[0] in _MARKED:
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
    found = features(a, b)
    weights = _weights()
    logit = weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in found.items())
    return Comparison(score=1 / (1 + exp(-max(-30.0, min(30.0, logit)))), facts=tuple(found))


def features(a: Sketch, b: Sketch) -> dict[str, float]:
    """What speaks for and against one event, each 0 to about 3. What is 0 is left out."""
    found = {**_title_facts(a, b), **_time_facts(a, b), **_place_facts(a, b), **_address_facts(a, b)}
    found |= _other_facts(a, b)
    return {name: value for name, value in found.items() if value}


def apart(a: Sketch, b: Sketch) -> str | None:
    """Why two can't be one event; None where they can."""
    if abs((a.day - b.day).days) > NEAR:
        return "another day"
    if a.title.years and b.title.years and not a.title.years & b.title.years:
        return "another year"
    if a.numbers and b.numbers and not a.numbers & b.numbers:
        return "another edition or part"
    if (a.recurs is None) != (b.recurs is None) or (a.recurs and a.recurs != b.recurs):
        return "one recurs, or otherwise"
    timed_or_own = a.start or b.start or a.sources & b.sources or _other_venue(a, b)
    if timed_or_own and relation(a.place, b.place) in ("other city", "other country"):
        return "another city"
    if a.start and b.start and _another_time(a, b):
        return "another time"
    if a.sources & b.sources and not _may_be_twins(a, b):
        return "the source tells them apart"
    if _is_beside(a.title, b.title) or _is_beside(b.title, a.title):
        return "one is held beside the other"
    if _anybodys(a.title) and _anybodys(b.title) and not _vouched(a, b):
        return "a name that anybody may give"
    return None


def _another_time(a: Sketch, b: Sketch) -> bool:
    """Whether two start more than an hour apart, by the instant and by the clock; the clock counts where no zone is stated."""
    assert a.start is not None
    assert b.start is not None
    clocks = abs(a.start.replace(tzinfo=None) - b.start.replace(tzinfo=None))
    if a.start.tzinfo is None or b.start.tzinfo is None:
        return clocks > _HOUR
    instants = abs(a.start - b.start)
    return min(instants, clocks) > _HOUR if a.floating or b.floating else instants > _HOUR


def _may_be_twins(a: Sketch, b: Sketch) -> bool:
    """Whether one source may say the same twice, as lists that many write do.

    It is trusted to know apart what a calendar gives a UID, what has other numbers or rooms, days that don't overlap (a series' don't), and what it
    gives an hour, but for one page announced twice.
    """
    if (a.has_uid and b.has_uid) or a.numbers != b.numbers or _other_venue(a, b):
        return False
    if a.start or b.start:
        return a.start == b.start and _same_page(a, b)
    return a.day == b.day or (a.day <= (b.last or b.day) and b.day <= (a.last or a.day))


def _same_page(a: Sketch, b: Sketch) -> bool:
    """Whether both have one address, which is neither a home page nor a list."""
    if a.address is None or b.address is None or a.address.page != b.address.page:
        return False
    return not (a.address.home or a.address.listing)


def _is_beside(small: Title, large: Title) -> bool:
    """Whether one name is the other's with more to it: "Workshop on Robots at the School Libraries Conference"."""
    if not small.bag & kinds_beside("small") - large.bag or not large.bag & kinds_beside("large"):
        return False
    own = {word for word in large.bag if weight_of(word) >= _TELLING}
    return bool(own) and own <= small.bag and weigh(small.bag - large.bag) >= 1


def _anybodys(title: Title) -> bool:
    """Whether a name is but what many call their events: "Office hours", "Board meeting"."""
    return all(word in generic_words() or weight_of(word) < _TELLING for word in title.words)


def _vouched(a: Sketch, b: Sketch) -> bool:
    """Whether something beside such a name says that two are one: who invites, the venue, or the page."""
    if a.organizer and a.organizer == b.organizer:
        return True
    if a.place.venue and a.place.venue == b.place.venue:
        return True
    return _same_page(a, b)


def _other_venue(a: Sketch, b: Sketch) -> bool:
    if not a.place.venue or not b.place.venue:
        return False
    here, there = (" ".join(sorted(one.place.venue)) for one in (a, b))
    return fuzz.token_set_ratio(here, there) < _SAME_VENUE


def _other_facts(a: Sketch, b: Sketch) -> dict[str, float]:
    """Facts that few sources tell."""
    return {
        "same source": float(bool(a.sources & b.sources)),
        "minutes off": float(bool(a.start and b.start and _minutes_off(a, b))),
        "other venue": float(_other_venue(a, b)),
        "same venue": float(bool(a.place.venue) and a.place.venue == b.place.venue),
        "same organizer": float(bool(a.organizer) and a.organizer == b.organizer),
    }


def _minutes_off(a: Sketch, b: Sketch) -> bool:
    assert a.start is not None
    assert b.start is not None
    return a.start.replace(tzinfo=None) != b.start.replace(tzinfo=None) and (
        a.start.tzinfo is None or b.start.tzinfo is None or a.start != b.start
    )


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
        "one online": float(a.place.maybe_online != b.place.maybe_online),
    }


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


def _alias(description: str | None) -> Title | None:
    line = (description or "").strip().partition("\n")[0]
    return read_title(line) if 0 < len(line) <= _ALIAS else None


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


@cache
def _weights() -> Mapping[str, float]:
    weights: Mapping[str, float] = word_lists()["weights"]
    return weights
