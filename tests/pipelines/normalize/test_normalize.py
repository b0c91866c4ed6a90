"""A posting's words as an event's values."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from pipelines.normalize.normalize import normalize
from pipelines.normalize.validate import find_problems
from pipelines.normalized import Rejected
from symposia.event import AttendanceMode, Event, Kind, Location, Price, Recording, Recurrence, Status
from symposia.moments import moment_text
from symposia.posting import Origin, Posting

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def event(zone: str | None = "Europe/Berlin", **words: Any) -> Event:
    """The event that a posting of those words is read as."""
    origin = Origin(
        source="guild",
        url="https://guild.example/",
        fetched_at=NOW,
        extractor="listing",
        timezone=zone,
        language="en",
    )
    known = {"name": "Reading Day", "start": "2027-03-03", **words}
    return normalize(Posting(origin=origin, source_key="1", **known)).event


TIMES = [
    ({"start": "2027-03-03"}, "2027-03-03", None, "Europe/Berlin", True),
    ({"start": "2027-03-03", "end": "2027-03-05"}, "2027-03-03", "2027-03-05", "Europe/Berlin", True),
    ({"start": "2027-03-03T16:00"}, "2027-03-03T16:00+01:00", None, "Europe/Berlin", True),
    ({"start": "2027-07-03T16:00"}, "2027-07-03T16:00+02:00", None, "Europe/Berlin", True),
    (
        {"start": "2027-03-03T16:00", "timezone": "Eastern Standard Time"},
        "2027-03-03T16:00-05:00",
        None,
        "America/New_York",
        False,
    ),
    ({"start": "2027-03-03T16:00:00+01:00"}, "2027-03-03T16:00+01:00", None, "Europe/Berlin", False),
    ({"start": "2027-03-03T16:00:00-05:00"}, "2027-03-03T21:00+00:00", None, "UTC", False),
    ({"start": "2027-03-03T16:00", "end": "2027-03-03T15:00"}, "2027-03-03T16:00+01:00", None, "Europe/Berlin", True),
    ({"start": "2027-03-03T16:00", "end": "2027-03-05"}, "2027-03-03T16:00+01:00", None, "Europe/Berlin", True),
    (
        {"start": None, "when": "3 March 2027, 16:00 - 17:00"},
        "2027-03-03T16:00+01:00",
        "2027-03-03T17:00+01:00",
        "Europe/Berlin",
        True,
    ),
    ({"start": None, "when": "3 March 2027, 1 pm ET"}, "2027-03-03T13:00-05:00", None, "America/New_York", False),
]


@pytest.mark.parametrize(("words", "start", "end", "zone", "assumed"), TIMES)
def test_times(words: dict[str, Any], start: str, end: str | None, zone: str, assumed: bool) -> None:
    """A stated zone wins; the source's is marked as assumed; an end before the start is none."""
    found = event(**words)

    assert (moment_text(found.start), moment_text(found.end) if found.end else None) == (start, end)
    assert (found.timezone, found.timezone_assumed) == (zone, assumed)


def test_without_any_zone_a_time_floats() -> None:
    """None is invented."""
    found = event(zone=None, start="2027-03-03T16:00")

    assert (moment_text(found.start), found.timezone) == ("2027-03-03T16:00", None)


def test_a_recurrence_is_in_the_zone_of_its_start() -> None:
    """So that its rule and its exceptions speak of the same hours."""
    exception = datetime(2027, 3, 10, 16)  # noqa: DTZ001 - a floating time, as the feed has it
    found = event(start="2027-03-03T16:00", recurrence=Recurrence(rrule="FREQ=WEEKLY", exdates=(exception,)))

    assert found.recurrence is not None
    assert moment_text(found.recurrence.exdates[0]) == "2027-03-10T16:00+01:00"


