"""A week of nights on which everything happens, and the store that must come out of it; and nights on which nothing does."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from pipelines.store.store import Store
from symposia.event import Event
from symposia.moments import moment_text

TOPICS = {
    1: "Reading aloud",
    2: "Fractions",
    3: "School gardens",
    4: "Chess",
    5: "Fair marking",
    6: "Maps",
    7: "Poetry",
}
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


def broken(handler: Any) -> None:
    """A host that is not well."""
    handler.answer(503)


@pytest.fixture
def guild(site: Callable[[], Any]) -> Any:
    """A site with a calendar feed."""
    made = site()
    made.pages = {"/feed.ics": feed(range(1, 6))}
    return made


@pytest.fixture
def library(site: Callable[[], Any]) -> Any:
    """A site with a listing and a page an event."""
    made = site()
    made.pages = {"/": cards(range(1, 6)), **{f"/events/{n}": detail(n) for n in TOPICS}}
    return made


@pytest.fixture
def night(guild: Any, library: Any, crawl: Callable[..., Any], tmp_path: Path) -> Callable[[int], Any]:
    """Crawls both, on a night of November."""
    urls = {"guild": guild.url("/feed.ics"), "library": library.url("/")}
    entries = [f'[[source]]\nid = "{name}"\nname = "{name}"\nurl = "{url}"\n' for name, url in urls.items()]
    (tmp_path / "sources.toml").write_text("".join(entries), encoding="utf-8")

    def run(day: int, *words: str) -> Any:
        for one in (guild, library):
            one.asked.clear()
            one.sent = 0
        return crawl(*words, now=f"2026-11-{day:02}T04:00Z")

    return run


@pytest.fixture
def stored(tmp_path: Path) -> Callable[[], dict[str, Event]]:
    """What the store holds, by UID."""

    def read() -> dict[str, Event]:
        with Store.open(tmp_path / "s.db") as store:
            return {one.uid: one for one in store.get_events()}

    return read


def short(events: Mapping[str, Event]) -> dict[str, tuple[str, str]]:
    """Start and status of each event by its name; there is one of each name."""
    assert len({one.name for one in events.values()}) == len(events)
    return {one.name: (moment_text(one.start)[:16], one.status.value) for one in events.values()}


def test_a_week(
    guild: Any,
    library: Any,
    night: Callable[..., Any],
    stored: Callable[[], dict[str, Event]],
    tmp_path: Path,
) -> None:
    """Outages, redesigns, new events, moved and cancelled ones: at the end the store is exactly right."""

    def causes() -> dict[str, str | None]:
        with Store.open(tmp_path / "s.db") as store:
            return {name: run.cause for name, run in store.get_last_runs().items()}

    expected = {f"{TOPICS[n]} for the guild": (f"2027-03-{n:02}T16:00", "scheduled") for n in range(1, 6)}
    expected |= {f"{TOPICS[n]} at the library": (f"2027-04-{n:02}T10:00", "scheduled") for n in range(1, 6)}

    assert night(2).returncode == 0
    first = stored()
    assert short(first) == expected

    # The guild is down, and the library shows a page in which nothing is an event.
    guild.pages["/feed.ics"] = broken
    library.pages["/"] = b"<html><body><h1>Welcome to our new site</h1><p>Soon there is more here.</p></body></html>"
    assert night(3).returncode == 3
    assert causes() == {"guild": "http", "library": "layout_changed"}
    assert stored() == first

    # The guild is back with an event more; the library with the same in other clothes.
    guild.pages["/feed.ics"] = feed(range(1, 7))
    library.pages["/"] = rows(range(1, 6))
    assert night(4).returncode == 0
    expected["Maps for the guild"] = ("2027-03-06T16:00", "scheduled")
    assert short(stored()) == expected
    assert first.keys() < stored().keys()

    # One is moved by three hours, one is cancelled in words, one is listed no more; the library gains one.
    guild.pages["/feed.ics"] = feed([1, 2, 3, 4, 6], {2: 19}, {3: "CANCELLED"})
    library.pages["/"] = rows(range(1, 7))
    assert night(5).returncode == 0
    expected["Fractions for the guild"] = ("2027-03-02T19:00", "rescheduled")
    expected["School gardens for the guild"] = ("2027-03-03T16:00", "cancelled")
    expected["Maps at the library"] = ("2027-04-06T10:00", "scheduled")
    assert short(stored()) == expected

    # A night on which only the library answers: what the guild lists no more is no more missing than it was.
    guild.pages["/feed.ics"] = broken
    assert night(6).returncode == 3
    assert short(stored()) == expected

    # The second whole crawl without it: cancelled. The library's page is as it was, an event's own is not.
    guild.pages["/feed.ics"] = feed([1, 2, 3, 4, 6], {2: 19}, {3: "CANCELLED"})
    library.pages["/events/4"] = detail(4, hour=11)
    assert night(7).returncode == 0
    expected["Fair marking for the guild"] = ("2027-03-05T16:00", "cancelled")
    expected["Chess at the library"] = ("2027-04-04T11:00", "rescheduled")
    assert short(stored()) == expected

    # It was a mistake: there it is again.
    guild.pages["/feed.ics"] = feed(range(1, 7), {2: 19}, {3: "CANCELLED"})
    assert night(8).returncode == 0
    expected["Fair marking for the guild"] = ("2027-03-05T16:00", "scheduled")
    last = stored()
    assert short(last) == expected
    for uid, event in first.items():
        assert last[uid].name == event.name
        assert last[uid].created == event.created
    # A subscriber hears of what has changed (of the library, that its new page tells the place), and of nothing else.
    unheard = {event.name for event in last.values() if event.sequence == 0}
    assert unheard == {
        "Reading aloud for the guild",
        "Chess for the guild",
        "Maps for the guild",
        "Maps at the library",
    }


def test_a_night_on_which_nothing_has_changed(
    guild: Any, library: Any, night: Callable[..., Any], stored: Callable[[], dict[str, Event]]
) -> None:
    """Every page is asked for, by its ETag, and none is sent, read or stored again."""
    night(2)
    before, sent = stored(), guild.sent + library.sent

    done = json.loads(night(3, "--json").stdout)

    assert guild.sent + library.sent < sent / 20
    assert {status for _, status in guild.asked + library.asked} == {304, 404}  # there is no robots.txt
    assert (done["unchanged"], done["events"], done["new"], done["changed"]) == (7, 10, 0, 0)
    assert stored() == before


def test_pages_without_etag_are_known_by_what_they_say(
    library: Any, night: Callable[..., Any], stored: Callable[[], dict[str, Event]]
) -> None:
    """They are sent again, and not read again."""
    for path, body in list(library.pages.items()):
        library.pages[path] = lambda handler, body=body: handler.answer(200, body, {"Content-Type": "text/html"})
    night(2)
    before = stored()

    done = json.loads(night(3, "--json").stdout)

    assert done["unchanged"] == 7
    assert stored() == before


def test_what_is_long_unchanged_is_asked_for_less_often(library: Any, night: Callable[..., Any]) -> None:
    """An event's own page that has not changed for a month, while its listing does: not each night, but within days."""
    asked = {}
    for day in (2, 25, 26, 27, 28):
        library.pages["/"] = cards(range(1, 6), more=f"<p>Seen {day} times</p>")
        night(day)
        asked[day] = library.status_of("/events/1")

    assert asked == {2: [200], 25: [304], 26: [], 27: [], 28: [304]}


