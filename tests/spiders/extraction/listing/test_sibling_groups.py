"""Which siblings of a flat page announce one event."""

from __future__ import annotations

import pytest
from lxml import html

from spiders.extraction.listing.sibling_groups import MAX_SIBLINGS, group_siblings
from tests.spiders.extraction.listing.pages import ids, read_day, tree

GROUPS = {
    "a heading before each date": (
        "<h3 id=a>Phonics</h3><p id=b>2027-03-03</p><h3 id=c>Geometry</h3><p id=d>2027-03-10</p>",
        [["a", "b"], ["c", "d"]],
    ),
    "bold words before each date": (
        "<p id=a><b>Phonics</b></p><p id=b>2027-03-03</p><p id=c><b>Geometry</b></p><p id=d>2027-03-10</p>",
        [["a", "b"], ["c", "d"]],
    ),
    "a title after each date": (
        "<p id=a>2027-03-03</p><p id=b>Phonics</p><p id=c>2027-03-10</p><p id=d>Geometry</p>",
        [["a", "b"], ["c", "d"]],
    ),
    "up to a list": (
        "<p id=a>2027-03-03</p><p id=b>Phonics</p><ul id=x><li>Bring a pencil</ul><p id=c>2027-03-10</p>",
        [["a", "b"], ["c"]],
    ),
    "up to a heading after text": (
        "<p id=a>2027-03-03</p><p id=b>Phonics</p><p id=c>2027-03-10</p><p id=d>Geometry</p><h2>Contact</h2><p>Ada</p>",
        [["a", "b"], ["c", "d"]],
    ),
    "dates as headings": (
        "<h3 id=a>2027-03-03</h3><p id=b>Phonics</p><h3 id=c>2027-03-10</h3><p id=d>Geometry</p>",
        [["a", "b"], ["c", "d"]],
    ),
    "one date": ("<h3>Phonics</h3><p id=b>2027-03-03</p>", [["b"]]),
    "boxes": ("<div id=a><h3>Phonics</h3>2027-03-03</div><div id=b><h3>Geometry</h3>2027-03-10</div>", [["a"], ["b"]]),
    "items": ("<ul><li id=a>2027-03-03</li><li id=b>2027-03-10</li><li>Contact</li></ul>", [["a"], ["b"]]),
}


def holds_day(element: html.HtmlElement) -> bool:
    """Whether a day stands in an element."""
    return read_day(element.text_content()) is not None


@pytest.mark.parametrize(("markup", "expected"), GROUPS.values(), ids=list(GROUPS))
def test_groups(markup: str, expected: list[list[str]]) -> None:
    """From the heading, where most dates have one, up to where something else begins."""
    wholes = [element for element in tree(markup).find("body").iter("p", "div", "h3", "li") if holds_day(element)]
    groups = group_siblings(wholes, set(wholes))

    assert [ids(groups[whole]) for whole in wholes] == expected


def test_a_group_has_an_end() -> None:
    """However long the page is."""
    markup = "<p id=a>2027-03-03</p><p id=b>2027-03-10</p>" + "<p>More</p>" * 50
    first, second, *_ = tree(markup).iter("p")
    groups = group_siblings([first, second], {first, second})

    assert ids(groups[first]) == ["a"]
    assert len(groups[second]) <= MAX_SIBLINGS + 1
