"""Which of a text's dates are the event's, and what they say together."""

from __future__ import annotations

from datetime import date, time

import pytest

from spiders.extraction.listing.date_roles import (
    ends_with_label,
    find_dates,
    find_event_dates,
    is_month,
    labelled_end,
    most_complete,
    read_first_day,
)
from spiders.extraction.listing.event_counts import Day
from tests.spiders.extraction.listing.pages import date_reader, page

EVENT_DATES = [
    ("3 March 2027", ["3 March 2027"]),
    ("3 March 2027 and 10 March 2027: Phonics", ["3 March 2027", "10 March 2027"]),
    ("Posted on 1 October 2026. Phonics, 3 March 2027", ["3 March 2027"]),
    ("Phonics, 3 March 2027. Registration closes on 1 February 2027", ["3 March 2027"]),
    ("Register by 1 February 2027", []),
    ("Deadline: 1 February 2027 - 5 February 2027", []),
    ("No day at all", []),
]


@pytest.mark.parametrize(("text", "words"), EVENT_DATES)
def test_dates_of_something_else_are_passed_over(text: str, words: list[str]) -> None:
    """By the label before them."""
    assert [when.text for _, when in find_event_dates(text, date_reader())] == words


@pytest.mark.parametrize(
    ("text", "rules", "year", "starts"),
    [
        ("every Tuesday at 4 pm", False, None, []),
        ("every Tuesday at 4 pm", True, None, ["2026-11-03 16:00:00"]),
        ("March 3", False, None, ["2027-03-03"]),
        ("March 3", False, 2025, ["2025-03-03"]),
        ("March", False, None, []),
    ],
)
def test_rules_and_years_are_asked_for(text: str, rules: bool, year: int | None, starts: list[str]) -> None:
    """A rule counts only then; a date without a year is the next such day, unless the page states the year."""
    found = find_dates(text, page(""), None, rules=rules, year=year)

    assert [str(when.start) for _, when in found] == starts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("March", True),
        ("March 2027", True),
        ("Mar.", True),
        ("March 3", False),
        ("May contain nuts", False),
        ("Phonics", False),
        ("", False),
    ],
)
def test_is_month(text: str, expected: bool) -> None:
    """A month alone, with or without its year."""
    assert is_month(date_reader(), text) is expected


FIRST_DAYS = [
    ("Phonics, 3 March 2027", Day(date(2027, 3, 3))),
    ("Phonics, 3 March 2027, 4 pm", Day(date(2027, 3, 3), time(16))),
    ("Phonics, 3-5 March 2027", Day(date(2027, 3, 3), None, date(2027, 3, 5))),
    ("Phonics, March 3", Day(date(2027, 3, 3), year_stated=False)),
    ("End: 5 March 2027", None),
    ("Posted on 1 October 2026", None),
    ("Phonics", None),
]


@pytest.mark.parametrize(("text", "day"), FIRST_DAYS)
def test_the_first_day_of_a_text(text: str, day: Day | None) -> None:
    """With its time and its last day, where they are stated."""
    assert read_first_day(date_reader(), text) == day


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("March 3 | 3 March 2028, 4 pm", "2028-03-03 16:00:00"),
        ("3 March 2027 | 3 March 2027, 4 pm", "2027-03-03 16:00:00"),
        ("3 March 2027 | 10 March 2027, 4 pm", "2027-03-03"),
        ("3 March 2027, 5 pm | 3 March 2027, 4 pm", "2027-03-03 17:00:00"),
        ("March 3 | 10 March 2028", "2027-03-03"),
    ],
)
def test_the_most_complete_date_of_the_first_day(text: str, start: str) -> None:
    """A year, or a time, that stands with the same day elsewhere completes it."""
    assert str(most_complete(find_event_dates(text, date_reader())).start) == start


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("Start: 3 March 2027 End: 5 March 2027", "2027-03-05"),
        ("Start: 3 March 2027, 4 pm End: 3 March 2027, 5 pm", "2027-03-03 17:00:00"),
        ("Start: 3 March 2027 End: 3 March 2027, 5 pm", None),
        ("Start: 3 March 2027 End: 1 March 2027", None),
        ("3 March 2027, 10 March 2027", None),
    ],
)
def test_an_end_is_labelled(text: str, end: str | None) -> None:
    """And later than the start, of the same precision."""
    dates = find_event_dates(text, date_reader())
    labelled = labelled_end(text, dates, most_complete(dates))

    assert (str(labelled.start) if labelled else None) == end


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Ends on ", "end", True),
        ("End date: ", "end", True),
        ("Weekend ", "end", False),
        ("Deadline: ", "not_the_event", True),
        ("Phonics: ", "not_the_event", False),
        ("", "end", False),
    ],
)
def test_labels_before_a_date(text: str, name: str, expected: bool) -> None:
    """Whole words, with a preposition after them at most."""
    assert ends_with_label(text, name) is expected
