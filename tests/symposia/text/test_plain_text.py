"""Plain text of HTML: lines, what is left out, and bounds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from symposia.text.plain_text import first_text, one_line, own_lines, plain_text, tree_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, None),
        ("", None),
        ("<p> </p>", None),
        ("Phonics", "Phonics"),
        ("Phonics &amp; spelling", "Phonics & spelling"),
        ("grades < 3", "grades < 3"),
        ("<p>One<br>Two</p>", "One\n\nTwo"),
        ("<ul><li>One<li>Two</ul>", "One\n\nTwo"),
        ("<p>One<script>two()</script><style>p {}</style><template>three</template></p>", "One"),
        ("<p>One<video>Get a browser</video><iframe>Get a browser</iframe></p>", "One"),
        ("<p>One <!-- two -->three</p>", "One three"),
        ("soft\u00adhyphen, zero\u200bwidth, no\xa0break", "softhyphen, zerowidth, no break"),
        ("Cafe\u0301", "Café"),
        ("<b>2027</b><i>11:30</i>", "2027 11:30"),
        ("<span>Room</span><span>Two</span>", "Room Two"),
        ("10<sup>th</sup>", "10th"),
        ("<p>One</p>" + "<p></p>" * 9 + "<p>Two</p>", "One\n\nTwo"),
    ],
)
def test_plain_text(text: str | None, expected: str | None) -> None:
    """Blocks are lines, and words that only style sets apart stay apart."""
    assert plain_text(text) == expected
    assert one_line(text) == (" ".join(expected.split()) if expected else None)


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>One</p>", ["One"]),
        ("<div>One <b>two</b><p>three</p>four</div>", ["One two", "four"]),
        ("<div>One<br>two</div>", ["One", "two"]),
        ("<div><p>One</p></div>", []),
        ("<div>One<script>two</script></div>", ["One"]),
    ],
)
def test_own_lines(markup: str, expected: list[str]) -> None:
    """Without those of the blocks within."""
    assert own_lines(html.fromstring(markup), 100) == expected


def test_elements_left_out() -> None:
    """With all they hold, but not with what follows them."""
    tree = html.fromstring("<p>One <b>two <i>three</i></b> four</p>")

    assert tree_text(tree, without=set(tree.iter("b"))).split() == ["One", "four"]


@given(st.text(), st.integers(1, 50))
def test_bounds(text: str, limit: int) -> None:
    """Of any text, with and without tags."""
    for markup in (text, f"<p>{text}</p>"):
        assert len(plain_text(markup, limit) or "") <= limit
        assert len(one_line(markup, limit) or "") <= limit


def test_the_beginning_is_enough() -> None:
    """What is asked for a few characters is not read to its end."""
    assert len(first_text(html.fromstring("<div>" + "<p>word</p>" * 1_000 + "</div>"), 20)) < 40
