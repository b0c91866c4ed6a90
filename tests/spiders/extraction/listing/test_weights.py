"""The weights of the listing reader, as data."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from spiders.extraction.listing import weights as weights_module
from spiders.extraction.listing.weights import Weights, load_weights

FILE = Path(weights_module.__file__).parent / "weights.toml"


def test_they_are_read_once() -> None:
    """However often they are asked for."""
    assert load_weights() is load_weights()


@pytest.mark.parametrize("table", [field.name for field in fields(Weights)])
def test_each_has_its_reason_beside_it(table: str) -> None:
    """A number alone tells nobody when to change it."""
    names = {field.name for field in fields(getattr(load_weights(), table))}
    explained = {line.split("=")[0].strip() for line in FILE.read_text(encoding="utf-8").splitlines() if "  # " in line}

    assert names <= explained
    assert names


def test_a_title_that_the_page_marks_is_sure() -> None:
    """And words that nothing marks are not."""
    position = load_weights().position

    assert min(position.column, position.heading, position.title_class, position.link) >= position.sure
    assert max(position.line, position.cell, position.bold) < position.sure
