"""A browser's way out: a proxy on this machine that connects to no private address (RFC 9110, 7.6 and 9.3.6).

A browser looks names up by itself, follows redirects and opens sockets without asking anyone. All of that has to pass the
proxy that it is started with, so the proxy applies the rule of `spiders.network` to each connection.
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
"""Seconds in which a connection must be made, and for which one may be silent: as long as a crawl waits for a page."""
MAX_FORM = 1024 * 1024
"""Bytes that a page may send in one request without TLS: scripts that fetch a listing send far less."""
_CHUNK = 64 * 1024
"""Bytes that are passed on at once."""
_HOP_HEADERS = {
    "connection", "keep-alive", "proxy-connection", "proxy-authenticate", "proxy-authorization", "te", "trailer",
    "transfer-encoding", "upgrade",
}  # fmt: skip
"""Headers for the next hop alone (RFC 9110, 7.6.1)."""
_NO_EXCEPTIONS = "<-loopback>"
"""What tells Chromium to use the proxy for this machine too."""
_BAD_GATEWAY = 502
"""RFC 9110, 15.6.3."""
_REFUSAL = b"Not connected."  # Chromium replaces an answer without a body by an error of its own.
_TUNNEL_REFUSAL = "ERR_TUNNEL_CONNECTION_FAILED"
"""Chromium's error for a tunnel that was not opened."""
_FAILURES = (PrivateAddressError, OSError, HTTPException, ValueError, OverflowError)
"""What keeps a request from being answered; ValueError holds UnicodeError, of names that are none."""


class Gate:
    """The proxy, on a free port of 127.0.0.1, until it is closed."""

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
        """Stop the proxy; from now on nothing passes."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def launch_options(self) -> dict[str, Any]:
        """Playwright's options for a browser whose requests all go through the gate, or through the machine's own proxy."""
        return {
            "proxy": _find_own_proxy()
            or {"server": f"http://127.0.0.1:{self._server.server_port}", "bypass": _NO_EXCEPTIONS}
        }

    def forget_failures(self) -> None:
        """Forget what failed: another page is opened."""
        self._failures.clear()

    def explain_error(self, message: str) -> Exception | None:
        """Find why a page was not opened, from the browser's message; None where the gate is not the reason."""
        return next(reversed(self._failures.values()), None) if _TUNNEL_REFUSAL in message else None

    def explain_answer(self, url: str, status: int) -> Exception | None:
        """Find why a page was not connected to; None where an answer of that status is not the gate's own."""
        return self._failures.get(urlsplit(url).hostname or "") if status == _BAD_GATEWAY else None


def _find_own_proxy() -> dict[str, str] | None:
    """Find the proxy that the environment names (`https_proxy`, else `http_proxy`), as Playwright takes it; None without one."""
    proxies = getproxies()
    url = proxies.get("https") or proxies.get("http")
    if not url:
        return None
    parts = urlsplit(url if "://" in url else f"http://{url}")
    user = {"username": unquote(parts.username), "password": unquote(parts.password or "")} if parts.username else {}
    return {"server": f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}", "bypass": _NO_EXCEPTIONS, **user}


class _Passage(BaseHTTPRequestHandler):
    """One connection of the browser: a tunnel, or one request without TLS."""

    timeout = IDLE
    failures: dict[str, Exception]

    def do_CONNECT(self) -> None:
        """Open a tunnel, for TLS and WebSockets (RFC 9110, 9.3.6)."""
        host, _, port = self.path.rpartition(":")
        host = host.strip("[]")
        try:
            remote = connect_publicly((host, int(port)), IDLE)
        except _FAILURES as error:
            self._refuse(host, error)
            return
        with remote:
            self.send_response_only(200, "Connection established")
            self.end_headers()
            _relay(self.connection, remote)

    def do_GET(self) -> None:
        """Pass on a request whose address is written out in full, and its answer."""
        host = ""
        try:
            host, port, target = _parse_target(self.path)
            connection = GuardedConnection(host, port, timeout=IDLE)
        except _FAILURES as error:
            self._refuse(host, error)
            return
        try:
            connection.request(self.command, target, self._read_form(), self._end_to_end_headers())
            answer = connection.getresponse()
        except _FAILURES as error:
            self._refuse(host, error)
        else:
            with answer:
                self._send(answer)
        finally:
            connection.close()

    do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_GET  # noqa: N815 - the server's names

    def _read_form(self) -> bytes | None:
        """Read what the page sends; None where it sends nothing. Raises ValueError for more than MAX_FORM."""
        size = int(self.headers.get("Content-Length", "0"))
        if not 0 <= size <= MAX_FORM:
            raise ValueError(f"{size} bytes are sent, which are more than {MAX_FORM}")
        return self.rfile.read(size) if size else None

    def _end_to_end_headers(self) -> dict[str, str]:
        kept = {name: value for name, value in self.headers.items() if name.casefold() not in _HOP_HEADERS}
        return {**kept, "Connection": "close"}

    def _send(self, answer: HTTPResponse) -> None:
        self.close_connection = True
        self.send_response_only(answer.status, answer.reason)
        for name, value in answer.getheaders():
            if name.casefold() not in _HOP_HEADERS:
                self.send_header(name, value)
        self.send_header("Connection", "close")
        self.end_headers()
        while chunk := answer.read1(_CHUNK):
            self.wfile.write(chunk)

    def _refuse(self, host: str, error: Exception) -> None:
        self.failures.pop(host, None)
        self.failures[host] = error
        self.close_connection = True
        self.send_response_only(_BAD_GATEWAY, "Not connected")
        self.send_header("Content-Length", str(len(_REFUSAL)))
        self.end_headers()
        self.wfile.write(_REFUSAL)

    def log_message(self, format: str, *args: Any) -> None:
        """Log nothing: what the browser asks for is counted by the crawl."""


def _parse_target(url: str) -> tuple[str, int, str]:
    """Split the address of a request into host, port and target. Raises ValueError for any other scheme than http."""
    parts = urlsplit(url)
    if parts.scheme != "http" or not parts.hostname:
        raise ValueError(f"{url[:100]!r} is not passed on")
    return parts.hostname, parts.port or 80, f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"


def _relay(local: socket.socket, remote: socket.socket) -> None:
    """Pass on what either side sends, until one ends, or both are silent for IDLE seconds."""
    with DefaultSelector() as ready:
        ready.register(local, EVENT_READ, remote)
        ready.register(remote, EVENT_READ, local)
        while events := ready.select(IDLE):
            for key, _ in events:
                assert isinstance(key.fileobj, socket.socket)
                chunk = key.fileobj.recv(_CHUNK)
                if not chunk:
                    return
                key.data.sendall(chunk)
