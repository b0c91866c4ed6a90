"""The fields of one schema.org/Event."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from spiders.extraction.formats.schema_org_event import build_posting, is_event, read_text, read_times
from spiders.extraction.page import Page
from symposia.event import Location

PAGE = Page(url="https://guild.example/events/", body=b"", fetched_at=datetime(2026, 11, 1, tzinfo=UTC))
VIRTUAL = {"@type": "VirtualLocation", "url": "https://guild.example/join"}

FIELDS: list[tuple[dict[str, Any], str, Any]] = [
    ({"name": "Reading &amp; Writing"}, "name", "Reading & Writing"),
    ({"summary": "Reading Day"}, "name", "Reading Day"),
    ({"eventStatus": "https://schema.org/EventCancelled"}, "status", "https://schema.org/EventCancelled"),
    ({"location": "Hall"}, "location", Location(name="Hall")),
    ({"location": {"name": "Hall", "address": "1 Chalk Road"}}, "location", Location(name="Hall", address="1 Chalk Road")),
    ({"location": {"address": {"addressLocality": "Leeds", "addressCountry": {"name": "GB"}}}}, "location", Location(city="Leeds", country="GB")),
    ({"location": {"name": "Hall", "geo": {"latitude": "53.8", "longitude": -1.5}}}, "location", Location(name="Hall", latitude=53.8, longitude=-1.5)),
    ({"location": {"name": "Hall", "geo": {"latitude": "north"}}}, "location", Location(name="Hall")),
    ({"location": {}}, "location", None),
    ({"location": VIRTUAL}, "attendance_mode", "OnlineEventAttendanceMode"),
    ({"location": [VIRTUAL, "Hall"]}, "attendance_mode", "MixedEventAttendanceMode"),
    ({"location": VIRTUAL, "eventAttendanceMode": "OfflineEventAttendanceMode"}, "attendance_mode", "OfflineEventAttendanceMode"),
    ({"@type": ["Event", "Festival"]}, "kind", "festival"),
    ({"@type": "EducationEvent"}, "kind", None),
    ({"offers": {"price": 12.5, "priceCurrency": "GBP", "url": "/buy"}}, "price", "12.5 GBP"),
    ({"offers": [{"price": 0}, {"price": "12.50", "priceCurrency": "GBP"}]}, "price", "0 - 12.50 GBP"),
    ({"isAccessibleForFree": True, "offers": {"price": 5}}, "price", "free"),
    ({"offers": {"url": "/buy"}}, "registration_url", "https://guild.example/buy"),
    ({"organizer": [{"name": "Guild"}, {"name": "Circle"}, {"name": "Guild"}]}, "organizer", "Guild, Circle"),
    ({"keywords": "reading, schools, reading"}, "keywords", ("reading", "schools")),
    ({"inLanguage": "en-GB"}, "language", "en-GB"),
    ({"inLanguage": {"alternateName": "de"}}, "language", "de"),
    ({"inLanguage": "English spoken here"}, "language", None),
    ({"audience": {"audienceType": "teachers"}}, "audience", ("teachers",)),
    ({"description": "<p>Bring a pencil.</p>"}, "description", "Bring a pencil."),
    ({"url": "javascript:go()"}, "url", None),
]  # fmt: skip


@pytest.mark.parametrize(("properties", "field", "value"), FIELDS)
def test_fields(properties: dict[str, Any], field: str, value: Any) -> None:
    """Each where schema.org has it, or where sites put it."""
    assert getattr(build_posting(PAGE, {"@type": "Event", **properties}, "json-ld"), field) == value


KEYS: list[tuple[dict[str, Any], str | None]] = [
    ({"url": "/1"}, "https://guild.example/1"),
    ({"@id": "https://guild.example/id/1"}, "https://guild.example/id/1"),
    ({"url": "https://guild.example/events/#1"}, None),
    ({"name": "Reading Day"}, None),
]


@pytest.mark.parametrize(("properties", "key"), KEYS)
def test_keys(properties: dict[str, Any], key: str | None) -> None:
    """The event's own address; a digest where that is the listing's."""
    source_key = build_posting(PAGE, properties, "json-ld").source_key

    assert source_key == key if key else source_key.startswith("sha256:")


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2027-03-03", None, ("2027-03-03", None, None)),
        ("2027-03-03", "2027-03-05", ("2027-03-03", "2027-03-05", None)),
        ("2027-03-03", "2027-03-03", ("2027-03-03", None, None)),
        ("2027-03-03T00:00:00Z", None, ("2027-03-03", None, None)),
        ("2027-03-03T00:00:00", "2027-03-04T23:59:59", ("2027-03-03", "2027-03-04", None)),
        ("2027-03-03T00:00:00", "2027-03-03T02:00:00", ("2027-03-03T00:00:00", "2027-03-03T02:00:00", None)),
        ("2027-03-03T16:00:00", "2027-03-03T16:00:00", ("2027-03-03T16:00:00", None, None)),
        ("3 March 2027", None, (None, None, "3 March 2027")),
        (None, "2027-03-03", (None, None, None)),
    ],
)
def test_times(start: str | None, end: str | None, expected: tuple[str | None, ...]) -> None:
    """Midnight to midnight is whole days; words stay words."""
    assert read_times({"startDate": start, "endDate": end}) == expected


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (" Reading Day ", "Reading Day"),
        ({"@value": "Reading Day"}, "Reading Day"),
        ({"name": "Guild", "url": "/guild"}, "Guild"),
        ({"@id": "#guild"}, "#guild"),
        ([None, "", {"name": "Guild"}], "Guild"),
        (12, "12"),
        (True, "true"),
        ("", None),
        ({}, None),
        (None, None),
    ],
)
def test_texts(value: Any, text: str | None) -> None:
    """Of whatever a property holds."""
    assert read_text({"name": value}, "name") == text


@pytest.mark.parametrize(
    ("stated", "expected"),
    [("Event", True), ("schema:MusicEvent", True), (["Thing", "https://schema.org/Event"], True), ("Place", False), (3, False)],
)  # fmt: skip
def test_is_event(stated: Any, expected: bool) -> None:
    """By any of its types."""
    assert is_event({"@type": stated}) is expected
