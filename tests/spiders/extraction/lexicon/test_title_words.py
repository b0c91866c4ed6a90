"""What the words of a line say about it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from spiders.extraction.lexicon.title_words import (
    announces_no_event,
    first_sentence,
    has_event_word,
    has_plural_event_word,
    is_acronym,
    is_address,
    is_deadline_label,
    is_detail_line,
    is_generic,
    is_labelled,
    is_list_title,
    is_numbered,
    is_place,
    is_sentence,
    is_specific,
    singular_title,
)

WORDS: list[tuple[Callable[[str], bool], list[str], list[str]]] = [
    (is_generic, ["Read more", "2026 Schedule", "View agenda", "March", ""], ["Phonics", "Phonics schedule"]),
    (has_event_word, ["Phonics workshop", "Library committee", "Tagung"], ["Phonics", "Chalk Hall"]),
    (has_plural_event_word, ["Board meetings", "Termine"], ["Board meeting", "Phonics"]),
    (is_list_title, ["Board Meetings", "Upcoming workshops"], ["Board Meeting", "Phonics and fractions workshops"]),
    (is_specific, ["Phonics workshop", "Advisory board", "Phonics"], ["Webinar registration", "Workshop"]),
    (is_numbered, ["Session 2", "Part 1", "Workshop #3", "Teil 4"], ["Phonics 2", "Session", "Session 2027"]),
    (is_acronym, ["FRAC 2027", "LIBAI'27", "FRAC"], ["Fractions", "Frac 2027"]),
    (announces_no_event, ["No chat - happy holidays!", "Keine Sitzung"], ["No child left behind", "Chat"]),
    (is_detail_line, ["Presenter: Ada Slate", "Speaker: Ada"], ["Phonics: an introduction", "Presenter", "Presenter:"]),
    (is_deadline_label, ["deadline", "anmeldeschluss"], ["date", "where"]),
    (is_labelled, ["Date: soon", "Registration deadline: soon"], ["Phonics: an introduction", "Date:", "2027: Phonics"]),
    (is_address, ["12 Chalk Street", "Room 12", "Denver, CO", "Chalkton, NY 12345", "P.O. Box 1"], ["2027 review", "Phonics, part 2"]),
    (is_place, ["Chalk Hall", "12 Chalk Street"], ["Library board meeting", "Phonics"]),
    (is_sentence, ["bring a pencil", "We read. You listen.", "x" * 121], ["Phonics", "Prof. Slate on fractions"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("says", "text", "expected"),
    [
        (says, text, expected)
        for says, those, others in WORDS
        for expected, texts in ((True, those), (False, others))
        for text in texts
    ],
)
def test_words(says: Callable[[str], bool], text: str, expected: bool) -> None:
    """By the word lists, or the form of the line."""
    assert says(text) is expected


@pytest.mark.parametrize(
    ("title", "singular"),
    [
        ("Board Meetings", "Board Meeting"),
        ("BOARD MEETINGS", "BOARD MEETING"),
        ("board meetings", "board meeting"),
        ("Meetings", "Meeting"),
        ("Board", "Board"),
        ("Fractions", "Fractions"),
    ],
)
def test_singular(title: str, singular: str) -> None:
    """Of words for events alone, in the case they are written in."""
    assert singular_title(title) == singular


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Reading Day! Bring a book.", "Reading Day!"),
        ("Fractions with Prof. Slate", "Fractions with Prof. Slate"),
        ("Fractions, e.g. halves", "Fractions, e.g. halves"),
        ("Reading Day", "Reading Day"),
    ],
)
def test_first_sentence(text: str, sentence: str) -> None:
    """Abbreviations end none."""
    assert first_sentence(text) == sentence
