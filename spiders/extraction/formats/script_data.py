"""The data that a page's scripts and attributes carry: JSON, JavaScript's objects, and what frameworks make of them.

Nothing is run. JavaScript is read as data only: what a program would compute is left as its words.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import islice
from typing import Any
from urllib.parse import unquote

import chompjs

from spiders.extraction.formats.hydration import devalued, pushed, rows, with_arguments
from spiders.extraction.page import Page

MAX_TEXT = 3_000_000
"""Characters of scripts and attributes of one page that are looked at."""
MAX_SCRIPT = 2_000_000
"""Characters of one script at most: a longer one is passed over."""
MAX_SCRIPTS = 40
"""Scripts of one page that are parsed."""
MAX_ATTRIBUTES = 1_000
"""Attributes of one page that are parsed: a card each may carry its event."""
MAX_TRIES = 20
"""Places of one script where data may begin."""
MAX_NESTING = 100
_SHORT = 30

_HINT = r"(?:start|begin|end|date_?time|event_?date)[\w-]{0,16}\\{0,3}(?:[\"'`]|&quot;|&#34;|%22)?\s{0,3}(?::|%3a)"
_hint = re.compile(_HINT, re.I)
_hint_in_small = re.compile(_HINT).search  # in small letters it is found several times faster
_opening = re.compile(r"(?:[=(,]|\breturn|(?:events?|items|data)[\"']?\s{0,9}:)\s{0,99}(?=[\[{])", re.I)
_literal = r"(\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')"
_json_text = re.compile(rf"JSON\.parse\(\s{{0,9}}(?:decodeURIComponent\(\s{{0,9}})?{_literal}", re.S)
_new_date = re.compile(r"new Date\(\s{0,9}(\d{4}(?:\s{0,9},\s{0,9}\d{1,2}){1,5})\s{0,9}\)")
_date_of = re.compile(r"(?:new Date|moment|dayjs)\(\s{0,9}(\"[^\"\\\n]{4,40}\"|'[^'\\\n]{4,40}'|\d{10,13})\s{0,9}\)")
_byte = re.compile(r"\\x([0-9a-fA-F]{2})")
_bracket = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|[\[{\]}]", re.S)
_DECODER = json.JSONDecoder(strict=False)


def script_data(page: Page) -> Iterator[Any]:
    """Each value that the page's scripts and attributes hold and that may state a start, in order; none where none does."""
    if not may_hold_a_start(page.text):
        return
    left, parsed = MAX_TEXT, 0
    streamed: list[str] = []
    for kind, text in _scripts(page):
        left -= len(text)
        if left < 0 or parsed >= MAX_SCRIPTS:
            break
        if "__next_f" in text:
            streamed += pushed(text)
        elif len(text) <= MAX_SCRIPT and may_hold_a_start(text):
            parsed += 1
            yield from (_inner(value) for value in (_from_json(text) if kind == "json" else _from_script(text)))
    yield from rows("".join(streamed), may_hold_a_start)
    for text in islice(_attributes(page), MAX_ATTRIBUTES):
        left -= len(text)
        if left < 0:
            return
        yield from (_inner(value) for value in _from_json(text))


def may_hold_a_start(text: str) -> bool:
    """Whether a key that may mean a start or an end stands in the text: the cheap test before it is parsed."""
    return _hint_in_small(text.lower()) is not None


def _scripts(page: Page) -> Iterator[tuple[str, str]]:
    """The texts of a page's scripts, each with what it is: "json" or "script"."""
    for script in page.tree.iter("script"):
        kind = (script.get("type") or "").casefold()
        if script.text and not any(word in kind for word in ("ld+json", "html", "template", "importmap", "rules")):
            yield "json" if "json" in kind else "script", script.text


def _attributes(page: Page) -> Iterator[str]:
    """The attributes of a page that hold data which may state a start."""
    for element in page.tree.iter():
        for name, value in element.attrib.items() if isinstance(element.tag, str) else ():
            holds = len(value) > _SHORT and name.startswith(("data-", ":", "wire:")) and _begins_data(value)
            if holds and len(value) <= MAX_SCRIPT and may_hold_a_start(value):
                yield value


def _begins_data(text: str) -> bool:
    return text.lstrip()[:3].startswith(("[", "{", "%7B", "%5B", "%7b", "%5b"))


