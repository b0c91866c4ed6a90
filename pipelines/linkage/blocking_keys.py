"""What is looked at of a stored posting before it is read: enough to tell that it can be no duplicate of another.

To read a posting and to sketch it takes a hundred times as long.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import NamedTuple
from zlib import crc32

from pipelines.linkage.cannot_link import another_time
from pipelines.linkage.features.record import sketch
from symposia.event import Event
from symposia.moments import instant_from_text, moment_text
from symposia.program import program_digest

_FLOATING = "~"


class Clue(NamedTuple):
    """Of the keys of a sketch, a number each, in hex; its start, None without a time of day, and whether it floats."""

    keys: frozenset[str]
    start: datetime | None
    floating: bool


def clue_of(event: Event) -> str:
    """The clue of an event, as the store keeps it: which program has found it, the start, the keys."""
    seen = sketch(event)
    start = f"{moment_text(seen.start) if seen.start else ''}{_FLOATING * seen.floating}" or "-"
    keys = sorted(f"{crc32(key.encode('utf-8', 'surrogatepass')):x}" for key in seen.keys)
    return " ".join((_program(), start, *keys))


def read_clue(text: str) -> Clue | None:
    """A clue of the store; None for one that another program has found, and that says nothing now."""
    program, _, rest = text.partition(" ")
    if program != _program():
        return None
    start, *keys = rest.split(" ")
    moment = start.removesuffix(_FLOATING)
    return Clue(frozenset(keys), instant_from_text(moment) if moment != "-" else None, start.endswith(_FLOATING))


def may_be_one(clue: Clue | None, others: Collection[Clue | None]) -> bool:
    """Whether a posting may be one event with any of some others. False is certain, True is not."""
    return any(clue is None or other is None or _may_be_one(clue, other) for other in others)


def _may_be_one(one: Clue, other: Clue) -> bool:
    if one.keys.isdisjoint(other.keys):
        return False
    if one.start is None or other.start is None:
        return True
    return not another_time(one.start, other.start, loosely=one.floating or other.floating)


@cache
def _program() -> str:
    return program_digest("pipelines")[:8]
