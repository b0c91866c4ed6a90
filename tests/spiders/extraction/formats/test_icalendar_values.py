"""Values of iCalendar components."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Component

from spiders.extraction.formats.icalendar_lines import CALENDAR_HEAD
from spiders.extraction.formats.icalendar_values import (
    TimeZones,
    format_moment,
    moment_value,
    moment_values,
    read_end,
    read_rrule,
    text_value,
)
from symposia.event import Moment

BERLIN = ZoneInfo("Europe/Berlin")
FLOATING = datetime(2027, 3, 3, 16, tzinfo=UTC).replace(tzinfo=None)
NO_ZONES = TimeZones(feed=None, source=None)


def component(*lines: str) -> Component:
    """A VEVENT of those lines."""
    text = "\r\n".join([CALENDAR_HEAD.strip(), "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR", ""])
    (found,) = Calendar.from_ical(text).walk("VEVENT")
    return found


LOCALISED = [
    ("Europe/Berlin", FLOATING, datetime(2027, 3, 3, 16, tzinfo=BERLIN)),
    ("Europe/Berlin", datetime(2027, 3, 3, 15, tzinfo=UTC), datetime(2027, 3, 3, 16, tzinfo=BERLIN)),
    ("Europe/Berlin", date(2027, 3, 3), date(2027, 3, 3)),
    (None, FLOATING, FLOATING),
    (None, datetime(2027, 3, 3, 16, tzinfo=BERLIN), datetime(2027, 3, 3, 16, tzinfo=BERLIN)),
    ("nowhere", FLOATING, FLOATING),
]  # fmt: skip


@pytest.mark.parametrize(("feed", "moment", "expected"), LOCALISED)
def test_localise(feed: str | None, moment: Moment, expected: Moment) -> None:
    """UTC and floating times are in the feed's own zone, where it has one."""
    localised = TimeZones(feed=feed, source=None).localise(moment)

    assert (localised, str(getattr(localised, "tzinfo", None))) == (expected, str(getattr(expected, "tzinfo", None)))


def test_a_mere_offset_stays_one() -> None:
    """No zone has it for certain."""
    moment = datetime(2027, 3, 3, 16, tzinfo=timezone(timedelta(hours=3, minutes=17)))
    localised = NO_ZONES.localise(moment)

    assert localised == moment
    assert isinstance(localised, datetime)
    assert NO_ZONES.name_of(localised) is None


ENDS = [
    (["DTSTART;VALUE=DATE:20270303", "DTEND;VALUE=DATE:20270306"], "2027-03-05"),
    (["DTSTART;VALUE=DATE:20270303", "DTEND;VALUE=DATE:20270304"], None),
    (["DTSTART;VALUE=DATE:20270303", "DURATION:P3D"], "2027-03-05"),
    (["DTSTART:20270303T160000Z", "DURATION:PT90M"], "2027-03-03T17:30:00+00:00"),
    (["DTSTART:20270303T160000Z", "DTEND:20270303T150000Z"], None),
    (["DTSTART:20270303T160000Z", "DTEND;VALUE=DATE:20270304"], None),
    (["DTSTART:20270303T160000Z", "DTEND:20270303T170000"], None),
    (["DTSTART:20270303T160000Z"], None),
]


@pytest.mark.parametrize(("lines", "end"), ENDS)
def test_ends(lines: list[str], end: str | None) -> None:
    """Inclusive for days; None where it is not after the start, or cannot be compared."""
    event = component(*lines)
    start = moment_value(event, "DTSTART")
    assert start is not None
    found = read_end(event, start, NO_ZONES)

    assert (found.isoformat() if found else None) == end


def test_properties_that_are_missing_or_stand_twice() -> None:
    """None for none; of several the first."""
    event = component(
        "SUMMARY:One", "SUMMARY:Two", "LOCATION:", "RRULE:FREQ=WEEKLY", "RRULE:FREQ=DAILY", "DTSTART:soon"
    )

    assert text_value(event, "SUMMARY") == "One"
    assert text_value(event, "LOCATION") is None
    assert text_value(event, "URL") is None
    assert read_rrule(event) == "FREQ=WEEKLY"
    assert read_rrule(component("SUMMARY:One")) is None
    assert moment_value(event, "DTSTART") is None
    assert moment_value(event, "DTEND") is None


def test_lists_of_moments() -> None:
    """Over several properties; of a period its start."""
    event = component(
        "RDATE;VALUE=DATE:20270303,20270310", "RDATE:20270317T160000Z", "RDATE;VALUE=PERIOD:20270324T160000Z/PT1H"
    )

    assert [moment.isoformat() for moment in moment_values(event, "RDATE", NO_ZONES)] == [
        "2027-03-03", "2027-03-10", "2027-03-17T16:00:00+00:00", "2027-03-24T16:00:00+00:00",
    ]  # fmt: skip
    assert moment_values(event, "EXDATE", NO_ZONES) == ()


@pytest.mark.parametrize(
    ("moment", "zone", "text"),
    [
        (date(2027, 3, 3), None, "2027-03-03"),
        (datetime(2027, 3, 3, 16, tzinfo=BERLIN), "Europe/Berlin", "2027-03-03T16:00:00"),
        (datetime(2027, 3, 3, 16, tzinfo=UTC), None, "2027-03-03T16:00:00+00:00"),
        (FLOATING, None, "2027-03-03T16:00:00"),
    ],
)  # fmt: skip
def test_format_moment(moment: Moment, zone: str | None, text: str) -> None:
    """The zone is a field of its own, where it has a name."""
    assert format_moment(moment, zone) == text
