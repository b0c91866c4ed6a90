"""The calendars of an export: what they are called, and what each holds."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendar_export.feeds import NEW_DAYS, Feed, is_feed_name, shipped_feeds
from calendar_export.query import parse_query
from pipelines.topics.taxonomy import shipped_taxonomy
from symposia.event import AttendanceMode, Event, Kind, Location, Price

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def event(uid: str, **known: Any) -> Event:
    """An event with those facts, found long ago."""
    facts = {"uid": uid, "name": uid, "start": date(2027, 3, 3), "created": NOW - timedelta(days=100), **known}
    return Event(**facts)


EVENTS = [
    event("bare"),
    event("free", price=Price(is_free=True), language="de-AT"),
    event("new", created=NOW, kind=Kind.CHAT, topics=("literacy", "of-mine")),
    event("hybrid", attendance_mode=AttendanceMode.HYBRID, location=Location(city="Bonn", country="Germany")),
    event("online", attendance_mode=AttendanceMode.ONLINE, kind=Kind.WEBINAR, topics=("literacy",)),
]


def feeds(*events: Event) -> dict[str, Feed]:
    """The shipped feeds over those events, by name."""
    return {feed.name: feed for feed in shipped_feeds(events, shipped_taxonomy())}


@pytest.mark.parametrize(
    ("name", "title", "group", "uids"),
    [
        ("all", "Events for educators", "", ["bare", "free", "new", "hybrid", "online"]),
        ("free", "Events for educators: free", "", ["free"]),
        ("new", "Events for educators: newly found", "", ["new"]),
        ("deadlines", "Events for educators: deadlines", "", ["bare", "free", "new", "hybrid", "online"]),
        ("topic-literacy", None, "topic", ["new", "online"]),
        ("topic-of-mine", "Events for educators: of mine", "topic", ["new"]),
        ("kind-chat", "Events for educators: community chats", "kind", ["new"]),
        ("kind-webinar", "Events for educators: webinars", "kind", ["online"]),
        ("mode-online", "Events for educators: online", "mode", ["hybrid", "online"]),
        ("mode-in-person", "Events for educators: in person", "mode", ["hybrid"]),
        ("mode-hybrid", "Events for educators: in person and online at once", "mode", ["hybrid"]),
        ("language-de", "Events for educators: in German", "language", ["free"]),
        ("country-de", "Events for educators: Germany", "country", ["hybrid"]),
    ],
)
def test_each_feed(name: str, title: str | None, group: str, uids: list[str]) -> None:
    """Its name, its title, and the events that it holds."""
    feed = feeds(*EVENTS)[name]

    assert [event.uid for event in EVENTS if feed.filter.matches(event, NOW)] == uids
    assert feed.group == group
    assert feed.title == title if title else feed.title.startswith("Events for educators: ")
    assert feed.description.endswith(".")
    assert feed.deadlines is (name == "deadlines")


def test_the_feeds_come_in_one_order() -> None:
    """The whole first, then topics, kinds, modes, languages, countries; whatever the order of the events."""
    order = list(feeds(*EVENTS))

    assert order == [
        "all", "free", "new", "deadlines",
        "topic-literacy", "topic-of-mine",
        "kind-chat", "kind-webinar",
        "mode-hybrid", "mode-in-person", "mode-online",
        "language-de",
        "country-de",
    ]  # fmt: skip
    assert order == list(feeds(*reversed(EVENTS)))


def test_without_events_there_are_the_whole_ones() -> None:
    """Their subscribers ask for them still."""
    assert list(feeds()) == ["all", "free", "new", "deadlines"]


@pytest.mark.parametrize(
    "slug",
    ["", "..", "../x", "a/b", "a\\b", "a b", "A", "Ümlaut", ".x", "-x", "x\n", "x\x00", "con:", "x" * 101, "x" * 95],
)
def test_no_feed_for_a_topic_that_could_not_name_a_file(slug: str) -> None:
    """What a topic is called comes from the store, which anyone may have filled."""
    assert list(feeds(event("a", topics=(slug,)))) == ["all", "free", "new", "deadlines"]


@given(topic=st.text(max_size=120), language=st.text(max_size=20), place=st.text(max_size=60))
def test_every_feed_names_a_file_and_asks_a_question(topic: str, language: str, place: str) -> None:
    """A name of a-z, 0-9 and - alone, once; its question can be asked over the web as well."""
    hostile = event("a", topics=(topic,), language=language, location=Location(address=place, country=place))
    found = shipped_feeds([hostile, event("b", topics=("math",))], shipped_taxonomy())

    assert all(is_feed_name(feed.name) for feed in found)
    assert len({feed.name for feed in found}) == len(found)
    assert all(parse_query(feed.filter.query_string()) == feed.filter for feed in found)


def test_what_is_newly_found_is_asked_for_in_days() -> None:
    """The feed's days are those of the question."""
    assert feeds()["new"].filter.query_string() == f"new={NEW_DAYS}"


def test_a_feed_keeps_its_color() -> None:
    """The same in every export; not the same for all."""
    colors = {name: feed.color for name, feed in feeds(*EVENTS).items()}

    assert colors == {name: feed.color for name, feed in feeds(*EVENTS).items()}
    assert len(set(colors.values())) > 3
