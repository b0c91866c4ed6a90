"""Which postings are one event: examples of what is, and of what only looks so; and what holds for any."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from itertools import count
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.linkage import candidates as dedupe
from pipelines.linkage.candidates import links
from pipelines.linkage.cluster import clusters
from pipelines.linkage.days import day_of, near_days
from pipelines.linkage.features.record import sketch
from pipelines.linkage.score import SAME, compare, features
from pipelines.linkage.word_lists import word_lists
from symposia.event import AttendanceMode, Event, Location, Recurrence, SourceRef

_numbers = count()
LEEDS = Location(city="Leeds", country="United Kingdom")
YORK = Location(city="York", country="GB")


def event(
    name: str = "Phonics for Grade One Teachers", start: str = "2027-03-03", source: str = "", **known: Any
) -> Event:
    """A posting of a source of its own, unless one is named."""
    number = next(_numbers)
    moment = datetime.fromisoformat(start) if "T" in start else date.fromisoformat(start)
    ref = SourceRef(id=source or f"source{number}", key=str(number), url="https://list.example/")
    return Event(uid=str(number), name=name, start=moment, sources=(ref,), **known)


def timed(hour: int, **known: Any) -> Event:
    """The same at an hour of London."""
    return event(**known, start=f"2027-03-03T{hour:02}:00+00:00")


SAME_PAIRS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({}, {}),
    ({"name": "Phonics for Grade-One Teachers!"}, {"name": "PHONICS FOR GRADE ONE TEACHERS"}),
    ({"name": "Webinar: Phonics for Beginners"}, {"name": "Phonics for Beginners (free webinar)"}),
    ({"name": "Workshop: Makerspaces on a Small Budget"}, {"name": "Makerspaces on a Small Budget"}),
    (
        {"name": "Conference on School Libraries", "location": LEEDS},
        {"name": "School Libraries Conference", "location": LEEDS},
    ),
    (
        {"name": "12th Conference on School Libraries", "location": LEEDS},
        {"name": "Conference on School Libraries", "location": LEEDS},
    ),
    ({"name": "School Libraries Conference 2027"}, {"name": "School Libraries Conference"}),
    ({"name": "School Libraries '27", "location": LEEDS}, {"name": "School Libraries 2027", "location": LEEDS}),
    (
        {"name": "International Conference on Reading Research and Instruction", "location": LEEDS},
        {"name": "ICRRI 2027 - International Conference on Reading Research", "location": LEEDS},
    ),
    (
        {"name": "Konferenz Digitale Bildung", "location": LEEDS},
        {"name": "Conference Digitale Bildung", "location": LEEDS},
    ),
    ({"name": "Congreso de Bibliotecas Escolares"}, {"name": "Congress Bibliotecas Escolares"}),
    ({"name": "Journée d'étude Lecture et écriture"}, {"name": "Lecture et ecriture : journée d'étude"}),
    ({"name": "Tagung Leseförderung", "location": LEEDS}, {"name": "Tagung Lesefoerderung", "location": LEEDS}),
    (
        {"name": "School Libraries Conference", "location": LEEDS},
        {"name": "School Libraries Conference", "start": "2027-03-04", "location": LEEDS},
    ),
    ({"location": LEEDS}, {"location": Location(city="LEEDS", country="UK")}),
    ({"location": Location(city="Munich", country="Germany")}, {"location": Location(city="München", country="DE")}),
    ({"location": LEEDS}, {"location": Location(city="Leeds, Yorkshire")}),
    ({"location": LEEDS}, {}),
    ({"url": "https://guild.example/e/17?utm_source=x"}, {"url": "http://www.guild.example/e/17/"}),
    ({"start": "2027-03-03T16:00+00:00"}, {"start": "2027-03-03"}),
    ({"start": "2027-03-03T16:00+00:00"}, {"start": "2027-03-03T17:00+01:00"}),
    ({"start": "2027-03-03T16:00"}, {"start": "2027-03-03T16:00+00:00"}),
    ({"start": "2027-03-03T23:30+00:00"}, {"start": "2027-03-04T00:30+01:00"}),
    ({"name": "Office hours", "organizer": "The Guild"}, {"name": "Office Hours", "organizer": "the guild"}),
    (
        {"name": "Board meeting", "url": "https://guild.example/e/17"},
        {"name": "Board meeting", "url": "https://guild.example/e/17"},
    ),
    ({"name": "Phonics, part 3 of 6"}, {"name": "Phonics, part 3"}),
    ({"source": "guild"}, {"source": "guild"}),
]
DIFFERENT_PAIRS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({}, {"name": "Geometry with Folded Paper"}),
    ({}, {"start": "2027-03-10"}),
    ({}, {"start": "2028-03-03"}),
    ({"location": LEEDS}, {"location": Location(city="Lyon", country="France")}),
    ({"name": "Teaching Fractions", "location": LEEDS}, {"name": "Teaching Reading", "location": LEEDS}),
    ({"name": "School Libraries Conference 2027"}, {"name": "School Libraries Conference 2028"}),
    ({"name": "12th School Libraries Conference"}, {"name": "13th School Libraries Conference"}),
    ({"name": "Phonics, part 1"}, {"name": "Phonics, part 2"}),
    ({"name": "Phonics, part 1 of 6"}, {"name": "Phonics, part 2 of 6"}),
    ({"name": "Phonics II"}, {"name": "Phonics III"}),
    ({"name": "School Libraries Summit Europe"}, {"name": "School Libraries Summit Asia"}),
    ({"name": "School Libraries Conference", "location": LEEDS}, {"name": "Workshop on Robots at the School Libraries Conference", "location": LEEDS}),
    ({"start": "2027-03-03T16:00+00:00", "location": LEEDS}, {"start": "2027-03-03T16:00+00:00", "location": YORK}),
    ({"location": Location(name="Mill", city="Leeds")}, {"location": Location(name="Castle", city="York")}),
    ({"source": "guild"}, {"source": "guild", "start": "2027-03-04"}),
    ({"name": "Office hours"}, {"name": "Office hours"}),
    ({"name": "Board meeting", "location": LEEDS}, {"name": "Board Meeting", "location": LEEDS}),
    ({"name": "Book club", "organizer": "North Library"}, {"name": "Book club", "organizer": "South Library"}),
    ({"name": "Story time", "location": LEEDS}, {"name": "Storytime", "location": LEEDS}),
    ({"start": "2027-03-03T09:00+00:00"}, {"start": "2027-03-03T14:00+00:00"}),
    ({"start": "2027-03-03T09:00+00:00", "source": "guild"}, {"start": "2027-03-03T09:30+00:00", "source": "guild"}),
    ({"source": "guild", "location": Location(name="Room 1")}, {"source": "guild", "location": Location(name="Main Hall")}),
    ({"recurrence": Recurrence(rrule="FREQ=WEEKLY")}, {}),
    ({"recurrence": Recurrence(rrule="FREQ=WEEKLY")}, {"recurrence": Recurrence(rrule="FREQ=MONTHLY")}),
    ({"name": "Reading Day for Parents", "source": "guild"}, {"name": "Reading Day for Pupils", "source": "guild"}),
    ({"name": "", "location": LEEDS}, {"name": "!!!", "location": LEEDS}),
    # Unrelated schools under one public suffix, and unrelated people under one hosting domain.
    ({"name": "Robotics Showcase Evening", "url": "https://lincoln.k12.ca.us/e/1"}, {"name": "Robotics Evening", "url": "https://jefferson.k12.ca.us/e/9"}),
    ({"name": "Family Science Night: Rockets", "url": "https://hill.leeds.sch.uk/e/1"}, {"name": "Family Science Night", "url": "https://mill.leeds.sch.uk/e/9"}),
    ({"name": "Family Mathematics Evening", "url": "https://hill.school.nz/e/1"}, {"name": "Family Mathematics Games Evening", "url": "https://mill.school.nz/e/9"}),
    ({"name": "Robotics Fair", "url": "https://one.blogspot.com/e/1"}, {"name": "Robotics Showcase Fair", "url": "https://two.blogspot.com/e/9"}),
    ({"name": "Free event", "url": "https://guild.example/"}, {"name": "Free event", "url": "https://guild.example/"}),
]  # fmt: skip


def _ids(pair: Mapping[str, Any]) -> str:
    return ", ".join(f"{value}" for value in pair.values())[:60]


@pytest.mark.parametrize(("one", "other"), SAME_PAIRS)
def test_the_same(one: dict[str, Any], other: dict[str, Any]) -> None:
    """One event, announced twice."""
    a, b = event(**one), event(**other)

    assert compare(a, b).same
    assert clusters([a, b]) == [[0, 1]]
    assert compare(a, b).facts


@pytest.mark.parametrize(("one", "other"), DIFFERENT_PAIRS)
def test_different(one: dict[str, Any], other: dict[str, Any]) -> None:
    """Two events, however alike."""
    a, b = event(**one), event(**other)

    assert not compare(a, b).same
    assert clusters([a, b]) == [[0], [1]]


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ({"start": "2027-05-03"}, {}, "another day"),
        ({"name": "Phonics 2027"}, {"name": "Phonics 2028"}, "another year"),
        ({"start": "2027-03-03T09:00"}, {"start": "2027-03-03T14:00"}, "another time"),
        ({"name": "Office hours"}, {"name": "Office hours"}, "a name that anybody may give"),
    ],
)
def test_why_not(one: dict[str, Any], other: dict[str, Any], why: str) -> None:
    """A guard says what it saw."""
    found = compare(event(**one), event(**other))

    assert (found.apart, found.score) == (why, 0.0)


def test_every_fact_has_a_weight_and_words() -> None:
    """And every weight is a fact's."""
    lists = word_lists()
    pairs = [(event(**one), event(**other)) for one, other in SAME_PAIRS]
    told = {name for one, other in pairs for name in features(sketch(one), sketch(other))}

    assert lists["facts"].keys() == lists["weights"].keys() - {"bias"}
    assert told <= lists["facts"].keys()


