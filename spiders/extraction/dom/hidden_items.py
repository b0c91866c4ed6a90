"""Hidden items: of a list that shows others, those on its next pages, and those that its editor has taken down."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from lxml import html

from spiders.extraction.dom.disclosure import shows_more_after
from spiders.extraction.dom.hidden_marks import INVISIBLE, shown_classes

_ITEM_TAGS = frozenset({"li", "tr"})
"""Elements that are items by their tag; others must have a class, or the same elements within."""
_CONTAINER_TAGS = frozenset({"a", "article", "div", "figure", "ol", "section", "table", "tbody", "ul"})
_FEWEST = 2
"""Items in a row at the end that make a next page, and items that make a list."""
_MOST_TAKEN_DOWN = 3
"""Items hidden alike, beyond which, if fewer are shown, a script has hidden them."""

_Shape = tuple[str, ...]
_Marks = Mapping[html.HtmlElement, str]


def split_hidden_items(marks: _Marks) -> tuple[set[html.HtmlElement], set[html.HtmlElement]]:
    """The hidden elements that a reader gets to by paging or filtering, and those taken down; what is no item is in neither.

    A page hides the end of its list, or most of it, until the reader asks for more. An editor hides one item here or there.

    Args:
        marks: The hidden elements, each with its mark.
    """
    paged: set[html.HtmlElement] = set()
    taken_down: set[html.HtmlElement] = set()
    for parent in {parent for element in marks if (parent := element.getparent()) is not None}:
        for items in _iter_lists(parent):
            hidden = [item for item in items if item in marks]
            if len(hidden) == len(items):
                paged.update(_as_faded_in(hidden, marks))
            elif hidden:
                later = _find_later(items, hidden, marks)
                paged |= later
                taken_down |= {*hidden} - later
    return paged, taken_down


def _iter_lists(parent: html.HtmlElement) -> Iterator[Sequence[html.HtmlElement]]:
    """The children of an element that are shaped alike."""
    lists: dict[_Shape, list[html.HtmlElement]] = defaultdict(list)
    for child in parent:
        if shape := _shape(child):
            lists[shape].append(child)
    yield from lists.values()


def _shape(element: html.HtmlElement) -> _Shape | None:
    if element.tag in _ITEM_TAGS:
        return (element.tag,)
    if element.tag not in _CONTAINER_TAGS:
        return None
    classes = [name for name in shown_classes(element) if not any(map(str.isdigit, name))]
    if classes:
        return (element.tag, f".{classes[0]}")
    return (element.tag, *(str(child.tag) for child in element)) if len(element) else None


def _as_faded_in(hidden: Sequence[html.HtmlElement], marks: _Marks) -> Sequence[html.HtmlElement]:
    """A list of which nothing is shown, if it keeps its place: a script fades it in."""
    return hidden if len(hidden) >= _FEWEST and all(marks[item] == INVISIBLE for item in hidden) else ()


def _find_later(
    items: Sequence[html.HtmlElement], hidden: Sequence[html.HtmlElement], marks: _Marks
) -> set[html.HtmlElement]:
    """The hidden items that are shown when the reader asks for more."""
    last_shown = max(index for index, item in enumerate(items) if item not in marks)
    later = items[last_shown + 1 :]
    if len({marks[item] for item in hidden}) == 1 and len(hidden) > max(_MOST_TAKEN_DOWN, len(items) - len(hidden)):
        return {*hidden}
    is_page = len(later) >= _FEWEST and len({marks[item] for item in later}) == 1
    if later and (is_page or _is_list(later[0]) or shows_more_after(later[-1])):
        return {*later}
    return set()


def _is_list(element: html.HtmlElement) -> bool:
    """Whether an element is no item but a list of them."""
    shapes = [_shape(child) for child in element]
    return len(shapes) >= _FEWEST and len({*shapes}) == 1 and shapes[0] is not None and _is_distinctive(shapes[0])


def _is_distinctive(shape: _Shape) -> bool:
    return shape[0] in (*_ITEM_TAGS, "article") or shape[-1].startswith(".")
