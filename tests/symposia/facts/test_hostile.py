"""Descriptions that nobody would write: each is read to its end, or to the bound."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from symposia.facts import read_facts
from symposia.facts.event_facts import MAX_TEXT

NOW = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.mark.parametrize(
    "piece",
    [
        " | ",
        "Fee: $",
        "$1 ",
        "grades 1-",
        "Location: A ",
        "register by ",
        "at the A ",
        "for teachers, ",
        "(",
        "3 March 2027 ",
        "A ",
        "members may come free ",
        "free for a b c ",
        "at the Biblioteca de la ",
        "Rue das Aaaastraße ",
        "1 Aaa Bbb Ccc ",
        "Register online at ",
        "this after the recorded workshop ",
        "Club de ",
        "live captions not ",
        "propositions jusqu'au ",
        "Aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    ],
)
def test_what_is_repeated_without_end(piece: str) -> None:
    """A million characters of what a fact begins with."""
    read_facts("Workshop " + piece * 100, piece * (1_000_000 // len(piece)), NOW)


def test_what_lies_beyond_the_bound_is_not_read() -> None:
    """The bound is the description's, in characters."""
    assert read_facts("Reading", "word " * (MAX_TEXT // 5 - 10) + "Free of charge.", NOW).price is not None
    assert read_facts("Reading", "word " * (MAX_TEXT // 5) + "Free of charge.", NOW).price is None
