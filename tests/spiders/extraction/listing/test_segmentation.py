"""A page cut into regions: whole dates, lines, items below a day, month grids, rules."""

from __future__ import annotations

import pytest

from spiders.extraction.listing.segmentation import segment_page
from tests.spiders.extraction.listing.pages import page

REGIONS = {
    "whole dates": (
        "<ul><li>3 March 2027 Phonics</li><li>10 March 2027 Geometry</li></ul>",
        [("", "3 March 2027 Phonics"), ("", "10 March 2027 Geometry")],
    ),
    "items below a day": (
        "<h3>3 March 2027</h3><ul><li>9:00 Phonics</li><li>10:30 Geometry</li></ul>",
        [("3 March 2027", "9:00 Phonics"), ("3 March 2027", "10:30 Geometry")],
    ),
    "lines that begin with their date": (
        "<p>3 March 2027 Phonics<br>10 March 2027 Geometry</p>",
        [("", "3 March 2027 Phonics"), ("", "10 March 2027 Geometry")],
    ),
    "lines that say little else": (
        "<p>Board 3 March 2027<br>Advisory Board 10 March 2027</p>",
        [("", "Board 3 March 2027"), ("", "Advisory Board 10 March 2027")],
    ),
    "a start and an end on lines of their own": (
        "<p>Phonics<br>Starts: 3 March 2027<br>Ends: 5 March 2027<br>Room 2</p>",
        [("", "Phonics\nStarts: 3 March 2027\nEnds: 5 March 2027\nRoom 2")],
    ),
    "a month grid": (
        "<h2>March 2027</h2><ul><li>3 - Phonics</li><li>10 - Geometry</li></ul>",
        [("3 March 2027", "Phonics"), ("10 March 2027", "Geometry")],
    ),
    "fewer numbers than whole dates": (
        "<h2>March 2027</h2><p>3 Phonics</p><p>10 Geometry</p><ul><li>3 April 2027 Poetry</li><li>10 April 2027 Chess</li></ul>",
        [("", "3 April 2027 Poetry"), ("", "10 April 2027 Chess")],
    ),
    "a rule, where no single day is stated": (
        "<p>Phonics circle, every Tuesday at 4 pm</p>",
        [("", "Phonics circle, every Tuesday at 4 pm")],
    ),
    "single days before rules": (
        "<p>Phonics circle, every Tuesday at 4 pm</p><p>Summer party, 3 July 2027</p>",
        [("", "Summer party, 3 July 2027")],
    ),
    "a column at the side, where the page holds no other date": (
        "<main>Reading circles of all the schools of the valley</main><div class=sidebar><p>3 March 2027 Phonics</p></div>",
        [("", "3 March 2027 Phonics")],
    ),
    "nothing": ("<p>Write to us</p>", []),
}


@pytest.mark.parametrize(("markup", "expected"), REGIONS.values(), ids=list(REGIONS))
def test_regions(markup: str, expected: list[tuple[str, str]]) -> None:
    """Each with its day, where that stands elsewhere, and its text."""
    segmentation = segment_page(page(markup))

    assert [(region.day, region.text.strip()) for region in segmentation.regions] == expected
    assert not segmentation.is_cut


def test_a_line_has_the_year_that_stands_above_it() -> None:
    """Up to the next year."""
    markup = "<p>2026 dates<br>3 March: Phonics<br>2027 dates<br>10 March: Geometry<br>17 March: Poetry</p>"

    assert [region.year for region in segment_page(page(markup)).regions] == [2026, 2027, 2027]


def test_numeric_dates_are_read_in_the_order_of_the_page() -> None:
    """One day above 12 tells it for all."""
    segmentation = segment_page(page("<ul><li>03/04/2027 Phonics</li><li>25/04/2027 Geometry</li></ul>"))
    first, _ = segmentation.regions

    assert str(segmentation.read_dates(first.text)[0].when.start) == "2027-04-03"
