"""One date over tokens, in any of the forms in which dates are written.

date := ISO | numeric | day month [year] | month day [year] | year month day | 2027年3月5日, with its weekday before or after it
"""

from __future__ import annotations

from datetime import date, datetime

from symposia.moments import is_day
from symposia.when.clock import is_hour
from symposia.when.numeric import YEARS, expand_year, numeric_date
from symposia.when.parts import (
    Context,
    Day,
    DayAndEnd,
    day_at,
    full_year_at,
    is_year_word,
    month_at,
    skip_inside_date,
    skip_until,
    weekday_after,
    weekday_at,
    year_at,
)
from symposia.when.tokens import Text
from symposia.when.vocabulary import eras

_HYPHEN_BEFORE_YEAR = frozenset(["da", "nb", "sv"])
"""Languages that write 18/11-27 for 18 November 2027."""
_MAX_AFTER_YEAR = 4
"""Marks and small words between a year and the month after it: "2027. gada 5. decembris"."""


def date_at(text: Text, index: int, context: Context) -> DayAndEnd | None:
    """The day with its month at token `index`, with the weekday before or after it; None where none begins there."""
    token = text.at(index)
    if "weekday" in token.roles and (found := _date_after_weekday(text, index, context)) is not None:
        return found
    found = _date_without_weekday(text, index, context)
    if found is None:
        return None
    day, end = found
    weekday, end = weekday_after(text, end)
    return day if weekday is None else day._replace(weekday=weekday), skip_until(text, end)


def _date_after_weekday(text: Text, index: int, context: Context) -> DayAndEnd | None:
    at, number = weekday_at(text, index)
    found = _date_without_weekday(text, at, context)
    if found is None:
        return None
    return found[0]._replace(weekday=number), skip_until(text, weekday_after(text, found[1])[1])


def _date_without_weekday(text: Text, index: int, context: Context) -> DayAndEnd | None:
    token = text.at(index)
    if token.kind == "iso":
        return _iso_date(token.text, index)
    if token.kind in ("numeric", "pair", "dotted"):
        return _numeric_date(text, index, context)
    if token.unit == "month":
        return _month_day(text, index, context)
    if token.kind == "number":
        return _day_month(text, index, context) or _year_month_day(text, index, context)
    if token.text in eras() and text.at(index + 1).unit == "year":
        return _year_month_day(text, index + 1, context, eras()[token.text])
    return _month_day(text, index, context)


def _iso_date(text: str, index: int) -> DayAndEnd | None:
    try:
        instant = None if is_day(text) else datetime.fromisoformat(text.replace(",", "."))
        day = instant or date.fromisoformat(text)
    except ValueError:
        return None
    return Day(year=day.year, month=day.month, day=day.day, instant=instant, year_first=instant is None), index + 1


def _numeric_date(text: Text, index: int, context: Context) -> DayAndEnd | None:
    token = text.at(index)
    if token.kind == "dotted" and not (text.at(index + 1).text == "-" and text.at(index + 2).kind == "numeric"):
        return None
    numbers = numeric_date(token.text, context.order, context.pair_order, context.today)
    if numbers is None or (token.kind == "pair" and not _is_no_fraction(text, index)):
        return None
    year, end = numbers.year, index + 1
    if year is None and (short := _year_after_hyphen(text, index)) is not None:
        year, end = expand_year(short, context.today), end + 2
    elif year is None and text.at(end).kind == "number" and text.at(end).number >= YEARS.start:
        year, end = year_at(text, end, context)
    end = end + 1 if is_year_word(text, end) else end
    year_first = token.text[:4].isdigit()
    day = Day(year=year, month=numbers.month, day=numbers.day, ambiguous=numbers.ambiguous, year_first=year_first)
    return day, end


def _year_after_hyphen(text: Text, index: int) -> int | None:
    """The short year of 18/11-27 in Danish, Norwegian and Swedish; None elsewhere, where it is a range."""
    dash, number = text.at(index + 1), text.at(index + 2)
    joined = text.at(index).end == dash.start and dash.text == "-" and dash.end == number.start
    is_year = joined and number.kind == "number" and len(number.text) == 2 and text.at(index + 3).text not in ("/", ".")
    return number.number if is_year and text.language in _HYPHEN_BEFORE_YEAR else None


def _is_no_fraction(text: Text, index: int) -> bool:
    """Whether 3/4 is a date: something around it says so, or it is all there is."""
    before, after = text.at(index - 1), text.at(index + 1)
    if before.start < 0 and (after.start < 0 or (after.kind == "mark" and after.text in "-:|,;(@")):
        return True
    if {"weekday", "lead", "at"} & before.roles.keys() or "weekday" in after.roles:
        return True
    if before.kind == "mark" and "weekday" in text.at(index - 2).roles:
        return True
    return _has_date_or_time_after(text, index) or _is_joined_to_date(text, index)


def _has_date_or_time_after(text: Text, index: int) -> bool:
    return any(
        text.at(at).kind in ("time", "numeric", "pair") or (text.at(at).kind == "number" and is_hour(text, at))
        for at in (index + 1, index + 2)
    )


def _is_joined_to_date(text: Text, index: int) -> bool:
    before = text.at(index - 1)
    if before.text not in ("-", ",", "&") and not before.roles.keys() & {"range", "list"}:
        return False
    first = text.at(index - 3) if text.at(index - 2).text == "." else text.at(index - 2)
    return first.kind in ("numeric", "iso") or (first.kind == "pair" and _is_no_fraction(text, index - 2))


def _day_month(text: Text, index: int, context: Context) -> DayAndEnd | None:
    """3 March 2027; 3. März 2027; 3 de marzo de 2027; 15juin; 14-Aralık-2012."""
    found = day_at(text, index)
    if found is None or text.at(found[1]).text in (")", "]"):
        return None  # grades "(3-5)" before a month
    month, end = month_at(text, skip_inside_date(text, found[1]))
    if month is None:
        return None
    year, end = year_at(text, end, context)
    if year is None and text.at(found[1]).text == "," and _is_day_number(text, end):
        return None  # "Live 27, June 27-30": the month goes with the day after it
    return Day(day=found[0].day, month=month, year=year, weekday=found[0].weekday), end


def _is_day_number(text: Text, index: int) -> bool:
    token = text.at(index)
    return token.kind == "number" and 0 < token.number < 32 and not is_hour(text, index)


def _month_day(text: Text, index: int, context: Context) -> DayAndEnd | None:
    """March 3, 2027; 3月15日. Not May 2027, which names no day."""
    month, end = month_at(text, index)
    if month is None:
        return None
    found = day_at(text, skip_inside_date(text, end))
    if found is None:
        return None
    year, end = year_at(text, found[1], context)
    return Day(day=found[0].day, month=month, year=year, weekday=found[0].weekday), end


def _year_month_day(text: Text, index: int, context: Context, before_era: int = 0) -> DayAndEnd | None:
    """2027. március 3; 2012/Aug/10; 2027年3月15日; 令和9年3月5日, whose era began after the year `before_era`."""
    token = text.at(index)
    year = token.number + before_era if before_era else full_year_at(text, index)
    if year is None or year not in YEARS:
        return None
    at = skip_inside_date(text, index + 1, _MAX_AFTER_YEAR)
    found = _month_day(text, at, context) or _day_month(text, at, context)
    return (found[0]._replace(year=year, year_first=True), found[1]) if found and found[0].year is None else None
