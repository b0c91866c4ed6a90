"""Each fact of an event in its property, and nothing that is not known."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from calendar_export.feeds import Feed
from calendar_export.icalendar.calendar import ComponentCache, event_bytes, feed_bytes, fold_content_line
from calendar_export.icalendar.lint import lint
from calendar_export.icalendar.values import rrule_for
from calendar_export.icalendar.vtimezone import vtimezone_bytes
from calendar_export.query import EventFilter
from symposia.event import (
    AttendanceMode,
    Deadline,
    DeadlineKind,
    Event,
    Kind,
    Location,
    MovedOccurrence,
    Price,
    Recurrence,
    SourceRef,
    Status,
)

GOLDEN = Path(__file__).parent / "golden" / "feed.ics"
NOW = datetime(2026, 11, 24, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
AT_FOUR = datetime(2027, 3, 3, 16, tzinfo=BERLIN)
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)
FLOATING = datetime.fromisoformat("2027-03-03T16:00")
FEED = Feed(name="all", title="A name", description="Words.", filter=EventFilter())
DEADLINES = Feed(name="due", title="Deadlines", description="Words.", filter=EventFilter(), deadlines=True, alarm=7)


def event(**known: Any) -> Event:
    """An event with those facts."""
    ref = SourceRef(id="guild", key="1", url="https://guild.example/")
    facts = {
        "uid": "a@symposia", "name": "Lesen", "start": AT_FOUR, "timezone": "Europe/Berlin", "sources": (ref,), "created": NOW, **known,
    }  # fmt: skip
    return Event(**facts)


CHAT = event(
    uid="chat@symposia",
    name="Chat",
    end=AT_FOUR + HOUR,
    recurrence=Recurrence(
        rrule="FREQ=WEEKLY;COUNT=5",
        exdates=(AT_FOUR + WEEK,),
        moved=(MovedOccurrence(recurrence_id=AT_FOUR + 2 * WEEK, start=AT_FOUR + 2 * WEEK + DAY, name="Chat, moved"),),
    ),
)
CONFERENCE = event(
    uid="days@symposia",
    name="Tagung; Lesen, Schreiben",
    start=date(2027, 3, 3),
    end=date(2027, 3, 5),
    kind=Kind.CONFERENCE,
    description="Two tracks.\n\nMore: https://guild.example/more",
    url="https://guild.example/tagung",
    registration_url="https://guild.example/register",
    location=Location(name="Hall", address="1 Road", city="Bonn", latitude=50.7, longitude=7.1),
    attendance_mode=AttendanceMode.HYBRID,
    organizer="The Guild",
    topics=("literacy",),
    keywords=("reading, writing",),
    price=Price(is_free=True),
    deadlines=(
        Deadline(kind=DeadlineKind.REGISTRATION, at=date(2027, 2, 1)),
        Deadline(kind=DeadlineKind.PROPOSALS, at=datetime(2027, 1, 15, 17, tzinfo=UTC)),
        Deadline(kind=DeadlineKind.EARLY_BIRD, at=date(2026, 11, 1)),
    ),
    sequence=2,
    last_modified=NOW,
)
EVENTS = [
    event(),
    CHAT,
    CONFERENCE,
    event(uid="day@symposia", start=date(2027, 3, 3), timezone=None),
    event(uid="off@symposia", status=Status.CANCELLED, attendance_mode=AttendanceMode.ONLINE),
    event(uid="utc@symposia", start=datetime(2027, 3, 3, 16, tzinfo=UTC), timezone="UTC", topics=("literacy",)),
    event(uid="floating@symposia", start=FLOATING, timezone=None),
]


def feed(events: list[Event], of: Feed = FEED) -> icalendar.Calendar:
    """A feed of those events, as icalendar reads it."""
    return icalendar.Calendar.from_ical(feed_bytes(of, events, now=NOW))


def component(**known: Any) -> icalendar.Component:
    """The one VEVENT of an event."""
    return feed([event(**known)]).walk("VEVENT")[0]


@pytest.mark.parametrize(
    ("known", "name", "value"),
    [
        ({}, "DTSTART", b"20270303T160000"),
        ({}, "STATUS", b"CONFIRMED"),
        ({}, "DTSTAMP", b"20261124T000000Z"),
        ({"last_modified": NOW + DAY}, "LAST-MODIFIED", b"20261125T000000Z"),
        ({}, "CREATED", b"20261124T000000Z"),
        ({"start": date(2027, 3, 3)}, "DTEND", b"20270304"),
        ({"start": date(2027, 3, 3), "end": date(2027, 3, 5)}, "DTEND", b"20270306"),
        ({"start": date(2028, 2, 28), "end": date(2028, 2, 29)}, "DTEND", b"20280301"),
        ({"end": AT_FOUR + HOUR}, "DTEND", b"20270303T170000"),
        ({"status": Status.CANCELLED}, "STATUS", b"CANCELLED"),
        ({"status": Status.CANCELLED}, "SUMMARY", b"Cancelled: Lesen"),
        ({"status": Status.POSTPONED}, "STATUS", b"TENTATIVE"),
        ({"status": Status.POSTPONED}, "SUMMARY", b"Postponed: Lesen"),
        ({"name": "a\r\nb\x00 \ud800\tc"}, "SUMMARY", b"a b c"),
        ({"name": "\x00"}, "SUMMARY", b"Untitled event"),
        ({"name": "at https://zoom.us/j/123456"}, "SUMMARY", b"at [left out]"),
        ({"attendance_mode": AttendanceMode.ONLINE}, "LOCATION", b"Online"),
        ({"location": Location(name="https://zoom.us/j/123456"), "attendance_mode": AttendanceMode.ONLINE}, "LOCATION", b"Online"),
        ({"location": Location(name="Hall, 1 Road", address="1 Road", city="Bonn")}, "LOCATION", rb"Hall\, 1 Road\, Bonn"),
        ({"location": Location(latitude=1e-7, longitude=-7.25)}, "GEO", b"0.0;-7.25"),
        ({"sequence": 3}, "SEQUENCE", b"3"),
        ({"url": "https://guild.example/1"}, "URL", b"https://guild.example/1"),
        ({"url": "https://guild.example/ä,;"}, "URL", b"https://guild.example/%C3%A4,;"),
        ({"keywords": ("a, b", "None", "c\\")}, "CATEGORIES", rb"a\, b,c"),
    ],
)  # fmt: skip
def test_properties(known: dict[str, Any], name: str, value: bytes) -> None:
    """Each fact in its property."""
    written = component(**known)[name].to_ical()

    assert (written.decode() if isinstance(written, bytes) else written) == value.decode()


@pytest.mark.parametrize(
    ("known", "name"),
    [
        ({}, "DTEND"),
        ({"end": AT_FOUR}, "DTEND"),
        ({"end": AT_FOUR - HOUR}, "DTEND"),
        ({"end": date(2027, 3, 4)}, "DTEND"),
        ({"end": FLOATING + HOUR}, "DTEND"),
        ({}, "URL"),
        ({}, "LOCATION"),
        ({"location": Location(name="None")}, "LOCATION"),
        ({}, "GEO"),
        ({"location": Location(latitude=91.0, longitude=7.0)}, "GEO"),
        ({"location": Location(latitude=float("nan"), longitude=7.0)}, "GEO"),
        ({}, "RRULE"),
        ({"recurrence": Recurrence(rrule="FREQ=HOURLY")}, "RRULE"),
        ({"recurrence": Recurrence(rrule="FREQ=WEEKLY\r\nX:y")}, "RRULE"),
        ({"url": "javascript:alert(1)"}, "URL"),
        ({"url": "https://zoom.us/j/123456"}, "URL"),
        ({"organizer": "The Guild"}, "ORGANIZER"),
        ({"registration_url": "https://guild.example/"}, "CONFERENCE"),
        ({"registration_url": "https://zoom.us/j/123456", "attendance_mode": AttendanceMode.ONLINE}, "CONFERENCE"),
        ({"keywords": ("",)}, "CATEGORIES"),
    ],
)
def test_nothing_is_invented(known: dict[str, Any], name: str) -> None:
    """What is not known is not written."""
    assert name not in component(**known)


def test_a_feed_is_as_it_was() -> None:
    """Byte for byte, in any order; after a change that is meant, delete the file and run this twice."""
    written = feed_bytes(FEED, EVENTS, now=NOW, url="https://events.example/feeds/all.ics")
    if not GOLDEN.exists():
        GOLDEN.write_bytes(written)
        pytest.fail(f"{GOLDEN} was written anew")

    assert written == GOLDEN.read_bytes()
    assert written == feed_bytes(FEED, EVENTS[::-1], now=NOW + WEEK, url="https://events.example/feeds/all.ics")


def test_a_feed_says_what_it_is() -> None:
    """RFC 7986, and what clients took before it."""
    text = feed_bytes(FEED, EVENTS, now=NOW, url="https://events.example/a.ics").decode()

    for line in (
        "NAME:A name", "X-WR-CALNAME:A name", "DESCRIPTION:Words.", f"COLOR:{FEED.color}", "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
        "X-PUBLISHED-TTL:PT12H", "SOURCE;VALUE=URI:https://events.example/a.ics", "URL:https://events.example/a.ics",
    ):  # fmt: skip
        assert f"\r\n{line}\r\n" in text
    assert "BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\n" in text
    assert "SOURCE" not in feed_bytes(FEED, EVENTS, now=NOW).decode()


def test_a_series_carries_its_rule_and_what_differs() -> None:
    """RRULE, EXDATE, and one VEVENT with RECURRENCE-ID, as long as the others."""
    series, moved = feed([CHAT]).walk("VEVENT")

    assert series["RRULE"].to_ical() == b"FREQ=WEEKLY;COUNT=5"
    assert series["EXDATE"].to_ical() == b"20270310T160000"
    assert (moved["UID"], moved["SUMMARY"]) == (series["UID"], "Chat, moved")
    assert moved["RECURRENCE-ID"].to_ical() == b"20270317T160000"
    assert moved["DTEND"].dt - moved["DTSTART"].dt == HOUR


@pytest.mark.parametrize(
    ("rule", "start", "expected"),
    [
        ("FREQ=WEEKLY;UNTIL=20270601", AT_FOUR, "FREQ=WEEKLY;UNTIL=20270601T215959Z"),
        ("FREQ=WEEKLY;UNTIL=20270601T160000", AT_FOUR, "FREQ=WEEKLY;UNTIL=20270601T140000Z"),
        ("FREQ=WEEKLY;UNTIL=20270601T160000Z", AT_FOUR, "FREQ=WEEKLY;UNTIL=20270601T160000Z"),
        ("FREQ=WEEKLY;UNTIL=20270601T160000Z", date(2027, 3, 3), "FREQ=WEEKLY;UNTIL=20270601"),
        ("FREQ=WEEKLY;UNTIL=20270601T160000Z", FLOATING, "FREQ=WEEKLY;UNTIL=20270601T160000"),
        ("rrule:freq=monthly;byday=1tu;", AT_FOUR, "FREQ=MONTHLY;BYDAY=1TU"),
        ("FREQ=WEEKLY;COUNT=3;UNTIL=20270601", AT_FOUR, None),
        ("FREQ=WEEKLY;BYDAY=XX", AT_FOUR, None),
        ("FREQ=WEEKLY;UNTIL=20270231", AT_FOUR, None),
        ("FREQ=MINUTELY", AT_FOUR, None),
        ("COUNT=3", AT_FOUR, None),
        ("", AT_FOUR, None),
        (None, AT_FOUR, None),
    ],
)
def test_rules(rule: str | None, start: Any, expected: str | None) -> None:
    """UNTIL as the start asks for; a rule that no calendar computes is none."""
    assert rrule_for(rule, start) == expected


@pytest.mark.parametrize("moment", [date(2027, 3, 10), datetime(2027, 3, 10, 15, tzinfo=UTC), FLOATING + WEEK])
def test_what_is_left_out_is_named_as_the_series_names_it(moment: Any) -> None:
    """EXDATE of the type and zone of DTSTART, whatever the source wrote."""
    written = event_bytes(event(recurrence=Recurrence(rrule="FREQ=WEEKLY", exdates=(moment,)))).decode()

    assert "\r\nEXDATE;TZID=Europe/Berlin:20270310T160000\r\n" in written


@pytest.mark.parametrize(
    ("shown", "fold", "line"),
    [
        ("2027-10-31T02:30", 0, "DTSTART:20271031T003000Z"),  # clocks show it twice: the first time
        ("2027-10-31T02:30", 1, "DTSTART:20271031T013000Z"),
        ("2027-03-28T02:30", 0, "DTSTART:20270328T013000Z"),  # clocks never show it
        ("2027-10-31T03:30", 0, "DTSTART;TZID=Europe/Berlin:20271031T033000"),
    ],
)
def test_an_hour_in_doubt_is_utc(shown: str, fold: int, line: str) -> None:
    """In the nights in which the clocks change."""
    start = datetime.fromisoformat(shown).replace(tzinfo=BERLIN, fold=fold)

    assert f"\r\n{line}\r\n" in event_bytes(event(start=start)).decode()


def test_an_end_in_the_night_of_the_change_is_after_its_start() -> None:
    """01:30 to 02:15 of the second time around is an hour and three quarters, though clocks say less."""
    start, end = (datetime(2027, 10, 31, 2, minute, tzinfo=BERLIN, fold=fold) for minute, fold in ((30, 0), (15, 1)))

    assert component(start=start, end=end)["DTEND"].to_ical() == b"20271031T011500Z"


def test_words() -> None:
    """The description, what educators choose by, who holds it, where to read on; the same as HTML of our own."""
    vevent = component(
        **{name: getattr(CONFERENCE, name) for name in ("description", "url", "registration_url", "organizer", "price")}
    )

    assert str(vevent["DESCRIPTION"]).split("\n\n") == [
        "Two tracks.",
        "More: https://guild.example/more",
        "free",
        "Organizer: The Guild",
        "https://guild.example/tagung\nRegister: https://guild.example/register\nSource: https://guild.example/",
    ]
    assert '<p>More: <a href="https://guild.example/more">https://guild.example/more</a></p>' in str(
        vevent["X-ALT-DESC"]
    )


def test_html_is_shown_as_it_stands_and_long_words_are_cut() -> None:
    """No markup of a source's becomes ours."""
    vevent = component(description="<script>alert(1)</script> <a href='javascript:x'>x</a> & " + "word " * 2_000)

    assert "<script" not in str(vevent["X-ALT-DESC"])
    assert (
        str(vevent["X-ALT-DESC"]).replace("\\", "").startswith("<html><body><p>&lt;script&gt;alert(1)&lt;/script&gt; ")
    )
    assert len(str(vevent["DESCRIPTION"])) < 3_200


