"""Countries by any of their names."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from babel import Locale

from symposia.text.folding import fold

_LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl")


def country_code(text: str | None) -> str:
    """The code of a country, by its name in seven languages or its code; "" where it is none."""
    return country_codes().get(fold(text or "").strip(" .").replace("  ", " "), "")


@cache
def country_name(code: str) -> str:
    return Locale("en").territories.get(code, "") if code else ""


@cache
def country_codes() -> dict[str, str]:
    names: dict[str, str] = {}
    for language in _LANGUAGES:
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha():
                names.setdefault(fold(name), code)
                names.setdefault(code.casefold(), code)
    return names | {name: code for code, others in _other_names().items() for name in others}


@cache
def _other_names() -> dict[str, list[str]]:
    """What countries are called beside their names in CLDR, by their codes."""
    return tomllib.loads((Path(__file__).parent / "countries.toml").read_text(encoding="utf-8"))
