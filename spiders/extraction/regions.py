"""The pieces of a page that each hold one date: rows, items, cards, paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree, html

from spiders.extraction.marks import marks
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
_HIDDEN_CLASS = re.compile(
    r"(?:^|[\s_-])(?:breadcrumbs?|sidebar|copyright|comments?|footer|site-header|cookie)(?:$|[\s_-])", re.IGNORECASE
)
_has_digit = re.compile(r"\d").search


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """The elements, side by side, that announce one event, and the element within them that holds the date."""

    elements: tuple[html.HtmlElement, ...]
    dated: html.HtmlElement
    text: str
    line: bool = False
    """Whether it is but a line of the element, of which others are other events."""


def regions_of(tree: html.HtmlElement, has_date: Callable[[str], bool]) -> list[Region]:
    """The largest elements of the page with one dated text each, in order. `has_date` is asked once a text."""
    body = tree.find("body")
    dated = _dated(body if body is not None else tree, has_date)
    count: Counter[html.HtmlElement] = Counter()
    for element in dated:
        count.update([element, *element.iterancestors()])
    found: dict[html.HtmlElement, html.HtmlElement] = {}
    for element in dated:
        found.setdefault(_largest(element, count), element)
    groups = grouped(found)
    return [
        Region(elements=groups[whole], dated=element, text=_text(groups[whole]))
        for whole, element in list(found.items())[:MAX_REGIONS]
    ]


def _text(elements: tuple[html.HtmlElement, ...]) -> str:
    """The text of elements that stand side by side, and what stands between and, for more than one, after them."""
    if len(elements) == 1:
        return tree_text(elements[0])[:MAX_TEXT]
    pieces = [piece for one in elements for piece in (tree_text(one), one.tail or "")]
    return "\n".join(pieces)[:MAX_TEXT]


def _dated(body: html.HtmlElement, has_date: Callable[[str], bool]) -> list[html.HtmlElement]:
    """The innermost elements whose own text, inline children included, holds a date."""
    found: list[html.HtmlElement] = []
    skipped: html.HtmlElement | None = None
    for action, element in etree.iterwalk(body, events=("start", "end")):
        if not isinstance(element.tag, str):
            continue
        if action == "start" and skipped is None and _is_aside(element):
            skipped = element
        elif action == "end" and element is skipped:
            skipped = None
        elif action == "end" and skipped is None and element.tag in _BLOCK and _innermost(element, found):
            found += [element] if _speaks_of_a_date(element, has_date) else []
    return found


def _innermost(element: html.HtmlElement, found: list[html.HtmlElement]) -> bool:
    return not found or element not in found[-1].iterancestors()


def _speaks_of_a_date(element: html.HtmlElement, has_date: Callable[[str], bool]) -> bool:
    if len(element) > 60:
        return False
    text = first_text(element, 600)[:600]
    if not _has_digit(text):
        return False
    words = text.casefold()
    return not any(words.lstrip().startswith(mark) for mark in marks("listing", "not_the_event")) and has_date(
        " ".join(text.split())
    )


def _is_aside(element: html.HtmlElement) -> bool:
    if element.tag in _ASIDE:
        return element.tag != "header" or element.getparent() is None or element.getparent().tag in ("body", "div")
    if element.get("aria-hidden") == "true" or element.get("hidden") is not None:
        return True
    return (
        bool(_HIDDEN_CLASS.search(f"{element.get('class') or ''} {element.get('id') or ''}")) and element.tag != "body"
    )


def _is_of_dates(row: html.HtmlElement, count: Counter[html.HtmlElement]) -> bool:
    """Whether each cell of a row that says anything is dated: the row is no event, its cells are."""
    cells = [cell for cell in row if cell.tag in ("td", "th") and (cell.text_content() or "").strip()]
    return len(cells) > 2 and all(count[cell] for cell in cells)


def _largest(element: html.HtmlElement, count: Counter[html.HtmlElement]) -> html.HtmlElement:
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
