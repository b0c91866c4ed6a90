"""Tables: cells under their headings, rows that belong together, and rows whose cells are events."""

from __future__ import annotations

import pytest
from lxml import html

from spiders.extraction.dom.table_columns import cell_under, heading_of, is_row_of_events, joined_rows

HEAD = "<tr><th>Date</th><th>Title</th><th>Location</th></tr>"
PLAIN = f"<table>{HEAD}<tr id=x><td>3 March</td><td>Phonics</td><td>Room 2</td></tr></table>"
TITLED = f"<table><tr><th colspan=3>Spring</th></tr>{HEAD}<tr id=x><td>3 March</td><td>Phonics</td><td>Room 2</td></tr></table>"
WIDE = f"<table>{HEAD}<tr id=x><td colspan=2>3 March</td><td>Room 2</td></tr></table>"
SPANNED = f"<table>{HEAD}<tr><td rowspan=2>3 March</td><td>Maths</td><td>Room 1</td></tr><tr id=x><td>Phonics</td><td>Room 2</td></tr></table>"
HEADLESS = "<table><tr id=x><td>3 March</td><td>Phonics</td></tr></table>"


def row(markup: str) -> html.HtmlElement:
    """The row asked for."""
    return html.document_fromstring(markup).get_element_by_id("x")


@pytest.mark.parametrize(
    ("markup", "name", "place"),
    [
        (PLAIN, "Phonics", "Room 2"),
        (TITLED, "Phonics", "Room 2"),
        (WIDE, None, "Room 2"),
        (SPANNED, "Phonics", "Room 2"),
        (HEADLESS, None, None),
        ("<ul><li id=x>3 March</ul>", None, None),
    ],
    ids=["plain", "below a title", "a cell over two columns", "a cell over two rows", "no headings", "no table"],
)
def test_cells_under_headings(markup: str, name: str | None, place: str | None) -> None:
    """By column, spans reckoned in; and back."""
    found = {key: cell_under(row(markup), key) for key in ("name", "place")}

    assert [None if cell is None else cell.text for cell in found.values()] == [name, place]
    for cell in found.values():
        assert cell is None or heading_of(cell) is not None


def test_headings_have_none() -> None:
    """Nor has what is no cell."""
    tree = html.document_fromstring(PLAIN)

    assert [heading_of(element) for element in tree.iter("th", "tr")] == [None] * 5


@pytest.mark.parametrize(
    ("spans", "sizes"),
    [(["", "", ""], [1, 1, 1]), (["rowspan=2", "", ""], [2, 2, 1]), (["", "rowspan=2", ""], [1, 2, 2]), (["rowspan=9"] + [""] * 9, [1] * 10), (["rowspan=x"], [1])],
)  # fmt: skip
def test_joined_rows(spans: list[str], sizes: list[int]) -> None:
    """By a cell that spans a few; one that spans many heads a group."""
    table = html.fromstring(f"<table>{''.join(f'<tr><td {span}>A</td><td>B</td></tr>' for span in spans)}</table>")

    assert [len(joined_rows(one)) for one in table.iter("tr")] == sizes


@pytest.mark.parametrize(
    ("cells", "dated", "expected"),
    [
        (["3 March: Phonics", "10 March: Maths"], [0, 1], True),
        (["3 March", "10 March", "17 March"], [0, 1, 2], True),
        (["3 March", "Phonics"], [0], False),
        (["3 March", ""], [0], False),
        (["3 March", "5 March"], [0, 1], True),
    ],
)
def test_rows_of_events(cells: list[str], dated: list[int], expected: bool) -> None:
    """Each cell with a title of its own, or nothing but dates."""
    one = html.fromstring(f"<table><tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr></table>").find(".//tr")

    assert is_row_of_events(one, {one[number] for number in dated}) is expected


def test_a_start_and_an_end_are_one_event() -> None:
    """As the headings say."""
    table = html.fromstring(
        "<table><tr><th>Start</th><th>End</th></tr><tr><td>3 March</td><td>5 March</td></tr></table>"
    )
    last = list(table.iter("tr"))[-1]

    assert not is_row_of_events(last, set(last))
