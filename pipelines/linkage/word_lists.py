"""The word lists and weights of linkage.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def word_lists() -> dict[str, Any]:
    """dedupe.toml, as it stands."""
    return tomllib.loads((Path(__file__).parent / "linkage.toml").read_text(encoding="utf-8"))
