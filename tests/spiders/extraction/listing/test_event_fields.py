"""Where a region's event links to, and where it takes place."""

from __future__ import annotations

import pytest

from spiders.extraction.listing.event_fields import read_event_url, read_place
from tests.spiders.extraction.listing.pages import page, region

URLS = {
    "a link": ("<div id=r>Phonics <a href=/1>more</a></div>", "https://guild.example/1"),
    "the first of two": ("<div id=r><a href=/1>Phonics</a> <a href=/2>Hall</a></div>", "https://guild.example/1"),
    "around the region": ("<a href=/1><div id=r>Phonics</div></a>", "https://guild.example/1"),
    "not to the page itself": (
        "<div id=r><a href=#top>Top</a> <a href=/1>Phonics</a></div>",
        "https://guild.example/1",
    ),
    "not to register, where there is another": (
        "<div id=r><a href=/2>Register</a> <a href=/1>Phonics</a></div>",
        "https://guild.example/1",
    ),
    "to register, where there is no other": ("<div id=r><a href=/2>Register</a></div>", "https://guild.example/2"),
    "not into a meeting": ("<div id=r><a href='https://zoom.us/j/123456789?pwd=abc'>Join</a></div>", None),
    "not a script": ("<div id=r><a href='javascript:go()'>Phonics</a></div>", None),
    "none": ("<div id=r>Phonics</div>", None),
}


@pytest.mark.parametrize(("markup", "url"), URLS.values(), ids=list(URLS))
def test_urls(markup: str, url: str | None) -> None:
    """The event's own page, as far as links tell."""
    assert read_event_url(page(""), region(markup)) == url


PLACES = {
    "a class": ("<div id=r>Phonics <span class=event-location>Slate Hall</span></div>", "Slate Hall"),
    "a property of microdata": ("<div id=r>Phonics <span itemprop=location>Slate Hall</span></div>", "Slate Hall"),
    "a label": ("<div id=r><p>Phonics</p><p>Where: Slate Hall</p></div>", "Slate Hall"),
    "a column": ("<table><tr><th>Date<th>Place</tr><tr id=r><td>3 March<td>Slate Hall</tr></table>", "Slate Hall"),
    "none": ("<div id=r>Phonics in Slate Hall</div>", None),
    "nothing in it": ("<div id=r>Phonics <span class=venue> </span></div>", None),
}


@pytest.mark.parametrize(("markup", "name"), PLACES.values(), ids=list(PLACES))
def test_places(markup: str, name: str | None) -> None:
    """Where the page says that it is one."""
    place = read_place(region(markup))

    assert (place.name if place else None) == name
