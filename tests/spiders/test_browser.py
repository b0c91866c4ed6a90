"""One real crawl of pages that scripts make, with a real browser; and what is said where there is none."""

from __future__ import annotations

import json
import os
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path

import pytest

from spiders.causes import find_cause
from symposia.errors import Cause
from tests.command_line import run_command

CHROMIUM = os.environ.get("SYMPOSIA_CHROMIUM") or shutil.which("chromium")
HURRIED = ("DOWNLOAD_DELAY=0", "AUTOTHROTTLE_ENABLED=False", "RETRY_ENABLED=False")
needs_chromium = pytest.mark.skipif(
    find_spec("scrapy_playwright") is None or not CHROMIUM,
    reason="scrapy-playwright or a chromium is not installed",
)

LIST = b"""<!doctype html><html lang="en"><head><title>Events | Guild</title></head><body>
<div id="root"></div><img src="/logo.png"><script>
fetch("/events.json").then(answer => answer.json()).then(events => {
  document.getElementById("root").innerHTML = "<h1>Events</h1>" + events.map(
    event => `<article><h2>${event.name}</h2><p>${event.when}</p></article>`).join("");
});
</script></body></html>"""
EVENTS = [
    {"name": "Fractions Workshop", "when": "3 March 2027, 16:00 - 17:00"},
    {"name": "Geometry Workshop", "when": "10 March 2027, 16:00 - 17:00"},
]
PAGES = {
    "/robots.txt": (200, "text/plain", b"User-agent: *\nDisallow: /private\n"),
    "/list": (200, "text/html; charset=utf-8", LIST),
    "/events.json": (200, "application/json", json.dumps(EVENTS).encode()),
    "/restless": (200, "text/html", LIST.replace(b"<script>", b"<script>setInterval(() => fetch('/tick'), 100);")),
    "/private": (200, "text/html", LIST),
    "/tick": (200, "text/plain", b"tick"),
}
CAUSES = {"list": "ok", "restless": "ok", "private": "robots", "gone": "not_found"}
"""How the crawl of each source ends."""


