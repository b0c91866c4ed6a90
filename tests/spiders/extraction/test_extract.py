"""Which extractor reads a page, and how a new format is added."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from spiders.extraction.extract import EXTRACTORS, extract
from spiders.extraction.extractor import Extractor, choose_extractor
from spiders.extraction.page import Extraction, Page
from symposia.errors import Cause, ExtractionError
from symposia.posting import Posting

SAVED = sorted((Path(__file__).parent / "classify" / "platforms").iterdir())
BY_SUFFIX = {".ics": "iCalendar", ".json": "JSON or XML", ".html": "HTML"}


def page(body: str | bytes) -> Page:
    """A page with that body, served as nothing in particular."""
    content = body if isinstance(body, bytes) else body.encode()
    return Page(url="https://chalk.example/events", body=content, fetched_at=datetime(2026, 11, 1, tzinfo=UTC))


@pytest.mark.parametrize("saved", SAVED, ids=lambda path: path.name)
def test_every_saved_page_is_read_by_the_extractor_of_its_format(saved: Path) -> None:
    """The content tells it, since neither the address nor the media type does here."""
    assert choose_extractor(page(saved.read_bytes()), EXTRACTORS).name == BY_SUFFIX[saved.suffix]


@pytest.mark.parametrize("saved", SAVED, ids=lambda path: path.name)
def test_no_two_formats_for_machines_claim_one_page(saved: Path) -> None:
    """So their order does not matter; HTML takes any page, and is last."""
    *for_machines, last = EXTRACTORS

    assert sum(extractor.accepts(page(saved.read_bytes())) for extractor in for_machines) <= 1
    assert last.name == "HTML"
    assert last.accepts(page(saved.read_bytes()))


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "iCalendar"),
        ('<?xml version="1.0"?><rss version="2.0"><channel/></rss>', "RSS or Atom"),
        ('<feed xmlns="http://www.w3.org/2005/Atom"/>', "RSS or Atom"),
        ('<?xml version="1.0"?><events/>', "JSON or XML"),
        ("[]", "JSON or XML"),
        ('<?xml version="1.0"?><!DOCTYPE html><html></html>', "HTML"),
        ("Not found", "HTML"),
        ("", "HTML"),
    ],
)
def test_the_content_decides(body: str, name: str) -> None:
    """In the order of the tuple: a feed is XML too, and anything may be HTML."""
    assert choose_extractor(page(body), EXTRACTORS).name == name


@pytest.mark.parametrize("body", ["", "Access denied", "<html><title>404 Not Found</title><h1>Not Found</h1></html>"])
def test_a_soft_error_is_refused_before_it_is_read(body: str) -> None:
    """Its cause says what it is."""
    with pytest.raises(ExtractionError):
        extract(page(body))


class ChalkboardExtractor:
    """A made-up format, `CHALK` and a line an event, in the few lines that a new format takes."""

    name = "chalkboard"
    may_be_soft_error = False

    def accepts(self, page: Page) -> bool:
        """Whether the first line says so."""
        return page.text.startswith("CHALK\n")

    def extract(self, page: Page) -> Extraction:
        """Read `start | name`, line by line."""
        lines = [line.split(" | ") for line in page.text.splitlines()[1:]]
        postings = tuple(
            Posting(origin=page.origin("chalkboard"), source_key=start, name=name, start=start) for start, name in lines
        )
        return Extraction(kind="chalkboard", postings=postings)


WITH_CHALK: tuple[Extractor, ...] = (ChalkboardExtractor(), *EXTRACTORS)
CHALK = "CHALK\n2027-03-03T16:00 | Teaching Fractions\n2027-03-10T16:00 | Libraries and AI"


def test_a_new_format_is_one_class_and_one_line() -> None:
    """It is read where the tuple has it, and only there."""
    found = extract(page(CHALK), WITH_CHALK)

    assert [(posting.name, posting.start) for posting in found.postings] == [
        ("Teaching Fractions", "2027-03-03T16:00"),
        ("Libraries and AI", "2027-03-10T16:00"),
    ]
    assert choose_extractor(page(CHALK), EXTRACTORS).name == "HTML"


@pytest.mark.parametrize("saved", SAVED, ids=lambda path: path.name)
def test_a_new_format_changes_no_other_page(saved: Path) -> None:
    """Each page is read as before."""
    assert choose_extractor(page(saved.read_bytes()), WITH_CHALK) is choose_extractor(
        page(saved.read_bytes()), EXTRACTORS
    )


def test_a_page_that_no_extractor_accepts() -> None:
    """Cannot happen with HTML in the tuple; without it, the caller is told."""
    with pytest.raises(LookupError, match=r"chalk\.example"):
        choose_extractor(page("CHALKY"), [ChalkboardExtractor()])


def test_a_private_link_leaves_no_trace() -> None:
    """Neither as the address of an event nor as its key: whoever sees it could join."""
    calendar = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:https://zoom.us/j/123456789?pwd=abc\r\n"
        "SUMMARY:Fractions\r\nDTSTART:20270303T160000Z\r\nURL:https://zoom.us/j/123456789?pwd=abc\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    (posting,) = extract(page(calendar)).postings

    assert posting.url is None
    assert posting.source_key.startswith("sha256:")


def test_a_page_of_too_many_tags() -> None:
    """Is refused before it is parsed."""
    with pytest.raises(ExtractionError) as caught:
        extract(page("<html><h1>Events</h1><p>3 March 2027: Fractions</p>" + "<b>" * 400_001))
    assert caught.value.cause == Cause.TOO_LARGE
