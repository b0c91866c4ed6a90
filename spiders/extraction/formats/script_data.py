"""The data that a page's scripts and attributes carry: JSON, objects of JavaScript, hydration data.

Nothing is run. JavaScript is read as data only: what a program would compute stays as its source text.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from spiders.extraction.formats.hydration import parse_flight_rows, read_flight_chunks
from spiders.extraction.formats.script_values import (
    MAX_NESTING,
    mentions_time,
    parse_any,
    values_in_json,
    values_in_script,
)
from spiders.extraction.page import Page

MAX_TEXT = 3_000_000
"""Characters of scripts and attributes of one page that are looked at, which bounds time."""
MAX_SCRIPT = 2_000_000
"""Characters of one script: a longer one is a program."""
MAX_SCRIPTS = 40
"""Scripts of one page that are parsed, which bounds time: pages have their data in one or two."""
MAX_ATTRIBUTES = 1_000
"""Attributes of one page that are parsed: a card each may carry its event."""
_MIN_DATA = 30
"""Characters below which text cannot hold a name and a start."""
_DATA_PREFIXES = ("data-", ":", "wire:")
"""Names of attributes that carry data: HTML's own, those of Vue, those of Livewire."""
_DATA_STARTS = ("[", "{", "%7B", "%5B", "%7b", "%5b")
_OTHER_TYPES = ("ld+json", "html", "template", "importmap", "rules")
"""In the type of a script that is read elsewhere, or holds no data."""


def read_script_data(page: Page) -> Iterator[Any]:
    """Each value in the page's scripts and attributes that may state a start, in order; nothing where none does."""
    if not mentions_time(page.text):
        return
    chars_left, parsed = MAX_TEXT, 0
    flight_chunks: list[str] = []
    for kind, text in _iter_scripts(page):
        chars_left -= len(text)
        if chars_left < 0 or parsed >= MAX_SCRIPTS:
            break
        if "__next_f" in text:
            flight_chunks += read_flight_chunks(text)
        elif len(text) <= MAX_SCRIPT and mentions_time(text):
            parsed += 1
            values = values_in_json(text) if kind == "json" else values_in_script(text)
            yield from map(_with_inner_json, values)
    yield from parse_flight_rows("".join(flight_chunks), mentions_time)
    for text in islice(_iter_data_attributes(page), MAX_ATTRIBUTES):
        chars_left -= len(text)
        if chars_left < 0:
            return
        yield from map(_with_inner_json, values_in_json(text))


def _iter_scripts(page: Page) -> Iterator[tuple[str, str]]:
    """The texts of a page's scripts, each with its language: "json" or "script"."""
    for script in page.tree.iter("script"):
        kind = (script.get("type") or "").casefold()
        if script.text and not any(other in kind for other in _OTHER_TYPES):
            yield "json" if "json" in kind else "script", script.text


def _iter_data_attributes(page: Page) -> Iterator[str]:
    """The attributes of a page that hold data which may state a start."""
    for element in page.tree.iter():
        for name, value in element.attrib.items() if isinstance(element.tag, str) else ():
            holds_data = len(value) > _MIN_DATA and name.startswith(_DATA_PREFIXES) and _begins_data(value)
            if holds_data and len(value) <= MAX_SCRIPT and mentions_time(value):
                yield value


def _begins_data(text: str) -> bool:
    return text.lstrip()[:3].startswith(_DATA_STARTS)


def _with_inner_json(value: Any, depth: int = 0) -> Any:
    """The value, with the JSON that it keeps as text parsed too."""
    if isinstance(value, dict) and depth < MAX_NESTING:
        return {key: _with_inner_json(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list) and depth < MAX_NESTING:
        return [_with_inner_json(item, depth + 1) for item in value]
    if isinstance(value, str) and len(value) > _MIN_DATA and value[:1] in ("[", "{") and mentions_time(value):
        inner = parse_any(value)
        return value if inner is None else inner
    return value
