"""Check what Symposia runs on and reads: Python, clock, time zones, catalogue, settings, extras."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from zoneinfo import ZoneInfo

from calendar_export.settings import settings_at
from commands.doctor.findings import Finding, fault, ok, warning
from commands.options import load_catalogue_at
from commands.stored import load_overrides_at
from pipelines.topics.taxonomy import shipped_taxonomy
from spiders.settings import SYMPOSIA_CHROMIUM
from symposia.errors import SymposiaError

_YEAR_OF_RELEASE = 2026
"""A clock that shows an earlier year is wrong."""
_MAX_AHEAD = timedelta(days=1)
"""How far in the future a file may have been written: other machines' clocks differ, by a wrong time zone at most."""
_SET_CLOCK = "set it: timedatectl set-ntp true"
_ZONES = {
    "America/New_York": (-5, -4),
    "Europe/Berlin": (1, 2),
    "Asia/Kolkata": (5.5, 5.5),
    "Australia/Sydney": (11, 10),
}
"""Hours from UTC on 1 January and 1 July: zones far apart, with and without summer time, on both hemispheres."""
_EXTRAS = {
    "browser": ("scrapy_playwright", "sources whose pages scripts make"),
    "notify": ("apprise", "`symposia health --notify`"),
    "serve": ("starlette", "`symposia serve`"),
}


def check_python() -> Finding:
    """Say which Python runs; pip made sure that it is new enough."""
    return ok("Python", f"{sys.version.split()[0]}, in {sys.prefix}")


def check_clock(now: datetime, written: Iterable[Path]) -> Finding:
    """Check the clock: every page is dated by it. It went back if one of the files `written` is from the future."""
    words = f"{now:%Y-%m-%d %H:%M} UTC"
    if now.year < _YEAR_OF_RELEASE:
        return fault("clock", f"{words} is before Symposia was released", _SET_CLOCK)
    for path in written:
        with suppress(OSError):
            at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            if at > now + _MAX_AHEAD:
                words += f", yet {path} was written on {at:%Y-%m-%d %H:%M}"
                return warning("clock", words, f"if the clock is wrong, {_SET_CLOCK}")
    return ok("clock", words)


def check_time_zones() -> Finding:
    """Check that time zones are known, with the rules of today."""
    try:
        wrong = [name for name, hours in _ZONES.items() if _utc_offsets(name) != hours]
    except (KeyError, OSError, ValueError):
        return fault("time zones", "none are known", "pip install tzdata")
    if wrong:
        return fault("time zones", f"{', '.join(wrong)}: outdated rules", "pip install --upgrade tzdata")
    with suppress(PackageNotFoundError):
        return ok("time zones", f"known, with summer time; tzdata {version('tzdata')}")
    return ok("time zones", "known, with summer time, by the system's tables")


def _utc_offsets(name: str) -> tuple[float, ...]:
    days = (datetime(2026, month, 1, tzinfo=ZoneInfo(name)) for month in (1, 7))
    return tuple((day.utcoffset() or timedelta()) / timedelta(hours=1) for day in days)


def check_catalogue(path: Path | None) -> Finding:
    """Check that the catalogue can be read, and has a source to crawl."""
    try:
        catalogue = load_catalogue_at(path)
    except SymposiaError as error:
        return fault("catalogue", str(error), "correct the entry, or remove it")
    words = f"{catalogue.path}, {len(catalogue.sources)} sources, {len(catalogue.verified)} of them verified"
    if not catalogue.verified:
        return warning("catalogue", words, "a crawl reads only verified sources: see docs/add-a-source.md")
    return ok("catalogue", words)


def check_data_files() -> Finding:
    """Check the other files that people edit."""
    what = "topics, overrides, settings"
    try:
        topics, settings = len(shipped_taxonomy().topics), settings_at(None)
        load_overrides_at(None)
    except SymposiaError as error:
        return fault(what, str(error), "correct the file that is named")
    where = f"published at {settings.url}" if settings.url else "no public address is set"
    return ok(what, f"{topics} topics; {where}")


def check_contact() -> Finding:
    """Check that the owner of a site can reach whoever crawls it."""
    contact = os.environ.get("SYMPOSIA_CONTACT", "").strip()
    remedy = "export SYMPOSIA_CONTACT=you@school.example, so that a site's owner can reach you"
    if not contact:
        return warning("contact", "not set", remedy)
    if "@" not in contact and "://" not in contact:
        return warning("contact", f"{contact!r} is neither a mail address nor a web address", remedy)
    return ok("contact", contact)


def check_extras() -> Iterator[Finding]:
    """Say which extras are installed and what they are for; look for Chromium only if something would use it."""
    for extra, (module, use) in _EXTRAS.items():
        if find_spec(module):
            yield ok(f"extra {extra}", f"installed, for {use}")
        else:
            yield ok(f"extra {extra}", f"not installed; for {use}: pip install 'symposia[{extra}]'")
    if find_spec(_EXTRAS["browser"][0]):
        if SYMPOSIA_CHROMIUM:
            yield ok("Chromium", SYMPOSIA_CHROMIUM)
        else:
            yield warning("Chromium", "none on the PATH", "apt-get install chromium, or: playwright install chromium")
