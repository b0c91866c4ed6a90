"""docs/health.md explains every sign and every cause, and no other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from symposia.errors import Cause
from symposia.health import Sign

PAGE = (Path(__file__).parents[1] / "docs/health.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("heading", "kind"), [("Signs", Sign), ("Causes", Cause)])
def test_each_is_explained(heading: str, kind: type[Sign] | type[Cause]) -> None:
    """Each has a row in the table, which says what to do."""
    table = PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0]

    assert set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == {member.value for member in kind}
