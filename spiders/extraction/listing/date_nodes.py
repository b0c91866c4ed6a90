"""The elements of a page that hold a date of an event, by their words or by what they tell machines."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import islice
from typing import TypeAlias

from lxml import etree, html

from spiders.extraction.dom.boilerplate import is_aside
from spiders.extraction.dom.table_columns import head_of, means
from spiders.extraction.lexicon.title_words import is_deadline_label
from spiders.extraction.lexicon.word_lists import word_list, word_pattern
from spiders.extraction.listing.date_roles import ends_with_label
from spiders.extraction.listing.event_counts import Day
from symposia.text.plain_text import first_text
from symposia.when.iso import to_iso

DayReader: TypeAlias = Callable[[str], Day | None]
"""The first day that a text speaks of, with its time where it states one; None for none."""
_MAX_CHILDREN = 500
_MAX_DATED = 6_000
"""Dated elements of a page that are read."""
_BLOCK = frozenset(
    [
        "p",
        "div",
        "li",
        "tr",
        "td",
        "th",
        "dd",
        "dt",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "section",
        "article",
        "time",
        "caption",
        "blockquote",
        "a",
        "span",
        "strong",
        "option",
        "pre",
        "small",
        "b",
        "em",
        "font",
        "center",
        "main",
        "summary",
        "figcaption",
        "address",
        "label",
        "header",
        "dl",
    ]
)
"""Elements whose text, inline children included, is asked for a date."""
_INLINE = ("span", "time", "strong", "b", "em", "a")
_posted_class = re.compile(
    r"(?:^|[\s_-])(?:published|updated|modified|posted(?:-on)?|(?:entry|post)-?date)(?:$|[\s_-])", re.IGNORECASE
)
_has_digit = re.compile(r"\d").search


def find_date_nodes(
    body: html.HtmlElement, day_in: DayReader, everywhere: bool, asides: set[html.HtmlElement]
) -> dict[html.HtmlElement, Day]:
    """The innermost elements whose own text, inline children included, holds a date, and the first that they hold.

    What stands aside is passed over, and added to `asides`.
    """
    found: dict[html.HtmlElement, Day] = {}
    last: html.HtmlElement | None = None
    skipped: html.HtmlElement | None = None
    for action, element in etree.iterwalk(body, events=("start", "end")):
        if not isinstance(element.tag, str):
            continue
        if len(found) > _MAX_DATED:
            break
        if action == "start" and skipped is None and is_aside(element, everywhere):
            skipped = element
            asides.add(element)
        elif action == "end" and element is skipped:
            skipped = None
        elif action == "end" and skipped is None and element.tag in _BLOCK and _innermost(element, last):
            day = _day_of(element, day_in)
            elsewhere = _in_another_column(element) if day is not None else None
            if elsewhere is not None:
                asides.add(elsewhere)
                last = element  # nor is its date that of the row around it
            elif day is not None and not _is_last_day(element):
                found[element], last = day, element
        elif action == "end" and skipped is None and element.tag in _BLOCK:
            joined = _as_range(element, found, day_in)
            last = joined if joined is not None else last
    return found


def _as_range(
    element: html.HtmlElement, found: dict[html.HtmlElement, Day], day_in: DayReader
) -> html.HtmlElement | None:
    """The element in place of its two children that hold the first and the last day of one range; None for any other."""
    ends = [one for one in element if one in found and one.tag in _INLINE] if len(element) < 8 else []
    if len(ends) != 2 or len(text := first_text(element, 120)) > 120:
        return None
    day = day_in(text)
    if day is None or day.first != found[ends[0]].first or day.last != found[ends[1]].first:
        return None
    for one in ends:
        del found[one]
    found[element] = day
    return element


def _innermost(element: html.HtmlElement, last: html.HtmlElement | None) -> bool:
    return last is None or not len(element) or element not in last.iterancestors()


def _day_of(element: html.HtmlElement, day_in: DayReader) -> Day | None:
    # Most elements hold a text alone, and no number.
    if not len(element) and element.tag != "time" and not _has_digit(element.text or ""):
        return None
    called = element.get("class")
    if len(element) > _MAX_CHILDREN or (called and _posted_class.search(called)):
        return None
    text = first_text(element, 600)[:600]
    said = text if _has_digit(text) else machine_readable_date(element, day_in)
    day = day_in(said) if said else None
    return None if day is None or _is_labelled_else(element) else day


def machine_readable_date(element: html.HtmlElement, day_in: DayReader) -> str:
    """The moment that a `<time datetime="...">` is of, where its words name no day in numbers; empty for any other element."""
    moment = to_iso(element.get("datetime")) if element.tag == "time" else None
    words = first_text(element, 100) if moment else ""
    return moment.replace("T", " ") if moment and not (_has_digit(words) and day_in(words)) else ""


def _in_another_column(element: html.HtmlElement) -> html.HtmlElement | None:
    """The cell of an element whose column is of other dates, as "Deadline" is; None for any other."""
    cell, words = _column_of(element)
    return cell if word_pattern("listing", "not_the_event").search(words) or is_deadline_label(words) else None


def _is_last_day(element: html.HtmlElement) -> bool:
    """Whether an element stands in the column of the events' ends."""
    return means("end").fullmatch(_column_of(element)[1]) is not None


def _column_of(element: html.HtmlElement) -> tuple[html.HtmlElement | None, str]:
    """The cell that an element stands in, and the words of its column's heading, in small letters; empty for none."""
    cell = next((one for one in (element, *islice(element.iterancestors(), 3)) if one.tag == "td"), None)
    head = head_of(cell) if cell is not None else None
    return cell, first_text(head, 40).casefold().strip(" :") if head is not None else ""


def _is_labelled_else(element: html.HtmlElement) -> bool:
    """Whether a label before an element says that its date is no event's first day: "End", "Posted on", "Deadline"."""
    label = element.getprevious()
    if label is None and element.tag in ("span", "time", "strong", "a") and element.getparent() is not None:
        before, label = element.getparent().text, element.getparent().getprevious()
        if before and before.strip():
            return ends_with_label(before, "not_the_event") or ends_with_label(before, "end")
    words = first_text(label, 60).casefold() if label is not None and isinstance(label.tag, str) else ""
    return 0 < len(words) < 40 and words.strip(" :") in (
        *word_list("listing", "end"),
        *word_list("listing", "not_the_event"),
    )
