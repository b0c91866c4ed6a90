"""The pieces of a page that each hold one date: rows, items, cards, paragraphs."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from lxml import etree, html

from spiders.extraction.marks import marks
from spiders.extraction.mentions import Day, counted
from spiders.extraction.siblings import grouped
from symposia.prose import first_text, tree_text

MAX_REGIONS = 2_000
MAX_TEXT = 2_000
"""Characters of one piece that are read."""

_ASIDE = {
    "nav",
    "header",
    "footer",
    "aside",
    "script",
    "style",
    "noscript",
    "template",
    "select",
    "button",
    "svg",
    "head",
}
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
}
_aside_class = re.compile(
    r"(?:^|[-_])(?:breadcrumbs?|sidebar|copyright|comments?|footer|site-header|cookie)(?:$|[-_])", re.IGNORECASE
)
_posted_class = re.compile(r"(?:^|[\s_-])(?:published|updated|modified|posted(?:-on)?|(?:entry|post)-?date)(?:$|[\s_-])", re.IGNORECASE)
_both_class = re.compile(r"(?:^|[-_])(?:has|with|w|no|not|content|page|main|layout|row)(?:$|[-_])", re.IGNORECASE)
"""In the name of an element that stands beside an aside, or holds one: "has-sidebar", "content-sidebar"."""
DayIn: TypeAlias = Callable[[str], Day | None]
"""The first day that a text speaks of, with its time where it states one; None for none."""
_has_digit = re.compile(r"\d").search


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """The elements, side by side, that announce one event, and the element within them that holds the date."""

    elements: tuple[html.HtmlElement, ...]
    dated: html.HtmlElement
    text: str
    line: bool = False
    """Whether it is but a line of the element, of which others are other events."""


def regions_of(tree: html.HtmlElement, day_in: DayIn, everywhere: bool = False) -> list[Region]:
    """The largest elements of the page that speak of one event's day each, in order. `day_in` is asked once a text.

    `everywhere`: in those too whose names alone say that they stand at the side.
    """
    body = tree.find("body")
    dated = _dated(body if body is not None else tree, day_in, everywhere)
    count = counted(dated)
    found: dict[html.HtmlElement, html.HtmlElement] = {}
    for element in dated:
        found.setdefault(_largest(element, count), element)
    groups = grouped(found)
    return [
        Region(elements=groups[whole], dated=element, text=_text(groups[whole]))
        for whole, element in list(found.items())[:MAX_REGIONS]
    ]


def _text(elements: tuple[html.HtmlElement, ...]) -> str:
    """The lines of elements that stand side by side, and of what stands between and, for more than one, after them."""
    pieces = [piece for one in elements for piece in (tree_text(one), one.tail or "")]
    text = pieces[0] if len(elements) == 1 else "\n".join(pieces)
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)[:MAX_TEXT]


def _dated(body: html.HtmlElement, day_in: DayIn, everywhere: bool) -> dict[html.HtmlElement, Day]:
    """The innermost elements whose own text, inline children included, holds a date, and the first that they hold."""
    found: dict[html.HtmlElement, Day] = {}
    last: html.HtmlElement | None = None
    skipped: html.HtmlElement | None = None
    for action, element in etree.iterwalk(body, events=("start", "end")):
        if not isinstance(element.tag, str):
            continue
        if action == "start" and skipped is None and _is_aside(element, everywhere):
            skipped = element
        elif action == "end" and element is skipped:
            skipped = None
        elif action == "end" and skipped is None and element.tag in _BLOCK and _innermost(element, last):
            day = _day_of(element, day_in)
            if day is not None:
                found[element], last = day, element
    return found


def _innermost(element: html.HtmlElement, last: html.HtmlElement | None) -> bool:
    return last is None or element not in last.iterancestors()


def _day_of(element: html.HtmlElement, day_in: DayIn) -> Day | None:
    if len(element) > 60 or _posted_class.search(element.get("class") or ""):
        return None
    text = first_text(element, 600)[:600]
    if not _has_digit(text):
        return None
    words = text.casefold()
    if any(words.lstrip().startswith(mark) for mark in marks("listing", "not_the_event")):
        return None
    return day_in(" ".join(text.split()))


def _is_aside(element: html.HtmlElement, everywhere: bool) -> bool:
    """Whether an element holds what stands around a listing: navigation, a footer, a column at the side."""
    if element.get("aria-hidden") == "true" or element.get("hidden") is not None:
        return True
    if element.tag in _ASIDE and element.tag != "header":
        return True
    if everywhere or element.tag == "body":
        return False
    return (element.tag == "header" or _is_called_aside(element)) and not _holds_the_page(element)


def _is_called_aside(element: html.HtmlElement) -> bool:
    names = f"{element.get('class') or ''} {element.get('id') or ''}".split()
    return any(_aside_class.search(name) and not _both_class.search(name) for name in names)


def _holds_the_page(element: html.HtmlElement) -> bool:
    """Whether an element, whatever it is called, is what the page is about: "left-content-right-sidebar" holds both."""
    if element.tag == "header" and element.getparent() is not None and element.getparent().tag in ("article", "section", "main", "li"):
        return True
    if any(len(first_text(one, 80)) > 80 for one in element.iter("main", "article")):
        return True
    body = next(element.iterancestors("body"), None)
    return body is not None and len(first_text(element, 100_000)) > 0.6 * len(first_text(body, 100_000))


def _is_of_dates(row: html.HtmlElement, count: Mapping[html.HtmlElement, int]) -> bool:
    """Whether each cell of a row that says anything is dated: the row is no event, its cells are."""
    cells = [cell for cell in row if cell.tag in ("td", "th") and (cell.text_content() or "").strip()]
    return len(cells) > 2 and all(count.get(cell) for cell in cells)


def _largest(element: html.HtmlElement, count: Mapping[html.HtmlElement, int]) -> html.HtmlElement:
    """The row that holds the date, else the largest element around it that holds no other date."""
    row = next((one for one in [element, *element.iterancestors()] if one.tag == "tr"), None)
    if row is not None and count[row] <= 3 and not _is_of_dates(row, count):
        return row
    region = element
    parent = region.getparent()
    while (
        parent is not None
        and count[parent] == 1
        and len(first_text(parent, MAX_TEXT)) <= MAX_TEXT
        and parent.tag not in ("body", "html", "main", "ul", "ol", "table", "tbody")
    ):
        region, parent = parent, parent.getparent()
    return region
