"""What babel writes in every language of the vocabulary reads back the same."""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from babel import Locale
from babel.dates import format_date, format_datetime, format_interval
from hypothesis import example, given
from hypothesis import strategies as st

import symposia.when
from symposia.when import find_when, read_when
from symposia.when.folding import fold_word
from symposia.when.languages import language_of
from symposia.when.tokens import tokens_of
from symposia.when.vocabulary import language_codes

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
# Two digits of a year mean one between 1947 and 2046 (see numeric.expand_year).
DAYS = st.dates(date(1950, 1, 1), date(2045, 12, 31))
LOCALES = {code: Locale.parse(code, sep="-") for code in language_codes()}
# babel 2.18 writes "28 – 2 Feb 2027" in Swahili, and joins Basque endings with an apostrophe; as no one does.
NO_INTERVALS = {"sw", "eu"}


@given(DAYS, st.sampled_from(language_codes()), st.sampled_from(["short", "medium", "long", "full"]))
@example(date(2027, 1, 1), "eu", "short")
@example(date(2027, 3, 3), "vi", "long")
def test_days(day: date, code: str, width: Any) -> None:
    """In CLDR's four widths."""
    text = format_date(day, width, locale=LOCALES[code])
    when = read_when(text, NOW, code)

    assert when is not None, text
    assert (when.start, when.end) == (day, None), text


@given(
    DAYS,
    st.integers(1, 400),
    st.sampled_from([code for code in language_codes() if code not in NO_INTERVALS]),
    st.sampled_from(["yMd", "yMMMd"]),
)
def test_ranges(first: date, length: int, code: str, skeleton: str) -> None:
    """As CLDR shortens them: within a month, across months, across years."""
    last = first + timedelta(days=length)
    text = format_interval(first, last, skeleton, locale=LOCALES[code])
    when = read_when(text, NOW, code)

    assert when is not None, text
    assert (when.start, when.end) == (first, last), text


@given(DAYS, st.times(), st.sampled_from(language_codes()), st.sampled_from(["short", "medium"]))
def test_times(day: date, clock: time, code: str, width: Any) -> None:
    """To the minute, on the clock of the language."""
    moment = datetime.combine(day, clock.replace(second=0, microsecond=0))
    text = format_datetime(moment, width, locale=LOCALES[code])
    when = read_when(text, NOW, code)

    assert when is not None, text
    assert when.start == moment, text


@pytest.mark.parametrize("code", language_codes())
def test_the_vocabulary_knows_every_name_of_the_calendar(code: str) -> None:
    """Also in the CLDR of a newer babel than the one that it was compiled with."""
    for context in ("format", "stand-alone"):
        for number, name in LOCALES[code].months[context]["wide"].items():
            tokens = tokens_of(name, code).tokens
            months = {token.roles.get("month") for token in tokens}
            months |= {token.number for token in tokens if token.unit == "month"}
            assert number in months, name


def test_many_languages_are_told_by_their_words() -> None:
    """Twenty-five and more, by a whole date."""
    told = [
        code for code in language_codes() if read_when(format_date(date(2027, 3, 3), "full", locale=LOCALES[code]), NOW)
    ]

    assert len(told) == len(language_codes()) >= 50
    assert language_of(["lundi", "mars"], None) == "fr"
    assert language_of([], None) == ""


def test_the_compiled_vocabulary_is_of_its_words() -> None:
    """Every language of words.toml is in vocabulary.json, and every word that it lists."""
    folder = Path(symposia.when.__file__).parent
    compiled = json.loads((folder / "vocabulary.json").read_text(encoding="utf-8"))
    own = tomllib.loads((folder / "words.toml").read_text(encoding="utf-8"))
    assert list(compiled["languages"]) == own["languages"]
    for code in own["languages"]:
        words = compiled["languages"][code]["words"]
        for role, names in own.get(code, {}).items():
            if not isinstance(names, str):
                assert all(role in words[fold_word(name)] for name in names), (code, role)


@pytest.mark.parametrize(
    "piece",
    ["1", "12 ", "March ", " ", "may 3 ", "1-", "1/2 ", "1,1", "1.", "9:00 - ", "every Tuesday ", "today ", "Mon ", "TBA ", "3月", "May 2027 ", "7 pm ET / "],
)  # fmt: skip
def test_the_work_grows_with_the_length_alone(piece: str) -> None:
    """Ten kilobytes of anything: twice the text, about twice the calls."""
    short, long = (partial(find_when, (piece * 10_000)[:size], NOW) for size in (5_000, 10_000))
    find_when(piece, NOW)

    assert _calls(long) < 2.6 * _calls(short) + 1_000


def _calls(work: Callable[[], object]) -> int:
    """How many functions are called, and generators resumed, in doing the work."""
    count = 0

    def seen(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(seen)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count
