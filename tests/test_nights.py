"""A week of nights on which everything happens, and the store that must come out of it; and nights on which nothing does.

Most nights are crawled offline, over pages in memory. The last test crawls three real ones, over HTTP by the command line.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from commands.crawl import select_due
from pipelines.store.store import Store
from spiders.catalogue import Source
from symposia.event import Event
from symposia.moments import moment_text
from symposia.outcome import Run
from tests.offline_crawl import OfflineSite, crawl_offline

TOPICS = {
    1: "Reading aloud",
    2: "Fractions",
    3: "School gardens",
    4: "Chess",
    5: "Fair marking",
    6: "Maps",
    7: "Poetry",
}
FEED, LISTING = "https://guild.example/feed.ics", "https://library.example/"
GUILD = Source(id="guild", name="Guild", url=FEED)
LIBRARY = Source(id="library", name="Library", url=LISTING)
NO_EVENTS_HERE = b"<html><body><h1>Welcome to our new site</h1><p>Soon there is more here.</p></body></html>"
EVENTS = "http://purl.org/rss/1.0/modules/event/"
PADDING = "<p>Words that a page of this kind has, and that say nothing of an event.</p>" * 100


def feed(
    numbers: Iterable[int], hours: Mapping[int, int] | None = None, status: Mapping[int, str] | None = None
) -> bytes:
    """The guild's calendar: an event a number, on that day of March."""
    events = "".join(
        f"BEGIN:VEVENT\nUID:guild-{n}\nDTSTAMP:20261001T000000Z\nDTSTART:202703{n:02}T{(hours or {}).get(n, 16)}0000Z\n"
        f"SUMMARY:{TOPICS[n]} for the guild\nSTATUS:{(status or {}).get(n, 'CONFIRMED')}\nEND:VEVENT\n"
        for n in numbers
    )
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Guild//EN\n{events}END:VCALENDAR\n".encode()


def cards(numbers: Iterable[int], *, more: str = "") -> bytes:
    """The library's listing, whose events have pages of their own."""
    items = "".join(
        f'<li class="event"><h3><a href="/events/{n}">{TOPICS[n]} at the library</a></h3>'
        f"<p>April {n}, 2027</p><p>Main Street Library, Leeds</p></li>"
        for n in numbers
    )
    return f"<html lang=en><body><h1>Events</h1><ul>{items}</ul>{more}</body></html>".encode()


def rows(numbers: Iterable[int]) -> bytes:
    """The library's listing after a redesign: a table, the same events."""
    items = "".join(
        f'<tr><td>April {n}, 2027</td><td><a href="/events/{n}">{TOPICS[n]} at the library</a></td>'
        "<td>Main Street Library, Leeds</td></tr>"
        for n in numbers
    )
    head = "<tr><th>Date</th><th>Event</th><th>Place</th></tr>"
    return f"<html lang=en><body><h1>What is on</h1><table>{head}{items}</table></body></html>".encode()


def detail(number: int, hour: int = 10) -> bytes:
    """The own page of one of the library's events."""
    data = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": f"{TOPICS[number]} at the library",
        "startDate": f"2027-04-{number:02}T{hour}:00:00+00:00",
        "description": f"Everything on {TOPICS[number].lower()}.",
    }
    script = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    return f"<html lang=en><head>{script}</head><body>{PADDING}</body></html>".encode()


def event_page(number: int) -> str:
    """The address of one of the library's events."""
    return f"{LISTING}events/{number}"


class Nights:
    """Nights of November, on which the guild and the library are crawled offline into one store."""

    def __init__(self, store: Path) -> None:
        self.store = store
        self.guild = OfflineSite({FEED: feed(range(1, 6))})
        self.library = OfflineSite({LISTING: cards(range(1, 6)), **{event_page(n): detail(n) for n in TOPICS}})

    def crawl(self, day: int) -> dict[str, Run]:
        """Crawl both; how it went."""
        now = datetime(2026, 11, day, 4, tzinfo=UTC)
        sites = {GUILD: self.guild, LIBRARY: self.library}
        return {source.id: crawl_offline(source, site, self.store, now) for source, site in sites.items()}

    def events(self) -> dict[str, Event]:
        """What the store holds, by UID."""
        with Store.open(self.store) as store:
            return {event.uid: event for event in store.get_events()}


@pytest.fixture
def nights(tmp_path: Path) -> Nights:
    """Before the first night."""
    return Nights(tmp_path / "s.db")


def short(events: Mapping[str, Event]) -> dict[str, tuple[str, str]]:
    """Start and status of each event by its name; there is one of each name."""
    assert len({event.name for event in events.values()}) == len(events)
    return {event.name: (moment_text(event.start)[:16], event.status.value) for event in events.values()}


