"""What is read of a name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.linkage.features.title import generic_words, kinds_beside, read_title, total_weight, weight_of


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Phonics for Grade-One Teachers!", ("phonics", "grade", "one", "teachers")),
        ("PHONICS", ("phonics",)),
        ("Konferenz Digitale Bildung", ("conference", "digitale", "bildung")),
        ("Jornadas de Bibliotecas Escolares", ("day", "bibliotecas", "escolares")),
        ("Journée d'étude : Écriture", ("day", "etude", "ecriture")),
        ("Teachers' Day at Children's Library", ("teachers", "day", "childrens", "library")),
        ("SREcon22", ("srecon",)),
        ("Meet Up of Readers", ("meetup", "readers")),
        ("12 2027", ()),
        ("!!!", ()),
        ("", ()),
        ("Чтение и письмо", ("чтение", "и", "письмо")),
    ],
)
def test_words(name: str, words: tuple[str, ...]) -> None:
    """Folded, in one form for one meaning, without articles and numbers."""
    assert read_title(name).words == words


@pytest.mark.parametrize(
    ("name", "years", "numbers"),
    [
        ("School Libraries 2027", {2027}, set()),
        ("School Libraries '27", {2027}, set()),
        ("School Libraries ’27, 2027", {2027}, set()),
        ("School Libraries 2027/28", {2027}, {28}),
        ("School Libraries 1850", set(), {1850}),
        ("12th School Libraries Conference", set(), {12}),
        ("Phonics II", set(), {2}),
        ("Phonics, part 3 of 6", set(), {3, 6}),
        ("Vitamin X", set(), set()),
        ("Meeting 81234567890", set(), set()),
        ("School Libraries", set(), set()),
    ],
)
def test_years_and_numbers(name: str, years: set[int], numbers: set[int]) -> None:
    """A year is told from the number of an edition or a part; an id is neither."""
    title = read_title(name)

    assert (title.years, title.numbers) == (years, numbers)


@pytest.mark.parametrize(
    ("name", "acronyms", "initials"),
    [
        ("ICRRI: Conference on Reading Research", {"icrri"}, "icrr"),
        ("UK Libraries", set(), "ul"),
        ("ÉTÉ des sciences", {"ete"}, "es"),
    ],
)
def test_acronyms(name: str, acronyms: set[str], initials: str) -> None:
    """Words in capitals, and the letters that another name may be short for."""
    title = read_title(name)

    assert (title.acronyms, title.initials) == (acronyms, initials)


@pytest.mark.parametrize(
    ("name", "before"),
    [
        ("Robots at the School Libraries Conference", {"robots"}),
        ("Roboter bei der Tagung Leseförderung", {"roboter"}),
        ("Robots @ Libraries", {"robots"}),
        ("Story time at", set()),
        ("Attic tales", set()),
    ],
)
def test_what_is_held_at_another(name: str, before: set[str]) -> None:
    """The words before the first "at"."""
    assert read_title(name).before_at == before


def test_forms_to_compare() -> None:
    """In any order, without spaces, and two words as one."""
    title = read_title("Maker Spaces")

    assert title.sorted_words == read_title("spaces: MAKER").sorted_words
    assert title.compact == "makerspaces"
    assert title.compounds == {"makerspaces": ("maker", "spaces")}


@pytest.mark.parametrize(
    ("word", "weight"),
    [("phonics", 1.0), ("education", 0.5), ("webinar", 0.25), ("annual", 0.1), ("for", 0.0), ("day", 0.25)],
)
def test_weights(word: str, weight: float) -> None:
    """What is in many names tells less."""
    assert weight_of(word) == weight


def test_several_words() -> None:
    """Their weights are added up; each kind that is held beside another is one that a name is known by."""
    assert total_weight(["phonics", "education", "the"]) == 1.5
    assert {weight_of(word) for word in kinds_beside("small")} == {0.25}
    assert "office" in generic_words()


@given(st.text())
def test_any_name_can_be_read(name: str) -> None:
    """However long, and in whatever script."""
    title = read_title(name)

    assert len(title.words) == len(title.as_written) == len(title.initials) <= 40
    assert title.word_set == set(title.words)
