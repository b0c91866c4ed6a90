"""The files of a folder as answers: regular ones below it, and nothing else."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from calendar_export.http.responses import Answer, Kept, answer_of

TYPES = {
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
"""The types of what an export holds; other files are bytes."""


class SharedFiles:
    """The files below `folder`, which may be a link that is pointed elsewhere while they are served."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept = Kept()

    def answer(self, path: str) -> Answer | None:
        """The file at a path of parts and slashes; None where it is none, is hidden, or is not within the folder."""
        if any(not part or part.startswith(".") or "\\" in part or "\x00" in part for part in path.split("/")):
            return None
        try:
            root = self._folder.resolve(strict=True)
            file = (root / path).resolve(strict=True)
            return self._of(file) if file.is_relative_to(root) else None
        except (OSError, RuntimeError):
            return None  # there is none, its name is too long, or links lead in a circle

    def _of(self, file: Path) -> Answer | None:
        if not file.is_file():
            return None  # a folder; or a pipe, which would be waited for
        with file.open("rb") as opened:
            about = os.fstat(opened.fileno())
            stamp = (about.st_ino, about.st_size, about.st_mtime_ns, about.st_ctime_ns)
            before, answer = self._kept.get(file) or (None, None)
            if answer is None or before != stamp:
                modified = datetime.fromtimestamp(about.st_mtime, UTC)
                answer = answer_of(opened.read(), TYPES.get(file.suffix, "application/octet-stream"), modified)
                self._kept.put(file, stamp, answer)
            return answer
