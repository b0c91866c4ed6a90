"""schema.org events, whichever way they are written."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from spiders.extraction.formats.schema_org import extract_schema_org
from spiders.extraction.page import Extraction, Page
from symposia.when.iso import to_iso

NOW = datetime(2026, 11, 1, tzinfo=UTC)
EVENT = '{"@type": "Event", "name": "Reading Day", "startDate": "2027-03-03T16:00:00+01:00", "url": "/1"}'


def read(markup: str) -> Extraction:
    """What a page of that markup holds."""
    return extract_schema_org(Page(url="https://guild.example/events/", body=markup.encode(), fetched_at=NOW))


def jsonld(data: str) -> str:
    """A page with one block of JSON-LD."""
    return f'<html><head><script type="application/ld+json">{data}</script></head><body></body></html>'


SHAPES = [
    EVENT,
    f"[{EVENT}]",
    f'{{"@context": "https://schema.org", "@graph": [{{"@type": "WebPage"}}, {EVENT}]}}',
    f'{{"@type": "ItemList", "itemListElement": [{{"@type": "ListItem", "item": {EVENT}}}]}}',
    f'{{"@type": "Place", "event": [{EVENT}]}}',
    EVENT.replace('"Event"', '["Thing", "http://schema.org/EducationEvent"]'),
    f"<!-- {EVENT} -->",
    f"//<![CDATA[\n{EVENT}\n//]]>",
    EVENT + ";",
    EVENT.replace("Reading Day", "Reading\nDay"),
    EVENT.replace("}", ",}"),
    EVENT.replace('"', "'"),
    '{"@type": ["http://schema.org/Event"], "http://schema.org/name": [{"@value": "Reading Day"}], '
    '"http://schema.org/startDate": [{"@value": "2027-03-03T16:00:00+01:00"}], "http://schema.org/url": [{"@id": "/1"}]}',
]


@pytest.mark.parametrize("data", SHAPES)
def test_shapes_of_jsonld(data: str) -> None:
    """Wherever the event is nested, and where the JSON is slightly broken."""
    (posting,) = read(jsonld(data)).postings

    assert (posting.name, posting.start) == ("Reading Day", "2027-03-03T16:00:00+01:00")
    assert posting.source_key == posting.url == "https://guild.example/1"


MICRODATA = """<div itemscope itemtype="https://schema.org/Event"><h2 itemprop="name">Reading Day</h2><a itemprop="url" href="/1">more</a>
<time itemprop="startDate" datetime="2027-03-03T16:00:00+01:00">3 March</time>
<div itemprop="location" itemscope itemtype="https://schema.org/Place"><b itemprop="name">Hall</b></div></div>"""
RDFA = """<div vocab="https://schema.org/" typeof="Event"><h2 property="name">Reading Day</h2><a property="url" href="/1">more</a>
<meta property="startDate" content="2027-03-03T16:00:00+01:00"><div property="location" typeof="Place"><b property="name">Hall</b></div></div>"""


@pytest.mark.parametrize(("markup", "kind"), [(MICRODATA, "microdata"), (RDFA, "rdfa")])
def test_markup(markup: str, kind: str) -> None:
    """The same event in the page's own elements."""
    found = read(f"<html><body>{markup}</body></html>")
    (posting,) = found.postings

    assert found.kind == kind
    assert (posting.name, posting.start, posting.url) == (
        "Reading Day",
        "2027-03-03T16:00:00+01:00",
        "https://guild.example/1",
    )
    assert posting.location is not None
    assert posting.location.name == "Hall"


