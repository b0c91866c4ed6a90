"""The events among the objects of an answer."""

from __future__ import annotations

from typing import Any

import pytest

from spiders.extraction.formats import record_search
from spiders.extraction.formats.record_fields import Record
from spiders.extraction.formats.record_search import find_records

AT, LATER = "2027-03-03T16:00:00", "2027-03-10T16:00:00"
EVENT = {"id": 7, "title": "Fractions", "start": AT}
NAMELESS = {"start": LATER}

FOUND: dict[str, tuple[Any, list[tuple[str, str]]]] = {
    "an event": (EVENT, [("Fractions", AT)]),
    "nested": ({"data": [[{"node": EVENT}]]}, [("Fractions", AT)]),
    "in order": ([EVENT, {**EVENT, "title": "Geometry"}], [("Fractions", AT), ("Geometry", AT)]),
    "no name": ([NAMELESS], []),
    "no start": ([{"title": "News"}], []),
    "times in an object": ({"title": "Fractions", "scheduling": {"config": {"start": AT}}}, [("Fractions", AT)]),
    "the times of a named object": ({"title": "Guild", "when": {"title": "Fractions", "start": AT}}, [("Fractions", AT)]),
    "occurrences": (
        {**EVENT, "dates": [{"start": AT}, {"start": LATER}]},
        [("Fractions", AT), ("Fractions", LATER)],
    ),
    "occurrences by month": (
        {"title": "Fractions", "dates": {"2027-03": [{"start": AT}, {"start": LATER}]}},
        [("Fractions", AT), ("Fractions", LATER)],
    ),
    "occurrences that say their event's name": (
        {"title": "Fractions", "sessions": [{"title": "3 March: Fractions", "start": AT}]},
        [("Fractions", AT)],
    ),
    "events within a named object": (
        {"title": "Guild", "events": [EVENT, {**EVENT, "title": "Geometry"}]},
        [("Fractions", AT), ("Geometry", AT)],
    ),
    "nothing": (None, []),
    "text": ("Fractions", []),
}  # fmt: skip


@pytest.mark.parametrize(("data", "expected"), FOUND.values(), ids=list(FOUND))
def test_records(data: Any, expected: list[tuple[str, str]]) -> None:
    """Those with a name and a start, each occurrence by itself."""
    assert [(record["title"], _start(record)) for record in find_records(data, lambda record: True)] == expected


def _start(record: Record) -> Any:
    return record["start"]


def test_what_is_no_event_is_searched_for_some() -> None:
    """An article may list the events it is about."""
    article = {"title": "News", "start": AT, "sku": 1, "about": EVENT}

    assert [record["title"] for record in find_records(article, lambda record: "sku" not in record)] == ["Fractions"]


@pytest.mark.parametrize(("bound", "count"), [("MAX_NODES", 3), ("MAX_INSTANCES", 2)])
def test_bounds(bound: str, count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of what one answer may have read."""
    monkeypatch.setattr(record_search, bound, count)
    data = [{**EVENT, "dates": [{"start": AT}] * 5}] * 5

    assert len(list(find_records(data, lambda record: True))) < 25
