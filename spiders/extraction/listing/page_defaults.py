"""A time that stands apart from its day: once for all events ("All meetings begin at 6:30 pm"), or elsewhere in the piece."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import TypeVar

from lxml import etree, html

from spiders.extraction.dom.boilerplate import is_aside
from spiders.extraction.dom.headings import Above
from spiders.extraction.lexicon.title_words import is_generic, is_place
from spiders.extraction.lexicon.word_lists import word_list, word_pattern
from symposia.text.plain_text import BLOCKS, own_lines
from symposia.when import Clock, find_times

T = TypeVar("T")
_MAX_TEXT = 500
_MAX_BLOCK = 5_000
_MAX_BLOCKS = 5_000
_sentence_end = re.compile(r"(?:(?<=[^\W\d_]{3}[.!?])|(?<=\s(?:19|20)\d\d\.))\s+(?=[^\W\d_])")
_place = re.compile(
    r"(?<!\w)(?:in|at|im|in der|en|à|a la|au)\s(?:the\s|la\s|el\s|le\s)?"
    r"([A-ZÀ-Þ0-9](?:(?!,?\s(?:on|unless|at|from|every|each|and|to|starting|beginning|located|as|which|where)\s)[^;()]){3,120})"
)
_MARKS = " \t:;,.()[]|–—-*"
_time = re.compile(
    r"\d\s*(?:[:.h]\s?\d\d|[ap]\.?\s?m\b|uhr|h\b|uur|u\.)|(?<!\w)(?:kl|klo|klockan|klokken|kello|ore|dalle|godz)\.?\s?\d|noon|midday",
    re.IGNORECASE,
)
_midday = re.compile("noon|midday", re.IGNORECASE)
_numbers = re.compile(r"\d+")
_AROUND = 12
"""Characters on either side of a number in which it is said that it is an hour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneralTime:
    """The start, the end where one is stated, and the words that say so."""

    start: time
    end: time | None
    words: str
    timezone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What a page states once for all its events, or for those under one heading, and the element that says so."""

    time: GeneralTime | None = None
    place: str | None = None
    element: html.HtmlElement | None = None


def at_time(day: date, time: GeneralTime) -> tuple[datetime, datetime | None]:
    """The start and the end of an event on that day at that time."""
    end = datetime.combine(day, time.end) if time.end and time.end > time.start else None
    return datetime.combine(day, time.start), end


def may_state_time(text: str) -> bool:
    """Whether a text may state a time of day. Long texts are looked at around their numbers only, as most have few."""
    if len(text) < 400:
        return (_numbers.search(text) is not None or _midday.search(text) is not None) and _time.search(
            text
        ) is not None
    near = (text[max(0, one.start() - _AROUND) : one.end() + _AROUND] for one in _numbers.finditer(text))
    return any(_time.search(one) for one in near) or "noon" in text or "midday" in text


def own_time(
    text: str, dates: Collection[tuple[int, int]], language: str | None, timezone: str | None
) -> GeneralTime | None:
    """The one time that a piece states apart from its day; None where it states none, or several.

    `dates` are the spans of the text that hold dates. Times of something else ("Doors open", "Deadline") do not count.
    """
    if not may_state_time(text):
        return None
    rest = _blanked(text, dates)
    times = [one for one in find_times(rest, language, timezone) if not _of_another(rest, one.place[0])]
    return _one_time(rest, times)


def _one_time(text: str, times: Sequence[Clock]) -> GeneralTime | None:
    """The time that a text states: its only one, or its two where the second is said to be the end; None for any others."""
    if len({one.start for one in times}) == 1:
        said = max(times, key=lambda one: one.end is not None)
        return GeneralTime(start=said.start, end=said.end, words=text[slice(*said.place)], timezone=said.timezone)
    if len(times) == 2 and times[0].start < times[1].start:
        first, last = times
        if _ends(text[first.place[1] : last.place[0]]):
            words, zone = text[first.place[0] : last.place[1]], first.timezone or last.timezone
            return GeneralTime(start=first.start, end=last.start, words=words, timezone=zone)
    return None


def _blanked(text: str, spans: Collection[tuple[int, int]]) -> str:
    """A text with spaces where those spans are."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _of_another(text: str, start: int) -> bool:
    """Whether the words right before a time say that it is not the event's."""
    return word_pattern("listing", "not_the_time").search(text[max(0, start - 30) : start].casefold()) is not None


