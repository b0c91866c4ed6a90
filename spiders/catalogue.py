"""The catalogue: the sources, each with what its own pages do not state (its time zone, its language)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from difflib import get_close_matches
from functools import cache, cached_property
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from babel.core import get_global

from symposia.errors import CatalogueError
from symposia.schedule import parse_period
from symposia.text.toml_files import MAX_SIZE, toml_of

MAX_FAULTS = 50
"""Faults that one error names: nobody mends more at once."""
_MAX_BOUND = 10_000
"""Largest max_pages and max_details: at the pace of a polite crawl, more would take longer than a night."""

_is_slug = re.compile(r"[a-z0-9][a-z0-9-]{0,99}").fullmatch
_is_subdivision = re.compile(r"[A-Z0-9]{1,3}").fullmatch
_is_language_tag = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*").fullmatch


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One listing.

    Attributes:
        id: What it is called in the store and in commands; it never changes.
        url: Where the listing begins.
        kind: The format that it must have (see `symposia add`); None: any.
        timezone: Of its events, where its pages do not say (IANA).
        language: Of its pages, where they do not say (BCP 47).
        region: Of its events, where its pages do not say (ISO 3166-1 or 3166-2).
        topics: Slugs of what its events are most likely about.
        verified: It is crawled without being named.
        max_pages: How many pages of the listing are read.
        max_details: How many of its events' own pages are read.
        browser: Scripts make its pages, which are read as a browser shows them.
        every: How often it is crawled ("12h", "1d", "2w"); None: as often as it changes.
        note: For people.
    """

    id: str
    name: str
    url: str
    kind: str | None = None
    timezone: str | None = None
    language: str | None = None
    region: str | None = None
    topics: tuple[str, ...] = ()
    verified: bool = True
    max_pages: int = 20
    max_details: int = 100
    browser: bool = False
    every: str | None = None
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """The sources of one file, in its order."""

    path: Path
    sources: tuple[Source, ...]

    @cached_property
    def _by_id(self) -> dict[str, Source]:
        return {source.id: source for source in self.sources}

    @property
    def verified(self) -> tuple[Source, ...]:
        """The sources that are crawled without being named."""
        return tuple(source for source in self.sources if source.verified)

    def get(self, name: str) -> Source | None:
        """Get the source of that id; None where there is none."""
        return self._by_id.get(name)


