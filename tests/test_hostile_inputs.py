"""Feeds, files, archives and questions that nobody would write by mistake: each is refused by name, or read within bounds.

Those over pages alone are in tests/spiders/extraction/test_hostile_pages.py. Each input is made here, and read in a process of its
own, within bounds of memory and of computing time.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import tempfile
import traceback
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from calendar_export.settings import load_settings
from commands.main import cli
from pipelines.events.overrides import load_overrides
from pipelines.normalize.normalize import normalize
from pipelines.normalized import Rejected
from pipelines.topics.taxonomy import load_taxonomy
from spiders.archive import open_archive
from spiders.catalogue import load_catalogue
from spiders.extraction.extract import extract
from spiders.extraction.page import Page
from spiders.robots import parse_robots
from symposia.errors import ExtractionError, SymposiaError
from tests.bounded_process import BoundedProcess

MEMORY = 500_000_000
"""Bytes of memory that a process may come to hold beyond what it holds when it begins."""
ALL_MEMORY = 6_000_000_000
"""Bytes that a process may ask for at all, so that none takes the machine down."""
NOW = datetime(2026, 11, 2, tzinfo=UTC)
URL = "https://guild.example/events"
SOURCE = '[[source]]\nid = "a"\nname = "A"\nurl = "https://a.example/"\n'
TOPICS = '[group.g]\nname = "G"\n[topic.t]\ngroup = "g"\nname = "T"\nsentence = "T"\nphrases = ["phonics"]\n'

Ending = str
"""How an input ends: `N events`, `N sources`, a cause, the class of an error and words of its message, or an exit status."""


def page(body: bytes, kind: str = "") -> Ending:
    """What is read of an answer."""
    try:
        found = extract(Page(url=URL, body=body, fetched_at=NOW, content_type=kind, source="a", timezone="UTC"))
    except ExtractionError as error:
        return error.cause.value
    events = 0
    for posting in found.postings:
        try:
            normalize(posting)
            events += 1
        except Rejected:
            pass
    return f"{events} events"


def calendar(event: str, *, times: int = 1) -> bytes:
    """A calendar of such events, `{n}` being the number of each."""
    events = "".join(
        f"BEGIN:VEVENT\nDTSTAMP:20260101T000000Z\n{event.replace('{n}', str(n))}\nEND:VEVENT\n" for n in range(times)
    )
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//X//EN\n{events}END:VCALENDAR\n".encode()


def timed(more: str) -> bytes:
    """A calendar of one event with further lines."""
    return calendar(f"UID:1\nSUMMARY:Evening\nDTSTART:20270303T160000Z\n{more}")


def rss(item: str, before: str = "") -> bytes:
    """A feed of one item."""
    return f'<?xml version="1.0"?>{before}<rss version="2.0"><channel><title>x</title><item>{item}</item></channel></rss>'.encode()


def entities(depth: int) -> str:
    """Entities that are ten of the one before, each."""
    rows = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "aaaaaaaaaa"}">' for n in range(depth))
    return f"<!DOCTYPE rss [{rows}]>"


def file(content: bytes, load: Callable[[Path], object]) -> Ending:
    """What a file of settings ends with."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_bytes(content)
        return f"read: {type(load(path)).__name__}"


def catalogue(text: str | bytes) -> Ending:
    """A catalogue of sources."""
    return file(text if isinstance(text, bytes) else text.encode(), load_catalogue)


def topics(text: str | bytes) -> Ending:
    """A file of topics."""
    return file(text if isinstance(text, bytes) else text.encode(), load_taxonomy)


def overrides(text: str | bytes) -> Ending:
    """A person's decisions."""
    return file(text if isinstance(text, bytes) else text.encode(), load_overrides)


def settings(text: str | bytes) -> Ending:
    """symposia.toml."""
    return file(text if isinstance(text, bytes) else text.encode(), load_settings)


def archive(content: bytes) -> Ending:
    """A WARC file, and the answer of an address in it."""

    def load(path: Path) -> object:
        found = open_archive(str(path)).find(URL)
        return found.body if found else None

    return file(content, load)


