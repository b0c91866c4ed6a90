"""Values in the text of a script: JSON, also escaped or inside a string, and the object literals of JavaScript."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from html import unescape
from typing import Any
from urllib.parse import unquote

import chompjs

from spiders.extraction.formats.hydration import read_nuxt2_state, unflatten

MAX_TRIES = 20
"""Places of one script where data may begin that are tried, which bounds time."""
MAX_NESTING = 100
"""Levels of brackets that are followed: deeper ones exhaust the stack."""

_TIME_KEY = r"(?:start|begin|end|date_?time|event_?date)[\w-]{0,16}\\{0,3}(?:[\"'`]|&quot;|&#34;|%22)?\s{0,3}(?::|%3a)"
_time_key = re.compile(_TIME_KEY, re.I)
_time_key_in_lower_case = re.compile(_TIME_KEY)  # found several times faster than with IGNORECASE
_before_value = re.compile(r"(?:[=(,]|\breturn|(?:events?|items|data)[\"']?\s{0,9}:)\s{0,99}(?=[\[{])", re.I)
_STRING = r"(\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')"
_json_parse = re.compile(rf"JSON\.parse\(\s{{0,9}}(?:decodeURIComponent\(\s{{0,9}})?{_STRING}", re.S)
_date_of_numbers = re.compile(r"new Date\(\s{0,9}(\d{4}(?:\s{0,9},\s{0,9}\d{1,2}){1,5})\s{0,9}\)")
_date_of_text = re.compile(
    r"(?:new Date|moment|dayjs)\(\s{0,9}(\"[^\"\\\n]{4,40}\"|'[^'\\\n]{4,40}'|\d{10,13})\s{0,9}\)"
)
_byte_escape = re.compile(r"\\x([0-9a-fA-F]{2})")
_bracket = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|[\[{\]}]", re.S)


def mentions_time(text: str) -> bool:
    """Whether a key that may mean a start or an end stands in the text: the cheap test before it is parsed.

    >>> mentions_time('{"startDate": 1804089600}'), mentions_time('{"color": "red"}')
    (True, False)
    """
    return _time_key_in_lower_case.search(text.lower()) is not None


def values_in_json(text: str) -> Iterator[Any]:
    """The value of a JSON text, also where it is escaped for HTML or a URL; else the objects and lists in it.

    >>> list(values_in_json("%7B%22start%22%3A%222027-03-03%22%7D"))
    [{'start': '2027-03-03'}]
    """
    text = text.strip()
    text = unquote(text) if text.startswith("%") else text
    for variant in (text, unescape(text)) if "&quot;" in text or "&#34;" in text else (text,):
        try:
            yield unflatten(json.loads(variant, strict=False))
        except (ValueError, RecursionError):
            continue
        return
    first_brackets = [index for index in (text.find("{"), text.find("[")) if index >= 0]
    yield from _parse_at(text, first_brackets, _closing_brackets(text))


def values_in_script(text: str) -> Iterator[Any]:
    """The values that a program in JavaScript states: JSON in a string, or literal objects and lists.

    >>> list(values_in_script("var events = [{title: 'Reading Day', start: new Date(2027, 2, 3, 16)}];"))
    [[{'title': 'Reading Day', 'start': '2027-03-03T16:00:00'}]]
    """
    for match in _json_parse.finditer(text):
        if mentions_time(match[1]) and isinstance(inner := _parse_string(match[1]), str):
            yield from values_in_json(inner)
    text = _date_of_text.sub(r"\1", _date_of_numbers.sub(_iso_of_numbers, text))
    closing = _closing_brackets(text)
    if (state := read_nuxt2_state(text, closing, parse_any)) is not None:
        yield state
    else:
        yield from _parse_at(text, [match.end() for match in _before_value.finditer(text)], closing)


def parse_any(text: str) -> Any:
    """The value of a text in JSON, or in JavaScript; None where it is neither."""
    try:
        return json.loads(text, strict=False)
    except RecursionError:
        return None
    except ValueError:
        pass
    try:
        return chompjs.parse_js_object(_byte_escape.sub(r"\\u00\1", text), loader_kwargs={"strict": False})
    except (ValueError, RecursionError):
        return None


def _parse_at(text: str, opening: Sequence[int], closing: dict[int, int]) -> Iterator[Any]:
    """The objects and lists that open at those indices and mention a time: the outermost that can be parsed."""
    time_keys = [match.start() for match in _time_key.finditer(text)]
    done = tries = 0
    for start in sorted(opening):
        end = closing.get(start, 0)
        next_key = bisect_left(time_keys, start)
        if start < done or next_key == len(time_keys) or time_keys[next_key] >= end:
            continue
        tries += 1
        if tries > MAX_TRIES:
            return
        if (value := parse_any(text[start:end])) is not None:
            done = end
            yield value


def _parse_string(literal: str) -> Any:
    """The text of a JavaScript string literal; None where it cannot be parsed."""
    if literal.startswith("'"):
        content = literal[1:-1].replace("\\'", "'").replace('\\"', '"')
        literal = '"' + content.replace('"', '\\"') + '"'
    try:
        return json.loads(_byte_escape.sub(r"\\u00\1", literal).replace("\\'", "'"), strict=False)
    except (ValueError, RecursionError):
        return None


def _iso_of_numbers(match: re.Match[str]) -> str:
    """`new Date(2027, 2, 3, 16)` as an ISO 8601 string literal. JavaScript counts months from 0."""
    year, month, *rest = (int(part) for part in match[1].split(","))
    day, hour, minute = (*rest, *(1, 0, 0)[len(rest) :])[:3] if len(rest) < 3 else rest[:3]
    return f'"{year}-{month + 1:02}-{day:02}' + (f'T{hour:02}:{minute:02}:00"' if len(rest) > 1 else '"')


def _closing_brackets(text: str) -> dict[int, int]:
    """Where each opening bracket is closed, by its index; without brackets in strings, and those nested too deep."""
    closing: dict[int, int] = {}
    opened: list[int] = []
    for match in _bracket.finditer(text):
        if match[0] in ("[", "{"):
            opened.append(match.start())
        elif match[0] in ("]", "}") and opened:
            start = opened.pop()
            if len(opened) < MAX_NESTING:
                closing[start] = match.end()
    return closing
