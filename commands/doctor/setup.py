"""Whether what Symposia runs on and reads is sound: Python, clock, zones, catalogue, settings, extras."""

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
from commands.doctor.findings import Finding, fault, found, warning
from commands.options import catalogue_at
from commands.stored import overrides_at
from pipelines.topics.taxonomy import shipped_taxonomy
from spiders.settings import SYMPOSIA_CHROMIUM
from symposia.errors import SymposiaError

_RELEASED = 2026
"""A clock that shows an earlier year is wrong."""
_AHEAD = timedelta(days=1)
"""How much later than now a file may have been written: clocks of other machines, and a summer time that is read wrong."""
_SET = "set it: timedatectl set-ntp true"
_ZONES = {
    "America/New_York": (-5, -4),
    "Europe/Berlin": (1, 2),
    "Asia/Kolkata": (5.5, 5.5),
    "Australia/Sydney": (11, 10),
}
"""Hours from UTC on New Year's Day, and in July: far apart, and with summer time in both halves of the world."""
_EXTRAS = {
    "browser": ("scrapy_playwright", "sources whose pages scripts make"),
    "notify": ("apprise", "`symposia health --notify`"),
    "serve": ("starlette", "`symposia serve`"),
}


def python_check() -> Finding:
    """Which Python it is; that it is new enough was seen to when Symposia was installed."""
    return found("Python", f"{sys.version.split()[0]}, in {sys.prefix}")


def clock_check(now: datetime, written: Iterable[Path]) -> Finding:
    """A clock that is years off dates every page wrong; one that went back is seen by files that were `written` since."""
    words = f"{now:%Y-%m-%d %H:%M} UTC"
    if now.year < _RELEASED:
        return fault("clock", f"{words} is before Symposia was written", _SET)
    for path in written:
        with suppress(OSError):
            at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            if at > now + _AHEAD:
                return warning(
                    "clock", f"{words}, yet {path} was written on {at:%Y-%m-%d %H:%M}", f"if the clock is wrong, {_SET}"
                )
    return found("clock", words)


def zones_check() -> Finding:
    """Zones are known, and with the rules that hold today."""
    try:
        wrong = [name for name, hours in _ZONES.items() if _hours(name) != hours]
    except (KeyError, OSError, ValueError):
        return fault("time zones", "there are none", "pip install tzdata")
    if wrong:
        return fault("time zones", f"{', '.join(wrong)}: not as it is on their clocks", "pip install --upgrade tzdata")
    with suppress(PackageNotFoundError):
        return found("time zones", f"known, with summer time; tzdata {version('tzdata')}")
    return found("time zones", "known, with summer time, by the system's tables")


def _hours(name: str) -> tuple[float, ...]:
    days = (datetime(2026, month, 1, tzinfo=ZoneInfo(name)) for month in (1, 7))
    return tuple((day.utcoffset() or timedelta()) / timedelta(hours=1) for day in days)


def catalogue_check(path: Path | None) -> Finding:
    """The catalogue is read, and names something to crawl."""
    try:
        catalogue = catalogue_at(path)
    except SymposiaError as error:
        return fault("catalogue", str(error), "mend the entry, or take it out")
    words = f"{catalogue.path}, {len(catalogue.sources)} sources, {len(catalogue.due)} of them verified"
    if not catalogue.due:
        return warning("catalogue", words, "a crawl reads verified sources alone: see docs/add-a-source.md")
    return found("catalogue", words)


def data_check() -> Finding:
    """The other files that a person edits."""
    what = "topics, overrides, settings"
    try:
        topics, settings = len(shipped_taxonomy().topics), settings_at(None)
        overrides_at(None)
    except SymposiaError as error:
        return fault(what, str(error), "mend the file that is named")
    where = f"published at {settings.url}" if settings.url else "no public address is set"
    return found(what, f"{topics} topics; {where}")


def contact_check() -> Finding:
    """Who owns a site can reach who reads it."""
    contact = os.environ.get("SYMPOSIA_CONTACT", "").strip()
    remedy = "export SYMPOSIA_CONTACT=you@school.example, so that a site's owner can reach you"
    if not contact:
        return warning("contact", "not set", remedy)
    if "@" not in contact and "://" not in contact:
        return warning("contact", f"{contact!r} is neither a mail address nor one of the web", remedy)
    return found("contact", contact)


def extras_checks() -> Iterator[Finding]:
    """What else is installed, and what it is for; a browser is looked for only where something would use it."""
    for extra, (module, use) in _EXTRAS.items():
        if find_spec(module):
            yield found(f"extra {extra}", f"installed, for {use}")
        else:
            yield found(f"extra {extra}", f"not installed; for {use}: pip install 'symposia[{extra}]'")
    if find_spec(_EXTRAS["browser"][0]):
        if SYMPOSIA_CHROMIUM:
            yield found("Chromium", SYMPOSIA_CHROMIUM)
        else:
            yield warning("Chromium", "none on the PATH", "apt-get install chromium, or: playwright install chromium")
