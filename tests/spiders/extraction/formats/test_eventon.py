"""EventON's times, which are numbers in an attribute."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from spiders.extraction.formats.eventon import read_eventon_events, with_eventon
from spiders.extraction.formats.schema_org import extract_schema_org
from spiders.extraction.page import Page

ZONE = "America/New_York"


def page(body: str, timezone: str | None = ZONE) -> Page:
    """A page with that body."""
    return Page(
        url="https://chalk.example/",
        body=body.encode(),
        fetched_at=datetime(2026, 11, 1, tzinfo=UTC),
        timezone=timezone,
    )


def event(times: str, shown: str = "", more: str = "", name: str = "Fractions", attributes: str = "") -> str:
    """An event of the plugin's."""
    return (
        f'<div class="eventon_list_event event" data-event_id="11" data-time="{times}" {attributes}>{more}'
        f'<span class="evo_start">{shown}</span><span class="evcal_event_title" itemprop="name">{name}</span></div>'
    )


TIMES = [
    ("1804066200-1804069800", "", ZONE, "2027-03-03T09:30:00", "2027-03-03T10:30:00"),
    ("1804066200-1804069800", "3 mar 9:30 am", ZONE, "2027-03-03T09:30:00", "2027-03-03T10:30:00"),
    ("1804066200-1804069800", "3 mar 09:30", None, "2027-03-03T09:30:00", "2027-03-03T10:30:00"),
    ("1804066200-1804069800", "3 mar 4:30 am", ZONE, "2027-03-03T09:30:00+00:00", "2027-03-03T10:30:00+00:00"),
    ("1804066200-1804066200", "", ZONE, "2027-03-03T09:30:00", None),
    ("1804066200-1804117800", "", ZONE, "2027-03-03T09:30:00", None),
    ("1804032000-1804117800", "All Day", ZONE, "2027-03-03", None),
    ("1804032000-1804290600", "All Day", ZONE, "2027-03-03", "2027-03-05"),
]


@pytest.mark.parametrize(("numbers", "shown", "zone", "start", "end"), TIMES)
def test_times(numbers: str, shown: str, zone: str | None, start: str, end: str | None) -> None:
    """The time on the wall, or the instant where the event shows that it is one; ten to midnight is no end."""
    (posting,) = read_eventon_events(page(event(numbers, shown), zone))

    assert (posting.name, posting.start, posting.end, posting.source_key) == ("Fractions", start, end, "11")


@pytest.mark.parametrize(
    "body",
    [
        event("1804066200-1804069800", "3 mar 7:00 pm"),
        event("1804066200"),
        event("99999999999-1"),
        event("soon"),
        event("1804066200-1804069800", name=""),
        '<div class="countdown" data-time="1804066200-1804069800"><span class="evcal_event_title">Fractions</span></div>',
    ],
)
def test_no_event(body: str) -> None:
    """Where what is shown is neither reading, or the marks of the plugin are missing."""
    assert read_eventon_events(page(body)) == []


MICRODATA = '<a itemprop="url" href="/events/fractions/"></a><time itemprop="startDate" datetime="2027-3-3"></time>'
ITEM = 'itemscope itemtype="http://schema.org/Event"'


def test_a_day_for_machines_gets_its_time() -> None:
    """The rest is as it was stated."""
    found = page(event("1804066200-1804069800", "9:30 am", MICRODATA, attributes=ITEM))
    stated = extract_schema_org(found)
    (posting,) = with_eventon(found, stated).postings

    assert stated.postings[0].start == "2027-03-03"
    assert (posting.start, posting.end) == ("2027-03-03T09:30:00", "2027-03-03T10:30:00")
    assert (posting.url, posting.origin.extractor) == ("https://chalk.example/events/fractions/", "microdata")


def test_a_time_for_machines_is_kept() -> None:
    """It says its offset."""
    stated = MICRODATA.replace("2027-3-3", "2027-3-3T09:30-5:00")
    found = page(event("1804066200-1804069800", "9:30 am", stated, attributes=ITEM))

    assert with_eventon(found, extract_schema_org(found)) == extract_schema_org(found)


def test_a_page_that_states_nothing_has_the_events_of_the_plugin() -> None:
    """And a page of another kind is left as it is."""
    found = page(event("1804066200-1804069800") + event("1804671000-1804674600"))
    other = page("<p>Events</p>")

    assert [posting.source_key for posting in with_eventon(found, extract_schema_org(found)).postings] == [
        "11#2027-03-03T09:30:00", "11#2027-03-10T09:30:00",
    ]  # fmt: skip
    assert with_eventon(found, extract_schema_org(found)).kind == "eventon"
    assert with_eventon(other, extract_schema_org(other)) == extract_schema_org(other)
