"""Visible lines: the text of a page as its reader sees it, one block a line, and where on the page each stands."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from lxml import etree, html

from spiders.extraction.dom.boilerplate import is_boilerplate
from symposia.text.plain_text import BLOCKS

MAX_ELEMENTS = 50_000
"""Elements of a page that are read."""
MAX_LINES = 3_000
"""Lines of a page that are kept."""
MAX_LINE = 500
"""Characters of one line that are kept."""
_DAYS = 7
"""Cells of a table row that is a week: what one of them says, it says of its day."""
_FIELDS = frozenset({"select", "textarea"})
"""Elements whose words are not the page's, but what its reader may choose or write."""


class Place(NamedTuple):
    """Where on a page a text stands.

    Attributes:
        tag: The block that it stands in.
        is_boilerplate: Whether that stands around the page's own part.
        of_day: Whether it is one day of a calendar.
        in_main: Whether it stands in `<main>`.
    """

    tag: str = "body"
    is_boilerplate: bool = False
    of_day: bool = False
    in_main: bool = False

    @property
    def is_own(self) -> bool:
        """Whether the text is the page's own, about all that it lists."""
        return not self.is_boilerplate and not self.of_day


class Line(NamedTuple):
    """A line that a reader sees, and where."""

    text: str
    place: Place


def visible_lines(tree: html.HtmlElement, most: int | None = None) -> list[Line]:
    """The lines of a visible tree in order; no more than `MAX_LINES`.

    Args:
        tree: What `Page.visible` gives.
        most: Characters of the page's own after which nothing more is read; None reads on.
    """
    lines: list[Line] = []
    parts: list[str] = []
    size = 0
    for text, place in visible_texts(tree):
        if text is not None:
            parts.append(text[: 2 * MAX_LINE])
            continue
        if words := " ".join("".join(parts).split())[:MAX_LINE]:
            lines.append(Line(words, place))
            size += len(words) if place.is_own else 0
        parts = []
        if len(lines) >= MAX_LINES or (most is not None and size > most):
            break
    return lines


def main_lines(tree: html.HtmlElement) -> list[Line]:
    """The lines of what a page is about: those of its `<main>` where it says anything, else all that are the page's own."""
    lines = [line for line in visible_lines(tree) if line.place.is_own]
    return [line for line in lines if line.place.in_main] or lines


def visible_texts(tree: html.HtmlElement) -> Iterator[tuple[str | None, Place]]:
    """Each text node of a visible tree with its place; None as the text where a block begins or ends."""
    body = tree.find("body")
    places = [Place()]
    walk = etree.iterwalk(tree if body is None else body, events=("start", "end"))
    for action, node in islice(walk, 2 * MAX_ELEMENTS):
        if node.tag in BLOCKS:
            yield None, places[-1]
        if action == "end":
            places.pop()
            text = node.tail
        elif node.tag in _FIELDS:
            walk.skip_subtree()
            places.append(places[-1])
            text = None
        else:
            places.append(_place_inside(places[-1], node))
            text = node.text
        if text:
            yield text, places[-1]
    yield None, places[-1]


def _place_inside(around: Place, node: html.HtmlElement) -> Place:
    """The place of the text in an element that stands at `around`."""
    is_block = node.tag in BLOCKS
    if not is_block and not node.keys():
        return around
    return Place(
        tag=node.tag if is_block else around.tag,
        is_boilerplate=around.is_boilerplate or is_boilerplate(node, statements=True),
        of_day=around.of_day or (node.tag == "tr" and len(node) == _DAYS) or node.get("role") == "gridcell",
        in_main=around.in_main or node.tag == "main" or node.get("role") == "main",
    )
