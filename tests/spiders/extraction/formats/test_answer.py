"""A platform's answer in JSON or XML."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from spiders.extraction.formats.answer import fold_keys, is_json, is_xml, parse_answer
from spiders.extraction.page import Page
from symposia.errors import Cause, ExtractionError

XML = '<?xml version="1.0"?>'


def page(text: str) -> Page:
    """An answer of that text."""
    return Page(url="https://guild.example/api", body=text.encode(), fetched_at=datetime(2026, 11, 1, tzinfo=UTC))


ANSWERS: dict[str, tuple[str, Any]] = {
    "an object": ('{"startDate": 1}', {"startdate": 1}),
    "a list": ('[{"Start_Date": 1}]', [{"startdate": 1}]),
    "a byte order mark": ('\ufeff{"a": 1}', {"a": 1}),
    "attributes": (f'{XML}<e startDate="1"/>', {"startdate": "1"}),
    "children": (f"{XML}<e><startDate>1</startDate></e>", {"startdate": "1"}),
    "a namespace": (f'{XML}<x:e xmlns:x="urn:x"><x:start>1</x:start></x:e>', {"start": "1"}),
    "a child twice": (f"{XML}<e><d>1</d><d>2</d><d>3</d></e>", {"d": ["1", "2", "3"]}),
    "text beside attributes": (f'{XML}<e id="1">Day</e>', {"id": "1", "value": "Day"}),
    "cut off": (f"{XML}<e><a>1</a><b>2", {"a": "1", "b": "2"}),
    "broken JSON": ('{"a": ', None),
    "no element": (XML, None),
}  # fmt: skip


@pytest.mark.parametrize(("text", "data"), ANSWERS.values(), ids=list(ANSWERS))
def test_answers(text: str, data: Any) -> None:
    """As objects and lists, whatever they were written in."""
    assert parse_answer(page(text)) == data


@pytest.mark.parametrize(
    ("text", "json_", "xml"),
    [
        ('{"a": 1}', True, False),
        ("\ufeff\n[1]", True, False),
        (f"{XML}<rss/>", False, True),
        (f"\n{XML}<rss/>", False, True),
        (f"{XML}<!DOCTYPE html><html></html>", False, False),
        (f'{XML}<HTML xmlns="x"></HTML>', False, False),
        ("<html></html>", False, False),
        ("", False, False),
    ],
)
def test_formats(text: str, json_: bool, xml: bool) -> None:
    """By the first characters; XHTML is HTML."""
    assert (is_json(page(text)), is_xml(page(text))) == (json_, xml)


def test_the_declared_encoding_is_that_of_the_bytes() -> None:
    """And not of the text that they were decoded to."""
    body = '<?xml version="1.0" encoding="latin1"?><e><name>Schüler</name></e>'.encode("latin1")
    answer = Page(url="https://guild.example/api", body=body, fetched_at=datetime(2026, 11, 1, tzinfo=UTC))

    assert parse_answer(answer) == {"name": "Schüler"}


def test_entities_are_refused() -> None:
    """Before anything expands them."""
    with pytest.raises(ExtractionError) as caught:
        parse_answer(page(f'{XML}<!DOCTYPE e [<!ENTITY a "aaaa">]><e>&a;</e>'))
    assert caught.value.cause == Cause.WRONG_CONTENT


def test_what_is_nested_too_deep_is_left_as_it_is() -> None:
    """And exhausts no stack."""
    data: Any = {"Inner_Most": 1}
    for _ in range(100):
        data = {"In_Ner": data}

    assert '"in_ner"' in json.dumps(fold_keys(data)).casefold()
    assert next(iter(fold_keys(data))) == "inner"
