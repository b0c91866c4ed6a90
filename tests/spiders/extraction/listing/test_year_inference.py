"""The years of dates that state none, as the page lets one tell them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from spiders.extraction.listing.extract import extract_listing
from spiders.extraction.page import Page


def items(*days: str) -> str:
    """A list of talks on those days."""
    return "<ul>" + "".join(f"<li>{day}: Reading circle {number}</li>" for number, day in enumerate(days)) + "</ul>"


def days_on(markup: str, url: str = "https://guild.example/events/") -> list[str | None]:
    """The starts that a page of July 2027 tells."""
    body = f"<html lang='en'><body>{markup}</body></html>".encode()
    return [posting.start for posting in extract_listing(Page(url=url, body=body, fetched_at=JULY)).postings]


JULY = datetime(2027, 7, 1, tzinfo=UTC)
YEARS: dict[str, tuple[str, list[str]]] = {
    "a list that goes up is of one year, past days and all": (
        items("February 6", "April 17", "June 26", "September 25"),
        ["2027-02-06", "2027-04-17", "2027-06-26", "2027-09-25"],
    ),
    "a list that goes up over the turn of the year": (
        items("September 5", "December 4", "January 15", "March 3", "May 5", "July 14"),
        ["2026-09-05", "2026-12-04", "2027-01-15", "2027-03-03", "2027-05-05", "2027-07-14"],
    ),
    "a list of days that are all to come keeps them": (
        items("August 5", "December 4", "January 15"),
        ["2027-08-05", "2027-12-04", "2028-01-15"],
    ),
    "a list that goes down": (
        items("August 20", "June 4", "May 15", "March 3"),
        ["2027-08-20", "2027-06-04", "2027-05-15", "2027-03-03"],
    ),
    "days in no order are the next such days": (
        items("September 5", "March 3", "August 4", "January 9", "July 14", "May 6"),
        ["2027-09-05", "2028-03-03", "2027-08-04", "2028-01-09", "2027-07-14", "2028-05-06"],
    ),
    "two days tell no order": (items("March 3", "August 4"), ["2028-03-03", "2027-08-04"]),
    "columns that go up, read by rows": (
        "<table><tr><td>January 6</td><td>July 7</td></tr><tr><td>March 3</td><td>September 1</td></tr>"
        "<tr><td>May 5</td><td>November 3</td></tr></table>",
        ["2027-01-06", "2027-07-07", "2027-03-03", "2027-09-01", "2027-05-05", "2027-11-03"],
    ),
    "a heading says the year, whatever the order": (
        "<h2>Talks in 2028</h2>" + items("February 6", "April 17", "September 25"),
        ["2028-02-06", "2028-04-17", "2028-09-25"],
    ),
    "a line of the same paragraph says the year": (
        "<p><strong>2026</strong><br>February 6, Phonics<br>April 17, Geometry<br><strong>2025</strong><br>March 3, Poetry</p>",
        ["2026-02-06", "2026-04-17", "2025-03-03"],
    ),
    "a sentence says what year its meetings are of": (
        "<p>The 2026 reading committee meetings are held on Wednesdays in the library of the old school, and are open to all.</p>"
        + items("February 4", "April 1", "March 4", "January 7"),
        ["2026-02-04", "2026-04-01", "2026-03-04", "2026-01-07"],
    ),
    "a sentence about the past says no year": (
        "<p>We have held 48 events with teachers of all the schools of the valley since 2015, and there is no end to them.</p>"
        + items("August 5", "September 2"),
        ["2027-08-05", "2027-09-02"],
    ),
    "a weekday is of its year, whatever the order": (
        items("Wednesday, March 3", "Wednesday, May 5", "Wednesday, February 2", "August 4"),
        ["2027-03-03", "2027-05-05", "2028-02-02", "2027-08-04"],
    ),
}


@pytest.mark.parametrize(("markup", "expected"), YEARS.values(), ids=YEARS.keys())
def test_years(markup: str, expected: list[str]) -> None:
    """The years that a reader in July 2027 gives the days."""
    assert days_on(f"<h1>Reading circles</h1>{markup}") == expected


@pytest.mark.parametrize(
    ("url", "start"),
    [
        ("https://guild.example/events/2027/03/21/reading-circle", "2027-03-21T16:00"),
        ("https://guild.example/events/2027-3-21-reading-circle", "2027-03-21T16:00"),
        ("https://guild.example/news/2027/03/12/reading-circle", "2028-03-21T16:00"),
        ("https://guild.example/events/20270321", "2028-03-21T16:00"),
    ],
)
def test_the_year_of_the_address(url: str, start: str) -> None:
    """The day of an address tells the year of that day, and of no other."""
    assert days_on("<h1>Reading circle</h1><p>When: March 21, 4 pm</p>", url) == [start]
