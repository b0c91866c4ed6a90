"""A day that heads several events."""

from __future__ import annotations

import pytest

from spiders.extraction.listing.day_groups import split_day_group
from spiders.extraction.listing.regions import Region
from tests.spiders.extraction.listing.pages import tree

DAY = "3 March 2027"
ITEMS = {
    "items that begin with a time": (
        f"<h3>{DAY}</h3><ul><li>9:00 Phonics</li><li>10:30 Geometry</li></ul>",
        ["9:00 Phonics", "10:30 Geometry"],
    ),
    "items with a link each": (
        f"<h3>{DAY}</h3><ul><li><a href=/1>Phonics</a></li><li><a href=/2>Geometry</a></li></ul>",
        ["Phonics", "Geometry"],
    ),
    "paragraphs, up to the next heading": (
        f"<h3>{DAY}</h3><p>9:00 Phonics</p><p>10:30 Geometry</p><h3>Contact</h3><p>9:00 Office hours</p>",
        ["9:00 Phonics", "10:30 Geometry"],
    ),
    "boxes with a heading each": (
        f"<h2>{DAY}</h2><div><div><h3>Phonics</h3></div><div><h3>Geometry</h3></div></div>",
        ["Phonics", "Geometry"],
    ),
    "a list of one under a heading": (f"<h3>{DAY}</h3><ul><li><a href=/1>Phonics</a></li></ul>", ["Phonics"]),
    "items without a time or a title": (f"<h3>{DAY}</h3><ul><li>Agenda</li><li>Minutes</li></ul>", None),
    "a day with a title": (f"<h3>{DAY}: Phonics</h3><ul><li>9:00 Doors</li><li>10:00 Talk</li></ul>", None),
    "a day with a time": (f"<h3>{DAY}, 4 pm</h3><ul><li>9:00 Doors</li><li>10:00 Talk</li></ul>", None),
    "nothing below": (f"<h3>{DAY}</h3>", None),
}


@pytest.mark.parametrize(("markup", "texts"), ITEMS.values(), ids=list(ITEMS))
def test_items_below_a_day(markup: str, texts: list[str] | None) -> None:
    """Each with the day; the region itself where there are none."""
    heading = tree(markup).find("body")[0]
    region = Region(elements=(heading,), date_node=heading, text=heading.text_content())
    items = split_day_group(region, {heading}, "en")

    assert items == [region] if texts is None else [item.text for item in items] == texts
    assert texts is None or {item.day for item in items} == {DAY}


def test_rows_that_the_cell_of_a_day_spans() -> None:
    """The first of them holds the cell itself."""
    markup = (
        f"<table><tr><td rowspan=2>{DAY}</td><td>9:00</td><td>Phonics</td></tr><tr><td>10:30</td><td>Geometry</td></tr>"
        "<tr><td>4 March 2027</td><td>9:00</td><td>Poetry</td></tr></table>"
    )
    cell = next(tree(markup).iter("td"))
    region = Region(elements=(cell.getparent(),), date_node=cell, text="")

    assert [item.text for item in split_day_group(region, {cell}, "en")] == ["9:00\nPhonics", "10:30\nGeometry"]


@pytest.mark.parametrize(("is_line", "day"), [(True, ""), (False, "2027-03-03")])
def test_a_line_or_a_region_that_has_its_day_is_no_group(is_line: bool, day: str) -> None:
    """It is left as it is."""
    heading = tree(f"<h3>{DAY}</h3><ul><li>9:00 Phonics</li><li>10:30 Geometry</li></ul>").find("body")[0]
    region = Region(elements=(heading,), date_node=heading, text=DAY, is_line=is_line, day=day)

    assert split_day_group(region, {heading}, "en") == [region]
