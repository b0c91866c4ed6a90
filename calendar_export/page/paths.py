"""What the pages are called, below the folder of the export."""

from __future__ import annotations

import hashlib
import re
from datetime import date

from symposia.event import Event

_plain = re.compile(r"([a-z0-9]{1,64})@symposia").fullmatch


def event_path(event: Event) -> str:
    """The page of one event, "events/x7k….html"; its calendar file is called the same, with .ics."""
    return f"events/{event_id(event.uid)}.html"


def event_id(uid: str) -> str:
    """What tells an event in a path: the local part of a UID of ours, a hash of any other, which may hold anything."""
    ours = _plain(uid)
    return ours[1] if ours else f"x-{hashlib.sha256(uid.encode('utf-8', 'replace')).hexdigest()[:32]}"


def month_path(day: date) -> str:
    """The page of the month of `day`, "months/2027-03.html"."""
    return f"months/{month_key(day)}.html"


def month_key(day: date) -> str:
    """The month of `day` in ISO 8601, "2027-03"."""
    return f"{day.year:04}-{day.month:02}"