def test_where_to_take_part_from_afar() -> None:
    """CONFERENCE (RFC 7986, 5.11): what is open to all."""
    text = event_bytes(CONFERENCE).decode().replace("\r\n ", "")

    assert "\r\nCONFERENCE;LABEL=Register;VALUE=URI:https://guild.example/register\r\n" in text


def test_no_meeting_is_given_away() -> None:
    """A private link stands nowhere."""
    secret = "https://zoom.us/j/987654321?pwd=x"
    secretive = event(
        name=f"N {secret}", description=f"D {secret}", url=secret, registration_url=secret, organizer=secret, keywords=(secret,),
        location=Location(name=f"at {secret}"), sources=(SourceRef(id="a", key="1", url=secret),), attendance_mode=AttendanceMode.ONLINE,
        deadlines=(Deadline(kind=DeadlineKind.OTHER, at=date(2027, 1, 1)),),
    )  # fmt: skip

    for content in (event_bytes(secretive), feed_bytes(DEADLINES, [secretive], now=NOW)):
        assert b"987654321" not in content.replace(b"\r\n ", b"")


def test_deadlines() -> None:
    """Entries of their own: those to come, all-day or timed, each with an alarm."""
    proposals, register = feed([CONFERENCE], DEADLINES).walk("VEVENT")

    assert [str(vevent["UID"]) for vevent in (proposals, register)] == [
        "days-proposals@symposia",
        "days-registration@symposia",
    ]
    assert str(register["SUMMARY"]) == "Register by: Tagung; Lesen, Schreiben"
    assert (register["DTSTART"].to_ical(), register["DTEND"].to_ical()) == (b"20270201", b"20270202")
    assert (proposals["DTSTART"].to_ical(), "DTEND" in proposals) == (b"20270115T180000", False)
    assert str(register["TRANSP"]) == "TRANSPARENT"
    alarm = register.walk("VALARM")[0]
    assert (str(alarm["ACTION"]), alarm["TRIGGER"].dt) == ("DISPLAY", timedelta(days=-7))


