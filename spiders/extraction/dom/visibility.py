"""Visibility: what a reader sees of a page, at once or on request. Every reader of pages asks here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Set
from copy import deepcopy

from lxml import etree, html

from spiders.extraction.dom.disclosure import Disclosure
from spiders.extraction.dom.headings import HEADINGS
from spiders.extraction.dom.hidden_items import split_hidden_items
from spiders.extraction.dom.hidden_marks import INVISIBLE, hiding_mark, is_dialog, shown_classes
from symposia.text.plain_text import UNSEEN, first_text

_MAX_TEXT = 100_000
"""Characters of a page by which is told whether elements hold most of it."""
_MESSAGE = 300
"""Characters of an element that may be a message kept for later, even if the page says little else."""
_FEWEST_ALIKE = 3
"""Elements of one kind that are no such messages."""
_FRAME = ("nav", "header", "footer", "aside")
"""Elements whose hidden text, the menus above all, is not the page's."""
_machine_events = etree.XPath(
    "//*[contains(concat(' ', @class, ' '), ' h-event ') or contains(concat(' ', @class, ' '), ' vevent ')]"
)


def visible_tree(tree: html.HtmlElement) -> html.HtmlElement:
    """Copy a page without what its reader does not see: scripts, comments, hidden elements. The head stays as it is.

    What stays hidden until the reader asks for it, or until a script has run, counts as seen: the panels of accordions and
    tabs, what a link or button of the page opens, the next pages of a list, and what together is most of the page. So do
    microformats' events (h-event): machines read them in the text, hidden or not.
    """
    visible = deepcopy(tree)
    body = visible.find("body")
    if body is None:
        return visible
    etree.strip_elements(body, etree.Comment, *UNSEEN, with_tail=False)
    for element in _find_hidden(body):
        element.tag = "template"  # so that one pass removes them all, and keeps the words that follow them
    etree.strip_elements(body, "template", with_tail=False)
    return visible


def _find_hidden(body: html.HtmlElement) -> Collection[html.HtmlElement]:
    """The elements that no reader gets to see."""
    marks = {element: mark for element in body.iter("*") if (mark := hiding_mark(element))}
    if not marks:
        return ()
    disclosure, stated = Disclosure.of_page(body, marks), _hold_machine_events(body)
    closed = {
        element: mark for element, mark in marks.items() if element not in stated and not disclosure.opens(element)
    }
    listed = {element: mark for element, mark in closed.items() if not is_dialog(element)}
    paged, taken_down = split_hidden_items(listed)
    rest = {element: mark for element, mark in listed.items() if element not in paged and element not in taken_down}
    return closed.keys() - paged - _make_most_of_page(body, rest)


def _hold_machine_events(body: html.HtmlElement) -> frozenset[html.HtmlElement]:
    """The events of microformats, and what they stand in."""
    events: list[html.HtmlElement] = _machine_events(body)  # type: ignore[assignment]  # an XPath may give anything
    return frozenset(node for event in events for node in (event, *event.iterancestors()))


def _make_most_of_page(body: html.HtmlElement, marks: Mapping[html.HtmlElement, str]) -> set[html.HtmlElement]:
    """The hidden elements that, with all of their kind, hold most of a page's text: a script shows them.

    It fades in what keeps its place and has headings: the page, however short, or several cards of it.
    """
    kinds: dict[tuple[str, ...], set[html.HtmlElement]] = defaultdict(set)
    for element, mark in marks.items():
        if element.tag not in _FRAME and next(element.iterancestors(*_FRAME), None) is None:
            kinds[element.tag, mark, *shown_classes(element)[:1]].add(element)
    if not kinds:
        return set()
    half = len(first_text(body, _MAX_TEXT)) // 2
    seen: set[html.HtmlElement] = set()
    for (_, mark, *_), elements in kinds.items():
        has_headings = mark == INVISIBLE and all(next(part.iter(*HEADINGS), None) is not None for part in elements)
        is_list = len(elements) >= _FEWEST_ALIKE
        most = half if is_list or has_headings else max(_MESSAGE, half)
        if (is_list and has_headings) or _text_size(elements) > most:
            seen |= elements
    return seen


def _text_size(elements: Set[html.HtmlElement]) -> int:
    """Characters of elements, those within one another counted once."""
    outermost = (element for element in elements if elements.isdisjoint(element.iterancestors()))
    return sum(len(first_text(element, _MAX_TEXT)) for element in outermost)
