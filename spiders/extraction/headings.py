"""What stands above a dated piece of a page: the heading it belongs to, and the year that is said once for many."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from lxml import etree, html

from spiders.extraction.marks import marks
from symposia.prose import first_text, one_line

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_SAYS_A_YEAR = {
    *HEADINGS,
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
}
_MAX_YEAR_TEXT = 60
_MAX_CHILDREN = 3
_YEARS = 12
"""How far from the year of the page a heading's year may lie."""
_year = re.compile(r"(?<![\d/.,$-])(?:19|20)\d\d(?![\d/-])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Above:
    """The last heading before a piece, and the year of the last heading or line that says one; None where none does."""

    heading: str | None
    tag: str | None
    year: int | None


def above(
    tree: html.HtmlElement, pieces: Collection[html.HtmlElement], this_year: int
) -> dict[html.HtmlElement, Above]:
    """What stands above each of the pieces, in one walk over the page."""
    wanted = set(pieces)
    found: dict[html.HtmlElement, Above] = {}
    heading, tag, year = None, None, None
    for _, element in etree.iterwalk(tree, events=("start",)):
        if element in wanted:
            found[element] = Above(heading=heading, tag=tag, year=year)
        if element.tag in HEADINGS and (text := one_line(element.text_content(), limit=200)):
            heading, tag = text, element.tag
        if (
            element.tag in _SAYS_A_YEAR
            and (said := _year_said(element)) is not None
            and abs(said - this_year) <= _YEARS
        ):
            year = said
    return found


def _year_said(element: html.HtmlElement) -> int | None:
    """The year of a short text that says one, and no day: "2019 Meetings"."""
    if len(element) > _MAX_CHILDREN:
        return None
    text = first_text(element, _MAX_YEAR_TEXT)
    years = set(_year.findall(text)) if len(text) <= _MAX_YEAR_TEXT else set()
    if len(years) != 1 or re.search(r"\d", _year.sub("", text)):
        return None
    words = text.casefold()
    return None if any(mark in words for mark in marks("listing", "not_the_event")) else int(years.pop())
