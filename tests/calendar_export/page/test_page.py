"""The pages as a parser reads them: words stay words, links lead somewhere, and nothing comes from another host."""

from __future__ import annotations

import json
import posixpath
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from lxml import html

from calendar_export.feeds import shipped_feeds
from calendar_export.page import Site, site_files
from calendar_export.paths import event_path
from pipelines.topics.taxonomy import shipped_taxonomy
from symposia.event import AttendanceMode, Deadline, DeadlineKind, Event, Location, Price, SourceRef, Status

NOW = datetime(2026, 11, 24, tzinfo=UTC)
MADE_ELSEWHERE = ("feeds/", "tables/", "events.json")
HOSTILE = "<script>alert(1)</script>\u2028</script><img src=x onerror=alert(1)>"


def event(uid: str, **known: Any) -> Event:
    """An event with those facts."""
    ref = SourceRef(id="guild", key=uid, url="https://guild.example/")
    facts = {
        "uid": f"{uid}@symposia",
        "name": uid,
        "start": date(2027, 3, 3),
        "created": NOW,
        "sources": (ref,),
        **known,
    }
    return Event(**facts)


EVENTS = [
    event("lesen", topics=("literacy",), location=Location(city="Bonn", country="DE"), url="https://guild.example/1"),
    event(
        "free", price=Price(is_free=True), deadlines=(Deadline(kind=DeadlineKind.REGISTRATION, at=date(2027, 2, 1)),)
    ),
    event("off", start=date(2027, 4, 1), status=Status.CANCELLED, attendance_mode=AttendanceMode.ONLINE),
    event("bad", name=HOSTILE, description=HOSTILE, organizer=HOSTILE, url="javascript:alert(1)", keywords=(HOSTILE,)),
]
MANY = [event(f"e{number}", start=date(2027, 5, 1) + timedelta(days=number)) for number in range(150)]


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """The pages over those events."""
    events = [*EVENTS, *MANY]
    taxonomy = shipped_taxonomy()
    return dict(
        site_files(Site(taxonomy=taxonomy, feeds=[(feed, 1) for feed in shipped_feeds(events, taxonomy)]), events)
    )


def pages(files: dict[str, bytes]) -> dict[str, html.HtmlElement]:
    """Those of the files that are pages, parsed."""
    return {name: html.document_fromstring(content) for name, content in files.items() if name.endswith(".html")}


def test_links_lead_to_files_or_to_other_sites(files: dict[str, bytes]) -> None:
    """Relative, to what the export writes; all others are links of the web, and none runs anything."""
    for name, page in pages(files).items():
        for link in page.iter("a", "link", "script", "img"):
            address = link.get("href") or link.get("src") or ""
            parts = urlsplit(address)
            assert parts.scheme in ("", "data", "http", "https", "webcal", "mailto"), (name, address)
            path = posixpath.normpath(posixpath.join(posixpath.dirname(name), parts.path)) if parts.path else name
            known = path in files or path.startswith(MADE_ELSEWHERE) or path.endswith(".ics")
            assert parts.scheme or known, (name, address)


def test_nothing_is_loaded_from_elsewhere(files: dict[str, bytes]) -> None:
    """No script, style, picture or font of another host."""
    for page in pages(files).values():
        loaded = [element.get("src") for element in page.iter("script", "img", "iframe")]
        loaded += [element.get("href") for element in page.iter("link") if element.get("rel") == "stylesheet"]
        assert not [address for address in loaded if address and urlsplit(address).netloc]


def test_hostile_words_stay_words(files: dict[str, bytes]) -> None:
    """No element and no attribute of theirs is in any page, nor in the data that scripts read."""
    for page in pages(files).values():
        assert not page.xpath("//img[@onerror]")
        assert not [
            script for script in page.iter("script") if "alert(1)" in (script.text or "") and not script.get("type")
        ]
        assert not [link for link in page.iter("a") if (link.get("href") or "").startswith("javascript")]
    assert b"</script>" not in files["events.js"] + files["words.js"]


def test_every_event_is_on_its_month_and_on_its_own_page(files: dict[str, bytes]) -> None:
    """Without scripts, too."""
    months = "".join(page.text_content() for name, page in pages(files).items() if name.startswith("months/"))

    for event in (*EVENTS[:3], *MANY):
        assert event.name in months
        assert event.name in pages({event_path(event): files[event_path(event)]})[event_path(event)].text_content()


def test_the_data_of_each_page_is_json(files: dict[str, bytes]) -> None:
    """schema.org's, with the event's own name."""
    page = html.document_fromstring(files[event_path(EVENTS[3])])
    (data,) = page.xpath('//script[@type="application/ld+json"]')

    assert json.loads(data.text)["name"].startswith("<script>alert(1)</script>")


def test_the_same_events_give_the_same_bytes(files: dict[str, bytes]) -> None:
    """And a change of one event changes its page."""
    taxonomy = shipped_taxonomy()
    events = [*EVENTS, *MANY]
    site = Site(taxonomy=taxonomy, feeds=[(feed, 1) for feed in shipped_feeds(events, taxonomy)])

    assert dict(site_files(site, events)) == files
    changed = dict(site_files(site, [replace(events[0], name="Lesen 2"), *events[1:]]))
    assert changed[event_path(events[0])] != files[event_path(events[0])]


def test_a_cancelled_event_says_so(files: dict[str, bytes]) -> None:
    """In words."""
    assert "cancelled" in html.document_fromstring(files[event_path(EVENTS[2])]).text_content().lower()
