"""What texts do not say is not made up."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from symposia.when import find_when, read_when

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


def _lines(name: str) -> list[str]:
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@pytest.mark.parametrize("language", [None, "en"])
@pytest.mark.parametrize("text", _lines("no_dates.txt"))
def test_no_day_and_no_time(text: str, language: str | None) -> None:
    """Phone numbers, prices, versions, rooms, ages, standards, school years, other calendars."""
    assert read_when(text, NOW, language) is None
    assert find_when(f"We say: {text} and more", NOW, language) == []


@pytest.mark.parametrize("text", _lines("day_only.txt"))
def test_a_day_and_no_time(text: str) -> None:
    """A number beside a date is not its hour."""
    when = read_when(text, NOW)

    assert when is not None
    assert (when.start, when.end) == (date(2027, 3, 3), None)


def test_the_tables_are_long_enough() -> None:
    """A hundred and more."""
    assert len(_lines("no_dates.txt")) > 180
