"""Check whether a host of the catalogue answers, and whether its clock agrees with this machine's."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit

from commands.doctor.findings import Finding, fault, ok, warning
from commands.options import load_catalogue_at
from spiders.fetch import Fetcher
from symposia.errors import Cause, FetchError, SymposiaError

_MAX_DRIFT = timedelta(minutes=10)
"""How far this clock may be from a server's: servers' clocks are wrong by minutes too."""
_TIMEOUT = 15.0
"""Seconds to wait for an answer: somebody is waiting, and robots.txt is small."""


def check_network(path: Path | None, now: Callable[[], datetime], *, allow_private: bool = False) -> Finding:
    """Ask the host of the first verified source for its robots.txt, which every crawler may ask for, and nothing else."""
    url = _choose_robots_txt(path)
    if url is None:
        return warning("network", "the catalogue names no host to try", "see docs/add-a-source.md")
    host = urlsplit(url).hostname
    try:
        with Fetcher(allow_private=allow_private, timeout=_TIMEOUT) as fetcher:
            headers = fetcher.fetch(url, any_status=True).headers
    except FetchError as error:
        if error.cause is Cause.PRIVATE_ADDRESS:
            return fault("network", error.detail, "crawls refuse it too: is the address in the catalogue right?")
        remedy = "is this machine connected, and does it know a name server?"
        return fault("network", f"{host} is not reached: {error.detail}", remedy)
    drift = _measure_drift(next((value for name, value in headers if name.casefold() == "date"), None), now())
    if drift is None:
        return ok("network", f"{host} answers")
    if abs(drift) <= _MAX_DRIFT:
        return ok("network", f"{host} answers, and has the same time")
    words = f"{host} answers, and its clock is {abs(drift)} {'ahead of' if drift > timedelta() else 'behind'} this one"
    return warning("network", words, "if this one is wrong, set it: timedatectl set-ntp true")


def _choose_robots_txt(path: Path | None) -> str | None:
    """The robots.txt of the first verified source with a host; None where the catalogue is wrong or has none."""
    try:
        sources = load_catalogue_at(path).verified
    except SymposiaError:
        return None
    return next((url for source in sources if (url := _robots_txt_of(source.url))), None)


def _robots_txt_of(url: str) -> str | None:
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return f"{parts.scheme}://{parts.netloc}/robots.txt" if parts.hostname else None


def _measure_drift(date: str | None, now: datetime) -> timedelta | None:
    """By how much a server's clock is ahead, by its Date header; None where that is missing or not a date."""
    with suppress(ValueError, TypeError, OverflowError):
        if date and (at := parsedate_to_datetime(date)).tzinfo:
            return timedelta(seconds=round((at - now).total_seconds()))
    return None
