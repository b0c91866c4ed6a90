"""Dates in words."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from symposia.moments import moment_text
from symposia.when import Precision, find_when, read_when

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)

READ = [
    ("March 3, 2027", "2027-03-03", None),
    ("3 March 2027", "2027-03-03", None),
    ("Wednesday, 3rd of March 2027", "2027-03-03", None),
    ("3. März 2027", "2027-03-03", None),
    ("3 de marzo de 2027", "2027-03-03", None),
    ("2027-03-03", "2027-03-03", None),
    ("03.04.2027", "2027-04-03", None),
    ("2027年3月3日", "2027-03-03", None),
    ("٣ March 2027", "2027-03-03", None),
    ("3-5 March 2027", "2027-03-03", "2027-03-05"),
    ("March 3–5, 2027", "2027-03-03", "2027-03-05"),
    ("3.–5. März 2027", "2027-03-03", "2027-03-05"),
    ("du 3 au 5 mars 2027", "2027-03-03", "2027-03-05"),
    ("del 3 al 5 de marzo de 2027", "2027-03-03", "2027-03-05"),
    ("30 March to 2 April 2027", "2027-03-30", "2027-04-02"),
    ("Dec 30 - Jan 2, 2028", "2027-12-30", "2028-01-02"),
    ("Jan 12, 14 & 19, 2027", "2027-01-12", "2027-01-19"),
    ("March 3, 2027 at 4 pm", "2027-03-03T16:00", None),
    ("3. März 2027, 14.30 Uhr", "2027-03-03T14:30", None),
    ("3 mars 2027 à 16h30", "2027-03-03T16:30", None),
    ("March 3, 2027, 4 pm - 5:30", "2027-03-03T16:00", "2027-03-03T17:30"),
    ("March 3, 2027, 9-11 am", "2027-03-03T09:00", "2027-03-03T11:00"),
    ("March 3, 2027, 11 am - 1:30 pm", "2027-03-03T11:00", "2027-03-03T13:30"),
    ("4:00 PM to 5:30 PM, March 3, 2027", "2027-03-03T16:00", "2027-03-03T17:30"),
    ("March 3, 2027 9:00 am - March 5, 2027 noon", "2027-03-03T09:00", "2027-03-05T12:00"),
    ("March 3 to March 5, 2027, 9 am - 4 pm", "2027-03-03T09:00", "2027-03-05T16:00"),
    ("July 5, 2027 1 pm ET", "2027-07-05T13:00-04:00", None),
    ("January 5, 2027 1 pm ET", "2027-01-05T13:00-05:00", None),
    ("December 1", "2026-12-01", None),
    ("January 5", "2027-01-05", None),
    ("Tuesday, November 24", "2026-11-24", None),
]
NONE = [
    "", "tomorrow or so", "2027", "May we help you?", "24/7 support", "Room 12", "call 555-0100",
    "version 3.11", "$3 March discount", "31 February 2027", "school year 2026-27", "ISO 9001", "grades 3-5", "chapter 11", "12 March Street?"[:2],
]  # fmt: skip


@pytest.mark.parametrize(("text", "start", "end"), READ)
def test_read(text: str, start: str, end: str | None) -> None:
    """As an organiser means it."""
    when = read_when(text, NOW)

    assert when is not None
    assert (moment_text(when.start), moment_text(when.end) if when.end else None) == (start, end)
    assert when.precision == (Precision.MINUTE if "T" in start else Precision.DAY)


@pytest.mark.parametrize("text", NONE)
def test_what_names_no_day(text: str) -> None:
    """Nothing is made up."""
    assert read_when(text, NOW, "en") is None


@pytest.mark.parametrize(
    ("text", "language", "start"),
    [
        ("3/4/2027", "en-US", "2027-03-04"),
        ("3/4/2027", "en-GB", "2027-04-03"),
        ("3/4/2027", "es", "2027-04-03"),
        ("31/4/2027", "en", None),
    ],
)
def test_numbers_by_language(text: str, language: str, start: str | None) -> None:
    """Month first in American English alone."""
    when = read_when(text, NOW, language)

    assert (moment_text(when.start) if when else None) == start


def test_every_date_in_a_text_has_its_place() -> None:
    """In order, none within another."""
    text = "Registration ends on 1 March 2027; the workshop is on 3 March 2027, 16:00 to 17:00, in Room 3."
    found = find_when(text, NOW)

    assert [text[start:end] for (start, end), _ in found] == ["1 March 2027", "3 March 2027, 16:00 to 17:00"]
    assert [when.text for _, when in found] == ["1 March 2027", "3 March 2027, 16:00 to 17:00"]


@given(
    st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    st.sampled_from(["en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "pl", "cs", "fi", "ro", "ca"]),
    st.sampled_from(["long", "full"]),
)
def test_what_babel_writes_reads_back(day: date, language: str, length: str) -> None:
    """In the long forms of CLDR."""
    when = read_when(format_date(day, length, locale=language), NOW, language)

    assert when is not None
    assert (when.start, when.end) == (day, None)


@pytest.mark.parametrize("text", ["1 " * 10_000, "March " * 3_000, " " * 20_000, "1-" * 9_000, "9:00 - " * 3_000])
def test_long_texts_without_a_date_end(text: str) -> None:
    """Repetition is no date, and drives no part of the grammar to distraction."""
    assert find_when(text, NOW) == []
