"""Events in the data of scripts and attributes, and data that holds none."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from html import escape

import pytest

from spiders.extraction.formats.embedded import extract_embedded
from spiders.extraction.page import Extraction, Page

ONE = {"id": "e1", "title": "Teaching Fractions", "startDate": "2027-03-03T16:00:00-05:00"}
TWO = {"id": "e2", "title": "Libraries & <AI>", "startDate": "2027-03-10T16:00:00-05:00"}
BOTH = [("Teaching Fractions", "2027-03-03T16:00:00-05:00"), ("Libraries &", "2027-03-10T16:00:00-05:00")]
EVENTS = json.dumps([ONE, TWO])
AT = "2027-03-03T16:00:00"


def read(body: str) -> Extraction:
    """What a page with that body carries as data."""
    markup = f"<html><body><h1>Events</h1>{body}</body></html>".encode()
    return extract_embedded(
        Page(url="https://chalk.example/events/", body=markup, fetched_at=datetime(2026, 11, 1, tzinfo=UTC))
    )


def script(text: str, attributes: str = "") -> str:
    """A script of that text."""
    return f"<script {attributes}>{text}</script>"


def flight(*rows: str) -> str:
    """The scripts in which Next.js streams those rows, cut in two in the middle of one."""
    stream = "".join(rows)
    half = len(stream) // 2
    return "".join(script(f"self.__next_f.push({json.dumps([1, part])})") for part in (stream[:half], stream[half:]))


JSON = 'type="application/json"'
WIX = {
    "appsWarmupData": {"a": {"b": {"events": {"events": [
        {"id": "e1", "slug": "f", "title": "Teaching Fractions", "location": {"name": "Slate Hall"},
         "scheduling": {"config": {"startDate": "2027-03-03T21:00:00Z", "endDate": "2027-03-03T22:00:00Z", "timeZoneId": "America/New_York"}}}
    ]}}}},
}  # fmt: skip
NUXT_3 = [
    ["ShallowReactive", 1],
    {"data": 2},
    {"events": 3},
    [4],
    {"title": 5, "start": 6, "end": 7},
    "Teaching Fractions",
    ["Date", AT],
    None,
]
PAGES = {
    "application/json": script(EVENTS, JSON),
    "Next.js, by its id": script(json.dumps({"props": {"pageProps": {"data": {"edges": [{"node": ONE}, {"node": TWO}]}}}}), f'id="__NEXT_DATA__" {JSON}'),
    "Next.js, streamed": flight('1:"$Sreact.fragment"\n', f'2:["$","$L3",null,{{"children":["$","ul",null,{{"events":{EVENTS}}}]}}]\n'),
    "Next.js, after a text": flight(f"1:T{len('start: ä'.encode()):x},start: ä", f'2:{{"events":{EVENTS}}}\n'),
    "window": script(f"window.__STATE__ = {json.dumps({'calendar': {'items': [ONE, TWO]}})};"),
    "var": script(f"/* the guild's */ var events = {EVENTS}; show(events);"),
    "keys without quotes": script("var a = {list: [" + ",".join(f"{{id: '{event['id']}', title: '{event['title']}', startDate: '{event['startDate']}',}}" for event in (ONE, TWO)) + "]}"),
    "FullCalendar": script(f"new FullCalendar.Calendar(el, {{ initialView: 'dayGridMonth', eventClick: function(i) {{ go(i); }}, events: {EVENTS} }});"),
    "jQuery": script(f"$(function() {{ $('#calendar').fullCalendar({{header: {{left: 'prev'}}, loading: () => {{ x(); }}, events: {EVENTS}}}); }});"),
    "an attribute": f"<div id='c' data-events='{escape(EVENTS)}'></div>",
    "an attribute of Vue": f'<event-list :events="{escape(EVENTS)}"></event-list>',
    "an attribute, encoded": f'<div data-state="{EVENTS.replace("%", "%25").replace("&", "%26").replace(chr(34), "%22").replace("{", "%7B").replace("[", "%5B")}"></div>',
    "JSON.parse": script(f"window.data = JSON.parse({json.dumps(EVENTS)});"),
    "JSON.parse in single quotes": script("window.data = JSON.parse('" + EVENTS.replace("<", "\\x3c") + "');"),
    "JSON in JSON": script(json.dumps({"view": [{"options": json.dumps({"events": [ONE, TWO]})}]}), JSON),
    "escaped": script(EVENTS.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"), JSON),
    "escaped for HTML": script(escape(EVENTS), JSON),
    "a comma too many": script(EVENTS.replace("}]", "},]"), JSON),
}  # fmt: skip


@pytest.mark.parametrize("body", PAGES.values(), ids=list(PAGES))
def test_shapes(body: str) -> None:
    """Two events, whatever carries them."""
    found = read(body)

    assert [(posting.name, posting.start) for posting in found.postings] == BOTH
    assert found.kind == "script"
    assert {posting.origin.extractor for posting in found.postings} == {"script"}
    assert [posting.source_key for posting in found.postings] == ["e1", "e2"]


TIMES = {
    "Wix": (script(json.dumps(WIX), f'{JSON} id="wix-warmup-data"'), "2027-03-03T21:00:00+00:00"),
    "Nuxt 3": (script(json.dumps(NUXT_3), f'{JSON} id="__NUXT_DATA__"'), AT),
    "Nuxt 2": (script('window.__NUXT__=(function(a,b){return {data:[{events:[{title:a,start:b,end:null}]}]}}("Teaching Fractions","' + AT + '"));'), AT),
    "a date of React": (flight('2:[{"title":"Teaching Fractions","description":"$1a","start":"$D' + AT + 'Z"}]\n'), AT + "+00:00"),
    "new Date, its parts": (script("var e = [{title: 'Teaching Fractions', start: new Date(2027, 2, 3, 16, 0)}]"), AT),
    "new Date, a day": (script("var e = [{title: 'Teaching Fractions', start: new Date(2027, 2, 3)}]"), "2027-03-03"),
    "new Date, text": (script(f"var e = [{{title: 'Teaching Fractions', start: new Date('{AT}')}}]"), AT),
    "seconds": (script('var e = [{"title": "Teaching Fractions", "start_at": 1804089600}]'), "2027-03-03T16:00+00:00"),
    "milliseconds": (script('var e = [{"title": "Teaching Fractions", "begin": 1804089600000}]'), "2027-03-03T16:00+00:00"),
    "dateTime": (script(f'var e = [{{"summary": "Teaching Fractions", "start": {{"dateTime": "{AT}-05:00"}}}}]'), AT + "-05:00"),
    "a day and an end": (script('var e = [{"name": "Teaching Fractions", "date": "2027-03-03", "end_date": "2027-03-04"}]'), "2027-03-03"),
    "one of two that can be read": (script("var a = [{title: 'Geometry', start: '2027-03-03', }}]; var events = " + json.dumps([{"title": "Teaching Fractions", "start": AT}])), AT),
}  # fmt: skip


@pytest.mark.parametrize(("body", "start"), TIMES.values(), ids=list(TIMES))
def test_times(body: str, start: str) -> None:
    """As frameworks and programs write them."""
    (posting,) = [posting for posting in read(body).postings if posting.name != "Geometry"]

    assert (posting.name, posting.start) == ("Teaching Fractions", start)
    assert not (posting.description or "").startswith("$")


NONE = {
    "nothing": "<p>Start: 4 pm</p>",
    "a blog": script(json.dumps({"posts": [{"title": "Notes", "date": "2026-10-01", "datePublished": "2026-10-01T10:00:00Z", "slug": "notes"}]}), JSON),
    "a blog with a start": script(json.dumps([{"__typename": "BlogPost", "title": "Notes", "startDate": "2026-10-01"}]), JSON),
    "a shop": script(json.dumps({"products": [{"name": "Ruler", "sku": "R1", "startDate": "2026-10-01", "endDate": "2026-12-01", "price": 3}]}), JSON),
    "a sale": script(json.dumps({"name": "Sale", "type": "promotion", "startsAt": "2026-10-01", "endsAt": "2026-12-01"}), JSON),
    "navigation": script("window.menu = " + json.dumps([{"title": "Getting started", "url": "/start", "start": True, "children": []}])),
    "settings": script("var wpSettings = " + json.dumps({"name": "Chalk Guild", "start_of_week": 1, "date_format": "F j, Y", "startTime": "09:00"})),
    "people": script(json.dumps([{"name": "Ada Slate", "jobTitle": "Teacher", "startDate": "2020-09-01"}]), JSON),
    "places": script(json.dumps([{"@type": "Place", "name": "Slate Hall", "startDate": "1890-01-01"}]), JSON),
    "a test of two pages": script(json.dumps([{"name": "Red button", "startDate": "2026-10-01", "variations": ["red", "blue"]}]), JSON),
    "a clip": script(json.dumps([{"name": "Intro", "start": 12, "end": 34}]), JSON),
    "no name": script(json.dumps([{"start": "2027-03-03", "end": "2027-03-04"}]), JSON),
    "broken": script('{"events": [{"title": "Fractions", "startDate": "2027-03-', JSON),
    "a program": script("function start(events) { return events.filter(function(e) { return e.start > now; }); }"),
    "JSON-LD, which is read elsewhere": script(json.dumps({"@type": "Event", "name": "Fractions", "startDate": AT}), 'type="application/ld+json"'),
}  # fmt: skip


@pytest.mark.parametrize("body", NONE.values(), ids=list(NONE))
def test_what_is_no_event(body: str) -> None:
    """A page's own data: nothing is made of it."""
    assert read(body).postings == ()


