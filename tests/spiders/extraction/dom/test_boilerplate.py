"""What stands around a listing: by tag, role and name; and columns that list events all the same."""

from __future__ import annotations

import pytest
from lxml import html

from spiders.extraction.dom.boilerplate import is_aside, is_boilerplate

TEXT = "Readers and writers meet in the Chalk Hall. " * 10
LISTS = "<h3>Upcoming events</h3><p>3 March 2027: Phonics</p>"

ELEMENTS = [
    ("<nav id=x>Home</nav>", True, True),
    ("<footer id=x>Guild</footer>", True, True),
    ("<footer id=x><h2>Upcoming events</h2></footer>", True, True),
    ("<aside id=x>Our sponsors</aside>", True, True),
    (f"<aside id=x>{LISTS}</aside>", True, False),
    ("<header id=x>Guild</header>", True, True),
    ("<article><header id=x>Phonics</header></article>", False, False),
    ("<div id=x role=navigation>Home</div>", True, True),
    ("<div id=x role=main>Phonics</div>", False, False),
    ("<div id=x class=sidebar>Our sponsors</div>", True, True),
    ("<div id=x class='col left-sidebar'>Our sponsors</div>", True, True),
    (f"<div id=x class=sidebar>{LISTS}</div>", True, False),
    ("<div id=x class=upcoming-events-sidebar>3 March 2027</div>", True, False),
    ("<div id=x class=has-sidebar>Phonics</div>", False, False),
    ("<div id=x class=page-footer-layout>Phonics</div>", False, False),
    ("<div id=x class='site_footer'>Guild</div>", True, True),
    ("<div id=x class=comments-area>Nice!</div>", True, True),
    ("<div id=x class=menu>Home</div>", True, True),
    ("<div id=x class=menu-of-the-week>Phonics</div>", False, False),
    ("<main id=x class=sidebar-right>Phonics</main>", False, False),
    ("<div id=x class=card>Phonics</div>", False, False),
    ("<p id=x>Phonics</p>", False, False),
]


@pytest.mark.parametrize(("markup", "is_around", "is_passed_over"), ELEMENTS)
def test_elements(markup: str, is_around: bool, is_passed_over: bool) -> None:
    """Beside a page that says more than they do."""
    element = html.document_fromstring(f"<body>{markup}<div>{TEXT}</div></body>").get_element_by_id("x")

    assert (is_boilerplate(element), is_aside(element)) == (is_around, is_passed_over)


@pytest.mark.parametrize("tag", ["aside", "header", "div class=sidebar-left"])
def test_what_holds_the_page_is_read(tag: str) -> None:
    """Whatever it is called: most of the text, a `<main>` that says something, or the page's heading."""
    markups = [f"<{tag}>{TEXT}</{tag}>", f"<p>{TEXT}</p><{tag}><main>{TEXT[:100]}</main></{tag}>"]

    for markup in markups:
        tree = html.document_fromstring(f"<body>{markup}</body>")
        assert not is_aside(next(tree.iter(tag.split()[0])))


@pytest.mark.parametrize(("markup", "expected"), [("<button>", True), ("<select>", True), ("<input>", False)])
def test_controls(markup: str, expected: bool) -> None:
    """Are no place for events; but days to choose from are read where a page lists nothing elsewhere."""
    element = html.fromstring(markup)

    assert is_aside(element) is expected
    assert is_aside(element, everywhere=True) is (markup == "<button>")


def test_everywhere() -> None:
    """Names and places no longer count; navigation and footers do."""
    elements = html.fragments_fromstring("<aside>1</aside><header>2</header><div class=sidebar>3</div><nav>4</nav>")

    assert [is_aside(element, everywhere=True) for element in elements] == [False, False, False, True]


@pytest.mark.parametrize("markup", ["<div class=modal>", "<div role=dialog>", "<div class='chat open'>"])
def test_what_may_hold_events_makes_no_statements(markup: str) -> None:
    """About the page."""
    element = html.fromstring(markup)

    assert not is_boilerplate(element)
    assert is_boilerplate(element, statements=True)
