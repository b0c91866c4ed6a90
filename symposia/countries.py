"""Countries by any of their names."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from babel import Locale

from symposia.text.folding import fold
from symposia.text.toml_files import toml_at

_LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl")
"""Languages whose names for countries (CLDR) are known; where a name means two countries, the earlier language wins."""


def country_code(text: str | None) -> str:
    """The ISO 3166 code of a country, by its name in seven languages or its code; "" where it names none.

    >>> country_code("Vereinigtes Königreich"), country_code("U.K."), country_code("Leeds"), country_code(None)
    ('GB', 'GB', '', '')
    """
    return country_codes().get(_lookup_form(text or ""), "")


@cache
def country_name(code: str) -> str:
    """The English name of a country, by its ISO 3166 code; "" for any other text.

    >>> country_name("GB")
    'United Kingdom'
    """
    return Locale("en").territories.get(code, "") if code else ""


@cache
def country_codes() -> Mapping[str, str]:
    """The code of each country by every form that `country_code` accepts: its names and the code itself."""
    codes: dict[str, str] = {}
    for language in _LANGUAGES:
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha():
                codes.setdefault(_lookup_form(name), code)
                codes.setdefault(_lookup_form(code), code)
    return codes | {_lookup_form(name): code for code, names in _other_names().items() for name in names}


def _lookup_form(name: str) -> str:
    """A name as it is looked up: folded, with single spaces, without the last dot of "U.K."."""
    return " ".join(fold(name).split()).strip(". ")


@cache
def _other_names() -> Mapping[str, list[str]]:
    """Names of countries that CLDR does not list, by code."""
    return toml_at(Path(__file__).with_suffix(".toml"))
