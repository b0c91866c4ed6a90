"""`symposia serve`: the events and the export over HTTP."""

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
"""How uvicorn runs. Quiet, as the proxy before it writes down who asked for what; so many connections at most."""
_REREAD = 300
"""Seconds after which a database that is no file is read again: nothing cheap tells whether it changed."""


class StoredEvents:
    """The events of a store that others write: a SQLite file, opened for reading alone, or any database by its URL."""

    def __init__(self, where: str) -> None:
        self._file = None if "://" in where else Path(where)
        self._where = self._read_only(self._file) if self._file else where
        self._lock = Lock()
        self._watch: tuple[int, sqlite3.Connection] | None = None

    def version(self) -> Hashable:
        """What differs as soon as a crawl has written anything. Raises StoreError."""
        if self._file is None:
            return int(time.monotonic() / _REREAD)
        try:
            with self._lock:
                # The file may be another by now; data_version tells of commits to the one that the connection has.
                number = self._file.stat().st_ino
                return number, self._watched(number).execute("PRAGMA data_version").fetchone()[0]
        except (OSError, sqlite3.Error) as error:
            raise StoreError(f"{self._file}: the store does not answer: {error}") from error

    def read(self) -> list[Event]:
        """All events. Raises StoreError."""
        with closing(Store.open(self._where, create=False)) as store:
            return list(store.events())

    def close(self) -> None:
        """Let go of the store."""
        with self._lock:
            if self._watch:
                self._watch[1].close()
            self._watch = None

    def _watched(self, number: int) -> sqlite3.Connection:
        """A connection to the file of that number. The same again, as data_version is told by each of its own."""
        if self._watch is None or self._watch[0] != number:
            if self._watch:
                self._watch[1].close()
            address = f"file:{quote(str(self._file))}?mode=ro"
            self._watch = (number, sqlite3.connect(address, uri=True, timeout=5, check_same_thread=False))
        return self._watch[1]

    @staticmethod
    def _read_only(file: Path) -> str:
        # Quoted twice: SQLAlchemy reads one address, and SQLite the one within.
        return f"sqlite:///file:{quote(quote(str(file.absolute())))}?mode=ro&uri=true"


@click.command()
@store_option
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="The folder of an export, to serve too.")
@click.option(
    "--settings",
    "settings_path",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Title and address; without it, symposia.toml where there is one.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at; 0.0.0.0 for all.")
@click.option("--port", type=click.IntRange(1, 65_535), default=8000, show_default=True, help="The port to listen at.")
def command(store: str, out: Path | None, settings_path: Path | None, host: str, port: int) -> None:
    """Answer /events.ics?topic=literacy&free=1, .json and .csv from the store, and the files of an export."""
    try:
        import uvicorn

        from calendar_export.http.app import app
    except ModuleNotFoundError as error:
        raise click.ClickException(f"{error.name} is missing: pip install 'symposia[serve]'") from error
    settings = settings_at(settings_path)
    with closing(StoredEvents(store)) as events:
        events.version()  # a store that cannot be read is told of now
        click.echo(f"http://{host}:{port}/events.ics; stop with Ctrl+C")
        uvicorn.run(app(events, out, settings), host=host, port=port, **SERVER)
