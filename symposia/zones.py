"""Time zones by any of their names: IANA's, Windows', and those that calendar programs make up."""

from __future__ import annotations

import re
import tomllib
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
_NO_ZONES = {"factory", "localtime"}
"""Files of a zone database (IANA tz) that are no zones."""
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
"""Zones that are tried first for a zone that a calendar defines itself: most calendars use one of these."""
_AREAS = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")
_MAX_NAME = 200
"""Characters of a name: the longest of zones.toml has 54, and calendars put an offset or a path before it."""

_offset_prefix = re.compile(r"^\((?:utc|gmt)[^)]{0,12}\)\s*", re.IGNORECASE)
_number_suffix = re.compile(r"\s+\d$")
_and = re.compile(r"\s+and\s+")
_space_before_colon = re.compile(r"\s+:")


@lru_cache(maxsize=1024)
def resolve_zone(name: str | None) -> str | None:
    """The IANA name of the zone that a name means; None where it means none that is known.

    It knows IANA names in any case, Windows names (CLDR's windowsZones), what Windows, Zoom and Rails show for them
    (zones.toml), and each of these after a vendor's path.

    >>> resolve_zone("Eastern Standard Time"), resolve_zone("(UTC-05:00) Eastern Time (US and Canada)")
    ('America/New_York', 'America/New_York')
    >>> resolve_zone("/citadel.org/20210210_1/Europe/London"), resolve_zone("Amsterdam, Berlin, Bern")
    ('Europe/London', 'Europe/Amsterdam')
    >>> resolve_zone("Paris, Texas") is None
    True
    """
    if not name or len(name) > _MAX_NAME:
        return None
    plain = _number_suffix.sub("", name.strip().strip("\"'").strip())
    known = _zone_by_name(plain.casefold())
    if known:
        return known
    shown = _offset_prefix.sub("", plain)
    return _zone_by_name(_as_shown(shown)) or _zone_by_path(plain) or _zone_by_cities(shown, sure=shown != plain)


@cache
def shown_names() -> dict[str, str]:
    """IANA zones by the names that programs show to people, casefolded, with "&" for "and"."""
    stated: dict[str, str] = tomllib.loads((Path(__file__).parent / "zones.toml").read_text(encoding="utf-8"))["shown"]
    return {name: WINDOWS_TO_OLSON.get(zone, zone) for name, zone in stated.items()}


def zone_like(zone: tzinfo, near: datetime, prefer: Iterable[str | None] = ()) -> str | None:
    """An IANA zone whose clocks agree with `zone` in each month of a year; None where there is none.

    For zones that a calendar defines itself (VTIMEZONE, RFC 5545, 3.6.5) under a name of its own.

    Args:
        zone: The zone.
        near: The moment whose year is looked at.
        prefer: IANA names that are tried first; None among them is passed over.
    """
    moments = [datetime(near.year, month, 15, 12, tzinfo=UTC) for month in range(1, 13)]
    offsets = [moment.astimezone(zone).utcoffset() for moment in moments]
    names = [name for name in prefer if name] + _COMMON + sorted(set(WINDOWS_TO_OLSON.values()))
    for name in names:
        if [moment.astimezone(ZoneInfo(name)).utcoffset() for moment in moments] == offsets:
            return name
    return None


@cache
def _zones_by_name() -> dict[str, str]:
    names = {name.casefold(): name for name in available_timezones() if not name.startswith(("posix", "right"))}
    names.update({name.casefold(): zone for name, zone in WINDOWS_TO_OLSON.items()})
    names.update(shown_names())
    names.update(dict.fromkeys(_UTC_NAMES, "UTC"))
    return {name: zone for name, zone in names.items() if name not in _NO_ZONES}


def _zone_by_name(name: str) -> str | None:
    return _zones_by_name().get(name) or _zones_by_name().get(f"{name} standard time")


def _zone_by_path(name: str) -> str | None:
    """`/citadel.org/20210210_1/Europe/London`: the longest tail that is a zone."""
    parts = name.split("/")
    tails = ("/".join(parts[start:]).casefold() for start in range(1, len(parts)))
    return next((_zones_by_name()[tail] for tail in tails if tail in _zones_by_name()), None)


def _as_shown(name: str) -> str:
    """A name as zones.toml writes it."""
    return _space_before_colon.sub(":", _and.sub(" & ", " ".join(name.casefold().split())))


def _zone_by_cities(name: str, *, sure: bool) -> str | None:
    """`Amsterdam, Berlin, Bern`: the zone named for the first city that has one.

    Unless it is `sure` that these are zones, two of several must be: `Paris, Texas` is a place.
    """
    cities = [city.strip().casefold().replace(" ", "_") for city in name.split(",")]
    found = [zone for city in cities if (zone := _zones_by_city().get(city))]
    return found[0] if found and (sure or len(found) >= min(2, len(cities))) else None


@cache
def _zones_by_city() -> dict[str, str]:
    zones = sorted(available_timezones())
    return {zone.rsplit("/", 1)[1].casefold(): zone for zone in zones if zone.startswith(_AREAS)}
