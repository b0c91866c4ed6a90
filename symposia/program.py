"""Which version of the program this is, to tell what another version has derived and must be derived again."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

_ROOT = Path(__file__).parents[1]


@cache
def program_digest(*packages: str) -> str:
    """A digest (SHA-256, hex) of all code, word lists and templates in those packages, given by their folders' names.

    It changes whenever the content of one of them does.
    """
    folders = [_ROOT / package for package in packages]
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    digest = sha256()
    for path in sorted(files):
        digest.update(path.read_bytes())
    return digest.hexdigest()
