"""How many events the dates in an element speak of: a title and a line below may name the day of one and the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time
from itertools import islice
from typing import NamedTuple

from lxml import html

from spiders.extraction.dom.table_columns import is_of_dates
from symposia.text.plain_text import first_text


class Day(NamedTuple):
    """A day that a text speaks of, the time of day where it states one, and the last day where it states a range of them."""

    first: date
    time: time | None = None
    last: date | None = None
    year_stated: bool = True


_MAX_BOX = 5
"""How far around a date the box may be that it shares with another."""
_MAX_OTHERS = 3
_MAX_POSTED = 30
"""Characters of the date of a posting, and no more than that."""
_ENOUGH = 4
"""Events of one element that are told apart: what matters is whether it holds one, a few or many."""


def counted(dated: Mapping[html.HtmlElement, Day]) -> dict[html.HtmlElement, int]:
    """For each of the dated elements, and all around them, how many events they speak of; 4 for more."""
    days: dict[html.HtmlElement, list[Day]] = {}
    children: dict[html.HtmlElement, list[html.HtmlElement]] = {}
    for element, day in dated.items():
        days[element] = [day]
        child = element
        for around in element.iterancestors():
            known = children.get(around)
            if known is not None:
                known += [child] if known[-1] is not child else []
                break
            children[around] = [child]
            child = around
    for around in _inside_out(children):
        days[around] = _joined(around, children[around], days)
    return {element: len(found) for element, found in days.items()}


def days_of_posting(dated: Mapping[html.HtmlElement, Day], today: date) -> Iterator[html.HtmlElement]:
    """The dated elements that say when something was posted: a past day beside one that lies ahead, in one box."""
    within: dict[html.HtmlElement, list[html.HtmlElement]] = {}
    for element in dated:
        for around in islice(element.iterancestors(), _MAX_BOX):
            within.setdefault(around, []).append(element)
    for element, day in dated.items():
        if day.time is not None or day.first >= today or len(first_text(element, _MAX_POSTED)) > _MAX_POSTED:
            continue
        box = next((one for one in islice(element.iterancestors(), _MAX_BOX) if len(within[one]) > 1), None)
        others = [one for one in within[box] if one is not element] if box is not None else []
        if 0 < len(others) <= _MAX_OTHERS and all(
            dated[one].first >= today and _shape(one, box) != _shape(element, box) and _says_more(one, dated[one])
            for one in others
        ):
            yield element


def _says_more(element: html.HtmlElement, day: Day) -> bool:
    return day.time is not None or len(first_text(element, _MAX_POSTED)) > _MAX_POSTED


def _shape(element: html.HtmlElement, box: html.HtmlElement | None) -> tuple[str, str | None]:
    """The tag and the class of the child of a box that an element is, or is in."""
    child = element
    while child.getparent() is not None and child.getparent() is not box:
        child = child.getparent()
    return child.tag, child.get("class")


def _inside_out(children: Mapping[html.HtmlElement, Sequence[html.HtmlElement]]) -> list[html.HtmlElement]:
    """The elements with dated children, each after those that it holds."""
    roots = [around for around in children if around.getparent() not in children]
    order: list[html.HtmlElement] = []
    while roots:
        around = roots.pop()
        order.append(around)
        roots += [child for child in children[around] if child in children]
    return order[::-1]


def _joined(
    around: html.HtmlElement, children: Sequence[html.HtmlElement], days: Mapping[html.HtmlElement, list[Day]]
) -> list[Day]:
    """The events of an element's children. Two of the same day are one in a row, and in children of different shapes.

    Children of one shape are items of a list: what they announce is theirs, whatever the day.
    """
    shapes = Counter((child.tag, child.get("class")) for child in children)
    is_row = around.tag == "tr" and not is_of_dates(around, days)
    found: list[Day] = []
    for child in children:
        own = not is_row and shapes[child.tag, child.get("class")] > 1
        for day in days[child]:
            at = None if own else next((number for number, one in enumerate(found) if _may_be_one(one, day)), None)
            if at is None:
                found.append(day)
            else:
                found[at] = max(found[at], day, key=lambda one: (one.year_stated, one.time is not None))
        if len(found) >= _ENOUGH:
            return found[:_ENOUGH]
    return found


def _may_be_one(one: Day, other: Day) -> bool:
    same_year = one.first.year == other.first.year or not (one.year_stated and other.year_stated)
    same_day = (one.first.month, one.first.day) == (other.first.month, other.first.day)
    return same_year and same_day and (one.time is None or other.time is None or one.time == other.time)
