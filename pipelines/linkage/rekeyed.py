"""Postings that a source lists under another key than before: renamed, moved to another day, or after a redesign."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping
from datetime import datetime
from functools import lru_cache

from rapidfuzz import fuzz

from pipelines.linkage.days import day_of
from symposia.event import Event
from symposia.moments import date_of

_ALIKE = 50
"""rapidfuzz's token_sort_ratio (0 to 100) from which a name may be another's, of one event at one time."""


def successions(absent: Mapping[str, Event], new: Mapping[str, Event], listed: Mapping[str, Event]) -> dict[str, str]:
    """For new keys of a source, the absent keys that they stand in place of; `listed` are all that it lists now.

    By name and start; by start, where the names are alike, or the address or the place is the same; by a name that no
    other posting of the source has. Only where one new and one absent posting go together so.
    """
    found: dict[str, str] = {}
    names = Counter(plain_name(one.name) for one in listed.values())
    for key, fits in (
        (lambda one: (plain_name(one.name), str(one.start)), _always),
        (lambda one: str(one.start), _is_alike),
        (lambda one: plain_name(one.name), lambda one, other: names[plain_name(other.name)] == 1),
    ):
        old = {name: one for name, one in absent.items() if name not in found.values()}
        fresh = {name: one for name, one in new.items() if name not in found}
        found |= {after: before for before, after in _pairs(old, fresh, key) if fits(absent[before], new[after])}
    return found


def is_next_edition(before: Event, after: Event, now: datetime) -> bool:
    """Whether a posting that keeps its key speaks of the event after the one that it spoke of.

    What is over can't be moved: a page that told of last week's meeting, and tells of the next, tells of another event.
    """
    if before.recurrence is not None or after.recurrence is not None:
        return False
    return date_of(before.end or before.start) < now.date() <= day_of(after)


def _pairs(
    old: Mapping[str, Event], new: Mapping[str, Event], key: Callable[[Event], Hashable]
) -> Iterator[tuple[str, str]]:
    """The pairs of an old and a new posting that alone have one key."""
    by_key: dict[Hashable, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for side, postings in enumerate((old, new)):
        for name, posting in postings.items():
            by_key[key(posting)][side].append(name)
    for before, after in by_key.values():
        if len(before) == len(after) == 1:
            yield before[0], after[0]


def _always(_: Event, __: Event) -> bool:
    return True


def _is_alike(one: Event, other: Event) -> bool:
    if one.url and one.url == other.url:
        return True
    here, there = one.location, other.location
    if here and there and here.name and here.name == there.name:
        return True
    return fuzz.token_sort_ratio(plain_name(one.name), plain_name(other.name)) >= _ALIKE


_kind_tag = re.compile(
    r"^(?:free |live |online )*(?:webinar|workshop|conference|online|course)\s*[:|–—-]\s*"
    r"|\s*[(\[](?:free |live )*(?:webinar|workshop|conference|online|course)[)\]]\s*$"
    r"|\s+[:|–—-]?\s*(?:webinar|workshop)\s*$"
)


@lru_cache(maxsize=8_192)
def plain_name(name: str) -> str:
    """A name for telling whether it was kept: casefolded, without "Webinar:" before or after it, and without marks."""
    return " ".join(re.sub(r"[^\w]+", " ", _kind_tag.sub(" ", name.casefold())).split()) or name.casefold()
