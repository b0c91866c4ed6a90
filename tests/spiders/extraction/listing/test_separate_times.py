"""Times of day that stand apart from their day."""

from __future__ import annotations

from datetime import date, time

import pytest

from spiders.extraction.listing.separate_times import SeparateTime, combine, find_separate_time, may_state_time

FOUND = [
    ("Phonics | 4 pm | Room 2", "16:00", None),
    ("Phonics | 4:00 pm - 5:30 pm", "16:00", "17:30"),
    ("Phonics | begins at 4 pm and ends at 5:30 pm", "16:00", "17:30"),
    ("Phonics | 4 pm. Join us at 4 pm", "16:00", None),
    ("Phonics | noon", "12:00", None),
    ("Phonics 4 pm | Doors open 3:30 pm", "16:00", None),
    ("Phonics 4 pm | Geometry 5 pm", None, None),
    ("Register by 4 pm", None, None),
    ("Phonics | Room 630", None, None),
    ("", None, None),
]


@pytest.mark.parametrize(("text", "start", "end"), FOUND)
def test_the_one_time_of_a_region(text: str, start: str | None, end: str | None) -> None:
    """Its start and its end; nothing where there are two, or where it is of something else."""
    found = find_separate_time(text, [], "en", "America/New_York")
    stated = (f"{found.start:%H:%M}", f"{found.end:%H:%M}" if found.end else None) if found else (None, None)

    assert stated == (start, end)


def test_times_within_dates_are_not_meant() -> None:
    """Their spans are blanked out."""
    text = "3 March 2027, 4 pm | tea at 5 pm"
    found = find_separate_time(text, [(0, text.index(" |"))], "en", None)

    assert found is not None
    assert (found.start, found.words) == (time(17), "5 pm")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("at 16:00", True),
        ("um 16 Uhr", True),
        ("kl. 16", True),
        ("at noon", True),
        ("in 2027", False),
        ("Room 16", False),
        ("x " * 500 + "at 16:00", True),
        ("x " * 500 + "in Room 16" + " x" * 500, False),
        ("x " * 500 + "at noon", True),
    ],
)
def test_the_cheap_test(text: str, expected: bool) -> None:
    """Long texts are looked at around their numbers only."""
    assert may_state_time(text) is expected


@pytest.mark.parametrize(
    ("end", "expected"), [(time(17), "2027-03-03 17:00:00"), (time(15), None), (time(16), None), (None, None)]
)
def test_a_day_and_a_time(end: time | None, expected: str | None) -> None:
    """An end that is not after the start is left out."""
    start, last = combine(date(2027, 3, 3), SeparateTime(start=time(16), end=end, words="4 pm"))

    assert (str(start), str(last) if last else None) == ("2027-03-03 16:00:00", expected)
