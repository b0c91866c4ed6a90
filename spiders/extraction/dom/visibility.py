"""What a reader sees of a page: its lines in order, and what is hidden or stands around them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from lxml import etree, html

from spiders.extraction.page import Page

MAX_ELEMENTS = 50_000
"""Elements of a page that are looked at."""

MAX_LINES = 3_000
"""Lines of a page that are kept."""

MAX_LINE = 500
"""Characters of one line that are read."""

_MAX_DEPTH = 300

_DAYS = 7
"""Cells of a row that is a week: what one of them says is said of a day."""

_UNSEEN = {
    "script",
    "style",
    "template",
    "noscript",
    "svg",
    "select",
    "head",
    "title",
    "iframe",
    "object",
    "textarea",
    "datalist",
    "dialog",
}

_FRAME = {"nav", "footer", "aside"}

_FRAME_ROLES = {"banner", "navigation", "contentinfo", "complementary", "search", "dialog", "gridcell", "tablist"}

_CONTENT = {"main", "article", "section"}

_INLINE = set("a abbr b bdi bdo cite code em font i label mark q s small span strong sub sup time u var wbr".split())  # noqa: SIM905

_unseen_style = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE).search


class Line(NamedTuple):
    """A line that a reader sees, the tag of the block it stands in, whether that stands around the page, and whether in `<main>`."""

    text: str
    tag: str
    framed: bool
    main: bool


def seen_lines(tree: html.HtmlElement, most: int | None = None) -> list[Line]:
    """The lines that a reader of the page sees, in order; none of an empty page.

    No more than the bounds of this module, and, where `most` is given, just past as many characters of the page's own.
    """
    lines: list[Line] = []
    parts: list[str] = []
    size = 0
    for text, place in _pieces(tree):
        if text is not None:
            parts.append(text[: 2 * MAX_LINE])
            continue
        if words := " ".join("".join(parts).split())[:MAX_LINE]:
            lines.append(Line(words, place.tag, place.framed, place.main))
            size += 0 if place.framed else len(words)
        parts = []
        if len(lines) >= MAX_LINES or (most is not None and size > most):
            break
    return lines


def main_lines(page: Page) -> list[Line]:
    """The lines of what the page is about: of its `<main>`, where that says anything, else all that stand outside of its frame."""
    lines = [line for line in seen_lines(page.tree) if not line.framed]
    return [line for line in lines if line.main] or lines


def is_shown(element: html.HtmlElement) -> bool:
    """Whether an element is seen, and stands neither around the page nor in what is about something else."""
    for one in (element, *islice(element.iterancestors(), _MAX_DEPTH)):
        around = one.getparent()
        if one.tag not in ("body", "head") and (
            _is_unseen(one) or _is_frame(one, "" if around is None else around.tag)
        ):
            return False
    return True


class _Place(NamedTuple):
    """Where the walk over a page is: within what is not seen, within the frame, within `<main>`, and in which block."""

    unseen: bool = False
    framed: bool = False
    main: bool = False
    tag: str = "body"


def _pieces(tree: html.HtmlElement) -> Iterator[tuple[str | None, _Place]]:
    """Each text that is seen, with its place; None where a block begins or ends."""
    body = tree.find("body")
    places = [_Place()]
    walk = etree.iterwalk(tree if body is None else body, events=("start", "end", "comment", "pi"))
    for action, node in islice(walk, 2 * MAX_ELEMENTS):
        if action == "start":
            if node.tag not in _INLINE:
                yield None, places[-1]
            places.append(_inside(places[-1], node))
        elif action == "end":
            place = places.pop()
            if node.tag not in _INLINE:
                yield None, place
        # A comment is not seen, and what follows it is.
        text = node.text if action == "start" else node.tail
        if text and not places[-1].unseen:
            yield text, places[-1]
    yield None, places[-1]


def _inside(around: _Place, node: html.HtmlElement) -> _Place:
    """The place within an element that stands at `around`."""
    return _Place(
        unseen=around.unseen or _is_unseen(node),
        framed=around.framed or _is_frame(node, around.tag),
        main=around.main or node.tag == "main" or node.get("role") == "main",
        tag=around.tag if node.tag in _INLINE else node.tag,
    )


def _is_unseen(node: html.HtmlElement) -> bool:
    """Whether an element is not shown: by its tag, an attribute, its style, or a class that is known to hide."""
    if node.tag in _UNSEEN:
        return True
    if not node.keys():  # as most elements
        return False
    if node.get("hidden") is not None or node.get("aria-hidden") == "true":
        return True
    if _unseen_style(node.get("style", "")[:MAX_LINE]):
        return True
    classes = node.get("class", "")[:MAX_LINE].casefold().split()
    return not _names("hidden").isdisjoint(classes) and not any(_shows_again(name) for name in classes)


def _shows_again(name: str) -> bool:
    """Whether a class shows on wide screens what another hides: "d-md-block", "md:flex"."""
    return name.endswith(("-block", "-flex", ":block", ":flex", ":grid", ":inline"))


def _is_frame(node: html.HtmlElement, around: str) -> bool:
    """Whether an element stands around what the page says, or is one day of a month."""
    if node.tag in _FRAME or (node.tag == "header" and around not in _CONTENT):
        return True
    if node.tag == "tr" and len(node) == _DAYS:
        return True
    if not node.keys():
        return False
    if node.get("role") in _FRAME_ROLES:
        return True
    names = f"{node.get('class', '')[:MAX_LINE]} {node.get('id', '')[:MAX_LINE]}".casefold().split()
    return not _names("frame").isdisjoint(names)


@cache
def _names(key: str) -> frozenset[str]:
    """Classes and ids of what is not shown (`hidden`), or stands around the page (`frame`)."""
    table = tomllib.loads((Path(__file__).parent / "visibility.toml").read_text(encoding="utf-8"))
    return frozenset(table[key])
