"""The pieces of a page that each hold one date: rows, items, cards, paragraphs."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice, pairwise, takewhile
from typing import NamedTuple, TypeAlias

from lxml import etree, html

from spiders.extraction.columns import head_of, is_of_dates, means, rows_with
from spiders.extraction.dating import is_said
from spiders.extraction.headings import HEADINGS
from spiders.extraction.marks import any_of, marks
from spiders.extraction.mentions import Day, counted, days_of_posting
from spiders.extraction.naming import speaks_of_several
from spiders.extraction.siblings import grouped
from symposia.prose import first_text, tree_text
from symposia.when.iso import iso

MAX_REGIONS = 2_000
MAX_TEXT = 2_000
"""Characters of one piece that are read."""

_UNREAD = {"nav", "footer", "script", "style", "noscript", "template", "button", "svg", "head"}
_BLOCK = {
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
}
_aside_class = re.compile(
    r"(?:^|[-_])(?:breadcrumbs?|sidebar|copyright|comments?|footer|site-header|cookie)(?:$|[-_])", re.IGNORECASE
)
_posted_class = re.compile(
    r"(?:^|[\s_-])(?:published|updated|modified|posted(?:-on)?|(?:entry|post)-?date)(?:$|[\s_-])", re.IGNORECASE
)
_panel_class = re.compile(r"panel|accordion|collaps|tab-?content|tab-?pane|toggle|faq|answer", re.IGNORECASE)
_both_class = re.compile(r"(?:^|[-_])(?:has|with|w|no|not|content|page|main|layout|row)(?:$|[-_])", re.IGNORECASE)
"""In the name of an element that stands beside an aside, or holds one: "has-sidebar", "content-sidebar"."""
DayIn: TypeAlias = Callable[[str], Day | None]
"""The first day that a text speaks of, with its time where it states one; None for none."""
_MAX_CHILDREN = 500
_MAX_DATED = 6_000
"""Dated elements of a page that are read."""
_MAX_LIST = 20_000
"""Characters of one piece that may be a list of lines."""
_INLINE = ("span", "time", "strong", "b", "em", "a")
_LISTS = ("ul", "ol", "table", "tbody")
_has_digit = re.compile(r"\d").search


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """The elements, side by side, that announce one event, and the element within them that holds the date."""

    elements: tuple[html.HtmlElement, ...]
    dated: html.HtmlElement
    text: str
    line: bool = False
    """Whether it is but a line of the element, of which others are other events."""
    day: str = ""
    """The day, where it stands elsewhere: above, or as a number under a month."""


class Regions(NamedTuple):
    """The pieces of a page, all elements that hold a date, and whether there are more pieces than are read."""

    pieces: list[Region]
    dated: Container[html.HtmlElement]
    cut: bool = False


def regions_of(tree: html.HtmlElement, day_in: DayIn, today: date, everywhere: bool = False) -> Regions:
    """The largest elements of the page that speak of one event's day each, in order. `day_in` is asked once a text.

    `today` is when the page was fetched: a day before it, beside one after it, is when the piece was posted.

    `everywhere`: in those too whose names alone say that they stand at the side.
    """
    body = tree.find("body")
    asides: set[html.HtmlElement] = set()
    dated = _dated(body if body is not None else tree, day_in, everywhere, asides)
    for posted in list(days_of_posting(dated, today)):
        asides.add(posted)
        del dated[posted]
    count = counted(dated)
    found: dict[html.HtmlElement, html.HtmlElement] = {}
    for element in dated:
        found.setdefault(_largest(element, count), element)
    groups = grouped(found, count)
    for whole in found:
        rows = rows_with(whole) if whole.tag == "tr" else []
        if sum(row in count for row in rows) == 1:
            groups[whole] = tuple(rows)
    pieces = [
        _region(groups[whole], element, asides, _for_machines(element, day_in))
        for whole, element in list(found.items())[:MAX_REGIONS]
    ]
    return Regions(pieces, count, cut=len(found) > MAX_REGIONS)


def _region(
    elements: tuple[html.HtmlElement, ...], dated: html.HtmlElement, asides: set[html.HtmlElement], moment: str
) -> Region:
    """A piece, its moment for machines, where it has one, in place of words like "tomorrow"."""
    return Region(
        elements=elements, dated=dated, text=_text(elements, asides | {dated} if moment else asides), day=moment
    )


def _text(elements: tuple[html.HtmlElement, ...], asides: Container[html.HtmlElement]) -> str:
    """The lines of elements that stand side by side, and of what stands between and, for more than one, after them."""
    pieces = [piece for one in elements for piece in (tree_text(one, asides), one.tail or "")]
    text = pieces[0] if len(elements) == 1 else "\n".join(pieces)
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)[:_MAX_LIST]


def _dated(
    body: html.HtmlElement, day_in: DayIn, everywhere: bool, asides: set[html.HtmlElement]
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
            elif day is not None and not _is_last_day(element):
                found[element], last = day, element
        elif action == "end" and skipped is None and element.tag in _BLOCK:
            joined = _as_range(element, found, day_in)
            last = joined if joined is not None else last
    return found


def _as_range(element: html.HtmlElement, found: dict[html.HtmlElement, Day], day_in: DayIn) -> html.HtmlElement | None:
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
    return last is None or element not in last.iterancestors()


def _day_of(element: html.HtmlElement, day_in: DayIn) -> Day | None:
    if len(element) > _MAX_CHILDREN or _posted_class.search(element.get("class") or ""):
        return None
    text = first_text(element, 600)[:600]
    day = day_in(text) if _has_digit(text) else day_in(_for_machines(element, day_in))
    return None if day is None or _is_labelled_else(element) else day


def _for_machines(element: html.HtmlElement, day_in: DayIn) -> str:
    """The moment that a `<time datetime="...">` is of, where its words name no day in numbers; empty for any other element."""
    moment = iso(element.get("datetime")) if element.tag == "time" else None
    words = first_text(element, 100) if moment else ""
    return moment.replace("T", " ") if moment and not (_has_digit(words) and day_in(words)) else ""


def _in_another_column(element: html.HtmlElement) -> html.HtmlElement | None:
    """The cell of an element whose column is of other dates, as "Deadline" is; None for any other."""
    cell, words = _column_of(element)
    return cell if any_of("listing", "not_the_event").fullmatch(words) else None


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
            return is_said(before, "not_the_event") or is_said(before, "end")
    words = first_text(label, 60).casefold() if label is not None and isinstance(label.tag, str) else ""
    return 0 < len(words) < 40 and words.strip(" :") in (*marks("listing", "end"), *marks("listing", "not_the_event"))


def is_aside(element: html.HtmlElement, everywhere: bool = False) -> bool:
    """Whether an element holds what stands around a listing: navigation, a footer, a column at the side."""
    if element.tag in _UNREAD or (_is_hidden(element) and not _is_panel(element)):
        return True
    if everywhere or element.tag == "body":
        return False
    if element.tag == "select":
        return True
    at_the_side = element.tag in ("aside", "header") or _is_called_aside(element)
    return at_the_side and not _holds_the_page(element) and not _speaks_of_events(element)


def _is_hidden(element: html.HtmlElement) -> bool:
    return element.get("aria-hidden") == "true" or element.get("hidden") is not None


def _is_panel(element: html.HtmlElement) -> bool:
    """Whether what is hidden is shown on request: the panel of an accordion, or of a tab."""
    called = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('role') or ''}"
    return _panel_class.search(called) is not None


def _is_called_aside(element: html.HtmlElement) -> bool:
    names = f"{element.get('class') or ''} {element.get('id') or ''}".split()
    return any(_aside_class.search(name) and not _both_class.search(name) for name in names)


def _holds_the_page(element: html.HtmlElement) -> bool:
    """Whether an element, whatever it is called, is what the page is about: "left-content-right-sidebar" holds both."""
    if element.tag == "header" and any(
        one.tag in ("main", "article", "section", "li") for one in element.iterancestors()
    ):
        return True
    if any(len(first_text(one, 80)) > 80 for one in element.iter("main", "article")):
        return True
    if element.tag != "header" and next(element.iter("h1"), None) is not None:
        return True
    body = next(element.iterancestors("body"), None)
    return body is not None and len(first_text(element, 100_000)) > 0.6 * _size(body)


@lru_cache(maxsize=2)
def _size(body: html.HtmlElement) -> int:
    """How much text a page has, which is asked for each of its asides."""
    return len(first_text(body, 100_000))


def _speaks_of_events(element: html.HtmlElement) -> bool:
    """Whether a column at the side is a listing of its own, by its name or its first headings: "Upcoming events"."""
    names = re.sub(r"[-_]", " ", f"{element.get('class') or ''} {element.get('id') or ''}")
    headings = (first_text(one, 80) for one in islice(element.iter(*HEADINGS), 4))
    return element.tag != "header" and any(speaks_of_several(text) for text in (names, *headings))


def _largest(element: html.HtmlElement, count: Mapping[html.HtmlElement, int]) -> html.HtmlElement:
    """The row that holds the date, else the largest element around it that holds no other date."""
    row = next((one for one in [element, *element.iterancestors()] if one.tag == "tr"), None)
    if row is not None and count[row] <= 3 and not is_of_dates(row, count):
        return row
    around = [element, *takewhile(lambda one: count[one] == 1 and _may_be_one(one), element.iterancestors())]
    outermost = around[-1]
    outside = outermost.getparent()
    if outside is not None and count.get(outside, 0) > 1:
        return outermost
    # A list, or a table, that holds but one event is no event: its item, or its row, is.
    return next((inner for inner, outer in pairwise(around) if outer.tag in _LISTS), outermost)


def _may_be_one(element: html.HtmlElement) -> bool:
    return element.tag not in ("body", "html", "main") and len(first_text(element, MAX_TEXT)) <= MAX_TEXT