def load_catalogue(path: Path) -> Catalogue:
    """Load the catalogue of a file.

    Raises:
        CatalogueError: It cannot be used; with a line for each fault, which names the file, the entry and what is wrong.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MAX_SIZE + 1)
    except OSError as error:
        raise CatalogueError(f"{path}: {error.strerror}") from error
    return Catalogue(path=path.resolve(), sources=parse_catalogue(content, str(path)))


def parse_catalogue(content: bytes, name: str) -> tuple[Source, ...]:
    """Parse the content of a catalogue that is called `name` in errors.

    Raises:
        CatalogueError: It cannot be used; with a line for each fault, as from `load_catalogue`.
    """
    try:
        data = toml_of(content)
    except ValueError as error:
        raise CatalogueError(f"{name}: {error}") from error
    entries = data.pop("source", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise CatalogueError(f"{name}: sources are written as [[source]]")
    cleaned = [{key: value for key, value in entry.items() if value != ""} for entry in entries]
    # Stop at MAX_FAULTS: guessing what was meant takes time.
    if faults := list(islice(_find_catalogue_faults(data, cleaned), MAX_FAULTS)):
        raise CatalogueError("\n".join(f"{name}: {fault}" for fault in faults))
    return tuple(Source(**{**entry, "topics": tuple(entry.get("topics", ()))}) for entry in cleaned)


def _find_catalogue_faults(others: Mapping[str, Any], entries: list[dict[str, Any]]) -> Iterator[str]:
    yield from (f"unknown table {key!r}{_suggest(key, ['source'])}" for key in others)
    for number, entry in enumerate(entries, start=1):
        yield from (f"{_describe_entry(entry, number)}: {fault}" for fault in _find_entry_faults(entry))
    yield from _find_repeated_sources(entries)


def _describe_entry(entry: Mapping[str, Any], number: int) -> str:
    return f"source {entry['id']!r}" if isinstance(entry.get("id"), str) else f"source number {number}"


def _find_entry_faults(entry: Mapping[str, Any]) -> Iterator[str]:
    known = {field.name for field in fields(Source)}
    for key in entry.keys() - known:
        yield f"unknown key {key!r}{_suggest(key, known)}"
    for key in ("id", "name", "url"):
        if key not in entry:
            yield f"{key} is missing"
    for key, value in entry.items():
        if key in known and (fault := _find_value_fault(key, value)):
            yield f"{key}: {fault}"


def _find_value_fault(key: str, value: Any) -> str | None:
    wanted = _TYPES.get(key, str)
    if not isinstance(value, wanted) or (isinstance(value, bool) and wanted is not bool):
        return f"{value!r} is not {_TYPE_NAMES[wanted]}"
    return _CHECKS.get(key, lambda _: None)(value)


def _check_id(value: str) -> str | None:
    return None if _is_slug(value) else f"{value!r} is not of a-z, 0-9 and -, 100 at most"


def find_url_fault(value: str) -> str | None:
    """Find what keeps a text from being the address of a source; None where nothing does."""
    try:
        parts = urlsplit(value)
        parts.port  # noqa: B018 - raises ValueError for a bad one
    except ValueError as error:
        return f"{value!r}: {error}"
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return f"{value!r} is not an http or https address"
    return f"{value!r} holds a password" if parts.password or parts.username else None


def _check_zone(value: str) -> str | None:
    return None if value in _zones() else f"{value!r} is no IANA zone{_suggest(value, _zones())}"


@cache
def _zones() -> frozenset[str]:
    """The IANA zones; zoneinfo walks through its folders anew at each call."""
    return frozenset(available_timezones())


def _check_language(value: str) -> str | None:
    return None if _is_language_tag(value) else f"{value!r} is no BCP 47 language tag"


def _check_region(value: str) -> str | None:
    country, _, part = value.partition("-")
    known = country in get_global("territory_currencies") and (not part or _is_subdivision(part))
    return None if known else f"{value!r} is no ISO 3166 code of a country, or of a part of one (US, US-IL)"


def _check_topics(value: list[Any]) -> str | None:
    wrong = [topic for topic in value if not isinstance(topic, str) or not _is_slug(topic)]
    return f"{wrong[0]!r} is no topic's slug" if wrong else None


def _check_bound(value: int) -> str | None:
    return None if 0 <= value <= _MAX_BOUND else f"{value} is not between 0 and {_MAX_BOUND}"


def _check_period(value: str) -> str | None:
    try:
        parse_period(value)
    except ValueError as error:
        return str(error)
    return None


_TYPES: dict[str, type] = {"topics": list, "verified": bool, "browser": bool, "max_pages": int, "max_details": int}
_TYPE_NAMES = {str: "text", list: "a list", bool: "true or false", int: "a whole number"}
_CHECKS: dict[str, Callable[[Any], str | None]] = {
    "id": _check_id,
    "url": find_url_fault,
    "timezone": _check_zone,
    "language": _check_language,
    "region": _check_region,
    "topics": _check_topics,
    "every": _check_period,
    "max_pages": _check_bound,
    "max_details": _check_bound,
}


def _find_repeated_sources(entries: list[dict[str, Any]]) -> Iterator[str]:
    for key in ("id", "url"):
        counts = Counter(value for entry in entries if isinstance(value := entry.get(key), str))
        yield from (f"{key} {value!r} is given {count} times" for value, count in counts.items() if count > 1)


def _suggest(word: str, known: Any) -> str:
    close = get_close_matches(word, sorted(known), n=1)
    return f" (did you mean {close[0]!r}?)" if close else ""
