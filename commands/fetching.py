"""One page fetched for a person who named it: `extract`, `add`. Crawls are Scrapy's."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from http.client import HTTPException, HTTPMessage
from ssl import create_default_context
from threading import Thread
from time import monotonic
from typing import IO, Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    UnknownHandler,
)

import click
from scrapy.utils.misc import load_object
from w3lib.url import safe_url_string

from spiders.archive import Recorded
from spiders.catalogue import url_fault
from spiders.causes import cause_of
from spiders.gate import Gate
from spiders.network import GuardedConnection, GuardedTlsConnection, PrivateAddressError
from spiders.settings import (
    DOWNLOAD_MAXSIZE,
    DOWNLOAD_TIMEOUT,
    REDIRECT_MAX_TIMES,
    SYMPOSIA_BROWSER,
    USER_AGENT,
)
from spiders.source import NO_BROWSER, SETTLED, browser_meta, is_unwanted
from symposia.errors import Cause

_PIECE = 64 * 1024
_ON_THE_WAY = {"content-encoding", "transfer-encoding", "content-length"}
"""Headers that speak of the body as it was sent, which is not kept."""


def fetch(url: str, *, allow_private: bool = False) -> Recorded:
    """The answer at `url`, its body unpacked. Raises click.ClickException where there is none, or none within bounds:

    of size, and of time from the first step to the last; and where its address is private, unless that is allowed.
    """
    if fault := url_fault(url):
        raise click.ClickException(fault)
    try:
        address = safe_url_string(url)
    except ValueError as error:  # half a character
        raise click.ClickException(f"{url!r} is no address") from error
    found: list[Recorded | Exception] = []
    # In a thread, as a server that sends a byte a minute outlasts every timeout that sockets know.
    worker = Thread(target=_answer_into, args=(found, address, allow_private), daemon=True)
    worker.start()
    worker.join(DOWNLOAD_TIMEOUT)
    if not found:
        raise click.ClickException(f"{url}: no complete answer within {DOWNLOAD_TIMEOUT} seconds")
    if isinstance(found[0], Exception):
        raise click.ClickException(f"{url}: {_said(found[0])}") from found[0]
    return found[0]


def opener(allow_private: bool) -> OpenerDirector:
    """urllib's opener without what reads files, FTP and `data:`; it raises PrivateAddressError unless those are allowed."""
    made = OpenerDirector()
    web = (HTTPHandler, HTTPSHandler) if allow_private else (_GuardedHTTP, _GuardedHTTPS)
    for handler in (ProxyHandler, *web, HTTPDefaultErrorHandler, HTTPErrorProcessor):
        made.add_handler(handler())
    made.add_handler(_Redirects())
    made.add_handler(UnknownHandler())
    made.addheaders = [("User-Agent", USER_AGENT), ("Accept-Encoding", "gzip")]
    return made


def content_type(answer: Recorded) -> str:
    """The Content-Type that came with an answer; empty where none did."""
    return next((value for name, value in answer.headers if name.casefold() == "content-type"), "")


class _TooLargeError(Exception):
    """The body is larger than a crawl would take, packed or unpacked."""


class _Redirects(HTTPRedirectHandler):
    """Follows redirects within the web only, and as many as a crawl does."""

    max_redirections = REDIRECT_MAX_TIMES

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        """Called by urllib. Raises URLError for an address that is none of the web."""
        if urlsplit(newurl).scheme not in ("http", "https"):
            fp.close()
            raise URLError(f"redirects to {newurl}, which is neither http nor https")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class _GuardedHTTP(HTTPHandler):
    def http_open(self, req: Request) -> Any:
        """Called by urllib."""
        return self.do_open(GuardedConnection, req)


class _GuardedHTTPS(HTTPSHandler):
    def https_open(self, req: Request) -> Any:
        """Called by urllib."""
        return self.do_open(GuardedTlsConnection, req, context=create_default_context())


def _answer_into(found: list[Recorded | Exception], url: str, allow_private: bool) -> None:
    try:
        with opener(allow_private).open(url, timeout=DOWNLOAD_TIMEOUT) as response:
            found.append(_recorded(response))
    except HTTPError as error:
        error.close()
        found.append(error)
    except (OSError, ValueError, HTTPException, zlib.error, _TooLargeError, PrivateAddressError) as error:
        found.append(error)


