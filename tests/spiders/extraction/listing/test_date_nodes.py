"""Which elements of a page hold an event's date."""

from __future__ import annotations

from functools import partial

import pytest
from lxml import html

from spiders.extraction.listing.date_nodes import find_date_nodes, machine_readable_date
from spiders.extraction.listing.date_roles import read_first_day
from tests.spiders.extraction.listing.pages import date_reader, ids, tree

read_day = partial(read_first_day, date_reader())
NODES = {
    "an item": ("<ul><li id=a>2027-03-03: Phonics</li><li id=b>2027-03-10: Geometry</li></ul>", ["a", "b"]),
    "the innermost": ("<div><p>Phonics <b id=a>2027-03-03</b></p></div>", ["a"]),
    "a text across inline elements": ("<p id=a>Phonics on <i>2027-03-03</i></p>", ["a"]),
    "no number": ("<p>Phonics in March</p>", []),
    "a machine-readable moment": ('<time id=a datetime="2027-03-03T16:00">tomorrow</time>', ["a"]),
    "a range in two elements": ("<p id=a><span>2027-03-03</span> to <span>2027-03-05</span></p>", ["a"]),
    "two dates that are no range": ("<p><span id=a>2027-03-03</span> and <span id=b>2027-03-05</span></p>", ["a", "b"]),
    "navigation": ("<nav><p>2027-03-03</p></nav>", []),
    "a date of publication, by its class": ("<p class='entry-date'>2027-03-03</p>", []),
    "a label before it": ("<p><b>Deadline:</b> <span>2027-03-03</span></p>", []),
    "a label in the parent's text": ("<p>Posted on <span>2027-03-03</span></p>", []),
    "another label": ("<p>When: <span id=a>2027-03-03</span></p>", ["a"]),
    "a column of deadlines": (
        "<table><tr><th>Date</th><th>Deadline</th></tr><tr><td id=a>2027-03-03</td><td>2027-02-01</td></tr></table>",
        ["a"],
    ),
    "a column of ends": (
        "<table><tr><th>Start</th><th>End</th></tr><tr><td id=a>2027-03-03</td><td>2027-03-05</td></tr></table>",
        ["a"],
    ),
}


@pytest.mark.parametrize(("markup", "expected"), NODES.values(), ids=list(NODES))
def test_date_nodes(markup: str, expected: list[str]) -> None:
    """The innermost elements with a date that is the event's first day."""
    assert ids(find_date_nodes(tree(markup), read_day, everywhere=False, asides=set())) == expected


def test_what_is_passed_over_is_told() -> None:
    """Boilerplate, and cells whose dates are not the event's: their words are not the event's either."""
    asides: set[html.HtmlElement] = set()
    markup = (
        "<nav id=nav>2027-01-01</nav><table><tr><th>Date</th><th>Deadline</th></tr>"
        "<tr><td>2027-03-03</td><td id=cell>2027-02-01</td></tr></table>"
    )
    find_date_nodes(tree(markup), read_day, everywhere=False, asides=asides)

    assert set(ids(asides)) >= {"nav", "cell"}


@pytest.mark.parametrize(("everywhere", "expected"), [(False, []), (True, ["a"])])
def test_a_column_at_the_side_is_searched_on_request(everywhere: bool, expected: list[str]) -> None:
    """Where the page holds no date elsewhere."""
    markup = (
        "<main>Reading circles of all the schools of the valley</main><div class=sidebar><p id=a>2027-03-03</p></div>"
    )
    found = find_date_nodes(tree(markup), read_day, everywhere, set())

    assert ids(found) == expected


@pytest.mark.parametrize(
    ("markup", "moment"),
    [
        ('<time datetime="2027-03-03T16:00">tomorrow</time>', "2027-03-03 16:00"),
        ('<time datetime="2027-03-03">in 12 days</time>', "2027-03-03"),
        ('<time datetime="2027-03-03">2027-03-03</time>', ""),
        ('<time datetime="soon">tomorrow</time>', ""),
        ("<time>tomorrow</time>", ""),
        ('<span datetime="2027-03-03">tomorrow</span>', ""),
    ],
)
def test_a_moment_for_machines_stands_in_for_words(markup: str, moment: str) -> None:
    """Only where the words name no day themselves."""
    (element,) = tree(markup).iter("time", "span")

    assert machine_readable_date(element, read_day).startswith(moment)
    assert bool(machine_readable_date(element, read_day)) == bool(moment)
