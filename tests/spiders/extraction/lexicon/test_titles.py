"""The title in a line of a page."""

from __future__ import annotations

import pytest

from spiders.extraction.lexicon.titles import MAX_TITLE, clean_title, without_dates

TITLES = [
    ("Teaching Fractions", "Teaching Fractions"),
    ("March 3, 2027, 4 pm: Teaching Fractions", "Teaching Fractions"),
    ("Teaching Fractions on 3 March 2027", "Teaching Fractions"),
    ("Teaching Fractions (3 March 2027)", "Teaching Fractions"),
    ("• Teaching Fractions »", "Teaching Fractions"),
    ("Event: Teaching Fractions", "Teaching Fractions"),
    ("CANCELLED: Teaching Fractions", "Teaching Fractions"),
    ("Teaching Fractions (PDF, 2 MB)", "Teaching Fractions"),
    ("Library board agenda", "Library board"),
    ("Minutes Library board", "Library board"),
    ("Teaching Fractions - $25", "Teaching Fractions"),
    ("The library board will meet on March 3, 2027", "library board"),
    ("Reading Day! Bring a book and a friend.", "Reading Day!"),
    ("Open Science Festival 2027", "Open Science Festival 2027"),
    ("Notice of Names on the Wall Committee Meeting", "Names on the Wall Committee Meeting"),
    ("Public Notice of a Special Board Meeting", "Special Board Meeting"),
    ("Einladung zur Sitzung des Schulausschusses", "Sitzung des Schulausschusses"),
    ("Aug 25, 2027 (See agenda for call-in information)", None),
    ("Aug 25, 2027 (Special board meeting)", "Special board meeting"),
    ("Board of Directors on 2027-06-21 - (following committee meetings)", "Board of Directors"),
    ("Police Board: Thursday, October 19, 2027, 7:30 p.m., at City Hall, 3510 Main Street", "Police Board"),
    ("March 3, 2027", None),
    ("Read more", None),
    ("Upcoming meetings", None),
    ("Decisions", None),
    ("Photo gallery", None),
    ("42", None),
    ("", None),
    (None, None),
]


@pytest.mark.parametrize(("text", "title"), TITLES)
def test_clean_title(text: str | None, title: str | None) -> None:
    """Without what stands around it; None where nothing is left that tells one event from another."""
    assert clean_title(text) == title


def test_a_title_has_a_bound() -> None:
    """Longer texts are descriptions."""
    assert len(clean_title("Fractions and " * 60) or "") <= MAX_TITLE


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Phonics on March 3, 2027", "Phonics"),
        ("Phonics (March 3, 2027)", "Phonics"),
        ("4:00 pm Phonics", "Phonics"),
        ("am 3. März 2027 Lesetag", "Lesetag"),
        ("Phonics", "Phonics"),
    ],
)
def test_without_dates(text: str, rest: str) -> None:
    """Nor times, nor what leads up to them."""
    assert without_dates(text).strip() == rest
