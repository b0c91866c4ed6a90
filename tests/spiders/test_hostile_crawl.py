"""One real crawl of a server that does everything wrong: each source fails by its own name, and the good one is read."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from tests.command_line import Result, run_command

HURRIED = (
    "DOWNLOAD_DELAY=0",
    "AUTOTHROTTLE_ENABLED=False",
    "RETRY_ENABLED=False",
    "CONCURRENT_REQUESTS_PER_DOMAIN=8",
    "DOWNLOAD_TIMEOUT=120",
)

GOOD = b"""BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Guild//EN
BEGIN:VEVENT
UID:good-1
DTSTAMP:20260101T000000Z
DTSTART;VALUE=DATE:20270303
SUMMARY:Reading Day
END:VEVENT
END:VCALENDAR
"""
BOMB = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><rss version="2.0"><channel><item><title>&c;</title></item></channel></rss>"""
DEEP = b'<html><script type="application/ld+json">' + b'{"event":[' * 10_000 + b"]}" * 10_000 + b"</script></html>"
SCRIPT = b"""<html><script type="application/ld+json">{"@context": "https://schema.org", "@type": "Event", "name": "Safe Links",
"startDate": "2027-03-03", "url": "javascript:alert(1)"}</script></html>"""
LATIN = GOOD.replace(b"Reading Day", "Lesetag für Anfänger".encode("latin-1")).replace(b"good-1", b"latin-1")

PAGES: dict[str, tuple[int, str, bytes]] = {
    "/good": (200, "text/calendar", GOOD),
    "/latin": (200, "text/calendar; charset=utf-8", LATIN),
    "/links": (200, "text/html", SCRIPT),
    "/nothing": (200, "text/calendar", b""),
    "/blank": (200, "text/html", b" \n \n"),
    "/html": (200, "text/calendar", b"<html><title>Welcome</title><body><p>Our new home.</p></body></html>"),
    "/bomb": (200, "application/rss+xml", BOMB),
    "/deep": (200, "text/html", DEEP),
    "/forbidden": (403, "text/html", b"no"),
    "/gone": (404, "text/html", b"no"),
    "/broken": (503, "text/html", b"later"),
    "/picture": (200, "text/html", b"\x89PNG\r\n\x1a\n" + bytes(64)),
}
EXPECTED = {
    "good": ("ok", None),
    "latin": ("ok", None),
    "links": ("ok", None),
    "nothing": ("failed", "empty_body"),
    "blank": ("failed", "empty_body"),
    "html": ("failed", "unrecognised"),
    "bomb": ("failed", "wrong_content"),
    "deep": ("failed", "all_refused"),
    "forbidden": ("failed", "blocked"),
    "gone": ("failed", "not_found"),
    "broken": ("failed", "http"),
    "picture": ("failed", "wrong_content"),
    "huge": ("failed", "too_large"),
    "endless": ("failed", "redirects"),
    "reset": ("failed", "connection"),
    "private": ("failed", "robots"),
    "refused": ("failed", "connection"),
}


class Hostile(BaseHTTPRequestHandler):
    """Answers each path in its own wrong way."""

    def do_GET(self) -> None:
        """Called by the server."""
        if self.path == "/robots.txt":
            self._send(200, "text/plain", b"User-agent: *\nDisallow: /private\n")
        elif self.path.startswith("/endless"):
            self.send_response(302)
            self.send_header("Location", f"{self.path}x")
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif self.path == "/reset":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
            self.connection.close()
        elif self.path == "/huge":
            self._huge()
        else:
            self._send(*PAGES.get(self.path, (404, "text/plain", b"")))

    def _send(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _huge(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/calendar")
        self.end_headers()
        try:
            for _ in range(100):
                self.wfile.write(b"X" * 1024 * 1024)
        except OSError:
            pass  # The crawler hung up, as it should.

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture(scope="module")
def base(serve: Callable[[type[BaseHTTPRequestHandler]], str]) -> str:
    """The address of the hostile server."""
    return serve(Hostile)


@pytest.fixture(scope="module")
def crawled(
    base: str, serve: Callable[[type[BaseHTTPRequestHandler]], str], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Result]:
    """The folder of one crawl over every hostile source, and what the command said."""
    folder = tmp_path_factory.mktemp("hostile")
    addresses = {name: f"{base}/{name}" for name in EXPECTED} | {"refused": "http://127.0.0.1:1/"}
    # A host that answers 503 is asked no more: this one is its own.
    addresses["broken"] = f"{serve(Hostile)}/broken"
    entries = [f'[[source]]\nid = "{name}"\nname = "{name}"\nurl = "{url}"\n' for name, url in addresses.items()]
    (folder / "sources.toml").write_text("\n".join(entries), encoding="utf-8")
    settings = [word for setting in HURRIED for word in ("-s", setting)]
    done = run_command(
        "crawl", "--sources", "sources.toml", "--store", "s.db", "--record", "r.warc.gz", *settings, cwd=folder
    )
    return folder, done


def statuses(folder: Path, store: str) -> dict[str, tuple[str, str | None]]:
    """The status and cause of each source."""
    done = run_command("sources", "--sources", "sources.toml", "--store", store, "--jsonl", cwd=folder)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return {line["id"]: (line["status"], line["cause"]) for line in lines}


def names(folder: Path, store: str) -> set[str]:
    """The names of all stored events."""
    done = run_command("events", "--all", "--store", store, "--jsonl", cwd=folder)
    return {json.loads(line)["name"] for line in done.stdout.splitlines()}


def test_each_failure_is_named_and_the_rest_is_read(crawled: tuple[Path, Result]) -> None:
    """Seventeen sources, fourteen ways to fail."""
    folder, done = crawled

    assert done.returncode == 3, done.stderr
    assert statuses(folder, "s.db") == EXPECTED
    assert names(folder, "s.db") == {"Reading Day", "Lesetag für Anfänger", "Safe Links"}


def test_the_summary_is_one_line_and_each_failure_one(crawled: tuple[Path, Result]) -> None:
    """What cron would mail."""
    _, done = crawled

    assert done.stdout == "17 sources: 3 ok, 0 empty, 14 failed; 3 events, 1 refused\n"
    assert sorted(
        line.split(":")[1].strip() for line in done.stderr.splitlines() if line.startswith("failed: ")
    ) == sorted(name for name, (status, _) in EXPECTED.items() if status == "failed")


def test_a_replay_gives_the_same_events(crawled: tuple[Path, Result]) -> None:
    """From the archive alone; what never answered is not in it."""
    folder, _ = crawled

    done = run_command("crawl", "--sources", "sources.toml", "--store", "again.db", "--replay", "r.warc.gz", cwd=folder)
    again = statuses(folder, "again.db")

    assert done.returncode == 3, done.stderr
    assert names(folder, "again.db") == names(folder, "s.db")
    assert {name for name, (_, cause) in again.items() if cause == "not_in_archive"} == {"huge", "reset", "refused"}
    assert again["private"] == ("failed", "robots")
