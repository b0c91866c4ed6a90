"""The formats in which Next.js and Nuxt write the state of a page."""

from __future__ import annotations

import json
from typing import Any

import pytest

from spiders.extraction.formats.hydration import (
    parse_flight_rows,
    read_flight_chunks,
    read_nuxt2_state,
    unflatten,
)

START = "2027-03-03T16:00:00"


@pytest.mark.parametrize(
    ("script", "chunks"),
    [
        ('self.__next_f.push([1,"1:{}"])', ["1:{}"]),
        ('self.__next_f.push([1,"a"]);self.__next_f.push( [1,"b"] )', ["a", "b"]),
        ('self.__next_f.push([0]);self.__next_f.push([2,null])', []),
        ('self.__next_f.push([1,"cut', []),
        ("self.__next_f=[]", []),
    ],
)  # fmt: skip
def test_chunks_of_next_js(script: str, chunks: list[str]) -> None:
    """The texts that its scripts push."""
    assert read_flight_chunks(script) == chunks


ROWS: dict[str, tuple[str, list[Any]]] = {
    "objects and lists": ('1:{"a":1}\n2:["b"]\n', [{"a": 1}, ["b"]]),
    "other rows": ('1:"$Sreact.fragment"\n2:I[123,[],"x"]\n3:{"a":1}\n', [{"a": 1}]),
    "a text row of stated length": ('1:T6,{"b":\n2:{"a":1}\n', [{"a": 1}]),
    "a length in bytes": ('1:T2,ä2:{"a":1}\n', [{"a": 1}]),
    "a date": (f'1:{{"start":"$D{START}Z"}}\n', [{"start": START + "Z"}]),
    "an escaped dollar": ('1:{"price":"$$5"}\n', [{"price": "$5"}]),
    "references and undefined": ('1:{"a":"$2","b":"$L3","c":"$undefined","d":["$4:props:x"]}\n', [{"a": None, "b": None, "c": None, "d": [None]}]),
    "a row that is cut off": ('1:{"a":', []),
    "no rows": ("::\n\n", []),
}  # fmt: skip


@pytest.mark.parametrize(("stream", "values"), ROWS.values(), ids=list(ROWS))
def test_flight_rows(stream: str, values: list[Any]) -> None:
    """As React streams them, without its marks."""
    assert list(parse_flight_rows(stream, lambda text: True)) == values


def test_rows_that_are_not_wanted_are_not_parsed() -> None:
    """By their text."""
    assert list(parse_flight_rows('1:{"a":1}\n2:{"b":1}\n', lambda text: "b" in text)) == [{"b": 1}]


FLAT: dict[str, tuple[Any, Any]] = {
    "an object": ([{"a": 1, "b": 2}, "x", "y"], {"a": "x", "b": "y"}),
    "a list in it": ([{"a": 1}, [2, 2], "x"], {"a": ["x", "x"]}),
    "a reactive root": ([["ShallowReactive", 1], {"a": 2}, "x"], {"a": "x"}),
    "a date": ([{"a": 1}, ["Date", START], 0], {"a": START}),
    "a set": ([{"a": 1}, ["Set", 2, 3], "x", "y"], {"a": ["x", "y"]}),
    "a type that is not known": ([{"a": 1}, ["Map", 2, 3], "x", "y"], {"a": None}),
    "an index out of bounds": ([{"a": 9, "b": -1}, "x", "y"], {"a": None, "b": None}),
    "other data": ([{"a": "x"}, 1, 2], [{"a": "x"}, 1, 2]),
    "a short list": ([1, 2], [1, 2]),
    "an object of its own": ({"a": 1}, {"a": 1}),
}


@pytest.mark.parametrize(("data", "value"), FLAT.values(), ids=list(FLAT))
def test_unflatten(data: Any, value: Any) -> None:
    """What Nuxt 3 writes by index; other data as it is."""
    assert unflatten(data) == value


def test_an_index_of_itself_has_an_end() -> None:
    """However it is nested."""
    assert unflatten([{"a": 0}, {"b": 1}, 2]) is not None
    assert unflatten([["Reactive", 1], [1] * 50, 2]) is not None


NUXT = {
    "arguments": ('window.__NUXT__=(function(a,b){return {"title":a,"start":b}}("Day","x"));', {"title": "Day", "start": "x"}),
    "nested": ('__NUXT__=(function(a){return {"list":[{"title":a}]}}("Day"))', {"list": [{"title": "Day"}]}),
    "a text that is no parameter": ('__NUXT__=(function(a){return {"title":"b"}}("Day"))', {"title": "b"}),
    "no call": ('__NUXT__=function(a){return {"title":a}}', None),
    "no function": ('window.__NUXT__={"title":"Day"}', None),
}  # fmt: skip


@pytest.mark.parametrize(("script", "state"), NUXT.values(), ids=list(NUXT))
def test_the_state_of_nuxt_2(script: str, state: Any) -> None:
    """With the arguments in place of the parameters."""

    def parse(text: str) -> Any:
        # A parameter's name stands without quotes.
        try:
            return json.loads(text.replace(":a", ':"a"').replace(":b", ':"b"'))
        except ValueError:
            return None

    opening = script.find("{", script.find("return"))
    depth, closing = 0, {}
    for index in range(max(opening, 0), len(script)):
        depth += (script[index] == "{") - (script[index] == "}")
        if depth == 0:
            closing[opening] = index + 1
            break

    assert read_nuxt2_state(script, closing, parse) == state
