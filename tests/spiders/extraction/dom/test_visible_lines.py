"""The lines of a page: one a block, each with its place."""

from __future__ import annotations

import pytest
from lxml import html

from spiders.extraction.dom.visibility import visible_tree
from spiders.extraction.dom.visible_lines import MAX_LINE, MAX_LINES, main_lines, visible_lines


def tree(markup: str) -> html.HtmlElement:
    """The visible tree of a page with that body."""
    return visible_tree(html.document_fromstring(f"<body>{markup}</body>"))


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("One line", [("One line", "body")]),
        ("<p>One</p><p>Two</p>", [("One", "p"), ("Two", "p")]),
        ("<p>One<br>Two</p>", [("One", "p"), ("Two", "p")]),
        ("<h1>Ev<b>en</b>ts</h1>", [("Events", "h1")]),
        ("<p>One <!-- x -->line</p>", [("One line", "p")]),
        ("<p>No events <button>Subscribe</button></p>", [("No events Subscribe", "p")]),
        ("<div>One<p>Two</p>Three</div>", [("One", "div"), ("Two", "p"), ("Three", "div")]),
        ("<p>Choose<select><option>Phonics</select>!</p><textarea>Dear</textarea>", [("Choose!", "p")]),
        ("<p hidden>One</p><p>Two</p>", [("Two", "p")]),
        ("<p>  </p>", []),
    ],
)
def test_lines(markup: str, expected: list[tuple[str, str]]) -> None:
    """White space is folded, what is hidden or chosen from left out."""
    assert [(line.text, line.place.tag) for line in visible_lines(tree(markup))] == expected


@pytest.mark.parametrize(
    ("markup", "is_own", "in_main"),
    [
        ("<p>X</p>", True, False),
        ("<main><p>X</p></main>", True, True),
        ("<div role=main>X</div>", True, True),
        ("<nav><ul><li>X</ul></nav>", False, False),
        ("<div class=modal><p>X</p></div>", False, False),
        ("<table><tr><td>X<td>2<td>3</table>", True, False),
        ("<table><tr><td>X<td>2<td>3<td>4<td>5<td>6<td>7</table>", False, False),
        ("<div role=gridcell>X</div>", False, False),
    ],
)
def test_places(markup: str, is_own: bool, in_main: bool) -> None:
    """Boilerplate and single days are not the page's own."""
    place = visible_lines(tree(markup))[0].place

    assert (place.is_own, place.in_main) == (is_own, in_main)


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<nav>Home</nav><p>Guild</p><main><p>Events</p></main>", ["Events"]),
        ("<nav>Home</nav><p>Guild</p><main></main>", ["Guild"]),
        ("<nav>Home</nav>", []),
    ],
)
def test_main_lines(markup: str, expected: list[str]) -> None:
    """Of `<main>`, if that says anything."""
    assert [line.text for line in main_lines(tree(markup))] == expected


def test_bounds() -> None:
    """Of a line, of all lines, and of what was asked for."""
    assert len(visible_lines(tree(f"<p>{'word ' * 1_000}</p>"))[0].text) <= MAX_LINE
    assert len(visible_lines(tree("<p>word</p>" * 4_000))) == MAX_LINES
    assert len(visible_lines(tree("<nav>Home</nav>" + "<p>word</p>" * 100), most=10)) == 4
