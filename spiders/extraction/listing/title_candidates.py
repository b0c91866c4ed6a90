"""Title candidates: the texts of a region, and above it, that may be the event's title, each with its weight."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from lxml import html

from spiders.extraction.dom.field_labels import read_labelled_value
from spiders.extraction.dom.headings import HEADINGS, Above
from spiders.extraction.dom.table_columns import CELLS, cell_under, cells_of, heading_of
from spiders.extraction.lexicon.title_words import (
    has_event_word,
    is_address,
    is_detail_line,
    is_list_title,
    is_place,
    is_sentence,
)
from spiders.extraction.lexicon.titles import TitleCandidate, clean_title
from spiders.extraction.listing.regions import Region
from spiders.extraction.listing.weights import load_weights
from symposia.text.plain_text import first_text, tree_text

_LONG = 60
"""Characters, from which on a text is less likely the title."""
_MAX_LINES = 8
"""Lines of a region among which the title is: details follow."""
_MAX_CELL_LINES = 12
"""Lines of a row's cells among which the title is."""
_MAX_LINES_OF_CELL = 20
"""Lines of one cell that are read."""
_MAX_CELL = 2_000
"""Characters of one cell that are read."""
_MAX_MARKED = 400
"""Characters of an element that is marked as a title: more is a card."""
_MAX_ELEMENTS = 400
"""Elements of a region that are looked at, which bounds time."""
_MAX_HEAD = 200
"""Characters of a column's heading."""
_MAX_LINK = 100
"""Characters of a link that most regions may carry."""
_MAX_CHILDREN = 11
"""Children of an element of class "title": one with more is a box around a whole card."""
_MIN_REPEATED = 4
"""Regions that carry a text, from which on it may be repeated: a series has some events of one title."""
_REPEATED_IN = 3
"""A text is repeated that more than one region in three carries: of two links that take turns, each has half."""
_UNMARKED = ("text", "cell", "strong", "b")
"""Evidence of texts that may as well be a place's name."""
_title_class = re.compile(r"(?:^|[\s_-])(?:title|name|summary|heading|headline)(?:$|[\s_-])", re.IGNORECASE)


class _PlacedText(NamedTuple):
    """A text that may be the title, where it stands, and how good a place for a title that is."""

    text: str
    evidence: str
    weight: float


def repeated_texts(regions: Sequence[Region]) -> frozenset[str]:
    """The links and lines that most regions carry: they say what one can do or read, and not what takes place."""
    if len(regions) < _MIN_REPEATED:
        return frozenset()
    titles = ({clean_title(text) for text in _iter_short_texts(region)} for region in regions)
    counts = Counter(title for region_titles in titles for title in region_titles if title)
    return frozenset(
        title
        for title, count in counts.items()
        if count >= _MIN_REPEATED and count > len(regions) / _REPEATED_IN and not has_event_word(title)
    )


def _iter_short_texts(region: Region) -> Iterator[str]:
    yield from region.text.splitlines()[:_MAX_LINES]
    yield from (first_text(link, _MAX_LINK) for element in region.elements for link in element.iter("a"))


def find_title_candidates(region: Region, above: Above | None, repeated: frozenset[str]) -> Iterator[TitleCandidate]:
    """The candidates in a region and in the headings above it, cleaned and weighed, in order.

    Args:
        region: The region.
        above: What stands above it; None where that is not known.
        repeated: Titles that most regions carry.
    """
    weights = load_weights().words
    places = _titles_of_place(region)
    for text, evidence, weight in _iter_texts(region, above):
        title = clean_title(text)
        if title is not None and title not in places:
            merit = weigh_words(title, evidence in _UNMARKED) + weights.repeated * (title in repeated)
            merit += weights.detail_line * is_detail_line(text)
            merit += weights.list_title * (evidence not in ("text", "cell") and is_list_title(title))
            yield TitleCandidate(title, evidence, weight + merit, borrowed=evidence.endswith(" above"))


def _titles_of_place(region: Region) -> set[str | None]:
    """What the lines that state the event's place would be as titles: under a label, or in a column of places."""
    titles: set[str | None] = set()
    labelled = read_labelled_value(region.text.splitlines(), "place")
    if labelled is not None:
        titles |= {clean_title(line) for line in (*labelled.lines, labelled.text)}
    if (cell := cell_under(region.elements[0], "place")) is not None:
        titles |= {clean_title(line) for line in tree_text(cell)[:_MAX_CELL].splitlines()}
    return titles


