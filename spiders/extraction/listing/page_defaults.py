"""Page defaults: a time or place that a page states once for all its events. "All meetings begin at 6:30 pm"."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from lxml import etree, html

from spiders.extraction.dom.boilerplate import is_aside
from spiders.extraction.dom.headings import Above
from spiders.extraction.lexicon.title_words import is_generic, is_place
from spiders.extraction.lexicon.word_lists import word_list, word_pattern
from spiders.extraction.listing.separate_times import SeparateTime, blank_out, may_state_time, single_time
from symposia.text.plain_text import BLOCKS, own_lines
from symposia.when import find_times

T = TypeVar("T")
_MIN_SENTENCE, _MAX_SENTENCE = 5, 500
"""Characters of a sentence that may state a default: shorter says nothing, longer is about something else."""
_MAX_BLOCK = 5_000
"""Characters of one block that are read, which bounds time."""
_MAX_BLOCKS = 5_000
"""Blocks of one page that are read, which bounds time."""
_MAX_EVIDENCE = 200
"""Characters of a sentence that are kept as evidence."""
_sentence_end = re.compile(r"(?:(?<=[^\W\d_]{3}[.!?])|(?<=\s(?:19|20)\d\d\.))\s+(?=[^\W\d_])")
_place = re.compile(
    r"(?<!\w)(?:in|at|im|in der|en|à|a la|au)\s(?:the\s|la\s|el\s|le\s)?"
    r"([A-ZÀ-Þ0-9](?:(?!,?\s(?:on|unless|at|from|every|each|and|to|starting|beginning|located|as|which|where)\s)[^;()]){3,120})"
)
_EDGES = " \t:;,.()[]|–—-*"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageDefault:
    """What a sentence states for all events of the page, or for those under one heading.

    Attributes:
        time: The time of day; None where it states none.
        place: The place; None where it states none.
        element: The element that says so; None for a sentence alone.
    """

    time: SeparateTime | None = None
    place: str | None = None
    element: html.HtmlElement | None = None


def find_page_defaults(
    tree: html.HtmlElement,
    regions: Collection[html.HtmlElement],
    has_day: Callable[[str], bool],
    language: str | None,
    timezone: str | None,
) -> list[PageDefault]:
    """What the page states for its events, in order.

    Args:
        tree: The page.
        regions: The events' own elements, whose words are theirs alone.
        has_day: Says of a text whether it names a day: what it states then holds for that day.
        language: The page's language (BCP 47).
        timezone: The source's zone (IANA), for the abbreviations of zones.
    """
    return [
        replace(default, element=element)
        for element in _iter_blocks_outside(tree, set(regions))
        for line in own_lines(element, _MAX_BLOCK)
        for sentence in _sentence_end.split(line)
        if (default := read_page_default(sentence, has_day, language, timezone))
    ]


def read_page_default(
    sentence: str, has_day: Callable[[str], bool], language: str | None, timezone: str | None = None
) -> PageDefault | None:
    """What a sentence states for all events; None where it states nothing, or for one event alone."""
    if not _MIN_SENTENCE <= len(sentence) <= _MAX_SENTENCE:
        return None
    is_for_all, may_be_timed = _is_for_all(sentence), may_state_time(sentence)
    if not (is_for_all or may_be_timed) or has_day(sentence):
        return None
    times = find_times(sentence, language, timezone) if may_be_timed else []
    place = _find_place(blank_out(sentence, [stated.span for stated in times])) if is_for_all else None
    time = single_time(sentence, times)
    if time is not None and not (is_for_all or _is_mere_time(sentence, times[0].span)):
        time = None
    time = replace(time, words=sentence[:_MAX_EVIDENCE]) if time else None
    return PageDefault(time=time, place=place) if time or place else None


def default_time_for(above: Above, defaults: Sequence[tuple[PageDefault, Above]]) -> SeparateTime | None:
    """The time stated under the nearest heading that has any under it, else for the whole page.

    None where none is stated, or several that differ.

    Args:
        above: What stands above the event.
        defaults: The page's defaults, with what stands above each.
    """
    times = [(default.time, place) for default, place in defaults if default.time]
    return _find_nearest(above, times, lambda time: str(time.start))


def default_place_for(above: Above, defaults: Sequence[tuple[PageDefault, Above]]) -> str | None:
    """The place stated for an event, found as `default_time_for` finds its time."""
    places = [(default.place, place) for default, place in defaults if default.place]
    return _find_nearest(above, places, str.casefold)


def _find_nearest(above: Above, values: Sequence[tuple[T, Above]], key: Callable[[T], str]) -> T | None:
    for heading in above.headings:
        under = [value for value, place in values if place.headings and place.headings[0].number == heading.number]
        if under:
            return _single_value(under, key)
    return _single_value([value for value, _ in values], key)


def _single_value(values: Sequence[T], key: Callable[[T], str]) -> T | None:
    return values[0] if len({key(value) for value in values}) == 1 else None


def _iter_blocks_outside(tree: html.HtmlElement, regions: set[html.HtmlElement]) -> Iterator[html.HtmlElement]:
    """The block elements of a page outside its regions and its boilerplate."""
    body = tree.find("body")
    skipped: html.HtmlElement | None = None
    seen = 0
    for action, element in etree.iterwalk(body if body is not None else tree, events=("start", "end")):
        if action == "end":
            skipped = None if element is skipped else skipped
        elif skipped is None and isinstance(element.tag, str) and (element in regions or is_aside(element)):
            skipped = element
        elif skipped is None and element.tag in BLOCKS:
            seen += 1
            if seen > _MAX_BLOCKS:
                return
            yield element


def _find_place(sentence: str) -> str | None:
    """The room, building or address that a sentence names after "in" or "at"; None where it names none."""
    candidates = (" ".join(match[1].split()).strip(" ,.") for match in _place.finditer(sentence))
    return next((place for place in candidates if is_place(place) and not is_generic(place)), None)


def _is_mere_time(sentence: str, span: tuple[int, int]) -> bool:
    """Whether a sentence states only a time, at most with a label, or leads to a list of days: "Mondays at 7, on:"."""
    around = (sentence[: span[0]] + sentence[span[1] :]).casefold()
    if word_pattern("listing", "not_general").search(around):
        return False
    return around.strip(_EDGES) in ("", *word_list("listing", "time_label")) or sentence.rstrip().endswith(":")


def _is_for_all(text: str) -> bool:
    words = text.casefold()
    is_general = word_pattern("listing", "general").search(words) is not None
    return is_general and not word_pattern("listing", "not_general").search(words)
