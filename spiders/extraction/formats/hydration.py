"""How frameworks write the data of a page into it: Next.js in rows that it streams, Nuxt as a function's arguments or by index."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

MAX_DEPTH = 40
MAX_NODES = 200_000
"""Values that are made of what is written by index: one that is named twice is made twice."""

_streamed = re.compile(r"__next_f\.push\(\s{0,9}(?=\[)")
_row = re.compile(rb"[0-9a-f]{1,8}:(?:T([0-9a-f]{1,8}),)?")
_reference = re.compile(r"\$[A-Z@]?[0-9a-f]{1,8}(?::[\w:]{0,99})?")
_function = re.compile(
    r"__NUXT__\s{0,9}=\s{0,9}\(?function\s{0,9}\(([\w$,\s]{0,20000})\)\s{0,9}\{\s{0,9}return\s{0,9}(?=\{)"
)
_call = re.compile(r"\s{0,9};?\s{0,9}\}\s{0,9}\)?\s{0,9}\(")
_WRAPPERS = ("Reactive", "ShallowReactive", "Ref", "ShallowRef", "Date")
_DECODER = json.JSONDecoder(strict=False)


def pushed(script: str) -> list[str]:
    """The pieces that a script of Next.js adds to the stream, `self.__next_f.push([1, "..."])`; none where it adds none."""
    found = []
    for match in _streamed.finditer(script):
        try:
            value, _ = _DECODER.raw_decode(script, match.end())
        except (ValueError, RecursionError):
            continue
        found += [one for one in value[1:] if isinstance(one, str)]
    return found


def rows(stream: str, wanted: Callable[[str], bool]) -> Iterator[Any]:
    """The values of a stream of React's: a row each, `5:{...}`, those that are `wanted`. Texts are of a stated length."""
    data, at = stream.encode("utf-8", "replace"), 0
    while at < len(data):
        match = _row.match(data, at)
        if match and match[1]:
            at = match.end() + int(match[1], 16)
            continue
        end = data.find(b"\n", at)
        end = len(data) if end < 0 else end
        text = data[match.end() : end].decode("utf-8", "replace") if match else ""
        at = end + 1
        if text[:1] in ("[", "{") and wanted(text):
            try:
                yield _plain(json.loads(text, strict=False))
            except (ValueError, RecursionError):
                continue


def _plain(value: Any, depth: int = 0) -> Any:
    """A row without React's own marks: of `$D2027-03-03T16:00:00Z` the date, of a reference to another row nothing."""
    if isinstance(value, dict) and depth < MAX_DEPTH:
        return {key: _plain(one, depth + 1) for key, one in value.items()}
    if isinstance(value, list) and depth < MAX_DEPTH:
        return [_plain(one, depth + 1) for one in value]
    if not isinstance(value, str) or not value.startswith("$"):
        return value
    if value.startswith(("$D", "$$")):
        return value[2:] if value[1] == "D" else value[1:]
    return None if value == "$undefined" or _reference.fullmatch(value) else value


def devalued(data: Any) -> Any:
    """Data that is written as a list of values which name one another by their index (devalue: Nuxt 3), put together.

    Other data as it is.
    """
    if not isinstance(data, list) or len(data) < 3 or not _is_root(data[0]):
        return data
    left = MAX_NODES

    def made(index: Any, depth: int) -> Any:
        nonlocal left
        left -= 1
        if type(index) is not int or not 0 <= index < len(data) or depth > MAX_DEPTH or left < 0:
            return None
        value = data[index]
        if isinstance(value, dict):
            return {key: made(one, depth + 1) for key, one in value.items()}
        if isinstance(value, list) and value and isinstance(value[0], str):
            return _unwrapped(value, made, depth)
        return [made(one, depth + 1) for one in value] if isinstance(value, list) else value

    return made(0, 0)


def _is_root(value: Any) -> bool:
    if isinstance(value, list):
        return len(value) == 2 and value[0] in _WRAPPERS and type(value[1]) is int
    return isinstance(value, dict) and bool(value) and all(type(one) is int for one in value.values())


def _unwrapped(value: list[Any], made: Callable[[Any, int], Any], depth: int) -> Any:
    """What stands behind a mark: `["Reactive", 1]` is the value of index 1, `["Date", "2027-..."]` the text."""
    if value[0] == "Set":
        return [made(one, depth + 1) for one in value[1:]]
    if value[0] not in _WRAPPERS or len(value) < 2:
        return None
    return value[1] if value[0] == "Date" else made(value[1], depth + 1)


def with_arguments(script: str, ends: dict[int, int], read: Callable[[str], Any]) -> Any:
    """The state that a script of Nuxt 2 returns from a function, with the arguments that it is called with in their places.

    None where the script has none. `ends` says where brackets close, `read` reads an object or a list of JavaScript.
    """
    match = _function.search(script)
    end = ends.get(match.end()) if match else None
    call = _call.match(script, end) if end else None
    if match is None or end is None or call is None:
        return None
    arguments = read(f"[{script[call.end() : script.rfind('))')]}]")
    state = read(script[match.end() : end])
    if not isinstance(arguments, list) or state is None:
        return None
    names = [name.strip() for name in match[1].split(",")]
    return _filled(state, dict(zip(names, arguments, strict=False)))


def _filled(value: Any, arguments: dict[str, Any], depth: int = 0) -> Any:
    if isinstance(value, dict) and depth < MAX_DEPTH:
        return {key: _filled(one, arguments, depth + 1) for key, one in value.items()}
    if isinstance(value, list) and depth < MAX_DEPTH:
        return [_filled(one, arguments, depth + 1) for one in value]
    return arguments.get(value, value) if isinstance(value, str) else value
