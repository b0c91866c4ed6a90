"""The UID of an event, from facts that do not move."""

from __future__ import annotations

from base64 import b32encode
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    pass


_VERSION = "1"

_LENGTH = 26
"""Characters of base32: 130 bits, so that a billion events share none."""


def uid_for(source: str, key: str) -> str:
    """The UID (RFC 7986, 5.3) of an event first seen at `source` under that source's own `key`.

    The same for the same two, on every machine and for ever: never change what goes into it, only its version.
    """
    facts = "\x1f".join((_VERSION, source, key)).encode("utf-8", "surrogatepass")
    return b32encode(sha256(facts).digest()).decode().lower()[:_LENGTH] + "@symposia"
