"""What a browser asks for goes out by a gate, which leads to no private address: not by a redirect, nor by a WebSocket."""

from __future__ import annotations

import http.client
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path

import pytest

from pipelines.store.store import Store
from spiders import network
from spiders.gate import Gate
from tests.command_line import FILES, PATIENCE, run_command

needs_chromium = pytest.mark.skipif(
    find_spec("scrapy_playwright") is None or not (os.environ.get("SYMPOSIA_CHROMIUM") or shutil.which("chromium")),
    reason="scrapy-playwright or a chromium is not installed",
)
INSIDE = "127.0.0.2"
"""The one address that is private in these tests; what is served is at 127.0.0.1."""
SCRIPT = """<script>
new WebSocket("ws://127.0.0.2:{port}/socket"); new WebSocket("ws://127.0.0.1:{port}/socket");
fetch("http://127.0.0.2:{port}/direct", {{mode: "no-cors"}}); fetch("/moved", {{mode: "no-cors"}});
fetch("/form", {{method: "POST", body: "words"}});
</script>here"""


class Serving(BaseHTTPRequestHandler):
    """A page that tries all ways inside; `/moved` leads there, `/pieces` comes in pieces; and what was asked for where."""

    protocol_version = "HTTP/1.1"
    asked: list[tuple[str, str, bytes]]

    def do_GET(self) -> None:
        """Called by the server."""
        size = int(self.headers.get("Content-Length", "0"))
        self.asked.append((self.connection.getsockname()[0], self.path, self.rfile.read(size)))
        port = self.server.server_port  # type: ignore[attr-defined]
        moved, pieces = self.path == "/moved", self.path == "/pieces"
        self.send_response(302 if moved else 200)
        self.send_header("Content-Type", "text/html")
        if moved:
            self.send_header("Location", f"http://{INSIDE}:{port}/inside")
        body = b"5\r\nhere \r\n3\r\nit\n\r\n0\r\n\r\n" if pieces else SCRIPT.format(port=port).encode()
        self.send_header(*(("Transfer-Encoding", "chunked") if pieces else ("Content-Length", str(len(body)))))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET  # noqa: N815 - the server's name

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def served() -> Iterator[tuple[int, list[tuple[str, str, bytes]]]]:
    """The port of the server, on all addresses of the loopback that there are, and what it was asked for."""
    asked: list[tuple[str, str, bytes]] = []
    serving = ThreadingHTTPServer(("0.0.0.0", 0), type("Here", (Serving,), {"asked": asked}))
    serving.handle_error = lambda *_: None  # type: ignore[method-assign]  # a browser that leaves hangs up
    serving.daemon_threads = True
    thread = threading.Thread(target=serving.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield serving.server_port, asked
    serving.shutdown()
    serving.server_close()
    thread.join()


@pytest.fixture
def one_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of all addresses, INSIDE alone is private."""
    monkeypatch.setattr(network, "is_private_address", lambda address: address == INSIDE)


def through(
    gate: Gate, method: str, target: str, body: bytes | None = None, headers: dict[str, str] | None = None
) -> tuple[int, bytes]:
    """What the gate answers."""
    asked = http.client.HTTPConnection(gate.launch_options["proxy"]["server"].removeprefix("http://"), timeout=PATIENCE)
    asked.request(method, target, body, headers or {})
    answer = asked.getresponse()
    found = answer.status, b"" if method == "CONNECT" and answer.status == 200 else answer.read()
    answer.close()
    asked.close()
    return found


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "[::ffff:127.0.0.1]", "10.0.0.1"]
)
@pytest.mark.parametrize("method", ["GET", "POST", "CONNECT"])
def test_nothing_leads_inside(served: tuple[int, list[tuple[str, str, bytes]]], host: str, method: str) -> None:
    """In no spelling, with TLS or without."""
    port, asked = served
    target = f"{host}:{port}" if method == "CONNECT" else f"http://{host}:{port}/"
    with Gate() as gate:
        assert through(gate, method, target) == (502, b"Not connected.")
        assert "is a private address" in str(gate.explain_error("net::ERR_TUNNEL_CONNECTION_FAILED"))
        assert gate.explain_error("net::ERR_ABORTED") is None
    assert asked == []


@pytest.mark.parametrize(
    "target",
    ["/", "ftp://a.example/", "https://a.example/", "http://", "http://a.invalid/", "http://127.0.0.1:1/", "http://a:99999/"],
)  # fmt: skip
@pytest.mark.usefixtures("one_inside")
def test_what_is_no_address(target: str) -> None:
    """Is refused, and the gate stays open."""
    with Gate() as gate:
        assert through(gate, "GET", target)[0] == 502
        assert through(gate, "CONNECT", target)[0] == 502


@pytest.mark.usefixtures("one_inside")
def test_the_rest_passes(served: tuple[int, list[tuple[str, str, bytes]]]) -> None:
    """Answers of either kind, forms within bounds, tunnels."""
    port, asked = served
    base = f"http://127.0.0.1:{port}"
    with Gate() as gate:
        assert through(gate, "GET", f"{base}/pieces?a=1") == (200, SCRIPT.format(port=port).encode())
        assert through(gate, "GET", f"{base}/pieces") == (200, b"here it\n")
        assert through(gate, "POST", f"{base}/form", b"words")[0] == 200
        assert through(gate, "POST", f"{base}/form", headers={"Content-Length": "2000000"})[0] == 502
        assert through(gate, "CONNECT", f"127.0.0.1:{port}")[0] == 200
    assert asked == [
        ("127.0.0.1", "/pieces?a=1", b""),
        ("127.0.0.1", "/pieces", b""),
        ("127.0.0.1", "/form", b"words"),
    ]


@pytest.mark.parametrize(
    ("proxy", "options"),
    [
        ("http://proxy.example:3128", {"server": "http://proxy.example:3128", "bypass": "<-loopback>"}),
        ("proxy.example:3128", {"server": "http://proxy.example:3128", "bypass": "<-loopback>"}),
        (
            "http://me:p%40ss@proxy.example:3128",
            {"server": "http://proxy.example:3128", "bypass": "<-loopback>", "username": "me", "password": "p@ss"},
        ),
    ],
)
def test_behind_a_proxy(monkeypatch: pytest.MonkeyPatch, proxy: str, options: dict[str, str]) -> None:
    """The machine's own proxy is the way out, and this machine no exception from it."""
    monkeypatch.setenv("https_proxy", proxy)
    with Gate() as gate:
        assert gate.launch_options == {"proxy": options}


@pytest.mark.slow
@needs_chromium
def test_a_browser_goes_out_by_the_gate(served: tuple[int, list[tuple[str, str, bytes]]]) -> None:
    """For a person who tries a page: its scripts lead nowhere inside, nor does where it redirects."""
    port, asked = served
    # Forked, so that the child process knows the one address as well.
    program = (
        "import multiprocessing\nfrom spiders import fetch, network\nfrom symposia.errors import FetchError\n"
        f"network.is_private_address = lambda address: address == {INSIDE!r}\n"
        "fetch._PROCESSES = multiprocessing.get_context('fork')\n"
        "with fetch.Fetcher(browser=True) as fetcher:\n"
        f"    assert b'here' in fetcher.fetch('http://127.0.0.1:{port}/').body\n"
        "    try:\n"
        f"        fetcher.fetch('http://127.0.0.1:{port}/moved')\n"
        "    except FetchError as error:\n"
        "        print(error.cause, error.detail)\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )

    assert (
        done.stdout == f"private_address {INSIDE} is a private address; to read it all the same: --allow-private\n"
    ), done.stderr
    assert {host for host, _, _ in asked} == {"127.0.0.1"}
    assert {path for _, path, _ in asked} >= {"/", "/socket", "/moved", "/form"}


def make_one_private() -> None:
    """Of all addresses, INSIDE alone is private to this process."""
    network.is_private_address = lambda address: address == INSIDE


@needs_chromium
def test_a_crawl_in_a_browser_goes_out_by_the_gate(
    served: tuple[int, list[tuple[str, str, bytes]]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same, unattended; the cause is named."""
    port, asked = served
    monkeypatch.delenv("SYMPOSIA_ALLOW_PRIVATE")
    entries = [
        f'[[source]]\nid = "{name}"\nname = "A"\nurl = "http://127.0.0.1:{port}/{name}"\nbrowser = true\n'
        for name in ("page", "moved")
    ]
    (tmp_path / "sources.toml").write_text("".join(entries), encoding="utf-8")
    settings = [f"-s{name}" for name in ("ROBOTSTXT_OBEY=0", "AUTOTHROTTLE_ENABLED=0", "DOWNLOAD_DELAY=0")]

    done = run_command("crawl", *settings, cwd=tmp_path, env=FILES, before=make_one_private)

    with Store.open(tmp_path / "s.db") as store:
        moved = store.get_last_runs()["moved"]
    assert moved.cause == "private_address", done.stderr
    assert f"{INSIDE} is a private address; to read it all the same: --allow-private" in done.stderr
    assert {host for host, _, _ in asked} == {"127.0.0.1"}
    assert {path for _, path, _ in asked} == {"/page", "/socket", "/moved", "/form"}
