"""What one page says twice of one event, and what is no event of it: news, and dates in passing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from spiders.extraction.dom.headings import Above
from spiders.extraction.lexicon.title_words import has_event_word
from spiders.extraction.lexicon.titles import TitleCandidate
from spiders.extraction.lexicon.word_lists import word_pattern
from symposia.moments import day_part, has_time
from symposia.posting import Posting
from symposia.when import When

_LONG = 100
"""Characters of a sentence that is prose, and no line of a listing."""

_JUST_PAST = timedelta(days=31)

_MAX_SAME_DAY = 40
"""Events of one day that another of that day is compared with."""

_FILLED = ("url", "status", "location", "description")


def is_news(one: Found, others: Sequence[Found]) -> bool:
    """Whether a day stands under a heading of news, on a page that has other events: it is when something was posted."""
    headings = one.above.headings[:1]
    return (
        not _is_timed(one.posting)
        and any(word_pattern("names", "news").search(heading.text.casefold()) for heading in headings)
        and any(other.above.headings[:1] != headings for other in others)
    )


def is_in_passing(text: str, place: tuple[int, int], when: When, today: date) -> bool:
    """Whether a date is but mentioned in a long sentence: "adopted on 3 March 2019". One that lies ahead, of what may be an event, is not."""
    before, after = text[: place[0]], text[place[1] :]
    start = max(before.rfind(mark) + 2 for mark in (". ", "! ", "? ")) if place[0] else 0
    end = min((at for mark in (". ", "! ", "? ") if (at := after.find(mark)) >= 0), default=len(after))
    sentence = text[max(start, 1) - 1 : place[1] + end]
    if len(sentence) < _LONG or isinstance(when.start, datetime) or when.start is None:
        return False
    if word_pattern("names", "meets").search(sentence.casefold()):
        return False
    return when.start < today - _JUST_PAST or not has_event_word(sentence)


class Found(NamedTuple):
    """One posting of a page, how it came by its name, and what stands above it."""

    posting: Posting
    named: TitleCandidate
    above: Above


def apart(found: Sequence[Found]) -> list[Found]:
    """What was found on one page, each event once: its row in the schedule, its agenda, its minutes.

    Two of one day are one event where their times do not differ, and neither do their names, or one has none of its own.
    """
    kept: list[Found] = []
    by_day: dict[str, list[int]] = {}
    for one in found:
        same_day = by_day.setdefault(day_part(one.posting.start), [])
        at = next((number for number in same_day[-_MAX_SAME_DAY:] if _is_same(kept[number], one)), None)
        if at is None:
            same_day.append(len(kept))
            kept.append(one)
        else:
            kept[at] = _both(kept[at], one)
    return kept


def _is_same(one: Found, other: Found) -> bool:
    first, second = one.posting, other.posting
    if len({posting.start for posting in (first, second) if _is_timed(posting)}) > 1:
        return False
    if first.recurrence or second.recurrence or (first.end and second.end and first.end != second.end):
        return False
    words, others = _words(one.named.text), _words(other.named.text)
    return one.named.borrowed != other.named.borrowed or words <= others or others <= words


def _both(one: Found, other: Found) -> Found:
    """One of two that are the same event: at the time that either states, under the better name."""
    base, rest = (other, one) if _is_timed(other.posting) and not _is_timed(one.posting) else (one, other)
    named = max(base.named, rest.named, key=lambda each: (not each.borrowed, each.weight))
    filled = {field: getattr(base.posting, field) or getattr(rest.posting, field) for field in _FILLED}
    evidence = tuple({**dict(base.posting.evidence), "name": named.evidence}.items())
    return base._replace(posting=replace(base.posting, name=named.text, evidence=evidence, **filled), named=named)


def _is_timed(posting: Posting) -> bool:
    return has_time(posting.start)


@lru_cache(maxsize=4_096)
def _words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", name.casefold()))
