"""The database of a store: a file of SQLite, or whatever SQLAlchemy has a URL for."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from symposia.errors import StoreError

_PRAGMAS = (
    "journal_mode = WAL",  # an export reads while a crawl writes (sqlite.org/wal.html)
    "synchronous = NORMAL",  # with WAL as safe as FULL, except that a power cut may undo the last commits
    "foreign_keys = ON",
    "busy_timeout = 30000",  # milliseconds: a save of the largest source takes seconds
)

_password = re.compile(r"(://[^:/@\s]*):[^/\s]*@")


def is_url(where: str | Path) -> bool:
    """Whether a store's place is a database URL, and not a file."""
    return "://" in str(where)


def hide_password(where: str | Path) -> str:
    """Write a store's place for a message or a log, without the password of a database URL.

    >>> hide_password("postgresql://crawler:tulip@db.example/symposia")
    'postgresql://crawler:***@db.example/symposia'
    """
    return _password.sub(r"\1:***@", str(where)) if is_url(where) else str(where)


def make_engine(where: str | Path) -> Engine:
    """Make the engine of the database at `where`, a file or a URL; a file's folder is created if it is missing.

    Raises:
        StoreError: The folder cannot be created, the URL is wrong, or its database's driver is not installed.
    """
    if not is_url(where):
        return _make_sqlite_engine(f"sqlite:///{_make_folder_of(Path(where))}")
    try:
        is_sqlite = make_url(str(where)).get_backend_name() == "sqlite"
        return _make_sqlite_engine(str(where)) if is_sqlite else create_engine(str(where))
    except ModuleNotFoundError as error:
        needed = f"this database needs the Python module {error.name!r}: install it, or name a file"
        raise StoreError(f"{hide_password(where)}: {needed}") from error
    except (SQLAlchemyError, ValueError, TypeError) as error:  # a port that is no number; an option that is none
        raise StoreError(f"{hide_password(where)}: this is no database's address; {_suggest_place(where)}") from error


def _make_sqlite_engine(url: str) -> Engine:
    engine = create_engine(url)
    event.listen(engine, "connect", _set_pragmas)
    return engine


def _suggest_place(where: str | Path) -> str:
    if str(where).startswith("postgres://"):  # as hosting firms give it; SQLAlchemy knows it no more
        return "write postgresql:// in place of postgres://"
    return "name a file, or an address such as postgresql://user@host/database"


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
