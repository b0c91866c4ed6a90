"""CPU a page: bare Scrapy that yields nothing, and Symposia complete, over the same local pages, one process each.

    python benchmarks/crawl.py [PAGES]

Prints milliseconds of CPU a page, less each program's own start (a run over one page), and the ratio. Only the ratio
means anything beyond this machine.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).parents[1]
HURRIED = {
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
    "ROBOTSTXT_OBEY": False,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
    "DEPTH_LIMIT": 0,
}
PADDING = "<p>Words that a page of this kind has, and that say nothing of an event.</p>" * 300

BARE = """
import sys
from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
class Bare(Spider):
    name = "bare"
    async def start(self):
        for number in range(int(sys.argv[2])):
            yield Request(f"{sys.argv[1]}/page/{number}")
    def parse(self, response):
        pass
process = AsyncCrawlerProcess({"LOG_LEVEL": "ERROR", "TELNETCONSOLE_ENABLED": False, "REMOTE_CONTROL_ENABLED": False,
                               "CONCURRENT_REQUESTS_PER_DOMAIN": 16})
process.crawl(Bare)
process.start()
"""


def page(number: int, pages: int) -> bytes:
    """A page with five schema.org events and a link to the next page."""
    events = ",".join(
        f'{{"@type": "Event", "name": "Workshop {number}-{part} on reading", "startDate": "2027-{1 + part:02}-{1 + number % 28:02}T16:00:00+00:00",'
        f' "url": "/event/{number}-{part}", "description": "Ideas for the classroom, tried and told.", "endDate": "2027-{1 + part:02}-{1 + number % 28:02}T17:00:00+00:00"}}'
        for part in range(5)
    )
    following = f'<a rel="next" href="/page/{number + 1}">Next</a>' if number + 1 < pages else ""
    script = f'<script type="application/ld+json">{{"@context": "https://schema.org", "@graph": [{events}]}}</script>'
    return f"<html><head>{script}</head><body>{PADDING}{following}</body></html>".encode()


@contextmanager
def server(pages: int) -> Iterator[str]:
    """The address of a local server of that many pages."""

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = page(int(self.path.rsplit("/", 1)[1]), pages) if self.path.startswith("/page/") else b""
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    web = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=web.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{web.server_port}"
    web.shutdown()


def cpu(command: list[str]) -> float:
    """Seconds of CPU that `command` took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def symposia(folder: Path, base: str, pages: int) -> list[str]:
    """The command that crawls all pages as one source."""
    path = folder / f"sources-{pages}.toml"
    entry = f'[[source]]\nid = "bench"\nname = "bench"\nurl = "{base}/page/0"\nmax_pages = {pages}\nmax_details = 0\n'
    path.write_text(entry, encoding="utf-8")
    settings = [word for name, value in HURRIED.items() for word in ("-s", f"{name}={value}")]
    store = folder / f"bench-{pages}.db"
    return [sys.executable, "-m", "commands.main", "crawl", "--sources", str(path), "--store", str(store), *settings]


def main() -> None:
    """Run both, and print the figures."""
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    figures = {}
    with tempfile.TemporaryDirectory() as folder:
        for count in (1, pages):
            with server(count) as base:
                figures["bare", count] = cpu([sys.executable, "-c", BARE, base, str(count)])
                figures["symposia", count] = cpu(symposia(Path(folder), base, count))
    each = {name: 1000 * (figures[name, pages] - figures[name, 1]) / (pages - 1) for name in ("bare", "symposia")}
    print(
        f"bare Scrapy {each['bare']:.2f} ms, Symposia {each['symposia']:.2f} ms of CPU a page: {each['symposia'] / each['bare']:.1f}x"
    )


if __name__ == "__main__":
    main()
