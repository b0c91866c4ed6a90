"""Where an answer's list goes on."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from spiders.extraction.formats.answer_pages import next_answer
from spiders.extraction.page import Page

URL = "https://guild.example/api/events?per_page=50"

NEXT: list[tuple[Any, str | None]] = [
    ({"nextresturl": "https://guild.example/api/events?page=2"}, "https://guild.example/api/events?page=2"),
    ({"next": "/api/events?page=2"}, "https://guild.example/api/events?page=2"),
    ({"links": {"next": "https://guild.example/api?p=2"}}, "https://guild.example/api?p=2"),
    ({"nextpagetoken": "abc"}, URL + "&pageToken=abc"),
    ({"page": {"current": 1, "total": 3}}, URL + "&page=2"),
    ({"hasmore": True, "nextcursor": "abc"}, URL + "&pagination_cursor=abc"),
    ({"page": {"current": 3, "total": 3}}, None),
    ({"page": {"current": "1", "total": "3"}}, None),
    ({"hasmore": False, "nextcursor": "abc"}, None),
    ({"links": [{"next": "/x"}], "next": None, "page": 2}, None),
    ({"next": 2}, None),
    ([], None),
    (None, None),
]


@pytest.mark.parametrize(("data", "following"), NEXT)
def test_next(data: Any, following: str | None) -> None:
    """As the answer states it, or by its token or number."""
    page = Page(url=URL, body=b"", fetched_at=datetime(2026, 11, 1, tzinfo=UTC))

    assert next_answer(page, data) == following


def test_a_number_takes_the_place_of_the_one_before() -> None:
    """And all else of the query stays."""
    page = Page(url=URL + "&page=2&q=", body=b"", fetched_at=datetime(2026, 11, 1, tzinfo=UTC))

    assert next_answer(page, {"page": {"current": 2, "total": 3}}) == URL + "&q=&page=3"
