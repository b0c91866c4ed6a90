"""The CSV tables, read again: by csv, by pandas and by LibreOffice."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendar_export.source_summary import SourceSummary
from calendar_export.tables.cells import number_text, text_cell
from calendar_export.tables.columns import ColumnType, columns_by_table
from calendar_export.tables.csv_files import (
    EVENT_COLUMNS,
    columns_csv,
    csv_bytes,
    deadlines_csv,
    events_csv,
    events_frame,
    sources_csv,
)
from calendar_export.tables.rows import MAX_DESCRIPTION, event_row
from calendar_export.text.cleaning import clean_line
from calendar_export.text.facts import credit_text, key_facts, price_text
from symposia.event import (
    AttendanceMode,
    Credit,
    Deadline,
    DeadlineKind,
    Event,
    Kind,
    Location,
    Price,
    Recording,
    Recurrence,
    SourceRef,
    Status,
)

NOW = datetime(2026, 11, 24, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
AT_FOUR = datetime(2027, 3, 3, 16, tzinfo=BERLIN)
FORMULA = tuple("=+-@|%\t\r＝＋－＠")


def event(**known: Any) -> Event:
    """An event with those facts."""
    ref = SourceRef(id="guild", key="1", url="https://guild.example/")
    facts = {
        "uid": "a@symposia",
        "name": "Lesen",
        "start": AT_FOUR,
        "timezone": "Europe/Berlin",
        "sources": (ref,),
        "created": NOW,
        **known,
    }
    return Event(**facts)


FULL = event(
    name='Vorlesen; „gut", früh 😀 – مرحبا',
    end=AT_FOUR + timedelta(hours=1),
    attendance_mode=AttendanceMode.HYBRID,
    kind=Kind.WORKSHOP,
    location=Location(
        name="Halle", address="1 Weg", city="Bonn", region="NRW", country="DE", latitude=50.73, longitude=-7.1
    ),
    url="https://guild.example/1",
    registration_url="https://guild.example/1/register",
    recording_url="https://guild.example/1/video",
    description="Eine Stunde,\nzwei Bücher.",
    organizer="Gilde, e. V.",
    keywords=("phonics", "read aloud"),
    topics=("literacy", "early-childhood"),
    language="de",
    audience=("k-12", "librarians"),
    price=Price(is_free=False, low=20, high=45.5, currency="EUR"),
    deadlines=(
        Deadline(kind=DeadlineKind.REGISTRATION, at=date(2027, 2, 1)),
        Deadline(kind=DeadlineKind.PROPOSALS, at=datetime(2027, 1, 15, 17, tzinfo=UTC)),
    ),
    credit=(Credit(hours=2.5, unit="CEU"), Credit(certificate=True)),
    recording=Recording.WILL_BE_RECORDED,
    captions=True,
    sign_language=True,
    recurrence=Recurrence(rrule="FREQ=WEEKLY;COUNT=5"),
    last_modified=NOW,
)
DAYS = event(uid="days@symposia", name="Tagung", start=date(2027, 3, 3), end=date(2027, 3, 5), timezone=None)
SOURCES = (
    SourceSummary(
        id="guild",
        name="Gilde",
        url="https://guild.example/",
        status="ok",
        checked=date(2026, 11, 24),
        events=2,
        refused=0,
        pages=1,
        new=1,
    ),
    SourceSummary(id="new", name="=New", url="https://new.example/"),
    SourceSummary(
        id="slow",
        name="Slow",
        url="https://slow.example/",
        status="failed",
        cause="timeout",
        detail="no answer",
        alarms=("fails since 2026-11-20: timeout", "=1+1"),
    ),
)


def rows(content: bytes) -> list[dict[str, str]]:
    """The rows of a table."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_columns_keep_their_order() -> None:
    """New ones come last: who counts columns must not be surprised."""
    assert EVENT_COLUMNS[:34] == (
        "uid", "name", "start", "end", "all_day", "timezone", "start_utc", "end_utc", "status", "attendance_mode", "kind", "topics",
        "location", "address", "city", "region", "country", "price", "is_free", "organizer", "url", "registration_url", "language",
        "recurrence", "description", "sources", "created", "last_modified", "deadlines", "credit", "audience", "recording", "captions",
        "recording_url",
    )  # fmt: skip