class Scripted(BaseHTTPRequestHandler):
    """Serves PAGES, and keeps who asked for what."""

    asked: list[tuple[str, str]]

    def do_GET(self) -> None:
        """Called by the server."""
        self.asked.append((self.path, self.headers["User-Agent"]))
        status, kind, body = PAGES.get(self.path, (404, "text/plain", b"no"))
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def server() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The address of a server of pages that scripts make, and who asked it for what."""
    asked: list[tuple[str, str]] = []
    serving = ThreadingHTTPServer(("127.0.0.1", 0), type("Serving", (Scripted,), {"asked": asked}))
    serving.handle_error = lambda *_: None  # type: ignore[method-assign]  # a browser that leaves hangs up
    thread = threading.Thread(target=serving.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{serving.server_port}", asked
    serving.shutdown()
    serving.server_close()
    thread.join()


def crawl(
    folder: Path,
    base: str,
    names: tuple[str, ...],
    *more: str,
    before: Callable[[], None] | None = None,
    **env: str,
) -> dict[str, tuple[str, str]]:
    """Crawl those sources in a browser; the status and the cause of each, and what was said of it."""
    entries = [f'[[source]]\nid = "{name}"\nname = "{name}"\nurl = "{base}/{name}"\nbrowser = true\n' for name in names]
    (folder / "sources.toml").write_text("\n".join(entries), encoding="utf-8")
    settings = [word for setting in HURRIED for word in ("-s", setting)]
    words = ("--sources", "sources.toml", "--store", "s.db", *settings, *more)
    done = run_command("crawl", *words, cwd=folder, env=env, before=before)
    assert "Traceback" not in done.stderr, done.stderr
    shown = run_command("sources", "--sources", "sources.toml", "--store", "s.db", "--jsonl", cwd=folder)
    lines = [json.loads(line) for line in shown.stdout.splitlines()]
    return {line["id"]: (line["cause"] or line["status"], line["detail"] or "") for line in lines}


def events(folder: Path) -> list[tuple[str, str]]:
    """The name and the start of each stored event."""
    shown = run_command("events", "--all", "--store", "s.db", "--jsonl", cwd=folder)
    return [(event["name"], event["start"]) for event in map(json.loads, shown.stdout.splitlines())]


@needs_chromium
@pytest.mark.parametrize(
    "sources", [("list",), pytest.param(("restless", "private", "gone"), marks=pytest.mark.slow)], ids="-".join
)
def test_pages_that_scripts_make(
    server: tuple[str, list[tuple[str, str]]], tmp_path: Path, sources: tuple[str, ...]
) -> None:
    """Read as a browser shows them: also one that never ceases to ask; robots.txt holds, and no picture is fetched.

    What is recorded is what the browser showed: a replay needs no browser.
    """
    base, asked = server
    ended = {name: CAUSES[name] for name in sources}
    workshops = {("Fractions Workshop", "2027-03-03T16:00"), ("Geometry Workshop", "2027-03-10T16:00")}

    found = crawl(tmp_path, base, sources, "--record", "r.warc.gz")

    assert {name: cause for name, (cause, _) in found.items()} == ended
    assert set(events(tmp_path)) == workshops
    paths = [path for path, _ in asked]
    assert "/logo.png" not in paths
    assert "/private" not in paths
    assert all(agent.startswith("Symposia/") for _, agent in asked)

    (tmp_path / "s.db").unlink()
    asked.clear()
    again = crawl(tmp_path, base, sources, "--replay", "r.warc.gz", PATH="", SYMPOSIA_CHROMIUM="/nowhere/chromium")

    assert {name: cause for name, (cause, _) in again.items()} == ended
    assert set(events(tmp_path)) == workshops
    assert asked == []


@needs_chromium
def test_no_chromium(server: tuple[str, list[tuple[str, str]]], tmp_path: Path) -> None:
    """The extra is there, and the browser is not: the source says what it needs."""
    found = crawl(tmp_path, server[0], ("list",), SYMPOSIA_CHROMIUM="/nowhere/chromium")

    assert found["list"][0] == "needs_browser"
    assert "pip install 'symposia[browser]'" in found["list"][1]


def hide_extra() -> None:
    """Make this process one in which scrapy-playwright is not installed."""
    sys.modules["scrapy_playwright"] = None  # type: ignore[assignment]  # what Python knows a missing module by


def test_no_extra(server: tuple[str, list[tuple[str, str]]], tmp_path: Path) -> None:
    """Nothing is asked of the site, and the source says what it needs."""
    base, asked = server

    found = crawl(tmp_path, base, ("list",), before=hide_extra)

    assert found["list"][0] == "needs_browser"
    assert "pip install 'symposia[browser]'" in found["list"][1]
    assert asked == []


PlaywrightError = type("Error", (Exception,), {"__module__": "playwright._impl._errors"})
SAID = [
    ("Page.goto: net::ERR_NAME_NOT_RESOLVED at https://guild.example/", Cause.DNS),
    ("Page.goto: net::ERR_CERT_AUTHORITY_INVALID at https://guild.example/", Cause.TLS),
    ("Page.goto: net::ERR_TOO_MANY_REDIRECTS at https://guild.example/", Cause.REDIRECTS),
    ("Page.goto: Timeout 60000ms exceeded.", Cause.TIMEOUT),
    ("Page.goto: net::ERR_CONNECTION_REFUSED at https://guild.example/", Cause.CONNECTION),
    ("BrowserType.launch: Executable doesn't exist at /nowhere/chromium", Cause.NEEDS_BROWSER),
]


@pytest.mark.parametrize(("words", "cause"), SAID, ids=[str(cause) for _, cause in SAID])
def test_what_a_browser_says_has_a_cause(words: str, cause: Cause) -> None:
    """All its errors are of one type, and told apart by their words."""
    assert find_cause(PlaywrightError(words)) is cause
