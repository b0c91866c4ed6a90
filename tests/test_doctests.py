"""The examples in docstrings, each of which is run as it stands."""

from __future__ import annotations

import doctest
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("symposia", "spiders", "pipelines", "calendar_export", "commands")
EXAMPLES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): number
    for room in ROOMS
    for path in sorted((ROOT / room).rglob("*.py"))
    if (number := path.read_text(encoding="utf-8").count(">>> "))
}
"""How many lines of each module are examples."""


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples(name: str) -> None:
    """Each is found and gives what it says; what differs is printed."""
    found = doctest.testmod(import_module(name), optionflags=doctest.ELLIPSIS | doctest.IGNORE_EXCEPTION_DETAIL)

    assert (found.attempted, found.failed) == (EXAMPLES[name], 0)
