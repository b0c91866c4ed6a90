"""The addresses of an event as it is published."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from pipelines.events.merge import FIRST_HAND
from pipelines.normalize.normalize import normalize
from symposia.codec import to_json
from symposia.event import Event, Location, Recording
from symposia.posting import Origin, Posting

PAGE = "https://guild.example/phonics"
FORM = "https://forms.example/7"
PRIVATE = "https://us02web.zoom.us/j/81234567890?pwd=abc"
ORIGIN = Origin(
    source="guild", url="https://guild.example/", fetched_at=datetime(2026, 11, 24, tzinfo=UTC), extractor="icalendar"
)


def event(**known: Any) -> Event:
    """What is said of a posting with those fields."""
    facts = {"name": "Phonics", "start": "2027-03-03T16:00", "url": PAGE, **known}
    return normalize(Posting(origin=ORIGIN, source_key="1", **facts)).event


@pytest.mark.parametrize(
    ("known", "registration", "recording"),
    [
        ({"registration_url": FORM}, FORM, None),
        ({"registration_url": PAGE}, None, None),
        ({"registration_url": PRIVATE}, None, None),
        ({"registration_url": "mailto:a@b.example"}, None, None),
        ({"description": f"Register: {FORM}"}, FORM, None),
        ({"description": f"Register: {PAGE}"}, None, None),
        ({"description": "Register: https://a.example/1", "registration_url": FORM}, FORM, None),
        ({"recording_url": FORM}, None, FORM),
        ({"description": f"Watch the recording: {FORM}"}, None, FORM),
    ],
)
def test_links(known: dict[str, Any], registration: str | None, recording: str | None) -> None:
    """The source's address before one of the description; none that is the page's own, or private."""
    found = event(**known)

    assert (found.registration_url, found.recording_url) == (registration, recording)


@pytest.mark.parametrize(
    ("listed_on", "url", "first_hand"),
    [
        ("https://www.guild.org/calendar", "https://guild.org/phonics", True),
        ("https://calendar.guild.org/", "https://events.guild.org/phonics", True),
        ("https://list.example/", "https://guild.org/phonics", False),
        ("https://hill.leeds.sch.uk/links", "https://mill.leeds.sch.uk/phonics", False),
        ("https://phonics.wordpress.com/", "https://spelling.wordpress.com/phonics", False),
        ("https://guild.org/", None, False),
    ],
)
def test_first_hand(listed_on: str, url: str | None, first_hand: bool) -> None:
    """A source that has a page of its own for the event, on any host of its site, and not on a neighbour's."""
    posting = Posting(
        origin=replace(ORIGIN, url=listed_on), source_key="1", name="Phonics", start="2027-03-03", url=url
    )

    assert (FIRST_HAND in dict(normalize(posting).event.evidence)) is first_hand


def test_what_can_be_watched_was_recorded() -> None:
    """A link to the recording says that there is one, and says so."""
    found = event(recording_url=FORM)

    assert found.recording is Recording.RECORDING_AVAILABLE
    assert dict(found.evidence)["recording"] == "a link to it"


@pytest.mark.parametrize(
    "known",
    [
        {"url": PRIVATE},
        {"description": f"Join: {PRIVATE}\nMeeting ID: 812 3456 7890\nPasscode: abc"},
        {"location": Location(name=PRIVATE)},
        {"location": Location(name="Online", address=f"Zoom {PRIVATE}")},
        {"name": f"Phonics {PRIVATE}"},
        {"organizer": PRIVATE},
        {"evidence": (("name", PRIVATE),)},
    ],
)
def test_nothing_private_is_published(known: dict[str, Any]) -> None:
    """No field of an event lets anyone into its meeting."""
    text = json.dumps(to_json(event(**known)))

    assert "zoom.us/j/" not in text
    assert "81234567890" not in text
    assert "812 3456 7890" not in text


def test_a_place_that_was_but_a_link_is_none() -> None:
    """The event is online still."""
    found = event(location=Location(name=PRIVATE))

    assert found.location is None
    assert found.attendance_mode == "online"
