"""Locks of stores: only one process at a time may crawl into a store, or change it otherwise."""

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
class LockHolder:
    """The process that holds a lock: where it runs, what it does, and since when (ISO 8601)."""

    pid: int
    host: str
    what: str
    since: str


@contextmanager
def hold_lock(store: str, what: str) -> Iterator[None]:
    """Hold the lock of a store while `what` is done.

    The operating system releases the lock when its holder ends, however it ends: a killed process leaves a file that
    nobody holds, and the next process takes it over.

    Raises:
        LockedError: Another process holds the lock.
        StoreError: The lock cannot be created.
    """
    path = lock_path(store)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path)
        lock.acquire(blocking=False)
    except Timeout:
        raise LockedError(_describe_holder(path, store)) from None
    except OSError as error:
        raise StoreError(f"{path}: the lock cannot be taken: {error.strerror or error}") from error
    try:
        _write_holder(path, what)
        yield
    finally:
        lock.release()


def lock_path(store: str) -> Path:
    """The lock's file: beside a store that is a file; in the temporary folder for a database URL."""
    if "://" not in store:
        return Path(f"{store}.lock")
    return Path(tempfile.gettempdir()) / f"symposia-{sha256(store.encode()).hexdigest()[:16]}.lock"


def find_holder(store: str) -> LockHolder | None:
    """Who holds the lock of a store now; None where nobody does."""
    path = lock_path(store)
    if not path.exists():
        return None
    lock = FileLock(path)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        return _read_holder(path)
    except OSError:
        return None
    lock.release()
    return None


def _write_holder(path: Path, what: str) -> None:
    holder = LockHolder(
        pid=os.getpid(), host=socket.gethostname(), what=what, since=datetime.now(UTC).isoformat(timespec="seconds")
    )
    # The lock holds without it; who holds it is for people.
    with suppress(OSError):
        _holder_file(path).write_text(json.dumps(asdict(holder)), encoding="utf-8")


def _read_holder(path: Path) -> LockHolder | None:
    with suppress(OSError, ValueError, TypeError):
        return LockHolder(**json.loads(_holder_file(path).read_text(encoding="utf-8")))
    return None


def _holder_file(path: Path) -> Path:
    """Beside the lock's file, which some systems let nobody else read while it is locked."""
    return path.with_suffix(".holder.json")


def _describe_holder(path: Path, store: str) -> str:
    holder = _read_holder(path)
    who = (
        f"process {holder.pid} on {holder.host} ({holder.what}, since {holder.since})" if holder else "another process"
    )
    return f"{store}: {who} is at work on this store; it holds {path}"
