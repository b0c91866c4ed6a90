"""The files of an export: regular files below its folder, and nothing else."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from calendar_export.http.representations import Representation, RepresentationCache, represent

MEDIA_TYPES = {
    ".atom": "application/atom+xml; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xml": "application/xml",
}
"""The media types of an export's files, by suffix; other files are application/octet-stream."""


class ExportFiles:
    """The files below a folder, which may be a symbolic link that is pointed elsewhere while they are served."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._cache = RepresentationCache()

    def find(self, path: str) -> Representation | None:
        """The file at a path with slashes; None where there is none, or it is hidden or outside the folder."""
        if any(not part or part.startswith(".") or "\\" in part or "\x00" in part for part in path.split("/")):
            return None
        try:
            root = self._folder.resolve(strict=True)
            file = (root / path).resolve(strict=True)
            return self._represent(file) if file.is_relative_to(root) else None
        except (OSError, RuntimeError):
            return None  # there is none, its name is too long, or symbolic links go round in a circle

    def _represent(self, file: Path) -> Representation | None:
        if not file.is_file():
            return None  # a folder; or a pipe, which one would wait for
        with file.open("rb") as opened:
            stat = os.fstat(opened.fileno())
            version = (stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)
            before, representation = self._cache.get(file) or (None, None)
            if representation is None or before != version:
                modified = datetime.fromtimestamp(stat.st_mtime, UTC)
                media_type = MEDIA_TYPES.get(file.suffix, "application/octet-stream")
                representation = represent(opened.read(), media_type, modified)
                self._cache.put(file, version, representation)
            return representation
