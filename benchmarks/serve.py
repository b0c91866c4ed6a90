"""Requests a second that `symposia serve` answers, with and without If-None-Match; beside nginx serving the same bytes.

    python benchmarks/serve.py [EVENTS]        10000 without an argument

The store is that of benchmarks/export.py; what is asked for is the calendar of one topic, uncompressed, over 16 connections
that stay open. Both servers have one process. wrk asks, where it is installed (apt install wrk nginx-light); else a client of
asyncio, which is slower than nginx, so that the ratios flatter. Without nginx there is nothing beside. Only the ratios mean
anything beyond this machine.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from export import fill

EVENTS = 10_000
TARGET = "/events.ics?topic=literacy"
CONNECTIONS = 16
SECONDS = 5
NGINX = """
{user}
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
    access_log off; etag on; sendfile on; tcp_nopush on; keepalive_requests 1000000;
    types {{ text/calendar ics; }}
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    server {{ listen 127.0.0.1:{port}; root {folder}/static; }}
}}
"""


@contextmanager
def running(command: list[str], address: str) -> Iterator[None]:
    """A server, from when it answers on."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                urlopen(address, timeout=60).close()
                break
            except URLError:
                time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait()


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def rates(address: str) -> tuple[float, float, float]:
    """Requests a second that are answered with the bytes, and with 304; and the megabytes of an answer."""
    with urlopen(address) as reply:
        tag, size = reply.headers["ETag"], len(reply.read())
    return rate(address, None), rate(address, tag), size / 1e6


def rate(address: str, tag: str | None) -> float:
    """Requests a second."""
    if not shutil.which("wrk"):
        return asyncio.run(asked(address, tag)) / SECONDS
    header = ["-H", f"If-None-Match: {tag}"] if tag else []
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", *header, address]
    said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    found = re.search(r"Requests/sec:\s*([0-9.]+)", said)
    if found is None or "Non-2xx" in said:
        raise SystemExit(said)
    return float(found[1])


async def asked(address: str, tag: str | None) -> int:
    """The number of answers that a client of asyncio gets in SECONDS."""
    until = time.monotonic() + SECONDS
    counts = await asyncio.gather(*(ask(address, tag, until) for _ in range(CONNECTIONS)))
    return sum(counts)


async def ask(address: str, tag: str | None, until: float) -> int:
    """The number of answers over one connection until then."""
    host, _, target = address.removeprefix("http://").partition("/")
    reader, writer = await asyncio.open_connection(*host.split(":"))
    header = f"If-None-Match: {tag}\r\n" if tag else ""
    count = 0
    while time.monotonic() < until:
        writer.write(f"GET /{target} HTTP/1.1\r\nHost: {host}\r\n{header}\r\n".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        length = re.search(rb"content-length: (\d+)", head)
        if length and b" 304 " not in head:
            await reader.readexactly(int(length[1]))
        count += 1
    writer.close()
    return count


def main() -> None:
    """Serve, ask, print."""
    number = int(sys.argv[1]) if len(sys.argv) == 2 else EVENTS
    client = "wrk" if shutil.which("wrk") else "a client of asyncio"
    quick = " and ".join(name for name in ("uvloop", "httptools") if find_spec(name)) or "neither uvloop nor httptools"
    with tempfile.TemporaryDirectory() as folder:
        store, port = Path(folder) / "symposia.db", free_port()
        fill(store, number)
        address = f"http://127.0.0.1:{port}{TARGET}"
        command = [sys.executable, "-m", "commands.main", "serve", "--store", str(store), "--port", str(port)]
        with running(command, address):
            ours = rates(address)
            content = urlopen(address).read()
        print(f"{number:,} events, {ours[2]:.2f} MB an answer, asked by {client}; uvicorn with {quick}")
        print(f"symposia serve: {ours[0]:8,.0f} requests a second with the bytes, {ours[1]:8,.0f} with 304", flush=True)
        if shutil.which("nginx"):
            (Path(folder) / "static").mkdir()
            (Path(folder) / "static" / "events.ics").write_bytes(content)
            port = free_port()
            user = "user root;" if os.geteuid() == 0 else ""
            (Path(folder) / "nginx.conf").write_text(NGINX.format(folder=folder, port=port, user=user))
            address = f"http://127.0.0.1:{port}/events.ics"
            with running(["nginx", "-c", f"{folder}/nginx.conf", "-e", f"{folder}/error.log"], address):
                theirs = rates(address)
            print(f"         nginx: {theirs[0]:8,.0f} requests a second with the bytes, {theirs[1]:8,.0f} with 304")
            print(f"         ratio: {ours[0] / theirs[0]:8.2f} with the bytes, {ours[1] / theirs[1]:.2f} with 304")


if __name__ == "__main__":
    main()
