"""Visibility: what a reader sees of a page, at once or on request. Every reader of pages asks here."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from copy import deepcopy
from functools import cache, lru_cache
from pathlib import Path

from lxml import etree, html

from symposia.text.plain_text import BLOCKS, UNSEEN, first_text

_MAX_ATTRIBUTE = 500
"""Characters of an attribute that are read: nobody writes longer ones by hand."""
_MAX_LABEL = 200
"""Characters of a link or button that opens what follows it."""
_MAX_TEXT = 100_000
"""Characters of a page by which is told whether an element holds most of it."""
_MESSAGE = 300
"""Characters of an element that may be a message kept for later, even if the page says little else."""
_ITEMS = ("li", "tr", "td", "th")
"""Items of lists and cells of tables: what stands before is another one, not the control that opens this one."""
_hidden_by_style = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))", re.IGNORECASE)
_opened_ids = etree.XPath(
    "//@aria-controls | //@data-target | //@data-bs-target | //a/@href[starts-with(., '#')]", smart_strings=False
)
_leads_nowhere = re.compile(r"\s*(?:$|#|javascript:)", re.IGNORECASE)


def visible_tree(tree: html.HtmlElement) -> html.HtmlElement:
    """Copy a page without what its reader does not see: scripts, comments, hidden elements. The head stays as it is.

    What stays hidden until the reader asks for it, or until a script has run, counts as seen: the panels of accordions and
    tabs, what a link or button of the page opens, and an element that holds most of the page.
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


def _find_hidden(body: html.HtmlElement) -> Sequence[html.HtmlElement]:
    hidden = [element for element in body.iter("*") if is_hidden(element)]
    if not hidden:
        return ()
    opened = _ids_opened_by_others(body)
    most = max(_MESSAGE, len(first_text(body, _MAX_TEXT)) // 2)
    return [
        element
        for element in hidden
        if _is_dialog(element) or (element.get("id") not in opened and len(first_text(element, most)) <= most)
    ]


def is_hidden(element: html.HtmlElement) -> bool:
    """Whether an element is hidden, by its tag, its attributes, its style or a class; panels that open on request are not.

    Only the element and the one before it are looked at: it may still stand in a hidden one, or be opened from elsewhere.

    >>> is_hidden(html.fromstring("<p style='display: none'>10 March</p>"))
    True
    >>> is_hidden(html.fromstring("<div class='tab-pane' hidden>10 March</div>"))
    False
    """
    return element.tag in UNSEEN or (_is_marked_hidden(element) and not _opens_on_request(element))


def _is_marked_hidden(element: html.HtmlElement) -> bool:
    if element.tag == "dialog":
        return element.get("open") is None
    if not element.keys():  # as most elements
        return False
    if element.get("hidden", "until-found") != "until-found" or element.get("aria-hidden") == "true":
        return True
    style, class_names = element.get("style"), element.get("class")
    return bool(
        (style and _hidden_by_style.search(style[:_MAX_ATTRIBUTE]))
        or (class_names and _is_hiding(class_names[:_MAX_ATTRIBUTE]))
    )


@lru_cache(maxsize=4_096)
def _is_hiding(class_names: str) -> bool:
    """Whether classes hide an element on wide screens; the cards of a page share theirs, so answers are kept."""
    names = class_names.split()
    return not _hiding_classes().isdisjoint(names) and not any(map(_pattern("shows_again").fullmatch, names))


def _opens_on_request(element: html.HtmlElement) -> bool:
    """Whether a hidden element is a panel by its name, or stands right after what opens it."""
    if _is_dialog(element):
        return False
    return _pattern("panels").search(_names_of(element)) is not None or _follows_its_control(element)


def _is_dialog(element: html.HtmlElement) -> bool:
    return element.tag == "dialog" or _pattern("dialogs").search(_names_of(element)) is not None


def _names_of(element: html.HtmlElement) -> str:
    return " ".join(element.get(attribute, "")[:_MAX_ATTRIBUTE] for attribute in ("class", "id", "role"))


def _follows_its_control(element: html.HtmlElement) -> bool:
    """Whether the element before a block is nothing but a control, or the sign that a script has yet to show the block."""
    before = element.getprevious()
    if before is None or not isinstance(before.tag, str) or element.tag not in BLOCKS or element.tag in _ITEMS:
        return False
    if _pattern("loaders").search(before.get("class", "")[:_MAX_ATTRIBUTE]):
        return True
    control = next(filter(_is_control, before.iter("a", "button", "summary")), None)
    label = first_text(control, _MAX_LABEL) if control is not None else ""
    return bool(label) and label == first_text(before, _MAX_LABEL)


def _is_control(element: html.HtmlElement) -> bool:
    """Whether a link or button does something on this page: a link that leads to another one does not."""
    return element.tag != "a" or _leads_nowhere.match(element.get("href", "")) is not None


def _ids_opened_by_others(body: html.HtmlElement) -> frozenset[str | None]:
    """The ids that links and buttons of a page name as what they open."""
    values: list[str] = _opened_ids(body)  # type: ignore[assignment]  # an XPath may give anything; this one gives strings
    return frozenset(name.lstrip("#") for value in values for name in value.split())


@cache
def _hiding_classes() -> frozenset[str]:
    return frozenset(_load_table()["hidden"])


@cache
def _pattern(key: str) -> re.Pattern[str]:
    expressions = _load_table()[key]
    return re.compile(expressions if isinstance(expressions, str) else "|".join(expressions), re.IGNORECASE)


@cache
def _load_table() -> Mapping[str, Sequence[str]]:
    return tomllib.loads((Path(__file__).parent / "visibility.toml").read_text(encoding="utf-8"))
