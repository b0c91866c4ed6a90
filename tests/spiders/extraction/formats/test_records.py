"""Answers in JSON and XML that are no standard: their records, the fields of one, and where the list goes on."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from spiders.extraction.formats.records import RecordsExtractor, extract_records
from spiders.extraction.page import Extraction, Page
from symposia.errors import Cause, ExtractionError
from symposia.event import Location
from symposia.posting import Posting

URL = "https://chalk.example/api/events?per_page=50"
AT = "2027-03-03T16:00:00"
EVENT = {"id": 7, "title": "Fractions", "start": AT}


def read(answer: Any, url: str = URL) -> Extraction:
    """What an answer holds: JSON, or XML as text."""
    body = answer if isinstance(answer, str) else json.dumps(answer)
    return extract_records(Page(url=url, body=body.encode(), fetched_at=datetime(2026, 11, 1, tzinfo=UTC)))


def only_event(answer: Any) -> Posting:
    """The only event of an answer."""
    (posting,) = read(answer).postings
    return posting


SHAPES = {
    "a list": [EVENT],
    "a list under a name": {"events": [EVENT], "total": 1},
    "a list of lists": {"data": [[EVENT]]},
    "one event": EVENT,
    "by its id": {"events": {"7": EVENT}},
    "nodes of edges": {"data": {"group": {"edges": [{"node": EVENT}]}}},
    "beside what is none": [{"title": "News", "body": "..."}, EVENT, {"start": AT}, None, 3, "x"],
    "XML, attributes": f'<?xml version="1.0"?><list><event id="7" title="Fractions" start="{AT}"/></list>',
    "XML, elements": f"<?xml version='1.0'?><l><e><id>7</id><title>Fractions</title><start>{AT}</start></e></l>",
    "XML, a namespace": f'<?xml version="1.0"?><l xmlns="urn:x"><e><id>7</id><title>Fractions</title><start>{AT}</start></e></l>',
    "XML, cut off": f'<?xml version="1.0"?><l><e><id>7</id><title>Fractions</title><start>{AT}</start></e><e><tit',
}


@pytest.mark.parametrize("answer", SHAPES.values(), ids=list(SHAPES))
def test_shapes(answer: Any) -> None:
    """One event, wherever it is nested."""
    posting = only_event(answer)

    assert (posting.name, posting.start, posting.source_key) == ("Fractions", AT, "7")
    assert read(answer).kind == posting.origin.extractor == ("xml" if isinstance(answer, str) else "json")


TIMES = [
    ({"start_date": "2027-03-03 16:00:00"}, AT, None),
    ({"startDate": AT + "Z", "endDate": "2027-03-03T17:00:00Z"}, AT + "+00:00", "2027-03-03T17:00:00+00:00"),
    ({"start": {"dateTime": AT + "-05:00"}}, AT + "-05:00", None),
    ({"start": {"utc": "2027-03-03T21:00:00Z", "local": AT, "timezone": "America/New_York"}}, AT, None),
    ({"start": {"date": "2027-03-03"}, "end": {"date": "2027-03-04"}}, "2027-03-03", "2027-03-04"),
    ({"start": {"date": "2027-03-03", "time": "16:00"}}, AT, None),
    ({"start_at": 1804089600}, "2027-03-03T16:00+00:00", None),
    ({"startDate": 1804089600000, "endDate": 1804093200000}, "2027-03-03T16:00+00:00", "2027-03-03T17:00+00:00"),
    ({"begin": "1804089600"}, "2027-03-03T16:00+00:00", None),
    ({"start": "2027-03-03T00:00:00", "end": "2027-03-04T00:00:00"}, "2027-03-03", "2027-03-04"),
    ({"start": "2027-03-03 00:00", "end": "2027-03-03 13:00"}, "2027-03-03T00:00:00", "2027-03-03T13:00:00"),
    ({"date": "2027-03-03", "startTime": "16:00", "endTime": "17:00"}, "2027-03-03T16:00", None),
    ({"startDate": "2027-03-03", "start_time": "4:00 pm", "endDate": "2027-03-03", "end_time": "5:30 PM"}, "2027-03-03T16:00", "2027-03-03T17:30"),
    ({"start": "2027-03-03 4:00 PM"}, "2027-03-03T16:00:00", None),
    ({"start": "2027-03-03 12:15 am"}, "2027-03-03T00:15:00", None),
    ({"start": AT, "end": AT}, AT, None),
    ({"scheduling": {"config": {"startDate": AT + "Z", "timeZoneId": "America/New_York"}}}, AT + "+00:00", None),
    ({"start": ["soon", AT]}, AT, None),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "start", "end"), TIMES)
def test_times(fields: dict[str, Any], start: str, end: str | None) -> None:
    """ISO 8601, or seconds or milliseconds since 1970; midnight where no time is stated is a day."""
    posting = only_event({"name": "Fractions", **fields})

    assert posting.start is not None
    assert (datetime.fromisoformat(posting.start), posting.end) == (datetime.fromisoformat(start), end)


@pytest.mark.parametrize(
    "fields",
    [
        {"start": "soon"},
        {"start": 12},
        {"start": 10**400},
        {"start": True},
        {"start": "2027-13-45"},
        {"start": None},
        {"start": "2027-03-03 25:00 pm"},
        {"start": {"start": {"start": {"start": {"start": {"start": AT}}}}}},
        {"title": "", "start": AT},
    ],
)
def test_what_states_no_moment(fields: dict[str, Any]) -> None:
    """Is no event."""
    assert read({"title": "Fractions", **fields}).postings == ()


FIELDS = [
    ({"is_cancelled": True}, "status", "cancelled"),
    ({"status": "postponed"}, "status", "postponed"),
    ({"canceled": False, "status": "live"}, "status", "live"),
    ({"online_event": True}, "attendance_mode", "online"),
    ({"is_virtual": False}, "attendance_mode", None),
    ({"location_type": "physical"}, "attendance_mode", "in person"),
    ({"timezone": "America/New_York"}, "timezone", "America/New_York"),
    ({"timezone": "EST"}, "timezone", None),
    ({"url": "/7"}, "url", "https://chalk.example/7"),
    ({"url": "javascript:go()"}, "url", None),
    ({"url": {"public": "https://chalk.example/p"}}, "url", "https://chalk.example/p"),
    ({"ticket_url": "https://tickets.example/7"}, "registration_url", "https://tickets.example/7"),
    ({"description": {"rendered": "<p>One half.</p>"}}, "description", "One half."),
    ({"venue": {"name": "Slate Hall", "city": "Chalkton"}}, "location", Location(name="Slate Hall", city="Chalkton")),
    ({"location": "Slate Hall"}, "location", Location(name="Slate Hall")),
    ({"place": []}, "location", None),
    ({"tags": ["Maths", {"name": "Primary"}, "Maths"]}, "keywords", ("Maths", "Primary")),
    ({"categories": "Maths, Primary"}, "keywords", ("Maths", "Primary")),
    ({"tags": {"slug": 1}}, "keywords", ()),
    ({"is_free": True}, "price", "free"),
    ({"hosts": [{"name": "Chalk Guild"}]}, "organizer", "Chalk Guild"),
]


@pytest.mark.parametrize(("fields", "field", "value"), FIELDS)
def test_fields(fields: dict[str, Any], field: str, value: object) -> None:
    """What a record says beside its name and its start."""
    assert getattr(only_event({**EVENT, **fields}), field) == value


def test_nested_occurrences_are_events_each() -> None:
    """Under the name and the id of their event, and its start."""
    found = read(
        {
            "events": [
                {"id": 7, "title": "Fractions", "url": "/7", "dates": [{"start": AT}, {"start": "2027-03-10T16:00:00"}]}
            ]
        }
    )

    assert [(posting.name, posting.start, posting.source_key, posting.url) for posting in found.postings] == [
        ("Fractions", AT, f"7#{AT}", "https://chalk.example/7"),
        ("Fractions", "2027-03-10T16:00:00", "7#2027-03-10T16:00:00", "https://chalk.example/7"),
    ]  # fmt: skip


def test_events_within_a_named_record_are_not_its_occurrences() -> None:
    """A calendar has a name too."""
    found = read({"name": "Chalk Guild", "events": [EVENT, {**EVENT, "id": 8, "title": "Geometry"}]})

    assert [posting.name for posting in found.postings] == ["Fractions", "Geometry"]


def test_one_id_for_several_starts() -> None:
    """Each is an event; the same one twice is one."""
    found = read([EVENT, EVENT, {**EVENT, "start": "2027-03-10"}])

    assert [posting.source_key for posting in found.postings] == [f"7#{AT}", "7#2027-03-10"]


def test_keys_where_there_is_no_id() -> None:
    """The address, else a digest, the same on each crawl."""
    assert (
        only_event({"title": "Fractions", "start": AT, "url": "https://chalk.example/7"}).source_key
        == "https://chalk.example/7"
    )
    assert (
        only_event({"title": "Fractions", "start": AT}).source_key
        == only_event([{"name": "Fractions", "begin": AT}]).source_key
    )


def test_where_the_list_goes_on() -> None:
    """As the answer says itself."""
    assert read({"events": [EVENT], "next": "/api/events?page=2"}).next_pages == (
        "https://chalk.example/api/events?page=2",
    )


def test_a_page_without_events_has_no_next() -> None:
    """Or an empty list would be followed for ever."""
    assert read({"events": [], "next": "/api/events?page=2"}).next_pages == ()


EMPTY = [
    ([], True),
    ({"events": []}, True),
    ({"data": [], "total": 0}, True),
    ({"events": [EVENT]}, False),
    ({"message": "hello"}, False),
    ([1, 2], False),
    ('{"events": [', False),
    ("[" * 100_000, False),
    ('<?xml version="1.0"?>', False),
    ('<?xml version="1.0"?><list/>', False),
]


@pytest.mark.parametrize(("answer", "empty"), EMPTY)
def test_an_empty_list_is_told(answer: Any, empty: bool) -> None:
    """By a list that is there, and empty; not by an answer that holds none, or is broken."""
    assert read(answer).empty == empty


def test_entities_are_refused() -> None:
    """Whatever they would become."""
    with pytest.raises(ExtractionError) as caught:
        read('<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaa">]><l><title>&a;</title></l>')
    assert caught.value.cause == Cause.WRONG_CONTENT


@pytest.mark.parametrize(
    ("body", "is_one"),
    [
        ('{"a": 1}', True),
        ("\ufeff [1]", True),
        ('<?xml version="1.0"?><rss/>', True),
        ('<?xml version="1.0"?><!DOCTYPE html><html></html>', False),
        ("<html></html>", False),
        ("", False),
    ],
)
def test_what_is_an_answer(body: str, is_one: bool) -> None:
    """JSON, or XML that is not XHTML."""
    page = Page(url=URL, body=body.encode(), fetched_at=datetime(2026, 11, 1, tzinfo=UTC))

    assert RecordsExtractor().accepts(page) == is_one


@pytest.mark.parametrize(
    "answer",
    [
        {"events": [{"title": "Fractions", "dates": [{"start": AT}] * 5_000}]},
        {"a": [[[[]]]] * 50_000},
        [{"title": "Fractions", "events": [{"events": [{"events": [{}] * 30}] * 30}] * 30}],
    ],
    ids=["occurrences", "lists", "nested"],
)
def test_hostile_answers(answer: Any) -> None:
    """Within bounds."""
    assert len(read(answer).postings) <= 500
