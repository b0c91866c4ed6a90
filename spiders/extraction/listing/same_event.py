"""Same event: what a page says several times about one event is merged; news and passing mentions are no events."""

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

_PROSE = 100
"""Characters from which on a sentence is prose, and no line of a listing."""
_JUST_PAST = timedelta(days=31)
"""How far back a page still announces: pages are seldom tidied more than once a month."""
_MAX_SAME_DAY = 40
"""Events of one day that another of that day is compared with, which bounds time."""
_SENTENCE_ENDS = (". ", "! ", "? ")
_FILLED_FROM_OTHER = ("url", "status", "location", "description")
"""Fields that the kept posting takes over where it has none."""


class ListedEvent(NamedTuple):
    """One posting of a page, the title that was chosen for it, and what stands above it."""

    posting: Posting
    title: TitleCandidate
    above: Above


def is_news(event: ListedEvent, others: Sequence[ListedEvent]) -> bool:
    """Whether a day stands under a heading of news, on a page with events elsewhere: then it is of publication."""
    heading = event.above.headings[:1]
    return (
        not has_time(event.posting.start)
        and any(word_pattern("names", "news").search(nearest.text.casefold()) for nearest in heading)
        and any(other.above.headings[:1] != heading for other in others)
    )


def is_mentioned_in_passing(text: str, span: tuple[int, int], when: When, today: date) -> bool:
    """Whether a day is only mentioned in a long sentence: "adopted on 3 March 2019".

    A day that lies ahead is announced where the sentence has a word for events.

    Args:
        text: The text with the day.
        span: Where the day stands.
        when: What it says.
        today: When the page was fetched.
    """
    sentence = _sentence_around(text, span)
    if len(sentence) < _PROSE or isinstance(when.start, datetime) or when.start is None:
        return False
    if word_pattern("names", "meets").search(sentence.casefold()):
        return False
    return when.start < today - _JUST_PAST or not has_event_word(sentence)


def _sentence_around(text: str, span: tuple[int, int]) -> str:
    before, after = text[: span[0]], text[span[1] :]
    start = max(before.rfind(mark) + 2 for mark in _SENTENCE_ENDS) if span[0] else 0
    ends = (after.find(mark) for mark in _SENTENCE_ENDS)
    end = min((position for position in ends if position >= 0), default=len(after))
    return text[max(start, 1) - 1 : span[1] + end]


def merge_same_events(events: Sequence[ListedEvent]) -> list[ListedEvent]:
    """The events of one page, each once: its row in the schedule, its agenda and its minutes are one.

    Two of one day are one event where neither their times nor their titles differ, or one has no title of its own.
    """
    merged: list[ListedEvent] = []
    by_day: dict[str, list[int]] = {}
    for event in events:
        same_day = by_day.setdefault(day_part(event.posting.start), [])
        same = next((index for index in same_day[-_MAX_SAME_DAY:] if _is_same(merged[index], event)), None)
        if same is None:
            same_day.append(len(merged))
            merged.append(event)
        else:
            merged[same] = _merge_two(merged[same], event)
    return merged


def _is_same(event: ListedEvent, other: ListedEvent) -> bool:
    """Whether two events of one day are one."""
    first, second = event.posting, other.posting
    if len({posting.start for posting in (first, second) if has_time(posting.start)}) > 1:
        return False
    if first.recurrence or second.recurrence or (first.end and second.end and first.end != second.end):
        return False
    words, other_words = _title_words(event.title.text), _title_words(other.title.text)
    is_borrowed_once = event.title.borrowed != other.title.borrowed
    return is_borrowed_once or words <= other_words or other_words <= words


def _merge_two(event: ListedEvent, other: ListedEvent) -> ListedEvent:
    """One event of two that are the same: at the time that either states, under the better title."""
    only_other_is_timed = has_time(other.posting.start) and not has_time(event.posting.start)
    base, rest = (other, event) if only_other_is_timed else (event, other)
    title = max(base.title, rest.title, key=lambda title: (not title.borrowed, title.weight))
    filled = {field: getattr(base.posting, field) or getattr(rest.posting, field) for field in _FILLED_FROM_OTHER}
    evidence = tuple({**dict(base.posting.evidence), "name": title.evidence}.items())
    return base._replace(posting=replace(base.posting, name=title.text, evidence=evidence, **filled), title=title)


@lru_cache(maxsize=4_096)
def _title_words(title: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", title.casefold()))
