"""Hydration data: the state that Next.js and Nuxt write into a page, in formats of their own.

Next.js streams React's Flight rows (react-client/src/ReactFlightClient.js in React's source). Nuxt 2 returns the state
from a function that is called with the repeated values. Nuxt 3 writes it by index (github.com/Rich-Harris/devalue).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

MAX_DEPTH = 40
"""Levels of nesting that are followed: deeper ones exhaust the stack."""
MAX_NODES = 200_000
"""Values made of one list that is written by index: a value named twice is made twice, at each level."""

_push = re.compile(r"__next_f\.push\(\s{0,9}(?=\[)")
_row_head = re.compile(rb"[0-9a-f]{1,8}:(?:T([0-9a-f]{1,8}),)?")
_row_reference = re.compile(r"\$[A-Z@]?[0-9a-f]{1,8}(?::[\w:]{0,99})?")
_state_function = re.compile(
    r"__NUXT__\s{0,9}=\s{0,9}\(?function\s{0,9}\(([\w$,\s]{0,20000})\)\s{0,9}\{\s{0,9}return\s{0,9}(?=\{)"
)
_call = re.compile(r"\s{0,9};?\s{0,9}\}\s{0,9}\)?\s{0,9}\(")
_WRAPPERS = ("Reactive", "ShallowReactive", "Ref", "ShallowRef", "Date")
"""The types that Nuxt 3 marks values with, as far as they hold one value."""
_DECODER = json.JSONDecoder(strict=False)


def read_flight_chunks(script: str) -> list[str]:
    r"""The chunks that a script of Next.js adds to the stream of Flight rows; an empty list where it adds none.

    >>> read_flight_chunks(r'self.__next_f.push([1, "5:{\"title\":"])')
    ['5:{"title":']
    """
    chunks = []
    for match in _push.finditer(script):
        try:
            arguments, _ = _DECODER.raw_decode(script, match.end())
        except (ValueError, RecursionError):
            continue
        chunks += [argument for argument in arguments[1:] if isinstance(argument, str)]
    return chunks


def parse_flight_rows(stream: str, is_wanted: Callable[[str], bool]) -> Iterator[Any]:
    """The values of a stream of Flight rows, `5:{...}` on a line each.

    Args:
        stream: All chunks, joined.
        is_wanted: Says of a row's JSON text whether it is worth parsing.
    """
    data, position = stream.encode("utf-8", "replace"), 0
    while position < len(data):
        head = _row_head.match(data, position)
        if head and head[1]:  # a text row: its length in bytes stands before it
            position = head.end() + int(head[1], 16)
            continue
        end = data.find(b"\n", position)
        end = len(data) if end < 0 else end
        text = data[head.end() : end].decode("utf-8", "replace") if head else ""
        position = end + 1
        if text[:1] in ("[", "{") and is_wanted(text):
            try:
                yield _without_flight_marks(json.loads(text, strict=False))
            except (ValueError, RecursionError):
                continue


def _without_flight_marks(value: Any, depth: int = 0) -> Any:
    """A row's value without React's `$` marks: the date of `$D2027-03-03T16:00:00Z`, None for a reference to a row."""
    if isinstance(value, dict) and depth < MAX_DEPTH:
        return {key: _without_flight_marks(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list) and depth < MAX_DEPTH:
        return [_without_flight_marks(item, depth + 1) for item in value]
    if not isinstance(value, str) or not value.startswith("$"):
        return value
    if value.startswith(("$D", "$$")):
        return value[2:] if value[1] == "D" else value[1:]
    return None if value == "$undefined" or _row_reference.fullmatch(value) else value


def unflatten(data: Any) -> Any:
    """Put together what Nuxt 3 writes as a list of values that refer to one another by index; other data as it is.

    >>> unflatten([{"title": 1, "dates": 2}, "Reading Day", [3], "2027-03-03"])
    {'title': 'Reading Day', 'dates': ['2027-03-03']}
    """
    if not isinstance(data, list) or len(data) < 3 or not _is_flattened_root(data[0]):
        return data
    nodes_left = MAX_NODES

    def revive(index: Any, depth: int) -> Any:
        nonlocal nodes_left
        nodes_left -= 1
        if type(index) is not int or not 0 <= index < len(data) or depth > MAX_DEPTH or nodes_left < 0:
            return None
        value = data[index]
        if isinstance(value, dict):
            return {key: revive(item, depth + 1) for key, item in value.items()}
        if isinstance(value, list) and value and isinstance(value[0], str):
            return _unwrap(value, revive, depth)
        return [revive(item, depth + 1) for item in value] if isinstance(value, list) else value

    return revive(0, 0)


def _is_flattened_root(value: Any) -> bool:
    if isinstance(value, list):
        return len(value) == 2 and value[0] in _WRAPPERS and type(value[1]) is int
    return isinstance(value, dict) and bool(value) and all(type(item) is int for item in value.values())


def _unwrap(value: list[Any], revive: Callable[[Any, int], Any], depth: int) -> Any:
    """The value behind a type: that of index 1 for `["Reactive", 1]`, the text for `["Date", "2027-..."]`."""
    if value[0] == "Set":
        return [revive(item, depth + 1) for item in value[1:]]
    if value[0] not in _WRAPPERS or len(value) < 2:
        return None
    return value[1] if value[0] == "Date" else revive(value[1], depth + 1)


def read_nuxt2_state(script: str, closing: dict[int, int], parse: Callable[[str], Any]) -> Any:
    """The state that a script of Nuxt 2 returns from a function, its parameters replaced by the arguments.

    None where the script has no such function.

    Args:
        script: The text of the script.
        closing: The end of each bracket's content, by the index of the opening bracket.
        parse: Parses an object or a list of JavaScript; None where it cannot.
    """
    match = _state_function.search(script)
    end = closing.get(match.end()) if match else None
    call = _call.match(script, end) if end else None
    if match is None or end is None or call is None:
        return None
    arguments = parse(f"[{script[call.end() : script.rfind('))')]}]")
    state = parse(script[match.end() : end])
    if not isinstance(arguments, list) or state is None:
        return None
    parameters = [name.strip() for name in match[1].split(",")]
    return _fill_in(state, dict(zip(parameters, arguments, strict=False)))


def _fill_in(value: Any, arguments: dict[str, Any], depth: int = 0) -> Any:
    if isinstance(value, dict) and depth < MAX_DEPTH:
        return {key: _fill_in(item, arguments, depth + 1) for key, item in value.items()}
    if isinstance(value, list) and depth < MAX_DEPTH:
        return [_fill_in(item, arguments, depth + 1) for item in value]
    return arguments.get(value, value) if isinstance(value, str) else value
