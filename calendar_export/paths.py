"""The paths of files within an export, below its folder. They are published: subscribers keep them."""

from __future__ import annotations

import hashlib
import re
from datetime import date

from symposia.event import Event

ATOM_PATH = "feeds/new.atom"
"""The Atom feed of newly found events."""
_own_uid = re.compile(r"([a-z0-9]{1,64})@symposia").fullmatch


def feed_path(name: str) -> str:
    """The path of a calendar to subscribe to.

    >>> feed_path("topic-literacy")
    'feeds/topic-literacy.ics'
    """
    return f"feeds/{name}.ics"


def event_path(event: Event) -> str:
    """The path of an event's page, "events/x7k.html"."""
    return f"events/{event_id(event.uid)}.html"


def event_calendar_path(event: Event) -> str:
    """The path of the calendar that holds one event alone, "events/x7k.ics"."""
    return f"events/{event_id(event.uid)}.ics"


def event_id(uid: str) -> str:
    """What tells an event apart in a path: the local part of Symposia's own UID, or a hash of any other.

    Any other UID comes from outside and may hold characters that a path cannot.

    >>> event_id("4b0d9a6c2f5e@symposia")
    '4b0d9a6c2f5e'
    >>> event_id("../x")
    'x-d6b96a97d147daaae49eb87a5ca7bfbc'
    """
    own = _own_uid(uid)
    return own[1] if own else f"x-{hashlib.sha256(uid.encode('utf-8', 'replace')).hexdigest()[:32]}"


def month_path(day: date) -> str:
    """The path of the page of a day's month.

    >>> month_path(date(2027, 3, 4))
    'months/2027-03.html'
    """
    return f"months/{month_key(day)}.html"


def month_key(day: date) -> str:
    """The month of a day in ISO 8601, "2027-03"."""
    return f"{day.year:04}-{day.month:02}"
