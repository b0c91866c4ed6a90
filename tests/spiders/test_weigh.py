"""What a page tells machines beside what it shows: the times that readers see are kept."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from spiders.extraction.choose import extract
from spiders.extraction.page import Page

STATED = """<script type="application/ld+json">{{"@type": "Event", "name": "Phonics night", "url": "/1", "startDate": "{start}"}}</script>"""
SHOWN = "<main><div><h3><a href=/1>Phonics night</a></h3><p>3 March 2027, {time}</p></div></main>"


@pytest.mark.parametrize(
    ("start", "time", "expected"),
    [
        pytest.param("2027-03-03", "4:30 pm", "2027-03-03T16:30", id="a day gets the time that is shown"),
        pytest.param("2027-03-03T16:30:00Z", "4:30 pm", "2027-03-03T16:30", id="UTC that is the local time"),
        pytest.param("2027-03-03T21:30:00", "4:30 pm", "2027-03-03T16:30", id="no zone that is UTC"),
        pytest.param("2027-03-03T21:30:00Z", "4:30 pm", "2027-03-03T21:30:00+00:00", id="UTC that agrees"),
        pytest.param("2027-03-03T16:30:00-05:00", "6 pm", "2027-03-03T16:30:00-05:00", id="an offset is sure"),
        pytest.param("2027-03-03", "Room 2", "2027-03-03", id="no time is shown"),
    ],
)
def test_times(start: str, time: str, expected: str) -> None:
    """The machines' words, where the page bears them out."""
    body = f"<html lang=en><head>{STATED.format(start=start)}</head><body>{SHOWN.format(time=time)}</body></html>"
    page = Page(
        url="https://guild.example/events/",
        body=body.encode(),
        fetched_at=datetime(2026, 11, 1, tzinfo=UTC),
        timezone="America/New_York",
    )

    (posting,) = extract(page).postings

    assert (posting.name, posting.start) == ("Phonics night", expected)
