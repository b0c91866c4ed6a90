"""Pieces of a flat page: what stands beside a dated element, with nothing around both, and belongs to the same event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Container, Sequence

from lxml import html

from spiders.extraction.lexicon.titles import clean_title
from symposia.text.plain_text import first_text

MAX_SIBLINGS = 12
"""Elements beside a dated one that are taken to belong to it."""
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_ENDS = {*_HEADINGS, "hr", "ul", "ol", "table", "section", "article", "nav", "form", "iframe", "script", "style"}
_LONG = 80
"""Characters of a line, from which on it is prose, and what is headed below it is another thing."""
_BOLD = ("strong", "b")
_FLAT = {"p", "div", "dt", "dd", "span", "strong", "b", "em", "a", "time", *_HEADINGS}

Group = tuple[html.HtmlElement, ...]


def grouped(wholes: Collection[html.HtmlElement], dated: Container[html.HtmlElement]) -> dict[html.HtmlElement, Group]:
    """Each of the elements with the siblings that belong to it, in order: alone, where the page holds each in a box.

    `dated` are all elements that hold a date: of those beside it none belongs to another's event.
    """
    by_parent: dict[html.HtmlElement, list[html.HtmlElement]] = defaultdict(list)
    for whole in wholes:
        parent = whole.getparent()
        if parent is not None:
            by_parent[parent].append(whole)
    found: dict[html.HtmlElement, Group] = {whole: (whole,) for whole in wholes}
    for parent, own in by_parent.items():
        # What holds a heading of its own is a box, however flat the page.
        if len(own) > 1 and own[0].tag in _FLAT and next(own[0].iterdescendants(*_HEADINGS), None) is None:
            found.update(_split(list(parent), own, dated))
    return found


def _split(
    children: Sequence[html.HtmlElement], own: Sequence[html.HtmlElement], dated: Container[html.HtmlElement]
) -> dict[html.HtmlElement, Group]:
    """The children of one element, cut where an event begins: at its heading, where one stands before most dates, else at the date."""
    places = {child: number for number, child in enumerate(children)}
    at = [places[one] for one in own]
    before = _leading(children, at)
    starts = [
        _start_of(children, place, at[number - 1] if number else -1) if before else place
        for number, place in enumerate(at)
    ]
    ends = [*starts[1:], len(children)]
    return {
        one: tuple(_belonging(children[start:end], place - start, dated))
        for one, place, start, end in zip(own, at, starts, ends, strict=True)
    }


def _leading(children: Sequence[html.HtmlElement], at: Sequence[int]) -> bool:
    """Whether most dates have a heading of one and the same level right before them."""
    levels = [
        _level(children[place - 1])
        for number, place in enumerate(at)
        if place and (not number or at[number - 1] != place - 1)
    ]
    return any(levels.count(level) > len(at) / 2 for level in (*_HEADINGS, *_BOLD, "dt"))


def _level(element: html.HtmlElement) -> str:
    """What kind of heading an element is: its tag, or that of the bold words that it is made of; empty for none."""
    if not isinstance(element.tag, str):
        return ""
    inner = next((one for one in element.iter(*_BOLD) if first_text(one, 1)), None)
    words = first_text(element, 200)
    is_bold = inner is not None and first_text(inner, 200) == words and clean_title(words) is not None
    return "b" if is_bold and element.tag not in _HEADINGS else element.tag


def _start_of(children: Sequence[html.HtmlElement], place: int, last: int) -> int:
    """Where the heading before a date stands, after the date before it."""
    return place - 1 if place - 1 > last else place


def _belonging(
    group: Sequence[html.HtmlElement], own: int, dated: Container[html.HtmlElement]
) -> list[html.HtmlElement]:
    """The elements of a group up to where something else begins: a heading after text, a list, too many."""
    kept = list(group[: own + 1])
    is_prose = len(first_text(group[own], _LONG)) > _LONG
    texts = 0
    for one in group[own + 1 :]:
        if not isinstance(one.tag, str):
            continue
        if (
            one in dated
            or len(kept) > MAX_SIBLINGS
            or (one.tag in _ENDS and (texts or is_prose or one.tag not in _HEADINGS))
        ):
            break
        if one.tag in _HEADINGS and group[own].tag in _HEADINGS and one.tag <= group[own].tag:
            break
        texts += bool(first_text(one, 20))
        kept.append(one)
    return kept
