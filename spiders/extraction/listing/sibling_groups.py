"""Sibling groups: on a flat page, with no box around each event, the elements that announce the same one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Container, Sequence
from itertools import pairwise
from typing import TypeAlias

from lxml import html

from spiders.extraction.dom.headings import HEADINGS
from spiders.extraction.lexicon.titles import clean_title
from symposia.text.plain_text import first_text

MAX_SIBLINGS = 12
"""Elements of one group: more are a text about something else."""
_LONG_LINE = 80
"""Characters of a line above which it is prose, and the heading below it is of something else."""
_MAX_WORDS = 200
"""Characters that are compared, to tell whether an element is bold as a whole."""
_BOLD = ("strong", "b")
_ENDS = {*HEADINGS, "hr", "ul", "ol", "table", "section", "article", "nav", "form", "iframe", "script", "style"}
"""Elements that belong to no group before them."""
_FLAT = {"p", "div", "dt", "dd", "span", "strong", "b", "em", "a", "time", *HEADINGS}
"""Elements that may be one line of an event: others are boxes."""

Group: TypeAlias = tuple[html.HtmlElement, ...]
"""Siblings that announce one event, in order."""


def group_siblings(
    wholes: Collection[html.HtmlElement], dated: Container[html.HtmlElement]
) -> dict[html.HtmlElement, Group]:
    """Each element with the siblings that announce the same event; alone, where the page has a box around each event.

    Args:
        wholes: The largest elements of one event each.
        dated: All elements that are, or hold, a date node: such a sibling is of another event.
    """
    by_parent: dict[html.HtmlElement, list[html.HtmlElement]] = defaultdict(list)
    for whole in wholes:
        parent = whole.getparent()
        if parent is not None:
            by_parent[parent].append(whole)
    groups: dict[html.HtmlElement, Group] = {whole: (whole,) for whole in wholes}
    for parent, siblings in by_parent.items():
        # What holds a heading of its own is a box, however flat the page.
        has_heading = next(siblings[0].iterdescendants(*HEADINGS), None) is not None
        if len(siblings) > 1 and siblings[0].tag in _FLAT and not has_heading:
            groups.update(_split_children(list(parent), siblings, dated))
    return groups


def _split_children(
    children: Sequence[html.HtmlElement], wholes: Sequence[html.HtmlElement], dated: Container[html.HtmlElement]
) -> dict[html.HtmlElement, Group]:
    """Cut the children of one element where an event begins: at its heading where most have one, else at the date."""
    index_of = {child: number for number, child in enumerate(children)}
    dates = [index_of[whole] for whole in wholes]
    starts = dates
    if _have_headings_before(children, dates):
        starts = [_heading_before(date, date_before) for date_before, date in pairwise([-1, *dates])]
    ends = [*starts[1:], len(children)]
    return {
        whole: tuple(_elements_of_event(children[start:end], date - start, dated))
        for whole, date, start, end in zip(wholes, dates, starts, ends, strict=True)
    }


def _have_headings_before(children: Sequence[html.HtmlElement], dates: Sequence[int]) -> bool:
    """Whether most dates have a heading of one and the same level right before them."""
    levels = [
        _heading_level(children[date - 1])
        for date_before, date in pairwise([-1, *dates])
        if date and date_before != date - 1
    ]
    return any(levels.count(level) > len(dates) / 2 for level in (*HEADINGS, *_BOLD, "dt"))


def _heading_level(element: html.HtmlElement) -> str:
    """What kind of heading an element is: its tag, or "b" where it is bold as a whole; "" for a comment."""
    if not isinstance(element.tag, str):
        return ""
    bold = next((inner for inner in element.iter(*_BOLD) if first_text(inner, 1)), None)
    words = first_text(element, _MAX_WORDS)
    is_bold = bold is not None and first_text(bold, _MAX_WORDS) == words and clean_title(words) is not None
    return "b" if is_bold and element.tag not in HEADINGS else element.tag


def _heading_before(date: int, date_before: int) -> int:
    """The index of the heading right before a date; the date's own, where the date before it stands there."""
    return date - 1 if date - 1 > date_before else date


def _elements_of_event(
    group: Sequence[html.HtmlElement], own: int, dated: Container[html.HtmlElement]
) -> list[html.HtmlElement]:
    """The elements of a group up to where something else begins: a heading after text, a list, too many.

    `own` is the index of the element with the date.
    """
    date_element = group[own]
    kept = list(group[: own + 1])
    is_prose = len(first_text(date_element, _LONG_LINE)) > _LONG_LINE
    has_text = False
    for sibling in group[own + 1 :]:
        if not isinstance(sibling.tag, str):
            continue
        if sibling in dated or len(kept) > MAX_SIBLINGS:
            break
        if sibling.tag in _ENDS and (has_text or is_prose or sibling.tag not in HEADINGS):
            break
        if sibling.tag in HEADINGS and date_element.tag in HEADINGS and sibling.tag <= date_element.tag:
            break
        has_text = has_text or bool(first_text(sibling, 1))
        kept.append(sibling)
    return kept
