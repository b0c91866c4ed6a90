"""Values in the text of a script."""

from __future__ import annotations

import json
from html import escape
from typing import Any
from urllib.parse import quote

import pytest

from spiders.extraction.formats.script_values import mentions_time, parse_any, values_in_json, values_in_script

EVENT = {"title": "Reading Day", "start": "2027-03-03"}
TEXT = json.dumps(EVENT)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"startDate": 1}', True),
        ("{start: 1}", True),
        ("{'event_date': 1}", True),
        ('{"end_at": 1}', True),
        ("&quot;start&quot;: 1", True),
        ("%22start%22%3A1", True),
        ('{\\"start\\": 1}', True),
        ('{"color": "red"}', False),
        ("start the engine", False),
        ("", False),
    ],
)
def test_mentions_time(text: str, expected: bool) -> None:
    """By a key, however it is escaped."""
    assert mentions_time(text) is expected


JSON = {
    "plain": (TEXT, [EVENT]),
    "white space": (f"\n {TEXT}\n", [EVENT]),
    "escaped for HTML": (escape(TEXT), [EVENT]),
    "escaped for a URL": (quote(TEXT), [EVENT]),
    "by index": (json.dumps([{"title": 1, "start": 2}, "Reading Day", "2027-03-03"]), [EVENT]),
    "an object in other text": (f"data: {TEXT};", [EVENT]),
    "a comma too many": (TEXT.replace("}", ",}"), [EVENT]),
    "cut off": (TEXT[:-5], []),
    "nothing": ("", []),
}


@pytest.mark.parametrize(("text", "values"), JSON.values(), ids=list(JSON))
def test_values_in_json(text: str, values: list[Any]) -> None:
    """Also where it was escaped, or is slightly broken."""
    assert list(values_in_json(text)) == values


SCRIPTS: dict[str, tuple[str, list[Any]]] = {
    "an assignment": (f"var event = {TEXT};", [EVENT]),
    "keys without quotes": ("var event = {title: 'Reading Day', start: '2027-03-03'};", [EVENT]),
    "an argument": (f"show({TEXT}, true)", [EVENT]),
    "the outer one of two": (f"var all = [{TEXT}, {TEXT}];", [[EVENT, EVENT]]),
    "two assignments": (f"var a = {TEXT}; var b = {TEXT};", [EVENT, EVENT]),
    "JSON in a string": (f"JSON.parse({json.dumps(TEXT)})", [EVENT]),
    "JSON in single quotes": ("JSON.parse('" + TEXT + "')", [EVENT]),
    "a date of numbers": ("var e = {start: new Date(2027, 2, 3)}", [{"start": "2027-03-03"}]),
    "a date and a time of numbers": ("var e = {start: new Date(2027, 2, 3, 16, 30)}", [{"start": "2027-03-03T16:30:00"}]),
    "a date of text": ("var e = {start: moment('2027-03-03')}", [{"start": "2027-03-03"}]),
    "what mentions no time": ("var color = {name: 'red'}; var start = 1;", []),
    "a program": ("function start(e) { return e.start > now; }", []),
}  # fmt: skip


@pytest.mark.parametrize(("text", "values"), SCRIPTS.values(), ids=list(SCRIPTS))
def test_values_in_scripts(text: str, values: list[Any]) -> None:
    """Literals are read; nothing is run."""
    assert list(values_in_script(text)) == values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (TEXT, EVENT),
        ("{a: 'x'}", {"a": "x"}),
        ("{a: '\\x41'}", {"a": "A"}),
        ("[" * 100_000, None),
        ("nothing", None),
    ],
)
def test_parse_any(text: str, value: Any) -> None:
    """JSON, else JavaScript, else nothing."""
    assert parse_any(text) == value
