"""The UID of an event, made from facts that do not change."""

from __future__ import annotations

from base64 import b32encode
from hashlib import sha256

_VERSION = "1"
"""Part of each UID. UIDs never change, or subscribers would see every event twice; a new way to make them needs a new version."""
_LENGTH = 26
"""Characters of base32: 130 bits, so that a billion events share none."""


def uid_for(source: str, key: str) -> str:
    """The UID (RFC 7986, 5.3) of an event first seen at `source` under that source's own `key`.

    It is the same on every machine.

    >>> uid_for("guild", "https://guild.example/e/17")
    'vtgobzxfpbg633psvgyou3lujg@symposia'
    """
    facts = "\x1f".join((_VERSION, source, key)).encode("utf-8", "surrogatepass")
    return b32encode(sha256(facts).digest()).decode().lower()[:_LENGTH] + "@symposia"
