"""The fields of one record."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from spiders.extraction.formats.record_fields import (
    filled_key,
    fold_key,
    read_keywords,
    read_location,
    read_mode,
    read_status,
    read_text,
    read_url,
    read_zone,
)
from spiders.extraction.page import Page
from symposia.event import Location

PAGE = Page(url="https://guild.example/api", body=b"", fetched_at=datetime(2026, 11, 1, tzinfo=UTC))


@pytest.mark.parametrize("key", ["startDate", "start_date", "Start-Date", "START DATE", "@startDate", "start:date"])
def test_keys_are_folded(key: str) -> None:
    """To what platforms mean by them."""
    assert fold_key(key) == "startdate"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (" Day ", "Day"),
        (7, "7"),
        (True, None),
        ({"rendered": "Day"}, "Day"),
        ({"slug": "day"}, None),
        ([None, {"name": "Day"}, "Night"], "Day"),
        ("", None),
        (None, None),
    ],
)
def test_texts(value: Any, text: str | None) -> None:
    """Of an object its name, of a list its first."""
    assert read_text(value) == text


@pytest.mark.parametrize(
    ("record", "key"),
    [
        ({"title": "Day", "name": "x"}, "title"),
        ({"title": "", "name": "Day"}, "name"),
        ({"title": []}, None),
        ({}, None),
    ],
)
def test_the_surest_key_that_is_filled(record: dict[str, Any], key: str | None) -> None:
    """In the order of the word list."""
    assert filled_key(record, "name") == key


FIELDS: list[tuple[Any, dict[str, Any], Any]] = [
    (read_status, {"iscancelled": True}, "cancelled"),
    (read_status, {"canceled": "true"}, "cancelled"),
    (read_status, {"canceled": False, "status": "live"}, "live"),
    (read_status, {}, None),
    (read_mode, {"onlineevent": True}, "online"),
    (read_mode, {"isvirtual": False}, None),
    (read_mode, {"locationtype": "physical"}, "in person"),
    (read_mode, {"locationtype": "webinar"}, "webinar"),
    (read_zone, {"timezone": "America/New_York"}, "America/New_York"),
    (read_zone, {"start": {"timezone": "America/New_York"}}, "America/New_York"),
    (read_zone, {"timezone": "EST"}, None),
    (read_location, {"location": "Slate Hall"}, Location(name="Slate Hall")),
    (read_location, {"venue": [None, {"name": "Slate Hall", "city": "Chalkton"}]}, Location(name="Slate Hall", city="Chalkton")),
    (read_location, {"venuename": "Slate Hall", "address": "1 Road"}, Location(name="Slate Hall", address="1 Road")),
    (read_location, {"place": {"country": "USA", "countrycode": "US", "state": "NY"}}, Location(region="NY", country="US")),
    (read_location, {"place": []}, None),
    (read_keywords, {"tags": ["Maths", {"name": "Primary"}, "Maths"]}, ("Maths", "Primary")),
    (read_keywords, {"categories": "Maths, Primary"}, ("Maths", "Primary")),
    (read_keywords, {"tags": ["x"] * 29 + ["y", "z"]}, ("x", "y")),
    (read_keywords, {}, ()),
]  # fmt: skip


@pytest.mark.parametrize(("reader", "record", "value"), FIELDS)
def test_fields(reader: Any, record: dict[str, Any], value: Any) -> None:
    """In the record's own words, or by its flags."""
    assert reader(record) == value


@pytest.mark.parametrize(
    ("value", "url"),
    [
        ("/7", "https://guild.example/7"),
        ("https://guild.example/7", "https://guild.example/7"),
        ({"public": "https://guild.example/p", "url": "/7"}, "https://guild.example/p"),
        ({"href": "/7"}, "https://guild.example/7"),
        ("javascript:go()", None),
        ("7", None),
        (None, None),
    ],
)
def test_urls(value: Any, url: str | None) -> None:
    """Web addresses alone, made absolute."""
    assert read_url(PAGE, {"url": value}, "url") == url
