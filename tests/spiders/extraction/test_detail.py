"""A listing's posting, completed by the event's own page."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from spiders.extraction.detail import choose_detail, merge_detail
from symposia.event import Location
from symposia.posting import Origin, Posting

LIST = Origin(
    source="s", url="https://guild.example/", fetched_at=datetime(2026, 11, 1, tzinfo=UTC), extractor="listing"
)
PAGE = Origin(
    source="s", url="https://guild.example/1", fetched_at=datetime(2026, 11, 1, tzinfo=UTC), extractor="json-ld"
)


def listed(**known: object) -> Posting:
    """A posting from the listing."""
    return Posting(origin=LIST, source_key="key", name="Reading Day", **known)  # type: ignore[arg-type]


def detail(**known: object) -> Posting:
    """A posting from the event's own page."""
    return Posting(origin=PAGE, source_key="other", name="Reading Day 2027", **known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("on_listing", "on_page", "start", "end"),
    [
        (
            {"start": "2027-03-03"},
            {"start": "2027-03-03T16:00", "end": "2027-03-03T17:00"},
            "2027-03-03T16:00",
            "2027-03-03T17:00",
        ),
        ({"start": "2027-03-03"}, {"start": "2027-04-04T16:00"}, "2027-03-03", None),
        ({"start": "2027-03-03T16:00"}, {"start": "2027-03-03"}, "2027-03-03T16:00", None),
        (
            {"start": "2027-03-03T16:00"},
            {"start": "2027-03-03T16:00", "end": "2027-03-03T18:00"},
            "2027-03-03T16:00",
            "2027-03-03T18:00",
        ),
        ({}, {"start": "2027-03-03"}, "2027-03-03", None),
        ({"start": "2027-03-03"}, {}, "2027-03-03", None),
    ],
)
def test_times(on_listing: dict[str, str], on_page: dict[str, str], start: str, end: str | None) -> None:
    """The page's time wins where it says more of the same day, and never where it contradicts the listing."""
    joined = merge_detail(listed(**on_listing), detail(**on_page))

    assert (joined.start, joined.end) == (start, end)


def test_identity_stays_and_gaps_are_filled() -> None:
    """Key, origin and name are the listing's; what it leaves unsaid is the page's, and the evidence says so."""
    joined = merge_detail(
        listed(description="Short.", keywords=("reading",)),
        detail(
            description="A longer text.",
            keywords=("reading", "libraries"),
            location=Location(name="Hall"),
            price="free",
        ),
    )

    assert (joined.source_key, joined.origin, joined.name) == ("key", LIST, "Reading Day")
    assert joined.description == "A longer text."
    assert joined.keywords == ("reading", "libraries")
    assert joined.location == Location(name="Hall")
    assert dict(joined.evidence)["price"].startswith("https://guild.example/1")


def test_the_detail_is_the_only_posting_or_the_one_of_that_name() -> None:
    """Among several, none is guessed."""
    other = Posting(origin=PAGE, source_key="x", name="Another")
    same = Posting(origin=PAGE, source_key="y", name="reading day")

    assert choose_detail(listed(), [other]) is other
    assert choose_detail(listed(), [other, same]) is same
    assert choose_detail(listed(), [other, detail()]) is None
    assert choose_detail(listed(), []) is None
