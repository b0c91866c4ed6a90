"""Times of day that stand apart from their day: elsewhere in a region, or in a sentence for the whole page."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from spiders.extraction.lexicon.word_lists import word_pattern
from symposia.when import TimeOfDay, find_times

_SHORT_TEXT = 400
"""Characters of a text that is searched as a whole: longer ones are searched around their numbers, which are few."""
_AROUND_NUMBER = 12
"""Characters on either side of a number that say that it is an hour: "at 16 o'clock", "kl. 16"."""
_MAX_LABEL = 30
"""Characters before a time that say whose it is ("Doors open"), or between two that make them start and end."""
_time = re.compile(
    r"\d\s*(?:[:.h]\s?\d\d|[ap]\.?\s?m\b|uhr|h\b|uur|u\.)|(?<!\w)(?:kl|klo|klockan|klokken|kello|ore|dalle|godz)\.?\s?\d|noon|midday",
    re.IGNORECASE,
)
_midday = re.compile("noon|midday", re.IGNORECASE)
_number = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class SeparateTime:
    """A time of day that stands apart from its day.

    Attributes:
        start: The start.
        end: The end; None where none is stated.
        words: The words that say so, as evidence.
        timezone: The IANA zone that the words name; None where they name none.
    """

    start: time
    end: time | None
    words: str
    timezone: str | None = None


def may_state_time(text: str) -> bool:
    """Whether a text may state a time of day: the cheap test before it is read.

    >>> may_state_time("Doors at 6:30 pm"), may_state_time("Room 630, all welcome")
    (True, False)
    """
    if len(text) < _SHORT_TEXT:
        has_clue = _number.search(text) is not None or _midday.search(text) is not None
        return has_clue and _time.search(text) is not None
    near_numbers = (
        text[max(0, number.start() - _AROUND_NUMBER) : number.end() + _AROUND_NUMBER]
        for number in _number.finditer(text)
    )
    return any(_time.search(near) for near in near_numbers) or "noon" in text or "midday" in text


def combine(day: date, at: SeparateTime) -> tuple[datetime, datetime | None]:
    """The start and the end of an event on that day at that time; an end that is not after the start is left out."""
    end = datetime.combine(day, at.end) if at.end and at.end > at.start else None
    return datetime.combine(day, at.start), end


def find_separate_time(
    text: str, dates: Collection[tuple[int, int]], language: str | None, timezone: str | None
) -> SeparateTime | None:
    """The one time that a region states apart from its day; None where it states none, or several.

    Args:
        text: The region's text.
        dates: The spans of the text that hold dates, whose times are not meant.
        language: The page's language (BCP 47).
        timezone: The source's zone (IANA), for the abbreviations of zones.
    """
    if not may_state_time(text):
        return None
    rest = blank_out(text, dates)
    times = [time for time in find_times(rest, language, timezone) if not _is_other_time(rest, time)]
    return single_time(rest, times)


def single_time(text: str, times: Sequence[TimeOfDay]) -> SeparateTime | None:
    """The time that a text states: its only one, or two of which the second is the end; None for any others."""
    if len({time.start for time in times}) == 1:
        stated = max(times, key=lambda time: time.end is not None)
        words = text[slice(*stated.span)]
        return SeparateTime(start=stated.start, end=stated.end, words=words, timezone=stated.timezone)
    if len(times) != 2 or times[0].start >= times[1].start:
        return None
    first, last = times
    if not _leads_to_end(text[first.span[1] : last.span[0]]):
        return None
    words, zone = text[first.span[0] : last.span[1]], first.timezone or last.timezone
    return SeparateTime(start=first.start, end=last.start, words=words, timezone=zone)


def blank_out(text: str, spans: Collection[tuple[int, int]]) -> str:
    """A text with spaces where those spans are, so that all other places stay.

    >>> blank_out("3 March at 16:00", [(0, 7)])
    '        at 16:00'
    """
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _is_other_time(text: str, time_of_day: TimeOfDay) -> bool:
    """Whether the words right before a time say that it is not the event's: "Doors open", "Deadline"."""
    start = time_of_day.span[0]
    before = text[max(0, start - _MAX_LABEL) : start].casefold()
    return word_pattern("listing", "not_the_time").search(before) is not None


def _leads_to_end(between: str) -> bool:
    """Whether what stands between two times makes the second the end of the first."""
    return len(between) < _MAX_LABEL and word_pattern("listing", "end").search(between.casefold()) is not None
