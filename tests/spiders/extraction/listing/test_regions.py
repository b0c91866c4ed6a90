"""Which elements of a page announce one event each."""

from __future__ import annotations

import pytest

from spiders.extraction.listing import regions as regions_module
from spiders.extraction.listing.regions import find_regions
from tests.spiders.extraction.listing.pages import NOW, ids, read_day, tree

WHOLES = {
    "items": ("<ul><li id=a>2027-03-03</li><li id=b>2027-03-10</li></ul>", [["a"], ["b"]]),
    "cards": (
        "<div><div id=a><h3>Phonics</h3><p>2027-03-03</p></div><div id=b><h3>Geometry</h3><p>2027-03-10</p></div></div>",
        [["a"], ["b"]],
    ),
    "rows": ("<table><tr id=a><td>2027-03-03<td>Phonics</tr><tr id=b><td>2027-03-10<td>Geometry</tr></table>", [["a"], ["b"]]),
    "a row with a deadline": ("<table><tr id=a><td>2027-03-03<td>2027-02-01<td>Phonics</tr></table>", [["a"]]),
    "a row of days": (
        "<table><tr><td id=a>2027-03-03</td><td id=b>2027-03-10</td><td id=c>2027-03-17</td></tr></table>",
        [["a"], ["b"], ["c"]],
    ),
    "rows that one cell holds together": (
        "<table><tr id=a><td rowspan=2>2027-03-03</td><td>Phonics</td></tr><tr id=b><td>Room 2</td></tr></table>",
        [["a", "b"]],
    ),
    "a flat page": (
        "<h3 id=a>Phonics</h3><p id=b>2027-03-03</p><h3 id=c>Geometry</h3><p id=d>2027-03-10</p>",
        [["a", "b"], ["c", "d"]],
    ),
    "a list of one under a heading": ("<h3>Dates</h3><ul><li id=a>2027-03-03</li></ul>", [["a"]]),
    "the whole page": ("<main><div id=a><h1>Phonics</h1><p>2027-03-03</p></div></main>", [["a"]]),
}  # fmt: skip


@pytest.mark.parametrize(("markup", "expected"), WHOLES.values(), ids=list(WHOLES))
def test_regions(markup: str, expected: list[list[str]]) -> None:
    """The largest elements with one event's date, and the siblings that belong to them."""
    found = find_regions(tree(markup), read_day, NOW.date())

    assert [ids(region.elements) for region in found.regions] == expected
    assert not found.is_cut


TEXTS = {
    "white space is folded": ("<li>2027-03-03:   Phonics </li>", "2027-03-03: Phonics"),
    "blocks are lines": ("<div><h3>Phonics</h3><p>2027-03-03</p></div>", "Phonics\n2027-03-03"),
    "boilerplate is left out": (
        "<div><p>2027-03-03 Phonics</p><nav>Share</nav><p>Room 2</p></div>",
        "2027-03-03 Phonics\nRoom 2",
    ),
    "a date of publication is left out": (
        "<article><span>2026-10-01</span><p>2027-03-03 16:00 Phonics</p></article>",
        "2027-03-03 16:00 Phonics",
    ),
    "what follows bold words goes on with them": ("<p>Next: <b>2027-03-03</b> Phonics</p>", "Next: 2027-03-03 Phonics"),
}


@pytest.mark.parametrize(("markup", "text"), TEXTS.values(), ids=list(TEXTS))
def test_the_text_of_a_region(markup: str, text: str) -> None:
    """As a reader sees it, line by line."""
    (region,) = find_regions(tree(markup), read_day, NOW.date()).regions

    assert region.text == text


def test_a_machine_readable_day_stands_in_for_its_words() -> None:
    """They are left out of the text."""
    markup = '<p>Phonics <time datetime="2027-03-03T16:00">tomorrow</time></p>'
    (region,) = find_regions(tree(markup), read_day, NOW.date()).regions

    assert region.day.startswith("2027-03-03 16:00")
    assert "tomorrow" not in region.text


def test_a_page_of_too_many_regions_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """And says so."""
    monkeypatch.setattr(regions_module, "MAX_REGIONS", 2)
    found = find_regions(tree("<ul>" + "<li>2027-03-03</li>" * 3 + "</ul>"), read_day, NOW.date())

    assert (len(found.regions), found.is_cut) == (2, True)