def test_deadlines_without_an_alarm_and_of_what_is_cancelled() -> None:
    """Who planned for a deadline learns that it is void, by no alarm."""
    quiet = replace(DEADLINES, alarm=None)

    assert not feed([CONFERENCE], quiet).walk("VALARM")
    entries = feed([replace(CONFERENCE, status=Status.CANCELLED)], DEADLINES).walk("VEVENT")
    assert {str(vevent["STATUS"]) for vevent in entries} == {"CANCELLED"}
    assert all(str(vevent["SUMMARY"]).startswith("Cancelled: ") and not vevent.walk("VALARM") for vevent in entries)


def test_a_deadline_is_shown_to_the_end_of_its_day() -> None:
    """In the event's zone."""
    dated = event(deadlines=(Deadline(kind=DeadlineKind.OTHER, at=date(2027, 2, 1)),))

    assert b"BEGIN:VEVENT" in feed_bytes(DEADLINES, [dated], now=datetime(2027, 2, 1, 22, 59, tzinfo=UTC))
    assert b"BEGIN:VEVENT" not in feed_bytes(DEADLINES, [dated], now=datetime(2027, 2, 1, 23, tzinfo=UTC))


def test_two_deadlines_of_a_kind_have_two_uids() -> None:
    """The first has the name that it has when it is alone."""
    dues = tuple(Deadline(kind=DeadlineKind.OTHER, at=date(2027, 1, day)) for day in (5, 9))

    assert [str(vevent["UID"]) for vevent in feed([event(deadlines=dues)], DEADLINES).walk("VEVENT")] == [
        "a-other@symposia",
        "a-other-2@symposia",
    ]


