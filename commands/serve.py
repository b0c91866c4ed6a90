"""`symposia serve`: serve the stored events and the export over HTTP."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Hashable
from contextlib import closing
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import quote

import click

from calendar_export.settings import settings_at
from commands.options import store_option
from pipelines.store.store import Store
from symposia.errors import StoreError
from symposia.event import Event

SERVER: dict[str, Any] = {
    "log_level": "warning",
    "access_log": False,
    "server_header": False,
    "limit_concurrency": 500,
    "ws": "none",
}
"""How uvicorn runs: without access log, which the proxy in front of it keeps, and with a bounded number of connections."""
_REREAD_SECONDS = 300
"""How often the events of a database server are read again: no cheap query tells whether they changed."""
_BUSY_SECONDS = 5
"""How long to wait for a crawl that is writing to the store's file."""


class StoredEvents:
    """The events of a store that other processes write: a SQLite file, opened read-only, or any database by its URL."""

    def __init__(self, where: str) -> None:
        self._file = None if "://" in where else Path(where)
        self._where = _read_only_url(self._file) if self._file else where
        self._lock = Lock()
        self._watch: tuple[int, sqlite3.Connection] | None = None

    def version(self) -> Hashable:
        """A value that changes as soon as a crawl has written anything.

        Raises:
            StoreError: The store cannot be read.
        """
        if self._file is None:
            return int(time.monotonic() / _REREAD_SECONDS)
        try:
            with self._lock:
                # data_version counts commits to the file that the connection has opened; another may have its name by now.
                inode = self._file.stat().st_ino
                return inode, self._connect(inode).execute("PRAGMA data_version").fetchone()[0]
        except (OSError, sqlite3.Error) as error:
            raise StoreError(f"{self._file}: the store does not answer: {error}") from error

    def read(self) -> list[Event]:
        """Read all events; raise StoreError if the store cannot be read."""
        with closing(Store.open(self._where, create=False)) as store:
            return list(store.get_events())

    def close(self) -> None:
        """Close the connection to the store."""
        with self._lock:
            if self._watch:
                self._watch[1].close()
            self._watch = None

    def _connect(self, inode: int) -> sqlite3.Connection:
        """The connection to the file with that inode; kept open, because data_version is counted per connection."""
        if self._watch is None or self._watch[0] != inode:
            if self._watch:
                self._watch[1].close()
            address = f"file:{quote(str(self._file))}?mode=ro"
            self._watch = (inode, sqlite3.connect(address, uri=True, timeout=_BUSY_SECONDS, check_same_thread=False))
        return self._watch[1]


def _read_only_url(file: Path) -> str:
    # Quoted twice: SQLAlchemy decodes the URL, and SQLite the one inside it.
    return f"sqlite:///file:{quote(quote(str(file.absolute())))}?mode=ro&uri=true"


@click.command()
@store_option
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="The folder of an export, to serve as well."
)
@click.option(
    "--settings",
    "settings_path",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file with title and address; default: symposia.toml, if there is one.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on; 0.0.0.0 for all.")
@click.option("--port", type=click.IntRange(1, 65_535), default=8000, show_default=True, help="The port to listen on.")
def command(store: str, out: Path | None, settings_path: Path | None, host: str, port: int) -> None:
    """Serve /events.ics?topic=literacy&free=1, .json and .csv from the store, and the files of an export."""
    try:
        import uvicorn

        from calendar_export.http.app import create_app
    except ModuleNotFoundError as error:
        raise click.ClickException(f"{error.name} is missing: pip install 'symposia[serve]'") from error
    settings = settings_at(settings_path)
    with closing(StoredEvents(store)) as events:
        events.version()  # An unusable store is reported now.
        click.echo(f"http://{host}:{port}/events.ics; stop with Ctrl+C")
        uvicorn.run(create_app(events, out, settings), host=host, port=port, **SERVER)