def _recorded(response: Any) -> Recorded:
    packing = (response.headers.get("Content-Encoding") or "").strip().casefold()
    return Recorded(
        url=response.url,
        status=response.status,
        headers=tuple((name, value) for name, value in response.headers.items() if name.casefold() not in _ON_THE_WAY),
        body=_unpacked(_body(response), packing),
        fetched_at=datetime.now(UTC),
    )


def _body(response: Any) -> bytes:
    """All that is sent. Raises _TooLargeError, TimeoutError, and IncompleteRead where less comes than was promised."""
    late = monotonic() + DOWNLOAD_TIMEOUT
    pieces: list[bytes] = []
    size = 0
    while piece := response.read1(_PIECE):
        pieces.append(piece)
        size += len(piece)
        if size > DOWNLOAD_MAXSIZE:
            raise _TooLargeError
        if monotonic() > late:
            raise TimeoutError("timed out")
    if response.length:
        raise ConnectionError(f"the answer broke off, {response.length} bytes short")
    return b"".join(pieces)


def _unpacked(body: bytes, packing: str) -> bytes:
    """The body as it was before it was packed. Raises _TooLargeError, zlib.error, and ValueError for an unknown packing."""
    if packing in ("", "identity"):
        return body
    if packing not in ("gzip", "x-gzip", "deflate"):
        raise ValueError(f"the answer is packed as {packing!r}, which was not asked for")
    if packing != "deflate" and not body.startswith(b"\x1f\x8b"):
        return body  # It only says so.
    unpacked = b""
    while body:
        unpacking = zlib.decompressobj(zlib.MAX_WBITS | 32)
        unpacked += unpacking.decompress(body, DOWNLOAD_MAXSIZE + 1 - len(unpacked))
        if len(unpacked) > DOWNLOAD_MAXSIZE:
            raise _TooLargeError
        # Files may be packed in several pieces; zeros, or anything else after the last, are none.
        body = unpacking.unused_data if unpacking.unused_data.startswith(b"\x1f\x8b") else b""
    return unpacked


def _said(error: Exception) -> str:
    """A line on what went wrong."""
    if isinstance(error, _TooLargeError):
        return f"more than {DOWNLOAD_MAXSIZE // 1024 // 1024} MB"
    if isinstance(error, HTTPError):
        return f"HTTP {error.code} {error.reason}".splitlines()[0]
    reason = error.reason if isinstance(error, URLError) else error
    said = getattr(reason, "strerror", None) or str(reason) or type(reason).__name__
    return " ".join(str(said).split())


def render(url: str, *, allow_private: bool = False) -> Recorded:
    """The page at `url` as a browser shows it, once scripts have settled. Raises click.ClickException where there is none.

    Needs the extra `browser` (`spiders.source.has_browser`).
    """
    if fault := url_fault(url):
        raise click.ClickException(fault)
    with Gate() as gate:
        options = {**SYMPOSIA_BROWSER["PLAYWRIGHT_LAUNCH_OPTIONS"], **({} if allow_private else gate.launch_options)}
        try:
            with load_object("playwright.sync_api.sync_playwright")() as playwright:
                page = playwright.chromium.launch(**options).new_page(
                    **browser_meta(USER_AGENT)["playwright_context_kwargs"]
                )
                found = _shown(page, url, partial(is_unwanted, allow_private=allow_private))
        except load_object("playwright.sync_api.Error") as error:
            raise click.ClickException(f"{url}: {_browser_said(error, gate)}") from error
        if why := gate.why_not(found.url, found.status):
            raise click.ClickException(f"{url}: {_said(why)}")
        return found


def _browser_said(error: Exception, gate: Gate) -> str:
    if why := gate.why(str(error)):
        return _said(why)
    return NO_BROWSER if cause_of(error) is Cause.NEEDS_BROWSER else str(error).splitlines()[0]


def _shown(page: Any, url: str, unwanted: Callable[[Any], bool]) -> Recorded:
    page.route("**", lambda route: route.abort() if unwanted(route.request) else route.continue_())
    answer = page.goto(url, timeout=DOWNLOAD_TIMEOUT * 1000)
    with suppress(load_object("playwright.sync_api.TimeoutError")):
        page.wait_for_load_state("networkidle", timeout=SETTLED)
    # What is kept was UTF-8 the moment the browser gave it away, whatever the server sent.
    return Recorded(
        url=page.url,
        status=answer.status if answer else 200,
        headers=(("Content-Type", "text/html; charset=utf-8"),),
        body=page.content().encode("utf-8", "replace")[:DOWNLOAD_MAXSIZE],
        fetched_at=datetime.now(UTC),
    )