def test_a_third_does_not_join_two_that_differ() -> None:
    """A posting without a place fits one in Leeds and one in Lyon, and these stay two."""
    lyon = Location(city="Lyon", country="France")
    found = clusters([event(location=LEEDS), event(), event(location=lyon), event(location=lyon)])

    assert sorted(map(len, found)) in ([1, 3], [2, 2])
    assert not any({0, 2} <= set(group) for group in found)


class Decided:
    """A person's word that two names are one event, and that no other two are."""

    def __init__(self, *names: str) -> None:
        self.names = frozenset(names)

    def ruling(self, one: Event, other: Event) -> bool | None:
        """By the names."""
        return {one.name, other.name} <= self.names

    def partners(self, one: Event) -> frozenset[str]:
        """All of them."""
        return self.names if one.name in self.names else frozenset()


def test_a_persons_word_comes_first() -> None:
    """Over days and names, and against what is the same."""
    many = [event("Phonics"), event("Phonics at the Library", "2027-09-09"), event("Geometry"), event("Geometry")]

    assert clusters(many, rulings=Decided("Phonics", "Phonics at the Library")) == [[0, 1], [2], [3]]


def test_sources_may_be_trusted_with_all_of_their_own() -> None:
    """Then one source's are never one."""
    assert clusters([event(source="guild"), event(source="guild")], within_source=False) == [[0], [1]]


