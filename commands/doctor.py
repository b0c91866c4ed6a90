"""`symposia doctor`: whether the set-up is sound, and what to do where it is not."""

from __future__ import annotations

import json
import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import click

from calendar_export.settings import settings_at
from commands.lock import holder_of
from commands.options import catalogue_at, sources_option, store_option
from commands.stored import overrides_at
from pipelines.store import Store
from pipelines.topics import shipped_taxonomy
from spiders.settings import SYMPOSIA_CHROMIUM
from symposia.errors import SymposiaError

_ROOM = 500_000_000
"""Bytes that should be free where the store is."""
_RELEASED = 2026
"""A clock that shows an earlier year is wrong."""
_EXTRAS = {
    "browser": ("scrapy_playwright", "sources whose pages scripts make"),
    "serve": ("starlette", "`symposia serve`"),
}
_EXTRAS |= {"notify": ("apprise", "`symposia health --notify`")}


class Verdict(StrEnum):
    """`warning`: it works, and something is missing that most want."""

    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What was looked at, how it is, and what to do where it is not well."""

    what: str
    verdict: Verdict
    words: str
    remedy: str | None = None


@click.command()
@sources_option
@store_option
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("data/export"),
    help="The folder of the export.",
)
@click.option("--network", is_flag=True, help="Look a host of the catalogue up, and connect to it.")
@click.option("--json", "as_json", is_flag=True, help="The findings as a JSON array.")
def command(sources_path: Path | None, store: str, out: Path, network: bool, as_json: bool) -> None:
    """Check Python, clock, zones, catalogue, store, output folder and extras; say what to do. Exit status 1: there are faults."""
    checks: list[Callable[[], Finding]] = [
        _python,
        lambda: _clock(datetime.now(UTC)),
        _zones,
        lambda: _catalogue(sources_path),
        _reference_data,
        _contact,
        lambda: _store(store),
        lambda: _lock(store),
        lambda: _output(out),
        *(([lambda: _network(sources_path)]) if network else []),
    ]
    findings = [*(check() for check in checks), *_extras()]
    if as_json:
        click.echo(json.dumps([asdict(one) for one in findings]))
    else:
        click.echo("\n".join(line for one in findings for line in _lines(one)))
    raise SystemExit(1 if any(one.verdict is Verdict.FAULT for one in findings) else 0)


def _lines(one: Finding) -> Iterator[str]:
    yield f"{one.verdict:8} {one.what}: {one.words}"
    if one.remedy:
        yield f"{'':8} {one.remedy}"


def _python() -> Finding:
    return _found("Python", f"{sys.version.split()[0]}, in {sys.prefix}")


def _clock(now: datetime) -> Finding:
    """A clock that is years off dates every page wrong."""
    words = f"{now:%Y-%m-%d %H:%M} UTC"
    if now.year < _RELEASED:
        return _fault("clock", f"{words} is before Symposia was written", "set it: timedatectl set-ntp true")
    return _found("clock", words)


def _zones() -> Finding:
    try:
        summer = datetime(2026, 7, 1, tzinfo=ZoneInfo("America/New_York")).utcoffset()
        winter = datetime(2026, 1, 1, tzinfo=ZoneInfo("America/New_York")).utcoffset()
    except (KeyError, OSError):
        return _fault("time zones", "there are none", "pip install tzdata")
    if summer == winter:
        return _fault("time zones", "America/New_York has no summer time", "pip install --upgrade tzdata")
    return _found("time zones", "known, with summer time")


def _catalogue(path: Path | None) -> Finding:
    try:
        catalogue = catalogue_at(path)
    except SymposiaError as error:
        return _fault("catalogue", str(error), "mend the entry, or take it out")
    words = f"{catalogue.path}, {len(catalogue.sources)} sources, {len(catalogue.due)} of them verified"
    if not catalogue.due:
        return _warning("catalogue", words, "a crawl reads verified sources alone: see docs/add-a-source.md")
    return _found("catalogue", words)


def _reference_data() -> Finding:
    try:
        topics, settings = len(shipped_taxonomy().topics), settings_at(None)
        overrides_at(None)
    except SymposiaError as error:
        return _fault("topics, overrides, settings", str(error), "mend the file that is named")
    where = f"published at {settings.url}" if settings.url else "no public address is set"
    return _found("topics, overrides, settings", f"{topics} topics; {where}")


def _contact() -> Finding:
    if os.environ.get("SYMPOSIA_CONTACT"):
        return _found("contact", os.environ["SYMPOSIA_CONTACT"])
    remedy = "export SYMPOSIA_CONTACT=you@school.example, so that a site's owner can reach you"
    return _warning("contact", "not set", remedy)


def _store(where: str) -> Finding:
    if "://" not in where and not Path(where).exists():
        fault = _unwritable(Path(where).parent)
        if fault:
            return _fault("store", fault, "--store names another; its folder's owner must be who crawls")
        return _found("store", f"{where} is made by the first crawl")
    try:
        with Store.open(where) as opened:
            opened.check()
            runs = opened.last_runs()
    except SymposiaError as error:
        return _fault("store", str(error), "see docs/cron.md on back-ups; --store names another")
    words = f"{where}, sound, {len(runs)} sources crawled"
    if "://" in where:
        return _found("store", words)
    path = Path(where).resolve()
    free, size = shutil.disk_usage(path.parent).free, path.stat().st_size
    words += f", {size / 1e6:.1f} MB, {free / 1e9:.1f} GB free"
    if free < max(_ROOM, 2 * size):
        return _warning("store", words, "make room on the disk, or move the store")
    return _found("store", words)


def _lock(store: str) -> Finding:
    holder = holder_of(store)
    if holder is None:
        return _found("runs", "none at work")
    return _found("runs", f"process {holder.pid} on {holder.host} is at work ({holder.what}, since {holder.since})")


def _output(out: Path) -> Finding:
    fault = _unwritable(out)
    if fault:
        return _fault("output folder", fault, "--out names another; its owner must be who crawls")
    return _found("output folder", f"{out} can be written" if out.exists() else f"{out} can be made")


def _unwritable(folder: Path) -> str | None:
    """Why no file can be made in a folder, or in the nearest one above it that there is; None where one can."""
    there = folder if folder.exists() else next(parent for parent in folder.resolve().parents if parent.exists())
    try:
        with tempfile.NamedTemporaryFile(dir=there, prefix=".symposia-doctor-") as file:
            file.write(b"x" * 4096)
            file.flush()
    except OSError as error:
        return f"{there}: {error.strerror or error}"
    return None


def _network(path: Path | None) -> Finding:
    """Connects to a host of the catalogue, and asks it for nothing."""
    try:
        sources = catalogue_at(path).due
    except SymposiaError:
        sources = ()
    hosts = [parts for parts in (urlsplit(source.url) for source in sources) if parts.hostname]
    if not hosts:
        return _warning("network", "the catalogue names no host to try", None)
    host, port = hosts[0].hostname or "", hosts[0].port or (443 if hosts[0].scheme == "https" else 80)
    try:
        socket.create_connection((host, port), timeout=10).close()
    except OSError as error:
        return _fault(
            "network", f"{host} is not reached: {error}", "is this machine connected, and does it know a name server?"
        )
    return _found("network", f"{host} is reached")


def _extras() -> Iterator[Finding]:
    for extra, (module, use) in _EXTRAS.items():
        if find_spec(module):
            yield _found(f"extra {extra}", f"installed, for {use}")
        else:
            yield _found(f"extra {extra}", f"not installed; for {use}: pip install 'symposia[{extra}]'")
    if find_spec(_EXTRAS["browser"][0]) and not SYMPOSIA_CHROMIUM:
        yield _warning("Chromium", "none on the PATH", "apt-get install chromium, or: playwright install chromium")


def _found(what: str, words: str) -> Finding:
    return Finding(what=what, verdict=Verdict.OK, words=words)


def _warning(what: str, words: str, remedy: str | None) -> Finding:
    return Finding(what=what, verdict=Verdict.WARNING, words=words, remedy=remedy)


def _fault(what: str, words: str, remedy: str) -> Finding:
    return Finding(what=what, verdict=Verdict.FAULT, words=words, remedy=remedy)
