"""Re-keyed postings: those that a source lists under a new key, after a rename, a move or a redesign of the site."""

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
"""rapidfuzz's token_sort_ratio (0 to 100) from which two names may be one event's, when the source has it at one time."""

_kind_tag = re.compile(
    r"^(?:free |live |online )*(?:webinar|workshop|conference|online|course)\s*[:|–—-]\s*"
    r"|\s*[(\[](?:free |live )*(?:webinar|workshop|conference|online|course)[)\]]\s*$"
    r"|\s+[:|–—-]?\s*(?:webinar|workshop)\s*$"
)
"""Kinds that sources add before or after a name, and drop again: "Webinar: Phonics", "Phonics (free webinar)"."""


def match_rekeyed(absent: Mapping[str, Event], new: Mapping[str, Event], listed: Mapping[str, Event]) -> dict[str, str]:
    """Match the new keys of a source to the absent keys of the same postings.

    First by name and start; then by start, if the names are alike or the address or venue is the same; then by a name that
    no other posting of the source has. A match must be unique: one new and one absent posting.

    Args:
        absent: Postings that the source no longer lists, by key.
        new: Postings under keys that it did not list before.
        listed: All that it lists now.

    Returns:
        The absent key for each new key that has one.
    """
    names = Counter(plain_name(posting.name) for posting in listed.values())
    criteria: tuple[tuple[Callable[[Event], Hashable], Callable[[Event, Event], bool]], ...] = (
        (lambda posting: (plain_name(posting.name), str(posting.start)), lambda before, after: True),
        (lambda posting: str(posting.start), _are_alike),
        (lambda posting: plain_name(posting.name), lambda before, after: names[plain_name(after.name)] == 1),
    )
    matched: dict[str, str] = {}
    for criterion, fits in criteria:
        old = {key: posting for key, posting in absent.items() if key not in matched.values()}
        fresh = {key: posting for key, posting in new.items() if key not in matched}
        pairs = _unique_pairs(old, fresh, criterion)
        matched |= {after: before for before, after in pairs if fits(absent[before], new[after])}
    return matched


def is_next_edition(before: Event, after: Event, now: datetime) -> bool:
    """Whether a posting under its old key is now about the next event of its kind.

    An event that is over cannot move: a page that announced last week's meeting now announces another one.
    """
    if before.recurrence is not None or after.recurrence is not None:
        return False
    return date_of(before.end or before.start) < now.date() <= day_of(after)


@lru_cache(maxsize=8_192)
def plain_name(name: str) -> str:
    """A name in the form in which old and new names are compared: casefolded, without kind and punctuation.

    >>> plain_name("Webinar: Phonics & Spelling"), plain_name("PHONICS, SPELLING (free webinar)")
    ('phonics spelling', 'phonics spelling')
    """
    return " ".join(re.sub(r"[^\w]+", " ", _kind_tag.sub(" ", name.casefold())).split()) or name.casefold()


def _unique_pairs(
    old: Mapping[str, Event], new: Mapping[str, Event], criterion: Callable[[Event], Hashable]
) -> Iterator[tuple[str, str]]:
    """The keys of an old and a new posting that alone agree in a criterion."""
    by_value: dict[Hashable, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for side, postings in enumerate((old, new)):
        for key, posting in postings.items():
            by_value[criterion(posting)][side].append(key)
    for before, after in by_value.values():
        if len(before) == len(after) == 1:
            yield before[0], after[0]


def _are_alike(before: Event, after: Event) -> bool:
    """Whether two postings have one address, one venue, or names that are alike."""
    if before.url and before.url == after.url:
        return True
    here, there = before.location, after.location
    if here and there and here.name and here.name == there.name:
        return True
    return fuzz.token_sort_ratio(plain_name(before.name), plain_name(after.name)) >= _ALIKE
