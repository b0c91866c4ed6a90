"""schema.org events in JSON-LD (json-ld.org), also where the JSON is slightly broken."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import chompjs

from spiders.extraction.formats.schema_org_event import Thing, is_event, posting_of, types_of
from spiders.extraction.page import Page, Refusal
from symposia.posting import Posting

MAX_BLOCK = 5_000_000
"""Characters of one block at most."""
MAX_DEPTH = 100
"""Levels of nesting that are followed."""
MAX_NODES = 200_000
"""Values of one page that are looked at."""

_wrapper = re.compile(
    r"^\s*(?:<!--|/\*\s*<!\[CDATA\[\s*\*/|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|/\*\s*\]\]>\s*\*/|//\s*\]\]>|\]\]>)\s*;?\s*$"
)
_expanded = re.compile(r"\"https?://schema\.org/startDate\"")
_vocabulary = re.compile(r"^https?://schema\.org/")
_opening = re.compile(r"[\[{]")


def extract_jsonld(page: Page) -> tuple[list[Posting], list[Refusal]]:
    """The events of all JSON-LD blocks of a page, or of a page that is JSON itself; unreadable blocks are refused."""
    postings: list[Posting] = []
    refusals: list[Refusal] = []
    for block in _blocks(page):
        try:
            data = _parse(block)
        except (ValueError, RecursionError) as error:
            refusals.append(Refusal(what="a JSON-LD block", reason=f"not JSON: {str(error)[:200]}"))
            continue
        if _expanded.search(block):
            data = _compacted(data, 0)
        postings += [posting_of(page, thing, "json-ld", parent) for thing, parent in _events(data)]
    return postings, refusals


def _blocks(page: Page) -> Iterator[str]:
    if page.text.lstrip("\ufeff \t\r\n")[:1] in ("{", "["):
        yield page.text
        return
    for script in page.tree.iter("script"):
        if "ld+json" in (script.get("type") or "").casefold() and script.text:
            yield script.text


def _parse(block: str) -> Any:
    """What the block says; tried as JSON, then as what a browser's JavaScript would take. Raises ValueError."""
    if len(block) > MAX_BLOCK:
        raise ValueError(f"{len(block)} characters are more than {MAX_BLOCK}")
    text = _wrapper.sub("", _wrapper.sub("", block)).strip().rstrip(";")
    try:
        return json.loads(text, strict=False)
    except ValueError as error:
        if _opening.search(text) is None or _depth(text) > MAX_DEPTH:
            raise
        try:
            return chompjs.parse_js_object(text, loader_kwargs={"strict": False})
        except ValueError:
            # chompjs names another place in the same text each time.
            raise error from None


def _compacted(value: Any, depth: int) -> Any:
    """Expanded JSON-LD with the short names of schema.org (JSON-LD 1.1, 4.1.5): what generators write out in full."""
    if depth > MAX_DEPTH:
        return value
    if isinstance(value, list):
        return [_compacted(one, depth + 1) for one in value]
    if isinstance(value, dict):
        return {_vocabulary.sub("", str(name)): _compacted(one, depth + 1) for name, one in value.items()}
    return value


def _depth(text: str) -> int:
    depth = deepest = 0
    for character in text:
        if character in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "]}":
            depth -= 1
    return deepest


def _events(data: Any) -> Iterator[tuple[Thing, Thing | None]]:
    """Each event with the course that it is an instance of, wherever it is nested, in the order of the page."""
    stack: list[tuple[Any, Thing | None, int]] = [(data, None, 0)]
    by_id = _by_id(data)
    for _ in range(MAX_NODES):
        if not stack:
            return
        value, course, depth = stack.pop()
        if isinstance(value, dict) and is_event(value):
            yield _resolved(value, by_id), course
        if isinstance(value, dict | list) and depth < MAX_DEPTH:
            inner = value if isinstance(value, dict) and "course" in types_of(value) else course
            children = value.values() if isinstance(value, dict) else value
            stack += [(child, inner, depth + 1) for child in reversed(list(children)) if isinstance(child, dict | list)]


def _by_id(data: Any) -> dict[str, Thing]:
    graph = data.get("@graph", []) if isinstance(data, dict) else data
    things = [thing for thing in graph if isinstance(thing, dict)] if isinstance(graph, list) else []
    return {thing["@id"]: thing for thing in things if isinstance(thing.get("@id"), str) and len(thing) > 1}


def _resolved(thing: Thing, by_id: dict[str, Thing]) -> Thing:
    """The thing, its references to other things of the graph ({"@id": ...}) replaced by them, one level deep."""
    return {
        name: by_id.get(value["@id"], value) if isinstance(value, dict) and set(value) == {"@id"} else value
        for name, value in thing.items()
    }
