"""Event counts: how many events the dates in an element speak of. A title and a line may name one event's day twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time
from itertools import islice
from typing import NamedTuple

from lxml import html

from spiders.extraction.dom.table_columns import is_row_of_events
from symposia.text.plain_text import first_text


class Day(NamedTuple):
    """A day that a text speaks of.

    Attributes:
        first: The day.
        time: The time of day; None where the text states none.
        last: The last day; None where the text states no range.
        year_stated: False where the year was inferred.
    """

    first: date
    time: time | None = None
    last: date | None = None
    year_stated: bool = True


_MAX_BOX_DISTANCE = 5
"""Elements up from a date to the box that it shares with another: further up is the whole listing."""
_MAX_NEIGHBOURS = 3
"""Other dates of a box that is one event: more are a list."""
_MAX_POSTED = 30
"""Characters of a date of publication, which says no more than that."""
_MANY = 4
"""Events of one element that are counted at most: what matters is whether it holds one, a few or many."""


def count_events(date_nodes: Mapping[html.HtmlElement, Day]) -> dict[html.HtmlElement, int]:
    """How many events each date node, and each element around one, speaks of; 4 for more."""
    days: dict[html.HtmlElement, list[Day]] = {}
    children: dict[html.HtmlElement, list[html.HtmlElement]] = {}
    for element, day in date_nodes.items():
        days[element] = [day]
        child = element
        for around in element.iterancestors():
            siblings = children.get(around)
            if siblings is not None:
                siblings += [child] if siblings[-1] is not child else []
                break
            children[around] = [child]
            child = around
    for around in _sort_inside_out(children):
        days[around] = _merge_days(around, children[around], days)
    return {element: len(events) for element, events in days.items()}


def publication_dates(date_nodes: Mapping[html.HtmlElement, Day], today: date) -> Iterator[html.HtmlElement]:
    """The date nodes that say when something was posted: a past day beside one that lies ahead, in one box."""
    by_box: dict[html.HtmlElement, list[html.HtmlElement]] = {}
    for element in date_nodes:
        for around in islice(element.iterancestors(), _MAX_BOX_DISTANCE):
            by_box.setdefault(around, []).append(element)
    for element, day in date_nodes.items():
        if day.time is not None or day.first >= today or _is_long(element):
            continue
        nearest = islice(element.iterancestors(), _MAX_BOX_DISTANCE)
        box = next((around for around in nearest if len(by_box[around]) > 1), None)
        others = [other for other in by_box[box] if other is not element] if box is not None else []
        if 0 < len(others) <= _MAX_NEIGHBOURS and all(
            date_nodes[other].first >= today
            and _shape_in(box, other) != _shape_in(box, element)
            and (date_nodes[other].time is not None or _is_long(other))
            for other in others
        ):
            yield element


def _is_long(element: html.HtmlElement) -> bool:
    """Whether an element says more than a date."""
    return len(first_text(element, _MAX_POSTED)) > _MAX_POSTED


def _shape_in(box: html.HtmlElement | None, element: html.HtmlElement) -> tuple[str, str | None]:
    """The tag and the class of the child of a box that an element is, or is in."""
    child = element
    while child.getparent() is not None and child.getparent() is not box:
        child = child.getparent()
    return child.tag, child.get("class")


def _sort_inside_out(children: Mapping[html.HtmlElement, Sequence[html.HtmlElement]]) -> list[html.HtmlElement]:
    """The elements with children, each after those that it holds."""
    pending = [around for around in children if around.getparent() not in children]
    outside_in: list[html.HtmlElement] = []
    while pending:
        around = pending.pop()
        outside_in.append(around)
        pending += [child for child in children[around] if child in children]
    return outside_in[::-1]


def _merge_days(
    around: html.HtmlElement, children: Sequence[html.HtmlElement], days: Mapping[html.HtmlElement, list[Day]]
) -> list[Day]:
    """The events of an element's children. Two of the same day are one in a row, and in children of different shapes.

    Children of one shape are items of a list: each announces its own event, whatever the day.
    """
    shapes = Counter((child.tag, child.get("class")) for child in children)
    is_row = around.tag == "tr" and not is_row_of_events(around, days)
    events: list[Day] = []
    for child in children:
        is_item = not is_row and shapes[child.tag, child.get("class")] > 1
        for day in days[child]:
            same = None if is_item else next((at for at, event in enumerate(events) if _may_be_same(event, day)), None)
            if same is None:
                events.append(day)
            else:
                events[same] = max(events[same], day, key=_completeness)
        if len(events) >= _MANY:
            return events[:_MANY]
    return events


def _completeness(day: Day) -> tuple[bool, bool]:
    return day.year_stated, day.time is not None


def _may_be_same(day: Day, other: Day) -> bool:
    """Whether two days may be of one event: the same day, at no two times. A year that was inferred may be another."""
    same_year = day.first.year == other.first.year or not (day.year_stated and other.year_stated)
    same_day = (day.first.month, day.first.day) == (other.first.month, other.first.day)
    return same_year and same_day and (day.time is None or other.time is None or day.time == other.time)
