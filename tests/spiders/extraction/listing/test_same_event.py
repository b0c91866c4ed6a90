"""What one page says several times of one event, news, and days in passing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from spiders.extraction.dom.headings import Above, Heading
from spiders.extraction.lexicon.titles import TitleCandidate
from spiders.extraction.listing.date_roles import find_event_dates
from spiders.extraction.listing.same_event import ListedEvent, is_mentioned_in_passing, is_news, merge_same_events
from symposia.posting import Posting
from tests.spiders.extraction.listing.pages import date_reader, page

ORIGIN = page("").origin("listing")
TODAY = date(2026, 11, 1)


def event(name: str, start: str, *, borrowed: bool = False, heading: str = "", **fields: str) -> ListedEvent:
    """An event of that title, under that heading."""
    posting = Posting(origin=ORIGIN, source_key=name, name=name, start=start)
    headings = (Heading(text=heading, tag="h2", number=len(heading)),) if heading else ()
    title = TitleCandidate(name, "h2 above" if borrowed else "h3", 1.0, borrowed)
    return ListedEvent(replace(posting, **fields), title, Above(headings=headings))


MERGED = {
    "its row and its agenda": (
        [event("Phonics night", "2027-03-03T16:00"), event("Phonics", "2027-03-03")],
        [("Phonics night", "2027-03-03T16:00")],
    ),
    "the time that either states": (
        [event("Phonics", "2027-03-03"), event("Phonics", "2027-03-03T16:00")],
        [("Phonics", "2027-03-03T16:00")],
    ),
    "a title of its own before a borrowed one": (
        [event("Board meetings", "2027-03-03", borrowed=True), event("Phonics", "2027-03-03")],
        [("Phonics", "2027-03-03")],
    ),
    "two times": (
        [event("Phonics", "2027-03-03T09:00"), event("Phonics", "2027-03-03T16:00")],
        [("Phonics", "2027-03-03T09:00"), ("Phonics", "2027-03-03T16:00")],
    ),
    "two titles": (
        [event("Phonics", "2027-03-03"), event("Geometry", "2027-03-03")],
        [("Phonics", "2027-03-03"), ("Geometry", "2027-03-03")],
    ),
    "two days": (
        [event("Phonics", "2027-03-03"), event("Phonics", "2027-03-10")],
        [("Phonics", "2027-03-03"), ("Phonics", "2027-03-10")],
    ),
    "two ends": (
        [event("Phonics", "2027-03-03", end="2027-03-04"), event("Phonics", "2027-03-03", end="2027-03-05")],
        [("Phonics", "2027-03-03"), ("Phonics", "2027-03-03")],
    ),
    "three times the same": ([event("Phonics", "2027-03-03")] * 3, [("Phonics", "2027-03-03")]),
}


@pytest.mark.parametrize(("events", "expected"), MERGED.values(), ids=list(MERGED))
def test_merged(events: list[ListedEvent], expected: list[tuple[str, str]]) -> None:
    """Each event once, in order."""
    assert [(found.posting.name, found.posting.start) for found in merge_same_events(events)] == expected


def test_a_field_that_one_lacks_is_the_others() -> None:
    """The URL of the minutes, say, where the schedule has none."""
    (found,) = merge_same_events([event("Phonics", "2027-03-03"), event("Phonics", "2027-03-03", url="/minutes")])

    assert found.posting.url == "/minutes"


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (event("Award for Ada", "2026-10-01", heading="News"), event("Phonics", "2027-03-03", heading="Events"), True),
        (event("Phonics", "2027-03-03", heading="Events"), event("Award", "2026-10-01", heading="News"), False),
        (event("Phonics", "2027-03-03", heading="News"), event("Chess", "2027-03-10", heading="News"), False),
        (event("Phonics", "2027-03-03T16:00", heading="News"), event("Chess", "2027-03-10", heading="Dates"), False),
        (event("Phonics", "2027-03-03"), event("Chess", "2027-03-10", heading="Dates"), False),
    ],
    ids=["news", "an event beside news", "nothing but news", "with a time", "no heading"],
)
def test_news(first: ListedEvent, second: ListedEvent, expected: bool) -> None:
    """A day under a heading of news, where the page has events under another."""
    assert is_news(first, [first, second]) is expected


LONG = "and all of the schools of the valley have followed it ever since with great care and attention"
MENTIONS = {
    "in a long sentence": (f"The rules are those of 3 March 2019, {LONG}.", True),
    "in a short one": ("The rules of 3 March 2019.", False),
    "a long time ago, in words of an event": (f"The first workshop took place on 3 March 2019, {LONG}.", True),
    "to come, in words of an event": (f"Our next workshop for teachers is on 3 March 2027, {LONG}.", False),
    "to come, in other words": (f"The new roof will be there from 3 March 2027, {LONG}.", True),
    "who meets": (f"The library board will meet on 3 March 2019, {LONG}.", False),
    "with a time": (f"The doors were shut at 4 pm on 3 March 2019, {LONG}.", False),
    "long sentences around a short one": (f"{LONG}. Reading Day, 3 March 2027. {LONG}.", False),
}


@pytest.mark.parametrize(("text", "expected"), MENTIONS.values(), ids=list(MENTIONS))
def test_a_day_in_passing(text: str, expected: bool) -> None:
    """A day in a long sentence that announces nothing."""
    ((span, when),) = find_event_dates(text, date_reader())

    assert is_mentioned_in_passing(text, span, when, TODAY) is expected
