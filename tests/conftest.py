"""Fixtures of several rooms: servers on this machine, and the command line in processes of its own."""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from spiders import fetch
from tests.command_line import FILES, PATIENCE, PROCESSES, Result, run_command

HURRIED = {
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
    "DOWNLOAD_TIMEOUT": 120,
    "RETRY_TIMES": 1,
    "SYMPOSIA_BACKOFF": 0.05,
}
"""Scrapy settings for servers of our own on this machine: no politeness, and seconds enough for a busy machine to answer."""

# The servers of these tests are on this machine.
os.environ["SYMPOSIA_ALLOW_PRIVATE"] = "1"

# Thousands of tests are collected, and stay: looking for garbage among them took a fifth of the time until the first runs.
gc.set_threshold(50_000, 10, 10)

# No test fails because the machine is busy, or by chance: whoever looks for new faults runs `--hypothesis-profile=searching`.
PATIENT: dict[str, Any] = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("patient", derandomize=True, database=None, **PATIENT)
settings.register_profile("searching", max_examples=2_000, **PATIENT)
settings.load_profile("patient")


@pytest.fixture(scope="module")
def serve() -> Iterator[Callable[[type[BaseHTTPRequestHandler]], str]]:
    """Starts a server of that handler on the loopback, until the module's tests are done; gives its address."""
    with ExitStack() as running:
        yield lambda handler: running.enter_context(_serving(handler))


@contextmanager
def _serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # answers that are cut off are what is tested
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


class Site:
    """A web site of one's own, whose pages a test changes between crawls: `pages` by path; `asked` is what was asked for.

    A page is its body, or a function that answers in its own way. Bodies are sent with an ETag, and 304 where it is known.
    """

    def __init__(self, start: Callable[[type[BaseHTTPRequestHandler]], str]) -> None:
        self.pages: dict[str, bytes | Callable[[BaseHTTPRequestHandler], None]] = {}
        self.asked: list[tuple[str, int]] = []
        self.sent = 0
        self.base = start(type("Handler", (_Answering,), {"site": self}))

    def url(self, path: str) -> str:
        """The address of a page."""
        return f"{self.base}{path}"

    def status_of(self, path: str) -> list[int]:
        """The statuses with which a page was answered since `asked` was last cleared."""
        return [status for asked, status in self.asked if asked == path]


class _Answering(BaseHTTPRequestHandler):
    """Answers from a Site's pages."""

    site: Site
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer with the page, or 304 if it is known."""
        page = self.site.pages.get(self.path)
        if page is None:
            self.answer(404, b"no such page")
        elif callable(page):
            page(self)
        else:
            tag = f'"{sha256(page).hexdigest()[:16]}"'
            known = self.headers.get("If-None-Match") == tag
            kind = "text/calendar" if page.startswith(b"BEGIN:VCALENDAR") else "text/html; charset=utf-8"
            self.answer(304 if known else 200, b"" if known else page, {"ETag": tag, "Content-Type": kind})

    def answer(self, status: int, body: bytes = b"", headers: dict[str, str] | None = None) -> None:
        """Send an answer, and note it."""
        self.site.asked.append((self.path, status))
        self.site.sent += len(body)
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Log nothing."""


@pytest.fixture(scope="module")
def site(serve: Callable[[type[BaseHTTPRequestHandler]], str]) -> Callable[[], Site]:
    """Makes a new Site, on a host (a port of the loopback) of its own."""
    return lambda: Site(serve)


@pytest.fixture
def hurried_fetches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages that are fetched by name come without politeness, however long it takes, from processes that start quickly."""
    monkeypatch.setattr(fetch, "_PROCESSES", PROCESSES)
    monkeypatch.setitem(fetch.Fetcher.__init__.__kwdefaults__, "timeout", PATIENCE)
    for name, value in HURRIED.items():
        monkeypatch.setitem(fetch.SETTINGS, name, value)


RunCommand = Callable[..., Result]


@pytest.fixture
def symposia(tmp_path: Path) -> RunCommand:
    """Runs the command line in the test's folder, on its `s.db` and its `sources.toml`."""
    return partial(run_command, cwd=tmp_path, env=FILES)


@pytest.fixture
def crawl(symposia: RunCommand) -> RunCommand:
    """Crawls what `sources.toml` lists, in a hurry; `now` is what the clocks show, `settings` are Scrapy's."""

    def run(*words: str, now: str = "", settings: Mapping[str, object] | None = None, **more: Any) -> Result:
        given = {**HURRIED, "SYMPOSIA_NOW": now, **(settings or {})}
        options = [word for name, value in given.items() for word in ("-s", f"{name}={value}")]
        return symposia("crawl", *words, *options, **more)

    return run
