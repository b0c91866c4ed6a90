"""What attending earns."""

from __future__ import annotations

import pytest

from symposia.facts.credit import find_credit
from tests.symposia.facts.examples import Example, cases, read


@pytest.mark.parametrize("example", cases("credit"))
def test_credit(example: Example) -> None:
    """Hours of a unit, and a certificate; a length is no credit."""
    assert read("credit", example) == example.said


def test_each_credit_comes_with_its_words() -> None:
    """In the entry itself too, which is stored without the rest."""
    found = find_credit("", "Earn 1.5 CEUs, or 3 PD hours, and receive a certificate of completion.")

    assert [(one.value.unit, one.value.certificate) for one in found] == [("CEU", True), ("PD", None)]
    assert all(one.words == one.value.evidence for one in found)
    assert all("1.5 CEUs" in one.words for one in found)
