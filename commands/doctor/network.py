"""Whether a host of the catalogue answers, and what time it is there."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit

from commands.doctor.findings import Finding, fault, found, warning
from commands.fetching import opener
from commands.options import catalogue_at
from spiders.network import PrivateAddressError
from symposia.errors import SymposiaError

_DRIFT = timedelta(minutes=10)
"""How far this clock may be from a server's; theirs are not all right either."""
_SECONDS = 15.0


def network_check(path: Path | None, now: Callable[[], datetime], *, allow_private: bool = False) -> Finding:
    """Asks the first verified source's host for robots.txt, which every crawler may, and for nothing else."""
    try:
        sources = catalogue_at(path).due
    except SymposiaError:
        sources = ()
    asked = next((robots for source in sources if (robots := _robots(source.url))), None)
    if asked is None:
        return warning("network", "the catalogue names no host to try", "see docs/add-a-source.md")
    host = urlsplit(asked).hostname
    try:
        date = _date(asked, allow_private)
    except PrivateAddressError as error:
        return fault("network", str(error), "crawls refuse it too: is the address in the catalogue right?")
    except (OSError, ValueError, HTTPException) as error:
        remedy = "is this machine connected, and does it know a name server?"
        return fault("network", f"{host} is not reached: {getattr(error, 'reason', error)}", remedy)
    away = _away(date, now())
    if away is not None and abs(away) > _DRIFT:
        words = (
            f"{host} answers, and its clock is {abs(away)} {'ahead of' if away > timedelta() else 'behind'} this one"
        )
        return warning("network", words, "if this one is wrong, set it: timedatectl set-ntp true")
    return found("network", f"{host} answers{', and has the same time' if away is not None else ''}")


def _robots(url: str) -> str | None:
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return f"{parts.scheme}://{parts.netloc}/robots.txt" if parts.hostname else None


def _date(url: str, allow_private: bool) -> str | None:
    """What time a server says it is, whatever else it says. Raises OSError where it does not answer."""
    try:
        with opener(allow_private).open(url, timeout=_SECONDS) as response:
            said: str | None = response.headers["Date"]
            return said
    except HTTPError as error:
        error.close()
        return error.headers["Date"]


def _away(date: str | None, now: datetime) -> timedelta | None:
    """By how much a server's clock is ahead; None where it does not tell."""
    with suppress(ValueError, TypeError, OverflowError):
        if date and (at := parsedate_to_datetime(date)).tzinfo:
            return timedelta(seconds=round((at - now).total_seconds()))
    return None
