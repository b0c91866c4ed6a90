"""The title that is chosen for a region."""

from __future__ import annotations

import pytest

from spiders.extraction.dom.headings import Above
from spiders.extraction.lexicon.titles import TitleCandidate
from spiders.extraction.listing.title import choose_title
from tests.spiders.extraction.listing.pages import region, under

GUILD = TitleCandidate("Chalk Guild", "h1", 1.0, borrowed=True)
DATE = "<p id=r>3 March 2027</p>"
TITLES = {
    "its own": ("<div id=r><h3>Phonics</h3><p>3 March 2027</p></div>", under("Circles"), GUILD, "Phonics"),
    "the nearest heading's": (DATE, under("Phonics circle", "Circles"), GUILD, "Phonics circle"),
    "the singular of a list's": (DATE, under("Board Meetings"), None, "Board Meeting"),
    "the page's": (DATE, None, GUILD, "Chalk Guild"),
    "a poor heading, for want of any": (DATE, under("2027 Meeting Schedule"), None, "2027 Meeting Schedule"),
    "none": (DATE, None, None, None),
    "a number, with its series": ("<div id=r><h3>Session 2</h3></div>", under("Phonics"), None, "Phonics: Session 2"),
    "an acronym, with its words": (
        "<div id=r><h3>FRAC 2027</h3><p>Fractions and ratios conference</p></div>",
        None,
        None,
        "FRAC 2027: Fractions and ratios conference",
    ),
    "an acronym, in its words": (
        "<div id=r><h3>FRAC</h3><p>FRAC, the fractions conference</p></div>",
        None,
        None,
        "FRAC, the fractions conference",
    ),
    "an acronym alone": ("<div id=r><h3>FRAC 2027</h3></div>", None, None, "FRAC 2027"),
    "a word of the page's, with whose it is": (
        DATE,
        under("Board"),
        TitleCandidate("Chalk Guild: Board", "h1", 0.0, borrowed=True),
        "Chalk Guild: Board",
    ),
}


@pytest.mark.parametrize(("markup", "above", "subject", "title"), TITLES.values(), ids=list(TITLES))
def test_titles(markup: str, above: Above | None, subject: TitleCandidate | None, title: str | None) -> None:
    """The heaviest candidate, completed where it says too little."""
    chosen = choose_title(region(markup), subject, above, is_only=False, repeated=frozenset())

    assert (chosen.text if chosen else None) == title


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        ("<div id=r><p>Phonics</p><p>3 March 2027</p></div>", "Chalk Guild"),
        ("<div id=r><h3>Phonics</h3><p>3 March 2027</p></div>", "Phonics"),
        ("<table><tr><th>Topic<th>Date</tr><tr id=r><td>Phonics<td>3 March 2027</tr></table>", "Phonics"),
        ("<table><tr id=r><td>Phonics<td>3 March 2027</tr></table>", "Chalk Guild"),
    ],
    ids=["unmarked", "marked", "a row under headings", "a row"],
)
def test_the_only_region_is_called_as_the_page(markup: str, title: str) -> None:
    """Unless it has a title that is marked as one."""
    chosen = choose_title(region(markup), GUILD, None, is_only=True, repeated=frozenset())

    assert chosen is not None
    assert chosen.text == title
