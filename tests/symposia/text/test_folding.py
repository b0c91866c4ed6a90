"""Words in the one form in which they are compared."""

from __future__ import annotations

import pytest

from symposia.text.folding import fold, words_of


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Phonics", "phonics"),
        ("Été", "ete"),
        ("E\u0301te\u0301", "ete"),
        ("Straße", "strasse"),
        ("ﬁfth", "fifth"),
        ("İstanbul", "istanbul"),
        ("Łódź", "łodz"),
        ("東京", "東京"),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    """Letters that are letters of their own stay."""
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("SREcon22", ["srecon", "22"]),
        ("e-Learning: 2027", ["e", "learning", "2027"]),
        ("O’Neill", ["o", "neill"]),
        ("—", []),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    """Runs of letters, and runs of digits."""
    assert words_of(text) == words