def test_two_events_that_share_a_page(
    library: Any, night: Callable[..., Any], stored: Callable[[], dict[str, Event]]
) -> None:
    """It is asked for once, for the first of them; on nights on which it rests, for neither, and both stay as they were."""
    asked, seen = {}, {}
    for day in (2, 25, 26, 28):
        items = "".join(
            f"<item><title>{TOPICS[n]} at the library</title><guid>e{n}</guid><link>{library.url('/events/1')}</link>"
            f"<ev:startdate>2027-04-{10 * n}</ev:startdate></item>"
            for n in (1, 2)
        )
        feed = f'<rss version="2.0" xmlns:ev="{EVENTS}"><channel><title>Seen {day} times</title>{items}</channel></rss>'
        library.pages["/"] = f'<?xml version="1.0"?>{feed}'.encode()
        night(day)
        asked[day], seen[day] = library.status_of("/events/1"), stored()

    assert asked == {2: [200], 25: [304], 26: [], 28: [304]}
    assert len(seen[2]) == 5 + 2
    assert seen[25] == seen[26] == seen[28] == seen[2]


def test_the_page_of_a_past_event_is_not_asked_for_again(library: Any, night: Callable[..., Any]) -> None:
    """It is over; what was known of it stays."""
    library.pages["/"] = cards(range(1, 6)).replace(b"April 1, 2027", b"November 3, 2026")
    library.pages["/events/1"] = detail(1).replace(b"2027-04-01", b"2026-11-03")

    night(2)
    assert library.status_of("/events/1") == [200]
    night(5)
    assert library.status_of("/events/1") == []
    assert library.status_of("/events/2") == [304]


def test_only_what_is_due(guild: Any, library: Any, night: Callable[..., Any], tmp_path: Path) -> None:
    """`--due` leaves alone what was crawled today, and what changes seldom; `every` says otherwise."""
    night(2)
    assert night(2, "--due").stdout == "no source is due\n"
    assert night(3, "--due").stdout.startswith("2 sources: 2 ok")
    night(25)
    assert night(26, "--due").stdout == "no source is due\n"

    catalogue = tmp_path / "sources.toml"
    catalogue.write_text(catalogue.read_text(encoding="utf-8").replace("id =", 'every = "1d"\nid =', 1))
    assert night(26, "--due").stdout.startswith("1 sources: 1 ok")


def test_a_calendar_without_end_is_read_to_where_it_is_empty(library: Any, night: Callable[..., Any]) -> None:
    """Each month leads to the next; and one page goes by ever new names."""
    month = lambda number: f'<a href="/?month=2027-{number:02}" rel="next">Next month</a>'  # noqa: E731 - local shorthand
    library.pages["/"] = cards(range(1, 6), more=month(5))
    for number in range(5, 60):
        library.pages[f"/?month=2027-{number:02}"] = cards([], more=month(number + 1))

    night(2)

    assert len([path for path, _ in library.asked if path.startswith("/?")]) == 6
