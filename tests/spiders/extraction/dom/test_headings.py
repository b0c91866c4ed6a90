"""What stands above an element: its headings, nearest first, and a year that is stated once."""

from __future__ import annotations

import pytest
from lxml import html

from spiders.extraction.dom.headings import find_headings_above, year_in

PAGE = """<h1>Guild</h1><p id=a>A</p><h2>Courses</h2><p id=b>B</p><h3>Phonics</h3><p id=c>C</p><p id=d>D</p>
<h2>Meetings</h2><p id=e>E</p><h3 id=f>3 March</h3>"""


@pytest.mark.parametrize(
    ("element", "headings", "own"),
    [
        ("a", ["Guild"], True),
        ("b", ["Courses", "Guild"], True),
        ("c", ["Phonics", "Courses", "Guild"], False),
        ("d", ["Phonics", "Courses", "Guild"], False),
        ("e", ["Meetings", "Guild"], False),
        ("f", ["Meetings", "Guild"], False),
    ],
)
def test_headings(element: str, headings: list[str], own: bool) -> None:
    """A heading ends those of its level and below, and does not stand under itself."""
    tree = html.document_fromstring(PAGE)
    asked = [tree.get_element_by_id(name) for name in "abcdef"]
    above = find_headings_above(tree, asked, 2027)[tree.get_element_by_id(element)]

    assert ([heading.text for heading in above.headings], above.own) == (headings, own)


@pytest.mark.parametrize(
    ("before", "year"),
    [
        ("<h2>2026</h2>", 2026),
        ("<h2>2026</h2><h2>2027 Meetings</h2>", 2027),
        ("<p><b>2026</b></p>", 2026),
        ("<caption>Dates 2026</caption>", 2026),
        ("<p>The 2026 committee meetings are held in the Chalk Hall, which lies behind the library.</p>", 2026),
        ("<p>March 3, 2026</p>", None),
        ("<p>2026 and 2027</p>", None),
        ("<p>© 2026 Reading Guild</p>", None),
        ("<h2>1984</h2>", None),
        ("<p>48 events since 2015, which is more than any other guild of readers and writers can say.</p>", None),
        ("<pre>2026</pre>", None),
    ],
)
def test_years(before: str, year: int | None) -> None:
    """The last line before an element that states one, near the year of the page, and no day."""
    tree = html.document_fromstring(f"<body>{before}<p id=x>3 March</p></body>")
    element = tree.get_element_by_id("x")

    assert find_headings_above(tree, [element], 2027)[element].year == year


def test_a_long_text_states_no_year_in_passing() -> None:
    """Nor does one with a second number."""
    assert year_in("2026 " + "and what we did in it " * 5) is None
    assert year_in("Grade 3, 2026") is None
