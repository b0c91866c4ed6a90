"""Disclosure: which hidden elements a reader can open, by their names, by the controls around them, or by scrolling."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import etree, html

from spiders.extraction.dom.hidden_marks import INVISIBLE, hiding_mark, is_dialog, names_of, pattern, shown_classes
from symposia.text.plain_text import BLOCKS, first_text

_MAX_LABEL = 200
"""Characters of a link or button that opens what follows it."""
_MAX_MORE = 40
"""Characters of a link or button that shows more."""
_MAX_CONTROLS = 5
"""Links and buttons of a line that are looked at: a line of more is a menu."""
_FEWEST_HEADINGS = 2
"""Headings with hidden text below, from which on they open it: a single one may stand over a message kept for later."""
_ITEMS = ("li", "tr", "td", "th")
"""Items of lists and cells of tables: what stands before is another one, not the control that opens this one."""
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
"""Headings that may open something; the page's own does not."""
_names_of_opened = etree.XPath(
    "//@aria-controls | //@data-target | //@data-bs-target | //@data-tab | //@data-filter | //@data-toggle-target"
    " | //@data-tab-target | //@data-panel | //li/@rel | //a/@href[starts-with(., '#')]",
    smart_strings=False,
)
_scripts_of_clicks = etree.XPath("//@onclick", smart_strings=False)
_switches = etree.XPath("//input[@type='checkbox' or @type='radio']/@id", smart_strings=False)
_quoted = re.compile(r"""(["'])[#.]?([\w-]{1,100})\1""")
_leads_nowhere = re.compile(r"\s*(?:$|#|javascript:)", re.IGNORECASE)
_leads_away = re.compile(r"location|open\(", re.IGNORECASE)
_pointer = re.compile(r"cursor\s*:\s*pointer", re.IGNORECASE)

_Pair = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """What opens the hidden elements of one page.

    Attributes:
        opened: The ids, classes and tabs that links and buttons name as what they open.
        switches: The ids of checkboxes and radio buttons, which style sheets show things by.
        headings: How often a hidden block of one kind stands right below a heading of one kind.
    """

    opened: frozenset[str]
    switches: frozenset[str]
    headings: Counter[_Pair]

    @classmethod
    def of_page(cls, body: html.HtmlElement, hidden: Iterable[html.HtmlElement]) -> Disclosure:
        """The disclosure of a page with these hidden elements."""
        values: list[str] = _names_of_opened(body)  # type: ignore[assignment]  # an XPath may give anything; these give strings
        scripts: list[str] = _scripts_of_clicks(body)  # type: ignore[assignment]  # the same
        switches: list[str] = _switches(body)  # type: ignore[assignment]  # the same
        names = (name.lstrip("#.") for value in values for name in re.split(r"[\s,]+", value))
        quoted = (found[2] for script in scripts for found in _quoted.finditer(script[:_MAX_LABEL]))
        return cls(
            opened=frozenset((*names, *quoted)) - {""},
            switches=frozenset(switches),
            headings=Counter(pair for element in hidden if (pair := _heading_and_block(element))),
        )

    def opens(self, element: html.HtmlElement) -> bool:
        """Whether a reader can open a hidden element; never a dialog, which repeats what the page shows."""
        if is_dialog(element):
            return False
        return (
            pattern("panels").search(names_of(element)) is not None
            or not self.opened.isdisjoint(_names_to_open(element))
            or _appears_on_scrolling(element)
            or self._follows_its_control(element)
            or _is_more(element.getnext())
        )

    def _follows_its_control(self, element: html.HtmlElement) -> bool:
        """Whether the element before, or around, opens a block, or is the sign that a script has yet to show it."""
        parent, before = element.getparent(), _element_before(element)
        if element.tag not in BLOCKS:
            return False
        if element.tag not in _ITEMS and parent is not None and _acts_on_click(parent):
            return True
        if before is None or _is_alike(before, element):
            return False
        if _acts_on_click(before) or any(map(_says_it_expands, before.iter("a", "button", "div", "span"))):
            return element.tag == "tr" or element.tag not in _ITEMS
        if element.tag in _ITEMS:
            return element.tag == "tr" and len(element) < len(before) and _shows_more(before)
        return (
            pattern("loaders").search(before.get("class", "")) is not None
            or (element.tag == "dd" and before.tag == "dt")
            or (before.tag == "label" and before.get("for") in self.switches)
            or self._is_below_its_heading(element)
            or _holds_only_a_control(before)
            or (before.tag in _HEADINGS and next(_iter_controls(before), None) is not None)
            or _shows_more(before)
        )

    def _is_below_its_heading(self, element: html.HtmlElement) -> bool:
        """Whether a heading opens a block: one of several that stand so, or one whose block is called its content."""
        kinds = _heading_and_block(element)
        if kinds is None:
            return False
        return self.headings[kinds] >= _FEWEST_HEADINGS or any(map(pattern("contents").fullmatch, kinds[2:]))


