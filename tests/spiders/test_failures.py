"""Every way in which a source fails: each is named right, and what was known stays as it was."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import Request
from scrapy.http import Response
from scrapy.utils.test import get_crawler

from pipelines.store.store import Store
from spiders.backoff import BackOffMiddleware
from symposia.event import Event


def feed(name: str, day: int = 1) -> bytes:
    """A calendar of one event, on that day of March."""
    return f"""BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Guild//EN
BEGIN:VEVENT
UID:{name}
DTSTAMP:20260101T000000Z
DTSTART;VALUE=DATE:202703{day:02}
SUMMARY:Reading Day of the {name}
END:VEVENT
END:VCALENDAR
""".encode()


GOOD = feed("guild")
PROSE = b"<html><body><h1>Welcome</h1><p>We have a new home, and much to tell.</p></body></html>"

Answer = Callable[[Any], None]


def status(code: int, headers: Mapping[str, str] | None = None) -> Answer:
    """Answers with a status alone."""
    return lambda handler: handler.answer(code, b"no", headers)


def silent(handler: Any) -> None:
    """Answers nothing until the other end hangs up."""
    handler.connection.recv(1)
    handler.close_connection = True


def reset(handler: Any) -> None:
    """Breaks the connection."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
    handler.connection.close()
    handler.close_connection = True


def half(handler: Any) -> None:
    """Promises more than it sends."""
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    handler.wfile.write(GOOD)
    handler.close_connection = True


def to(path: str, code: int = 302) -> Answer:
    """Redirects."""
    return lambda handler: handler.answer(code, b"", {"Location": path})


def onwards(handler: Any) -> None:
    """Redirects for ever."""
    handler.site.pages[f"{handler.path}x"] = onwards
    handler.answer(302, b"", {"Location": f"{handler.path}x"})


FAILURES: dict[str, tuple[Mapping[str, bytes | Answer], str]] = {
    "reset": ({"/": reset}, "connection"),
    "half": ({"/": half}, "connection"),
    "forbidden": ({"/": status(403)}, "blocked"),
    "too-many": ({"/": status(429)}, "blocked"),
    "later": ({"/": status(429, {"Retry-After": "3600"})}, "blocked"),
    "login": ({"/": status(401)}, "login"),
    "not-found": ({"/": status(404)}, "not_found"),
    "gone": ({"/": status(410)}, "not_found"),
    "broken": ({"/": status(500)}, "http"),
    "unavailable": ({"/": status(503)}, "http"),
    "robots": ({"/robots.txt": b"User-agent: *\nDisallow: /\n", "/": GOOD}, "robots"),
    "robots-broken": ({"/robots.txt": status(503), "/": GOOD}, "http"),
    "moved": ({"/": to("/home", 301), "/home": PROSE}, "moved"),
    "moved-nowhere": ({"/": to("/home", 308)}, "moved"),
    "circle": ({"/": to("/b"), "/b": to("/")}, "redirects"),
    "onwards": ({"/": onwards}, "redirects"),
    "redesigned": ({"/": PROSE}, "layout_changed"),
    "picture": ({"/": b"\x89PNG\r\n\x1a\n" + bytes(64)}, "wrong_content"),
    "nothing": ({"/": b" "}, "empty_body"),
}
SILENT: dict[str, Mapping[str, bytes | Answer]] = {
    "timeout": {"/": silent},
    "robots-timeout": {"/robots.txt": silent, "/": GOOD},
}
"""Sites that are crawled by themselves: of others, a busy machine must not make timeouts."""


@pytest.fixture
def sites(site: Callable[[], Any], tmp_path: Path) -> dict[str, Any]:
    """A good site for each failure, and two more addresses that nobody answers at; a catalogue of all."""
    made = {name: site() for name in (*FAILURES, *SILENT)}
    for day, (name, one) in enumerate(made.items(), start=1):
        one.pages["/"] = feed(name, day)
    urls = {name: one.url("/") for name, one in made.items()}
    urls |= {"dns": "http://nobody.invalid/", "tls": made["gone"].base.replace("http:", "https:") + "/"}
    entries = [f'[[source]]\nid = "{name}"\nname = "{name}"\nurl = "{url}"\n' for name, url in urls.items()]
    (tmp_path / "sources.toml").write_text("\n".join(entries), encoding="utf-8")
    return made


