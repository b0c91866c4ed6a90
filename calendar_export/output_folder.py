"""The folder of an export, with a manifest: the files that an export wrote, and what it made them from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Self

from cattrs import BaseValidationError, structure, unstructure

from calendar_export.atomic_write import write_if_changed
from symposia.errors import ExportError

MANIFEST = ".symposia-export.json"
"""The file in which the folder notes what an export wrote."""
_MAX_MANIFEST_BYTES = 64_000_000
"""Bytes of a manifest: over a million files. A larger one was not written by an export."""
_VERSION = 1


@dataclass(frozen=True, kw_only=True)
class _Manifest:
    """What an export notes: `made_from` is a stamp of its input, `files` the size in bytes of each file it wrote."""

    version: int
    made_from: str
    files: dict[str, int]


class OutputFolder:
    """A folder that exports write into. They never touch a file that no export wrote."""

    def __init__(self, path: Path, made_from: str, sizes: Mapping[str, int]) -> None:
        """`made_from` and `sizes` are the last export's, as its manifest has them."""
        self.path = path
        self._made_from = made_from
        self._before = dict(sizes)
        self._sizes: dict[str, int] = {}
        self.written: list[str] = []

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the folder with its manifest; where that is missing or unreadable, as if nothing had been written."""
        try:
            manifest = structure(json.loads(_read_bounded(path / MANIFEST)), _Manifest)
        except (OSError, ValueError, BaseValidationError):
            return cls(path, "", {})
        sizes = {name: size for name, size in manifest.files.items() if _is_inside(name)}
        return cls(path, manifest.made_from, sizes) if manifest.version == _VERSION else cls(path, "", {})

    def is_made_from(self, stamp: str) -> bool:
        """Whether the last export had that stamp, and all of its files are there at their full length."""
        return stamp == self._made_from and all(_size(self.path / name) == size for name, size in self._before.items())

    def files(self) -> tuple[Path, ...]:
        """The paths of all files of the export, in order."""
        return tuple(self.path / name for name in sorted(self._sizes or self._before))

    def put(self, name: str, content: bytes) -> None:
        """Make a file hold `content`; `name` is its path in the folder, with slashes. Raises ExportError."""
        self._sizes[name] = len(content)
        # Of the many small pages, one that a power cut takes is made again: the manifest has its length.
        if write_if_changed(
            self.path / name, content, durable="/" not in name or name.startswith(("feeds/", "tables/"))
        ):
            self.written.append(name)

    def keep(self, name: str) -> None:
        """Leave a file as the last export wrote it, if it is there."""
        size = _size(self.path / name)
        if size is not None:
            self._sizes[name] = size

    def close(self, stamp: str) -> None:
        """Remove the files that only earlier exports wrote, and write the manifest.

        Args:
            stamp: What this export was made from; "" for an export that must not be taken for complete.

        Raises:
            ExportError: A file cannot be removed, or the manifest not written.
        """
        try:
            for name in self._before.keys() - self._sizes.keys():
                (self.path / name).unlink(missing_ok=True)
        except OSError as error:
            raise ExportError(f"{self.path}: {error.filename} cannot be removed: {error.strerror}") from error
        manifest = _Manifest(version=_VERSION, made_from=stamp, files=dict(sorted(self._sizes.items())))
        write_if_changed(self.path / MANIFEST, json.dumps(unstructure(manifest), indent=0).encode())


def _is_inside(name: str) -> bool:
    """Whether a path of a manifest stays in the folder: anyone may have edited that file."""
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts


def _read_bounded(path: Path) -> bytes:
    if path.stat().st_size > _MAX_MANIFEST_BYTES:
        raise ValueError("too large")
    return path.read_bytes()


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None
