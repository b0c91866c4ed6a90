"""When the event of a region takes place."""

from __future__ import annotations

import pytest

from spiders.extraction.listing.date_roles import find_event_dates
from spiders.extraction.listing.event_times import read_event_times
from spiders.extraction.listing.year_inference import DatedText
from tests.spiders.extraction.listing.pages import date_reader, page, region

TIMES = [
    ("3 March 2027", "2027-03-03", None),
    ("3-5 March 2027", "2027-03-03", "2027-03-05"),
    ("3 March 2027, 4 pm - 5 pm", "2027-03-03 16:00:00", "2027-03-03 17:00:00"),
    ("3 March 2027 | Phonics | 4 pm", "2027-03-03 16:00:00", None),
    ("3 March 2027 | Phonics | 4 pm - 5 pm", "2027-03-03 16:00:00", "2027-03-03 17:00:00"),
    ("3 March 2027 | Phonics 4 pm | Geometry 5 pm", "2027-03-03", None),
    ("Start: 3 March 2027 End: 5 March 2027", "2027-03-03", "2027-03-05"),
    ("3 March 2027 | 3 March 2027, 4 pm", "2027-03-03 16:00:00", None),
]


@pytest.mark.parametrize(("text", "start", "end"), TIMES)
def test_times(text: str, start: str, end: str | None) -> None:
    """The most complete date, with the end and the time that stand apart from it."""
    dated = DatedText(text, find_event_dates(text, date_reader()))
    times = read_event_times(page(""), region(f"<p id=r>{text}</p>"), dated)

    assert times is not None
    assert (str(times.start), str(times.end) if times.end else None) == (start, end)


def test_a_column_of_ends() -> None:
    """Whose heading says so."""
    markup = "<table><tr><th>From<th>Until</tr><tr id=r><td>3 March 2027<td>5 March 2027</tr></table>"
    text = "3 March 2027 5 March 2027"
    times = read_event_times(page(""), region(markup), DatedText(text, find_event_dates(text, date_reader())))

    assert times is not None
    assert str(times.end) == "2027-03-05"


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("3 March 2027, 4 pm EST", "America/New_York"),
        ("3 March 2027 | 4 pm Eastern Time", "America/New_York"),
        ("3 March 2027, 4 pm", None),
    ],
)
def test_a_zone_that_is_stated(text: str, zone: str | None) -> None:
    """With the date, or with the time apart from it."""
    times = read_event_times(
        page(""), region(f"<p id=r>{text}</p>"), DatedText(text, find_event_dates(text, date_reader()))
    )

    assert times is not None
    assert times.timezone == zone


def test_a_series() -> None:
    """Single days of one event."""
    text = "Phonics on March 3, 10 and 17, 2027"
    times = read_event_times(
        page(""), region(f"<p id=r>{text}</p>"), DatedText(text, find_event_dates(text, date_reader()))
    )

    assert times is not None
    assert times.recurrence is not None
    assert len(times.recurrence.rdates) in (2, 3)


def test_the_words_are_evidence() -> None:
    """Of the day, and of the time apart from it."""
    text = "3 March 2027 | Phonics | 4 pm"
    times = read_event_times(
        page(""), region(f"<p id=r>{text}</p>"), DatedText(text, find_event_dates(text, date_reader()))
    )

    assert times is not None
    assert times.evidence == (("start", "words: 3 March 2027"), ("time", "words: 4 pm"))
