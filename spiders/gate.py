"""The way out of a browser: a proxy on this machine that connects to no private address (RFC 9110, 7.6 and 9.3.6).

A browser looks names up by itself, follows redirects and opens sockets without asking anyone. What all of them have to pass is
the proxy that it is started with; so the rule of `spiders.network` is held there, on each connection.
"""

from __future__ import annotations

import socket
import threading
from http.client import HTTPException, HTTPResponse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from selectors import EVENT_READ, DefaultSelector
from types import TracebackType
from typing import Any, Self
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies

from spiders.network import GuardedConnection, PrivateAddressError, connect_publicly

IDLE = 60.0
"""Seconds for a connection to be made, and that one may be silent."""
MAX_FORM = 1024 * 1024
"""Bytes that a page may send without TLS at once."""
_PIECE = 64 * 1024
_HOP = {
    "connection", "keep-alive", "proxy-connection", "proxy-authenticate", "proxy-authorization", "te", "trailer",
    "transfer-encoding", "upgrade",
}  # fmt: skip
"""Headers for the next hop alone (RFC 9110, 7.6.1)."""
_NONE = "<-loopback>"
"""Chromium's word for: no exception, not even for this machine."""
_STATUS = 502
_REFUSED = b"Not connected."  # Of an answer without a body Chromium makes an error of its own.
_NOT_THROUGH = "ERR_TUNNEL_CONNECTION_FAILED"
_FAILED = (PrivateAddressError, OSError, HTTPException, ValueError, OverflowError)
"""What keeps a request from being answered: among them UnicodeError, of names that are none."""


class Gate:
    """Such a proxy, on a free port of 127.0.0.1, until it is closed."""

    def __init__(self) -> None:
        self._failures: dict[str, Exception] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Passage", (_Passage,), {"failures": self._failures}))
        self._server.daemon_threads = True
        self._server.block_on_close = False  # Tunnels end with the browser.
        self._server.handle_error = lambda *_: None  # type: ignore[method-assign]  # a browser that leaves hangs up
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.1,), daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let nothing pass any more."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def launch_options(self) -> dict[str, Any]:
        """What Playwright is to launch a browser with, so that all it asks goes this way, or by the machine's own proxy."""
        return {"proxy": _own_proxy() or {"server": f"http://127.0.0.1:{self._server.server_port}", "bypass": _NONE}}

    def forget(self) -> None:
        """Another page is to be opened."""
        self._failures.clear()

    def why(self, said: str) -> Exception | None:
        """Why a page was not opened, of which the browser only said that it was not let through; None where it said else."""
        return next(reversed(self._failures.values()), None) if _NOT_THROUGH in said else None

    def why_not(self, url: str, status: int) -> Exception | None:
        """Why `url` was not connected to, if an answer of that status is the gate's own."""
        return self._failures.get(urlsplit(url).hostname or "") if status == _STATUS else None


def _own_proxy() -> dict[str, str] | None:
    """The proxy that the environment names (`https_proxy`, else `http_proxy`), as Playwright takes it; None without one."""
    found = getproxies()
    url = found.get("https") or found.get("http")
    if not url:
        return None
    parts = urlsplit(url if "://" in url else f"http://{url}")
    name = {"username": unquote(parts.username), "password": unquote(parts.password or "")} if parts.username else {}
    return {"server": f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}", "bypass": _NONE, **name}


class _Passage(BaseHTTPRequestHandler):
    """One connection of the browser: a tunnel, or one request without TLS."""

    timeout = IDLE
    failures: dict[str, Exception]

    def do_CONNECT(self) -> None:
        """Called by the server: a tunnel, for TLS and WebSockets."""
        host, _, port = self.path.rpartition(":")
        host = host.strip("[]")
        try:
            there = connect_publicly((host, int(port)), IDLE)
        except _FAILED as error:
            self._refuse(host, error)
            return
        with there:
            self.send_response_only(200, "Connection established")
            self.end_headers()
            _tunnel(self.connection, there)

    def do_GET(self) -> None:
        """Called by the server: a request whose address is written out in full."""
        host = ""
        try:
            host, port, target = _asked(self.path)
            asked = GuardedConnection(host, port, timeout=IDLE)
        except _FAILED as error:
            self._refuse(host, error)
            return
        try:
            asked.request(self.command, target, self._form(), self._headers())
            answer = asked.getresponse()
        except _FAILED as error:
            self._refuse(host, error)
        else:
            with answer:
                self._answer(answer)
        finally:
            asked.close()

    do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_GET  # noqa: N815 - the server's names

    def _form(self) -> bytes | None:
        """What the page sends. Raises ValueError where that is too much."""
        size = int(self.headers.get("Content-Length", "0"))
        if not 0 <= size <= MAX_FORM:
            raise ValueError(f"{size} bytes are sent, which are more than {MAX_FORM}")
        return self.rfile.read(size) if size else None

    def _headers(self) -> dict[str, str]:
        kept = {name: value for name, value in self.headers.items() if name.casefold() not in _HOP}
        return {**kept, "Connection": "close"}

    def _answer(self, answer: HTTPResponse) -> None:
        self.close_connection = True
        self.send_response_only(answer.status, answer.reason)
        for name, value in answer.getheaders():
            if name.casefold() not in _HOP:
                self.send_header(name, value)
        self.send_header("Connection", "close")
        self.end_headers()
        while piece := answer.read1(_PIECE):
            self.wfile.write(piece)

    def _refuse(self, host: str, error: Exception) -> None:
        self.failures.pop(host, None)
        self.failures[host] = error
        self.close_connection = True
        self.send_response_only(_STATUS, "Not connected")
        self.send_header("Content-Length", str(len(_REFUSED)))
        self.end_headers()
        self.wfile.write(_REFUSED)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet: what the browser asks for is counted by who started it."""


def _asked(url: str) -> tuple[str, int, str]:
    """Host, port, and what is asked of the server itself. Raises ValueError for what is not asked without TLS."""
    parts = urlsplit(url)
    if parts.scheme != "http" or not parts.hostname:
        raise ValueError(f"{url[:100]!r} is not passed on")
    return parts.hostname, parts.port or 80, f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"


def _tunnel(here: socket.socket, there: socket.socket) -> None:
    """Pass on what either side sends, until one ends, or both are silent for too long."""
    with DefaultSelector() as ready:
        ready.register(here, EVENT_READ, there)
        ready.register(there, EVENT_READ, here)
        while events := ready.select(IDLE):
            for key, _ in events:
                assert isinstance(key.fileobj, socket.socket)
                piece = key.fileobj.recv(_PIECE)
                if not piece:
                    return
                key.data.sendall(piece)