def causes(runs: Mapping[str, Run]) -> dict[str, str | None]:
    """Why each source failed."""
    return {name: run.cause for name, run in runs.items()}


WELL = {"guild": None, "library": None}


def test_a_week(nights: Nights) -> None:
    """Outages, redesigns, new events, moved and cancelled ones: at the end the store is exactly right."""
    guild, library = nights.guild.pages, nights.library.pages
    expected = {f"{TOPICS[n]} for the guild": (f"2027-03-{n:02}T16:00", "scheduled") for n in range(1, 6)}
    expected |= {f"{TOPICS[n]} at the library": (f"2027-04-{n:02}T10:00", "scheduled") for n in range(1, 6)}

    assert causes(nights.crawl(2)) == WELL
    first = nights.events()
    assert short(first) == expected

    # The guild is down, and the library shows a page in which nothing is an event.
    guild[FEED], library[LISTING] = 503, NO_EVENTS_HERE
    assert causes(nights.crawl(3)) == {"guild": "http", "library": "layout_changed"}
    assert nights.events() == first

    # The guild is back with an event more; the library with the same in other clothes.
    guild[FEED], library[LISTING] = feed(range(1, 7)), rows(range(1, 6))
    assert causes(nights.crawl(4)) == WELL
    expected["Maps for the guild"] = ("2027-03-06T16:00", "scheduled")
    assert short(nights.events()) == expected
    assert first.keys() < nights.events().keys()

    # One is moved by three hours, one is cancelled in words, one is listed no more; the library gains one.
    guild[FEED], library[LISTING] = feed([1, 2, 3, 4, 6], {2: 19}, {3: "CANCELLED"}), rows(range(1, 7))
    assert causes(nights.crawl(5)) == WELL
    expected["Fractions for the guild"] = ("2027-03-02T19:00", "rescheduled")
    expected["School gardens for the guild"] = ("2027-03-03T16:00", "cancelled")
    expected["Maps at the library"] = ("2027-04-06T10:00", "scheduled")
    assert short(nights.events()) == expected

    # A night on which only the library answers: what the guild lists no more is no more missing than it was.
    guild[FEED] = 503
    assert causes(nights.crawl(6)) == {"guild": "http", "library": None}
    assert short(nights.events()) == expected

    # The second whole crawl without it: cancelled. The library's page is as it was, an event's own is not.
    guild[FEED], library[event_page(4)] = feed([1, 2, 3, 4, 6], {2: 19}, {3: "CANCELLED"}), detail(4, hour=11)
    assert causes(nights.crawl(7)) == WELL
    expected["Fair marking for the guild"] = ("2027-03-05T16:00", "cancelled")
    expected["Chess at the library"] = ("2027-04-04T11:00", "rescheduled")
    assert short(nights.events()) == expected

    # It was a mistake: there it is again.
    guild[FEED] = feed(range(1, 7), {2: 19}, {3: "CANCELLED"})
    assert causes(nights.crawl(8)) == WELL
    expected["Fair marking for the guild"] = ("2027-03-05T16:00", "scheduled")
    last = nights.events()
    assert short(last) == expected
    assert all((last[uid].name, last[uid].created) == (event.name, event.created) for uid, event in first.items())
    # A subscriber hears of what has changed (of the library, that its new page tells the place), and of nothing else.
    unheard = {event.name for event in last.values() if event.sequence == 0}
    assert unheard == {
        "Reading aloud for the guild",
        "Chess for the guild",
        "Maps for the guild",
        "Maps at the library",
    }


@pytest.mark.parametrize(("etags", "status"), [(True, 304), (False, 200)])
def test_a_night_on_which_nothing_has_changed(nights: Nights, etags: bool, status: int) -> None:
    """Every page is asked for, and none is read or stored again: by its ETag, or by what it says."""
    nights.guild.etags = nights.library.etags = etags
    nights.crawl(2)
    before = nights.events()

    runs = nights.crawl(3)

    assert [status for _, status in nights.guild.asked + nights.library.asked] == [status] * 7
    assert [(run.unchanged, run.read, run.events) for run in runs.values()] == [(1, 0, 5), (6, 0, 5)]
    assert nights.events() == before


def test_what_is_long_unchanged_is_asked_for_less_often(nights: Nights) -> None:
    """An event's own page that has not changed for a month, while its listing does: not each night, but within days."""
    asked = {}
    for day in (2, 25, 26, 27, 28):
        nights.library.pages[LISTING] = cards(range(1, 6), more=f"<p>Seen {day} times</p>")
        nights.crawl(day)
        asked[day] = nights.library.statuses(event_page(1))

    assert asked == {2: [200], 25: [304], 26: [], 27: [], 28: [304]}


