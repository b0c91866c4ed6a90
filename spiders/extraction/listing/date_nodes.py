"""Date nodes: the elements of a page that hold an event's date, in words or in a `datetime` attribute."""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from itertools import islice
from typing import TypeAlias

from lxml import etree, html

from spiders.extraction.dom.boilerplate import is_aside
from spiders.extraction.dom.table_columns import heading_of, heading_pattern
from spiders.extraction.lexicon.title_words import is_deadline_label
from spiders.extraction.lexicon.word_lists import word_list, word_pattern
from spiders.extraction.listing.date_roles import ends_with_label
from spiders.extraction.listing.event_counts import Day
from symposia.text.plain_text import first_text, tree_text
from symposia.when.iso import to_iso

DayReader: TypeAlias = Callable[[str], Day | None]
"""Reads the first day that a text speaks of; None where it speaks of none."""
_MAX_CHILDREN = 500
"""Children of an element that may hold one date: those with more are whole lists."""
_MAX_DATE_NODES = 6_000
"""Date nodes of one page, which bounds time."""
_MAX_TEXT = 600
"""Characters of an element in which its date stands."""
_MAX_RANGE = 120
"""Characters of an element that is a range of two dates, and says no more."""
_MAX_RANGE_CHILDREN = 7
"""Children of such an element: two dates, the marks between them, a few icons."""
_MAX_MACHINE_WORDS = 100
"""Characters of a `<time>` that show its moment in words."""
_MAX_HEAD = 40
"""Characters of a column's heading, or of the label of one date: longer ones are sentences."""
_MAX_LABEL_TEXT = 60
"""Characters of the element before a date that are read, to tell a label from a sentence."""
_CELL_DISTANCE = 3
"""Elements up from a date to its table cell."""
_BLOCK = frozenset((
    "p", "div", "li", "tr", "td", "th", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "time", "caption", "blockquote",
    "a", "span", "strong", "option", "pre", "small", "b", "em", "font", "center", "main", "summary", "figcaption", "address", "label", "header", "dl",
))  # fmt: skip
"""Elements whose text, inline children included, is asked for a date."""
_INLINE = ("span", "time", "strong", "b", "em", "a")
_CONTROLS = ("select", "button")
_AFTER_LABEL = ("span", "time", "strong", "a")
"""Inline elements whose label may stand before them in the parent's own text."""
_posted_class = re.compile(
    r"(?:^|[\s_-])(?:published|updated|modified|posted(?:-on)?|(?:entry|post)-?date)(?:$|[\s_-])", re.IGNORECASE
)
_digit = re.compile(r"\d")


def find_date_nodes(
    body: html.HtmlElement, read_day: DayReader, everywhere: bool, asides: set[html.HtmlElement]
) -> dict[html.HtmlElement, Day]:
    """The innermost elements whose own text, inline children included, holds an event's date; with the first date.

    Args:
        body: The page's body.
        read_day: Reads a text's first day.
        everywhere: Whether elements that their names alone call boilerplate are searched too.
        asides: Gets the elements that are passed over: boilerplate, and cells whose dates are not the event's.
    """
    found: dict[html.HtmlElement, Day] = {}
    last: html.HtmlElement | None = None
    skipped: html.HtmlElement | None = None
    for action, element in etree.iterwalk(body, events=("start", "end")):
        if not isinstance(element.tag, str):
            continue
        if len(found) > _MAX_DATE_NODES:
            break
        if action == "start" and skipped is None and is_aside(element, everywhere):
            skipped = element
            asides.add(element)
        elif action == "end" and element is skipped:
            skipped = None
        elif action == "end" and skipped is None and element.tag in _BLOCK:
            last = _add_date_node(element, found, read_day, asides, last)
    return found


def _add_date_node(
    element: html.HtmlElement,
    found: dict[html.HtmlElement, Day],
    read_day: DayReader,
    asides: set[html.HtmlElement],
    last: html.HtmlElement | None,
) -> html.HtmlElement | None:
    """Add an element to `found` if it is a date node. Gives back the last one, within which no other is looked for."""
    if not _is_innermost(element, last):
        whole = _merge_range(element, found, read_day)
        return whole if whole is not None else last
    day = _read_day_of(element, read_day, asides)
    if day is None:
        return last
    cell = _cell_of_other_dates(element)
    if cell is not None:
        asides.add(cell)
        return element  # nor is its date that of the row around it
    if _is_in_end_column(element):
        return last
    found[element] = day
    return element


