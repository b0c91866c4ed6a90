"""Boilerplate: what stands around a listing. Navigation, headers and footers, columns at the side, controls."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path

from lxml import html

from spiders.extraction.dom.headings import HEADINGS
from spiders.extraction.lexicon.title_words import has_plural_event_word
from symposia.text.plain_text import first_text

_FRAME = frozenset({"nav", "footer", "aside"})
_NEVER_FRAME = frozenset({"body", "main", "article"})
_NEVER_LISTS = frozenset({"nav", "footer", "button"})
_CONTENT = ("main", "article", "section", "li")
"""Elements whose `<header>` is theirs, and not the page's."""
_SOME_TEXT = 80
"""Characters of a `<main>` that says something."""
_MOST = 0.6
"""Share of a page's text with which an element is the page, whatever it is called."""
_MAX_TEXT = 100_000
"""Characters of a page by which that is told."""
_MAX_HEADINGS = 4
"""Headings of a column that may say that it lists events; later ones are of single events."""
_MAX_HEADING = 80
"""Characters of such a heading."""


def is_aside(element: html.HtmlElement, everywhere: bool = False) -> bool:
    """Whether an element is no place to look for events: a control, or boilerplate that lists none.

    Args:
        element: An element of a visible tree.
        everywhere: Whether to search what only its name or place calls boilerplate, for pages that list nothing elsewhere.
    """
    if element.tag in _NEVER_LISTS:
        return True
    if everywhere:
        return False
    if element.tag == "select":
        return True
    return is_boilerplate(element) and not _holds_the_page(element) and not _lists_events(element)


def is_boilerplate(element: html.HtmlElement, statements: bool = False) -> bool:
    """Whether an element stands around the page's own part: by its tag, its role, or what its class or id calls it.

    Args:
        element: An element of a visible tree.
        statements: Whether what is asked for are statements about the page. Those of dialogs and suggestions are not.
    """
    tag = element.tag
    if tag in _FRAME:
        return True
    if tag == "header":
        return next(element.iterancestors(*_CONTENT), None) is None
    # Most elements have no attribute, and each is asked several times.
    if tag in _NEVER_FRAME or not element.keys():
        return False
    if _is_named_boilerplate(element):
        return True
    return statements and any(_is_listed(element.get(key), "not_statements") for key in ("class", "id", "role"))


def _is_named_boilerplate(element: html.HtmlElement) -> bool:
    class_names, element_id = element.get("class"), element.get("id")
    if _is_listed(element.get("role"), "roles") or _is_listed(class_names, "names") or _is_listed(element_id, "names"):
        return True
    return (_has_part(class_names) or _has_part(element_id)) and not _holds_the_page(element)


@lru_cache(maxsize=4_096)
def _is_listed(names: str | None, key: str) -> bool:
    """Whether one of the names in an attribute is in a list; the cards of a page share theirs, so answers are kept."""
    return names is not None and not _names(key).isdisjoint(names.casefold().split())


@lru_cache(maxsize=4_096)
def _has_part(names: str | None) -> bool:
    """Whether one of the names in an attribute has a part that means boilerplate."""
    return any(_part("parts").search(name) and not _part("beside").search(name) for name in (names or "").split())


def _holds_the_page(element: html.HtmlElement) -> bool:
    """Whether an element holds what the page is about, whatever it is called: "left-content-right-sidebar" holds both."""
    if any(len(first_text(part, _SOME_TEXT)) > _SOME_TEXT for part in element.iter("main", "article")):
        return True
    if element.tag != "header" and next(element.iter("h1"), None) is not None:
        return True
    body = next(element.iterancestors("body"), None)
    return body is not None and len(first_text(element, _MAX_TEXT)) > _MOST * _text_size(body)


@lru_cache(maxsize=2)
def _text_size(body: html.HtmlElement) -> int:
    """Characters of a page's text, which each of its asides is measured by."""
    return len(first_text(body, _MAX_TEXT))


def _lists_events(element: html.HtmlElement) -> bool:
    """Whether a column at the side is a listing, by its names or first headings: "Upcoming events"."""
    if element.tag == "header":
        return False
    names = re.sub(r"[-_]", " ", f"{element.get('class') or ''} {element.get('id') or ''}")
    headings = (first_text(heading, _MAX_HEADING) for heading in islice(element.iter(*HEADINGS), _MAX_HEADINGS))
    return any(map(has_plural_event_word, (names, *headings)))


@cache
def _names(key: str) -> frozenset[str]:
    return frozenset(_load_table()[key])


@cache
def _part(key: str) -> re.Pattern[str]:
    return re.compile(rf"(?:^|[-_])(?:{'|'.join(_load_table()[key])})(?:$|[-_])", re.IGNORECASE)


@cache
def _load_table() -> Mapping[str, Sequence[str]]:
    return tomllib.loads((Path(__file__).parent / "boilerplate.toml").read_text(encoding="utf-8"))
