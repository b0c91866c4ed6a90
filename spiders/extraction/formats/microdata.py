"""schema.org events in microdata (WHATWG HTML, 5) and RDFa Lite (W3C, rdfa-lite), read off the tree of a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lxml import html

from spiders.extraction.formats.schema_org_event import Thing, is_event, posting_of
from spiders.extraction.page import Page
from symposia.posting import Posting
from symposia.text.plain_text import tree_text

MAX_ITEMS = 20_000
"""Items of one page that are looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Syntax:
    """How a syntax marks an item, its type and its properties."""

    name: str
    item: str
    type: str
    property: str


MICRODATA = Syntax(name="microdata", item="itemscope", type="itemtype", property="itemprop")
RDFA = Syntax(name="rdfa", item="typeof", type="typeof", property="property")


def extract_markup(page: Page, syntax: Syntax) -> list[Posting]:
    """The events that the page marks up in one syntax."""
    if syntax.type not in page.text or "vent" not in page.text:
        return []
    return [posting_of(page, thing, syntax.name) for thing in _things(page.tree, syntax) if is_event(thing)]


def _things(tree: html.HtmlElement, syntax: Syntax) -> list[Thing]:
    """All items of the page, each with its properties, inner items included."""
    items: dict[html.HtmlElement, dict[str, Any]] = {}
    found: list[dict[str, Any]] = []
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        own: dict[str, Any] | None = None
        names = element.get(syntax.property, "").split()
        owner = _owner(element, items) if names else None
        if element.get(syntax.item) is not None and len(found) < MAX_ITEMS:
            own = {"@type": (element.get(syntax.type) or "").split()}
            items[element] = own
            found.append(own)
        if owner is not None:
            value = own if own is not None else _value(element)
            for name in names:
                owner.setdefault(name.rsplit(":", 1)[-1].rsplit("/", 1)[-1], []).append(value)
    return [*found]


def _owner(element: html.HtmlElement, items: dict[html.HtmlElement, dict[str, Any]]) -> dict[str, Any] | None:
    return next((items[ancestor] for ancestor in element.iterancestors() if ancestor in items), None)


def _value(element: html.HtmlElement) -> str:
    """The value of a property that is no item: as the element carries it, else its text."""
    for attribute in ("content", "datetime"):
        if element.get(attribute):
            return str(element.get(attribute))
    if element.tag in ("a", "area", "link"):
        return str(element.get("href") or "")
    if element.tag in ("img", "audio", "video", "source", "iframe", "embed"):
        return str(element.get("src") or "")
    return tree_text(element)