def _merge_range(
    element: html.HtmlElement, found: dict[html.HtmlElement, Day], read_day: DayReader
) -> html.HtmlElement | None:
    """Put an element in place of its two children that hold the ends of one range; None where it holds none."""
    if len(element) > _MAX_RANGE_CHILDREN:
        return None
    ends = [child for child in element if child in found and child.tag in _INLINE]
    if len(ends) != 2 or len(text := first_text(element, _MAX_RANGE)) > _MAX_RANGE:
        return None
    day = read_day(text)
    if day is None or day.first != found[ends[0]].first or day.last != found[ends[1]].first:
        return None
    for child in ends:
        del found[child]
    found[element] = day
    return element


def _is_innermost(element: html.HtmlElement, last: html.HtmlElement | None) -> bool:
    """Whether no date node was found within an element, `last` being the one before in document order."""
    return last is None or not len(element) or element not in last.iterancestors()


def _read_day_of(element: html.HtmlElement, read_day: DayReader, asides: Container[html.HtmlElement]) -> Day | None:
    # Most elements hold a text alone, and no number.
    if not len(element) and element.tag != "time" and not _digit.search(element.text or ""):
        return None
    class_names = element.get("class")
    if len(element) > _MAX_CHILDREN or (class_names and _posted_class.search(class_names)):
        return None
    text = first_text(element, _MAX_TEXT)[:_MAX_TEXT]
    words = text if _digit.search(text) else machine_readable_date(element, read_day)
    day = read_day(words) if words else None
    if day is not None and _holds_boilerplate(element, asides):
        day = read_day(" ".join(tree_text(element, asides, limit=_MAX_TEXT).split())[:_MAX_TEXT])
    return None if day is None or _has_other_label(element) else day


def _holds_boilerplate(element: html.HtmlElement, asides: Container[html.HtmlElement]) -> bool:
    """Whether what is passed over stands in an element, whose text reads on past it. Controls do not: they are short."""
    return any(part in asides and part.tag not in _CONTROLS for part in element.iterdescendants())


def machine_readable_date(element: html.HtmlElement, read_day: DayReader) -> str:
    """The moment of `<time datetime="...">` whose words name no day in numbers ("tomorrow"); "" for other elements."""
    moment = to_iso(element.get("datetime")) if element.tag == "time" else None
    if not moment:
        return ""
    words = first_text(element, _MAX_MACHINE_WORDS)
    return "" if _digit.search(words) and read_day(words) else moment.replace("T", " ")


def _cell_of_other_dates(element: html.HtmlElement) -> html.HtmlElement | None:
    """The cell of an element under a heading such as "Deadline"; None under any other, and outside a table."""
    cell, heading = _cell_and_heading(element)
    return cell if word_pattern("listing", "not_the_event").search(heading) or is_deadline_label(heading) else None


def _is_in_end_column(element: html.HtmlElement) -> bool:
    """Whether an element stands in the column of the events' ends."""
    return heading_pattern("end").fullmatch(_cell_and_heading(element)[1]) is not None


def _cell_and_heading(element: html.HtmlElement) -> tuple[html.HtmlElement | None, str]:
    """The table cell that an element stands in, and its column's heading, casefolded; "" for none."""
    nearest = (element, *islice(element.iterancestors(), _CELL_DISTANCE))
    cell = next((around for around in nearest if around.tag == "td"), None)
    head = heading_of(cell) if cell is not None else None
    return cell, first_text(head, _MAX_HEAD).casefold().strip(" :") if head is not None else ""


def _has_other_label(element: html.HtmlElement) -> bool:
    """Whether a label before an element says that its date is no event's first day: "End", "Posted on", "Deadline"."""
    label = element.getprevious()
    if label is None and element.tag in _AFTER_LABEL and element.getparent() is not None:
        before, label = element.getparent().text, element.getparent().getprevious()
        if before and before.strip():
            return ends_with_label(before, "not_the_event") or ends_with_label(before, "end")
    if label is None or not isinstance(label.tag, str):
        return False
    words = first_text(label, _MAX_LABEL_TEXT).casefold()
    others = (*word_list("listing", "end"), *word_list("listing", "not_the_event"))
    return 0 < len(words) < _MAX_HEAD and words.strip(" :") in others
