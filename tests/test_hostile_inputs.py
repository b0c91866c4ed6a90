"""Feeds, files, archives and questions that nobody would write by mistake: each is refused by name, or read within bounds.

Those over pages alone are in tests/spiders/test_hostile_pages.py. Each input is made here; they run in processes of their
own, with a limit of memory, and of time for each. `python tests/test_hostile_inputs.py NAME...` tells how single ones end.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from calendar_export.settings import load_settings
from commands.main import cli
from pipelines.overrides import load_overrides
from pipelines.read import read
from pipelines.reading import Unreadable
from pipelines.topics import load_taxonomy
from spiders.archive import open_archive
from spiders.catalogue import load_catalogue
from spiders.extraction.choose import extract
from spiders.extraction.page import Page
from spiders.robots import rules_of
from symposia.errors import ExtractionError, SymposiaError

ROOT = Path(__file__).parents[1]
MEMORY = 500_000_000
"""Bytes of memory that a process may come to hold beyond what it holds when it begins."""
SECONDS = 10
"""Time that one input may take."""
GROUPS = 4
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
            read(posting)
            events += 1
        except Unreadable:
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


def ask(command: str, line: str) -> Ending:
    """A line of a filter."""
    done = CliRunner().invoke(cli, [command, "--jsonl"], input=line, catch_exceptions=False)
    return f"exit {done.exit_code}"


def robots(text: str, path: str = "/a" * 200) -> Ending:
    """Whether a robots.txt allows a path."""
    rules = rules_of(text.encode())
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
    # symposia.toml
    "settings: deep": (lambda: settings("x = " + "[" * 400_000), "SettingsError: too deeply nested"),
    "settings: two megabytes": (lambda: settings("#" * 2_000_000), "SettingsError: larger than"),
    "settings: feeds without end": (lambda: settings('[[feed]]\nname = "a"\n' * 5_000), "SettingsError: feeds are written as [[feed]], 500"),
    "settings: a feed that leads elsewhere": (lambda: settings('[[feed]]\nname = "../x"\nwhere = ""'), "the name is not of a-z"),
    "settings: an address that runs scripts": (lambda: settings('url = "javascript:alert(1)"'), "SettingsError: url is no address"),
    "settings: an address that breaks out": (lambda: settings("url = 'https://a.example/\"><script>'"), "SettingsError: url is no address"),
    "settings: a question without end": (lambda: settings(f'[[feed]]\nname = "a"\nwhere = "{"topic=a&" * 50_000}"'), "SettingsError: feed 'a': where: more than 50 values"),
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
    # Questions
    "when: not JSON": (lambda: ask("when", "{"), "exit 1"),
    "when: no object": (lambda: ask("when", "[1]"), "exit 1"),
    "when: deep": (lambda: ask("when", nested("[", "]") + "\n"), "exit 1"),
    "when: a million letters": (lambda: ask("when", json.dumps({"id": 1, "text": "3 March " * 125_000, "as_of": "2026-11-02"})), "exit 0"),
    "when: words of another type": (lambda: ask("when", '{"id": 1, "text": 5, "as_of": "2026-11-02"}'), "exit 1"),
    "when: a day that is none": (lambda: ask("when", '{"id": 1, "text": "3 March", "as_of": "never"}'), "exit 2"),
    "when: a zone that is none": (lambda: ask("when", '{"id": 1, "text": "3 March", "as_of": "2026-11-02", "timezone": "../x"}'), "exit 0"),
    "extract: a file that is a folder": (lambda: ask("extract", '{"id": 1, "file": "/", "as_of": "2026-11-02"}'), "exit 0"),
    "extract: a file with a zero": (lambda: ask("extract", '{"id": 1, "file": "a\\u0000b", "as_of": "2026-11-02"}'), "exit 0"),
    "extract: an address of this machine": (lambda: ask("extract", '{"id": 1, "url": "http://127.0.0.1:1/", "as_of": "2026-11-02"}'), "exit 0"),
    "extract: neither": (lambda: ask("extract", '{"id": 1}'), "exit 0"),
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
    # robots.txt
    "robots: wildcards that run away": (lambda: robots("User-agent: *\nDisallow: /" + "*a" * 5_000 + "*b\n"), "allowed: True"),
    "robots: a hundred thousand rules": (lambda: robots("User-agent: *\n" + "Disallow: /x\n" * 100_000), "allowed: True"),
    "robots: a hundred thousand wildcards": (lambda: robots("User-agent: *\n" + "Disallow: /*a*a*a*a*b\n" * 20_000), "allowed: True"),
    "robots: a delay of years": (lambda: robots("User-agent: *\nCrawl-delay: 1e300\nDisallow: /a\n"), "allowed: False"),
    "robots: binary": (lambda: robots("".join(map(chr, range(256))) * 1_000), "allowed: True"),
    "robots: a line that never ends": (lambda: robots("Disallow: /" + "x" * 10_000_000), "allowed: True"),
}  # fmt: skip


def ending(name: str) -> Ending:
    """How an input ends."""
    try:
        return INPUTS[name][0]()
    except SymposiaError as error:
        return f"{type(error).__name__}: {str(error)[:500]}"


def main() -> None:
    """Run those inputs that are named, and print a line for each."""
    os.environ.pop("SYMPOSIA_ALLOW_PRIVATE", None)
    for name in sys.argv[1:]:
        began = resource.getrusage(resource.RUSAGE_SELF)
        ended = ending(name)
        after = resource.getrusage(resource.RUSAGE_SELF)
        took = after.ru_utime + after.ru_stime - began.ru_utime - began.ru_stime
        print(json.dumps([name, ended, took, (after.ru_maxrss - began.ru_maxrss) * 1024]), flush=True)  # noqa: T201 - it tells


@cache
def outcomes() -> dict[str, tuple[Ending, float, int]]:
    """How each ended, the seconds that it took, and the memory."""
    names = list(INPUTS)
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(_run, [names[number::GROUPS] for number in range(GROUPS)]))
    return {name: (ended, took, memory) for lines in found for name, ended, took, memory in map(json.loads, lines)}


def _run(names: list[str]) -> list[str]:
    command, env = [sys.executable, __file__, *names], {**os.environ, "PYTHONPATH": str(ROOT)}
    try:
        done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=120, check=False)
    except subprocess.TimeoutExpired as late:
        return (late.stdout or b"").decode().splitlines()
    return done.stdout.splitlines()


@pytest.mark.parametrize("name", INPUTS)
def test_hostile_inputs(name: str) -> None:
    """Refused by name or read, within bounds of time and memory, without any other error."""
    assert name in outcomes(), "the process did not live to tell"
    ended, took, memory = outcomes()[name]

    # The words say what the person who wrote it is told; where it is read, how much of it.
    assert all(part in ended.replace("file: ", "") for part in INPUTS[name][1].split(": ", 1)), ended
    assert took < SECONDS
    assert memory < MEMORY


if __name__ == "__main__":
    main()
