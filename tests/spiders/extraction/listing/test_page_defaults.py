"""Times and places that a page states once for its events."""

from __future__ import annotations

import pytest

from spiders.extraction.dom.headings import find_headings_above
from spiders.extraction.listing.page_defaults import (
    default_place_for,
    default_time_for,
    find_page_defaults,
    read_page_default,
)
from tests.spiders.extraction.listing.pages import NOW, read_day, tree


def has_day(text: str) -> bool:
    """Whether a text names a day in ISO 8601."""
    return read_day(text) is not None


SENTENCES = [
    ("All meetings begin at 6:30 pm in the Chalk Hall.", "18:30", "Chalk Hall"),
    ("All meetings begin at 6:30 pm.", "18:30", None),
    ("All meetings are held in the Chalk Hall.", None, "Chalk Hall"),
    ("Time: 6:30 pm", "18:30", None),
    ("6:30 pm", "18:30", None),
    ("Mondays at 6:30 pm, on:", "18:30", None),
    ("The meeting on 2027-03-03 begins at 6:30 pm.", None, None),
    ("Our office is open at 9:00 am.", None, None),
    ("Meetings will begin no earlier than 9:00 am.", None, None),
    ("All meetings are fun.", None, None),
    ("6 pm", None, None),
    ("All meetings begin at 6:30 pm. " * 50, None, None),
]


@pytest.mark.parametrize(("sentence", "time", "place"), SENTENCES)
def test_sentences(sentence: str, time: str | None, place: str | None) -> None:
    """That are about all events, or say a mere time; not about one event, or office hours."""
    default = read_page_default(sentence, has_day, "en")

    assert (f"{default.time.start:%H:%M}" if default and default.time else None) == time
    assert (default.place if default else None) == place


def test_the_words_of_a_region_are_its_own() -> None:
    """And boilerplate states nothing."""
    markup = "<p>All meetings begin at 6 pm.</p><ul><li>All meetings begin at 7 pm.</li></ul><nav>All meetings begin at 8 pm.</nav>"
    page = tree(markup)
    defaults = find_page_defaults(page, list(page.iter("li")), has_day, "en", None)

    assert [default.time.words for default in defaults if default.time] == ["All meetings begin at 6 pm."]


TWO_BOARDS = (
    "<h1>Boards</h1><h2>Library</h2><p>All meetings begin at 6 pm in the Chalk Hall.</p><ul><li>2027-03-03</li></ul>"
    "<h2>School</h2><p>All meetings begin at 7 pm in the Slate Hall.</p><ul><li>2027-03-10</li></ul>"
    "<h2>Parks</h2><ul><li>2027-03-17</li></ul>"
)


THREE_BOARDS = "".join(f"<h2>{board}</h2><ul><li>2027-03-03</li></ul>" for board in ("Library", "School", "Parks"))


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        (TWO_BOARDS, [("18:00", "Chalk Hall"), ("19:00", "Slate Hall"), (None, None)]),
        ("<p>All meetings begin at 6 pm in the Chalk Hall.</p>" + THREE_BOARDS, [("18:00", "Chalk Hall")] * 3),
        ("<p>All meetings begin at 6 pm.</p><p>All meetings begin at 7 pm.</p><ul><li>2027-03-03</li></ul>", [(None, None)]),
    ],
    ids=["under their headings", "for all", "two that differ"],
)  # fmt: skip
def test_what_holds_for_an_event(markup: str, expected: list[tuple[str | None, str | None]]) -> None:
    """What stands under the nearest heading that has any, else on the page, where that is but one."""
    page = tree(markup)
    items = list(page.iter("li"))
    defaults = find_page_defaults(page, items, has_day, "en", None)
    headings = find_headings_above(page, [*items, *(default.element for default in defaults)], NOW.year)
    placed = [(default, headings[default.element]) for default in defaults]
    times = [default_time_for(headings[item], placed) for item in items]
    places = [default_place_for(headings[item], placed) for item in items]

    assert [
        (f"{time.start:%H:%M}" if time else None, place) for time, place in zip(times, places, strict=True)
    ] == expected