@lru_cache(maxsize=1_024)
def weigh_words(title: str, unmarked: bool = True) -> float:
    """What the words of a title speak for it, wherever they stand; of unmarked ones also whether they are a place's."""
    weights = load_weights().words
    names_place = is_place(title) if unmarked else is_address(title)
    return (
        weights.event_word * has_event_word(title)
        + weights.place * names_place
        + weights.sentence * is_sentence(title)
        + weights.long * (len(title) > _LONG)
    )


def _iter_texts(region: Region, above: Above | None) -> Iterator[_PlacedText]:
    weights = load_weights().position
    if not region.is_line:
        yield from _iter_table_texts(region.elements[0])
        yield from _iter_marked_texts(region)
    lines = [line for raw in region.text.splitlines() if (line := raw.strip())]
    first_line = weights.line_under_day if region.day else weights.line
    for number, line in enumerate(lines[:_MAX_LINES]):
        yield _PlacedText(line, "text", first_line + weights.next_line * number)
    for number, heading in enumerate(above.headings if above is not None else ()):
        nearest = weights.own_heading_above if above and above.own else weights.heading_above
        higher = weights.higher_heading + weights.next_higher_heading * number
        yield _PlacedText(heading.text, f"{heading.tag} above", higher if number else nearest)


def _iter_table_texts(element: html.HtmlElement) -> Iterator[_PlacedText]:
    """The cells of a row, best that under a heading for titles; of a cell, its column's heading."""
    weights = load_weights().position
    cell = cell_under(element, "name")
    if cell is not None:
        yield _PlacedText(_title_text(cell), "column", weights.column)
    elif element.tag == "tr" and (cells := cells_of(element)):
        for number, line in enumerate(_lines_of_cells(cells)[:_MAX_CELL_LINES]):
            yield _PlacedText(line, "cell", weights.cell + weights.next_cell * number)
    elif element.tag in CELLS and (head := heading_of(element)) is not None:
        yield _PlacedText(first_text(head, _MAX_HEAD), "head above", weights.column_head)


def _lines_of_cells(cells: Sequence[html.HtmlElement]) -> list[str]:
    return [
        line
        for cell in cells
        for raw in tree_text(cell)[:_MAX_CELL].splitlines()[:_MAX_LINES_OF_CELL]
        if (line := raw.strip())
    ]


def _title_text(cell: html.HtmlElement) -> str:
    """The words of a cell that are marked as a title, else its first line: a place may stand below it."""
    marked = (first_text(element, _MAX_MARKED) for element in cell.iter(*HEADINGS, "a", "strong", "b"))
    title = next((text for text in marked if clean_title(text)), None)
    if title is not None:
        return title
    lines = (" ".join(line.split()) for line in tree_text(cell)[:_MAX_CELL].splitlines())
    return next((line for line in lines if clean_title(line)), "")


def _iter_marked_texts(region: Region) -> Iterator[_PlacedText]:
    """The texts that the page marks up as more than text: headings, classes, links, bold words."""
    next_marked = load_weights().position.next_marked
    for number, element in enumerate(inner for whole in region.elements for inner in whole.iter()):
        if number > _MAX_ELEMENTS:
            return
        mark = _title_mark(element)
        if mark is not None:
            evidence, weight = mark
            yield _PlacedText(first_text(element, _MAX_MARKED), evidence, weight + next_marked * number)


def _title_mark(element: html.HtmlElement) -> tuple[str, float] | None:
    """How an element is marked up as a title, and what that weighs; None for one that is not."""
    if not isinstance(element.tag, str):
        return None
    weights = load_weights().position
    if element.tag in HEADINGS:
        return element.tag, weights.heading
    if _title_class.search(element.get("class") or "") and len(element) <= _MAX_CHILDREN:
        return "class", weights.title_class
    if element.tag == "a":
        is_around_card = next(element.iterdescendants(*HEADINGS, "p", "div"), None) is not None
        return None if is_around_card else ("a", weights.link)
    return (element.tag, weights.bold) if element.tag in ("strong", "b") else None
