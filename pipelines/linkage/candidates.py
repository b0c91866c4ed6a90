"""Candidate pairs: the pairs of postings that are worth comparing, found by blocking.

Only postings of near days that have a blocking key in common are compared (Christen, Data Matching, 2012, chapter 4): for a
million postings these are some million pairs instead of 500 billion.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple, TypeAlias

from pipelines.linkage.cannot_link import MAX_DAYS_BETWEEN
from pipelines.linkage.features.record import FeatureRecord, local_day, read_features
from symposia.event import Event

MAX_BLOCK = 500
"""Largest block of a day that is compared in full; in a larger one, only postings of the same name are.

The comparisons grow with the square of the block, and a key that 500 names of one day share ("reading") tells nothing.
"""

Candidate: TypeAlias = tuple[int, FeatureRecord]
"""A posting by its index, with its features."""

_Blocks: TypeAlias = Mapping[str, list[Candidate]]
"""The postings of one day by blocking key."""


class _Day(NamedTuple):
    """All of a day's postings by blocking key, and the subset whose duplicates are wanted."""

    all: _Blocks
    wanted: _Blocks


def candidate_pairs(events: Sequence[Event], wanted: Collection[int]) -> Iterator[tuple[Candidate, Candidate]]:
    """The pairs worth comparing, each once; at least one posting of each is among `wanted` (indexes).

    They come day by day, so that only some days' features are in memory at a time.
    """
    by_day: dict[int, list[int]] = defaultdict(list)
    for index, event in enumerate(events):
        by_day[local_day(event).toordinal()].append(index)
    steps = range(-MAX_DAYS_BETWEEN, MAX_DAYS_BETWEEN + 1)
    days = {local_day(events[index]).toordinal() + step for index in wanted for step in steps}
    window: dict[int, _Day] = {}
    for day in sorted(days & by_day.keys()):
        window = {past: blocks for past, blocks in window.items() if day - past <= MAX_DAYS_BETWEEN}
        today = [(index, read_features(events[index])) for index in by_day[day]]
        window[day] = _Day(_make_blocks(today), _make_blocks(posting for posting in today if posting[0] in wanted))
        for posting in today:
            for other in _find_earlier(window, posting, day, wanted):
                yield posting, other


def _make_blocks(postings: Iterable[Candidate]) -> _Blocks:
    blocks: dict[str, list[Candidate]] = defaultdict(list)
    for posting in postings:
        for key in posting[1].blocking_keys:
            blocks[key].append(posting)
    return blocks


def _find_earlier(
    window: Mapping[int, _Day], posting: Candidate, day: int, wanted: Collection[int]
) -> Iterable[Candidate]:
    """The postings of the days before, and those before it on its own, that have a key in common with a posting.

    At least one of the two is wanted. A block that is too large gives only postings of the same day and name, MAX_BLOCK at most.
    """
    index, record = posting
    found: dict[int, Candidate] = {}
    for past, postings in window.items():
        blocks = postings.all if index in wanted else postings.wanted
        for key in record.blocking_keys & blocks.keys():
            block: Iterable[Candidate] = blocks[key]
            if len(postings.all[key]) > MAX_BLOCK:
                block = _of_same_name(postings.all[key], posting, wanted) if past == day else ()
            found.update((other[0], other) for other in block if past < day or other[0] < index)
    return found.values()


def _of_same_name(block: Iterable[Candidate], posting: Candidate, wanted: Collection[int]) -> Iterator[Candidate]:
    index, record = posting
    same = (other for other in block if _are_named_alike(record, other[1]))
    return (other for other in islice(same, MAX_BLOCK) if index in wanted or other[0] in wanted)


def _are_named_alike(one: FeatureRecord, other: FeatureRecord) -> bool:
    return one.title.sorted_words == other.title.sorted_words and one.numbers == other.numbers
