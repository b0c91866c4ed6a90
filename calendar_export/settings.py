"""What a person decides about an export, in symposia.toml: its title, its public address, and feeds of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from calendar_export.feeds import DEFAULT_TITLE, Feed, is_feed_name, is_shipped_name
from calendar_export.query import EventFilter, parse_query
from symposia.errors import QueryError, SettingsError
from symposia.text.toml_files import toml_at

DEFAULT_FILE = Path("symposia.toml")
"""Read where no settings are named, if it exists."""
MAX_FEEDS = 500
"""Feeds of one's own: each costs time in every export."""
MAX_ALARM_DAYS = 60
"""Days before a deadline at which an alarm may ring: few events are announced much earlier."""
_KEYS = {"title": str, "url": str, "feed": list}
_FEED_KEYS = {"name": str, "title": str, "where": str, "deadlines": bool, "alarm": int}
_TYPE_WORDS = {str: "a text in quotes", bool: "true or false", int: "a whole number", list: "a list"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportSettings:
    """The settings of an export.

    Attributes:
        title: What the export is called.
        url: The address of its folder on the web, with a slash at the end; None where it is unknown.
        feeds: Feeds beside those that every export has.
    """

    title: str = DEFAULT_TITLE
    url: str | None = None
    feeds: tuple[Feed, ...] = ()


def load_settings(path: Path) -> ExportSettings:
    """Read the settings at `path`.

    Raises:
        SettingsError: The file cannot be read, or is wrong; a line for each fault, with the file and the entry.
    """
    try:
        data = toml_at(path)
    except (OSError, ValueError) as error:
        raise SettingsError(f"{path}: {error}") from error
    faults = [f"{path}: {fault}" for fault in _find_settings_faults(data)]
    if faults:
        raise SettingsError("\n".join(faults))
    url = data.get("url")
    try:
        feeds = tuple(own_feed(**entry) for entry in data.get("feed", ()))
    except SettingsError as error:
        raise SettingsError(f"{path}: {error}") from error
    return ExportSettings(title=data.get("title") or DEFAULT_TITLE, url=url and f"{url.rstrip('/')}/", feeds=feeds)


def settings_at(path: Path | None) -> ExportSettings:
    """Read the settings at `path`, else in `DEFAULT_FILE` if it exists, else none. Raises SettingsError."""
    if path is None and not DEFAULT_FILE.exists():
        return ExportSettings()
    return load_settings(path or DEFAULT_FILE)


def own_feed(
    name: str, where: str = "", title: str | None = None, *, deadlines: bool = False, alarm: int | None = None
) -> Feed:
    """Make a feed of a person's own.

    Args:
        name: Names its file; it may not be one that every export uses.
        where: A query for its events, as `parse_query` reads it; "" for all events.
        title: What calendars call it; made from the name where None.
        deadlines: It holds the deadlines of these events instead of the events.
        alarm: Days before each deadline at which an alarm rings.

    Raises:
        SettingsError: The name, the query or the alarm is wrong.
    """
    if not is_feed_name(name):
        raise SettingsError(f"feed {name!r}: the name may hold only a-z, 0-9 and -")
    if is_shipped_name(name):
        raise SettingsError(f"feed {name!r}: every export has, or may get, a feed of that name")
    if alarm is not None and not (deadlines and 0 < alarm <= MAX_ALARM_DAYS):
        raise SettingsError(
            f"feed {name!r}: alarm must be a number of days from 1 to {MAX_ALARM_DAYS}, and needs deadlines = true"
        )
    return Feed(
        name=name,
        title=title or f"{DEFAULT_TITLE}: {name.replace('-', ' ')}",
        description=f"Events that match: {where}" if where else "Every event that is known.",
        filter=_parse_where(name, where),
        group="own",
        deadlines=deadlines,
        alarm=alarm,
    )


def _parse_where(name: str, where: str) -> EventFilter:
    try:
        return parse_query(where)
    except QueryError as error:
        raise SettingsError(f"feed {name!r}: where: {error}") from error


def _find_settings_faults(data: Mapping[str, Any]) -> Iterator[str]:
    yield from _find_key_faults(data, _KEYS)
    if isinstance(data.get("url"), str) and not _is_folder_url(data["url"]):
        yield "url must be the address of a folder, like https://events.example/calendars/"
    feeds = data.get("feed", [])
    if not isinstance(feeds, list) or len(feeds) > MAX_FEEDS:
        yield f"feeds must be written as [[feed]], at most {MAX_FEEDS}"
        return
    names: set[str] = set()
    for number, feed in enumerate(feeds, start=1):
        yield from (f"feed {number}: {fault}" for fault in _find_feed_faults(feed, names))


def _is_folder_url(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    plain = url.isascii() and url.isprintable() and not set(url) & set(" <>\"'?#")
    return plain and parts.scheme in ("http", "https") and bool(parts.hostname)


def _find_feed_faults(feed: Any, names: set[str]) -> Iterator[str]:
    if not isinstance(feed, dict) or not isinstance(feed.get("name"), str):
        yield "has no name"
        return
    yield from _find_key_faults(feed, _FEED_KEYS)
    if feed["name"] in names:
        yield f"the name {feed['name']!r} is used twice"
    names.add(feed["name"])


def _find_key_faults(data: Mapping[str, Any], known: Mapping[str, type]) -> Iterator[str]:
    for key, value in data.items():
        if key not in known:
            yield f"unknown key {key!r}; known keys: {', '.join(known)}"
        elif not isinstance(value, known[key]) or (known[key] is int and isinstance(value, bool)):
            yield f"{key} must be {_TYPE_WORDS[known[key]]}"
