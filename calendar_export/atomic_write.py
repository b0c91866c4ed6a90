"""Files that are replaced in one step, and only where their content changes."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from symposia.errors import ExportError

_MODE = 0o644
"""Anyone may read the files: a web server runs as another user. A temporary file is its owner's alone."""


def write_if_changed(path: Path, content: bytes, *, durable: bool = True) -> bool:
    """Make `path` hold `content`, and its folder exist; return whether it was written.

    A reader sees the old file or the new one, never a part (POSIX, rename).

    Args:
        path: The file.
        content: All of its bytes.
        durable: Wait until the disk has the new file before the old one goes, so that no power cut takes both.

    Raises:
        ExportError: It cannot be written; the old file is left as it was.
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
        Path(name).chmod(_MODE)
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
