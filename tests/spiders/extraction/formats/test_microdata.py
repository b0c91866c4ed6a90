"""schema.org events in a page's own elements: microdata and RDFa Lite."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from spiders.extraction.formats.microdata import MICRODATA, RDFA, Syntax, extract_items
from spiders.extraction.page import Page
from symposia.posting import Posting

START = '<meta itemprop="startDate" content="2027-03-03">'


def read(markup: str, syntax: Syntax = MICRODATA) -> list[Posting]:
    """The events of a page of that body."""
    body = f"<html><body>{markup}</body></html>".encode()
    page = Page(url="https://guild.example/events/", body=body, fetched_at=datetime(2026, 11, 1, tzinfo=UTC))
    return extract_items(page, syntax)


def event(properties: str, kind: str = "https://schema.org/Event") -> str:
    """An item of that type, with a start."""
    return f'<div itemscope itemtype="{kind}">{START}{properties}</div>'


VALUES = {
    "text": ("<b itemprop=name>Reading Day</b>", "name", "Reading Day"),
    "inner text": ("<b itemprop=name>Reading <i>Day</i></b>", "name", "Reading Day"),
    "a content attribute": ('<meta itemprop=name content="Reading Day">', "name", "Reading Day"),
    "a link": ('<a itemprop=url href="/1">more</a>', "url", "https://guild.example/1"),
    "a picture's address": ('<img itemprop=url src="/1">', "url", "https://guild.example/1"),
    "a datetime attribute": ('<time itemprop=endDate datetime="2027-03-05">5 March</time>', "end", "2027-03-05"),
    "two properties of one element": ('<a itemprop="url name" href="/1">more</a>', "url", "https://guild.example/1"),
    "a property with its vocabulary": ('<b itemprop="https://schema.org/name">Reading Day</b>', "name", "Reading Day"),
    "nothing": ("", "name", None),
}


@pytest.mark.parametrize(("properties", "field", "value"), VALUES.values(), ids=list(VALUES))
def test_values(properties: str, field: str, value: str | None) -> None:
    """By the attribute that carries them, else by their text (WHATWG HTML, 5.2.4)."""
    (posting,) = read(event(properties))

    assert (getattr(posting, field), posting.start) == (value, "2027-03-03")


@pytest.mark.parametrize(
    ("kind", "count"),
    [
        ("https://schema.org/Event", 1),
        ("http://schema.org/EducationEvent", 1),
        ("https://schema.org/Thing https://schema.org/Event", 1),
        ("https://schema.org/Place", 0),
        ("", 0),
    ],
)
def test_types(kind: str, count: int) -> None:
    """Events and what derives from them."""
    assert len(read(event("<b itemprop=name>Reading Day</b>", kind))) == count


def test_a_property_belongs_to_the_innermost_item() -> None:
    """A place's name is not the event's."""
    place = '<div itemprop=location itemscope itemtype="https://schema.org/Place"><b itemprop=name>Hall</b></div>'
    (posting,) = read(event(place))

    assert posting.name is None
    assert posting.location is not None
    assert posting.location.name == "Hall"


def test_rdfa() -> None:
    """The same in other attributes, with prefixes."""
    markup = '<div typeof="schema:Event"><b property="schema:name">Reading Day</b><meta property="startDate" content="2027-03-03"></div>'
    (posting,) = read(markup, RDFA)

    assert (posting.name, posting.start, posting.origin.extractor) == ("Reading Day", "2027-03-03", "rdfa")


@pytest.mark.parametrize("syntax", [MICRODATA, RDFA], ids=lambda syntax: str(syntax.name))
def test_a_page_without_items(syntax: Syntax) -> None:
    """Costs no walk over it, and gives nothing."""
    assert read("<p>An event</p>", syntax) == []
