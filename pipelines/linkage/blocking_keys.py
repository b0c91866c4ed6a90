"""Blocking keys as the store keeps them: enough to tell, before a posting is read, that it is no duplicate of another.

Blocking (Christen, Data Matching, 2012, chapter 4) compares only records that have a key in common. Reading a posting's keys
takes a hundredth of the time of reading the posting and its features.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import NamedTuple
from zlib import crc32

from pipelines.linkage.cannot_link import starts_differ
from pipelines.linkage.features.record import read_features
from symposia.event import Event
from symposia.moments import instant_from_text, moment_text
from symposia.program import program_digest

_NO_TIME = "-"
"""What stands for the start of an event without a time of day."""
_FLOATING = "~"
"""What stands after a start whose time zone is not stated."""
_PROGRAM_DIGITS = 8
"""Hexadecimal digits of the program's digest: two of four billion programs have the same."""


class BlockingKeys(NamedTuple):
    """The keys of an event, each a number in hex; its start, None without a time of day; whether its zone is unstated."""

    keys: frozenset[str]
    start: datetime | None
    floating: bool


def write_blocking_keys(event: Event) -> str:
    """Write an event's keys for the store: the program that made them, the start, the keys."""
    record = read_features(event)
    start = f"{moment_text(record.start) if record.start else ''}{_FLOATING * record.floating}" or _NO_TIME
    keys = sorted(f"{crc32(key.encode('utf-8', 'surrogatepass')):x}" for key in record.blocking_keys)
    return " ".join((_program(), start, *keys))


def read_blocking_keys(text: str) -> BlockingKeys | None:
    """Read what `write_blocking_keys` wrote; None if another version of the program wrote it, whose keys may differ."""
    program, _, rest = text.partition(" ")
    if program != _program():
        return None
    start, *keys = rest.split(" ")
    moment = start.removesuffix(_FLOATING)
    return BlockingKeys(
        frozenset(keys), instant_from_text(moment) if moment != _NO_TIME else None, start.endswith(_FLOATING)
    )


def may_match_any(keys: BlockingKeys | None, others: Collection[BlockingKeys | None]) -> bool:
    """Whether a posting may be the same event as any of the others; False is certain. Unknown keys (None) match all."""
    return any(keys is None or other is None or _may_match(keys, other) for other in others)


def _may_match(one: BlockingKeys, other: BlockingKeys) -> bool:
    if one.keys.isdisjoint(other.keys):
        return False
    if one.start is None or other.start is None:
        return True
    return not starts_differ(one.start, other.start, loosely=one.floating or other.floating)


@cache
def _program() -> str:
    return program_digest("pipelines")[:_PROGRAM_DIGITS]
