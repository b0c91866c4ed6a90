"""Files that are replaced in one step, and only where their content changed."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from symposia.errors import ExportError


def write(path: Path, content: bytes, *, durable: bool = True) -> bool:
    """Make `path` hold `content`; whether it had to be written. Raises ExportError, the old file left as it was.

    `durable`: it is on the disk before the old file goes, so that not even a loss of power can take both.
    """
    try:
        if path.exists() and path.read_bytes() == content:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, content, durable)
    except OSError as error:
        raise ExportError(f"{path}: cannot be written: {error.strerror or error}") from error
    return True


def _replace(path: Path, content: bytes, durable: bool) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