def test_the_table() -> None:
    """Stable columns, ISO dates, local and UTC times."""
    read = rows(events_csv([event(end=AT_FOUR + timedelta(hours=1))]))

    assert tuple(read[0]) == EVENT_COLUMNS
    assert read[0]["start"] == "2027-03-03T16:00+01:00"
    assert (read[0]["start_utc"], read[0]["end_utc"]) == ("2027-03-03T15:00Z", "2027-03-03T16:00Z")
    assert read[0]["location"] == ""


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("name", 'Vorlesen; „gut", früh 😀 – مرحبا'),
        ("end", "2027-03-03T17:00+01:00"),
        ("start_local", "2027-03-03 16:00:00"),
        ("all_day", "FALSE"),
        ("captions", "TRUE"),
        ("attendance_mode", "hybrid"),
        ("topics", "literacy; early-childhood"),
        ("keywords", "phonics; read aloud"),
        ("price", "20 to 45.5 EUR"),
        ("price_low", "20"),
        ("price_high", "45.5"),
        ("currency", "EUR"),
        ("latitude", "50.73"),
        ("longitude", "-7.1"),
        ("credit", "2.5 CEU; certificate"),
        ("audience", "k-12; librarians"),
        ("recording", "will_be_recorded"),
        ("recording_url", "https://guild.example/1/video"),
        ("deadlines", "registration 2027-02-01; proposals 2027-01-15T17:00+00:00"),
        ("description", "Eine Stunde, zwei Bücher."),
        ("recurrence", "FREQ=WEEKLY;COUNT=5"),
        ("sequence", "0"),
        ("created", "2026-11-24T00:00Z"),
        ("source_urls", "https://guild.example/"),
    ],
)
def test_each_fact_in_its_column(column: str, text: str) -> None:
    """What is known, in the words of the data dictionary."""
    assert rows(events_csv([FULL]))[0][column] == text


def test_nothing_is_invented() -> None:
    """What is not known is an empty cell: no None, no NaN, no midnight."""
    read = rows(events_csv([FULL, event(start=date(2027, 3, 3), timezone=None, created=None)]))[1]

    known = {"uid", "name", "start", "all_day", "status", "sources", "start_local", "timezone_assumed", "sequence", "source_urls"}  # fmt: skip
    assert {name for name, text in read.items() if text} == known
    assert (read["start"], read["start_local"], read["all_day"]) == ("2027-03-03", "2027-03-03", "TRUE")


def test_the_file_is_as_excel_needs_it() -> None:
    """A byte order mark, CR LF, and no line end within a cell."""
    content = events_csv([FULL, DAYS])

    assert content.startswith(b"\xef\xbb\xbfuid,name,")
    assert content.count(b"\r\n") == content.count(b"\n") == 3
    assert events_csv([]).count(b"\r\n") == 1


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Reading", "Reading"),
        ("  two \t words\r\n", "two words"),
        ("=1+1", "'=1+1"),
        ("+49 228 1", "'+49 228 1"),
        ("-5 degrees", "'-5 degrees"),
        ("@guild", "'@guild"),
        ("%00", "'%00"),
        ("|cmd", "'|cmd"),
        ("＝1+1", "'＝1+1"),
        ("＠guild", "'＠guild"),
        (" \t=1", "'=1"),
        ("\u200f=1", "\u200f'=1"),
        ("'=1", "''=1"),
        ("'tis the season", "'tis the season"),
        ('"=1', "\"'=1"),
        # Where the semicolon parts cells, as in most of Europe, this would become a cell of its own.
        ("Reading;=cmd|'/C calc'!A0;", "Reading;'=cmd|'/C calc'!A0;"),
        ("pens; -paper", "pens; '-paper"),
        ("a-b = c; d", "a-b = c; d"),
        ("00123", "00123"),
        ("1E5", "1E5"),
        ("12-10-2027", "12-10-2027"),
        ("TRUE", "TRUE"),
        ("\ud800", None),
        (" \r\n", None),
        ("", None),
        (None, None),
    ],
)
def test_cells(text: str | None, written: str | None) -> None:
    """One line, as it was, and no formula."""
    assert text_cell(text) == written


hostile = st.text(max_size=60) | st.text(alphabet="=+-@|%;,\"' \t\r\n\u200f＝1a", max_size=20)


@given(hostile)
def test_no_cell_is_computed(text: str) -> None:
    """Neither where a comma parts the cells nor where a semicolon does, whatever an event is called."""
    content = events_csv([event(name=f"{text}.", description=text, organizer=text)]).decode("utf-8-sig")
    words = {
        column.name
        for column in columns_by_table()["events.csv"]
        if column.type in (ColumnType.TEXT, ColumnType.LIST, ColumnType.LINK)
    }

    assert len(list(csv.reader(io.StringIO(content, newline="")))) == 2
    for name, found in rows(content.encode("utf-8-sig"))[0].items():
        assert name not in words or not found.startswith(FORMULA)
    for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
        for read in csv.reader(io.StringIO(content, newline=""), delimiter=";", quoting=quoting):
            assert not any(part.strip(' "').startswith(FORMULA) for part in read)


