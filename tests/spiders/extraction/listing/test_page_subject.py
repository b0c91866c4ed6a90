"""What a page is about as a whole."""

from __future__ import annotations

import pytest

from spiders.extraction.listing.page_subject import page_subject
from spiders.extraction.page import Page
from tests.spiders.extraction.listing.pages import NOW, URL

SUBJECTS = {
    "its heading": ("Guild", "<h1>Phonics circle</h1>", URL, "Phonics circle"),
    "its title": ("Phonics circle | Guild", "", URL, "Phonics circle"),
    "what both say": ("Geometry – Phonics", "<h1>Geometry</h1>", URL, "Geometry"),
    "what says more": ("Teaching fractions", "<h1>Teaching fractions</h1><h1>Webinar registration</h1>", URL, "Teaching fractions"),
    "not a list's name": ("Reading circle > Events", "<h1>Upcoming events</h1>", URL, "Reading circle"),
    "not the site's name": (
        "Reading circle",
        "<meta property=og:site_name content='Chalk Guild'><h1>Chalk Guild</h1>",
        URL,
        "Reading circle",
    ),
    "whose board": ("Board - Chalk Guild", "<h1>Board</h1>", URL, "Chalk Guild: Board"),
    "its address": ("Meetings", "<h1>Meetings</h1>", "https://guild.example/board-of-trustees/meetings", "Board of trustees"),
    "nothing": ("Events", "<h1>Events</h1>", "https://guild.example/events", None),
}  # fmt: skip


@pytest.mark.parametrize(("title", "markup", "url", "subject"), SUBJECTS.values(), ids=list(SUBJECTS))
def test_subjects(title: str, markup: str, url: str, subject: str | None) -> None:
    """By headings, the <title> and, at last, the address."""
    body = f"<html><head><title>{title}</title></head><body>{markup}</body></html>".encode()
    found = page_subject(Page(url=url, body=body, fetched_at=NOW))

    assert (found.text if found else None) == subject
    assert found is None or found.borrowed
