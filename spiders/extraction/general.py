"""A time that a page states once for all its events: "All meetings begin at 6:30 pm"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time

from lxml import html

from spiders.extraction.marks import marks
from symposia.prose import first_text
from symposia.when import find_times

_MAX_TEXT = 400
_MAX_BLOCKS = 5_000
_has_time = re.compile(r"\d\s*(?:[:.h]\s?\d\d|[ap]\.?\s?m\b|uhr|h\b|uur)|noon|midday", re.IGNORECASE).search
_BLOCKS = ("p", "li", "td", "h1", "h2", "h3", "h4", "h5", "h6", "div", "span", "strong", "em", "b", "dd")


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneralTime:
    """The start, the end where one is stated, and the words that say so."""

    start: time
    end: time | None
    words: str


def general_time(tree: html.HtmlElement, has_day: Callable[[str], bool], language: str | None) -> GeneralTime | None:
    """The time that the page states for its events; None where it states none, or several that differ."""
    found: dict[time, GeneralTime] = {}
    body = tree.find("body")
    for number, element in enumerate((body if body is not None else tree).iter(*_BLOCKS)):
        if number > _MAX_BLOCKS:
            break
        one = _stated(element, has_day, language)
        if one is not None:
            found.setdefault(one.start, one)
    return next(iter(found.values())) if len(found) == 1 else None


def _stated(element: html.HtmlElement, has_day: Callable[[str], bool], language: str | None) -> GeneralTime | None:
    if len(element) > 12:
        return None
    text = first_text(element, _MAX_TEXT)
    if not 8 < len(text) <= _MAX_TEXT or not _has_time(text) or not _is_general(text) or has_day(text):
        return None
    times = find_times(text, language)
    if len({start for _, start, _ in times}) != 1:
        return None
    _, start, end = times[0]
    return GeneralTime(start=start, end=end, words=text[:200])


def _is_general(text: str) -> bool:
    words = text.casefold()
    return _names(words, "general") and not _names(words, "not_general")


def _names(words: str, key: str) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(mark)}(?!\w)", words) for mark in marks("listing", key))