NAMES = [
    ("CANCELLED: Reading Day", "Reading Day", Status.CANCELLED),
    ("Canceled - Reading Day", "Reading Day", Status.CANCELLED),
    ("[Postponed] Reading Day", "Reading Day", Status.POSTPONED),
    ("Reading Day (cancelled)", "Reading Day", Status.CANCELLED),
    ("ABGESAGT: Lesetag", "Lesetag", Status.CANCELLED),
    ("Reading Day - Postponed", "Reading Day", Status.POSTPONED),
    ("Cancel culture in schools", "Cancel culture in schools", Status.SCHEDULED),
    ("Cancelled by history: lost school libraries", "Cancelled by history: lost school libraries", Status.SCHEDULED),
    ("Why our trip was cancelled", "Why our trip was cancelled", Status.SCHEDULED),
    ("Workshop: Reading Day", "Workshop: Reading Day", Status.SCHEDULED),
]


@pytest.mark.parametrize(("written", "name", "status"), NAMES)
def test_a_status_set_off_from_the_name(written: str, name: str, status: Status) -> None:
    """And only one that is."""
    found = event(name=written)

    assert (found.name, found.status) == (name, status)


@pytest.mark.parametrize(
    ("words", "status"),
    [("https://schema.org/EventCancelled", Status.CANCELLED), ("CANCELLED", Status.CANCELLED), ("TENTATIVE", Status.SCHEDULED), ("EventPostponed", Status.POSTPONED),
     ("EventMovedOnline", Status.MOVED_ONLINE), ("?", Status.SCHEDULED), (None, Status.SCHEDULED)],
)  # fmt: skip
def test_status(words: str | None, status: Status) -> None:
    """schema.org's, RFC 5545's, and unknown words."""
    assert event(status=words).status == status


@pytest.mark.parametrize(
    ("words", "mode"),
    [
        ({"attendance_mode": "https://schema.org/OnlineEventAttendanceMode"}, AttendanceMode.ONLINE),
        ({"attendance_mode": "MixedEventAttendanceMode"}, AttendanceMode.HYBRID),
        ({"location": Location(name="Zoom")}, AttendanceMode.ONLINE),
        ({"location": Location(name="https://zoom.example/j/1")}, AttendanceMode.ONLINE),
        ({"location": Location(name="Hall", city="Leeds")}, AttendanceMode.IN_PERSON),
        ({"location": Location(name="Hall")}, None),
        ({}, None),
    ],
)
def test_mode(words: dict[str, Any], mode: AttendanceMode | None) -> None:
    """As stated, else as the place says; a room alone says nothing."""
    assert event(**words).attendance_mode == mode


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Webinar: Reading", Kind.WEBINAR),
        ("Lesetagung", Kind.CONFERENCE),
        ("Tagung Lesen", Kind.CONFERENCE),
        ("Reading Day", None),
        ("Taller de lectura", Kind.WORKSHOP),
    ],
)
def test_kind(name: str, kind: Kind | None) -> None:
    """What the name calls it."""
    assert event(name=name).kind == kind


def test_the_price_of_a_field() -> None:
    """Is read by the one reader of prices, thousands and all."""
    assert event(price="1,250.00 USD").price == Price(is_free=False, low=1250, high=1250, currency="USD")


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ({"name": None}, "no_name"),
        ({"start": None}, "no_date"),
        ({"start": None, "when": "soon"}, "date_not_read"),
        ({"start": "2027-02-30"}, "date_not_read"),
    ],
)
def test_what_cannot_be_read(words: dict[str, Any], reason: str) -> None:
    """Each for its reason."""
    with pytest.raises(Rejected) as caught:
        event(**words)
    assert caught.value.reason == reason


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "mailto:a@guild.example"])
def test_only_web_addresses(url: str) -> None:
    """Others are dropped."""
    assert event(url=url).url is None


