"""What several of the tests need."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from commands.main import main
from spiders import fetch

ROOT = Path(__file__).parents[1]
HURRIED = {
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
    "DOWNLOAD_TIMEOUT": 1.5,
    "RETRY_TIMES": 1,
    "SYMPOSIA_BACKOFF": 0.05,
}
"""Scrapy settings for servers of our own on this machine, which need no politeness."""

# The servers of these tests are on this machine.
os.environ["SYMPOSIA_ALLOW_PRIVATE"] = "1"

# A machine that is busy makes no test wrong.
settings.register_profile("patient", deadline=None)
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
        """Called by the server."""
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
        """Quiet."""


@pytest.fixture(scope="module")
def site(serve: Callable[[type[BaseHTTPRequestHandler]], str]) -> Callable[[], Site]:
    """Makes a new Site, on a host (a port of the loopback) of its own."""
    return lambda: Site(serve)


Crawl = Callable[..., subprocess.CompletedProcess[str]]

_FORKS = multiprocessing.get_context("forkserver") if hasattr(os, "fork") else None
if _FORKS:
    # Scrapy's reactor cannot be started twice in a process, and to import it takes longer than most of these crawls.
    _FORKS.set_forkserver_preload(
        [
            "commands.crawl",
            "pipelines.normalize.normalize",
            "pipelines.topics.tag",
            "spiders.fetch_spider",
            "tests.conftest",
        ]
    )


@pytest.fixture
def hurried_fetches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages that are fetched by name come without politeness, and from processes that start quickly."""
    if _FORKS:
        monkeypatch.setattr(fetch, "_PROCESSES", _FORKS)
    for name, value in HURRIED.items():
        monkeypatch.setitem(fetch.SETTINGS, name, value)


def _told(words: Sequence[str], folder: Path, said: Path, failed: Path) -> None:
    """Run the command line in a process of its own, what it says kept in two files."""
    os.chdir(folder)
    os.environ.update({"SYMPOSIA_STORE": "s.db", "SYMPOSIA_SOURCES": "sources.toml"})
    for stream, path in ((1, said), (2, failed)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), stream)
    sys.argv = ["symposia", *words]
    main()


@pytest.fixture
def symposia(tmp_path: Path) -> Crawl:
    """Runs the command line in the test's folder, in a process of its own; in one from scratch where `more` says how."""

    def forked(*words: str) -> subprocess.CompletedProcess[str]:
        assert _FORKS is not None
        said, failed = tmp_path / "said.txt", tmp_path / "failed.txt"
        process = _FORKS.Process(target=_told, args=(words, tmp_path, said, failed))
        process.start()
        process.join(120)
        return subprocess.CompletedProcess(
            words, process.exitcode or 0, said.read_text("utf-8"), failed.read_text("utf-8")
        )

    def run(*words: str, **more: Any) -> subprocess.CompletedProcess[str]:
        if _FORKS and not more and "SYMPOSIA_ALLOW_PRIVATE" in os.environ:
            return forked(*words)
        env = {**os.environ, "PYTHONPATH": str(ROOT), "SYMPOSIA_STORE": "s.db", "SYMPOSIA_SOURCES": "sources.toml"}
        command = [sys.executable, "-m", "commands.main", *words]
        given: dict[str, Any] = {"capture_output": True, "text": True, "timeout": 120, "check": False, **more}
        return subprocess.run(command, cwd=tmp_path, env=env, **given)

    return run


@pytest.fixture
def crawl(symposia: Crawl) -> Crawl:
    """Crawls what `sources.toml` lists, in a hurry; `now` is what the clocks show."""

    def run(*words: str, now: str = "", **more: Any) -> subprocess.CompletedProcess[str]:
        given = {**HURRIED, "SYMPOSIA_NOW": now}
        settings = [word for name, value in given.items() for word in ("-s", f"{name}={value}")]
        return symposia("crawl", *words, *settings, **more)

    return run