NAMES = ["Phonics for Beginners", "Webinar: Phonics for Beginners", "School Libraries", "SLC 2027", "Office hours", ""]
some = st.builds(
    event,
    name=st.one_of(st.sampled_from(NAMES), st.text(max_size=40)),
    start=st.sampled_from(["2027-03-03", "2027-03-04", "2027-03-03T16:00", "2027-03-03T16:00+00:00", "0001-01-01", "9999-12-31"]),
    source=st.sampled_from(["", "a", "b"]),
    location=st.sampled_from([None, LEEDS, YORK]),
    organizer=st.sampled_from([None, "The Guild"]),
)  # fmt: skip


@given(some, some)
def test_either_may_come_first(one: Event, other: Event) -> None:
    """And any name is compared."""
    assert compare(one, other) == compare(other, one)
    assert 0 <= compare(one, other).score <= 1


@given(st.lists(some, max_size=12), st.randoms())
def test_the_order_does_not_matter(events: list[Event], random: Random) -> None:
    """The groups are the same whatever comes first."""
    shuffled = random.sample(events, len(events))
    groups = {frozenset(events[index].uid for index in group) for group in clusters(events)}

    assert {frozenset(shuffled[index].uid for index in group) for group in clusters(shuffled)} == groups


@given(st.lists(some, max_size=12))
def test_what_is_not_linked_does_not_matter(events: list[Event]) -> None:
    """The groups of all are those of each part that the links hold together."""
    part = {index: {index} for index in range(len(events))}
    for one, other, score in links(events, range(len(events))):
        assert score >= SAME
        joined = part[one] | part[other]
        part.update(dict.fromkeys(joined, joined))
    groups = set()
    for members in {frozenset(members) for members in part.values()}:
        order = sorted(members)
        groups |= {frozenset(order[index] for index in group) for group in clusters([events[index] for index in order])}

    assert {frozenset(group) for group in clusters(events)} == groups


@given(some, some)
def test_days_to_look_on(one: Event, other: Event) -> None:
    """What may be one event is filed on days that are looked on."""
    if compare(one, other).same:
        assert day_of(other) in near_days(one)


def test_the_zone_of_a_day() -> None:
    """An evening in New York is filed by UTC, and found by its local day."""
    evening = event(start="2027-03-03T22:00-05:00", timezone="America/New_York")
    local = event(start="2027-03-03T22:00", timezone_assumed=True)
    zoned = Event(
        **{
            **{name: getattr(evening, name) for name in Event.__slots__},
            "start": datetime(2027, 3, 3, 22, tzinfo=ZoneInfo("America/New_York")),
        }
    )

    assert day_of(zoned) == date(2027, 3, 4)
    assert clusters([zoned, local]) == [[0, 1]]
    assert day_of(event(start="2027-03-03T22:00")) == datetime(2027, 3, 3, tzinfo=UTC).date()


def test_a_crowd_on_one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where too many on one day share a word to be held against each other, those of one name still are."""
    monkeypatch.setattr(dedupe, "CROWD", 100)
    many = [event(f"Reading circle {number} of the schools of the valley") for number in range(100, 400)]
    many += [event("Reading circle for all", attendance_mode=AttendanceMode.ONLINE) for _ in range(2)]
    found = clusters(many)

    assert [300, 301] in found
    assert len(found) == 301
