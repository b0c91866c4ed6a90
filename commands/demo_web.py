"""The demo web: a dozen invented sites from data/demo, with dates relative to today, served from this machine."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import PurePosixPath
from types import TracebackType
from typing import Any, Self

from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateNotFound

from symposia.data_files import data_path

DOWN = "downhill-institute"
"""The site that answers 503, so that the demo shows a source that fails."""

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".rss": "application/rss+xml; charset=utf-8",
    ".atom": "application/atom+xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
}
_INDEX = "index.html"
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def render(path: str, *, today: date, base: str) -> tuple[int, str, bytes]:
    """Render the page at `path` as of `today`, with links under `base`; its status, content type and body."""
    name = path.partition("?")[0].strip("/")
    if name.split("/")[0] == DOWN:
        return 503, _TYPES[".txt"], b"Down for maintenance."
    file = PurePosixPath(name) if PurePosixPath(name).suffix in _TYPES else PurePosixPath(name) / _INDEX
    try:
        text = _make_environment().get_template(str(file)).render(base=base, today=today, day=_Days(today))
    except TemplateNotFound:
        return 404, _TYPES[".txt"], b"Not found."
    if file.suffix == ".ics":
        text = "\r\n".join(text.splitlines()) + "\r\n"
    return 200, _TYPES[file.suffix], text.encode()


def render_catalogue(today: date, base: str) -> str:
    """Render the catalogue of the demo web, which is served at `base`."""
    return _make_environment().get_template("sources.toml").render(base=base, today=today, day=_Days(today))


class DemoServer:
    """Serves the demo web on a free port of 127.0.0.1 inside a `with` block; `base` is its address."""

    def __init__(self, today: date) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _make_handler(today))
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self.base = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Days:
    """What templates call `day`: `day(14)` is two weeks from today, `day(14, "TU")` the first Tuesday from then on."""

    def __init__(self, today: date) -> None:
        self._today = today

    def __call__(self, ahead: int, weekday: str | None = None) -> date:
        day = self._today + timedelta(days=ahead)
        if weekday is not None:
            day += timedelta(days=(_WEEKDAYS.index(weekday) - day.weekday()) % 7)
        return day


@cache
def _make_environment() -> Environment:
    loader = FileSystemLoader(data_path("demo"))
    environment = Environment(
        loader=loader, autoescape=lambda name: not (name or "").endswith((".ics", ".toml")), undefined=StrictUndefined
    )
    environment.filters["words"] = lambda day, pattern, locale="en": format_date(day, pattern, locale=locale)
    environment.filters["basic"] = lambda day: day.strftime("%Y%m%d")
    environment.filters["plus"] = lambda day, days: day + timedelta(days=days)
    return environment


def _make_handler(today: date) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(with_body=True)

        def do_HEAD(self) -> None:
            self._answer(with_body=False)

        def _answer(self, *, with_body: bool) -> None:
            base = f"http://127.0.0.1:{self.connection.getsockname()[1]}"
            status, kind, body = render(self.path, today=today, base=base)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if with_body:
                self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Log nothing: the crawl reports what it fetched."""

    return Handler
