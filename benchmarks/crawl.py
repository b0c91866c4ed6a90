"""CPU a page of three programs over the same local pages: bare Scrapy, Scrapy with three CSS fields, Symposia complete.

    python benchmarks/crawl.py [PAGES] [--kind schema.org|listing]

Each is a process of its own, without the delays that politeness asks for. Two kinds of pages, about 25 kB each: with five
schema.org events, and plain HTML with ten events that only a reader knows to be such. Prints milliseconds of CPU a page,
less each program's own start (a run over one page), how that compares with bare Scrapy, and the most memory that Symposia
took, also at a quarter of the pages. Only the ratios mean anything beyond this machine.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.crawl_pages import KINDS, LISTING, page

ROOT = Path(__file__).parents[1]
HURRIED = {
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
    "ROBOTSTXT_OBEY": False,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
    "DEPTH_LIMIT": 0,
    "SYMPOSIA_ALLOW_PRIVATE": True,
}
"""The settings that let Symposia ask a local server as fast as that answers."""

SCRAPY = """
import sys
from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
base, pages, box = sys.argv[1], int(sys.argv[2]), sys.argv[3]
class Plain(Spider):
    name = "plain"
    async def start(self):
        for number in range(pages):
            yield Request(f"{base}/page/{number}")
    def parse(self, response):
        for one in response.css(box) if box else ():
            yield {"title": one.css("h3::text").get(), "when": one.css("p::text").get(), "link": one.css("a::attr(href)").get()}
process = AsyncCrawlerProcess({"LOG_LEVEL": "ERROR", "TELNETCONSOLE_ENABLED": False, "REMOTE_CONTROL_ENABLED": False,
                               "CONCURRENT_REQUESTS_PER_DOMAIN": 16})
process.crawl(Plain)
process.start()
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process took: seconds of CPU, and bytes of memory at most."""

    cpu: float
    memory: int


@contextmanager
def server(kind: str, pages: int) -> Iterator[str]:
    """The address of a local server of that many pages."""

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = page(kind, int(self.path.rsplit("/", 1)[1]), pages) if self.path.startswith("/page/") else b""
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


def cost(command: list[str]) -> Cost:
    """What `command` takes. Raises CalledProcessError where it fails."""
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


def scrapy(base: str, pages: int, box: str = "") -> Cost:
    """What Scrapy takes for all pages; with `box`, a CSS selector, three fields of each such element are an item."""
    return cost([sys.executable, "-c", SCRAPY, base, str(pages), box])


def symposia(base: str, pages: int) -> Cost:
    """What Symposia takes for all pages, as sources of a hundred pages each, stored."""
    with tempfile.TemporaryDirectory() as folder:
        sources = Path(folder) / "sources.toml"
        sources.write_text("".join(entry(base, first) for first in range(0, pages, LISTING)), encoding="utf-8")
        settings = [word for name, value in HURRIED.items() for word in ("-s", f"{name}={value}")]
        paths = ["--sources", str(sources), "--store", str(Path(folder) / "bench.db")]
        return cost([sys.executable, "-m", "commands.main", "crawl", *paths, *settings])


def entry(base: str, first: int) -> str:
    """The source whose listing begins with that page."""
    url = f"{base}/page/{first}"
    return f'[[source]]\nid = "s{first}"\nname = "s"\nurl = "{url}"\nmax_pages = {LISTING}\nmax_details = 0\n'


def figures(kind: str, pages: int) -> str:
    """The line of one kind of pages."""
    programs = {"bare": scrapy, "CSS": partial(scrapy, box=KINDS[kind].box), "Symposia": symposia}
    sizes, costs = (1, max(2, pages // 4), pages), {}
    for size in sizes:
        with server(kind, size) as base:
            costs |= {
                (name, size): run(base, size)
                for name, run in programs.items()
                if name == "Symposia" or size != sizes[1]
            }
    each = {name: 1000 * (costs[name, pages].cpu - costs[name, 1].cpu) / (pages - 1) for name in programs}
    told = ", ".join(f"{name} {took:.2f} ms ({took / each['bare']:.1f}x)" for name, took in each.items())
    memory = ", ".join(f"{costs['Symposia', size].memory / 2**20:.0f} MiB at {size} pages" for size in sizes)
    return f"{kind}: {told}; {memory}"


def main() -> None:
    """Run all, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=int, nargs="?", default=2_000)
    parser.add_argument("--kind", choices=KINDS)
    asked = parser.parse_args()
    for kind in [asked.kind] if asked.kind else KINDS:
        print(figures(kind, max(2, asked.pages)), flush=True)


if __name__ == "__main__":
    main()
