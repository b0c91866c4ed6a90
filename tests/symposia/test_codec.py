"""The JSON form of postings and events."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from symposia.codec import event_from_json, posting_from_json, to_json
from symposia.event import (
    AttendanceMode,
    Credit,
    Deadline,
    DeadlineKind,
    Event,
    Kind,
    Location,
    MovedOccurrence,
    Price,
    Recording,
    Recurrence,
    SourceRef,
    Status,
)
from symposia.posting import Origin, Posting

BERLIN = ZoneInfo("Europe/Berlin")
ORIGIN = Origin(
    source="guild", url="https://guild.example/", fetched_at=datetime(2026, 11, 1, tzinfo=UTC), extractor="ical"
)

FULL = Event(
    uid="a@symposia",
    name="Lesen lernen",
    start=datetime(2027, 3, 3, 16, tzinfo=BERLIN),
    end=datetime(2027, 3, 3, 17, 30, tzinfo=BERLIN),
    timezone="Europe/Berlin",
    attendance_mode=AttendanceMode.HYBRID,
    status=Status.MOVED_ONLINE,
    kind=Kind.CHAT,
    location=Location(name="Haus 3", city="Berlin", latitude=52.5, longitude=13.4),
    price=Price(low=5.0, high=10.0, currency="EUR"),
    deadlines=(Deadline(kind=DeadlineKind.REGISTRATION, at=date(2027, 2, 1)),),
    credit=(Credit(hours=2.0, unit="CPD", certificate=True, evidence="2 CPD hours"),),
    recording=Recording.WILL_BE_RECORDED,
    captions=True,
    topics=("literacy",),
    recurrence=Recurrence(
        rrule="FREQ=WEEKLY",
        exdates=(datetime(2027, 3, 10, 16, tzinfo=BERLIN),),
        moved=(
            MovedOccurrence(
                recurrence_id=datetime(2027, 3, 17, 16, tzinfo=BERLIN), start=datetime(2027, 3, 18, 16, tzinfo=BERLIN)
            ),
        ),
    ),
    sources=(SourceRef(id="guild", key="1", url="https://guild.example/1"),),
    evidence=(("start", "DTSTART"),),
    created=datetime(2026, 11, 1, 12, tzinfo=UTC),
)


def test_a_full_event_comes_back_with_its_zone() -> None:
    """Every field survives, and an instant knows its zone again."""
    back = event_from_json(json.loads(json.dumps(to_json(FULL))))

    assert back == FULL
    assert isinstance(back.start, datetime)
    assert back.start.tzinfo is BERLIN


def test_the_json_form_has_every_field_by_its_name() -> None:
    """Unknown is null, not missing."""
    data = to_json(Event(uid="u", name="n", start=date(2027, 1, 1)))

    assert data["start"] == "2027-01-01"
    assert data["location"] is None
    assert data["topics"] == []
    assert set(data) == set(Event.__slots__)


def test_a_posting_comes_back() -> None:
    """Postings keep the source's words, and the zone of their recurrence."""
    posting = Posting(
        origin=ORIGIN,
        source_key="1",
        name="Lesen",
        when="3. März",
        timezone="Europe/Berlin",
        recurrence=FULL.recurrence,
        evidence=(("when", "li"),),
    )

    assert posting_from_json(json.loads(json.dumps(to_json(posting)))) == posting


@given(
    st.datetimes(
        min_value=datetime(1971, 1, 1),  # noqa: DTZ001 - hypothesis takes naive bounds
        max_value=datetime(2090, 1, 1),  # noqa: DTZ001
        timezones=st.just(BERLIN),
        allow_imaginary=False,
    ),
    st.text(),
)
def test_events_round_trip(moment: datetime, name: str) -> None:
    """Any start in a zone with daylight saving time, and any name, come back."""
    start = moment.replace(microsecond=0, fold=0)
    end = (start.astimezone(UTC) + timedelta(hours=1)).astimezone(BERLIN)
    event = Event(uid="u", name=name, start=start, end=end, timezone="Europe/Berlin")

    assert event_from_json(to_json(event)) == event