def _from_json(text: str) -> Iterator[Any]:
    """The value that a text in JSON is, also where it was escaped for HTML or for an address; nothing where it is none."""
    text = text.strip()
    text = unquote(text) if text.startswith("%") else text
    for one in (text, unescape(text)) if "&quot;" in text or "&#34;" in text else (text,):
        try:
            yield devalued(json.loads(one, strict=False))
        except (ValueError, RecursionError):
            continue
        return
    yield from _objects(text, _starts_of(text))


def _from_script(text: str) -> Iterator[Any]:
    """The values that a program in JavaScript states: as JSON in a string, or as objects and lists of its own."""
    for match in _json_text.finditer(text):
        if may_hold_a_start(match[1]) and isinstance(inner := _string(match[1]), str):
            yield from _from_json(inner)
    text = _date_of.sub(r"\1", _new_date.sub(_iso, text))
    ends = _ends(text)
    if (found := with_arguments(text, ends, _loose)) is not None:
        yield found
    else:
        yield from _objects(text, [match.end() for match in _opening.finditer(text)], ends)


def _starts_of(text: str) -> list[int]:
    return [at for at in (text.find("{"), text.find("[")) if at >= 0]


def _objects(text: str, starts: Sequence[int], ends: dict[int, int] | None = None) -> Iterator[Any]:
    """The objects and lists that begin at `starts` and may state a start: the outer ones, or where they can't be read, inner ones."""
    ends = _ends(text) if ends is None else ends
    hints = [match.start() for match in _hint.finditer(text)]
    done = tries = 0
    for at in sorted(starts):
        end = ends.get(at, 0)
        hint = bisect_left(hints, at)
        if at < done or hint == len(hints) or hints[hint] >= end:
            continue
        tries += 1
        if tries > MAX_TRIES:
            return
        if (found := _loose(text[at:end])) is not None:
            done = end
            yield found


def _loose(text: str) -> Any:
    """The value of a text in JSON, or in JavaScript; None where it is neither."""
    try:
        return json.loads(text, strict=False)
    except RecursionError:
        return None
    except ValueError:
        pass
    try:
        return chompjs.parse_js_object(_byte.sub(r"\\u00\1", text), loader_kwargs={"strict": False})
    except (ValueError, RecursionError):
        return None


def _string(literal: str) -> Any:
    """What a string of JavaScript says; None where it is none."""
    if literal.startswith("'"):
        inner = literal[1:-1].replace("\\'", "'").replace('\\"', '"')
        literal = '"' + inner.replace('"', '\\"') + '"'
    try:
        found = json.loads(_byte.sub(r"\\u00\1", literal).replace("\\'", "'"), strict=False)
    except (ValueError, RecursionError):
        return None
    return found


def _iso(match: re.Match[str]) -> str:
    """`new Date(2027, 2, 3, 16)` as text in ISO 8601. JavaScript counts months from 0."""
    year, month, *rest = (int(part) for part in match[1].split(","))
    day, hour, minute = (*rest, *(1, 0, 0)[len(rest) :])[:3] if len(rest) < 3 else rest[:3]
    return f'"{year}-{month + 1:02}-{day:02}' + (f'T{hour:02}:{minute:02}:00"' if len(rest) > 1 else '"')


def _ends(text: str) -> dict[int, int]:
    """Where what opens at a place ends; nothing of what is nested too deep. Brackets in strings are none."""
    found: dict[int, int] = {}
    opened: list[int] = []
    for match in _bracket.finditer(text):
        if match[0] in ("[", "{"):
            opened.append(match.start())
        elif match[0] in ("]", "}") and opened:
            at = opened.pop()
            if len(opened) < MAX_NESTING:
                found[at] = match.end()
    return found


def _inner(value: Any, depth: int = 0) -> Any:
    """The value, with the JSON that it keeps as text read too."""
    if isinstance(value, dict) and depth < MAX_NESTING:
        return {key: _inner(one, depth + 1) for key, one in value.items()}
    if isinstance(value, list) and depth < MAX_NESTING:
        return [_inner(one, depth + 1) for one in value]
    if isinstance(value, str) and len(value) > _SHORT and value[:1] in ("[", "{") and may_hold_a_start(value):
        found = _loose(value)
        return value if found is None else found
    return value
