"""RSS and Atom."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from spiders.extraction.formats.feed import FeedExtractor
from spiders.extraction.page import Page
from symposia.errors import Cause, ExtractionError

RSS = """<?xml version="1.0"?><!-- made by hand -->
<rss version="2.0" xmlns:ev="http://purl.org/rss/1.0/modules/event/"><channel><title>Guild</title>
<item><title>Reading Day</title><link>https://guild.example/1</link><guid>g-1</guid><pubDate>Mon, 02 Nov 2026 08:00:00 GMT</pubDate>
<ev:startdate>2027-03-03T16:00:00+00:00</ev:startdate><ev:location>Hall</ev:location><category>reading</category><description>&lt;p&gt;Words&lt;/p&gt;</description></item>
<item><title>News</title><link>javascript:alert(1)</link><pubDate>Mon, 02 Nov 2026 08:00:00 GMT</pubDate></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Guild</title><entry><title>Day</title><id>urn:1</id><link href="/1"/>
<updated>2026-11-02T08:00:00Z</updated></entry></feed>"""


def page(text: str) -> Page:
    """A feed of that text."""
    return Page(url="https://guild.example/feed", body=text.encode(), fetched_at=datetime(2026, 11, 1, tzinfo=UTC))


def test_an_events_date_is_read_and_a_publications_is_not() -> None:
    """The second entry has no date of its own."""
    found = FeedExtractor().extract(page(RSS))
    event, news = found.postings

    assert (found.kind, event.source_key, event.start, event.keywords) == (
        "rss",
        "g-1",
        "2027-03-03T16:00:00+00:00",
        ("reading",),
    )
    assert event.location is not None
    assert (event.location.name, event.description) == ("Hall", "Words")
    assert (news.start, news.when, news.url) == (None, None, None)
    assert found.details == ("https://guild.example/1",)


def test_atom() -> None:
    """Relative links are resolved."""
    found = FeedExtractor().extract(page(ATOM))

    assert (found.kind, found.postings[0].source_key, found.details) == ("atom", "urn:1", ("https://guild.example/1",))


def test_a_feed_without_entries_is_empty() -> None:
    """And no failure."""
    assert FeedExtractor().extract(page('<rss version="2.0"><channel><title>Guild</title></channel></rss>')).empty


def test_entities_are_refused() -> None:
    """Before anything expands them."""
    bomb = (
        '<!DOCTYPE rss [<!ENTITY a "aaaa">]><rss version="2.0"><channel><item><title>&a;</title></item></channel></rss>'
    )

    with pytest.raises(ExtractionError) as caught:
        FeedExtractor().extract(page(bomb))
    assert caught.value.cause == Cause.WRONG_CONTENT


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (RSS, True),
        (ATOM, True),
        ("\ufeff" + RSS, True),
        ("<html><body><rss></body></html>", False),
        ("", False),
        ("{}", False),
        ("BEGIN:VCALENDAR", False),
    ],
)
def test_accepts(text: str, expected: bool) -> None:
    """By the root element."""
    assert FeedExtractor().accepts(page(text)) is expected
