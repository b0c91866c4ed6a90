"""How likely two postings are one event: examples of what is, and of what only looks so; and what holds for any."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from pipelines.linkage.features.record import read_features
from pipelines.linkage.score import (
    compare,
    compare_records,
    comparison_vector,
    describe_fact,
    fact_weights,
    is_hopeless,
)
from symposia.event import AttendanceMode, Event, Location, Recurrence
from tests.pipelines.linkage.postings import LEEDS, LYON, YORK, any_posting, posting

SAME_PAIRS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({}, {}),
    ({"name": "Phonics for Grade-One Teachers!"}, {"name": "PHONICS FOR GRADE ONE TEACHERS"}),
    ({"name": "Webinar: Phonics for Beginners"}, {"name": "Phonics for Beginners (free webinar)"}),
    ({"name": "Workshop: Makerspaces on a Small Budget"}, {"name": "Makerspaces on a Small Budget"}),
    ({"name": "Conference on School Libraries", "location": LEEDS}, {"name": "School Libraries Conference", "location": LEEDS}),
    ({"name": "12th Conference on School Libraries", "location": LEEDS}, {"name": "Conference on School Libraries", "location": LEEDS}),
    ({"name": "School Libraries Conference 2027"}, {"name": "School Libraries Conference"}),
    ({"name": "School Libraries '27", "location": LEEDS}, {"name": "School Libraries 2027", "location": LEEDS}),
    (
        {"name": "International Conference on Reading Research and Instruction", "location": LEEDS},
        {"name": "ICRRI 2027 - International Conference on Reading Research", "location": LEEDS},
    ),
    ({"name": "Konferenz Digitale Bildung", "location": LEEDS}, {"name": "Conference Digitale Bildung", "location": LEEDS}),
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
    ({"name": "Board meeting", "url": "https://guild.example/e/17"}, {"name": "Board meeting", "url": "https://guild.example/e/17"}),
    ({"name": "Phonics, part 3 of 6"}, {"name": "Phonics, part 3"}),
    ({"source": "guild"}, {"source": "guild"}),
]  # fmt: skip
DIFFERENT_PAIRS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({}, {"name": "Geometry with Folded Paper"}),
    ({}, {"start": "2027-03-10"}),
    ({}, {"start": "2028-03-03"}),
    ({"location": LEEDS}, {"location": LYON}),
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
    ({"name": "Free event", "url": "https://guild.example/"}, {"name": "Free event", "url": "https://guild.example/"}),
    # Unrelated schools under one public suffix, and unrelated people under one hosting domain.
    ({"name": "Robotics Showcase Evening", "url": "https://lincoln.k12.ca.us/e/1"}, {"name": "Robotics Evening", "url": "https://jefferson.k12.ca.us/e/9"}),
    ({"name": "Family Science Night: Rockets", "url": "https://hill.leeds.sch.uk/e/1"}, {"name": "Family Science Night", "url": "https://mill.leeds.sch.uk/e/9"}),
    ({"name": "Family Mathematics Evening", "url": "https://hill.school.nz/e/1"}, {"name": "Family Mathematics Games Evening", "url": "https://mill.school.nz/e/9"}),
    ({"name": "Robotics Fair", "url": "https://one.blogspot.com/e/1"}, {"name": "Robotics Showcase Fair", "url": "https://two.blogspot.com/e/9"}),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SAME_PAIRS)
def test_the_same(one: dict[str, Any], other: dict[str, Any]) -> None:
    """One event, announced twice."""
    found = compare(posting(**one), posting(**other))

    assert (found.same, found.cannot_link) == (True, None)
    assert found.facts


@pytest.mark.parametrize(("one", "other"), DIFFERENT_PAIRS)
def test_different(one: dict[str, Any], other: dict[str, Any]) -> None:
    """Two events, however alike."""
    assert not compare(posting(**one), posting(**other)).same


def test_a_constraint_says_what_it_saw() -> None:
    """Then nothing else counts."""
    found = compare(posting("Phonics 2027"), posting("Phonics 2028"))

    assert (found.cannot_link, found.score, found.facts) == ("another year", 0.0, ())


PAGE, HOME, ONLINE = "https://guild.org/e/17", "https://guild.org/", {"attendance_mode": AttendanceMode.ONLINE}


@pytest.mark.parametrize(
    ("one", "other", "facts"),
    [
        ({"url": PAGE}, {"url": PAGE}, {"same page"}),
        ({"url": HOME}, {"url": HOME}, {"same home"}),
        ({"url": PAGE}, {"url": "https://events.guild.org/e/9"}, {"same host"}),
        ({"url": PAGE}, {"url": f"{PAGE}/track"}, {"same host", "page below"}),
        ({"url": PAGE}, {"url": "https://town.org/e/17"}, {"other page"}),
        ({"url": "https://lu.ma/1"}, {"url": "https://lu.ma/2"}, {"same platform"}),
        ({"location": LEEDS}, {"location": LEEDS}, {"same city"}),
        ({"location": LEEDS}, {"location": YORK}, {"other city"}),
        ({"location": LEEDS}, {"location": Location(country="GB")}, set()),
        (ONLINE, ONLINE, {"both online", "unknown"}),
        (ONLINE, {"location": LEEDS}, {"one online", "unknown"}),
        ({"start": "2027-03-03T16:00"}, {"start": "2027-03-03T16:00"}, {"same time"}),
        ({"start": "2027-03-03T16:00"}, {"start": "2027-03-03T16:30"}, {"minutes off"}),
        ({}, {"start": "2027-03-04"}, {"start 1 off", "disjoint"}),
        ({}, {"start": "2027-03-05"}, {"start 2 off", "other end", "disjoint"}),
        ({"organizer": "Guild"}, {"organizer": "GUILD"}, {"same organizer"}),
        ({"location": Location(name="Mill")}, {"location": Location(name="Mill")}, {"same venue"}),
        ({"location": Location(name="Mill")}, {"location": Location(name="Castle")}, {"other venue"}),
        ({"source": "guild"}, {"source": "guild"}, {"same source"}),
        ({"name": "12th Phonics"}, {"name": "12th Phonics"}, {"edition"}),
        ({"name": "12th Phonics"}, {"name": "Phonics"}, {"edition one"}),
        ({"name": "Robots at Phonics Week"}, {"name": "Phonics Week"}, {"held at"}),
        ({"name": "Phonics Europe"}, {"name": "Phonics Asia"}, {"other region"}),
        ({"name": "ICRR"}, {"name": "International Conference Reading Research"}, {"acronym"}),
    ],
)
def test_facts(one: dict[str, Any], other: dict[str, Any], facts: set[str]) -> None:
    """Those beside the words of the names; that nothing is known of pages and places is left out."""
    usual = {
        "title",
        "title exact",
        "title contained",
        "title letters",
        "title shared",
        "title more",
        "title left",
        "title none",
    }
    usual |= {"no address"} | (set() if "unknown" in facts else {"unknown"})
    vector = comparison_vector(read_features(posting(**one)), read_features(posting(**other)))

    assert vector.keys() - usual == facts


def test_every_fact_has_a_weight_and_words() -> None:
    """And every weight is a fact's."""
    pairs = [(posting(**one), posting(**other)) for one, other in SAME_PAIRS]
    told = {name for one, other in pairs for name in comparison_vector(read_features(one), read_features(other))}

    assert told - {"same country"} <= fact_weights().keys()
    assert all(describe_fact(name) for name in fact_weights())
    assert describe_fact("acronym") == "one name is short for the other"


@given(any_posting, any_posting)
def test_either_may_come_first(one: Event, other: Event) -> None:
    """And any name is compared."""
    assert compare(one, other) == compare(other, one)
    assert 0 <= compare(one, other).score <= 1


@given(any_posting, any_posting)
def test_what_is_hopeless_is_not_the_same(one: Event, other: Event) -> None:
    """The bound is cheaper than comparing, and leaves nothing out."""
    a, b = read_features(one), read_features(other)

    assert not (is_hopeless(a, b) and compare_records(a, b).same)


def test_a_word_in_common_is_hopeless_where_the_rest_speaks_against_it() -> None:
    """Two long names of two towns; not two short ones."""
    town, other = Location(city="Leeds", country="GB"), Location(city="Lyon", country="FR")
    a = read_features(posting("Reading Circle Alpha Beta Gamma", location=town))
    b = read_features(posting("Reading Delta Epsilon Zeta Theta", location=other))

    assert is_hopeless(a, b)
    assert not is_hopeless(a, a)