def test_two_events_that_share_a_page(nights: Nights) -> None:
    """It is asked for once, for the first of them; on nights on which it is fresh, for neither, and both stay as they were."""
    asked, seen = {}, {}
    for day in (2, 25, 26, 28):
        items = "".join(
            f"<item><title>{TOPICS[n]} at the library</title><guid>e{n}</guid><link>{event_page(1)}</link>"
            f"<ev:startdate>2027-04-{10 * n}</ev:startdate></item>"
            for n in (1, 2)
        )
        feed = f'<rss version="2.0" xmlns:ev="{EVENTS}"><channel><title>Seen {day} times</title>{items}</channel></rss>'
        nights.library.pages[LISTING] = f'<?xml version="1.0"?>{feed}'.encode()
        nights.crawl(day)
        asked[day], seen[day] = nights.library.statuses(event_page(1)), nights.events()

    assert asked == {2: [200], 25: [304], 26: [], 28: [304]}
    assert len(seen[2]) == 5 + 2
    assert seen[25] == seen[26] == seen[28] == seen[2]


def test_the_page_of_a_past_event_is_not_asked_for_again(nights: Nights) -> None:
    """It is over; what was known of it stays."""
    pages = nights.library.pages
    pages[LISTING] = cards(range(1, 6)).replace(b"April 1, 2027", b"November 3, 2026")
    pages[event_page(1)] = detail(1).replace(b"2027-04-01", b"2026-11-03")

    nights.crawl(2)
    assert nights.library.statuses(event_page(1)) == [200]
    nights.crawl(5)
    assert nights.library.statuses(event_page(1)) == []
    assert nights.library.statuses(event_page(2)) == [304]


def test_only_what_is_due(nights: Nights) -> None:
    """What was crawled today is left alone, and what changes seldom; `every` says otherwise."""
    often = Source(id="guild", name="Guild", url=FEED, every="1d")

    def due(day: int, *sources: Source) -> list[str]:
        now = datetime(2026, 11, day, 4, tzinfo=UTC)
        return [source.id for source in select_due(sources or (GUILD, LIBRARY), str(nights.store), now)]

    nights.crawl(2)
    assert due(2) == []
    assert due(3) == ["guild", "library"]
    nights.crawl(25)
    assert due(26) == []
    assert due(26, often, LIBRARY) == ["guild"]


def test_a_calendar_without_end_is_read_to_where_it_is_empty(nights: Nights) -> None:
    """Each month leads to the next; and one page has ever new addresses."""

    def link(month: int) -> str:
        return f'<a href="/?month=2027-{month:02}" rel="next">Next month</a>'

    nights.library.pages[LISTING] = cards(range(1, 6), more=link(5))
    for month in range(5, 60):
        nights.library.pages[f"{LISTING}?month=2027-{month:02}"] = cards([], more=link(month + 1))

    nights.crawl(2)

    assert len([url for url, _ in nights.library.asked if "?" in url]) == 6


def test_three_nights_over_http(site: Callable[[], Any], crawl: Callable[..., Any], tmp_path: Path) -> None:
    """The same over HTTP: what has not changed is neither sent nor read again, and what fails takes nothing away."""
    guild, library = site(), site()
    guild.pages = {"/feed.ics": feed(range(1, 6))}
    library.pages = {"/": cards(range(1, 6)), **{f"/events/{n}": detail(n) for n in TOPICS}}
    urls = {"guild": guild.url("/feed.ics"), "library": library.url("/")}
    entries = [f'[[source]]\nid = "{name}"\nname = "{name}"\nurl = "{url}"\n' for name, url in urls.items()]
    (tmp_path / "sources.toml").write_text("".join(entries), encoding="utf-8")

    def night(day: int, *words: str) -> Any:
        for one in (guild, library):
            one.asked.clear()
            one.sent = 0
        return crawl(*words, now=f"2026-11-{day:02}T04:00Z")

    def stored() -> dict[str, Event]:
        with Store.open(tmp_path / "s.db") as store:
            return {event.uid: event for event in store.get_events()}

    assert night(2).returncode == 0
    first, sent = stored(), guild.sent + library.sent
    assert len(first) == 10
    assert night(2, "--due").stdout == "no source is due\n"

    done = json.loads(night(3, "--json").stdout)
    assert guild.sent + library.sent < sent / 20
    assert {status for _, status in guild.asked + library.asked} == {304, 404}  # there is no robots.txt
    assert (done["unchanged"], done["events"], done["new"], done["changed"]) == (7, 10, 0, 0)
    assert stored() == first

    guild.pages["/feed.ics"] = lambda handler: handler.answer(503)
    library.pages["/"] = NO_EVENTS_HERE
    assert night(4).returncode == 3
    with Store.open(tmp_path / "s.db") as store:
        assert causes(store.get_last_runs()) == {"guild": "http", "library": "layout_changed"}
    assert stored() == first
