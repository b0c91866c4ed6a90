"""schema.org events in JSON-LD (W3C, json-ld11), also where the JSON is slightly broken."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import chompjs

from spiders.extraction.formats.schema_org_event import Thing, build_posting, is_event, types_of
from spiders.extraction.page import Page, Refusal
from symposia.posting import Posting

MAX_BLOCK = 5_000_000
"""Characters of one block: a larger one is refused, since parsing takes many times its size in memory."""
MAX_DEPTH = 100
"""Levels of nesting that are followed: deeper ones exhaust the stack."""
MAX_NODES = 200_000
"""Objects and lists of one block that are looked at for events, which bounds time."""
_MAX_MESSAGE = 200
"""Characters of a parser's message that a refusal quotes."""

_wrapper = re.compile(
    r"^\s*(?:<!--|/\*\s*<!\[CDATA\[\s*\*/|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|/\*\s*\]\]>\s*\*/|//\s*\]\]>|\]\]>)\s*;?\s*$"
)
_expanded_start_date = re.compile(r"\"https?://schema\.org/startDate\"")
_vocabulary = re.compile(r"^https?://schema\.org/")
_bracket = re.compile(r"[\[{]")


def extract_jsonld(page: Page) -> tuple[list[Posting], list[Refusal]]:
    """Read the events of all JSON-LD blocks of a page, or of a page that is JSON itself; refuse unreadable blocks."""
    postings: list[Posting] = []
    refusals: list[Refusal] = []
    for block in _find_blocks(page):
        try:
            data = _parse_block(block)
        except (ValueError, RecursionError) as error:
            refusals.append(Refusal(what="a JSON-LD block", reason=f"not JSON: {str(error)[:_MAX_MESSAGE]}"))
            continue
        if _expanded_start_date.search(block):
            data = _compact(data, 0)
        postings += [build_posting(page, event, "json-ld", course) for event, course in _find_events(data)]
    return postings, refusals


def _find_blocks(page: Page) -> Iterator[str]:
    if page.text.lstrip("\ufeff \t\r\n")[:1] in ("{", "["):
        yield page.text
        return
    for script in page.tree.iter("script"):
        if "ld+json" in (script.get("type") or "").casefold() and script.text:
            yield script.text


def _parse_block(block: str) -> Any:
    """Parse as JSON, else as JavaScript would take it. Raises ValueError."""
    if len(block) > MAX_BLOCK:
        raise ValueError(f"{len(block)} characters are more than {MAX_BLOCK}")
    text = _wrapper.sub("", _wrapper.sub("", block)).strip().rstrip(";")
    try:
        return json.loads(text, strict=False)
    except ValueError as error:
        if _bracket.search(text) is None or _nesting(text) > MAX_DEPTH:
            raise
        try:
            return chompjs.parse_js_object(text, loader_kwargs={"strict": False})
        except ValueError:
            # chompjs names another place in the same text each time; json's message is always the same.
            raise error from None


def _compact(value: Any, depth: int) -> Any:
    """Shorten the property names of expanded JSON-LD: `https://schema.org/name` is `name` (json-ld11, 4.1.5)."""
    if depth > MAX_DEPTH:
        return value
    if isinstance(value, list):
        return [_compact(item, depth + 1) for item in value]
    if isinstance(value, dict):
        return {_vocabulary.sub("", str(name)): _compact(item, depth + 1) for name, item in value.items()}
    return value


def _nesting(text: str) -> int:
    """How deep brackets are nested, those in strings included: an upper bound, and cheap."""
    depth = deepest = 0
    for character in text:
        if character in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "]}":
            depth -= 1
    return deepest


def _find_events(data: Any) -> Iterator[tuple[Thing, Thing | None]]:
    """Each event with the Course that it is an instance of, wherever it is nested, in the order of the page."""
    stack: list[tuple[Any, Thing | None, int]] = [(data, None, 0)]
    things = _things_by_id(data)
    for _ in range(MAX_NODES):
        if not stack:
            return
        value, course, depth = stack.pop()
        if isinstance(value, dict) and is_event(value):
            yield _resolve_references(value, things), course
        if isinstance(value, dict | list) and depth < MAX_DEPTH:
            inner = value if isinstance(value, dict) and "course" in types_of(value) else course
            children = value.values() if isinstance(value, dict) else value
            stack += [(child, inner, depth + 1) for child in reversed(list(children)) if isinstance(child, dict | list)]


def _things_by_id(data: Any) -> dict[str, Thing]:
    graph = data.get("@graph", []) if isinstance(data, dict) else data
    things = [thing for thing in graph if isinstance(thing, dict)] if isinstance(graph, list) else []
    return {thing["@id"]: thing for thing in things if isinstance(thing.get("@id"), str) and len(thing) > 1}


def _resolve_references(thing: Thing, things: dict[str, Thing]) -> Thing:
    """The thing with its references, `{"@id": ...}`, replaced by what they refer to, one level deep."""
    return {
        name: things.get(value["@id"], value) if isinstance(value, dict) and set(value) == {"@id"} else value
        for name, value in thing.items()
    }