def warc(body: bytes, *, headers: int = 1, url: str = URL, date: str = "2026-11-02T04:00:00Z") -> bytes:
    """A WARC file of one answer."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    http = StatusAndHeaders("200 OK", [(f"X-{n}", "x" * 100) for n in range(headers)], protocol="HTTP/1.1")
    writer.write_record(
        writer.create_warc_record(
            url, "response", payload=io.BytesIO(body), http_headers=http, warc_headers_dict={"WARC-Date": date}
        )
    )
    return out.getvalue()


def record(
    http: str | bytes = "HTTP/1.1 200 OK\r\n\r\nbody", *, more: str = "", url: str = URL, length: int | None = None
) -> bytes:
    """A record of a WARC file, as nobody would write it."""
    body = http if isinstance(http, bytes) else http.encode()
    head = f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Date: 2026-11-02T04:00:00Z\r\nWARC-Target-URI: {url}\r\n{more}"
    kind = "Content-Type: application/http; msgtype=response\r\n"
    return (
        f"{head}{kind}Content-Length: {len(body) if length is None else length}\r\n\r\n".encode() + body + b"\r\n\r\n"
    )


def sent_as(encoding: str, headers: str = "") -> bytes:
    """A record of a body that is said to be packed."""
    return record(f"HTTP/1.1 200 OK\r\nContent-Encoding: {encoding}\r\n{headers}\r\nxxxx")


def linked(start: str, more: dict[str, object] | None = None) -> bytes:
    """A page of one schema.org event."""
    event = {"@type": "Event", "name": "Evening", "startDate": start, **(more or {})}
    return f'<script type="application/ld+json">{json.dumps(event)}</script>'.encode()


def sources(number: int, line: str) -> str:
    """A catalogue of that many sources, with a line more each."""
    return "".join(
        f'[[source]]\nid = "a{n}"\nname = "A"\nurl = "https://a.example/{n}"\n{line}\n' for n in range(number)
    )


def ask(command: str, line: str | bytes) -> Ending:
    """A line of a filter."""
    done = CliRunner().invoke(cli, [command, "--jsonl"], input=line, catch_exceptions=False)
    return f"exit {done.exit_code}"


def robots(text: str, path: str = "/a" * 200) -> Ending:
    """Whether a robots.txt allows a path."""
    rules = parse_robots(text.encode())
    return f"allowed: {rules.can_fetch(f'https://a.example{path}', 'Symposia')}"


def nested(opening: str, closing: str, number: int = 100_000) -> str:
    """Something in itself, over and over."""
    return opening * number + closing * number


INPUTS: dict[str, tuple[Callable[[], Ending], Ending]] = {
    # Calendars
    "ics: repeats each second for ever": (lambda: page(timed("RRULE:FREQ=SECONDLY")), "1 events"),
    "ics: a thousand million times": (lambda: page(timed("RRULE:FREQ=DAILY;COUNT=1000000000")), "1 events"),
    "ics: until the year 9999": (lambda: page(timed("RRULE:FREQ=MINUTELY;UNTIL=99991231T235959Z")), "1 events"),
    "ics: a rule that never fits": (lambda: page(timed("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")), "1 events"),
    "ics: an interval of nothing": (lambda: page(timed("RRULE:FREQ=DAILY;INTERVAL=0")), "1 events"),
    "ics: a rule of nonsense": (lambda: page(timed("RRULE:" + "A=B;" * 50_000)), "1 events"),
    "ics: ten thousand further dates": (
        lambda: page(timed("RDATE:" + ",".join(f"2027{1 + n % 12:02}{1 + n % 28:02}T{n % 24:02}0000Z" for n in range(10_000)))),
        "1 events",
    ),
    "ics: ten thousand exceptions": (
        lambda: page(timed("RRULE:FREQ=DAILY\n" + "EXDATE:20270304T160000Z\n" * 10_000)),
        "1 events",
    ),
    "ics: a line of ten million letters": (lambda: page(timed("DESCRIPTION:" + "x" * 10_000_000)), "1 events"),
    "ics: a line folded a million times": (lambda: page(timed("DESCRIPTION:" + "x\n " * 1_000_000)), "1 events"),
    "ics: a hundred thousand parameters": (lambda: page(timed("X-A" + ";B=C" * 100_000 + ":d")), "0 events"),
    "ics: five thousand events": (
        lambda: page(calendar("UID:{n}\nSUMMARY:E{n}\nDTSTART:20270303T160000Z", times=5_000)),
        "5000 events",
    ),
    "ics: components in components": (lambda: page(nested("BEGIN:VEVENT\n", "END:VEVENT\n", 5_000).encode(), "text/calendar"), "0 events"),
    "ics: never ends": (lambda: page(b"BEGIN:VCALENDAR\n" * 100_000, "text/calendar"), "0 events"),
    "ics: nothing but zeros": (lambda: page(b"BEGIN:VCALENDAR\n" + bytes(5_000_000), "text/calendar"), "0 events"),
    "ics: a zone of four thousand changes": (
        lambda: page(
            timed("").replace(
                b"BEGIN:VEVENT",
                b"BEGIN:VTIMEZONE\nTZID:X\n"
                + b"BEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0000\nTZOFFSETTO:+0100\nEND:STANDARD\n" * 4_000
                + b"END:VTIMEZONE\nBEGIN:VEVENT",
                1,
            )
        ),
        "1 events",
    ),
    "ics: an offset of a hundred hours": (lambda: page(timed("").replace(b"T160000Z", b"T160000+9999")), "0 events"),
    "ics: the year 0": (lambda: page(timed("").replace(b"2027", b"0000")), "0 events"),
    "ics: the 99th of the 99th": (lambda: page(timed("").replace(b"20270303", b"20279999")), "0 events"),
    "ics: it lasts for a million years": (lambda: page(timed("DURATION:P999999999W")), "1 events"),
    "ics: control characters": (lambda: page(timed("DESCRIPTION:" + "".join(map(chr, range(1, 32))))), "1 events"),
    "ics: one UID, a thousand times": (
        lambda: page(calendar("UID:1\nSUMMARY:E{n}\nDTSTART:20270303T160000Z", times=1_000)),
        "1 events",
    ),
    "ics: an address that runs scripts": (lambda: page(timed("URL:javascript:alert(1)")), "1 events"),
    "ics: a hundred thousand events": (
        lambda: page(calendar("UID:{n}\nSUMMARY:E{n}\nDTSTART:20270303T160000Z", times=100_000)),
        "25000 events",
    ),
    "ics: three thousand moved occurrences of one": (
        lambda: page(calendar("UID:1\nSUMMARY:E\nRECURRENCE-ID:20270303T16{n}Z\nDTSTART:20270303T160000Z", times=3_000)),
        "events",
    ),
    "ics: every second of every hour, on no day": (
        lambda: page(timed(f"RRULE:FREQ=SECONDLY;BYSECOND={','.join(map(str, range(60)))};BYMONTHDAY=30;BYMONTH=2")), "1 events"
    ),
    "ics: twenty thousand guests": (lambda: page(timed("ATTENDEE;CN=a:mailto:a@a.example\n" * 20_000)), "1 events"),
    "ics: quotes in quotes": (lambda: page(timed('X-A;B="' + '"' * 300_000 + ":x")), "0 events"),
    "ics: backslashes": (lambda: page(timed("DESCRIPTION:" + "\\" * 3_000_000)), "1 events"),
    "ics: a zone that is a file": (lambda: page(calendar("UID:1\nSUMMARY:E\nDTSTART;TZID=../../etc/passwd:20270303T160000")), "1 events"),
    "ics: a zone that changes each second": (
        lambda: page(
            timed("").replace(
                b"BEGIN:VEVENT",
                b"BEGIN:VTIMEZONE\nTZID:X\nBEGIN:STANDARD\nDTSTART:00010101T000000\nRRULE:FREQ=SECONDLY\nTZOFFSETFROM:+9999\n"
                b"TZOFFSETTO:-9999\nEND:STANDARD\nEND:VTIMEZONE\nBEGIN:VEVENT",
            )
        ),
        "1 events",
    ),
    "ics: the last second of all": (lambda: page(timed("DURATION:PT5H").replace(b"20270303T160000Z", b"99991231T235959Z")), "events"),
    "ics: an exception on the first day of all": (lambda: page(timed("RRULE:FREQ=DAILY\nEXDATE:00010101T000000Z")), "events"),
    # Feeds
    "rss: entities in entities": (lambda: page(rss("<title>&e9;</title>", entities(10))), "wrong_content"),
    "rss: an entity of a million letters, a thousand times": (
        lambda: page(rss("<title>" + "&a;" * 1_000 + "</title>", f'<!DOCTYPE rss [<!ENTITY a "{"a" * 1_000_000}">]>')),
        "wrong_content",
    ),
    "rss: a file of this machine": (
        lambda: page(rss("<title>&a;</title>", '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>')),
        "wrong_content",
    ),
    "rss: an address in this network": (
        lambda: page(rss("<title>&a;</title>", '<!DOCTYPE rss [<!ENTITY a SYSTEM "http://127.0.0.1:1/">]>')),
        "wrong_content",
    ),
    "rss: another document type": (lambda: page(rss("<title>x</title>", '<!DOCTYPE rss SYSTEM "http://127.0.0.1:1/x.dtd">')), "0 events"),
    "rss: deep": (lambda: page(rss(nested("<a>", "</a>"))), "0 events"),
    "rss: a hundred thousand attributes": (lambda: page(rss(f"<title {' '.join(f'a{n}=1' for n in range(100_000))}>x</title>")), "0 events"),
    "rss: a title of ten million letters": (lambda: page(rss(f"<title>{'x' * 10_000_000}</title>")), "0 events"),
    "rss: says UTF-16 and is not": (lambda: page(b'<?xml version="1.0" encoding="UTF-16"?><rss><channel/></rss>'), "0 events"),
    "rss: says an encoding that is none": (lambda: page(b'<?xml version="1.0" encoding="klingon"?><rss><channel/></rss>'), "0 events"),
    "rss: broken off": (lambda: page(rss("<title>x</title>")[:-30]), "0 events"),
    "rss: entities in entities, in UTF-16": (
        lambda: page(rss("<title>&e9;</title>", entities(10)).decode().replace('"1.0"', '"1.0" encoding="UTF-16"', 1).encode("utf-16")),
        "wrong_content",
    ),
    "rss: an entity of the document type itself": (
        lambda: page(rss("<title>x</title>", '<!DOCTYPE rss [<!ENTITY % a SYSTEM "http://127.0.0.1:1/x"> %a;]>')), "wrong_content"
    ),
    "rss: ten thousand namespaces": (
        lambda: page(rss("<title>x</title>").replace(b"<rss", b"<rss " + b" ".join(b'xmlns:n%d="u:%d"' % (n, n) for n in range(10_000)))),
        "0 events",
    ),
    "rss: twenty thousand items": (lambda: page(rss("<title>Workshop</title></item><item>" * 20_000)), "0 events"),
    # Pages
    "html: an encoding of no text": (lambda: page(b"<p>3 March 2027", "text/html; charset=zlib"), "0 events"),
    "html: an encoding of names": (lambda: page(b"<p>3 March 2027", "text/html; charset=idna"), "0 events"),
    "html: an encoding that takes hours": (lambda: page(b"a" * 1_000_000 + b"-" + b"a" * 1_000_000, "text/html; charset=punycode"), "0 events"),
    "html: it says so itself": (lambda: page(b"<meta charset=rot13><p>3 March 2027", "text/html"), "0 events"),
    "html: the last second of all, elsewhere": (lambda: page(linked("9999-12-31T23:59:59-12:00"), "text/html"), "0 events"),
    "html: the first second of all, elsewhere": (lambda: page(linked("0001-01-01T00:00:00+14:00"), "text/html"), "events"),
    "html: prices without end": (
        lambda: page(linked("2027-03-03", {"offers": [{"price": "1e999"}, {"price": "9" * 100_000}, {"price": -1}]}), "text/html"), "1 events"
    ),
    "html: events in each other's events": (
        lambda: page(
            b'<script type="application/ld+json">{"@graph":['
            + b",".join(b'{"@id":"#%d","@type":"Event","name":"x","startDate":"2027-03-03","subEvent":{"@id":"#%d"}}' % (n, (n + 1) % 3_000) for n in range(3_000))
            + b"]}</script>",
            "text/html",
        ),
        "1 events",
    ),
    "html: items that refer to all others": (
        lambda: page(
            b"".join(
                b'<div id=a%d itemscope itemtype="https://schema.org/Event" itemref="%s"><b itemprop=name>x</b></div>'
                % (n, b" ".join(b"a%d" % m for m in range(400)))
                for n in range(400)
            ),
            "text/html",
        ),
        "0 events",
    ),
    "html: data of a script, deep": (lambda: page(b"<script>window.__DATA__ = " + b"{a:" * 200_000 + b"</script>", "text/html"), "0 events"),
    # Answers for machines
    "json: deep": (lambda: page(nested("[", "]").encode(), "application/json"), "0 events"),
    "json: deep objects": (lambda: page((nested('{"events":', "", 50_000) + "1" + "}" * 50_000).encode(), "application/json"), "0 events"),
    "json: a number of a million digits": (lambda: page(f'{{"events":[{{"name":"x","start":{"9" * 1_000_000}}}]}}'.encode()), "0 events"),
    "json: not a number": (lambda: page(b'{"events":[{"name":"x","start_date":NaN,"end_date":Infinity}]}'), "0 events"),
    "json: half a character": (lambda: page(b'{"events":[{"title":"\\ud800","start_date":"2027-03-03 16:00:00"}]}'), "1 events"),
    "json: broken off": (lambda: page(b'{"events":[{"title":"x","start_date":"2027-03-', "application/json"), "0 events"),
    "gzip: not unpacked by anyone": (lambda: page(gzip.compress(bytes(1_000_000), mtime=0)), "wrong_content"),
    "html: a million tags": (lambda: page(b"<a>" * 1_000_000), "too_large"),
    "html: a zip": (lambda: page(b"PK\x03\x04" + bytes(1_000)), "wrong_content"),
    # The catalogue
    "catalogue: nothing": (lambda: catalogue(""), "read: Catalogue"),
    "catalogue: two megabytes": (lambda: catalogue("#" * 2_000_000), "CatalogueError: larger than 1,000,000 bytes"),
    "catalogue: binary": (lambda: catalogue(bytes(range(256))), "CatalogueError: not UTF-8, at byte 128"),
    "catalogue: zeros": (lambda: catalogue(bytes(100)), "CatalogueError: not TOML"),
    "catalogue: deep lists": (lambda: catalogue("x = " + "[" * 400_000), "CatalogueError: too deeply nested"),
    "catalogue: deep tables": (lambda: catalogue("x = " + "{a=" * 200_000), "CatalogueError: too deeply nested"),
    "catalogue: a key of many parts": (lambda: catalogue("a." * 400_000 + "a = 1"), "CatalogueError: line 1: more than 200 dots"),
    "catalogue: a hundred thousand tables": (
        lambda: catalogue("".join(f"[t{n}]\n" for n in range(100_000))),
        "CatalogueError: unknown table 't0'",
    ),
    "catalogue: sources that say nothing": (lambda: catalogue("[[source]]\n" * 80_000), "CatalogueError: source number 1: id is missing"),
    "catalogue: a file": (lambda: catalogue(SOURCE.replace("https://a.example/", "file:///etc/passwd")), "is not an http or https address"),
    "catalogue: a password": (lambda: catalogue(SOURCE.replace("//a", "//u:p@a")), "CatalogueError: source 'a': url:"),
    "catalogue: no port": (lambda: catalogue(SOURCE.replace("example/", "example:99999/")), "CatalogueError: source 'a': url:"),
    "catalogue: half an address": (lambda: catalogue(SOURCE.replace("a.example", "[")), "CatalogueError: source 'a': url:"),
    "catalogue: an id that leads elsewhere": (lambda: catalogue(SOURCE.replace('"a"', '"../../x"')), "CatalogueError: source '../../x': id:"),
    "catalogue: a million pages": (lambda: catalogue(SOURCE + "max_pages = 1000000\n"), "is not between 0 and 10000"),
    "catalogue: a number of many digits": (lambda: catalogue(SOURCE + f"max_pages = {'9' * 5_000}\n"), "CatalogueError: not TOML"),
    "catalogue: every second": (lambda: catalogue(SOURCE + 'every = "1s"\n'), "is not a number of hours, days or weeks"),
    "catalogue: a wrong type": (lambda: catalogue(SOURCE + "topics = 1\n"), "CatalogueError: source 'a': topics: 1 is not a list"),
    "catalogue: no zone": (lambda: catalogue(SOURCE + 'timezone = "../../etc/passwd"\n'), "is no IANA zone"),
    "catalogue: not a list": (lambda: catalogue("source = 1"), "CatalogueError: sources are written as [[source]]"),
    "catalogue: ten thousand sources with a wrong key": (lambda: catalogue(sources(10_000, "timezne = 1")), "CatalogueError: (did you mean 'timezone'?)"),
    "catalogue: nearly a zone, five thousand times": (
        lambda: catalogue(sources(5_000, 'timezone = "Amerca/New_Yorkk"')), "CatalogueError: (did you mean 'America/New_York'?)"
    ),
    "catalogue: ten thousand sources": (lambda: catalogue(sources(10_000, "")), "read: Catalogue"),
    "catalogue: a day where words should be": (lambda: catalogue(SOURCE + "note = 2027-01-01\n"), "CatalogueError: source 'a': note:"),
    "catalogue: a region that is a file": (lambda: catalogue(SOURCE + 'region = "../x"\n'), "is no ISO 3166 code"),
    "catalogue: topics in topics": (lambda: catalogue(SOURCE + 'topics = [["x"]]\n'), "is no topic's slug"),
    # Topics
    "topics: nothing": (lambda: topics(""), "TaxonomyError: topics are written as"),
    "topics: deep": (lambda: topics("x = " + "[" * 400_000), "TaxonomyError: too deeply nested"),
    "topics: two megabytes": (lambda: topics("#" * 2_000_000), "TaxonomyError: larger than"),
    "topics: binary": (lambda: topics(b"\xff\xfe"), "TaxonomyError: not UTF-8"),
    "topics: a phrase of a million letters": (lambda: topics(TOPICS.replace("phonics", "x" * 900_000)), "TaxonomyError: each of 200 characters at most"),
    "topics: a hundred thousand phrases": (
        lambda: topics(TOPICS.replace('"phonics"', ",".join(f'"w{n}"' for n in range(90_000)))),
        "read: Taxonomy",
    ),
    "topics: no words": (lambda: topics(TOPICS.replace('"phonics"', '""')), "TaxonomyError"),
    "topics: a slug that leads elsewhere": (lambda: topics(TOPICS.replace("topic.t", 'topic."../x"')), "the slug is not of a-z"),
    "topics: numbers": (lambda: topics("group = 1\ntopic = 2"), "TaxonomyError: topics are written as"),
    "topics: a pattern that runs away": (lambda: topics(TOPICS.replace("phonics", "(a+)+$")), "read: Taxonomy"),
    "topics: a phrase of everything": (lambda: topics(TOPICS.replace("phonics", "*")), "TaxonomyError"),
    # Decisions
    "overrides: deep": (lambda: overrides("x = " + "[" * 400_000), "OverridesError: too deeply nested"),
    "overrides: two megabytes": (lambda: overrides("#" * 2_000_000), "OverridesError: larger than"),
    "overrides: no table": (lambda: overrides("event = 1"), "OverridesError: event is a list of tables"),
    "overrides: a table of nothing": (lambda: overrides("[[event]]"), "OverridesError"),
    "overrides: one posting": (lambda: overrides('[[same]]\npostings = ["a b"]'), "OverridesError: [[same]] needs postings"),
    "overrides: an unknown field": (lambda: overrides('[[event]]\nuid = "x"\nshell = "rm"'), "OverridesError"),
    "overrides: a day that is none": (lambda: overrides('[[event]]\nuid = "x"\nstart = "2027-99-99"'), "OverridesError"),
    "overrides: a group of thousands": (
        lambda: overrides(f"[[same]]\npostings = [{','.join(f'{chr(34)}a {n}{chr(34)}' for n in range(50_000))}]"),
        "read: Overrides",
    ),
    "overrides: a number for a name": (lambda: overrides("[[event]]\nuid = 5\n"), "OverridesError: it needs a uid"),
    "overrides: twenty thousand of them": (
        lambda: overrides("".join(f'[[event]]\nuid = "x{n}"\nname = "y"\n' for n in range(20_000))), "read: Overrides"
    ),
    # symposia.toml
    "settings: deep": (lambda: settings("x = " + "[" * 400_000), "SettingsError: too deeply nested"),
    "settings: two megabytes": (lambda: settings("#" * 2_000_000), "SettingsError: larger than"),
    "settings: feeds without end": (lambda: settings('[[feed]]\nname = "a"\n' * 5_000), "SettingsError: feeds must be written as [[feed]], at most 500"),
    "settings: a feed that leads elsewhere": (lambda: settings('[[feed]]\nname = "../x"\nwhere = ""'), "the name may hold only a-z"),
    "settings: an address that runs scripts": (lambda: settings('url = "javascript:alert(1)"'), "SettingsError: url must be the address of a folder"),
    "settings: an address that breaks out": (lambda: settings("url = 'https://a.example/\"><script>'"), "SettingsError: url must be the address of a folder"),
    "settings: a question without end": (lambda: settings(f'[[feed]]\nname = "a"\nwhere = "{"topic=a&" * 50_000}"'), "SettingsError: feed 'a': where: more than 50 values"),
    "settings: numbers": (lambda: settings("feed = 1\nurl = 5\n"), "SettingsError: feed must be a list"),
    "settings: fifty thousand unknown keys": (lambda: settings("".join(f"k{n} = 1\n" for n in range(50_000))), "SettingsError: unknown key 'k0'"),
    # Archives
    "archive: nothing": (lambda: archive(b""), "ArchiveError: holds no responses"),
    "archive: words": (lambda: archive(b"not an archive at all\r\n\r\n" * 1_000), "ArchiveError"),
    "archive: zeros": (lambda: archive(bytes(1_000_000)), "ArchiveError"),
    "archive: gzip of nothing": (lambda: archive(gzip.compress(b"", mtime=0)), "ArchiveError"),
    "archive: gzip that never ends": (lambda: archive(gzip.compress(bytes(300_000_000), mtime=0)), "ArchiveError"),
    "archive: broken gzip": (lambda: archive(warc(b"x")[:60]), "ArchiveError"),
    "archive: an answer of 100 MB in 100 kB": (lambda: archive(warc(bytes(100_000_000))), "read: bytes"),
    "archive: a hundred thousand headers": (lambda: archive(warc(b"x", headers=100_000)), "read: bytes"),
    "archive: a day that is none": (lambda: archive(warc(b"x", date="2026-99-99T99:99:99Z")), "ArchiveError"),
    "archive: a length that is none": (
        lambda: archive(b"WARC/1.1\r\nWARC-Type: response\r\nContent-Length: -5\r\n\r\n" * 10), "ArchiveError"
    ),
    "archive: a line that never ends": (lambda: archive(b"WARC/1.1\r\nX: " + b"x" * 10_000_000), "ArchiveError"),
    "archive: twenty thousand records": (
        lambda: archive(b"".join(record(url=f"https://guild.example/{n}") for n in range(20_000))), "read: NoneType"
    ),
    "archive: no address": (lambda: archive(record().replace(b"WARC-Target-URI", b"X-Y")), "ArchiveError"),
    "archive: half an address": (lambda: archive(record(url="http://[")), "read: NoneType"),
    "archive: an address of no letters": (lambda: archive(record().replace(b"guild", b"\xff\xfe")), "read: NoneType"),
    "archive: no day": (lambda: archive(record().replace(b"WARC-Date", b"X-Y")), "ArchiveError: a record cannot be read"),
    "archive: the first day of all": (lambda: archive(record().replace(b"2026-11-02T04:00:00Z", b"0001-01-01T00:00:00+14:00")), "in the year 1"),
    "archive: no status": (lambda: archive(record("HTTP/1.1 abc\r\n\r\nbody")), "ArchiveError: a record cannot be read"),
    "archive: no HTTP": (lambda: archive(record("words")), "ArchiveError: a record cannot be read"),
    "archive: a length of years": (lambda: archive(record(length=10**18)), "read: bytes"),
    "archive: a body in a packing that is none": (lambda: archive(sent_as("klingon")), "read: bytes"),
    "archive: a body that is not Brotli": (lambda: archive(sent_as("br")), "read: bytes"),
    "archive: a body that is not deflated": (lambda: archive(sent_as("deflate")), "read: bytes"),
    "archive: pieces of no length": (lambda: archive(sent_as("gzip", "Transfer-Encoding: chunked\r\n")), "read: bytes"),
    "archive: an answer of 300 MB in 300 kB, twice packed": (
        lambda: archive(record(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(bytes(300_000_000), mtime=0))),
        "read: bytes",
    ),
    "archive: a header that goes on": (lambda: archive(record("HTTP/1.1 200 OK\r\nA: b\r\n" + " c\r\n" * 100_000 + "\r\nbody")), "read: bytes"),
    # Questions
    "when: not JSON": (lambda: ask("when", "{"), "exit 1"),
    "when: no object": (lambda: ask("when", "[1]"), "exit 1"),
    "when: deep": (lambda: ask("when", nested("[", "]") + "\n"), "exit 1"),
    "when: a million letters": (lambda: ask("when", json.dumps({"id": 1, "text": "3 March " * 125_000, "as_of": "2026-11-02"})), "exit 0"),
    "when: words of another type": (lambda: ask("when", '{"id": 1, "text": 5, "as_of": "2026-11-02"}'), "exit 1"),
    "when: a day that is none": (lambda: ask("when", '{"id": 1, "text": "3 March", "as_of": "never"}'), "exit 1"),
    "when: a zone that is none": (lambda: ask("when", '{"id": 1, "text": "3 March", "as_of": "2026-11-02", "timezone": "../x"}'), "exit 0"),
    "when: binary": (lambda: ask("when", bytes(range(128, 256))), "exit 1"),
    "when: a line that never ends": (lambda: ask("when", "x" * 40_000_000), "exit 1"),
    "when: half a character": (lambda: ask("when", '{"id": "\\ud800", "text": "3 March \\ud800", "as_of": "2026-11-02"}'), "exit 0"),
    "when: a name of many digits": (lambda: ask("when", f'{{"id": {"9" * 10_000}, "text": "x"}}'), "exit 1"),
    "when: the last day of all": (lambda: ask("when", '{"id": 1, "text": "tomorrow", "as_of": "9999-12-31"}'), "exit 1"),
    "when: the first day of all": (lambda: ask("when", '{"id": 1, "text": "yesterday", "as_of": "0001-01-01"}'), "exit 1"),
    "when: in a million years": (lambda: ask("when", '{"id": 1, "text": "in 99999999 days", "as_of": "2026-11-02"}'), "exit 0"),
    "extract: a file that never ends": (lambda: ask("extract", '{"id": 1, "file": "/dev/zero", "as_of": "2026-11-02"}'), "exit 0"),
    "extract: an address with half a character": (lambda: ask("extract", '{"id": 1, "url": "http://a.invalid/\\ud800"}'), "exit 0"),
    "extract: half an address": (lambda: ask("extract", '{"id": 1, "url": "http://["}'), "exit 0"),
    "extract: an address that is a file": (lambda: ask("extract", '{"id": 1, "url": "file:///etc/passwd"}'), "exit 0"),
    "extract: two lines": (lambda: ask("extract", '{"id": 1, "url": "http://a.invalid/\\r\\nX: y"}'), "exit 0"),
    "tag: keywords in keywords": (lambda: ask("tag", '{"id": 1, "name": "x", "keywords": [["x"]]}'), "exit 1"),
    "tag: keywords that are none": (lambda: ask("tag", '{"id": 1, "name": "x", "keywords": 5}'), "exit 1"),
    "tag: accents": (lambda: ask("tag", json.dumps({"id": 1, "name": "a" + "\u0301" * 1_000_000})), "exit 0"),
    "read: an amount of a million digits": (lambda: ask("read", json.dumps({"id": 1, "name": "x", "description": "$" + "9" * 1_000_000})), "exit 0"),
    "read: half a character": (lambda: ask("read", '{"id": 1, "name": "x\\ud800", "description": "$5 \\ud800"}'), "exit 0"),
    "extract: a file that is a folder": (lambda: ask("extract", '{"id": 1, "file": "/", "as_of": "2026-11-02"}'), "exit 0"),
    "extract: a file with a zero": (lambda: ask("extract", '{"id": 1, "file": "a\\u0000b", "as_of": "2026-11-02"}'), "exit 0"),
    "extract: an address of this machine": (lambda: ask("extract", '{"id": 1, "url": "http://127.0.0.1:1/", "as_of": "2026-11-02"}'), "exit 0"),
    "extract: neither": (lambda: ask("extract", '{"id": 1}'), "exit 1"),
    "tag: a million words": (lambda: ask("tag", json.dumps({"id": 1, "name": "phonics " * 125_000})), "exit 0"),
    "tag: a name that is none": (lambda: ask("tag", '{"id": 1, "name": null}'), "exit 0"),
    "read: a million letters": (lambda: ask("read", json.dumps({"id": 1, "name": "x", "description": "$5 " * 300_000, "as_of": "2026-11-02"})), "exit 0"),
    "read: a description that is none": (lambda: ask("read", '{"id": 1, "name": "x", "description": [], "as_of": "2026-11-02"}'), "exit 1"),
    "dedupe: not an event": (lambda: ask("dedupe", '{"id": 1}'), "exit 1"),
    "dedupe: a day that is none": (lambda: ask("dedupe", '{"id": 1, "name": "x", "start": "2027-99-99"}'), "exit 1"),
    "dedupe: three hundred of one": (
        lambda: ask("dedupe", "".join(json.dumps({"id": n, "name": "Evening", "start": "2027-03-03"}) + "\n" for n in range(300))),
        "exit 0",
    ),
    "dedupe: the first and the last day of all": (
        lambda: ask(
            "dedupe",
            "".join(
                json.dumps({"id": n, "name": "Evening", "start": day}) + "\n"
                for n, day in enumerate(("0001-01-01", "9999-12-31", "0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00"))
            ),
        ),
        "exit 0",
    ),
    "dedupe: a place that is nowhere": (
        lambda: ask("dedupe", '{"id": 1, "name": "x", "start": "2027-03-03", "location": {"latitude": NaN, "longitude": 1e999}}'), "exit 0"
    ),
    "dedupe: half a character": (lambda: ask("dedupe", '{"id": "\\ud800", "name": "x", "start": "2027-03-03"}'), "exit 0"),
    "dedupe: repeats each second": (
        lambda: ask("dedupe", '{"id": 1, "name": "x", "start": "2027-03-03T10:00", "recurrence": {"rrule": "FREQ=SECONDLY;COUNT=1000000000"}}'),
        "exit 0",
    ),
    # robots.txt
    "robots: wildcards that run away": (lambda: robots("User-agent: *\nDisallow: /" + "*a" * 5_000 + "*b\n"), "allowed: True"),
    "robots: a hundred thousand rules": (lambda: robots("User-agent: *\n" + "Disallow: /x\n" * 100_000), "allowed: True"),
    "robots: a hundred thousand wildcards": (lambda: robots("User-agent: *\n" + "Disallow: /*a*a*a*a*b\n" * 20_000), "allowed: True"),
    "robots: a delay of years": (lambda: robots("User-agent: *\nCrawl-delay: 1e300\nDisallow: /a\n"), "allowed: False"),
    "robots: of 10 MB": (lambda: robots("User-agent: *\nDisallow: /b\n" * 400_000), "allowed: True"),
    "robots: forty thousand names": (lambda: robots("".join(f"User-agent: a{n}\n" for n in range(40_000)) + "Disallow: /\n"), "allowed: True"),
    "robots: wildcards over a long path": (lambda: robots("User-agent: *\nDisallow: /*a*a*a*a*a*a*b$\n", "/" + "a" * 50_000), "allowed: True"),
    "robots: rates of nothing": (
        lambda: robots("User-agent: *\nRequest-rate: 0/0\nRequest-rate: 1/1e9s\nCrawl-delay: nan\nDisallow: /a\n"), "allowed: False"
    ),
    "robots: percent signs": (lambda: robots("User-agent: *\nDisallow: /" + "%" * 400_000), "allowed: True"),
    "robots: binary": (lambda: robots("".join(map(chr, range(256))) * 1_000), "allowed: True"),
    "robots: a line that never ends": (lambda: robots("Disallow: /" + "x" * 10_000_000), "allowed: True"),
}  # fmt: skip


SLOW = {
    "ics: ten thousand exceptions",
    "ics: a line of ten million letters",
    "ics: a line folded a million times",
    "ics: five thousand events",
    "ics: never ends",
    "ics: a zone of four thousand changes",
    "ics: a hundred thousand events",
    "ics: three thousand moved occurrences of one",
    "ics: twenty thousand guests",
    "ics: backslashes",
    "rss: deep",
    "rss: a hundred thousand attributes",
    "rss: twenty thousand items",
    "html: events in each other's events",
    "html: a million tags",
    "catalogue: a hundred thousand tables",
    "catalogue: sources that say nothing",
    "catalogue: ten thousand sources with a wrong key",
    "catalogue: nearly a zone, five thousand times",
    "catalogue: ten thousand sources",
    "topics: a hundred thousand phrases",
    "overrides: twenty thousand of them",
    "settings: fifty thousand unknown keys",
    "archive: gzip that never ends",
    "archive: an answer of 100 MB in 100 kB",
    "archive: a hundred thousand headers",
    "archive: twenty thousand records",
    "archive: an answer of 300 MB in 300 kB, twice packed",
    "tag: accents",
    "tag: a million words",
    "dedupe: three hundred of one",
}
"""Inputs that take more than a quarter of a second."""


def ending(name: str) -> Ending:
    """How an input ends; with the words of an error that nobody has foreseen."""
    os.environ.pop("SYMPOSIA_ALLOW_PRIVATE", None)
    try:
        return INPUTS[name][0]()
    except SymposiaError as error:
        return f"{type(error).__name__}: {str(error)[:500]}"
    except Exception:
        return f"broke: {traceback.format_exc()[-1_000:]}"


@pytest.fixture(scope="module")
def child() -> Iterator[BoundedProcess]:
    """A process that reads the inputs, one after another."""
    with BoundedProcess(ending, memory=ALL_MEMORY) as child:
        yield child


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.slow) if name in SLOW else name for name in INPUTS]
)
def test_hostile_inputs(child: BoundedProcess, name: str) -> None:
    """Refused by name or read, within bounds of time and memory, without any other error."""
    answer = child.call(name)

    assert answer is not None, "the process did not live to answer"
    # The words say what the person who wrote it is told; where it is read, how much of it.
    assert all(part in answer.value.replace("file: ", "") for part in INPUTS[name][1].split(": ", 1)), answer.value
    assert answer.memory < MEMORY


def test_slow_inputs_exist() -> None:
    """No name that is meant to be slow is misspelled."""
    assert set(INPUTS) >= SLOW
