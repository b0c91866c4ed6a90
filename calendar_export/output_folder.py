"""The folder of an export: what was written into it, and from what; each file replaced in one step, where it differs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Self

from cattrs import BaseValidationError, structure, unstructure

from calendar_export.atomic_write import write
from symposia.errors import ExportError

RECORD = ".symposia-export.json"
"""The file in which the folder keeps what was written into it."""
_MAX_BYTES = 64_000_000
_VERSION = 1


@dataclass(frozen=True, kw_only=True)
class _Record:
    """What is kept of an export: what it was made from, and the size of each file that it wrote, in bytes."""

    version: int
    made_from: str
    files: dict[str, int]


class Folder:
    """A folder that an export is written into. What is in it and was not written by an export is never touched."""

    def __init__(self, path: Path, made_from: str, sizes: Mapping[str, int]) -> None:
        self.path = path
        self._made_from = made_from
        self._before = dict(sizes)
        self._sizes: dict[str, int] = {}
        self.written: list[str] = []

    @classmethod
    def open(cls, path: Path) -> Self:
        """The folder, as its record tells; without one, or with one that cannot be read, as if nothing had been written."""
        try:
            known = structure(json.loads(_read(path / RECORD)), _Record)
        except (OSError, ValueError, BaseValidationError):
            return cls(path, "", {})
        sizes = {name: size for name, size in known.files.items() if _is_ours(name)}
        return cls(path, known.made_from, sizes) if known.version == _VERSION else cls(path, "", {})

    def is_made_from(self, stamp: str) -> bool:
        """Whether the export was made from that, and all of its files are there in their length."""
        return stamp == self._made_from and all(_size(self.path / name) == size for name, size in self._before.items())

    def files(self) -> tuple[Path, ...]:
        """The paths of all files of the export, in order."""
        return tuple(self.path / name for name in sorted(self._sizes or self._before))

    def put(self, name: str, content: bytes) -> None:
        """Make the file of that name, with slashes, hold `content`. Raises ExportError, the old file left as it was."""
        self._sizes[name] = len(content)
        # Of many small files, one that is lost with the power is made again: its length tells.
        if write(self.path / name, content, durable="/" not in name or name.startswith(("feeds/", "tables/"))):
            self.written.append(name)

    def keep(self, name: str) -> None:
        """Leave a file as it is, if it is there."""
        size = _size(self.path / name)
        if size is not None:
            self._sizes[name] = size

    def close(self, stamp: str) -> None:
        """Remove the files that earlier exports wrote and this one did not; note what was written, and from what."""
        try:
            for name in self._before.keys() - self._sizes.keys():
                (self.path / name).unlink(missing_ok=True)
        except OSError as error:
            raise ExportError(f"{self.path}: {error.filename} cannot be removed: {error.strerror}") from error
        record = _Record(version=_VERSION, made_from=stamp, files=dict(sorted(self._sizes.items())))
        write(self.path / RECORD, json.dumps(unstructure(record), indent=0).encode())


def _is_ours(name: str) -> bool:
    """Whether a name of a record lies in the folder: the record is a file that anyone may have edited."""
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts


def _read(path: Path) -> bytes:
    if path.stat().st_size > _MAX_BYTES:
        raise ValueError("too large")
    return path.read_bytes()


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None
