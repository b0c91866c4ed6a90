"""Headings: what stands above an element of a page. The headings it belongs to, and a year that is stated once for many."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from lxml import etree, html

from spiders.extraction.lexicon.word_lists import word_pattern
from symposia.text.plain_text import first_text, one_line

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_MAY_STATE_A_YEAR = frozenset((
    *HEADINGS, "caption", "summary", "legend", "th", "p", "strong", "b", "dt", "div", "a", "button", "span", "li", "td", "u",
))  # fmt: skip
_MAX_YEAR_TEXT = 60
"""Characters of a text that states a year for what follows: longer ones are prose."""
_MAX_SENTENCE = 200
"""Characters of a sentence that may say whose dates follow: "The 2019 committee meetings are held at"."""
_MAX_READ = 300
"""Characters of a heading that are read."""
_MAX_HEADING = 200
"""Characters of a heading that are kept."""
_MAX_CHILDREN = 3
"""Children of an element that states a year; with more it holds other things too."""
_MAX_YEARS_AWAY = 12
"""Years between the page and the year of a heading: archives go back a decade, other numbers lie further off."""
_year = re.compile(r"(?<![\d/.,$-])(?:19|20)\d\d(?![\d/-])")


class Heading(NamedTuple):
    """A heading of a page.

    Attributes:
        text: Its words.
        tag: "h1" to "h6".
        number: Its position among the page's elements, which tells apart two with the same words.
    """

    text: str
    tag: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Above:
    """What stands above an element.

    Attributes:
        headings: The headings that it stands under, the nearest first.
        year: The year of the last heading or line before it that states one; None where none does.
        own: Whether no other of the elements asked for stands under the nearest heading.
    """

    headings: tuple[Heading, ...] = ()
    year: int | None = None
    own: bool = False


def find_headings_above(
    tree: html.HtmlElement, elements: Collection[html.HtmlElement], this_year: int
) -> dict[html.HtmlElement, Above]:
    """Find what stands above each of the elements, in one walk over the page.

    Args:
        tree: The page.
        elements: Elements of it; those of another tree are not in the answer.
        this_year: The year in which the page was fetched: far from it, a number is no year.
    """
    wanted = set(elements)
    found: dict[html.HtmlElement, Above] = {}
    outline: tuple[Heading, ...] = ()
    year = None
    for number, (_, element) in enumerate(etree.iterwalk(tree, events=("start",))):
        if element in wanted:
            found[element] = Above(headings=_headings_over(element, outline), year=year)
        if element.tag in HEADINGS and (text := one_line(first_text(element, _MAX_READ), limit=_MAX_HEADING)):
            heading = Heading(text=text, tag=element.tag, number=number)
            outline = (heading, *_headings_over(element, outline))
        stated_year = _stated_year(element) if element.tag in _MAY_STATE_A_YEAR else None
        if stated_year is not None and abs(stated_year - this_year) <= _MAX_YEARS_AWAY:
            year = stated_year
    return _with_own_headings(found)


def _headings_over(element: html.HtmlElement, outline: tuple[Heading, ...]) -> tuple[Heading, ...]:
    """The headings so far that an element stands under: a heading stands under those of higher levels only."""
    if element.tag not in HEADINGS:
        return outline
    return tuple(heading for heading in outline if heading.tag < element.tag)


def _with_own_headings(found: Mapping[html.HtmlElement, Above]) -> dict[html.HtmlElement, Above]:
    under = Counter(above.headings[0].number for above in found.values() if above.headings)
    return {
        element: replace(above, own=bool(above.headings) and under[above.headings[0].number] == 1)
        for element, above in found.items()
    }


def _stated_year(element: html.HtmlElement) -> int | None:
    """The year that an element states for what follows it; None where it states none, or a day."""
    children = len(element)
    if not children and not _may_state_a_year(element.text or ""):
        return None
    if children > _MAX_CHILDREN or not any(map(_may_state_a_year, _near_texts(element))):
        return None
    text = first_text(element, _MAX_SENTENCE)
    return year_in(text) if len(text) <= _MAX_YEAR_TEXT else _year_of_meetings(text)


def _may_state_a_year(text: str) -> bool:
    # Most texts state none, and looking for two characters is far cheaper than matching a pattern.
    return ("20" in text or "19" in text) and _year.search(text) is not None


def year_in(text: str) -> int | None:
    """The year that a short text states, and no day; None where it states none, several, or that of something else.

    >>> year_in("2019 Meetings"), year_in("March 3, 2019"), year_in("© 2019 Reading Guild")
    (2019, None, None)
    """
    years = set(_year.findall(text)) if len(text) <= _MAX_YEAR_TEXT else set()
    if len(years) != 1 or re.search(r"\d", _year.sub("", text)):
        return None
    return None if word_pattern("listing", "not_the_event").search(text.casefold()) else int(years.pop())


def _year_of_meetings(text: str) -> int | None:
    """The one year of a sentence that says whose dates follow: "The 2019 committee meetings are held at"."""
    years = set(_year.findall(text))
    is_of_events = len(years) == 1 and _year_of_events().search(text.casefold())
    return int(years.pop()) if is_of_events else None


@cache
def _year_of_events() -> re.Pattern[str]:
    """Finds a year and, up to eight words later, events; in "48 events since 2015" they stand before it."""
    return re.compile(rf"{_year.pattern}(?:\s+[^\s.;:,()]+){{0,8}}?\s+(?:{word_pattern('names', 'several').pattern})")


def _near_texts(element: html.HtmlElement) -> Iterator[str]:
    """The texts of an element and of its children; deeper ones are looked at when their own element is."""
    yield element.text or ""
    for child in element:
        yield from (child.text or "", child.tail or "")
