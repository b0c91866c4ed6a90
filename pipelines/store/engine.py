"""The database of a store: a file of SQLite, or whatever SQLAlchemy has a URL for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url

from symposia.errors import StoreError

_PRAGMAS = (
    "journal_mode = WAL",  # an export reads while a crawl writes (sqlite.org/wal.html)
    "synchronous = NORMAL",  # with WAL as safe as FULL, except that a power cut may undo the last commits
    "foreign_keys = ON",
    "busy_timeout = 30000",  # milliseconds: a save of the largest source takes seconds
)


def is_url(where: str | Path) -> bool:
    """Whether a store's place is a database URL, and not a file."""
    return "://" in str(where)


def make_engine(where: str | Path) -> Engine:
    """Make the engine of the database at `where`, a file or a URL.

    A file's folder is created if it is missing; StoreError is raised if it cannot be.
    """
    url = str(where) if is_url(where) else f"sqlite:///{_make_folder_of(Path(where))}"
    engine = create_engine(url)
    if make_url(url).get_backend_name() == "sqlite":
        event.listen(engine, "connect", _set_pragmas)
    return engine


def _make_folder_of(path: Path) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{path}: the folder cannot be made: {error.strerror}") from error
    return path


def _set_pragmas(connection: Any, _: object) -> None:
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
