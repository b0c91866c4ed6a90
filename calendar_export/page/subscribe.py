"""How to subscribe to a feed: the links that each calendar program takes."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from calendar_export.feeds import DEADLINES, Feed
from calendar_export.page.site import Site
from calendar_export.paths import feed_path

_GROUP_TITLES = {
    "": "For everyone",
    "own": "Own calendars",
    "topic": "By topic",
    "kind": "By kind of event",
    "mode": "Online or in person",
    "language": "By language",
    "country": "By country",
}
"""The titles of the groups of feeds, in the order in which people look for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A feed with the links to subscribe to it; they are None where the address of the export is unknown.

    Attributes:
        short: The title without what all titles begin with.
        count: The number of its entries.
        path: Its file, below the folder of the export.
        table: The same events as a table, below that folder; None where there is none.
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
    """The links for the feed of that name; None where the site has no such feed."""
    return next((_subscription_to(site, feed, count) for feed, count in site.feeds if feed.name == name), None)


def feed_groups(site: Site) -> list[tuple[str, list[Subscription]]]:
    """All feeds under the titles of their groups."""
    groups: dict[str, list[Subscription]] = {group: [] for group in _GROUP_TITLES}
    for feed, count in site.feeds:
        groups.setdefault(feed.group, []).append(_subscription_to(site, feed, count))
    return [(_GROUP_TITLES.get(group, group.capitalize()), feeds) for group, feeds in groups.items() if feeds]


def _subscription_to(site: Site, feed: Feed, count: int) -> Subscription:
    path = feed_path(feed.name)
    address = f"{site.url}{path}" if site.url else None
    webcal = f"webcal://{address.partition('://')[2]}" if address else None
    query = urlencode({"url": address, "name": feed.title}, quote_via=quote) if address else ""
    return Subscription(
        name=feed.name,
        title=feed.title,
        short=feed.title.partition(": ")[2] or feed.title,
        description=feed.description,
        count=count,
        path=path,
        table=_table_path(feed),
        address=address,
        webcal=webcal,
        google=f"https://calendar.google.com/calendar/r?{urlencode({'cid': webcal})}" if webcal else None,
        outlook=f"https://outlook.live.com/calendar/0/addfromweb?{query}" if address else None,
        office=f"https://outlook.office.com/calendar/0/addfromweb?{query}" if address else None,
    )


def _table_path(feed: Feed) -> str | None:
    if feed.name == "all":
        return "tables/events.csv"
    if feed.name == DEADLINES:
        return "tables/deadlines.csv"
    return f"tables/{feed.name}.csv" if feed.group == "topic" else None