@pytest.mark.parametrize(
    ("words", "slug", "mended"),
    [
        ({"name": "???"}, "name_without_letters", False),
        ({"name": "https://guild.example/1"}, "name_is_address", False),
        ({"name": "x" * 501}, "name_too_long", False),
        ({"start": "1970-01-01"}, "year_far_off", False),
        ({"start": "2099-01-01"}, "year_far_off", False),
        ({"start": "2027-03-03", "end": "2029-03-03"}, "too_long", True),
        ({"location": Location(latitude=91.0, longitude=0.0)}, "no_such_coordinates", True),
        ({"location": Location(latitude=50.0)}, "no_such_coordinates", True),
    ],
)
def test_problems(words: dict[str, Any], slug: str, mended: bool) -> None:
    """What is wrong, and whether it can be mended; a mended event has no problem."""
    found = event(**words)
    (problem,) = find_problems(found, NOW)

    assert problem.slug == slug
    assert (problem.mend is not None) is mended
    assert problem.mend is None or find_problems(problem.mend(found), NOW) == []


def test_a_good_event_has_no_problem() -> None:
    """None is found where there is none."""
    assert find_problems(event(), NOW) == []


def test_a_list_of_days_is_single_days() -> None:
    """Not the week from the first to the last."""
    found = event(start=None, when="Jan 12, 14 & 19, 2027, 4-5 pm")

    assert (moment_text(found.start), moment_text(found.end)) == ("2027-01-12T16:00+01:00", "2027-01-12T17:00+01:00")  # type: ignore[arg-type]
    assert found.recurrence is not None
    assert [moment_text(moment) for moment in found.recurrence.rdates] == [
        "2027-01-14T16:00+01:00",
        "2027-01-19T16:00+01:00",
    ]


def test_a_rule_in_words_repeats() -> None:
    """From its first occurrence, in the zone of the source."""
    found = event(start=None, when="every Tuesday 8-9 pm")

    assert found.recurrence == Recurrence(rrule="FREQ=WEEKLY;BYDAY=TU")
    assert moment_text(found.start) == "2026-11-03T20:00+01:00"
    with pytest.raises(Rejected, match="no day in"):
        event(start=None, when="every other Tuesday 8-9 pm")


def test_the_deadlines_of_a_description() -> None:
    """Each kind once; none after the event."""
    found = event(description="Register by Feb 20, 2027. Early bird ends January 5, 2027. Reports due May 5, 2027.")

    assert {(due.kind.value, str(due.at)) for due in found.deadlines} == {
        ("registration", "2027-02-20"),
        ("early_bird", "2027-01-05"),
    }


SAID = (
    "This free workshop for teachers is held in person or online. You earn 2 CEUs. It will be recorded, "
    "and live captions are provided."
)


def test_a_description_fills_what_the_fields_leave_open() -> None:
    """With the words that say so."""
    found = event(description=SAID)

    assert (found.kind, found.attendance_mode, found.price) == (
        Kind.WORKSHOP,
        AttendanceMode.HYBRID,
        Price(is_free=True),
    )
    assert ([one.hours for one in found.credit], found.audience, found.captions) == ([2.0], ("k-12",), True)
    assert found.recording is Recording.WILL_BE_RECORDED
    assert {"kind", "price", "credit", "audience", "recording"} <= dict(found.evidence).keys()


def test_the_fields_of_a_posting_win() -> None:
    """Over what its description says."""
    fields = {
        "kind": "Course",
        "attendance_mode": "OnlineEventAttendanceMode",
        "price": "25 EUR",
        "audience": ("parents",),
    }
    found = event(description=SAID, language="de", **fields)

    assert (found.kind, found.attendance_mode, found.audience) == (Kind.COURSE, AttendanceMode.ONLINE, ("parents",))
    assert (found.price, found.language) == (Price(is_free=False, low=25, high=25, currency="EUR"), "de")
    assert not {"kind", "price", "audience", "language"} & dict(found.evidence).keys()


def test_a_place_leaves_room_for_those_elsewhere() -> None:
    """But is a place, whatever else is said."""
    hall = Location(name="Hall", city="Leeds")

    assert event(description="Attend in person or online.", location=hall).attendance_mode is AttendanceMode.HYBRID
    assert event(description="Join us via Zoom.", location=hall).attendance_mode is AttendanceMode.IN_PERSON