def test_each_card_may_carry_its_event() -> None:
    """As many as a page shows."""
    cards = [json.dumps({"title": f"Talk {number}", "start": AT}) for number in range(100)]

    assert len(read("".join(f"<li data-event='{card}'></li>" for card in cards)).postings) == 100


def test_an_event_in_two_scripts_is_one() -> None:
    """Pages carry their data twice: for the server's drawing and for the browser's."""
    assert len(read(PAGES["application/json"] + PAGES["window"]).postings) == 2


def test_occurrences_under_one_id_are_told_apart() -> None:
    """By their start."""
    found = read(
        script(json.dumps([{"id": 5, "title": "Chess", "start": day} for day in ("2027-03-03", "2027-03-10")]), JSON)
    )

    assert [posting.source_key for posting in found.postings] == ["5#2027-03-03", "5#2027-03-10"]


@pytest.mark.parametrize(
    ("end", "last"),
    [("2027-03-06", "2027-03-05"), ("2027-03-04", None), ("2027-03-03", "2027-03-03"), (None, None)],
)
def test_fullcalendar_ends_with_the_day_after_the_last(end: str | None, last: str | None) -> None:
    """Whole days only (fullcalendar.io, "Event Object": `end` is exclusive)."""
    data = json.dumps([{"title": "Reading Days", "start": "2027-03-03", "end": end}])
    (posting,) = read(script(f"$('#c').fullCalendar({{events: {data}}})")).postings

    assert (posting.start, posting.end) == ("2027-03-03", last)