def test_entries_are_written_once() -> None:
    """Components that feeds share give the same bytes as those that a feed makes itself."""
    components = ComponentCache()
    first, again = (feed_bytes(FEED, EVENTS, now=NOW, components=components) for _ in range(2))

    assert first == again == feed_bytes(FEED, EVENTS, now=NOW)
    assert components.render_event(CHAT) is components.render_event(CHAT)


@pytest.mark.parametrize("name", ["None", "nan", " NULL\n", "undefined", ""])
def test_a_programs_word_for_nothing_is_no_title(name: str) -> None:
    """Clients would show it: the entry and its calendar are called as one without a title is."""
    nameless = event(name=name, deadlines=(Deadline(kind=DeadlineKind.REGISTRATION, at=date(2027, 2, 1)),))
    written = event_bytes(nameless)

    assert lint(written) == []
    assert b"SUMMARY:Untitled event\r\n" in written
    assert b"X-WR-CALNAME:Untitled event\r\n" in written


def test_what_is_written_passes_the_lint() -> None:
    """No error, and no warning."""
    written = (feed_bytes(FEED, EVENTS, now=NOW), feed_bytes(DEADLINES, EVENTS, now=NOW), event_bytes(CHAT))

    assert [lint(content) for content in written] == [[], [], []]
    assert [finding.rule for finding in lint(feed_bytes(FEED, [], now=NOW))] == ["empty"]


