"""How one subscribes to a feed: the links that each calendar program takes."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from calendar_export.feeds import Feed
from calendar_export.page.site import Site

_GROUPS = {
    "": "For everyone",
    "own": "Own calendars",
    "topic": "By topic",
    "kind": "By kind of event",
    "mode": "Online or in person",
    "language": "By language",
    "country": "By country",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A feed to subscribe to. `path`: its file, below the export. The links are None where the public address is unknown.

    `table`: the path of the same events as a table; None where there is none.
    """

    name: str
    title: str
    short: str
    description: str
    count: int
    path: str
    table: str | None
    address: str | None
    webcal: str | None
    google: str | None
    outlook: str | None
    office: str | None


def subscription(site: Site, name: str) -> Subscription | None:
    """How to subscribe to the feed of that name; None where the site has none."""
    return next((_subscription(site, feed, count) for feed, count in site.feeds if feed.name == name), None)


def feed_groups(site: Site) -> list[tuple[str, list[Subscription]]]:
    """All feeds under the names of their groups, in the order that people look for them."""
    groups: dict[str, list[Subscription]] = {group: [] for group in _GROUPS}
    for feed, count in site.feeds:
        groups.setdefault(feed.group, []).append(_subscription(site, feed, count))
    return [(_GROUPS.get(group, group.capitalize()), found) for group, found in groups.items() if found]


def _subscription(site: Site, feed: Feed, count: int) -> Subscription:
    path = f"feeds/{feed.name}.ics"
    address = f"{site.url}{path}" if site.url else None
    webcal = f"webcal://{address.partition('://')[2]}" if address else None
    asked = urlencode({"url": address, "name": feed.title}, quote_via=quote) if address else ""
    return Subscription(
        name=feed.name,
        title=feed.title,
        short=feed.title.partition(": ")[2] or feed.title,
        description=feed.description,
        count=count,
        path=path,
        table=_table(feed),
        address=address,
        webcal=webcal,
        google=f"https://calendar.google.com/calendar/r?{urlencode({'cid': webcal})}" if webcal else None,
        outlook=f"https://outlook.live.com/calendar/0/addfromweb?{asked}" if address else None,
        office=f"https://outlook.office.com/calendar/0/addfromweb?{asked}" if address else None,
    )


def _table(feed: Feed) -> str | None:
    if feed.name == "all":
        return "tables/events.csv"
    if feed.deadlines and feed.name == "deadlines":
        return "tables/deadlines.csv"
    return f"tables/{feed.name}.csv" if feed.group == "topic" else None
