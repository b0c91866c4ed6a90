"""The workbook, read again by another library than wrote it, and by LibreOffice."""

from __future__ import annotations

import csv
import io
import logging
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calendar_export.source_summary import SourceSummary
from calendar_export.tables import xlsx as workbook
from calendar_export.tables.columns import columns_by_table
from calendar_export.tables.xlsx import MAX_TEXT, workbook_bytes
from symposia.event import Deadline, DeadlineKind, Event, Location, Price, SourceRef

NOW = datetime(2026, 11, 24, tzinfo=UTC)
AT_FOUR = datetime(2027, 3, 3, 16, tzinfo=ZoneInfo("Europe/Berlin"))
SOURCES = (
    SourceSummary(
        id="guild", name="Gilde", url="https://guild.example/", status="ok", checked=date(2026, 11, 24), events=2
    ),
    SourceSummary(id="new", name="New", url="https://new.example/"),
)


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
    end=AT_FOUR + timedelta(hours=1),
    location=Location(city="Bonn", latitude=50.73, longitude=-7.1),
    url="https://guild.example/1?a=b&c=d#e",
    registration_url="javascript:alert(1)",
    price=Price(is_free=False, low=20, high=45.5, currency="EUR"),
    deadlines=(
        Deadline(kind=DeadlineKind.REGISTRATION, at=date(2027, 2, 1)),
        Deadline(kind=DeadlineKind.PROPOSALS, at=datetime(2027, 1, 15, 17, tzinfo=UTC)),
    ),
    captions=True,
    sign_language=True,
)
DAYS = event(uid="days@symposia", name="00123", start=date(2027, 3, 3), end=date(2027, 3, 5), timezone=None)
OLD = event(uid="old@symposia", start=date(1899, 12, 31), timezone=None)


def book(*events: Event) -> openpyxl.Workbook:
    """A workbook of those events, as openpyxl reads it."""
    return openpyxl.load_workbook(io.BytesIO(workbook_bytes(events, NOW, SOURCES)))


def cells(sheet: Any, row: int) -> dict[str, Any]:
    """The cells of a row, by their columns."""
    return {head.value: cell for head, cell in zip(sheet[1], sheet[row], strict=True)}


def test_the_sheets() -> None:
    """Four, each with a frozen header and a filter over all its rows."""
    read = book(FULL, DAYS)

    assert read.sheetnames == ["Events", "Deadlines", "Sources", "Columns"]
    for sheet in read:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet[1][0].font.bold


def test_the_columns() -> None:
    """Those of the tables; the name comes first, and typed dates need no text beside them."""
    read = book(FULL)

    heads = [cell.value for cell in read["Events"][1]]
    assert heads[:3] == ["name", "start", "end"]
    assert {*heads, "start_local", "end_local"} == {column.name for column in columns_by_table()["events.csv"]}
    for name in ("Deadlines", "Sources", "Columns"):
        assert [cell.value for cell in read[name][1]] == [
            column.name for column in columns_by_table()[f"{name.lower()}.csv"]
        ]


@pytest.mark.parametrize(
    ("column", "value", "look"),
    [
        ("start", datetime(2027, 3, 3, 16), "yyyy-mm-dd hh:mm"),  # noqa: DTZ001 - cells have no zone
        ("start_utc", datetime(2027, 3, 3, 15), "yyyy-mm-dd hh:mm"),  # noqa: DTZ001
        ("timezone", "Europe/Berlin", "@"),
        ("all_day", False, "General"),
        ("captions", True, "General"),
        ("price_low", 20, "General"),
        ("price_high", 45.5, "General"),
        ("longitude", -7.1, "General"),
        ("sequence", 0, "General"),
        ("city", "Bonn", "@"),
        ("region", None, "General"),
    ],
)
def test_typed_cells(column: str, value: object, look: str) -> None:
    """Dates are dates, numbers numbers, truths truths; what is not known is empty."""
    found = cells(book(FULL)["Events"], 2)[column]

    assert (found.value, type(found.value), found.number_format) == (value, type(value), look)


def test_days_and_what_looks_like_a_number() -> None:
    """A day has no midnight; a name of digits is a name; a day that Excel does not know is text."""
    sheet = book(DAYS, OLD)["Events"]
    days, old = cells(sheet, 2), cells(sheet, 3)

    assert (days["start"].number_format, days["end"].value) == ("yyyy-mm-dd", datetime(2027, 3, 5))  # noqa: DTZ001
    assert (days["name"].value, days["name"].data_type) == ("00123", "s")
    assert (old["start"].value, old["start"].data_type) == ("1899-12-31", "s")


def test_deadlines_and_sources() -> None:
    """The soonest first, on the event's clocks; a source that was never read says nothing."""
    read = book(FULL, DAYS)

    first = cells(read["Deadlines"], 2)
    assert (first["at"].value, first["kind"].value) == (datetime(2027, 1, 15, 18), "proposals")  # noqa: DTZ001
    assert first["at_utc"].value == datetime(2027, 1, 15, 17)  # noqa: DTZ001
    assert cells(read["Sources"], 2)["events"].value == 2
    assert cells(read["Sources"], 3)["checked"].value is None


