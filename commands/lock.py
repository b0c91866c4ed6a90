"""One run at a time: who crawls into a store holds its lock."""

from __future__ import annotations

import json
import os
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from filelock import FileLock, Timeout

from symposia.errors import LockedError, StoreError


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """The process that holds a lock: where it runs, what it does, and since when (ISO 8601)."""

    pid: int
    host: str
    what: str
    since: str


@contextmanager
def locked(store: str, what: str) -> Iterator[None]:
    """Hold the lock of a store while `what` is done. Raises LockedError where another process does, StoreError where

    the lock cannot be made. The operating system lets go of it when its holder ends, however it ends: what a killed run
    leaves is a file that nobody holds, which the next one takes over.
    """
    path = lock_of(store)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path)
        lock.acquire(blocking=False)
    except Timeout:
        raise LockedError(_said(path, store)) from None
    except OSError as error:
        raise StoreError(f"{path}: the lock cannot be taken: {error.strerror or error}") from error
    try:
        _write(path, what)
        yield
    finally:
        lock.release()


def lock_of(store: str) -> Path:
    """The lock's file: beside a store that is a file; for a database's address, among the machine's temporary files."""
    if "://" not in store:
        return Path(f"{store}.lock")
    return Path(tempfile.gettempdir()) / f"symposia-{sha256(store.encode()).hexdigest()[:16]}.lock"


def holder_of(store: str) -> Holder | None:
    """Who holds the lock of a store now; None where nobody does, whatever a run that was killed has left."""
    path = lock_of(store)
    if not path.exists():
        return None
    lock = FileLock(path)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        return _read(path)
    except OSError:
        return None
    lock.release()
    return None


def _write(path: Path, what: str) -> None:
    holder = Holder(
        pid=os.getpid(), host=socket.gethostname(), what=what, since=datetime.now(UTC).isoformat(timespec="seconds")
    )
    # Who it is helps people; the lock itself holds without.
    with suppress(OSError):
        _note_of(path).write_text(json.dumps(asdict(holder)), encoding="utf-8")


def _read(path: Path) -> Holder | None:
    with suppress(OSError, ValueError, TypeError):
        return Holder(**json.loads(_note_of(path).read_text(encoding="utf-8")))
    return None


def _note_of(path: Path) -> Path:
    """Beside the lock, as some systems let nobody else read what is locked."""
    return path.with_suffix(".holder.json")


def _said(path: Path, store: str) -> str:
    holder = _read(path)
    who = (
        f"process {holder.pid} on {holder.host} ({holder.what}, since {holder.since})" if holder else "another process"
    )
    return f"{store}: {who} is at work on this store; it holds {path}"
