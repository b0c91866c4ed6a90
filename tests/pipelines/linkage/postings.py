"""Postings for the tests of linkage."""

from __future__ import annotations

from datetime import date, datetime
from itertools import count
from typing import Any

from hypothesis import strategies as st

from symposia.event import Event, Location, SourceRef

LEEDS = Location(city="Leeds", country="United Kingdom")
YORK = Location(city="York", country="GB")
LYON = Location(city="Lyon", country="France")
NAMES = ["Phonics for Beginners", "Webinar: Phonics for Beginners", "School Libraries", "SLC 2027", "Office hours", ""]
STARTS = ["2027-03-03", "2027-03-04", "2027-03-03T16:00", "2027-03-03T16:00+00:00", "0001-01-01", "9999-12-31"]

_numbers = count()


def posting(
    name: str = "Phonics for Grade One Teachers", start: str = "2027-03-03", source: str = "", **known: Any
) -> Event:
    """A posting of a source of its own, unless one is named."""
    number = next(_numbers)
    moment = datetime.fromisoformat(start) if "T" in start else date.fromisoformat(start)
    ref = SourceRef(id=source or f"source{number}", key=str(number), url="https://list.example/")
    return Event(uid=str(number), name=name, start=moment, sources=(ref,), **known)


class Ruled:
    """A person's word that postings of two names are one event, and that no other two are."""

    def __init__(self, *names: str) -> None:
        self.names = frozenset(names)

    def ruling(self, one: Event, other: Event) -> bool | None:
        """By the names."""
        return {one.name, other.name} <= self.names

    def partners(self, posting: Event) -> frozenset[str]:
        """All of them."""
        return self.names if posting.name in self.names else frozenset()


any_posting = st.builds(
    posting,
    name=st.one_of(st.sampled_from(NAMES), st.text(max_size=40)),
    start=st.sampled_from(STARTS),
    source=st.sampled_from(["", "a", "b"]),
    location=st.sampled_from([None, LEEDS, YORK]),
    url=st.sampled_from([None, "https://guild.example/e/17", "https://guild.example/", "https://town.example/e/17"]),
    organizer=st.sampled_from([None, "The Guild"]),
)
"""Postings of few names, days and sources, many of which are one event."""
