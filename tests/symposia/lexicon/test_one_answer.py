"""Policy: a word that means a status, a mode, a kind or "free" means it wherever it stands, whoever reads it."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape
from typing import Any

import pytest

from pipelines.normalize.normalize import normalize
from spiders.extraction.extract import extract
from spiders.extraction.page import Page
from symposia.event import AttendanceMode, Event, Kind, Location, Price, Status
from symposia.facts import read_facts
from symposia.facts.price_field import read_price
from symposia.lexicon.fields import guess_kind, read_kind, read_mode
from symposia.lexicon.status import find_status, read_status, split_status
from symposia.lexicon.terms import term_tables
from symposia.posting import Origin, Posting

NOW = datetime(2026, 11, 1, tzinfo=UTC)
ORIGIN = Origin(
    source="guild", url="https://guild.example/", fetched_at=NOW, extractor="test", timezone="Europe/Berlin"
)


def words(*tables: str) -> list[tuple[str, str]]:
    """Each word of the tables with the name of its list; a star is left out, as it may stand for nothing."""
    lists = ((name, word) for table in tables for name, listed in term_tables()[table].items() for word in listed)
    return sorted({(name, word.replace("*", "")) for name, word in lists})


def event(**fields: Any) -> Event:
    """The event of a posting with those fields."""
    known = {"name": "Reading Day", "start": "2027-03-03", **fields}
    return normalize(Posting(origin=ORIGIN, source_key="1", **known)).event


STATUSES = words("status")
CHANGES = [(name, word) for name, word in STATUSES if name != "scheduled"]


@pytest.mark.parametrize(("name", "word"), STATUSES)
def test_a_status_word_is_a_status(name: str, word: str) -> None:
    """In a field, and before or behind a name."""
    status = Status(name)

    assert read_status(word) is status
    assert event(status=word).status is status
    assert event(name=f"Reading Day - {word}").status is status


@pytest.mark.parametrize(("name", "word"), CHANGES)
def test_a_change_of_plan_is_cut_from_a_name(name: str, word: str) -> None:
    """Before or behind it; and it counts, though a field says that all goes as planned."""
    assert split_status(f"{word.upper()}: Reading Day") == ("Reading Day", Status(name))
    assert split_status(f"Reading Day ({word})") == ("Reading Day", Status(name))
    assert event(name=f"Reading Day ({word})", status="CONFIRMED").status is Status(name)


@pytest.mark.parametrize(("name", "word"), CHANGES)
def test_what_the_listing_reader_says_becomes_a_status(name: str, word: str) -> None:
    """From the page to the event, whatever stands beside the word."""
    items = (
        f"<li><b>Maths circle</b> March 3, 2027, 4 pm <em>{escape(word)}</em></li>",
        "<li><b>Poetry circle</b> March 10, 2027, 4 pm</li>",
    )
    page = Page(
        url="https://guild.example/",
        body=f"<html><body><ul>{''.join(items)}</ul></body></html>".encode(),
        fetched_at=NOW,
        content_type="text/html; charset=utf-8",
    )
    first, second = (normalize(posting).event for posting in extract(page).postings)

    assert (first.name, first.status) == ("Maths circle", Status(name))
    assert second.status is Status.SCHEDULED
    assert read_status(find_status(f"This event has been {word}")) in (Status(name), None)


@pytest.mark.parametrize(("name", "word"), words("mode", "mode_in_field", "mode_alone"))
def test_a_mode_word_is_a_mode(name: str, word: str) -> None:
    """In a field of modes, and as the name of a place."""
    mode = AttendanceMode.ONLINE if name == "stream" else AttendanceMode(name)

    assert read_mode(word) is mode
    assert event(attendance_mode=word).attendance_mode is mode
    assert event(location=Location(name=word)).attendance_mode is mode


@pytest.mark.parametrize(("name", "word"), words("kind", "kind_in_field"))
def test_a_kind_word_is_a_kind(name: str, word: str) -> None:
    """In a field of kinds, and where a name is nothing else."""
    assert read_kind(word) is Kind(name)
    assert event(kind=word).kind is Kind(name)


@pytest.mark.parametrize(("name", "word"), words("kind_in_name"))
def test_a_word_that_tells_the_kind_in_a_name_tells_it_in_a_field(name: str, word: str) -> None:
    """No list says otherwise than the other."""
    assert (guess_kind(word), read_kind(word)) == (Kind(name), Kind(name))


@pytest.mark.parametrize(("name", "word"), words("free"))
def test_a_word_that_means_free_is_free(name: str, word: str) -> None:
    """In a field of prices, and in prose where it is sure."""
    assert read_price(word) == Price(is_free=True)
    assert event(price=word).price == Price(is_free=True)
    if name == "words":
        assert read_facts("Reading Day", f"Reading circle, {word}.", NOW).price == Price(is_free=True)