def test_each_failure_is_named_and_changes_nothing(
    sites: dict[str, Any], crawl: Callable[..., Any], tmp_path: Path
) -> None:
    """A good night, then one on which everything fails, then the good one's pages again: nothing lost, nothing twice."""

    def events() -> list[Event]:
        with Store.open(tmp_path / "s.db") as store:
            return list(store.get_events())

    assert crawl(now="2026-11-02T04:00Z").returncode == 3  # two sources have nobody behind them
    good = events()
    assert len(good) == len(sites)

    expected = {name: cause for name, (_, cause) in FAILURES.items()} | {"dns": "dns", "tls": "tls"}
    for name, pages in {**{name: pages for name, (pages, _) in FAILURES.items()}, **SILENT}.items():
        sites[name].pages = dict(pages)
    bad = crawl(*expected, now="2026-11-03T04:00Z")
    slow = crawl(*SILENT, now="2026-11-03T04:00Z", settings={"DOWNLOAD_TIMEOUT": 1})
    with Store.open(tmp_path / "s.db") as store:
        found = {name: run.cause for name, run in store.get_last_runs().items()}
    assert found == expected | dict.fromkeys(SILENT, "timeout"), bad.stderr + slow.stderr
    assert (bad.returncode, slow.returncode) == (3, 3)
    assert "Traceback" not in bad.stderr + slow.stderr
    assert events() == good

    for day, name in enumerate(sites, start=1):
        sites[name].pages = {"/": feed(name, day)}
    crawl(now="2026-11-04T04:00Z")
    assert events() == good


def test_a_host_that_is_not_well_is_left_alone(
    site: Callable[[], Any], crawl: Callable[..., Any], tmp_path: Path
) -> None:
    """After its last try, none of its other sources asks; where it said until when, none does before then."""
    tired = site()
    tired.pages = {"/robots.txt": b"", "/1": status(503), "/2": GOOD}
    entries = [f'[[source]]\nid = "s{n}"\nname = "{n}"\nurl = "{tired.url(f"/{n}")}"\n' for n in (1, 2)]
    (tmp_path / "sources.toml").write_text("".join(entries), encoding="utf-8")

    crawl(now="2026-11-02T04:00Z")
    assert tired.status_of("/1") == [503, 503]
    assert tired.status_of("/2") == []

    tired.pages["/1"] = status(503, {"Retry-After": "172800"})
    for day, asked in (("03", [503]), ("04", []), ("05", [503])):
        tired.asked.clear()
        done = crawl(now=f"2026-11-{day}T04:30Z")
        assert tired.status_of("/1") == asked, day
        assert "left alone" in done.stderr


def test_after_a_short_wait_all_is_well(site: Callable[[], Any], crawl: Callable[..., Any], tmp_path: Path) -> None:
    """A host that asks for a second gets it, and is asked again."""
    busy = site()

    def refuse_once(handler: Any) -> None:
        busy.pages["/"] = GOOD
        handler.answer(429, b"", {"Retry-After": "1"})

    busy.pages = {"/": refuse_once}
    (tmp_path / "sources.toml").write_text(f'[[source]]\nid = "a"\nname = "a"\nurl = "{busy.url("/")}"\n')

    assert crawl().returncode == 0
    assert busy.status_of("/") == [429, 200]


@pytest.mark.parametrize(("headers", "seconds"), [({"Retry-After": "3"}, 3), ({}, 2), ({"Retry-After": "0"}, 0)])
def test_how_long_is_waited(headers: dict[str, str], seconds: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """As long as the host asks for, else as long as the settings say."""
    url, slept = "https://busy.example/", []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    crawler = get_crawler(settings_dict={"SYMPOSIA_BACKOFF": 2, "SYMPOSIA_MAX_WAIT": 10, "RETRY_TIMES": 1})
    crawler.spider = crawler._create_spider("busy")
    crawler.spider.now = lambda: datetime(2026, 11, 2, tzinfo=UTC)  # type: ignore[attr-defined]  # a Spider of ours has it
    crawler.engine = SimpleNamespace(running=True)  # type: ignore[assignment]  # all that is asked of it
    answer = Response(url, status=429, headers=headers)

    retry = asyncio.run(BackOffMiddleware(crawler).process_response(Request(url), answer))

    assert (isinstance(retry, Request), sum(slept)) == (True, seconds)