@given(hostile)
def test_a_cell_is_read_back(text: str) -> None:
    """By csv and by pandas; without the apostrophes, it is the words on one line."""
    known = event(organizer=text)
    content = events_csv([known])
    written = text_cell(text) or ""
    frame = pd.read_csv(io.BytesIO(content), dtype="str", keep_default_na=False)

    assert rows(content)[0]["organizer"] == written == frame.loc[0, "organizer"]
    assert (
        re.sub(r"((?:^|;)[\s\u200f\"]*)'(?='*[=+\-@|%＝＋－＠])", r"\1", written) == clean_line(text) or "'" in written
    )


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (20, "20"),
        (45.5, "45.5"),
        (-122.419416, "-122.419416"),
        (1_250_000.0, "1250000"),
        (0.1 + 0.2, "0.3"),
        (float("nan"), None),
        (float("inf"), None),
    ],
)
def test_numbers(number: float, text: str | None) -> None:
    """Digits alone: neither exponents nor a marked thousand, which spreadsheets read each in their own way."""
    assert number_text(number) == text


@pytest.mark.parametrize(
    ("price", "text"),
    [
        (None, None),
        (Price(), None),
        (Price(is_free=True), "free"),
        (Price(is_free=True, low=0), "free"),
        (Price(low=0), "free"),
        (Price(is_free=False), "paid"),
        (Price(low=20, currency="EUR"), "20 EUR"),
        (Price(low=20, high=20, currency="EUR"), "20 EUR"),
        (Price(is_free=False, low=120, high=250, currency="USD"), "120 to 250 USD"),
        (Price(is_free=False, low=0, high=45.5, currency="USD"), "free to 45.5 USD"),
        (Price(high=250), "up to 250"),
        (Price(low=1_250_000, currency="IDR"), "1250000 IDR"),
        (Price(low=1234567.89), "1234567.89"),
        (Price(low=float("nan")), None),
    ],
)
def test_prices(price: Price | None, text: str | None) -> None:
    """In words, for tables and pages."""
    assert price_text(price) == text


def test_facts_in_short() -> None:
    """What educators choose by; nothing where nothing is known."""
    assert key_facts(event()) == ()
    assert key_facts(FULL)[:3] == ("workshop", "hybrid", "20 to 45.5 EUR")
    assert key_facts(FULL)[-2:] == ("register by 2027-02-01", "proposals by 2027-01-15")


def test_a_description_is_cut_and_a_private_link_left_out() -> None:
    """Who is in a meeting is not for a table to say."""
    long = event(description="x" * 600, url="https://zoom.us/j/123456789?pwd=abc")
    read = rows(events_csv([long]))[0]

    assert len(read["description"]) == MAX_DESCRIPTION
    assert read["url"] == ""


def test_a_slice_is_the_table_of_its_events() -> None:
    """Tables by topic are cut from one frame."""
    events = [FULL, DAYS, event(uid="b@symposia", topics=("literacy",))]
    wanted = ["literacy" in event.topics for event in events]

    assert csv_bytes(events_frame(events)[wanted]) == events_csv([FULL, events[2]])


def test_deadlines() -> None:
    """Those ahead, the soonest first: a day is ahead until it ends where the event is."""
    past = Deadline(kind=DeadlineKind.EARLY_BIRD, at=date(2026, 11, 22))
    today = Deadline(kind=DeadlineKind.OTHER, at=date(2026, 11, 24))
    events = [FULL, event(uid="b@symposia", deadlines=(past, today)), event(status=Status.CANCELLED, deadlines=(today,))]  # fmt: skip
    read = rows(deadlines_csv(events, NOW))

    assert [(row["at"], row["kind"], row["uid"]) for row in read] == [
        ("2026-11-24", "other", "b@symposia"),
        ("2027-01-15T18:00+01:00", "proposals", "a@symposia"),
        ("2027-02-01", "registration", "a@symposia"),
    ]
    assert (read[1]["at_utc"], read[1]["start"], read[1]["registration_url"]) == (
        "2027-01-15T17:00Z",
        "2027-03-03T16:00+01:00",
        "https://guild.example/1/register",
    )
    assert deadlines_csv(events[::-1], NOW) == deadlines_csv(events, NOW)


def test_sources() -> None:
    """How each is doing; one that was never read says so by saying nothing."""
    first, second, third = rows(sources_csv(SOURCES))

    assert (first["status"], first["checked"], first["events"], first["refused"]) == ("ok", "2026-11-24", "2", "0")
    assert second == dict.fromkeys(second, "") | {"id": "new", "name": "'=New", "url": "https://new.example/"}
    assert (third["status"], third["cause"], third["detail"]) == ("failed", "timeout", "no answer")


