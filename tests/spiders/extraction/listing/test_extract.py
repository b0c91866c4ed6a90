"""Plain listings, and pages that are none."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from spiders.extraction.extract import extract
from spiders.extraction.listing.extract import extract_listing
from spiders.extraction.page import Page

URL = "https://guild.example/events/"
TABLE = """<table><tr><th>Date</th><th>Session</th><th>Location</th></tr>
<tr><td>March 3, 2027, 4 pm - 5 pm</td><td>Fractions</td><td>Room 12</td></tr>
<tr><td>March 10, 2027, 4 pm - 5 pm</td><td><a href="/2">Geometry</a></td><td>Room 13</td></tr></table>"""
CARDS = """<nav><a href="/x">3 March 2020</a></nav><div class="cards">
<div class="card"><h3><a href="/1">Fractions</a></h3><p>3 March 2027, 16:00 - 17:00</p><p class="venue">Room 12</p></div>
<div class="card"><h3><a href="/2">Geometry</a></h3><p>10 March 2027, 16:00 - 17:00</p><p class="venue">Room 13</p></div></div>
<footer>Updated 1 November 2026</footer>"""
HEADINGS = """<main><h1>Events</h1><h3>Fractions</h3><p>3 March 2027, 16:00 to 17:00</p><h3>Geometry</h3><p>10 March 2027, 16:00 to 17:00</p></main>"""
LIST = """<ul><li>3 March 2027, 16:00 - 17:00: Fractions</li><li>10 March 2027, 16:00 - 17:00: Geometry</li></ul>"""


def page(body: str | bytes, url: str = URL) -> Page:
    """A page with that body."""
    content = body if isinstance(body, bytes) else f"<html lang='en'><body>{body}</body></html>".encode()
    return Page(url=url, body=content, fetched_at=datetime(2026, 11, 1, tzinfo=UTC))


@pytest.mark.parametrize("markup", [TABLE, CARDS, HEADINGS, LIST], ids=["table", "cards", "headings", "list"])
def test_shapes(markup: str) -> None:
    """Two events, each with its name and its time, and nothing else on the page."""
    found = extract_listing(page(markup)).postings

    assert [(posting.name, posting.start, posting.end) for posting in found] == [
        ("Fractions", "2027-03-03T16:00", "2027-03-03T17:00"),
        ("Geometry", "2027-03-10T16:00", "2027-03-10T17:00"),
    ]


def test_places_and_links() -> None:
    """From the column under "Location", or the element that is called so."""
    for markup in (TABLE, CARDS):
        last = extract_listing(page(markup)).postings[-1]
        assert last.location is not None
        assert (last.location.name, last.url) == ("Room 13", "https://guild.example/2")


def test_a_page_of_one_event_is_called_as_its_heading() -> None:
    """An event's own page."""
    (posting,) = extract_listing(page("<main><h1>Fractions</h1><p>3 March 2027 at 4 pm</p></main>")).postings

    assert (posting.name, posting.start) == ("Fractions", "2027-03-03T16:00")


def test_struck_through_is_cancelled() -> None:
    """As many organisers write it."""
    (posting, _) = extract_listing(
        page(CARDS.replace('<h3><a href="/1">Fractions</a></h3>', "<h3><del>Fractions</del></h3>"))
    ).postings

    assert posting.status == "cancelled"


@pytest.mark.parametrize("words", ["There are no upcoming events.", "Derzeit keine Veranstaltungen", "No hay eventos"])
def test_an_empty_listing_says_so(words: str) -> None:
    """So that nothing is taken for a failure."""
    assert extract_listing(page(f"<p>{words}</p>")).empty


def test_a_page_about_something_else_is_not_empty() -> None:
    """It is not recognised, which is another thing."""
    found = extract_listing(page("<p>About us</p>"))

    assert (found.postings, found.empty) == ((), False)


