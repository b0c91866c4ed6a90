"""A platform's answer in JSON or XML, parsed into objects whose keys are folded."""

from __future__ import annotations

import json
from typing import Any

from lxml import etree

from spiders.extraction.formats.record_fields import fold_key
from spiders.extraction.page import Page
from symposia.errors import Cause, ExtractionError

MAX_DEPTH = 40
"""Levels of nesting that are followed: deeper ones exhaust the stack."""
_HEAD = 2_048
"""Characters in which an XHTML page names itself as such."""
_BLANK = "\ufeff \t\r\n"


def is_json(page: Page) -> bool:
    """Whether the page begins as a JSON object or array does."""
    return page.text.lstrip(_BLANK)[:1] in ("{", "[")


def is_xml(page: Page) -> bool:
    """Whether the page begins with an XML declaration, and is not XHTML."""
    head = page.text[:_HEAD].lstrip(_BLANK).casefold()
    return head.startswith("<?xml") and "<html" not in head and "<!doctype html" not in head


def parse_answer(page: Page) -> Any:
    """The page's data, its keys folded; None where it cannot be parsed.

    Raises ExtractionError for XML that declares entities, which can grow without bound.
    """
    if is_xml(page):
        return _parse_xml(page)
    try:
        return fold_keys(json.loads(page.text.lstrip("\ufeff"), strict=False))
    except (ValueError, RecursionError):
        return None


def fold_keys(value: Any, depth: int = 0) -> Any:
    """JSON data with the keys of its objects folded, down to `MAX_DEPTH` levels.

    >>> fold_keys([{"start_date": "2027-03-03"}])
    [{'startdate': '2027-03-03'}]
    """
    if isinstance(value, dict) and depth < MAX_DEPTH:
        return {fold_key(str(key)): fold_keys(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list) and depth < MAX_DEPTH:
        return [fold_keys(item, depth + 1) for item in value]
    return value


def _parse_xml(page: Page) -> Any:
    if "<!ENTITY" in page.text:
        raise ExtractionError(Cause.WRONG_CONTENT, "XML that declares entities")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    # The declaration may name another encoding than that of the bytes that are parsed.
    body = page.text.partition("?>")[2] if page.text.lstrip(_BLANK).startswith("<?xml") else page.text
    try:
        root = etree.fromstring(body.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None
    return _to_object(root, 0) if root is not None else None


def _to_object(element: Any, depth: int) -> Any:
    """An XML element as an object of its attributes and children; as its text, where it has neither."""
    fields: dict[str, Any] = {fold_key(etree.QName(name).localname): value for name, value in element.attrib.items()}
    for child in element:
        if not isinstance(child.tag, str) or depth > MAX_DEPTH:
            continue
        name, value = fold_key(etree.QName(child).localname), _to_object(child, depth + 1)
        # A field stated twice, say in UTC and in local time, becomes a list in order.
        before = fields.get(name)
        fields[name] = [*(before if isinstance(before, list) else [before]), value] if name in fields else value
    text = (element.text or "").strip()
    if fields and text:
        fields.setdefault("value", text)
    return fields or text
