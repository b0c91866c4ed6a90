"""What each name of the vocabulary asks, what it does not, and which questions are none."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendar_export.facets import country_of, language_of
from calendar_export.query import MAX_DAYS, MAX_LENGTH, MAX_VALUES, EventFilter, filter_from_values, parse_query
from symposia.countries import country_code
from symposia.errors import QueryError
from symposia.event import (
    AttendanceMode,
    Credit,
    Deadline,
    DeadlineKind,
    Event,
    Kind,
    Location,
    Price,
    Recurrence,
)

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
DAY = date(2027, 3, 3)


def event(**known: Any) -> Event:
    """An event with those facts."""
    facts = {"uid": "a@symposia", "name": "Reading", "start": DAY, **known}
    return Event(**facts)


def due(*days: int, kind: DeadlineKind = DeadlineKind.REGISTRATION) -> dict[str, Any]:
    """Deadlines so many days from now."""
    return {"deadlines": tuple(Deadline(kind=kind, at=NOW.date() + timedelta(days=day)) for day in days)}


def at(**place: Any) -> dict[str, Any]:
    """At that place."""
    return {"location": Location(**place)}


DAYS = {"start": date(2027, 3, 3), "end": date(2027, 3, 5)}
SERIES = {"start": date(2027, 3, 3), "recurrence": Recurrence(rrule="FREQ=WEEKLY")}
NIGHT = {"start": datetime(2027, 3, 3, 23, tzinfo=BERLIN), "end": datetime(2027, 3, 4, 1, tzinfo=BERLIN)}


@pytest.mark.parametrize(
    ("query", "known", "expected"),
    [
        ("", {}, True),
        ("?", {}, True),
        ("topic=&free=", {}, True),
        ("topic=literacy", {"topics": ("math", "literacy")}, True),
        ("topic=Literacy", {"topics": ("literacy",)}, True),
        ("topic=literacy&topic=math", {"topics": ("math",)}, True),
        ("topic=literacy", {"topics": ("early-literacy",)}, False),
        ("topic=literacy", {"keywords": ("literacy",)}, False),
        ("topic=literacy", {}, False),
        ("kind=webinar", {"kind": Kind.WEBINAR}, True),
        ("kind=Webinar&kind=chat", {"kind": Kind.CHAT}, True),
        ("kind=other", {"kind": Kind.OTHER}, True),
        ("kind=other", {}, False),
        ("mode=online", {"attendance_mode": AttendanceMode.ONLINE}, True),
        ("mode=online", {"attendance_mode": AttendanceMode.HYBRID}, True),
        ("mode=in-person", {"attendance_mode": AttendanceMode.HYBRID}, True),
        ("mode=hybrid", {"attendance_mode": AttendanceMode.HYBRID}, True),
        ("mode=hybrid", {"attendance_mode": AttendanceMode.ONLINE}, False),
        ("mode=in_person", {"attendance_mode": AttendanceMode.IN_PERSON}, True),
        ("mode=in-person", {"attendance_mode": AttendanceMode.ONLINE}, False),
        ("mode=in-person", at(city="Bonn"), False),
        ("language=en", {"language": "en-GB"}, True),
        ("language=en-GB", {"language": "en-US"}, True),
        ("language=pt_BR", {"language": "pt"}, True),
        ("language=EN", {"language": "en"}, True),
        ("language=de&language=fr", {"language": "fr"}, True),
        ("language=en", {"language": "fil"}, False),
        ("language=en", {}, False),
        ("country=DE", at(country="Germany"), True),
        ("country=germany", at(country="DE"), True),
        ("country=Deutschland", at(address="1 Road, 53111 Bonn, Germany"), True),
        ("country=DE", at(city="Bonn"), False),
        ("country=DE", {}, False),
        ("country=CA", at(address="1 Market St, San Francisco, CA"), False),
        ("country=CA", at(address="1 Yonge St, Toronto, Canada"), True),
        ("free=1", {"price": Price(is_free=True)}, True),
        ("free=true", {"price": Price(is_free=True, low=0.0)}, True),
        ("free=1", {"price": Price(is_free=False, low=20.0)}, False),
        ("free=1", {"price": Price()}, False),
        ("free=1", {}, False),
        ("free=0", {"price": Price(is_free=False)}, True),
        ("free=0", {}, False),
        ("free=1&free=0", {"price": Price(is_free=False)}, True),
        ("credit=1", {"credit": (Credit(hours=2.0),)}, True),
        ("credit=1", {}, False),
        ("credit=no", {}, True),
        ("credit=no", {"credit": (Credit(certificate=True),)}, False),
        ("deadline=7", due(7), True),
        ("deadline=7", due(0), True),
        ("deadline=7", due(8), False),
        ("deadline=7", due(-1), False),
        ("deadline=7", due(-1, 3), True),
        ("deadline=7", due(3, kind=DeadlineKind.PROPOSALS), True),
        ("deadline=7", {"deadlines": (Deadline(kind=DeadlineKind.OTHER, at=NOW + timedelta(hours=1)),)}, True),
        ("deadline=7", {"start": NOW.date() + timedelta(days=3)}, False),
        ("new=14", {"created": NOW - timedelta(days=13)}, True),
        ("new=14", {"created": NOW - timedelta(days=14)}, False),
        ("new=14", {}, False),
        ("since=2027-03-03", {}, True),
        ("since=2027-03-04", {}, False),
        ("since=2027-03-05", DAYS, True),
        ("since=2027-03-06", DAYS, False),
        ("since=2027-03-04", NIGHT, True),
        ("since=2030-01-01", SERIES, True),
        ("until=2027-03-03", {}, True),
        ("until=2027-03-03", DAYS, True),
        ("until=2027-03-02", DAYS, False),
        ("until=2027-03-03", NIGHT, True),
        ("until=2027-03-02", SERIES, False),
        ("since=2027-03-04&until=2027-03-04", DAYS, True),
        ("since=2027-03-04&until=2027-03-02", {}, False),
        ("q=reading", {}, True),
        ("q=READ", {}, True),
        ("q=bonn+reading", at(city="Bonn"), True),
        ("q=bonn&q=reading", at(city="Bonn"), True),
        ("q=bonn+writing", at(city="Bonn"), False),
        ("q=ecole", {"name": "L’École d’été"}, True),
        ("q=%C3%89cole", {"name": "ecole"}, True),
        ("q=guild", {"organizer": "The Guild"}, True),
        ("q=phonics", {"keywords": ("phonics",)}, True),
        ("q=phonics", {"description": "On phonics."}, True),
        ("topic=math&free=1", {"topics": ("math",), "price": Price(is_free=True)}, True),
        ("topic=math&free=1", {"topics": ("math",)}, False),
    ],
)
def test_what_is_asked(query: str, known: dict[str, Any], expected: bool) -> None:
    """Every name must hold, of one name any value; what an event does not say never matches."""
    assert parse_query(query).matches(event(**known), NOW) is expected


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ("colour=red", "unknown name 'colour'; known names: topic, kind"),
        ("Topic=math", "unknown name 'Topic'"),
        ("=1", "unknown name ''"),
        ("topic=a/b", "topic: 'a/b' may hold only a-z, 0-9 and -"),
        ("topic=..", "topic: '..'"),
        ("kind=party", "kind: 'party' is not one of conference, webinar"),
        ("mode=telepathy", "mode: 'telepathy' is not one of online, in_person, hybrid"),
        ("language=english", "language: 'english' is not a language code"),
        ("language=-de", "language: '' is not a language code"),
        ("country=Atlantis", "country: no country is called 'Atlantis'"),
        ("free=maybe", "free: 'maybe' is neither 1 nor 0"),
        ("credit=2", "credit: '2' is neither 1 nor 0"),
        ("deadline=0", f"deadline: '0' is not a number of days from 1 to {MAX_DAYS}"),
        ("deadline=-3", "deadline: '-3'"),
        ("new=1e3", "new: '1e3'"),
        ("new=%D9%A3", "new: '٣'"),
        (f"new={MAX_DAYS + 1}", "new: "),
        (f"new={'9' * MAX_LENGTH}", "new: "),
        ("since=2027-02-29", "since: '2027-02-29' is not a date like 2027-03-03"),
        ("since=20270303", "since: "),
        ("since=2027-W09-3", "since: "),
        ("since=0000-01-01", "since: "),
        ("until=2027-03-03T16:00", "until: "),
        ("until=tomorrow", "until: 'tomorrow'"),
        (f"q={'x' * (MAX_LENGTH + 1)}", f"q: a value is longer than {MAX_LENGTH} characters"),
        (f"q={'x' * MAX_LENGTH}&q=y", f"q: more than {MAX_LENGTH} characters"),
        (f"{'x' * (MAX_LENGTH + 1)}=1", "unknown name"),
        ("&".join(["topic=math"] * (MAX_VALUES + 1)), f"more than {MAX_VALUES} values"),
        ("q=%FF", "not UTF-8: 'q=%FF'"),
        ("q=%ED%A0%80", "not UTF-8"),
    ],
)
def test_what_is_no_question(query: str, fault: str) -> None:
    """The fault is named, in a line of bounded length."""
    with pytest.raises(QueryError) as raised:
        parse_query(query)

    assert str(raised.value).startswith(fault)
    assert len(str(raised.value)) < 500


def test_values_that_are_given_apart_are_counted_too() -> None:
    """As a server gives them."""
    with pytest.raises(QueryError, match="more than"):
        filter_from_values({"topic": ["math"] * (MAX_VALUES + 1)})


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (None, None),
        (Location(), None),
        (Location(country="US"), "US"),
        (Location(country="Österreich"), "AT"),
        (Location(country="Narnia"), None),
        (Location(city="Paris, France"), "FR"),
        (Location(city="Singapore"), None),
        (Location(address="Los Angeles, CA"), None),
        (Location(address="Wilmington, DE"), None),
        (Location(address="Austin, TX, USA"), "US"),
        (Location(address="London, UK"), "GB"),
        (Location(address="1 Peachtree St, Atlanta, Georgia"), None),
        (Location(address="Tbilisi, Georgia", country="Georgia"), "GE"),
        (Location(address="1 Road, Bonn", city="Bonn, Germany"), "DE"),
        (Location(name="Town Hall, 1 Road, Bonn, Germany"), "DE"),
        (Location(name="Germany"), None),
        (Location(address="Vienna,"), None),
    ],
)
def test_the_country_of_a_place(place: Location | None, expected: str | None) -> None:
    """By its country, or the end of its address where that can mean nothing else."""
    assert country_of(place) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "en"), ("de-AT", "de"), ("zh_Hans", "zh"), ("EN", "en"), (None, None), ("", None), ("English", None)],
)
def test_the_language_of_an_event(language: str | None, expected: str | None) -> None:
    """Without its region; unknown where it is no code."""
    assert language_of(event(language=language)) == expected


def test_a_question_has_one_written_form() -> None:
    """Whatever the order and the spelling of what was asked."""
    first = parse_query(
        "q=+two++words&mode=in-person&topic=math&topic=literacy&free=yes&country=germany&since=2027-03-03"
    )
    other = parse_query("?country=DE&topic=Literacy&topic=math&since=2027-03-03&free=1&mode=in_person&q=two&q=words")

    assert first == other
    assert first.query_string() == (
        "topic=literacy&topic=math&mode=in_person&country=DE&free=1&since=2027-03-03&q=two+words"
    )
    assert EventFilter().query_string() == ""


slugs = st.from_regex(r"[a-z0-9][a-z0-9-]{0,20}", fullmatch=True)
few = {"min_size": 0, "max_size": 5}
questions = st.builds(
    EventFilter,
    topic=st.frozensets(slugs, **few),
    kind=st.frozensets(st.sampled_from(Kind), **few),
    mode=st.frozensets(st.sampled_from(AttendanceMode), **few),
    language=st.frozensets(st.from_regex(r"[a-z]{2,3}", fullmatch=True), **few),
    country=st.frozensets(st.sampled_from(["DE", "US", "CA", "GE", "GB"]), **few),
    free=st.none() | st.booleans(),
    credit=st.none() | st.booleans(),
    deadline=st.none() | st.integers(1, MAX_DAYS),
    new=st.none() | st.integers(1, MAX_DAYS),
    since=st.none() | st.dates(),
    until=st.none() | st.dates(),
    q=st.text(st.characters(exclude_categories=["Cs"]), max_size=MAX_LENGTH).map(lambda text: " ".join(text.split())),
)


@given(where=questions)
def test_a_question_is_read_as_it_is_written(where: EventFilter) -> None:
    """All that can be asked."""
    assert parse_query(where.query_string()) == where


names = st.sampled_from([field.name for field in fields(EventFilter)])


@given(
    query=st.lists(st.tuples(names, st.text(max_size=30)), max_size=5).map(
        lambda pairs: "&".join("=".join(p) for p in pairs)
    )
)
def test_any_text_is_a_question_or_a_fault(query: str) -> None:
    """Nothing else is raised; and what was read is written so that it is read again."""
    try:
        where = parse_query(query)
    except QueryError:
        return

    assert parse_query(where.query_string()) == where
    where.matches(event(), NOW)


def test_every_country_that_a_feed_has_can_be_asked_for() -> None:
    """A code is its own name."""
    for name in ("Germany", "Georgia", "Namibia", "Canada", "Côte d’Ivoire"):
        code = country_code(name)
        assert parse_query(f"country={code}").country == {code}
