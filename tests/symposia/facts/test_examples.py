"""The tables of examples themselves."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from symposia.facts import Facts
from tests.symposia.facts.examples import READERS, examples


def test_every_fact_has_a_table() -> None:
    """And every table a fact."""
    tables = {path.stem for path in (Path(__file__).parent / "tables").glob("*.toml")}
    facts = {field.name for field in fields(Facts)} - {"evidence"}

    assert tables == facts == set(READERS)


@pytest.mark.parametrize("fact", READERS)
def test_a_table_is_long_enough_and_a_third_of_it_traps(fact: str) -> None:
    """Forty examples at least, none of them twice."""
    table = examples(fact)

    assert len({(one.name, one.description) for one in table}) == len(table) >= 40
    assert 3 * sum(one.is_trap for one in table) >= len(table)
