"""How many events the dates of an element speak of, and which dates are of publication."""

from __future__ import annotations

from datetime import date

import pytest
from lxml import html

from spiders.extraction.listing.event_counts import Day, count_events, publication_dates
from tests.spiders.extraction.listing.pages import ids, read_day, tree

TODAY = date(2026, 11, 1)


def date_nodes(markup: str) -> dict[html.HtmlElement, Day]:
    """The elements that hold a day and no other element."""
    return {
        element: day
        for element in tree(markup).iter()
        if not len(element) and (day := read_day(element.text or "")) is not None
    }


COUNTS = {
    "one date": ("<div id=whole><p>2027-03-03</p></div>", 1),
    "two days": ("<div id=whole><p>2027-03-03</p><p>2027-03-10</p></div>", 2),
    "items of one shape, on one day": ("<div id=whole><p>2027-03-03</p><p>2027-03-03</p></div>", 2),
    "a title and a line of one day": ("<div id=whole><h3>2027-03-03</h3><p>2027-03-03</p></div>", 1),
    "a day, and that day with its time": ("<div id=whole><h3>2027-03-03</h3><p>2027-03-03 16:00</p></div>", 1),
    "two times of one day": ("<div id=whole><h3>2027-03-03 09:00</h3><p>2027-03-03 16:00</p></div>", 2),
    "a row of one day": ("<table><tr id=whole><td>2027-03-03<td>2027-03-03<td>Phonics</table>", 1),
    "a row of days": ("<table><tr id=whole><td>2027-03-03<td>2027-03-10<td>2027-03-17</table>", 3),
    "many": ("<ul id=whole>" + "".join(f"<li>2027-03-{day:02}</li>" for day in range(1, 9)) + "</ul>", 4),
}


@pytest.mark.parametrize(("markup", "count"), COUNTS.values(), ids=list(COUNTS))
def test_counts(markup: str, count: int) -> None:
    """Of one element; 4 for more."""
    counts = count_events(date_nodes(markup))

    assert [number for element, number in counts.items() if element.get("id") == "whole"] == [count]


def test_a_year_that_was_inferred_may_be_another() -> None:
    """So "3 March" in a badge is the day whose year the line states; the stated one counts."""
    badge, line = tree("<div><b>3 March</b><p>3 March 2028</p></div>").iter("b", "p")
    nodes = {badge: Day(date(2027, 3, 3), year_stated=False), line: Day(date(2028, 3, 3))}

    assert count_events(nodes)[badge.getparent()] == 1


POSTED = {
    "above what is announced": ("<article><span id=posted>2026-10-01</span><p>2027-03-03 16:00</p></article>", ["posted"]),
    "beside a longer line": ("<article><span id=posted>2026-10-01</span><p>2027-03-03: Phonics for all of the guild</p></article>", ["posted"]),
    "two past days": ("<article><span>2026-10-01</span><p>2026-10-08 16:00</p></article>", []),
    "two days to come": ("<article><span>2027-03-01</span><p>2027-03-03 16:00</p></article>", []),
    "items of one shape": ("<ul><li>2026-10-01</li><li>2027-03-03 16:00</li></ul>", []),
    "with a time of day": ("<article><span>2026-10-01 09:00</span><p>2027-03-03 16:00</p></article>", []),
    "alone": ("<article><span>2026-10-01</span></article>", []),
    "above a whole list": ("<div><span>2026-10-01</span>" + "".join(f"<p>2027-03-0{day} 16:00</p>" for day in range(1, 6)) + "</div>", []),
}  # fmt: skip


@pytest.mark.parametrize(("markup", "posted"), POSTED.values(), ids=list(POSTED))
def test_dates_of_publication(markup: str, posted: list[str]) -> None:
    """A past day, and no more than that, beside a day that lies ahead."""
    assert ids(publication_dates(date_nodes(markup), TODAY)) == posted
