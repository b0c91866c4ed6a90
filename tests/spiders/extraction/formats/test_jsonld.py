"""schema.org events in JSON-LD: where they are nested, and how the JSON may be broken."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from spiders.extraction.formats import jsonld
from spiders.extraction.formats.jsonld import extract_jsonld
from spiders.extraction.page import Page

EVENT = {"@type": "Event", "name": "Reading Day", "startDate": "2027-03-03"}
TEXT = json.dumps(EVENT)


def names(*blocks: str, body: str | None = None) -> tuple[list[str | None], list[str]]:
    """The names of the events in those blocks, and the reasons of what is refused."""
    scripts = "".join(f'<script type="application/ld+json">{block}</script>' for block in blocks)
    content = body if body is not None else f"<html><head>{scripts}</head></html>"
    page = Page(url="https://guild.example/", body=content.encode(), fetched_at=datetime(2026, 11, 1, tzinfo=UTC))
    postings, refusals = extract_jsonld(page)
    return [posting.name for posting in postings], [refusal.reason for refusal in refusals]


NESTED: dict[str, Any] = {
    "alone": EVENT,
    "a list": [EVENT],
    "a graph": {"@graph": [{"@type": "WebPage"}, EVENT]},
    "an item of a list": {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": EVENT}]},
    "a property of a place": {"@type": "Place", "event": EVENT},
    "several types": {**EVENT, "@type": ["Thing", "https://schema.org/EducationEvent"]},
    "expanded": {
        "@type": ["http://schema.org/Event"],
        "http://schema.org/name": [{"@value": "Reading Day"}],
        "http://schema.org/startDate": [{"@value": "2027-03-03"}],
    },
}


@pytest.mark.parametrize("data", NESTED.values(), ids=list(NESTED))
def test_nesting(data: Any) -> None:
    """The event is found wherever it is."""
    assert names(json.dumps(data)) == (["Reading Day"], [])


BROKEN = {
    "an HTML comment": f"<!-- {TEXT} -->",
    "CDATA": f"//<![CDATA[\n{TEXT}\n//]]>",
    "CDATA in a comment": f"/*<![CDATA[*/{TEXT}/*]]>*/",
    "a semicolon": TEXT + ";",
    "a line break in a string": TEXT.replace("Reading Day", "Reading\nDay"),
    "a comma too many": TEXT.replace("}", ",}"),
    "single quotes": TEXT.replace('"', "'"),
}


@pytest.mark.parametrize("block", BROKEN.values(), ids=list(BROKEN))
def test_slightly_broken_json(block: str) -> None:
    """Is read as a browser's JavaScript would."""
    found, refused = names(block)

    assert [" ".join((name or "").split()) for name in found] == ["Reading Day"]
    assert refused == []


@pytest.mark.parametrize("block", ["not json", '{"@type": Event', '{"event":[' * 500])
def test_what_is_no_json_is_refused(block: str) -> None:
    """And the next block is read."""
    found, refused = names(block, TEXT)

    assert found == ["Reading Day"]
    assert [reason.split(":")[0] for reason in refused] == ["not JSON"]


def test_a_block_of_too_many_characters_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before it is parsed."""
    monkeypatch.setattr(jsonld, "MAX_BLOCK", 10)

    assert names(TEXT) == ([], [f"not JSON: {len(TEXT)} characters are more than 10"])


def test_a_page_that_is_json_itself() -> None:
    """As some platforms answer."""
    assert names(body=TEXT) == (["Reading Day"], [])


def test_an_instance_has_its_courses_name() -> None:
    """As Bioschemas announces courses; an event beside it has its own."""
    course = {"@type": "Course", "name": "Statistics", "hasCourseInstance": {"@type": "CourseInstance"}}

    assert names(json.dumps([course, EVENT]))[0] == ["Statistics", "Reading Day"]


def test_a_reference_is_resolved_one_level_deep() -> None:
    """Within the graph, and where it refers to something."""
    event = {**EVENT, "organizer": {"@id": "#g"}, "location": {"@id": "#nowhere"}}
    graph = {"@graph": [{"@id": "#g", "@type": "Organization", "name": "Guild"}, event]}
    body = f'<script type="application/ld+json">{json.dumps(graph)}</script>'
    page = Page(url="https://guild.example/", body=body.encode(), fetched_at=datetime(2026, 11, 1, tzinfo=UTC))
    ((posting,), _) = extract_jsonld(page)

    assert (posting.organizer, posting.location) == ("Guild", None)