def test_one_event_in_two_syntaxes_is_one() -> None:
    """The fuller is kept."""
    (posting,) = read(jsonld(EVENT).replace("<body>", f"<body>{MICRODATA}")).postings

    assert posting.origin.extractor == "microdata"


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("20270303T160000Z", "2027-03-03T16:00:00+00:00"),
        ("2027-03-03 16:00", "2027-03-03T16:00:00"),
        ("2027-03-03 4:00 PM", "2027-03-03T16:00:00"),
        ("2027-03-03T12:15 a.m. -05:00", "2027-03-03T00:15:00-05:00"),
        ("2027-03-03T16:00 PM", "2027-03-03T16:00:00"),
        ("2027-3-3", "2027-03-03"),
        ("2027-3-3T7:00+5.5:00", "2027-03-03T07:00:00+05:30"),
        ("2027-03-03T16:00:00.000-0500", "2027-03-03T16:00:00-05:00"),
        ("2027-13-03", None),
        ("2027-02-30", None),
        ("soon", None),
        (None, None),
    ],
)
def test_iso(text: str | None, read_as: str | None) -> None:
    """As it stands in the wild; None for a day that no calendar has."""
    assert to_iso(text) == read_as


def test_facts() -> None:
    """Where, how, how much, by whom."""
    event = """{"@type": "Event", "name": "Reading &amp; Writing", "startDate": "2027-03-03", "eventStatus": "https://schema.org/EventCancelled",
     "location": [{"@type": "VirtualLocation", "url": "https://guild.example/join"}, {"@type": "Place", "name": "Hall", "address":
     {"@type": "PostalAddress", "addressLocality": "Leeds", "addressCountry": {"@type": "Country", "name": "GB"}}, "geo": {"latitude": "53.8", "longitude": -1.5}}],
     "offers": [{"price": 0, "priceCurrency": "GBP"}, {"price": "12.50"}], "organizer": [{"name": "Guild"}, {"name": "Circle"}],
     "description": "<p>Bring a pencil.</p>", "keywords": "reading, schools", "inLanguage": "en-GB"}"""
    (posting,) = read(jsonld(event)).postings

    assert posting.name == "Reading & Writing"
    assert posting.location is not None
    assert (posting.location.city, posting.location.country, posting.location.latitude) == ("Leeds", "GB", 53.8)
    assert (posting.attendance_mode, posting.status) == (
        "MixedEventAttendanceMode",
        "https://schema.org/EventCancelled",
    )
    assert (posting.price, posting.organizer, posting.language) == ("0 - 12.50 GBP", "Guild, Circle", "en-GB")
    assert (posting.description, posting.keywords) == ("Bring a pencil.", ("reading", "schools"))


def test_references_within_a_graph_are_followed() -> None:
    """One level deep."""
    graph = '{"@graph": [{"@type": "Organization", "@id": "#g", "name": "Guild"}, {"@type": "Event", "name": "Day", "startDate": "2027-03-03", "organizer": {"@id": "#g"}}]}'

    assert read(jsonld(graph)).postings[0].organizer == "Guild"


def test_an_instance_of_a_course_has_its_courses_name() -> None:
    """As Bioschemas announces courses."""
    course = '{"@type": "Course", "name": "Statistics", "hasCourseInstance": [{"@type": "CourseInstance", "startDate": "2027-03-03"}]}'
    (posting,) = read(jsonld(course)).postings

    assert (posting.name, posting.kind) == ("Statistics", "courseinstance")


def test_a_series_on_one_page_is_told_apart() -> None:
    """By the start, where the address is the same."""
    series = ",".join(EVENT.replace("03-03", f"03-{day:02}") for day in (3, 10, 17))

    assert len({posting.source_key for posting in read(jsonld(f"[{series}]")).postings}) == 3


@pytest.mark.parametrize(
    "data", ["{" * 10_000, '{"event":[' * 10_000 + "]}" * 10_000, "not json", "", "[1, 2", '{"@type": "Event"', "\x00"]
)
def test_hostile_blocks(data: str) -> None:
    """Nothing raised; what is beside them is read."""
    found = read(jsonld(data).replace("</head>", f'<script type="application/ld+json">{EVENT}</script></head>'))

    assert [posting.name for posting in found.postings if posting.name] == ["Reading Day"]


def test_what_is_no_json_is_refused() -> None:
    """It is said where it ceases to be, the same each time."""
    (refusal,) = read(jsonld('{"@type": Event')).refusals

    assert (refusal.what, refusal.reason) == (
        "a JSON-LD block",
        "not JSON: Expecting value: line 1 column 11 (char 10)",
    )
