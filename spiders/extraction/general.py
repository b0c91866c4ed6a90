"""A time that stands apart from its day: once for all events ("All meetings begin at 6:30 pm"), or elsewhere in the piece."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from lxml import etree, html

from spiders.extraction.headings import Above
from spiders.extraction.marks import marks
from symposia.prose import BLOCKS, own_lines
from symposia.when import find_times

_MAX_TEXT = 500
_MAX_BLOCK = 5_000
_MAX_BLOCKS = 5_000
_sentence_end = re.compile(r"(?<=[^\W\d_]{3}[.!?])\s+(?=[^\W\d_])")
_MARKS = " \t:;,.()[]|–—-*"
_has_time = re.compile(r"\d\s*(?:[:.h]\s?\d\d|[ap]\.?\s?m\b|uhr|h\b|uur)|noon|midday", re.IGNORECASE).search


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneralTime:
    """The start, the end where one is stated, and the words that say so."""

    start: time
    end: time | None
    words: str
    element: html.HtmlElement | None = None
    """Where it is stated."""


def at_time(day: date, time: GeneralTime) -> tuple[datetime, datetime | None]:
    """The start and the end of an event on that day at that time."""
    end = datetime.combine(day, time.end) if time.end and time.end > time.start else None
    return datetime.combine(day, time.start), end


def own_time(text: str, dates: Collection[tuple[int, int]], language: str | None) -> GeneralTime | None:
    """The one time that a piece states apart from its day; None where it states none, or several.

    `dates` are the spans of the text that hold dates. Times of something else ("Doors open", "Deadline") do not count.
    """
    if not _has_time(text):
        return None
    rest = _blanked(text, dates)
    times = [one for one in find_times(rest, language) if not _of_another(rest, one[0][0])]
    if len({start for _, start, _ in times}) == 1:
        span, start, end = max(times, key=lambda one: one[2] is not None)
        return GeneralTime(start=start, end=end, words=rest[slice(*span)])
    if len(times) == 2 and _ends(rest[times[0][0][1] : times[1][0][0]]) and times[0][1] < times[1][1]:
        return GeneralTime(start=times[0][1], end=times[1][1], words=rest[times[0][0][0] : times[1][0][1]])
    return None


def _blanked(text: str, spans: Collection[tuple[int, int]]) -> str:
    """A text with spaces where those spans are."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _of_another(text: str, start: int) -> bool:
    """Whether the words right before a time say that it is not the event's."""
    return _names(text[max(0, start - 30) : start].casefold(), "not_the_time")


def _ends(between: str) -> bool:
    """Whether what stands between two times makes the second the end of the first."""
    return _names(between.casefold(), "end") and len(between) < 30


def general_times(
    tree: html.HtmlElement, pieces: Collection[html.HtmlElement], has_day: Callable[[str], bool], language: str | None
) -> list[GeneralTime]:
    """The times that the page states for its events, in order. `pieces` are the events' own elements: theirs are not meant."""
    found: list[GeneralTime] = []
    for element in _outside(tree, set(pieces)):
        for line in own_lines(element, _MAX_BLOCK):
            for sentence in _sentence_end.split(line) if _has_time(line) else ():
                one = _stated(sentence, has_day, language)
                found += [GeneralTime(start=one[0], end=one[1], words=sentence[:200], element=element)] if one else []
    return found


def _outside(tree: html.HtmlElement, pieces: set[html.HtmlElement]) -> Iterator[html.HtmlElement]:
    """The block elements of a page that are no part of its pieces."""
    body = tree.find("body")
    within: html.HtmlElement | None = None
    seen = 0
    for action, element in etree.iterwalk(body if body is not None else tree, events=("start", "end")):
        if action == "end":
            within = None if element is within else within
        elif within is None and element in pieces:
            within = element
        elif within is None and element.tag in BLOCKS:
            seen += 1
            if seen > _MAX_BLOCKS:
                return
            yield element


def time_for(piece: Above, stated: Sequence[tuple[GeneralTime, Above]]) -> GeneralTime | None:
    """The time stated under the nearest heading above a piece that has any stated under it, else the page's.

    None where none is stated, or several that differ.
    """
    for heading in piece.headings:
        under = [time for time, above in stated if above.headings and above.headings[0].number == heading.number]
        if under:
            return _only(under)
    return _only([time for time, _ in stated])


def _only(times: Sequence[GeneralTime]) -> GeneralTime | None:
    return times[0] if len({time.start for time in times}) == 1 else None


def _stated(
    sentence: str, has_day: Callable[[str], bool], language: str | None
) -> tuple[time, time | None] | None:
    """The time of a sentence that states one for all events: "All meetings begin at 6:30 pm", or no more than a time."""
    if len(sentence) > _MAX_TEXT or not _has_time(sentence) or has_day(sentence):
        return None
    times = find_times(sentence, language)
    if len({start for _, start, _ in times}) != 1:
        return None
    span, start, end = times[0]
    said = _is_general(sentence) or _is_bare(sentence, span)
    return (start, end) if said else None


def _is_bare(sentence: str, span: tuple[int, int]) -> bool:
    """Whether a sentence says no more than a time, with a label at most, or leads up to a list of days: "Mondays at 7, on:"."""
    around = (sentence[: span[0]] + sentence[span[1] :]).casefold()
    if _names(around, "not_general"):
        return False
    return around.strip(_MARKS) in ("", *marks("listing", "time_label")) or sentence.rstrip().endswith(":")


def _is_general(text: str) -> bool:
    words = text.casefold()
    return _names(words, "general") and not _names(words, "not_general")


def _names(words: str, key: str) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(mark)}(?!\w)", words) for mark in marks("listing", key))
