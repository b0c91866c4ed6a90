"""HTML pages: what they state for machines, most trusted first, and what they show."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from spiders.extraction.html_page import HtmlExtractor
from spiders.extraction.page import Extraction, Page

EVENTS = [{"title": f"Talk {number}", "start": f"2027-03-0{number}T16:00:00-05:00"} for number in range(1, 5)]
SCRIPT = f'<script type="application/json">{json.dumps(EVENTS)}</script>'
JSON_LD = '<script type="application/ld+json">{}</script>'.format(
    json.dumps([{"@type": "Event", "name": event["title"], "startDate": event["start"]} for event in EVENTS])
)
LISTING = "<ul>" + "".join(f"<li>{number} March 2027, 16:00: Circle {number}</li>" for number in range(1, 4)) + "</ul>"


def read(markup: str) -> Extraction:
    """What a page of that body holds."""
    body = f"<html lang=en><head><title>Guild</title></head><body>{markup}</body></html>".encode()
    page = Page(url="https://guild.example/", body=body, fetched_at=datetime(2026, 11, 1, tzinfo=UTC))
    return HtmlExtractor().extract(page)


@pytest.mark.parametrize(
    ("markup", "kind", "count"),
    [
        (JSON_LD + SCRIPT + LISTING, "json-ld", 4),
        (SCRIPT + LISTING, "script", 4),
        (LISTING, "listing", 3),
        ("<p>Write to us</p>", "listing", 0),
    ],
    ids=["schema.org", "data of scripts", "the listing", "nothing"],
)
def test_the_most_trusted_is_read(markup: str, kind: str, count: int) -> None:
    """schema.org, else the data of scripts, else what is shown."""
    found = read(markup)

    assert (found.kind, len(found.postings)) == (kind, count)


def test_a_broken_block_is_refused_whatever_is_read_instead() -> None:
    """It may have held more."""
    found = read('<script type="application/ld+json">not json</script>' + SCRIPT)

    assert (found.kind, [refusal.what for refusal in found.refusals]) == ("script", ["a JSON-LD block"])


def test_where_the_listing_goes_on() -> None:
    """Whatever its events were read from."""
    assert read(JSON_LD + '<a rel=next href="?page=2">Next</a>').next_pages == ("https://guild.example/?page=2",)


def test_the_links_of_a_page_of_one_event_are_its_own() -> None:
    """Wherever they stand."""
    found = read("<main><h1>Phonics</h1><p>3 March 2027, 16:00</p></main><p><a href=/r>Register now</a></p>")

    assert [posting.registration_url for posting in found.postings] == ["https://guild.example/r"]