@given(st.text(max_size=300))
def test_folding(text: str) -> None:
    """Lines of 75 octets at most, each whole characters, that make the text again."""
    content = fold_content_line(f"X:{text.replace(chr(10), '')}")
    lines = content.removesuffix(b"\r\n").split(b"\r\n ")

    assert b"".join(lines).decode() == f"X:{text.replace(chr(10), '')}".encode("utf-8", "replace").decode()
    assert all(len(line) <= 74 for line in lines[1:])
    assert len(lines[0]) <= 75
    assert all(line.decode() for line in lines)


ZONES = (
    "Europe/Berlin", "America/New_York", "America/St_Johns", "America/Santiago", "Asia/Kolkata", "Asia/Jerusalem", "Africa/Cairo", "Africa/Casablanca",
    "Australia/Lord_Howe", "Pacific/Apia", "America/Nuuk", "Europe/Dublin", "Asia/Tokyo", "Etc/GMT+5", "Europe/Istanbul", "America/Sao_Paulo", "Asia/Gaza",
)  # fmt: skip


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("year", [1985, 2027])
def test_a_vtimezone_tells_what_the_zone_does(zone: str, year: int) -> None:
    """At noon and midnight of every third day, for thirty years: by its own onsets, as RFC 5545, 3.6.5 reads them."""
    onsets = _onsets(vtimezone_bytes(zone, year).decode())
    moment = datetime(year, 1, 1, tzinfo=UTC)
    while moment.year < min(year + 30, 2060):
        before = [offset for at, offset in onsets if at <= moment]
        assert before, (moment, onsets[:2])
        assert before[-1] == moment.astimezone(ZoneInfo(zone)).utcoffset(), moment
        moment += timedelta(days=3, hours=12)


def _onsets(block: str) -> list[tuple[datetime, timedelta]]:
    """The instants of a VTIMEZONE's onsets until 2060, each with the offset from then on."""
    found = []
    for part in re.findall(r"BEGIN:(?:STANDARD|DAYLIGHT)\r\n(.*?)END:", block, re.DOTALL):
        said = dict(line.split(":", 1) for line in part.split("\r\n") if ":" in line)
        before, after = (_offset(said[name]) for name in ("TZOFFSETFROM", "TZOFFSETTO"))
        days = {said["DTSTART"], *re.findall(r"RDATE:(\S+)", part)}
        locals_ = [datetime.strptime(day, "%Y%m%dT%H%M%S") for day in days]  # noqa: DTZ007 - local, as it is written
        if "RRULE" in said:
            locals_ += list(
                rrulestr(said["RRULE"], dtstart=locals_[0]).between(locals_[0], datetime.fromisoformat("2061-01-01"))
            )
        found += [((local - before).replace(tzinfo=UTC), after) for local in locals_]
    return sorted(found)


def _offset(text: str) -> timedelta:
    sign = -1 if text[0] == "-" else 1
    return sign * timedelta(hours=int(text[1:3]), minutes=int(text[3:5]), seconds=int(text[5:7] or 0))
