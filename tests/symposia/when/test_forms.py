"""The forms in which organisers write dates: a table for each."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from symposia.moments import moment_text
from symposia.when import Order, Precision, find_when, is_calendar_word, numeric_order, read_when

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)  # a Tuesday

FORMS = [
    # order, ordinals, marks
    ("2027 March 3", "2027-03-03", None),
    ("3-Mar-2027", "2027-03-03", None),
    ("3/Mar/2027", "2027-03-03", None),
    ("3.Mart.2027", "2027-03-03", None),
    ("Mar3, 2027", "2027-03-03", None),
    ("3rd Mar '27", "2027-03-03", None),
    ("3 March 27", "2027-03-03", None),
    ("3/3/27", "2027-03-03", None),
    ("31/12/68", "1968-12-31", None),
    ("the 3rd of March, 2027", "2027-03-03", None),
    ("[March] 3, 2027", "2027-03-03", None),
    ("Wed Mar 3 16:00:00 2027", "2027-03-03T16:00", None),
    ("den 3:e mars 2027", "2027-03-03", None),
    ("3-go marca 2027", "2027-03-03", None),
    ("3-е марта 2027 г.", "2027-03-03", None),
    ("1er mars 2027", "2027-03-01", None),
    ("2027. március 3-án", "2027-03-03", None),
    ("2027 m. kovo 3 d.", "2027-03-03", None),
    ("l'1 d'abril de 2027", "2027-04-01", None),
    ("3 tháng 3 năm 2027", "2027-03-03", None),
    ("ngày 3/3/2027 lúc 19 giờ", "2027-03-03T19:00", None),
    ("٣ مارس ٢٠٢٧", "2027-03-03", None),
    ("३ मार्च २०२७", "2027-03-03", None),
    ("3 มีนาคม 2570", "2027-03-03", None),
    ("２０２７年３月３日（水）", "2027-03-03", None),
    ("令和9年3月3日", "2027-03-03", None),
    ("2027年三月三日", "2027-03-03", None),
    ("2027년 3월 3일 수요일 오후 7시 30분", "2027-03-03T19:30", None),
    ("2027年3月3号下午3点半", "2027-03-03T15:30", None),
    ("2027-03-03T16:00:00+01:00", "2027-03-03T16:00+01:00", None),
    # ranges and lists
    ("3 to 5 March 2027", "2027-03-03", "2027-03-05"),
    ("3 -> 5 March 2027", "2027-03-03", "2027-03-05"),
    ("between 3 and 5 March 2027", "2027-03-03", "2027-03-05"),
    ("Wed 3 – Fri 5 March 2027", "2027-03-03", "2027-03-05"),
    ("28 Feb – 2 Mar 2027", "2027-02-28", "2027-03-02"),
    ("December 30 – January 2, 2028", "2027-12-30", "2028-01-02"),
    ("December 30 – January 2", "2026-12-30", "2027-01-02"),
    ("30 December 2027 – 2 January 2028", "2027-12-30", "2028-01-02"),
    ("vom 3. bis zum 5. März 2027", "2027-03-03", "2027-03-05"),
    ("3.3.–5.3.2027", "2027-03-03", "2027-03-05"),
    ("28.02–02.03.2027", "2027-02-28", "2027-03-02"),
    ("3./4.3.2027", "2027-03-03", "2027-03-04"),
    ("3 t/m 5 maart 2027", "2027-03-03", "2027-03-05"),
    ("dal 3 al 5 marzo 2027", "2027-03-03", "2027-03-05"),
    ("med start 3 mars till 5 mars 2027", "2027-03-03", "2027-03-05"),
    ("2027/3/3から2027/3/5まで", "2027-03-03", "2027-03-05"),
    ("2027년 3월 3일부터 5일까지", "2027-03-03", "2027-03-05"),
    ("2027-03-03/2027-03-05", "2027-03-03", "2027-03-05"),
    ("2027-03-03 – 05", "2027-03-03", "2027-03-05"),
    ("12/3/2027 - 15/3/2027", "2027-03-12", "2027-03-15"),
    ("Feb 24, Mar 1, 2027", "2027-02-24", "2027-03-01"),
    ("March 1, March 3, and March 8, 2027", "2027-03-01", "2027-03-08"),
    # times
    ("3 March 2027, noon to 1 pm", "2027-03-03T12:00", "2027-03-03T13:00"),
    ("3 March 2027, 11 - 1 pm", "2027-03-03T11:00", "2027-03-03T13:00"),
    ("3 March 2027, 9 a.m. – 4 p.m.", "2027-03-03T09:00", "2027-03-03T16:00"),
    ("3 March 2027 midnight", "2027-03-03T00:00", None),
    ("3 March 2027, 10 pm - 1 am", "2027-03-03T22:00", "2027-03-04T01:00"),
    ("3 March 2027, 10:00 - 4:00", "2027-03-03T10:00", None),
    ("3 mars 2027, 9h-12h30", "2027-03-03T09:00", "2027-03-03T12:30"),
    ("3 mars 2027 à 7h du soir", "2027-03-03T19:00", None),
    ("3. März 2027, 7 Uhr abends", "2027-03-03T19:00", None),
    ("3. März 2027, 19-21 Uhr", "2027-03-03T19:00", "2027-03-03T21:00"),
    ("3 de marzo de 2027 a las 7 de la tarde", "2027-03-03T19:00", None),
    ("3 maart 2027, 7 uur 's avonds", "2027-03-03T19:00", None),
    ("3.3.2027 klo 16.45", "2027-03-03T16:45", None),
    ("3. marts 2027 kl. 16.45", "2027-03-03T16:45", None),
    ("03.03.2027. u 14:34", "2027-03-03T14:34", None),
    ("3–5 March 2027, daily 9:00–17:00", "2027-03-03T09:00", "2027-03-05T17:00"),
    ("3–5 March 2027, 9:00–17:00", "2027-03-03T09:00", "2027-03-05T17:00"),
    ("28 June 2027 5:00 PM - 2 Aug 2027 7:00 PM", "2027-06-28T17:00", "2027-08-02T19:00"),
    # told from today
    ("today", "2026-11-24", None),
    ("tomorrow at 3 pm", "2026-11-25T15:00", None),
    ("morgen um 15 Uhr", "2026-11-25T15:00", None),
    ("mañana a las 15:00", "2026-11-25T15:00", None),
    ("this Friday", "2026-11-27", None),
    ("next Friday", "2026-12-04", None),
    ("Join us next Tuesday, 7 pm", "2026-12-01T19:00", None),
    ("mardi prochain", "2026-12-01", None),
    ("Friday, 7 pm", "2026-11-27T19:00", None),
    ("9:30 - 11:00 on Friday", "2026-11-27T09:30", "2026-11-27T11:00"),
    ("Friday 9a-11a", "2026-11-27T09:00", "2026-11-27T11:00"),
    ("in 3 days", "2026-11-27", None),
    ("in 2 Wochen", "2026-12-08", None),
    ("pasado mañana", "2026-11-26", None),
    # the year
    ("24 November", "2026-11-24", None),
    ("23 November", "2027-11-23", None),
    ("Monday, 23 November", "2026-11-23", None),
    ("Tue 3/2 at 7 pm", "2027-03-02T19:00", None),
    ("for all Tuesday, March 2", "2027-03-02", None),
    ("Tuesday, November 18", "2025-11-18", None),
    ("Sunday, March 6", "2022-03-06", None),
    # a number before them that is no day, or no part of the range
    ("Live 27, June 27-30", "2027-06-27", "2027-06-30"),
    ("(3-5) Dec. 2, 2026", "2026-12-02", None),
    # words before an hour
    ("3. marts 2027 kl. 16", "2027-03-03T16:00", None),
    ("3. mars 2027 kl 16:30", "2027-03-03T16:30", None),
    ("3.3.2027 klo 16.30", "2027-03-03T16:30", None),
    ("3 martie 2027, orele 16:30", "2027-03-03T16:30", None),
    ("3 marca 2027, godz. 16", "2027-03-03T16:00", None),
    ("3 marca 2027 o godz. 16.30", "2027-03-03T16:30", None),
    # a year after a hyphen, as the north writes it, and an hour that ends a sentence
    ("onsdag den 18/11-26 kl. 16", "2026-11-18T16:00", None),
    ("lørdag 5/12-26", "2026-12-05", None),
    ("Saturday 11/21-22", "2026-11-21", "2026-11-22"),
    ("Am 3. März 2027 um 19.30.", "2027-03-03T19:30", None),
    ("3 marzo 2027 dalle 9.30 alle 13.30.", "2027-03-03T09:30", "2027-03-03T13:30"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "start", "end"), FORMS)
def test_forms(text: str, start: str, end: str | None) -> None:
    """As an organiser means it; the language is found."""
    when = read_when(text, NOW)

    assert when is not None
    assert when.start is not None
    assert (moment_text(when.start), moment_text(when.end) if when.end else None) == (start, end)
    assert when.precision == (Precision.MINUTE if "T" in start else Precision.DAY)
    assert when.text in text


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Jan 12, 14 & 19, 2027", [12, 14, 19]),
        ("3, 4 y 5 de enero de 2027", [3, 4, 5]),
        ("Jan 4-6, 8, 2027", [4, 5, 6, 8]),
        ("Jan 4-6, 2027", []),
    ],
)
def test_the_days_of_a_list(text: str, days: list[int]) -> None:
    """Each of them, where they are not one range."""
    when = read_when(text, NOW)

    assert when is not None
    assert list(when.days) == [date(2027, 1, day) for day in days]


@pytest.mark.parametrize(
    ("text", "precision", "within"),
    [
        ("May 2027", Precision.MONTH, (date(2027, 5, 1), date(2027, 5, 31))),
        ("im Mai 2027", Precision.MONTH, (date(2027, 5, 1), date(2027, 5, 31))),
        ("2027年5月", Precision.MONTH, (date(2027, 5, 1), date(2027, 5, 31))),
        ("Q3 2027", Precision.QUARTER, (date(2027, 7, 1), date(2027, 9, 30))),
        ("3rd quarter of 2027", Precision.QUARTER, (date(2027, 7, 1), date(2027, 9, 30))),
        ("3. Quartal 2027", Precision.QUARTER, (date(2027, 7, 1), date(2027, 9, 30))),
        ("Fall 2027", Precision.SEASON, (date(2027, 1, 1), date(2027, 12, 31))),
        ("Herbst 2027", Precision.SEASON, (date(2027, 1, 1), date(2027, 12, 31))),
        ("Date: TBA", Precision.UNKNOWN, None),
        ("Termin folgt", Precision.UNKNOWN, None),
    ],
)
def test_no_day_is_invented(text: str, precision: Precision, within: tuple[date, date] | None) -> None:
    """The precision says what is known."""
    when = read_when(text, NOW)

    assert when is not None
    assert (when.start, when.end, when.precision, when.within) == (None, None, precision, within)


@pytest.mark.parametrize(
    ("text", "language", "timezone", "start"),
    [
        ("3/4/2027", None, None, date(2027, 4, 3)),
        ("3/4/2027", None, "America/Chicago", date(2027, 3, 4)),
        ("3/4/2027", None, "Europe/London", date(2027, 4, 3)),
        ("3/4/2027", "en", "Europe/London", date(2027, 4, 3)),
        ("3/4/2027", "en", None, date(2027, 3, 4)),
        ("3/4/2027", "en-AU", "America/Chicago", date(2027, 4, 3)),
        ("3/4/2027", "fr-CA", None, date(2027, 4, 3)),
        ("Tuesday 3/4/2027", None, None, date(2027, 3, 4)),
        ("mardi 3/4/2027", None, None, date(2027, 4, 3)),
        ("27/3/4", "ja", None, date(2027, 3, 4)),
        ("2027/3/4", None, None, date(2027, 3, 4)),
        ("3.4.2027", "en-US", None, date(2027, 4, 3)),
        ("3/4/2027 and 31/4/2027", "en-US", None, date(2027, 4, 3)),
        ("13/3/2027", "en-US", None, date(2027, 3, 13)),
    ],
)
def test_the_order_of_numbers(text: str, language: str | None, timezone: str | None, start: date) -> None:
    """By other dates beside it, by the region, by the place, by the language, and else as in most of the world."""
    when = read_when(text, NOW, language, timezone)

    assert when is not None
    assert when.start == start


def test_a_page_tells_the_order_of_its_numbers() -> None:
    """One date that can be read in one way alone decides for all; dates that disagree, for none."""
    assert numeric_order("3/4/2027, 5/4/2027, 31/12/2027") is Order.DAY
    assert numeric_order("3/4/2027, 12/31/2027") is Order.MONTH
    assert numeric_order("12/31/2027, 31/12/2027") is None
    assert numeric_order("3/4/2027, 24/7, 1/2 cup") is None
    found = find_when("3/4/2027", NOW, "en-US", order=Order.DAY)
    assert found[0][1].start == date(2027, 4, 3)
    assert found[0][1].why == ("day and month as other dates beside it show",)


def test_what_was_decided_is_told() -> None:
    """The year, the order of numbers, a weekday that does not fit."""
    assert read_when("23 March", NOW).why == ("no year is stated: 2027 is the next such day",)  # type: ignore[union-attr]
    assert "day and month as in en-GB" in read_when("3/4/2027", NOW, "en-GB").why  # type: ignore[union-attr]
    assert "2027-03-03 is a Wednesday" in " ".join(read_when("Friday, 3 March 2027", NOW).why)  # type: ignore[union-attr]


def test_an_unknown_language_is_left_to_dateparser() -> None:
    """With the language set, for short texts; and not without."""
    found = read_when("3 наурыз 2027", NOW, "kk")
    assert found is not None
    assert (found.start, found.why) == (date(2027, 3, 3), ("read by dateparser as kk",))
    assert read_when("3 наурыз 2027 " * 10, NOW, "kk") is None
    assert read_when("наурыз 2027", NOW, "kk") is None
    assert read_when("3 Foo 2027", NOW, "xx") is None


def test_marks_of_direction_do_not_matter() -> None:
    """Arabic dates carry them; the place is that of the text as it was."""
    text = "Date: 3\u200f/4\u200f/2027!"
    ((span, when),) = find_when(text, NOW, "ar")

    assert when.start == date(2027, 4, 3)
    assert text[slice(*span)] == "3\u200f/4\u200f/2027"


@pytest.mark.parametrize(
    ("text", "timezone", "start", "end"),
    [
        ("March 3, 2027, 3:30-5:00", "America/New_York", "2027-03-03T15:30-05:00", "2027-03-03T17:00-05:00"),
        ("March 3, 2027, 9:30-11", "America/New_York", "2027-03-03T09:30-05:00", "2027-03-03T11:00-05:00"),
        ("March 3, 2027, 03:30-05:00", "America/New_York", "2027-03-03T03:30-05:00", "2027-03-03T05:00-05:00"),
        ("March 3, 2027, 3:30-5:00", "Europe/Berlin", "2027-03-03T03:30+01:00", "2027-03-03T05:00+01:00"),
        ("March 3, 2027, 3:30-5:00", None, "2027-03-03T03:30", "2027-03-03T05:00"),
    ],
)
def test_hours_without_am_or_pm(text: str, timezone: str | None, start: str, end: str) -> None:
    """Where a day has twelve hours, what is held at 3:30 is held in the afternoon; elsewhere it is as it stands."""
    when = read_when(text, NOW, timezone=timezone)

    assert when is not None
    assert when.start is not None
    assert when.end is not None
    assert (moment_text(when.start), moment_text(when.end)) == (start, end)


@pytest.mark.parametrize(
    ("word", "expected"), [("Januari", True), ("środa", True), ("maart", True), ("Phonics", False)]
)
def test_words_of_the_calendar(word: str, expected: bool) -> None:
    """Months and days of the week, in whichever language."""
    assert is_calendar_word(word) is expected