def test_links() -> None:
    """To the web alone."""
    found = cells(book(FULL)["Events"], 2)

    assert found["url"].value == "https://guild.example/1?a=b&c=d#e"
    assert found["url"].hyperlink.target + "#" + found["url"].hyperlink.location == found["url"].value
    assert found["registration_url"].value == "javascript:alert(1)"
    assert found["registration_url"].hyperlink is None


names = st.text(max_size=40) | st.sampled_from(["=1+1", "{=1+1}", "@SUM(A1)", "_x0041_", "1E5", "http://a", "\ufffe"])


def check_cells_are_text(words: str) -> None:
    """Whatever an event is called, its cells are text."""
    read = book(event(name=words, organizer=words, url=words, topics=(words,)))

    for sheet in read:
        assert not any(cell.data_type in ("f", "e") for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize("examples", [25, pytest.param(50, marks=pytest.mark.slow)])
def test_nothing_is_computed(examples: int) -> None:
    """As check_cells_are_text says, for so many names."""
    settings(max_examples=examples)(given(names)(check_cells_are_text))()


def test_what_someone_edits_stays_text() -> None:
    """Excel would compute a text that is edited, but for this mark."""
    assert cells(book(event(name="=1+1"))["Events"], 2)["name"].quotePrefix


@pytest.mark.parametrize("letter", ["x", "😀"])
def test_a_text_is_cut_where_a_cell_ends(letter: str) -> None:
    """Excel counts in UTF-16."""
    found = cells(book(event(organizer=letter * 40_000))["Events"], 2)["organizer"].value

    assert len(found.encode("utf-16-le")) // 2 in (MAX_TEXT - 1, MAX_TEXT)
    assert found.endswith(f"{letter}…")


def test_a_sheet_holds_so_many_links_and_rows(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Further links are plain text; further rows are left out, and said to be."""
    monkeypatch.setattr(workbook, "MAX_LINKS", 2)
    monkeypatch.setattr(workbook, "MAX_ROWS", 100)
    with caplog.at_level(logging.WARNING):
        sheet = book(*(event(uid=f"{n}@symposia", url=f"https://guild.example/{n}") for n in range(120)))["Events"]

    found = [cells(sheet, row)["url"] for row in (2, 3, 4)]
    assert [cell.hyperlink is not None for cell in found] == [True, True, False]
    assert found[2].value == "https://guild.example/2"
    assert sheet.max_row == 100
    assert "120 rows are more than a sheet holds" in caplog.text


def test_an_address_may_be_too_long_for_a_link() -> None:
    """Then it is plain text."""
    url = "https://guild.example/" + "x" * 3_000
    found = cells(book(event(url=url))["Events"], 2)["url"]

    assert (found.value, found.hyperlink) == (url, None)


def test_the_same_events_give_the_same_bytes() -> None:
    """Whenever they are written."""
    assert workbook_bytes([FULL, DAYS], NOW, SOURCES) == workbook_bytes([FULL, DAYS], NOW + timedelta(hours=1), SOURCES)


def test_no_events() -> None:
    """A header all the same."""
    assert workbook_bytes([], NOW)
    assert book()["Events"].max_row == 1


def test_pandas_reads_it() -> None:
    """With the types that it holds."""
    frame = pd.read_excel(io.BytesIO(workbook_bytes([FULL, event(uid="b@symposia")], NOW)))

    assert pd.api.types.is_datetime64_any_dtype(frame["start"])
    assert pd.api.types.is_bool_dtype(frame["all_day"])
    assert pd.api.types.is_float_dtype(frame["price_high"])


def test_libreoffice_reads_it(tmp_path: Path, convert: Callable[[Path, str, str | None], Path]) -> None:
    """Dates, truths, numbers and words, as LibreOffice shows them."""
    path = tmp_path / "events.xlsx"
    path.write_bytes(workbook_bytes([FULL, DAYS, event(uid="b@symposia", name="=1+1")], NOW, SOURCES))
    again = convert(path, "csv:Text - txt - csv (StarCalc):44,34,76,1", None)
    first, second, third = csv.DictReader(io.StringIO(again.read_text(encoding="utf-8-sig"), newline=""))

    assert (first["start"], first["end"]) == ("2027-03-03 16:00", "2027-03-03 17:00")
    assert (first["captions"], first["price_high"], first["longitude"]) == ("TRUE", "45.5", "-7.1")
    assert first["url"] == FULL.url
    assert (second["name"], second["start"], second["end"]) == ("00123", "2027-03-03", "2027-03-05")
    assert third["name"] == "=1+1"


@pytest.mark.slow
def test_libreoffice_keeps_the_types(tmp_path: Path, convert: Callable[[Path, str, str | None], Path]) -> None:
    """Saved by it as a workbook again, every cell has the value and the type that it had."""
    path = tmp_path / "events.xlsx"
    path.write_bytes(workbook_bytes([FULL, DAYS, event(uid="b@symposia", name="=1+1")], NOW, SOURCES))
    before, after = openpyxl.load_workbook(path), _values_of(convert(path, "xlsx", None))

    for name in before.sheetnames:
        assert list(after[name].values) == list(before[name].values)
        assert {cell.data_type for row in after[name].iter_rows() for cell in row} <= {"s", "n", "d", "b"}
    assert after["Events"].auto_filter.ref is not None


def _values_of(path: Path) -> openpyxl.Workbook:
    """A workbook by the values of its cells: LibreOffice writes a truth as the formula of it, =TRUE()."""
    return openpyxl.load_workbook(path, data_only=True)
