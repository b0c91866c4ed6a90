"""Where a listing goes on: marked, called next, numbered, or the next month of a calendar."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from spiders.extraction.page import Page
from spiders.extraction.pagination import next_pages

URL = "https://guild.example/events/"


@pytest.mark.parametrize(
    ("markup", "url", "following"),
    [
        ('<link rel="next" href="/events/?page=2">', URL, ("https://guild.example/events/?page=2",)),
        ('<a href="/events/2">Next page »</a>', URL, ("https://guild.example/events/2",)),
        ('<a href="/events/2" aria-label="Siguiente">></a>', URL, ("https://guild.example/events/2",)),
        ('<a href="?page=2">2</a><a href="?page=3">3</a>', URL, ("https://guild.example/events/?page=2",)),
        ('<a href="?page=2">2</a><a href="?page=3">3</a>', URL + "?page=2", ("https://guild.example/events/?page=3",)),
        ('<a rel="next" href="https://elsewhere.example/">Next</a>', URL, ()),
        ('<a rel="next" href="javascript:go()">Next</a>', URL, ()),
        ('<a rel="next" href="">Next</a>', URL, ()),
        ("<p>Next week</p>", URL, ()),
        ('<a href="?month=2027-04">Next month</a>', URL, (URL + "?month=2027-04",)),
        ('<a href="?date=2027-03-10" title="Next week">&rsaquo;</a>', URL, (URL + "?date=2027-03-10",)),
        ('<a class="nav-next" href="/events/2027-04/">Month: April</a>', URL + "2027-03/", (URL + "2027-04/",)),
        (
            '<a class="tribe-events-c-nav__next" rel="next" href="list/page/2/">Next Events</a>',
            URL,
            (URL + "list/page/2/",),
        ),
        (
            '<ul class="pager"><a href="?page=1" title="Go to next page" rel="next">Next ›</a></ul>',
            URL,
            (URL + "?page=1",),
        ),
        (
            '<a href="?year=2027&amp;month=4">Nächster Monat</a>',
            URL + "?year=2027&month=3",
            (URL + "?year=2027&month=4",),
        ),
        ('<a href="?page=2">2</a><a href="?month=2027-04">Next month</a>', URL, (URL + "?page=2",)),
        ('<a href="?month=2027-02">Previous month</a>', URL + "?month=2027-03", ()),
        ('<a href="?month=2027-02">Next month</a>', URL + "?month=2027-03", ()),
        ('<a href="?month=2027-04">April</a>', URL + "?month=2027-03", ()),
        ('<a class="next" href="/news/next-month/">Next month</a>', URL, ()),
        ('<a href="/blog/2027/04/">Next month at the guild</a>', URL, ()),
    ],
)
def test_next_pages(markup: str, url: str, following: tuple[str, ...]) -> None:
    """On the same host, and never the page itself."""
    body = f"<html lang=en><body>{markup}</body></html>".encode()
    page = Page(url=url, body=body, fetched_at=datetime(2026, 11, 1, tzinfo=UTC))

    assert next_pages(page) == following
