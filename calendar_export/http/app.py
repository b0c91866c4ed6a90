"""The ASGI application: calendars and tables for any query, and the files of an export. It only ever reads."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from calendar_export.http.representations import Representation
from calendar_export.http.responses import FORMATS, EventSource, Responder
from calendar_export.http.static_files import ExportFiles
from calendar_export.query import parse_query
from calendar_export.settings import ExportSettings
from symposia.errors import QueryError, SymposiaError

MAX_TARGET = 2_000
"""Bytes of a request target (RFC 9112, 3.2): a query with fifty values fits."""
MAX_WAITING = 20
"""Queries that may wait for their turn; further ones get 503 and come back later."""
MAX_AGE = 3_600
"""Seconds for which caches may reuse a response (RFC 9111, 5.2.2.1): calendars ask every few hours."""
logger = logging.getLogger(__name__)

_RETRY_LATER = {"Retry-After": "10"}
"""Seconds after which to ask again (RFC 9110, 10.2.3): by then, a waiting query is answered."""

_quoted_tags = re.compile(r'"([^"]*)"').findall
_gzip_codings = re.compile(
    r"(?:^|,)\s*(?:(?:x-)?gzip|(\*))\s*(?:;\s*q\s*=\s*([0-9.]+)\s*)?(?=,|$)", re.IGNORECASE
).finditer
"""Each gzip, x-gzip or * of an Accept-Encoding: whether it is *, and its weight."""


def create_app(
    source: EventSource,
    folder: Path | None,
    settings: ExportSettings | None = None,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Starlette:
    """Make the application.

    Args:
        source: The events that `/events.ics?topic=literacy`, .json and .csv select from.
        folder: An export, whose files are served at all other addresses; None for no files.
        settings: The title and the public address of the calendars.
        clock: Tells the time, with a zone.
    """
    files = ExportFiles(folder) if folder else None
    server = _Server(Responder(source, settings or ExportSettings(), clock), files)
    return Starlette(
        routes=[
            *(Route(f"/events.{form}", server.answer_query) for form in FORMATS),
            Route("/{path:path}", server.serve_file),
        ],
        middleware=[Middleware(_GuardMiddleware)],
        exception_handlers={HTTPException: _explain_status, QueryError: _explain_query, SymposiaError: _hide_failure},
    )


@dataclass(slots=True)
class _Server:
    responder: Responder
    files: ExportFiles | None
    waiting: int = field(default=0, init=False)

    async def answer_query(self, request: Request) -> Response:
        """Answer with the events that match: at once if the response is cached, else from a thread."""
        form, asked = request.url.path.rpartition(".")[2], parse_query(request.url.query)
        representation = self.responder.cached(form, asked)
        if representation is None:
            if self.waiting >= MAX_WAITING:
                raise HTTPException(503, "Too many queries at once. Please try again later.", _RETRY_LATER)
            self.waiting += 1
            try:
                representation = await run_in_threadpool(self.responder.render, form, asked)
            finally:
                self.waiting -= 1
        return build_response(request.headers, representation, f"events.{form}")

    async def serve_file(self, request: Request) -> Response:
        """Answer with a file of the export."""
        path = request.path_params["path"] or "index.html"
        representation = await run_in_threadpool(self.files.find, path) if self.files else None
        if representation is None:
            raise HTTPException(404, "There is no such file.")
        return build_response(request.headers, representation)


def build_response(request: Headers, representation: Representation, filename: str | None = None) -> Response:
    """Send a representation, compressed where the client accepts that, or 304 if the client has it already.

    Args:
        request: The headers of the request.
        representation: What to send.
        filename: The name under which a browser saves it; None for that of the address.
    """
    compressed = representation.compressed if accepts_gzip(request.get("accept-encoding", "")) else None
    headers = {
        # The compressed bytes are a representation of their own (RFC 9110, 8.8.3.3).
        "ETag": f'"{representation.tag}-gzip"' if compressed else f'"{representation.tag}"',
        "Last-Modified": format_datetime(representation.modified, usegmt=True),
        "Cache-Control": f"public, max-age={MAX_AGE}",
        "Vary": "Accept-Encoding",
    }
    if is_not_modified(request, headers["ETag"], representation.modified):
        return Response(status_code=304, headers=headers)
    headers["Content-Type"] = representation.media_type
    if compressed:
        headers["Content-Encoding"] = "gzip"
    if filename:
        headers["Content-Disposition"] = f'inline; filename="{filename}"'
    return Response(representation.content if compressed is None else compressed, headers=headers)


def is_not_modified(request: Headers, etag: str, modified: datetime) -> bool:
    """Whether the client has this representation: by If-None-Match, or else by If-Modified-Since (RFC 9110, 13.2.2).

    >>> is_not_modified(Headers({"if-none-match": 'W/"a"'}), '"a"', datetime.now(UTC))
    True
    """
    tags = request.getlist("if-none-match")
    if tags:
        # Compared weakly (RFC 9110, 13.1.2): a proxy that compresses makes a tag weak.
        return "*" in map(str.strip, tags) or etag.strip('"') in _quoted_tags(",".join(tags))
    try:
        since = parsedate_to_datetime(request.get("if-modified-since", ""))
    except (ValueError, TypeError, OverflowError):
        return False
    return (since if since.tzinfo else since.replace(tzinfo=UTC)) >= modified


def accepts_gzip(accept_encoding: str) -> bool:
    """Whether an Accept-Encoding (RFC 9110, 12.5.3) accepts gzip: by its name, else by `*`, with a weight above 0.

    >>> accepts_gzip("gzip, br"), accepts_gzip("*"), accepts_gzip("gzip;q=0, *")
    (True, True, False)
    """
    weights = {bool(coding[1]): (coding[2] or "1").strip("0.") != "" for coding in _gzip_codings(accept_encoding)}
    return weights.get(False, weights.get(True, False))


class _GuardMiddleware:
    """Refuses request targets that are too long, and adds the headers of every response.

    No client may guess another media type (WHATWG Fetch, nosniff), and any page may read what is public (CORS).
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Access-Control-Allow-Origin"] = "*"
            await send(message)

        too_long = len(scope.get("raw_path") or b"") + len(scope["query_string"]) > MAX_TARGET
        refusal = f"The address is longer than {MAX_TARGET} bytes.\n"
        inner = PlainTextResponse(refusal, 414) if too_long else self._app
        await inner(scope, receive, send_with_headers)


def _explain_status(_: Request, error: Exception) -> Response:
    status, headers = (error.status_code, error.headers) if isinstance(error, HTTPException) else (500, None)
    detail = error.detail if isinstance(error, HTTPException) else ""
    return PlainTextResponse(f"{detail}\n", status, headers)


def _explain_query(_: Request, error: Exception) -> Response:
    return PlainTextResponse(f"{error}\n".encode("utf-8", "replace"), 400)


def _hide_failure(_: Request, error: Exception) -> Response:
    """Log what the store says, for whoever runs the server, and tell the client no more than to come back."""
    logger.error("%s", error)
    return PlainTextResponse("The events cannot be read now. Please try again later.\n", 503, _RETRY_LATER)
