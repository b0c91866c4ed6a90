"""Countries by their names."""

from __future__ import annotations

import pytest

from symposia.countries import country_code, country_codes, country_name


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("United Kingdom", "GB"),
        ("UK", "GB"),
        ("u.k.", "GB"),
        ("England", "GB"),
        ("Deutschland", "DE"),
        ("Allemagne", "DE"),
        ("España", "ES"),
        ("ESPANA ", "ES"),
        ("Países Baixos", "NL"),
        ("Côte d'Ivoire", "CI"),
        ("United  States", "US"),
        ("de", "DE"),
        ("Leeds", ""),
        ("Europe", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_codes(text: str | None, code: str) -> None:
    """By name in seven languages, by code, and by what people write."""
    assert country_code(text) == code


@pytest.mark.parametrize(("code", "name"), [("GB", "United Kingdom"), ("DE", "Germany"), ("", ""), ("??", "")])
def test_names(code: str, name: str) -> None:
    """In English."""
    assert country_name(code) == name


def test_every_name_is_found() -> None:
    """Each in the form in which it is looked up."""
    assert all(country_code(name) == code for name, code in country_codes().items())
