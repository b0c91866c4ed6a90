"""The events over HTTP: calendars and tables of any question, and the files of an export. It only ever reads."""

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

from calendar_export.http.responses import FORMS, Answer, Answers, Events
from calendar_export.http.static_files import SharedFiles
from calendar_export.query import where_of
from calendar_export.settings import ExportSettings
from symposia.errors import QueryError, SymposiaError

MAX_TARGET = 2_000
"""Bytes of a request's path and question, at most."""
MAX_WAITING = 20
"""Questions that wait to be worked on, at most; whoever asks more is told to come back."""
MAX_AGE = 3_600
"""Seconds for which an answer may be used again: calendars ask every few hours."""
logger = logging.getLogger(__name__)

_COME_BACK = {"Retry-After": "10"}

_quoted = re.compile(r'"([^"]*)"').findall
_zips = re.compile(r"(?:^|,)\s*(?:(?:x-)?gzip|(\*))\s*(?:;\s*q\s*=\s*([0-9.]+)\s*)?(?=,|$)", re.IGNORECASE).finditer


def app(
    events: Events,
    folder: Path | None,
    settings: ExportSettings | None = None,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Starlette:
    """The ASGI application: `/events.ics?topic=literacy`, .json and .csv of `events`; else the files below `folder`, if any."""
    server = _Server(Answers(events, settings or ExportSettings(), clock), SharedFiles(folder) if folder else None)
    return Starlette(
        routes=[
            *(Route(f"/events.{form}", server.question) for form in FORMS),
            Route("/{path:path}", server.file),
        ],
        middleware=[Middleware(_Guard)],
        exception_handlers={HTTPException: _refusal, QueryError: _wrong_question, SymposiaError: _out_of_order},
    )


@dataclass(slots=True)
class _Server:
    answers: Answers
    files: SharedFiles | None
    waiting: int = field(default=0, init=False)

    async def question(self, request: Request) -> Response:
        """The events that are asked for. What is known already is answered at once, the rest by a thread."""
        form, where = request.url.path.rpartition(".")[2], where_of(request.url.query)
        answer = self.answers.known(form, where)
        if answer is None:
            if self.waiting >= MAX_WAITING:
                raise HTTPException(503, "Too many questions at once.", _COME_BACK)
            self.waiting += 1
            try:
                answer = await run_in_threadpool(self.answers.made, form, where)
            finally:
                self.waiting -= 1
        return response(request.headers, answer, f"events.{form}")

    async def file(self, request: Request) -> Response:
        """A file of the export."""
        path = request.path_params["path"] or "index.html"
        answer = await run_in_threadpool(self.files.answer, path) if self.files else None
        if answer is None:
            raise HTTPException(404, "There is no such file.")
        return response(request.headers, answer)


def response(asked: Headers, answer: Answer, name: str | None = None) -> Response:
    """What is sent of an answer to a request with the headers `asked`: its bytes, or 304 where they are there already.

    `name`: what the file is called that a browser saves.
    """
    zipped = answer.zipped if takes_gzip(asked.get("accept-encoding", "")) else None
    headers = {
        # The compressed bytes are a representation of their own (RFC 9110, 8.8.3.3).
        "ETag": f'"{answer.tag}-gzip"' if zipped else f'"{answer.tag}"',
        "Last-Modified": format_datetime(answer.modified, usegmt=True),
        "Cache-Control": f"public, max-age={MAX_AGE}",
        "Vary": "Accept-Encoding",
    }
    if is_unchanged(asked, headers["ETag"], answer.modified):
        return Response(status_code=304, headers=headers)
    headers["Content-Type"] = answer.kind
    if zipped:
        headers["Content-Encoding"] = "gzip"
    if name:
        headers["Content-Disposition"] = f'inline; filename="{name}"'
    return Response(answer.content if zipped is None else zipped, headers=headers)


def is_unchanged(asked: Headers, tag: str, modified: datetime) -> bool:
    """Whether who asks has these bytes already: by their tag or, only where none is given, by their date (RFC 9110, 13.2.2)."""
    tags = asked.getlist("if-none-match")
    if tags:
        # Compared weakly (RFC 9110, 13.1.2): a proxy that compresses makes a tag weak.
        return "*" in map(str.strip, tags) or tag.strip('"') in _quoted(",".join(tags))
    try:
        since = parsedate_to_datetime(asked.get("if-modified-since", ""))
    except (ValueError, TypeError, OverflowError):
        return False
    return (since if since.tzinfo else since.replace(tzinfo=UTC)) >= modified


def takes_gzip(accepted: str) -> bool:
    """Whether an Accept-Encoding takes gzip (RFC 9110, 12.5.3): by its name, or else by `*`, not with a weight of 0."""
    weights = {bool(found[1]): (found[2] or "1").strip("0.") != "" for found in _zips(accepted)}
    return weights.get(False, weights.get(True, False))


class _Guard:
    """What holds for every answer: a target of bounded length; no guessing of types; any page may read what is public."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Access-Control-Allow-Origin"] = "*"
            await send(message)

        too_long = len(scope.get("raw_path") or b"") + len(scope["query_string"]) > MAX_TARGET
        inner = PlainTextResponse(f"More than {MAX_TARGET} bytes.\n", 414) if too_long else self._app
        await inner(scope, receive, guarded)


def _refusal(_: Request, error: Exception) -> Response:
    status, headers = (error.status_code, error.headers) if isinstance(error, HTTPException) else (500, None)
    detail = error.detail if isinstance(error, HTTPException) else ""
    return PlainTextResponse(f"{detail}\n", status, headers)


def _wrong_question(_: Request, error: Exception) -> Response:
    return PlainTextResponse(f"{error}\n".encode("utf-8", "replace"), 400)


def _out_of_order(_: Request, error: Exception) -> Response:
    # What the store says of itself is for whoever runs it.
    logger.error("%s", error)
    return PlainTextResponse("The events cannot be read now.\n", 503, _COME_BACK)
