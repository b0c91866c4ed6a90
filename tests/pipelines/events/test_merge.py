"""Several postings merged into one event."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import permutations
from typing import Any

from pipelines.events.merge import merge
from symposia.event import Event, Kind, Location, SourceRef, Status


def posting(extractor: str, source: str, **known: Any) -> Event:
    """An event as one source announces it."""
    facts = {"name": "Reading Day", "start": date(2027, 3, 3), **known}
    ref = SourceRef(id=source, key="1", url=f"https://{source}.example/")
    return Event(
        uid=f"{source}@symposia",
        sources=(ref,),
        evidence=(("extractor", extractor), ("start", f"{source}'s words")),
        **facts,
    )


FEED = posting("icalendar", "a", description="Short.", topics=("literacy",))
PAGE = posting(
    "json-ld",
    "b",
    kind=Kind.WEBINAR,
    description="A longer text.",
    topics=("math",),
    start=datetime(2027, 3, 3, 16, tzinfo=UTC),
    timezone="UTC",
)
LIST = posting("listing", "c", name="reading day!", kind=Kind.COURSE, status=Status.CANCELLED)


def test_field_by_field() -> None:
    """The most trusted name, the first known kind, the only time of day, the longest description, all topics, the news."""
    merged = merge([FEED, PAGE, LIST])

    assert (merged.uid, merged.name, merged.kind, merged.status) == (
        "a@symposia",
        "Reading Day",
        Kind.WEBINAR,
        Status.CANCELLED,
    )
    assert (merged.start, merged.timezone) == (PAGE.start, "UTC")
    assert (merged.description, merged.topics) == ("A longer text.", ("literacy", "math"))
    assert [ref.id for ref in merged.sources] == ["a", "b", "c"]
    evidence = dict(merged.evidence)
    assert (evidence["start"], evidence["kind"], evidence["status"]) == ("b: b's words", "b: json-ld", "c: listing")
    assert evidence["description"] == "b: json-ld"


def test_a_page_of_its_own_comes_first() -> None:
    """A list that points elsewhere is trusted after it, however it is written."""
    own = posting("listing", "d", name="Reading Day 2027")
    own = replace(own, evidence=(*own.evidence, ("first_hand", "the page is the source's own")))

    assert merge([FEED, PAGE, own]).name == "Reading Day 2027"


def test_places_are_completed_and_not_mixed() -> None:
    """What agrees is joined; a hall of another city is not put into this one."""
    here = posting("icalendar", "a", location=Location(city="Leeds"))
    there = posting("json-ld", "b", location=Location(name="Town Hall", city="LEEDS", country="GB"))
    elsewhere = posting("rss", "c", location=Location(city="York", address="2 High Street"))

    assert merge([elsewhere, there, here]).location == Location(name="Town Hall", city="Leeds", country="GB")


def test_the_order_does_not_matter() -> None:
    """But for the UID, which is the first's."""
    results = {repr(merge(list(order))).split("name=", 1)[1] for order in permutations([FEED, PAGE, LIST])}

    assert len(results) == 1
