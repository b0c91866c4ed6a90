"""One date over tokens, in any of the forms in which dates are written.

date := ISO | numeric | day month [year] | month day [year] | year month day | 2027年3月5日, with its weekday before or after it
"""

from __future__ import annotations

from datetime import date, datetime

from symposia.when.clock import is_hour
from symposia.when.numeric import numeric_date, two_digits
from symposia.when.parts import (
    Context,
    Day,
    Found,
    after_until,
    day_at,
    full_year,
    gap,
    is_year_word,
    month_at,
    weekday_after,
    weekday_at,
    year_at,
)
from symposia.when.tokens import Text
from symposia.when.vocabulary import eras

_YEAR_AFTER_HYPHEN = frozenset(["da", "nb", "sv"])
"""Languages that write 18/11-27 for the 18th of November 2027."""


def date_at(text: Text, index: int, context: Context) -> Found | None:
    """A day with its month at `index`, with its weekday before or after it."""
    token = text.at(index)
    if "weekday" in token.roles and (found := _after_weekday(text, index, context)) is not None:
        return found
    found = _plain_date(text, index, context)
    if found is None:
        return None
    day, end = found
    weekday, end = weekday_after(text, end)
    return day if weekday is None else day._replace(weekday=weekday), after_until(text, end)


def _after_weekday(text: Text, index: int, context: Context) -> Found | None:
    at, number = weekday_at(text, index)
    found = _plain_date(text, at, context)
    if found is None:
        return None
    return found[0]._replace(weekday=number), after_until(text, weekday_after(text, found[1])[1])


def _plain_date(text: Text, index: int, context: Context) -> Found | None:
    token = text.at(index)
    if token.kind == "iso":
        return _iso(token.text, index)
    if token.kind in ("numeric", "pair", "dotted"):
        return _numeric(text, index, context)
    if token.unit == "month":
        return _month_day(text, index, context)
    if token.kind == "number":
        return _day_month(text, index, context) or _year_month_day(text, index, context)
    if token.text in eras() and text.at(index + 1).unit == "year":
        return _year_month_day(text, index + 1, context, eras()[token.text])
    return _month_day(text, index, context)


def _iso(text: str, index: int) -> Found | None:
    try:
        at = datetime.fromisoformat(text.replace(",", ".")) if len(text) > 10 else None
        day = at or date.fromisoformat(text)
    except ValueError:
        return None
    return Day(year=day.year, month=day.month, day=day.day, at=at, year_first=at is None), index + 1


def _numeric(text: Text, index: int, context: Context) -> Found | None:
    token = text.at(index)
    if token.kind == "dotted" and not (text.at(index + 1).text == "-" and text.at(index + 2).kind == "numeric"):
        return None
    read = numeric_date(token.text, context.order, context.pair, context.today)
    if read is None:
        return None
    year, month, day, guessed = read
    if token.kind == "pair" and not _is_dated(text, index):
        return None
    end = index + 1
    if year is None and (short := _after_hyphen(text, index)) is not None:
        year, end = two_digits(short, context.today), end + 2
    elif year is None:
        year, end = (
            year_at(text, end, context) if text.at(end).kind == "number" and text.at(end).number > 1899 else (None, end)
        )
    end = end + 1 if is_year_word(text, end) else end
    return Day(year=year, month=month, day=day, guessed=guessed, year_first=token.text[:4].isdigit()), end


def _after_hyphen(text: Text, index: int) -> int | None:
    """The year of two digits in 18/11-27, as Danish, Norwegian and Swedish write it; None elsewhere, where it is a range."""
    dash, number = text.at(index + 1), text.at(index + 2)
    joined = text.at(index).end == dash.start and dash.text == "-" and dash.end == number.start
    is_year = joined and number.kind == "number" and len(number.text) == 2 and text.at(index + 3).text not in ("/", ".")
    return number.number if is_year and text.language in _YEAR_AFTER_HYPHEN else None


def _is_dated(text: Text, index: int) -> bool:
    """Whether 3/4 is a date and no fraction: something around it says so, or it is all there is."""
    before, after = text.at(index - 1), text.at(index + 1)
    if before.start < 0 and (after.start < 0 or (after.kind == "mark" and after.text in "-:|,;(@")):
        return True
    if {"weekday", "lead", "at"} & before.roles.keys() or "weekday" in after.roles:
        return True
    if before.kind == "mark" and "weekday" in text.at(index - 2).roles:
        return True
    for at in (index + 1, index + 2):
        if text.at(at).kind in ("time", "numeric", "pair") or (text.at(at).kind == "number" and is_hour(text, at)):
            return True
    joined = before.text in ("-", ",", "&") or before.roles.keys() & {"range", "list"}
    two_before = text.at(index - 3) if text.at(index - 2).text == "." else text.at(index - 2)
    return bool(joined) and (
        two_before.kind in ("numeric", "iso") or (two_before.kind == "pair" and _is_dated(text, index - 2))
    )


def _day_month(text: Text, index: int, context: Context) -> Found | None:
    """3 March 2027; 3. März 2027; 3 de marzo de 2027; 15juin; 14-Aralık-2012."""
    found = day_at(text, index)
    if found is None or text.at(found[1]).text in (")", "]"):
        return None  # grades "(3-5)" before a month
    month, end = month_at(text, gap(text, found[1]))
    if month is None:
        return None
    year, end = year_at(text, end, context)
    if year is None and text.at(found[1]).text == "," and _is_day_number(text, end):
        return None  # "Live 27, June 27-30": the month goes with the day after it
    return Day(day=found[0].day, month=month, year=year, weekday=found[0].weekday), end


def _is_day_number(text: Text, index: int) -> bool:
    token = text.at(index)
    return token.kind == "number" and 0 < token.number < 32 and not is_hour(text, index)


def _month_day(text: Text, index: int, context: Context) -> Found | None:
    """March 3, 2027; 3月15日. Not May 2027, which names no day."""
    month, end = month_at(text, index)
    if month is None:
        return None
    found = day_at(text, gap(text, end))
    if found is None:
        return None
    year, end = year_at(text, found[1], context)
    return Day(day=found[0].day, month=month, year=year, weekday=found[0].weekday), end


def _year_month_day(text: Text, index: int, context: Context, era: int = 0) -> Found | None:
    """2027. március 3; 2012/Aug/10; 2027年3月15日; 令和9年3月5日."""
    token = text.at(index)
    year = token.number + era if era else full_year(text, index)
    if year is None or not 1900 <= year <= 2199:
        return None
    at = gap(text, index + 1, 4)
    found = _month_day(text, at, context) or _day_month(text, at, context)
    return (found[0]._replace(year=year, year_first=True), found[1]) if found and found[0].year is None else None
