"""Time zones by any of their names: IANA's, Windows', and those that calendar programs make up."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, tzinfo
from functools import cache, lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

_UTC_NAMES = {
    "utc",
    "gmt",
    "z",
    "zulu",
    "etc/utc",
    "etc/gmt",
    "greenwich mean time",
    "coordinated universal time",
    "universal time utc",
}

_offset_prefix = re.compile(r"^\((?:utc|gmt)[^)]{0,12}\)\s*", re.IGNORECASE)
_numbered = re.compile(r"\s+\d$")
_and = re.compile(r"\s+and\s+")
_colon = re.compile(r"\s+:")
_MAX_NAME = 200


@lru_cache(maxsize=1024)
def resolve_zone(name: str | None, region: str | None = None) -> str | None:
    """The IANA name of the zone that `name` means; None where no zone is known by it.

    Takes IANA names in any case, Windows names, what Windows, Zoom and Rails show for them ("(UTC+01:00) Amsterdam, Berlin
    ...", "Eastern Time (US and Canada)": zones.toml), and names with a vendor's path before them. `region` (ISO 3166) is for names that mean different zones in
    different countries; no such name is read yet.
    """
    if not name or len(name) > _MAX_NAME:
        return None
    plain = _numbered.sub("", name.strip().strip("\"'").strip())
    known = _by_name(plain.casefold())
    if known:
        return known
    shown = _offset_prefix.sub("", plain)
    return _by_name(_as_shown(shown)) or _by_path(plain) or _by_cities(shown, sure=shown != plain)


@cache
def shown_names() -> dict[str, str]:
    """IANA zones by the names that programs show to people, casefolded, with "&" for "and"."""
    import tomllib  # here, as few readers of dates come this far, and importing it takes milliseconds

    stated: dict[str, str] = tomllib.loads((Path(__file__).parent / "zones.toml").read_text(encoding="utf-8"))["shown"]
    return {name: WINDOWS_TO_OLSON.get(zone, zone) for name, zone in stated.items()}


def zone_like(zone: tzinfo, near: datetime, prefer: Iterable[str | None] = ()) -> str | None:
    """An IANA zone whose clocks agree with `zone` in each month of the year of `near`; None where there is none.

    For zones that a calendar defines itself (VTIMEZONE) under a name of its own. `prefer` is asked first.
    """
    moments = [datetime(near.year, month, 15, 12, tzinfo=UTC) for month in range(1, 13)]
    offsets = [moment.astimezone(zone).utcoffset() for moment in moments]
    names = [name for name in prefer if name] + _COMMON + sorted(set(WINDOWS_TO_OLSON.values()))
    for name in names:
        if [moment.astimezone(ZoneInfo(name)).utcoffset() for moment in moments] == offsets:
            return name
    return None


_COMMON = [
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "Europe/London",
    "Europe/Brussels",
    "Europe/Helsinki",
    "UTC",
    "Australia/Sydney",
]


@cache
def _names() -> dict[str, str]:
    names = {name.casefold(): name for name in available_timezones() if not name.startswith(("posix", "right"))}
    names.update({name.casefold(): zone for name, zone in WINDOWS_TO_OLSON.items()})
    names.update(shown_names())
    names.update(dict.fromkeys(_UTC_NAMES, "UTC"))
    # "factory" and "localtime" are files of a zone database, not zones.
    return {name: zone for name, zone in names.items() if name not in {"factory", "localtime"}}


def _by_name(name: str) -> str | None:
    return _names().get(name) or _names().get(f"{name} standard time")


def _by_path(name: str) -> str | None:
    """`/citadel.org/20210210_1/Europe/London`: the longest tail that is a zone."""
    parts = name.split("/")
    tails = ("/".join(parts[start:]).casefold() for start in range(1, len(parts)))
    return next((_names()[tail] for tail in tails if tail in _names()), None)


def _as_shown(name: str) -> str:
    """A name as zones.toml writes it."""
    return _colon.sub(":", _and.sub(" & ", " ".join(name.casefold().split())))


def _by_cities(name: str, *, sure: bool) -> str | None:
    """`Amsterdam, Berlin, Bern`: the zone named for the first city that has one.

    Unless it is `sure` that these are zones, two of several must be: `Paris, Texas` is a place.
    """
    cities = [city.strip().casefold().replace(" ", "_") for city in name.split(",")]
    found = [zone for city in cities if (zone := _cities().get(city))]
    return found[0] if found and (sure or len(found) >= min(2, len(cities))) else None


@cache
def _cities() -> dict[str, str]:
    areas = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")
    return {zone.rsplit("/", 1)[1].casefold(): zone for zone in sorted(available_timezones()) if zone.startswith(areas)}
