"""Pages that nobody would write by mistake: each is read, or refused by its cause, within bounds of memory and of events.

Each body is made here, from a number that says how large, and read in a process of its own, within bounds of memory and of
computing time.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any, TypeAlias

import pytest

from spiders.extraction.extract import extract
from spiders.extraction.page import Page
from symposia.errors import Cause, ExtractionError
from tests.bounded_process import BoundedProcess

MEMORY = 1_500_000_000
"""Bytes that a process may take beyond what it has when it begins."""
MOST = 2_000
"""Events that one page may give to a reader."""
MORE = {"feed entries": 5_000, "JSON records": 10_000}
"""Events that feeds and answers for machines may give, which are bounded by their own."""

Body: TypeAlias = str | bytes
DAY = "3 March 2027"
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")  # fmt: skip
EVENT = '{"@context":"https://schema.org","@type":"Event","name":"Fractions","startDate":"2027-03-03T16:00"}'
CALENDAR = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20270303\nSUMMARY:Fractions\nEND:VEVENT\nEND:VCALENDAR\n"
ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "aaaaaaaaaa"}">' for n in range(10))


def days(n: int) -> list[str]:
    """That many dates, over and over those of one year."""
    return [f"{1 + number % 28} {MONTHS[number % 12]} 2027" for number in range(n)]


def repeated(piece: str) -> Callable[[int], str]:
    """A piece over and over, `{n}` in it replaced by its number where it has one, and `{day}` by a date."""
    if "{n}" not in piece and "{day}" not in piece:
        return lambda n: piece * n
    return lambda n: "".join(
        piece.replace("{day}", day).replace("{n}", str(number)) for number, day in enumerate(days(n))
    )


def within(before: str, piece: str, after: str = "") -> Callable[[int], Body]:
    """A piece over and over between two others."""
    return lambda n: f"{before}{repeated(piece)(n)}{after}"


def nested(opening: str, closing: str, inside: str = DAY) -> Callable[[int], Body]:
    """Elements within each other, a date in the innermost."""
    return lambda n: opening * n + inside + closing * n


def encoded(encoding: str, markup: str = f"<html><p>{DAY} Brüche</p></html>") -> Callable[[int], Body]:
    """A page over and over in an encoding that nothing declares."""
    return lambda n: (markup * n).encode(encoding)


def attributes(n: int) -> Body:
    """One element with that many attributes."""
    return f"<div {' '.join(f'data-{number}={number}' for number in range(n))}>{DAY} Fractions</div>"


def flat_list(n: int) -> Body:
    """A JSON-LD block that lists that many things."""
    return f'<script type="application/ld+json">[{",".join([EVENT] * n)}]</script>'


def references(n: int) -> Body:
    """A graph of JSON-LD in which each thing names the next."""
    things = ({"@id": str(number), "@type": "Event", "subEvent": {"@id": str(number + 1)}} for number in range(n))
    return f'<script type="application/ld+json">{json.dumps({"@graph": list(things)})}</script>'


BODIES: dict[str, tuple[Callable[[int], Body], int]] = {
    # Depth.
    "nested divs": (nested("<div>", "</div>"), 200_000),
    "nested divs, never closed": (nested("<div>", ""), 200_000),
    "nested inline elements": (nested("<b><i>", ""), 50_000),
    "nested tables": (nested("<table><tr><td>", "</td></tr></table>"), 100_000),
    "nested lists": (nested("<ul><li>3 March 2027 Words", "</li></ul>"), 100_000),
    "nested links": (nested('<a href="/x">3 March 2027 Words', "</a>"), 10_000),
    "nested microdata": (nested('<div itemscope itemtype="https://schema.org/Event"><i itemprop=name>x</i>', "</div>"), 10_000),
    "nested RDFa": (nested('<div vocab="https://schema.org/" typeof="Event" property="subEvent">', "</div>"), 10_000),
    "nested JSON": (nested('{"events":[', "]}", ""), 100_000),
    "nested JSON lists": (nested("[", "]", ""), 100_000),
    "nested JSON-LD": (within('<script type="application/ld+json">', '{"event":[', "</script>"), 100_000),
    "nested XML": (lambda n: "<?xml version='1.0'?>" + "<events>" * n + DAY, 100_000),
    # Many of one kind.
    "a table of 50 MB": (within("<table>", f"<tr><td>{'Words of a cell. ' * 1_500}</td><td>3 March</td></tr>", "</table>"), 2_000),
    "rows that say nothing": (within("<table>", "<tr><td>Words {n}</td><td>and more</td></tr>", "</table>"), 5_000),
    "a comment alone": (within("<!--", " 3 March 2027 ", "-->"), 10_000),
    "rows": (within("<table>", "<tr><td>{day}</td><td>Fractions {n}</td></tr>", "</table>"), 100_000),
    "one row": (within("<table><tr>", "<td>{day}</td>", "</tr></table>"), 30_000),
    "list items": (within("<ul>", "<li>{day}: Fractions {n}</li>", "</ul>"), 50_000),
    "paragraphs": (repeated("<p>{day}</p><p>Fractions {n}</p>"), 10_000),
    "headings": (repeated("<h2>Fractions {n}</h2><p>{day}</p>"), 50_000),
    "headings alone": (repeated("<h3>2027 Fractions {n}</h3>"), 10_000),
    "headings, each below the last": (repeated("<h1>A</h1><h2>B</h2><h3>C</h3><h4>D</h4><h5>E</h5>"), 5_000),
    "links": (repeated('<a href="/{n}">{day}</a> '), 100_000),
    "numbered links": (repeated('<a href="?page={n}">{n}</a> '), 10_000),
    "attributes": (attributes, 100_000),
    "options": (within("<select>", "<option>{day}</option>", "</select>"), 100_000),
    "comments": (repeated("<!-- {day} --><p>"), 50_000),
    "open comments": (repeated("<!--"), 100_000),
    "articles": (repeated("<article><h2>Fractions {n}</h2><time>{day}</time><p>Words</p></article>"), 5_000),
    "sections at the side": (repeated('<div class="sidebar"><p>{day} Fractions</p></div>'), 12_500),
    "lists of definitions": (within("<dl>", "<dt>{day}</dt><dd>Fractions {n}</dd>", "</dl>"), 5_000),
    "times apart from days": (repeated("<p>All meetings begin at {n}:30 pm in Room 2.</p>"), 20_000),
    "rules": (repeated("<p>Fractions {n}: every second Monday of the month at 6 pm, except {day}</p>"), 1_000),
    "password fields": (repeated("<input type "), 100_000),
    "unfinished tags": (repeated("<title <h1 <input "), 100_000),
    # Much text in one place.
    "dates by the million": (within("<p>", "3 March 2027 ", "</p>"), 1_000_000),
    "numeric dates": (within("<p>", "1.2.3/4-5.6.27 ", "</p>"), 200_000),
    "digits": (within("<p>", "1234567890", "</p>"), 500_000),
    "spaced digits": (within("<p>", "1 2 ", "</p>"), 500_000),
    "one line": (within("<p>3 March 2027 ", "a line without an end ", "</p>"), 500_000),
    "one word": (within("<p>3 March 2027 ", "Fractions", "</p>"), 500_000),
    "lines that begin with a date": (within("<pre>", "{day} Fractions {n}\n", "</pre>"), 100_000),
    "lines with breaks": (within("<p>", "{day} Fractions {n}<br>", "</p>"), 50_000),
    "months": (within("<p>", "March May ", "</p>"), 200_000),
    "dashes": (within("<p>3 March 2027 ", " - – — ", "</p>"), 200_000),
    "a title": (within("<title>", "Events | ", "</title>"), 500_000),
    "a class": (within("<p class='", "event-date sidebar ", f"'>{DAY} Fractions</p>"), 200_000),
    "an address": (within("<a href='", "/../x?page=1&", f"'>{DAY} Fractions</a>"), 300_000),
    "white space": (within("<p>3 March 2027", " \n\t", "Fractions</p>"), 1_000_000),
    "white space alone": (repeated(" \n\t"), 1_000_000),
    "a style": (within("<style>", "p { color: red } ", f"</style><p>{DAY} Fractions</p>"), 600_000),
    "a script": (within("<script>", "var a = '3 March 2027'; ", f"</script><p>{DAY} Fractions</p>"), 400_000),
    "plain text": (within(f"<p>{DAY} Fractions</p><plaintext>", "3 March 2027 <p>\n"), 100_000),
    "calendar text": (lambda n: f"<html><body><pre>{CALENDAR * n}</pre></body></html>", 5_000),
    "marks of direction": (within(f"<p>{DAY} ", "\u200f\u202e\u200b\u2066", "Fractions</p>"), 300_000),
    "accents": (within(f"<p>{DAY} Fractions", "\u0301\u0323", "</p>"), 500_000),
    "emoji": (repeated("<li>{day}: 👩‍🏫🏳️‍🌈🧪 {n}</li>"), 3_000),
    "ampersands": (within(f"<p>{DAY} ", "&amp;&#0;&#x110000;&nosuch;", "</p>"), 200_000),
    # What machines are told.
    "JSON-LD of 10 MB": (flat_list, 100_000),
    "JSON-LD of 2 MB": (flat_list, 20_000),
    "JSON-LD blocks": (repeated(f'<script type="application/ld+json">{EVENT}</script>'), 20_000),
    "broken JSON-LD blocks": (repeated('<script type="application/ld+json">[,</script>'), 20_000),
    "JSON-LD that is not JSON": (within('<script type="application/ld+json">', "{a:'b',", "</script>"), 200_000),
    "references": (references, 10_000),
    "microdata items": (repeated('<div itemscope itemtype="https://schema.org/Event"><i itemprop=name>x</i><i itemprop=startDate>2027-03-03</i></div>'), 5_000),
    "properties of one item": (within('<div itemscope itemtype="https://schema.org/Event">', "<i itemprop=name>x</i>", "</div>"), 50_000),
    "JSON records": (within("[0", ',{"name":"Fractions {n}","start":"2027-03-03"}', "]"), 100_000),
    "JSON of one text": (within('{"events":"', "3 March 2027 ", '"}'), 200_000),
    "JSON with a number without an end": (within('{"events":', "9", "}"), 1_000_000),
    "feed entries": (within('<rss version="2.0"><channel>', "<item><title>Fractions {n}</title><link>/{n}</link></item>", "</channel></rss>"), 10_000),
    "an entity bomb in HTML": (lambda _: f"<!DOCTYPE html [{ENTITIES}]><html><p>{DAY} &e9;</p></html>", 1),
    "an entity bomb in XML": (lambda _: f"<?xml version='1.0'?><!DOCTYPE events [{ENTITIES}]><events><event><name>&e9;</name></event></events>", 1),
    "an entity bomb in a feed": (lambda _: f"<?xml version='1.0'?><!DOCTYPE rss [{ENTITIES}]><rss><channel><title>&e9;</title></channel></rss>", 1),
    # What is no HTML at all, or says that it is something else.
    "never closed": (repeated("<p>{day} <b>Words<td><li><div><span class=title><h3>"), 3_000),
    "tags in the wrong order": (repeated("</html></table></body><td></div>{day}<html></p><head><title><body>Words</a>"), 5_000),
    "frames in tables in lists": (repeated("<table><li><select><td>{day}<svg><p><math><form><iframe><textarea>"), 2_000),
    "UTF-16 without a mark": (encoded("utf-16-le"), 1_000),
    "UTF-7": (encoded("utf-7"), 1_000),
    "UTF-32": (encoded("utf-32"), 1_000),
    "EBCDIC": (encoded("cp500"), 1_000),
    "NUL bytes": (encoded("utf-8", f"\0<p>\0{DAY}\0 Fractions\0</p>"), 3_000),
    "NUL bytes alone": (repeated("\0"), 1_000_000),
    "every byte": (lambda n: bytes(range(256)) * n, 2_000),
    "a charset that is not": (within("<meta charset='utf-16'>", "<p>{day} Brüche</p>"), 1_000),
    "a charset that nobody knows": (within("<meta charset='klingon'>", "<p>{day} Brüche</p>"), 1_000),
    "a base that is broken": (within("<base href='http://[::1'>", '<a href="//[{n}">{day} Fractions</a>'), 1_000),
    "a base of another kind": (within("<base href='data:text/html,x'>", '<a href="{n}">{day} Fractions</a>'), 1_000),
    "numbers too large": (repeated("<p>99999999999999999999 March 99999999999999999999, {n}:99:99 pm</p>"), 2_000),
    "days that are not": (repeated("<p>31 February 2027, 29.2.2027, 2027-13-45, 0/0/0000, 3 March 0000 Fractions {n}</p>"), 1_000),
    "surrogates": (lambda n: "<p>3 March 2027 \ud800 Fractions</p>".encode("utf-8", "surrogatepass") * n, 1_000),
    "digits of other scripts": (repeated("<li>３ March ２０２７ ٣/٣/٢٠٢٧ ² Fractions {n}</li>"), 600),
}  # fmt: skip


SLOW = {
    "nested links", "a table of 50 MB", "rows that say nothing", "one row", "list items", "paragraphs", "headings",
    "headings alone", "headings, each below the last", "links", "numbered links", "options", "comments", "articles",
    "sections at the side", "lists of definitions", "times apart from days", "rules", "numeric dates", "digits",
    "one word", "lines that begin with a date", "lines with breaks", "months", "dashes", "white space", "plain text",
    "marks of direction", "accents", "emoji", "ampersands", "JSON-LD of 2 MB", "JSON-LD blocks",
    "broken JSON-LD blocks", "references", "microdata items", "properties of one item", "JSON records",
    "feed entries", "frames in tables in lists", "NUL bytes", "a charset that nobody knows", "a base that is broken",
    "a base of another kind", "numbers too large", "days that are not", "digits of other scripts",
}  # fmt: skip
"""Bodies that take more than a quarter of a second; a hundredth of each is read in every run of the tests."""


def page(name: str, n: int) -> Page:
    """A body of the table as a page, made from the number `n`."""
    body = BODIES[name][0](n)
    content = body if isinstance(body, bytes) else body.encode("utf-8", "replace")
    return Page(url="https://guild.example/events/", body=content, fetched_at=datetime(2026, 11, 1, tzinfo=UTC))


def outcome(case: str) -> str | int:
    """How many events a body gives, or the cause for which it is refused, or what else was raised; a case is `NUMBER NAME`."""
    n, _, name = case.partition(" ")
    try:
        return len(extract(page(name, int(n))).postings)
    except ExtractionError as error:
        return error.cause.value
    except Exception as error:  # What must not be is what the test is about.
        return f"{type(error).__name__}: {error}"[:300]


@pytest.fixture(scope="module")
def child() -> Iterator[BoundedProcess]:
    """A process that reads the pages, one after another."""
    with BoundedProcess(outcome, memory=MEMORY) as child:
        yield child


def cases() -> Iterator[Any]:
    """Each body in its size; a slow one in a hundredth of it too."""
    for name, (_, size) in BODIES.items():
        if name in SLOW:
            yield pytest.param(name, size // 100, id=f"{name} / 100")
            yield pytest.param(name, size, id=name, marks=pytest.mark.slow)
        else:
            yield pytest.param(name, size, id=name)


@pytest.mark.parametrize(("name", "size"), list(cases()))
def test_hostile_pages(child: BoundedProcess, name: str, size: int) -> None:
    """Read within bounds, or refused by a cause, without any other error."""
    answer = child.call(f"{size} {name}")

    assert answer is not None, "the process did not live to answer"
    assert isinstance(answer.value, int) or answer.value in {cause.value for cause in Cause}, answer.value
    assert not isinstance(answer.value, int) or answer.value <= MORE.get(name, MOST)


def test_slow_pages_exist() -> None:
    """No name that is meant to be slow is misspelled."""
    assert set(BODIES) >= SLOW