WRITTEN: dict[str, Callable[[], bytes]] = {
    "events.csv": lambda: events_csv([FULL, DAYS]),
    "deadlines.csv": lambda: deadlines_csv([FULL], NOW),
    "sources.csv": lambda: sources_csv(SOURCES),
    "columns.csv": columns_csv,
}


def test_the_dictionary_is_complete() -> None:
    """Every column of every table, none more; each with its meaning, an example and what an empty cell means."""
    described = rows(columns_csv())
    there = [(name, column) for name, write in WRITTEN.items() for column in rows(write())[0]]

    assert [(row["file"], row["column"]) for row in described] == there
    assert all(all(row.values()) for row in described)


def test_every_fact_has_a_column_and_every_column_a_fact() -> None:
    """A fact without a column would be lost in silence."""
    assert set(event_row(FULL)) == set(EVENT_COLUMNS)


@pytest.mark.parametrize("name", WRITTEN)
def test_pandas_reads_the_types(name: str) -> None:
    """Numbers, truths and moments as such; words as words."""
    frame = pd.read_csv(io.BytesIO(WRITTEN[name]()))

    for column in columns_by_table()[name]:
        known = frame[column.name].dropna()
        assert not known.empty
        if column.type in (ColumnType.MOMENT, ColumnType.UTC, ColumnType.LOCAL, ColumnType.DAY):
            assert pd.to_datetime(known, format="ISO8601", utc=True).notna().all()
        elif column.type is ColumnType.NUMBER:
            assert pd.api.types.is_numeric_dtype(known)
        elif column.type is ColumnType.BOOLEAN:
            assert set(known) <= {True, False}
        else:
            assert pd.api.types.is_string_dtype(known)


def test_the_examples_of_the_dictionary_are_cells_of_their_types() -> None:
    """As a person reads them there, so they stand in the files."""
    patterns = {
        ColumnType.DAY: r"\d{4}-\d\d-\d\d",
        ColumnType.MOMENT: r"\d{4}-\d\d-\d\d(T\d\d:\d\d[+-]\d\d:\d\d)?",
        ColumnType.LOCAL: r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d",
        ColumnType.UTC: r"\d{4}-\d\d-\d\dT\d\d:\d\dZ",
        ColumnType.NUMBER: r"\d+(\.\d+)?",
        ColumnType.BOOLEAN: "TRUE|FALSE",
        ColumnType.LINK: r"https://\S+",
    }
    for columns in columns_by_table().values():
        for column in columns:
            assert re.fullmatch(patterns.get(column.type, ".+"), column.example)


@pytest.mark.slow
def test_libreoffice_reads_the_table_and_writes_it_again(
    tmp_path: Path, convert: Callable[[Path, str, str | None], Path]
) -> None:
    """Every cell as it was; days and moments became dates, truths truths, numbers numbers."""
    events = [FULL, DAYS, event(uid="b@symposia", name="=1+1"), event(uid="c@symposia", name="1-2", organizer="Mai")]
    table = tmp_path / "events.csv"
    table.write_bytes(events_csv(events))
    book = convert(table, "xlsx", "CSV:44,34,76,1")
    again = convert(book, "csv:Text - txt - csv (StarCalc):44,34,76,1", None)

    assert rows(again.read_bytes()) == rows(table.read_bytes())
    sheet = openpyxl.load_workbook(book).worksheets[0]
    read = [dict(zip(EVENT_COLUMNS, line, strict=True)) for line in sheet.iter_rows(min_row=2, values_only=True)]
    assert read[0]["start_local"] == datetime(2027, 3, 3, 16)  # noqa: DTZ001 - cells have no zone
    assert read[1]["start"] == datetime(2027, 3, 3)  # noqa: DTZ001
    assert (read[0]["price_high"], read[0]["longitude"], read[0]["captions"]) == (45.5, -7.1, True)
    assert read[2]["name"] == "'=1+1"
    assert not any(cell.data_type == "f" for line in sheet.iter_rows() for cell in line)


@pytest.mark.parametrize(
    ("credit", "text"),
    [
        (Credit(hours=1, unit="contact"), "1 contact hour"),
        (Credit(hours=2.5, unit="clock"), "2.5 clock hours"),
        (Credit(hours=2, unit="CEU"), "2 CEU"),
        (Credit(hours=3), "3 hours"),
        (Credit(unit="other"), "credits"),
        (Credit(certificate=True), "certificate"),
        (Credit(hours=1, unit="PD", certificate=True), "1 PD hour; certificate"),
    ],
)
def test_credit_in_words(credit: Credit, text: str) -> None:
    """An amount with its unit, as people say it."""
    assert credit_text((credit,)) == text
