"""Which scripts and attributes of a page are read."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from html import escape
from typing import Any

import pytest

from spiders.extraction.formats import script_data
from spiders.extraction.formats.script_data import read_script_data
from spiders.extraction.page import Page

EVENT = {"title": "Reading Day", "start": "2027-03-03"}
TEXT = json.dumps(EVENT)


def read(markup: str) -> list[Any]:
    """The data of a page of that body."""
    body = f"<html><body>{markup}</body></html>".encode()
    page = Page(url="https://guild.example/", body=body, fetched_at=datetime(2026, 11, 1, tzinfo=UTC))
    return list(read_script_data(page))


CARRIERS = {
    "a script of JSON": (f'<script type="application/json">{TEXT}</script>', [EVENT]),
    "a script": (f"<script>var e = {TEXT}</script>", [EVENT]),
    "a module": (f'<script type="module">var e = {TEXT}</script>', [EVENT]),
    "a data attribute": (f'<div data-event="{escape(TEXT)}"></div>', [EVENT]),
    "an attribute of Vue": (f'<div :event="{escape(TEXT)}"></div>', [EVENT]),
    "an attribute of Livewire": (f'<div wire:snapshot="{escape(TEXT)}"></div>', [EVENT]),
    "JSON within JSON": (
        f'<script type="application/json">{json.dumps({"options": TEXT})}</script>',
        [{"options": EVENT}],
    ),
    "a stream of Next.js": (
        f"<script>self.__next_f.push([1,{json.dumps('1:' + TEXT[:9])}])</script>"
        f"<script>self.__next_f.push([1,{json.dumps(TEXT[9:])}])</script>",
        [EVENT],
    ),
    "JSON-LD, which is read elsewhere": (f'<script type="application/ld+json">{TEXT}</script>', []),
    "a template": (f'<script type="text/html">{TEXT}</script>', []),
    "another attribute": (f'<div title="{escape(TEXT)}"></div>', []),
    "no data": ("<p>start: soon</p>", []),
}


@pytest.mark.parametrize(("markup", "values"), CARRIERS.values(), ids=list(CARRIERS))
def test_carriers(markup: str, values: list[Any]) -> None:
    """Scripts, the stream of a framework, attributes."""
    assert read(markup) == values


@pytest.mark.parametrize(
    ("bound", "most"), [("MAX_SCRIPTS", 2), ("MAX_ATTRIBUTES", 2), ("MAX_TEXT", 100), ("MAX_SCRIPT", 10)]
)
def test_bounds(bound: str, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of what one page may have read."""
    monkeypatch.setattr(script_data, bound, most)
    scripts = f'<script type="application/json">{TEXT}</script>' * 5
    attributes = f'<i data-event="{escape(TEXT)}"></i>' * 5

    assert len(read(scripts + attributes)) < 10
