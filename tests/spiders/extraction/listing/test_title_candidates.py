"""The texts that may be an event's title, and what each weighs."""

from __future__ import annotations

from itertools import pairwise

import pytest

from spiders.extraction.listing.title_candidates import find_title_candidates, repeated_texts, weigh_words
from tests.spiders.extraction.listing.pages import region, under

BEST = {
    "a heading": ("<div id=r><h3>Phonics</h3><a href=/1>Room plan</a></div>", "h3"),
    "a class": ("<div id=r><p class=event-title>Phonics</p><a href=/1>Room plan</a></div>", "class"),
    "a link": ("<div id=r><b>Slate</b> <a href=/1>Phonics</a></div>", "a"),
    "bold words": ("<div id=r><b>Phonics</b> for all</div>", "b"),
    "a line": ("<div id=r>Phonics</div>", "text"),
    "the first of two marked alike": ("<div id=r><h3>Phonics</h3><h3>Geometry</h3></div>", "h3"),
    "not an address": ("<div id=r><b>12 Chalk Street</b><p>Phonics</p></div>", "text"),
    "not a sentence": ("<div id=r><b>bring a pencil and a ruler</b><p>Phonics</p></div>", "text"),
    "not a place's line": ("<div id=r><p>Where: Slate</p><p>Phonics</p></div>", "text"),
    "not a detail": ("<div id=r>Presenter: Ada Slate<br>Phonics</div>", "text"),
    "not a link around a card": ("<div id=r><a href=/1><p>Phonics</p></a></div>", "text"),
    "not a date": ("<div id=r><h3>3 March 2027</h3><p>Phonics</p></div>", "text"),
    "a cell": ("<table><tr id=r><td>3 March 2027</td><td>Phonics</td><td>Slate</td></tr></table>", "cell"),
    "a cell under a heading for titles": (
        "<table><tr><th>Date<th>Leader<th>Session</tr><tr id=r><td>3 March 2027<td>Ada Slate<td>Phonics</tr></table>",
        "column",
    ),
    "the heading of a cell's column": (
        "<table><tr><th>Phonics<th>Geometry</tr><tr><td id=r>3 March 2027<td>10 March 2027</tr></table>",
        "head above",
    ),
}


@pytest.mark.parametrize(("markup", "evidence"), BEST.values(), ids=list(BEST))
def test_the_heaviest_candidate(markup: str, evidence: str) -> None:
    """By where it stands, and by its words."""
    candidates = find_title_candidates(region(markup), None, frozenset())
    best = max(candidates, key=lambda candidate: candidate.weight)

    assert (best.text, best.evidence) == ("Phonics", evidence)


def test_headings_above_are_borrowed() -> None:
    """The nearest before the higher ones."""
    above = under("Phonics circle", "Circles", "Guild")
    found = list(find_title_candidates(region("<p id=r>3 March 2027</p>"), above, frozenset()))

    assert [title.text for title in found] == ["Phonics circle", "Circles", "Guild"]
    assert all(title.borrowed for title in found)
    assert all(nearer.weight > further.weight for nearer, further in pairwise(found))


def test_a_heading_over_one_region_alone_weighs_more() -> None:
    """It is that region's title."""
    words = region("<p id=r>3 March 2027</p>")
    (shared,) = find_title_candidates(words, under("Phonics"), frozenset())
    (own,) = find_title_candidates(words, under("Phonics", own=True), frozenset())

    assert own.weight > shared.weight


def test_a_line_has_the_texts_of_no_other_line() -> None:
    """What its element marks as a title may be another line's."""
    found = find_title_candidates(region("<p id=r><b>Geometry</b></p>", is_line=True), None, frozenset())

    assert {title.evidence for title in found} == {"text"}


def test_the_first_line_below_a_day_weighs_more() -> None:
    """It says what takes place on that day."""
    (line,) = find_title_candidates(region("<p id=r>Phonics</p>"), None, frozenset())
    (below,) = find_title_candidates(region("<p id=r>Phonics</p>", day="3 March 2027"), None, frozenset())

    assert below.weight > line.weight


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("Phonics workshop", "Phonics"),
        ("Phonics", "12 Chalk Street"),
        ("Phonics", "Chalk Hall"),
        ("Phonics", "Bring a pencil. Bring a ruler."),
        ("Phonics", "Phonics for all of the teachers of all the schools of the valley"),
    ],
)
def test_words(better: str, worse: str) -> None:
    """What they say for or against a title, wherever they stand."""
    assert weigh_words(better) > weigh_words(worse)


@pytest.mark.parametrize(
    ("texts", "repeated"),
    [
        (["Buy chalk", "Buy chalk", "Buy chalk", "Buy chalk"], {"Buy chalk"}),
        (["Buy chalk", "Buy chalk", "Buy chalk"], set()),
        (["Buy chalk"] * 4 + ["Phonics", "Geometry", "Poetry", "Chess"] * 2, set()),
        (["Board meeting"] * 4, set()),
        (["Phonics", "Geometry", "Poetry", "Chess"], set()),
    ],
    ids=["by all", "by too few", "by one in three", "a word for events", "by none"],
)
def test_what_most_regions_carry(texts: list[str], repeated: set[str]) -> None:
    """Says what one can do, unless it has a word for events."""
    regions = [region(f"<p id=r>3 March 2027 <a href=/>{text}</a></p>") for text in texts]

    assert repeated_texts(regions) == repeated


def test_a_repeated_text_weighs_less() -> None:
    """Than the line beside it."""
    card = region("<div id=r><a href=/1>Buy chalk</a><p>Phonics</p></div>")
    best = max(find_title_candidates(card, None, frozenset({"Buy chalk"})), key=lambda title: title.weight)

    assert best.text == "Phonics"
