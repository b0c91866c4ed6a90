"""The Atom feed of newly found events, read again by feedparser and held to RFC 4287."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from calendar_export.atom import MAX_ENTRIES, MAX_SUMMARY, atom_bytes
from symposia.event import AttendanceMode, Event, Kind, Location, Price, Status

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
URL = "https://events.example/"
NAMES = {"a": "http://www.w3.org/2005/Atom"}


def event(**known: Any) -> Event:
    """An event that was found today."""
    facts = {"uid": "a@symposia", "name": "Reading", "start": date(2027, 3, 3), "created": NOW, **known}
    return Event(**facts)


def feed(*events: Event, url: str | None = URL, now: datetime = NOW) -> Any:
    """The feed of those events, as feedparser reads it."""
    found = feedparser.parse(atom_bytes(events, title="New events", url=url, now=now))
    assert not found.bozo, found.bozo_exception
    return found


def assert_valid(content: bytes) -> None:
    """What RFC 4287, 4.1.1 and 4.1.2 ask of a feed and its entries."""
    root = etree.fromstring(content)
    for element in (root, *root.findall("a:entry", NAMES)):
        for name in ("id", "title", "updated"):
            elements = element.findall(f"a:{name}", NAMES)
            assert len(elements) == 1
            assert (elements[0].text or "").strip()
        assert element.find("a:link[@rel='alternate']", NAMES) is not None
        assert urlsplit(element.findtext("a:id", namespaces=NAMES)).scheme == "urn"
    assert len(root.findall("a:author/a:name", NAMES)) == 1
    for moment in root.iterfind(".//a:updated", NAMES):
        datetime.strptime(moment.text or "", "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


def test_the_feed_says_what_it_is() -> None:
    """Its title, its address and the page that it belongs to."""
    found = feed(event()).feed

    assert (found.title, found.author) == ("New events", "Symposia")
    assert {(link.rel, link.href) for link in found.links} == {
        ("self", "https://events.example/feeds/new.atom"),
        ("alternate", "https://events.example/index.html"),
    }


@pytest.mark.parametrize(
    ("known", "name", "value"),
    [
        ({}, "title", "Reading"),
        ({}, "published", "2026-11-24T12:00:00Z"),
        ({}, "updated", "2026-11-24T12:00:00Z"),
        ({"last_modified": NOW + timedelta(hours=1)}, "updated", "2026-11-24T13:00:00Z"),
        ({"last_modified": NOW + timedelta(hours=1)}, "published", "2026-11-24T12:00:00Z"),
        ({"url": "https://guild.example/1?a=1&b=2"}, "link", "https://guild.example/1?a=1&b=2"),
        ({"url": None}, "link", "https://events.example/events/a.html"),
        ({"url": "javascript:alert(1)"}, "link", "https://events.example/events/a.html"),
        ({"status": Status.CANCELLED}, "title", "Cancelled: Reading"),
        ({"status": Status.MOVED_ONLINE}, "title", "Moved online: Reading"),
        ({"name": "\x00\x01"}, "title", "Untitled event"),
        ({"name": "A\x00<b>\nB & C"}, "title", "A<b> B & C"),
        ({}, "summary", "Wednesday, 3 March 2027"),
        ({"attendance_mode": AttendanceMode.ONLINE}, "summary", "Wednesday, 3 March 2027\nOnline\nonline"),
        ({"location": Location(name="Hall", city="Bonn")}, "summary", "Wednesday, 3 March 2027\nHall, Bonn"),
        (
            {"kind": Kind.WORKSHOP, "price": Price(is_free=True)},
            "summary",
            "Wednesday, 3 March 2027\nworkshop · free",
        ),
        ({"description": "One\n\ntwo  three"}, "summary", "Wednesday, 3 March 2027\nOne two three"),
    ],
)
def test_entries(known: dict[str, Any], name: str, value: str) -> None:
    """Each fact in its element."""
    content = atom_bytes([event(**known)], title="T", url=URL, now=NOW)

    assert_valid(content)
    entry = etree.fromstring(content).find("a:entry", NAMES)
    element = entry.find(f"a:{name}", NAMES)
    assert (element.get("href") if name == "link" else element.text) == value


def test_topics_are_categories() -> None:
    """The slug for programs, words for people."""
    assert [(tag.term, tag.label) for tag in feed(event(topics=("language-arts", "math"))).entries[0].tags] == [
        ("language-arts", "language arts"),
        ("math", "math"),
    ]


@pytest.mark.parametrize(
    ("created", "is_there"),
    [
        (NOW, True),
        (NOW - timedelta(days=13), True),
        (NOW - timedelta(days=14), False),
        (NOW - timedelta(days=400), False),
        (None, False),
    ],
)
def test_newly_found_is_two_weeks(created: datetime | None, is_there: bool) -> None:
    """Counted from when it was found, not from when it takes place."""
    assert bool(feed(event(created=created)).entries) is is_there


def test_the_newest_first_and_no_more_than_are_read() -> None:
    """Events found at once come in one order, too."""
    events = [
        event(uid=f"{n:03}", name=str(n), created=NOW - timedelta(minutes=n // 2)) for n in range(MAX_ENTRIES + 9)
    ]
    names = [entry.title for entry in feed(*events).entries]

    assert names[:4] == ["1", "0", "3", "2"]
    assert len(names) == MAX_ENTRIES
    assert names == [entry.title for entry in feed(*reversed(events)).entries]


def test_a_long_description_is_cut_at_a_word() -> None:
    """And says so."""
    summary = feed(event(description="word " * 5_000)).entries[0].summary

    assert summary.endswith("word …")
    assert len(summary) < MAX_SUMMARY + 100


def test_the_same_events_give_the_same_bytes() -> None:
    """`now` chooses, and is not written."""
    later = atom_bytes([event()], title="T", url=URL, now=NOW + timedelta(days=3))

    assert atom_bytes([event()], title="T", url=URL, now=NOW) == later
    assert etree.fromstring(later).findtext("a:updated", namespaces=NAMES) == "2026-11-24T12:00:00Z"


def test_an_entry_keeps_its_id() -> None:
    """Whatever changes of the event, readers know it again; and no two have one."""
    changed, other = event(name="New name", start=date(2028, 1, 1)), event(uid="b@symposia")

    assert feed(changed).entries[0].id == feed(event()).entries[0].id == "urn:uuid:9de244da-97f2-50fe-9ca0-373be0093f2a"
    assert feed(other).entries[0].id != feed(changed).entries[0].id


@pytest.mark.parametrize("url", [URL, None])
def test_no_events_are_a_feed_as_well(url: str | None) -> None:
    """Valid, and with a moment that does not move."""
    content = atom_bytes([], title="T", url=url, now=NOW)

    assert_valid(content)
    assert b"2000-01-01T00:00:00Z" in content


texts = st.text(st.characters(), max_size=60)


@given(name=texts, description=texts, topic=texts, uid=texts, url=texts, place=texts)
def test_whatever_a_page_says_the_feed_is_valid(
    name: str, description: str, topic: str, uid: str, url: str, place: str
) -> None:
    """Control characters, surrogates, markup, other scripts."""
    hostile = event(
        uid=uid,
        name=name,
        description=description,
        topics=(topic,),
        url=f"https://{url}",
        location=Location(name=place),
    )
    content = atom_bytes([hostile], title=name or "T", url=None, now=NOW)

    assert_valid(content)
    assert len(feedparser.parse(content).entries) == 1
