"""What a second night costs on which nothing has changed: body bytes and CPU, against the first.

    python benchmarks/recrawl.py [PAGES]

The pages are those of benchmarks/crawl.py, of both kinds, sent with an ETag. CPU is less each program's own start (a run
over one page). Only the ratios mean anything beyond this machine.
"""

from __future__ import annotations

import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.crawl import HURRIED, cost, entry
from benchmarks.crawl_pages import KINDS, LISTING, page

NIGHTS = ("2026-11-02T04:00Z", "2026-11-03T04:00Z")


class Web(ThreadingHTTPServer):
    """A local server of pages with an ETag; `sent` are the bytes of all bodies."""

    sent = 0

    def __init__(self, kind: str, pages: int) -> None:
        super().__init__(("127.0.0.1", 0), _Answering)
        self.bodies = {f"/page/{number}": page(kind, number, pages) for number in range(pages)}


class _Answering(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Web

    def do_GET(self) -> None:
        body = self.server.bodies.get(self.path, b"")
        tag = f'"{sha256(body).hexdigest()[:16]}"'
        known = bool(body) and self.headers.get("If-None-Match") == tag
        self.send_response(304 if known else 200 if body else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("ETag", tag)
        self.send_header("Content-Length", "0" if known else str(len(body)))
        self.end_headers()
        if not known:
            self.server.sent += len(body)
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def served(kind: str, pages: int) -> Iterator[Web]:
    """A server of that many pages, running."""
    web = Web(kind, pages)
    threading.Thread(target=web.serve_forever, daemon=True).start()
    yield web
    web.shutdown()


def nights(kind: str, pages: int) -> list[tuple[float, int]]:
    """Seconds of CPU and bytes of bodies of each night."""
    found = []
    with served(kind, pages) as web, tempfile.TemporaryDirectory() as folder:
        sources = Path(folder) / "sources.toml"
        base = f"http://127.0.0.1:{web.server_port}"
        sources.write_text("".join(entry(base, first) for first in range(0, pages, LISTING)), encoding="utf-8")
        paths = ["--sources", str(sources), "--store", str(Path(folder) / "bench.db")]
        for night in NIGHTS:
            web.sent = 0
            settings = [
                word for name, value in {**HURRIED, "SYMPOSIA_NOW": night}.items() for word in ("-s", f"{name}={value}")
            ]
            took = cost([sys.executable, "-m", "commands.main", "crawl", *paths, *settings])
            found.append((took.cpu, web.sent))
    return found


def main() -> None:
    """Run both kinds, and print the figures."""
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    for kind in KINDS:
        start, whole = nights(kind, 1), nights(kind, pages)
        first, again = (1000 * (whole[night][0] - start[night][0]) / (pages - 1) for night in (0, 1))
        print(
            f"{kind}: first night {first:.2f} ms of CPU and {whole[0][1] / pages / 1000:.1f} kB a page, "
            f"second {again:.2f} ms ({again / first:.2f}x) and {whole[1][1] / pages / 1000:.1f} kB "
            f"({100 * (1 - whole[1][1] / whole[0][1]):.0f} % less)",
            flush=True,
        )


if __name__ == "__main__":
    main()