HOSTILE = {
    "3 MB of junk": script("var start: [{" * 230_000),
    "3 MB of one list": script("var a = [" + '{"start":"2027-03-03"},' * 120_000 + "]"),
    "brackets": script("var start = " + "[" * 100_000 + '"start":1' + "]" * 100_000),
    "quotes": script("events: [" + "'\"" * 200_000 + '"start": 1'),
    "many scripts": script('var a = {"start": "2027-03-03", "title": "x", y: }') * 2_000,
    "many attributes": "<i data-a='[{\"start\": 12345678901234567890}]'></i>" * 5_000,
    "an index of itself": script(json.dumps([["Reactive", 1], [1, 1, 1, 1], {"start": 1}]), JSON),
    "a tower of indexes": script(json.dumps([{"start": 1}, *[[at + 1] * 50 for at in range(1, 30)], 1]), JSON),
    "rows": flight("1:T" + "f" * 8 + ",", "2:[" * 1000, ":\n" * 50_000, '3:{"start": {'),
    "a number beyond all": script('[{"title": "Fractions", "start": 1' + "0" * 400 + "}]", JSON),
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=list(HOSTILE))
def test_hostile_pages(body: str) -> None:
    """Read, or not, within bounds and without an error."""
    assert len(read(body).postings) <= 2_000
