"""iCalendar feeds, good and bad."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from spiders.extraction.formats import icalendar
from spiders.extraction.formats.icalendar import ICalendarExtractor
from spiders.extraction.page import Extraction, Page

NOW = datetime(2026, 11, 1, tzinfo=UTC)
HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Guild//EN\r\n"
ZONE = """BEGIN:VTIMEZONE
TZID:Guild Time
BEGIN:STANDARD
DTSTART:20071104T020000
RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20070311T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
END:DAYLIGHT
END:VTIMEZONE
"""


def vevent(*lines: str, uid: str = "1", name: str = "Reading Day") -> str:
    """A VEVENT of those lines."""
    return "\r\n".join(["BEGIN:VEVENT", f"UID:{uid}", f"SUMMARY:{name}", *lines, "END:VEVENT", ""])


def read(body: str | bytes, **known: str) -> Extraction:
    """What a feed of that body holds."""
    content = body if isinstance(body, bytes) else f"{HEAD}{body}END:VCALENDAR\r\n".encode()
    page = Page(url="https://guild.example/feed.ics", body=content, fetched_at=NOW, **known)  # type: ignore[arg-type]
    assert ICalendarExtractor().accepts(page)
    return ICalendarExtractor().extract(page)


TIMES = [
    (["DTSTART;VALUE=DATE:20270303"], "2027-03-03", None, None),
    (["DTSTART;VALUE=DATE:20270303", "DTEND;VALUE=DATE:20270304"], "2027-03-03", None, None),
    (["DTSTART;VALUE=DATE:20270303", "DTEND;VALUE=DATE:20270306"], "2027-03-03", "2027-03-05", None),
    (["DTSTART:20270303T160000Z", "DTEND:20270303T170000Z"], "2027-03-03T16:00:00", "2027-03-03T17:00:00", "UTC"),
    (["DTSTART;TZID=Europe/Berlin:20270303T160000"], "2027-03-03T16:00:00", None, "Europe/Berlin"),
    (["DTSTART;TZID=W. Europe Standard Time:20270303T160000"], "2027-03-03T16:00:00", None, "Europe/Berlin"),
    (["DTSTART;TZID=Guild Time:20270303T160000"], "2027-03-03T16:00:00", None, "America/New_York"),
    (["DTSTART:20270303T160000"], "2027-03-03T16:00:00", None, None),
    (["DTSTART:20270303T160000Z", "DURATION:PT90M"], "2027-03-03T16:00:00", "2027-03-03T17:30:00", "UTC"),
    (["DTSTART:20270303T160000Z", "DTEND:20270303T160000Z"], "2027-03-03T16:00:00", None, "UTC"),
    (["DTSTART:20270303T160000Z", "DTEND:20270303T150000Z"], "2027-03-03T16:00:00", None, "UTC"),
    (["DTSTART:20270303T160000Z", "DTEND:never"], "2027-03-03T16:00:00", None, "UTC"),
]


@pytest.mark.parametrize(("lines", "start", "end", "zone"), TIMES)
def test_times(lines: list[str], start: str, end: str | None, zone: str | None) -> None:
    """Days with their last day, instants with their zone, and no end that is not there."""
    (posting,) = read(ZONE + vevent(*lines)).postings

    assert (posting.start, posting.end, posting.timezone) == (start, end, zone)


def test_a_feeds_own_zone() -> None:
    """X-WR-TIMEZONE holds for floating times, and says in which zone to show UTC."""
    floating, utc = read(
        "X-WR-TIMEZONE:America/Chicago\r\n"
        + vevent("DTSTART:20270303T160000")
        + vevent("DTSTART:20270303T160000Z", uid="2")
    ).postings

    assert (floating.start, floating.timezone) == ("2027-03-03T16:00:00", "America/Chicago")
    assert (utc.start, utc.timezone) == ("2027-03-03T10:00:00", "America/Chicago")


def test_a_series_is_one_posting() -> None:
    """With its rule, its exceptions and what was moved."""
    series = vevent(
        "DTSTART;TZID=Europe/Berlin:20270302T160000",
        "RRULE:FREQ=WEEKLY;COUNT=4",
        "EXDATE;TZID=Europe/Berlin:20270309T160000",
    )
    moved = vevent(
        "RECURRENCE-ID;TZID=Europe/Berlin:20270316T160000", "DTSTART;TZID=Europe/Berlin:20270317T160000", name="Moved"
    )
    (posting,) = read(series + moved).postings

    berlin = ZoneInfo("Europe/Berlin")
    assert posting.recurrence is not None
    assert posting.recurrence.rrule == "FREQ=WEEKLY;COUNT=4"
    assert posting.recurrence.exdates == (datetime(2027, 3, 9, 16, tzinfo=berlin),)
    assert (posting.recurrence.moved[0].name, posting.recurrence.moved[0].start) == (
        "Moved",
        datetime(2027, 3, 17, 16, tzinfo=berlin),
    )


def test_occurrences_without_their_series_have_keys_of_their_own() -> None:
    """As feeds write that list the next occurrence alone."""
    one = vevent("DTSTART:20270302T160000Z", "RECURRENCE-ID:20270302T160000Z")
    two = vevent("DTSTART:20270309T160000Z", "RECURRENCE-ID:20270309T160000Z")

    assert {posting.source_key for posting in read(one + two).postings} == {
        "1/2027-03-02T16:00:00+00:00",
        "1/2027-03-09T16:00:00+00:00",
    }


def test_facts() -> None:
    """Each property where it belongs; an address that is no web address nowhere."""
    text = vevent(
        "DTSTART;VALUE=DATE:20270303", "STATUS:CANCELLED", "LOCATION:Hall\\, 1 Road", "GEO:50.7;7.1", "CATEGORIES:Reading,Schools",
        "URL:javascript:alert(1)", "DESCRIPTION:<p>Bring a <b>pencil</b>.</p>", 'ORGANIZER;CN="The Guild":mailto:a@guild.example',
    )  # fmt: skip
    (posting,) = read(text).postings

    assert (posting.status, posting.url, posting.organizer) == ("CANCELLED", None, "The Guild")
    assert posting.location is not None
    assert (posting.location.name, posting.location.latitude) == ("Hall, 1 Road", 50.7)
    assert posting.keywords == ("Reading", "Schools")
    assert posting.description == "Bring a pencil."


GOOD = vevent("DTSTART;VALUE=DATE:20270303", uid="good", name="Lesetag für alle")
BROKEN = [
    ("a byte order mark", b"\xef\xbb\xbf" + f"{HEAD}{GOOD}END:VCALENDAR".encode()),
    ("latin-1", f"{HEAD}{GOOD}END:VCALENDAR\r\n".encode("latin-1")),
    ("bare LF", f"{HEAD}{GOOD}END:VCALENDAR\n".replace("\r\n", "\n").encode()),
    ("no end", f"{HEAD}{GOOD}".encode()),
    ("NULs", f"{HEAD}{GOOD}END:VCALENDAR\r\n".encode().replace(b"SUMMARY", b"\x00SUMMARY")),
    (
        "folded without a space",
        f"{HEAD}{GOOD}END:VCALENDAR\r\n".replace("END:VEVENT", "DESCRIPTION:one\r\ntwo three\r\nEND:VEVENT").encode(),
    ),
    ("a bad one before it", f"{HEAD}{vevent('DTSTART:soon', uid='bad')}{GOOD}END:VCALENDAR\r\n".encode()),
    ("one without a start", f"{HEAD}{vevent(uid='bad')}{GOOD}END:VCALENDAR\r\n".encode()),
    ("a bad zone", f"{HEAD}BEGIN:VTIMEZONE\r\nTZID:x\r\nTZID:y\r\nEND:VTIMEZONE\r\n{GOOD}END:VCALENDAR\r\n".encode()),
    ("an unclosed one", f"{HEAD}BEGIN:VEVENT\r\nUID:x\r\n{GOOD}END:VCALENDAR\r\n".encode()),
]


@pytest.mark.parametrize("body", [body for _, body in BROKEN], ids=[name for name, _ in BROKEN])
def test_a_broken_feed_still_gives_its_good_event(body: bytes) -> None:
    """Whatever stands around it."""
    assert "Lesetag für alle" in [posting.name for posting in read(body).postings]


def test_what_cannot_be_read_is_refused_by_name() -> None:
    """And counted, not dropped."""
    found = read(vevent("DTSTART:soon", name="Sometime") + GOOD)

    assert [refusal.what for refusal in found.refusals] == ["Sometime"]
    assert len(found.postings) == 1


def test_an_empty_calendar_says_so() -> None:
    """A feed without events is no failure."""
    assert read("").empty


@pytest.mark.parametrize("body", [b"", b"<html>BEGIN:VCALENDAR</html>", b'{"a": 1}', b"BEGIN:VCARD\r\nEND:VCARD"])
def test_what_is_no_calendar(body: bytes) -> None:
    """By its first words, not by what it is served as."""
    page = Page(url="https://guild.example/", body=body, fetched_at=NOW, content_type="text/calendar")

    assert not ICalendarExtractor().accepts(page)


def test_a_feed_without_end_is_read_up_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """What lies beyond it is refused, and counted."""
    monkeypatch.setattr(icalendar, "MAX_EVENTS", 2)

    found = read("".join(vevent("DTSTART;VALUE=DATE:20270303", uid=str(number)) for number in range(5)))

    assert [posting.source_key for posting in found.postings] == ["0", "1"]
    assert [(refusal.what, refusal.reason) for refusal in found.refusals] == [
        ("3 further events", "more than 2 in one feed")
    ]
