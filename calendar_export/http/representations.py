"""Representations (RFC 9110, 3.2): bytes with what HTTP tells about them, and a cache of them within bounds."""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Lock

MAX_CACHED = 256_000_000
"""Bytes that a cache keeps, one of responses and one of files: small servers have them to spare."""
MIN_COMPRESSED = 1_000
"""Bytes below which nothing is compressed: so short a response fits one packet as it is."""
_GZIP_LEVEL = 6
"""zlib's own default: higher levels take far more time for a few percent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Representation:
    """The bytes of a response.

    Attributes:
        content: The bytes.
        compressed: The same in gzip; None where that gains nothing.
        media_type: The value of Content-Type.
        tag: A hash of the bytes, for an ETag.
        modified: When they last changed, in whole seconds of UTC, for Last-Modified.
    """

    content: bytes
    compressed: bytes | None
    media_type: str
    tag: str
    modified: datetime

    @property
    def size(self) -> int:
        """The bytes that it takes up in a cache."""
        return len(self.content) + len(self.compressed or b"")


def represent(content: bytes, media_type: str, modified: datetime) -> Representation:
    """Make a representation of `content`; the same content gives the same one."""
    # Without a time in its header, the same bytes compress to the same bytes.
    compressed = gzip.compress(content, _GZIP_LEVEL, mtime=0) if len(content) > MIN_COMPRESSED else None
    return Representation(
        content=content,
        compressed=compressed if compressed and len(compressed) < len(content) else None,
        media_type=media_type,
        tag=hashlib.blake2b(content, digest_size=16).hexdigest(),
        modified=modified.astimezone(UTC).replace(microsecond=0),
    )


class RepresentationCache:
    """The representations asked for last, each with a version that tells whether it still holds. Safe for threads."""

    def __init__(self, max_size: int = MAX_CACHED) -> None:
        """`max_size` is in bytes."""
        self._entries: OrderedDict[Hashable, tuple[Hashable, Representation]] = OrderedDict()
        self._lock = Lock()
        self._max_size = max_size
        self.size = 0

    def get(self, key: Hashable) -> tuple[Hashable, Representation] | None:
        """The version and the representation under `key`; None where there is none."""
        with self._lock:
            if key in self._entries:
                self._entries.move_to_end(key)
            return self._entries.get(key)

    def put(self, key: Hashable, version: Hashable, representation: Representation) -> None:
        """Keep a representation; if there is no room, drop the least recently used ones."""
        with self._lock:
            self._drop(key)
            if representation.size > self._max_size:
                return
            self._entries[key] = (version, representation)
            self.size += representation.size
            while self.size > self._max_size:
                self._drop(next(iter(self._entries)))

    def _drop(self, key: Hashable) -> None:
        _, representation = self._entries.pop(key, (None, None))
        self.size -= representation.size if representation else 0
