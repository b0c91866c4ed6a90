"""schema.org events in microdata (WHATWG HTML, section 5) and RDFa Lite (W3C, rdfa-lite)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lxml import html

from spiders.extraction.formats.schema_org_event import Thing, build_posting, is_event
from spiders.extraction.page import Page
from symposia.posting import Posting
from symposia.text.plain_text import tree_text

MAX_ITEMS = 20_000
"""Items of one page that are read, which bounds time and memory."""

_EMBEDDED = ("img", "audio", "video", "source", "iframe", "embed")
"""Elements whose value is the address of what they show."""
_LINKS = ("a", "area", "link")
"""Elements whose value is the address that they lead to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Syntax:
    """The attributes with which a syntax marks an item, its type and its properties."""

    name: str
    item: str
    type: str
    property: str


MICRODATA = Syntax(name="microdata", item="itemscope", type="itemtype", property="itemprop")
RDFA = Syntax(name="rdfa", item="typeof", type="typeof", property="property")


def extract_items(page: Page, syntax: Syntax) -> list[Posting]:
    """Read the events that the page marks up in one syntax; an empty list where there are none."""
    # "Event" or "event" stands in the type of each: most pages need no walk over their elements.
    if syntax.type not in page.text or "vent" not in page.text:
        return []
    return [build_posting(page, thing, syntax.name) for thing in _read_items(page.tree, syntax) if is_event(thing)]


def _read_items(tree: html.HtmlElement, syntax: Syntax) -> list[Thing]:
    """All items of the page, each with its properties; an item may be the value of another's property."""
    items: dict[html.HtmlElement, dict[str, Any]] = {}
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        item: dict[str, Any] | None = None
        names = element.get(syntax.property, "").split()
        owner = _owner(element, items) if names else None
        if element.get(syntax.item) is not None and len(items) < MAX_ITEMS:
            item = items[element] = {"@type": (element.get(syntax.type) or "").split()}
        if owner is not None:
            value = item if item is not None else _property_value(element)
            for name in names:
                owner.setdefault(_local_name(name), []).append(value)
    return [*items.values()]


def _owner(element: html.HtmlElement, items: dict[html.HtmlElement, dict[str, Any]]) -> dict[str, Any] | None:
    """The item that a property of this element belongs to: the innermost one around it."""
    return next((items[ancestor] for ancestor in element.iterancestors() if ancestor in items), None)


def _local_name(name: str) -> str:
    """`startDate` of `schema:startDate` and of `https://schema.org/startDate`."""
    return name.rsplit(":", 1)[-1].rsplit("/", 1)[-1]


def _property_value(element: html.HtmlElement) -> str:
    """The value of a property that is no item: an attribute's where the element has one, else its text."""
    for attribute in ("content", "datetime"):
        if element.get(attribute):
            return str(element.get(attribute))
    if element.tag in _LINKS:
        return str(element.get("href") or "")
    if element.tag in _EMBEDDED:
        return str(element.get("src") or "")
    return tree_text(element)
