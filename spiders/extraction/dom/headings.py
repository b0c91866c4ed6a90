"""What stands above a dated piece of a page: the heading it belongs to, and the year that is said once for many."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from lxml import etree, html

from spiders.extraction.lexicon.word_lists import word_pattern
from symposia.text.plain_text import first_text, one_line

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_SAYS_A_YEAR = frozenset(
    [
        *HEADINGS,
        *[
            "caption",
            "summary",
            "legend",
            "th",
            "p",
            "strong",
            "b",
            "dt",
            "div",
            "a",
            "button",
            "span",
            "li",
            "td",
            "u",
        ],
    ]
)
_MAX_YEAR_TEXT = 60
_MAX_SENTENCE = 200
"""Characters of a longer text in which it may be said what year its meetings are of."""
_MAX_CHILDREN = 3
_YEARS = 12
"""How far from the year of the page a heading's year may lie."""
_year = re.compile(r"(?<![\d/.,$-])(?:19|20)\d\d(?![\d/-])")


class Heading(NamedTuple):
    """A heading of the page: its words, its tag, and its place in the page."""

    text: str
    tag: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Above:
    """The headings that a piece stands under, the nearest first, and the year of the last heading or line that says one.

    `own`: no other piece stands under the nearest heading.
    """

    headings: tuple[Heading, ...] = ()
    year: int | None = None
    own: bool = False


def find_headings_above(
    tree: html.HtmlElement, pieces: Collection[html.HtmlElement], this_year: int
) -> dict[html.HtmlElement, Above]:
    """What stands above each of the pieces, in one walk over the page."""
    wanted = set(pieces)
    found: dict[html.HtmlElement, Above] = {}
    outline: tuple[Heading, ...] = ()
    year = None
    for number, (_, element) in enumerate(etree.iterwalk(tree, events=("start",))):
        if element in wanted:
            # A heading with a date of its own does not stand under the one before it.
            found[element] = Above(
                headings=tuple(one for one in outline if element.tag not in HEADINGS or one.tag < element.tag),
                year=year,
            )
        if element.tag in HEADINGS and (text := one_line(first_text(element, 300), limit=200)):
            heading = Heading(text=text, tag=element.tag, number=number)
            outline = (heading, *(one for one in outline if one.tag < heading.tag))
        if (
            element.tag in _SAYS_A_YEAR
            and (said := _year_said(element)) is not None
            and abs(said - this_year) <= _YEARS
        ):
            year = said
    under = Counter(one.headings[0].number for one in found.values() if one.headings)
    return {
        piece: replace(one, own=True) if one.headings and under[one.headings[0].number] == 1 else one
        for piece, one in found.items()
    }


def _year_said(element: html.HtmlElement) -> int | None:
    """The year of a short text that says one, and no day: "2019 Meetings"."""
    children = len(element)
    if not children and not _may_say_a_year(element.text or ""):
        return None
    if children > _MAX_CHILDREN or not any(_may_say_a_year(text) for text in _own_texts(element)):
        return None
    text = first_text(element, _MAX_SENTENCE)
    return year_in(text) if len(text) <= _MAX_YEAR_TEXT else _year_of_meetings(text)


def _may_say_a_year(text: str) -> bool:
    # Most texts are none, and a search for two characters is far cheaper than one for a pattern.
    return ("20" in text or "19" in text) and _year.search(text) is not None


def year_in(text: str) -> int | None:
    """The year of a short text that says one, and no day: "2019 Meetings"."""
    years = set(_year.findall(text)) if len(text) <= _MAX_YEAR_TEXT else set()
    if len(years) != 1 or re.search(r"\d", _year.sub("", text)):
        return None
    return None if word_pattern("listing", "not_the_event").search(text.casefold()) else int(years.pop())


def _year_of_meetings(text: str) -> int | None:
    """The one year of a sentence that says whose dates follow: "The 2019 committee meetings are held at"."""
    years = set(_year.findall(text))
    said = re.search(_said_of_several(), text.casefold()) if len(years) == 1 else None
    return int(years.pop()) if said else None


@cache
def _said_of_several() -> re.Pattern[str]:
    """A year and, few words after it, what it is the year of; "48 events since 2015" is no such."""
    return re.compile(rf"{_year.pattern}(?:\s+[^\s.;:,()]+){{0,8}}?\s+(?:{word_pattern('names', 'several').pattern})")


def _own_texts(element: html.HtmlElement) -> Iterator[str]:
    """The texts of an element that stand in it, or in a child; what lies deeper is looked at when its own element is."""
    yield element.text or ""
    for child in element:
        yield from (child.text or "", child.tail or "")
