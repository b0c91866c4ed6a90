"""What a page tells machines beside what it shows: the times that readers see are kept."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from spiders.extraction.extract import extract
from spiders.extraction.page import Extraction, Page
from spiders.extraction.reconcile import is_doubtful
from symposia.posting import Origin, Posting

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


@pytest.mark.parametrize(
    ("body", "doubtful"),
    [
        ("<p>3 March 2027, 4:30 pm</p>", True),
        ("<p>3 March 2027</p>", False),
        ("<p>3 March 2027<script>let at = '16:30'</script></p>", False),
        ("<p>3 March 2027<!-- 4:30 pm --></p><style>p::after { content: '16:30' }</style>", False),
        ("<p>3 March 2027</p><noscript>at 4:30 pm</noscript>", False),
    ],
)
def test_only_what_is_shown_is_looked_at(body: str, doubtful: bool) -> None:
    """Several events are stated, by their days: the page may tell their times, but its scripts do not."""
    at = datetime(2026, 11, 1, tzinfo=UTC)
    origin = Origin(source="s", url="https://guild.example/events/", fetched_at=at, extractor="json-ld")
    stated = [Posting(origin=origin, source_key=key, name=key, start="2027-03-03") for key in "abc"]
    page = Page(url=origin.url, body=f"<html><body>{body}</body></html>".encode(), fetched_at=at)

    assert is_doubtful(Extraction(kind="json-ld", postings=tuple(stated)), page) is doubtful


LIST = "".join(f"<li><b>Circle {day}</b> {day} March 2027, 4 pm</li>" for day in (1, 2, 3, 4))
MARKED_UP = """<p itemscope itemtype="https://schema.org/Event"><b itemprop=name>{name}</b>
<time itemprop=startDate datetime={start}>soon</time></p>"""


@pytest.mark.parametrize(
    ("stated", "names"),
    [
        pytest.param(STATED.format(start="2027-06-05T19:00"), ["Phonics night", *"1234"], id="JSON-LD"),
        pytest.param(MARKED_UP.format(name="Gala", start="2027-06-05T19:00"), ["Gala", *"1234"], id="microdata"),
        pytest.param(MARKED_UP.format(name="Circle 1", start="2027-03-01T16:00"), [*"1234"], id="held by the list"),
        pytest.param(
            MARKED_UP.format(name="Circle 4", start="2027-03-05"), ["Circle 4"], id="of the list, by its name"
        ),
    ],
)
def test_an_event_that_is_hidden_beside_a_list(stated: str, names: list[str]) -> None:
    """What is stated for machines is read wherever it stands, and takes nothing from the list."""
    page = Page(
        url="https://guild.example/events/",
        body=f"<html lang=en><body><div style='display:none'>{stated}</div><ul>{LIST}</ul></body></html>".encode(),
        fetched_at=datetime(2026, 11, 1, tzinfo=UTC),
    )

    expected = [name if len(name) > 1 else f"Circle {name}" for name in names]
    assert [posting.name for posting in extract(page).postings] == expected
