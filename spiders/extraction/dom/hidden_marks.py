"""Hidden marks: how a page marks an element as hidden, by its tag, its attributes, its style or its classes."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path

from lxml import html

MAX_ATTRIBUTE = 500
"""Characters of an attribute that are read: nobody writes longer ones by hand."""
INVISIBLE = "visibility"
"""The mark of what is hidden but keeps its place; animations begin so."""
_hidden_by_style = re.compile(
    r"(?:^|;)\s*(?:(?P<display>display)\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))", re.IGNORECASE
)


def hiding_mark(element: html.HtmlElement) -> str:
    """What marks an element as hidden, "" where nothing does: two that are hidden alike have the same mark.

    Only the element is looked at: it may still stand in a hidden one, or open on request. What `aria-hidden` hides from
    screen readers can be seen (WAI-ARIA 1.2), unless its name says that it is a closed layer, or an icon.

    >>> hiding_mark(html.fromstring("<p style='display: none'>10 March</p>"))
    'display'
    >>> hiding_mark(html.fromstring("<p class='card d-none'>10 March</p>"))
    'd-none'
    >>> hiding_mark(html.fromstring("<p aria-hidden=true>10 March</p>"))
    ''
    """
    if element.tag == "dialog":
        return "" if element.get("open") is not None else "dialog"
    if not element.keys():  # as most elements
        return ""
    if element.get("hidden", "until-found") != "until-found":
        return "hidden"
    style, class_names = element.get("style"), element.get("class")
    if style and (found := _hidden_by_style.search(style[:MAX_ATTRIBUTE])):
        return found["display"] or INVISIBLE
    if class_names and (mark := _hiding_class(class_names[:MAX_ATTRIBUTE])):
        return mark
    return "aria-hidden" if element.get("aria-hidden") == "true" and _is_closed_layer_or_icon(element) else ""


def is_dialog(element: html.HtmlElement) -> bool:
    """Whether an element opens on top of the page, by its tag or its names."""
    return element.tag == "dialog" or pattern("dialogs").search(names_of(element)) is not None


def names_of(element: html.HtmlElement) -> str:
    """The classes, the id and the role of an element."""
    return " ".join(element.get(attribute, "")[:MAX_ATTRIBUTE] for attribute in ("class", "id", "role"))


def shown_classes(element: html.HtmlElement) -> list[str]:
    """The classes of an element, without those that hide it."""
    hiding = _classes("hidden") | _classes("invisible")
    return [name for name in element.get("class", "")[:MAX_ATTRIBUTE].split() if name not in hiding]


@lru_cache(maxsize=4_096)
def _hiding_class(class_names: str) -> str:
    """The class that hides an element on wide screens; the cards of a page share theirs, so answers are kept."""
    names = class_names.split()
    hiding = next((name for name in names if name in _classes("hidden")), "")
    if not hiding and not _classes("invisible").isdisjoint(names):
        hiding = INVISIBLE
    return "" if hiding and any(map(pattern("shows_again").fullmatch, names)) else hiding


def _is_closed_layer_or_icon(element: html.HtmlElement) -> bool:
    names = names_of(element)
    if element.tag == "nav" or any(pattern(key).search(names) for key in ("dialogs", "layers")):
        return True
    return not len(element) and pattern("icons").search(names) is not None


@cache
def _classes(key: str) -> frozenset[str]:
    return frozenset(_load_table()[key])


@cache
def pattern(key: str) -> re.Pattern[str]:
    """The expression, or all of them, under a key of `visibility.toml`."""
    expressions = _load_table()[key]
    return re.compile(expressions if isinstance(expressions, str) else "|".join(expressions), re.IGNORECASE)


@cache
def _load_table() -> Mapping[str, Sequence[str]]:
    return tomllib.loads((Path(__file__).parent / "visibility.toml").read_text(encoding="utf-8"))
