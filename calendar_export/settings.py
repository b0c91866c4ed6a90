"""What a person decides of an export: its title, its public address, and feeds of their own (symposia.toml)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from calendar_export.feeds import TITLE, Feed, is_feed_name, is_shipped
from calendar_export.query import Where, where_of
from symposia.errors import QueryError, SettingsError
from symposia.lexicon.toml_files import toml_at

FILE = Path("symposia.toml")
"""The settings that are read where none are named, if there are any."""
MAX_FEEDS = 500
MAX_ALARM = 60
"""Days before a deadline at which an alarm may ring, at most."""
_KEYS = {"title": str, "url": str, "feed": list}
_FEED_KEYS = {"name": str, "title": str, "where": str, "deadlines": bool, "alarm": int}


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportSettings:
    """`title`: what the export is called. `url`: where it is published, with a slash at its end; None where unknown. `feeds`: own ones."""

    title: str = TITLE
    url: str | None = None
    feeds: tuple[Feed, ...] = ()


def load_settings(path: Path) -> ExportSettings:
    """The settings at `path`. Raises SettingsError naming the file, the entry and the fault."""
    try:
        data = toml_at(path)
    except (OSError, ValueError) as error:
        raise SettingsError(f"{path}: {error}") from error
    faults = [f"{path}: {fault}" for fault in _faults(data)]
    if faults:
        raise SettingsError("\n".join(faults))
    url = data.get("url")
    try:
        feeds = tuple(own_feed(**one) for one in data.get("feed", ()))
    except SettingsError as error:
        raise SettingsError(f"{path}: {error}") from error
    return ExportSettings(title=data.get("title") or TITLE, url=url and f"{url.rstrip('/')}/", feeds=feeds)


def settings_at(path: Path | None) -> ExportSettings:
    """The settings at `path`, or in symposia.toml where there is one, or none. Raises SettingsError."""
    if path is None and not FILE.exists():
        return ExportSettings()
    return load_settings(path or FILE)


def own_feed(
    name: str, where: str = "", title: str | None = None, *, deadlines: bool = False, alarm: int | None = None
) -> Feed:
    """A feed that a person asks for. Raises SettingsError where its name, its question or its alarm is none."""
    if not is_feed_name(name):
        raise SettingsError(f"feed {name!r}: the name is not of a-z, 0-9 and -")
    if is_shipped(name):
        raise SettingsError(f"feed {name!r}: that is the name of a feed that every export has")
    if alarm is not None and not (deadlines and 0 < alarm <= MAX_ALARM):
        raise SettingsError(
            f"feed {name!r}: alarm is a number of days from 1 to {MAX_ALARM}, of a feed with deadlines = true"
        )
    return Feed(
        name=name,
        title=title or f"{TITLE}: {name.replace('-', ' ')}",
        description=f"Events that match: {where}" if where else "Every event that is known.",
        where=_asked(name, where),
        group="own",
        deadlines=deadlines,
        alarm=alarm,
    )


def _asked(name: str, where: str) -> Where:
    try:
        return where_of(where)
    except QueryError as error:
        raise SettingsError(f"feed {name!r}: where: {error}") from error


def _faults(data: Mapping[str, Any]) -> Iterator[str]:
    yield from _wrong(data, _KEYS)
    if isinstance(data.get("url"), str) and not _is_address(data["url"]):
        yield "url is no address of a folder, like https://events.example/calendars/"
    feeds = data.get("feed", [])
    if not isinstance(feeds, list) or len(feeds) > MAX_FEEDS:
        yield f"feeds are written as [[feed]], {MAX_FEEDS} at most"
        return
    names: set[str] = set()
    for number, feed in enumerate(feeds, start=1):
        yield from (f"feed {number}: {fault}" for fault in _feed_faults(feed, names))


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    plain = url.isascii() and url.isprintable() and not set(url) & set(" <>\"'?#")
    return plain and parts.scheme in ("http", "https") and bool(parts.hostname)


def _feed_faults(feed: Any, names: set[str]) -> Iterator[str]:
    if not isinstance(feed, dict) or not isinstance(feed.get("name"), str):
        yield "has no name"
        return
    yield from _wrong(feed, _FEED_KEYS)
    if feed["name"] in names:
        yield f"the name {feed['name']!r} stands there twice"
    names.add(feed["name"])


def _wrong(data: Mapping[str, Any], known: Mapping[str, type]) -> Iterator[str]:
    for key, value in data.items():
        if key not in known:
            yield f"unknown key {key!r}; known are {', '.join(known)}"
        elif not isinstance(value, known[key]) or (known[key] is int and isinstance(value, bool)):
            yield f"{key} is no {known[key].__name__}"