@pytest.mark.parametrize(
    "markup", ["<div>" * 100_000, "<p>3 March 2027 Words" * 3_000, "<td>" * 50_000, "<!--" * 1000, "\x00\x01"]
)
def test_hostile_pages(markup: str) -> None:
    """Read, or not, but without an error and within bounds."""
    assert len(extract(page(markup)).postings) <= 2_000


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        (
            "<h1>Guild</h1><h2>2025 Meetings</h2><ul><li>February 6</li><li>April 10</li></ul>"
            "<h2>2024 Meetings</h2><ul><li>February 7</li><li>April 4</li></ul>",
            ["2025-02-06", "2025-04-10", "2024-02-07", "2024-04-04"],
        ),
        (
            "<h3>2027 meetings</h3><p>February 5<br>April 1 | <a href='/a'>Agenda</a> | <a href='/m'>Minutes</a><br>July 8</p>",
            ["2027-02-05", "2027-04-01", "2027-07-08"],
        ),
        (
            "<h2>2027 meeting schedule</h2><table><tr><td>Monday January 11</td><td>Monday February 8</td><td>Monday March 8</td></tr>"
            "<tr><td>Monday April 12</td><td>Monday May 10</td><td>Monday June 14</td></tr></table>",
            ["2027-01-11", "2027-02-08", "2027-03-08", "2027-04-12", "2027-05-10", "2027-06-14"],
        ),
        (
            "<h2>Dates</h2><ul><li>February 6, 2027</li><li>April 10, 2027</li></ul>"
            "<p>Monday: 8:30 am-4:30 pm</p><p>Tuesday: 8:30 am-4:30 pm</p><button>Today</button><p>Copyright 2019</p>",
            ["2027-02-06", "2027-04-10"],
        ),
    ],
    ids=["years in headings", "lines of a paragraph", "a row of dates", "opening hours"],
)
def test_bare_dates(markup: str, expected: list[str]) -> None:
    """Each an event, called as the page, else as the heading above it, in the year that stands above it."""
    found = extract_listing(page(f"<main>{markup}</main>")).postings

    assert [posting.start for posting in found] == expected
    assert {posting.name for posting in found} <= {"Guild", "2027 meeting", "2027 meeting schedule", "Dates"}


@pytest.mark.parametrize(
    ("statement", "start", "end"),
    [
        ("All meetings begin at 6:30 pm in Room 2.", "2027-02-06T18:30", None),
        ("Meetings are held from 9:00 am to 10:30 am.", "2027-02-06T09:00", "2027-02-06T10:30"),
        ("Each meeting convenes at 11:00 am and concludes by 12:30 pm.", "2027-02-06T11:00", "2027-02-06T12:30"),
        ("Alle Termine beginnen um 18 Uhr.", "2027-02-06", None),  # the page is in English
        ("Our office is open at 9:00 am.", "2027-02-06", None),
        ("Meetings will begin no earlier than 9:00 am.", "2027-02-06", None),
        ("All meetings begin at 6:30 pm.</p><p>All meetings begin at 7 pm.", "2027-02-06", None),
    ],
)
def test_a_time_that_is_stated_once(statement: str, start: str, end: str | None) -> None:
    """For all the events of a page that name none; not where two statements differ."""
    markup = f"<h2>Board</h2><p>{statement}</p><ul><li>February 6, 2027</li><li>April 10, 2027, 8 am</li></ul>"
    first, second = extract_listing(page(markup)).postings

    assert (first.start, first.end) == (start, end)
    assert second.start == "2027-04-10T08:00"
    assert ("time" in dict(first.evidence)) == ("T" in start)


def test_a_date_is_no_name() -> None:
    """Nor is "Agenda | Minutes"."""
    markup = "<h2>Board</h2><p><strong>January 22</strong>, 2027, 4 pm <a href='/a'>View agenda</a> | <a href='/m'>Minutes</a></p>"
    (posting,) = extract_listing(page(markup)).postings

    assert (posting.name, posting.start) == ("Board", "2027-01-22T16:00")


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("<b>CANCELLED:</b> Phonics night - March 3, 2027, 4 pm", "cancelled"),
        ("Phonics night - March 3, 2027, 4 pm <em>(Postponed)</em>", "postponed"),
        ("March 3, 2027 - 4 pm - Phonics night - CANCELED", "canceled"),
        ("<s>Phonics night - March 3, 2027, 4 pm</s>", "cancelled"),
        ("Phonics night (abgesagt) - 3 March 2027, 16:00", "abgesagt"),
        ("Phonics night - March 3, 2027, 4 pm. No event is cancelled for snow", None),
        ("Phonics night - March 3, 2027, 4 pm, cancel culture in schools", None),
    ],
)
def test_a_status_that_is_set_off(line: str, status: str | None) -> None:
    """Is the event's, and no part of its name."""
    first, _ = extract_listing(page(f"<ul><li>{line}</li><li>Geometry night - March 10, 2027, 4 pm</li></ul>")).postings

    assert first.status == status
    assert status is None or first.name == "Phonics night"


@pytest.mark.parametrize(
    ("title", "heading", "url", "name"),
    [
        ("Meetings", "Meetings", "https://guild.example/board-of-trustees/meetings", "Board of trustees"),
        ("Board Minutes - HMC", "Board Minutes", "https://harbour.example/minutes", "HMC: Board"),
        ("Reading circle > Calendar", "Calendar", "https://guild.example/calendar", "Reading circle"),
    ],
)
def test_what_the_page_is_about(title: str, heading: str, url: str, name: str) -> None:
    """Days without a name are called after the page: its title, its heading, at last its address."""
    days = "<ul><li>February 6, 2027</li><li>April 10, 2027</li></ul>"
    content = f"<html lang='en'><head><title>{title}</title></head><body><h1>{heading}</h1>{days}</body></html>"
    found = extract_listing(page(content.encode(), url)).postings

    assert {posting.name for posting in found} == {name}