def _ends(between: str) -> bool:
    """Whether what stands between two times makes the second the end of the first."""
    return len(between) < 30 and word_pattern("listing", "end").search(between.casefold()) is not None


def statements(
    tree: html.HtmlElement,
    pieces: Collection[html.HtmlElement],
    has_day: Callable[[str], bool],
    language: str | None,
    timezone: str | None,
) -> list[Statement]:
    """What the page states for its events, in order. `pieces` are the events' own elements: theirs is not meant."""
    return [
        replace(said, element=element)
        for element in _outside(tree, set(pieces))
        for line in own_lines(element, _MAX_BLOCK)
        for sentence in _sentence_end.split(line)
        if (said := stated_in(sentence, has_day, language, timezone))
    ]


def _outside(tree: html.HtmlElement, pieces: set[html.HtmlElement]) -> Iterator[html.HtmlElement]:
    """The block elements of a page that are no part of its pieces, nor of what stands around them."""
    body = tree.find("body")
    within: html.HtmlElement | None = None
    seen = 0
    for action, element in etree.iterwalk(body if body is not None else tree, events=("start", "end")):
        if action == "end":
            within = None if element is within else within
        elif within is None and isinstance(element.tag, str) and (element in pieces or is_aside(element)):
            within = element
        elif within is None and element.tag in BLOCKS:
            seen += 1
            if seen > _MAX_BLOCKS:
                return
            yield element


def time_for(piece: Above, stated: Sequence[tuple[Statement, Above]]) -> GeneralTime | None:
    """The time stated under the nearest heading above a piece that has any stated under it, else the page's.

    None where none is stated, or several that differ.
    """
    return _nearest(piece, [(said.time, above) for said, above in stated if said.time], lambda time: str(time.start))


def place_for(piece: Above, stated: Sequence[tuple[Statement, Above]]) -> str | None:
    """The place stated for a piece, as its time is."""
    return _nearest(piece, [(said.place, above) for said, above in stated if said.place], str.casefold)


def _nearest(piece: Above, stated: Sequence[tuple[T, Above]], key: Callable[[T], str]) -> T | None:
    for heading in piece.headings:
        under = [one for one, above in stated if above.headings and above.headings[0].number == heading.number]
        if under:
            return _only(under, key)
    return _only([one for one, _ in stated], key)


def _only(found: Sequence[T], key: Callable[[T], str]) -> T | None:
    return found[0] if len({key(one) for one in found}) == 1 else None


def stated_in(
    sentence: str, has_day: Callable[[str], bool], language: str | None, timezone: str | None = None
) -> Statement | None:
    """What a sentence states for all events: "All meetings begin at 6:30 pm in Room 2"; None where it states nothing, or for one."""
    if not 4 < len(sentence) <= _MAX_TEXT:
        return None
    general, timed = _is_general(sentence), may_state_time(sentence)
    if not (general or timed) or has_day(sentence):
        return None
    times = find_times(sentence, language, timezone) if timed else []
    place = _place_in(_blanked(sentence, [one.place for one in times])) if general else None
    time = _one_time(sentence, times)
    if time is not None and not (general or _is_bare(sentence, times[0].place)):
        time = None
    time = replace(time, words=sentence[:200]) if time else None
    return Statement(time=time, place=place) if time or place else None


def _place_in(sentence: str) -> str | None:
    """The room, building or address that a sentence names after "in" or "at"; None where it names none."""
    found = (" ".join(match[1].split()).strip(" ,.") for match in _place.finditer(sentence))
    return next((one for one in found if is_place(one) and not is_generic(one)), None)


def _is_bare(sentence: str, span: tuple[int, int]) -> bool:
    """Whether a sentence says no more than a time, with a label at most, or leads up to a list of days: "Mondays at 7, on:"."""
    around = (sentence[: span[0]] + sentence[span[1] :]).casefold()
    if word_pattern("listing", "not_general").search(around):
        return False
    return around.strip(_MARKS) in ("", *word_list("listing", "time_label")) or sentence.rstrip().endswith(":")


def _is_general(text: str) -> bool:
    words = text.casefold()
    return bool(word_pattern("listing", "general").search(words)) and not word_pattern("listing", "not_general").search(
        words
    )