def _names_to_open(element: html.HtmlElement) -> Iterator[str]:
    """What a control may call an element: its id, its classes, and what its data attributes say."""
    yield element.get("id", "")
    yield from shown_classes(element)
    yield from (value for name, value in element.items() if name.startswith("data-"))


def _appears_on_scrolling(element: html.HtmlElement) -> bool:
    if hiding_mark(element) != INVISIBLE:
        return False
    return any(map(pattern("animations").search, (names_of(element), *element.keys())))


def _element_before(element: html.HtmlElement) -> html.HtmlElement | None:
    """The element before, but for the switch between a label and what that shows."""
    before = element.getprevious()
    if before is not None and before.tag == "input":
        before = before.getprevious()
    return before if before is not None and isinstance(before.tag, str) else None


def _acts_on_click(element: html.HtmlElement) -> bool:
    """Whether an element itself says that a click does something on this page."""
    if element.tag == "summary" or element.get("role") == "button" or _says_it_expands(element):
        return True
    action = element.get("onclick")
    if action is not None:
        return _leads_away.search(action) is None
    return _pointer.search(element.get("style", "")) is not None


def _says_it_expands(element: html.HtmlElement) -> bool:
    return element.get("aria-expanded") is not None


def _heading_and_block(element: html.HtmlElement) -> _Pair | None:
    """The kinds of a hidden block and of the heading right above it; None where none is."""
    before = _element_before(element)
    if before is None or element.tag not in BLOCKS or element.tag in _ITEMS:
        return None
    heading = next(before.iter(*_HEADINGS), None)
    if heading is None or first_text(heading, _MAX_LABEL) != first_text(before, _MAX_LABEL):
        return None
    return (heading.tag, element.tag, *shown_classes(element)[:1])


def _holds_only_a_control(element: html.HtmlElement) -> bool:
    control = next(_iter_controls(element), None)
    label = first_text(control, _MAX_LABEL) if control is not None else ""
    return bool(label) and label == first_text(element, _MAX_LABEL)


def _iter_controls(element: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """The links and buttons of an element that do something on this page: a link that leads to another one does not."""
    for control in islice(element.iter("a", "button", "summary"), _MAX_CONTROLS):
        if control.tag != "a" or _leads_nowhere.match(control.get("href", "")):
            yield control


def _is_alike(before: html.HtmlElement, element: html.HtmlElement) -> bool:
    """Whether two elements are items of one list: then the first is not what opens the second."""
    if before.tag != element.tag:
        return False
    classes = shown_classes(element)
    return (bool(classes) and classes == shown_classes(before)) or _acts_on_click(element)


def _shows_more(element: html.HtmlElement) -> bool:
    """Whether an element holds a control that shows more."""
    return any(map(_is_called_more, _iter_controls(element)))


def _is_more(element: html.HtmlElement | None) -> bool:
    """Whether an element is nothing but such a control."""
    if element is None or not isinstance(element.tag, str) or element.tag in _ITEMS:
        return False
    return len(first_text(element, _MAX_MORE)) <= _MAX_MORE and _shows_more(element)


def _is_called_more(control: html.HtmlElement) -> bool:
    label = first_text(control, _MAX_MORE)
    return len(label) <= _MAX_MORE and pattern("more").match(label) is not None


def shows_more_after(element: html.HtmlElement) -> bool:
    """Whether a control that shows more stands right after an element, or after what it stands in."""
    around = [element, *islice(element.iterancestors("*"), 2)]
    after = (node for inner in around for node in islice(inner.itersiblings("*"), 2))
    return any(map(_is_more, after))
