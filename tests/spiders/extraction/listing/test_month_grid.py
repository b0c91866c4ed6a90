"""Days that are but numbers under a month."""

from __future__ import annotations

import pytest

from spiders.extraction.listing.month_grid import find_grid_regions
from tests.spiders.extraction.listing.pages import tree

MONTHS = {"March 2027", "April 2027", "March"}
GRIDS = {
    "a list": (
        "<h2>March 2027</h2><ul><li>3 - Phonics</li><li>10 - Geometry</li></ul>",
        [("3 March 2027", "Phonics"), ("10 March 2027", "Geometry")],
    ),
    "weekdays and ordinals": (
        "<h2>March</h2><p>Wed, 3rd Phonics</p><p>Wed, 10th Geometry</p>",
        [("3 March", "Phonics"), ("10 March", "Geometry")],
    ),
    "two months": (
        "<h2>March 2027</h2><p>3 Phonics</p><h2>April 2027</h2><p>7 Geometry</p>",
        [("3 March 2027", "Phonics"), ("7 April 2027", "Geometry")],
    ),
    "cells of a calendar": (
        "<h2>March 2027</h2><table><tr><td>1</td><td>2</td><td>3 <a>Phonics</a></td></tr><tr><td>8</td><td>9</td><td>10 <a>Geometry</a></td></tr></table>",
        [("3 March 2027", "Phonics"), ("10 March 2027", "Geometry")],
    ),
    "several links in one cell": (
        "<h2>March 2027</h2><table><tr><td>2</td><td>3 <a>Phonics</a> <a>Geometry</a></td><td>4 <a>Poetry</a></td></tr></table>",
        [("3 March 2027", "Phonics"), ("3 March 2027", "Geometry"), ("4 March 2027", "Poetry")],
    ),
    "a row each": (
        "<h2>March 2027</h2><table><tr><td>3</td><td>Phonics</td></tr><tr><td>10</td><td>Geometry</td></tr></table>",
        [("3 March 2027", "Phonics"), ("10 March 2027", "Geometry")],
    ),
    "one day alone": ("<h2>March 2027</h2><p>3 Phonics</p>", []),
    "no month": ("<h2>Phonics</h2><p>3 Phonics</p><p>10 Geometry</p>", []),
    "a numbered list": ("<h2>March 2027</h2><p>1. Bring a pencil</p><p>2. Bring a ruler</p><p>3. Listen</p>", []),
    "times and prices": ("<h2>March 2027</h2><p>4 pm Phonics</p><p>16:00 Geometry</p><p>10€ Poetry</p><p>20% off</p>", []),
    "no days of a month": ("<h2>March 2027</h2><p>32 schools</p><p>99 pupils</p>", []),
    "in the navigation": ("<h2>March 2027</h2><nav><p>3 Phonics</p><p>10 Geometry</p></nav>", []),
}  # fmt: skip


@pytest.mark.parametrize(("markup", "expected"), GRIDS.values(), ids=list(GRIDS))
def test_grids(markup: str, expected: list[tuple[str, str]]) -> None:
    """Each region with the day and the month that stands above it, and without the number."""
    regions = find_grid_regions(tree(markup), MONTHS.__contains__)

    assert [(region.day, region.text.strip()) for region in regions] == expected
