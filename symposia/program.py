"""What the program is: what was derived by another one is derived anew."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

_ROOT = Path(__file__).parents[1]


@cache
def program_digest(*rooms: str) -> str:
    """A digest (SHA-256, hex) of all code, words and templates of those packages, by their names."""
    files = [path for room in rooms for path in (_ROOT / room).rglob("*") if path.is_file() and path.suffix != ".pyc"]
    digest = sha256()
    for path in sorted(files):
        digest.update(path.read_bytes())
    return digest.hexdigest()
