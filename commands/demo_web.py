"""The demo web: a dozen invented sites in data/demo, their dates relative to today, served from this machine."""

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
"""The site that is down."""

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".rss": "application/rss+xml; charset=utf-8",
    ".atom": "application/atom+xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
}
_INDEX = "index.html"


def render(path: str, *, today: date, base: str) -> tuple[int, str, bytes]:
    """Status, content type and body of the page at `path`, as of `today`, its links under `base`; 404 where there is none."""
    name = path.partition("?")[0].strip("/")
    if name.split("/")[0] == DOWN:
        return 503, _TYPES[".txt"], b"Down for maintenance."
    file = PurePosixPath(name) if PurePosixPath(name).suffix in _TYPES else PurePosixPath(name) / _INDEX
    try:
        text = _environment().get_template(str(file)).render(base=base, today=today, day=_Days(today))
    except TemplateNotFound:
        return 404, _TYPES[".txt"], b"Not found."
    if file.suffix == ".ics":
        text = "\r\n".join(text.splitlines()) + "\r\n"
    return 200, _TYPES[file.suffix], text.encode()


def catalogue_text(today: date, base: str) -> str:
    """The catalogue of the demo web, served at `base`."""
    return _environment().get_template("sources.toml").render(base=base, today=today, day=_Days(today))


class DemoServer:
    """Serves the demo web on a free port of 127.0.0.1, in a thread, while it is entered; `base` is its address."""

    def __init__(self, today: date) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(today))
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
    """`day(14)`: the day two weeks from today. `day(14, "TU")`: the first Tuesday from then on."""

    def __init__(self, today: date) -> None:
        self._today = today

    def __call__(self, ahead: int, weekday: str | None = None) -> date:
        found = self._today + timedelta(days=ahead)
        if weekday is not None:
            found += timedelta(days=(("MO", "TU", "WE", "TH", "FR", "SA", "SU").index(weekday) - found.weekday()) % 7)
        return found


@cache
def _environment() -> Environment:
    loader = FileSystemLoader(data_path("demo"))
    environment = Environment(
        loader=loader, autoescape=lambda name: not (name or "").endswith((".ics", ".toml")), undefined=StrictUndefined
    )
    environment.filters["words"] = lambda day, pattern, locale="en": format_date(day, pattern, locale=locale)
    environment.filters["basic"] = lambda day: day.strftime("%Y%m%d")
    environment.filters["plus"] = lambda day, days: day + timedelta(days=days)
    return environment


def _handler(today: date) -> type[BaseHTTPRequestHandler]:
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
            """Quiet: what was fetched is told by the crawl."""

    return Handler
