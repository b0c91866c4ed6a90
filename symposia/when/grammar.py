"""Dates, lists and ranges of dates over tokens.

expression := [times] item (joint item)* [times] [joint item [times]]
item       := [weekday] date [weekday] | [weekday] day            the latter takes month and year of its neighbour
date       := ISO | numeric | day month [year] | month day [year] | year month day | 2027年3月5日
joint      := RANGE | LIST                                        "-", "to", "bis zum" | ",", "and", "&"
"""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple, TypeAlias

from symposia.when.clock import MAX_LEADS, Span, is_hour, read_times
from symposia.when.numeric import Order, numeric_date, two_digits
from symposia.when.tokens import END, Text, Token
from symposia.when.vocabulary import eras, ordinals

MAX_ITEMS = 31
"""Days of one list that are read."""
MAX_BEFORE = 20
"""Tokens before a date in which its time is looked for."""


class Day(NamedTuple):
    """A day as far as it is stated. `joint` is how it follows the day before it; `at` an ISO token's instant."""

    day: int
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    joint: str = ""
    at: datetime | None = None
    guessed: bool = False
    """Whether day and month could be the other way round."""
    year_first: bool = False
    """Whether the year stands before the day, so that days that follow are of the same month: 2027. jan. 5–17."""


class Expression(NamedTuple):
    """What stands in tokens [`begin`, `end`): days in order, the times of the first and the last; `between` says "from A and B"."""

    begin: int
    end: int
    days: tuple[Day, ...]
    times: Span | None = None
    last_times: Span | None = None
    leads: int = 0
    """How many tokens before the first day belong to the expression."""


class Context(NamedTuple):
    """What a reading depends on beside the words: the order of numeric dates with and without a year, the day it is, the zone of who writes."""

    order: Order
    pair: Order
    today: date
    source: str | None


Found: TypeAlias = tuple[Day, int]


def expressions(text: Text, context: Context) -> list[Expression]:
    """All date expressions among the tokens, in order, none within another. Linear: each token is tried a bounded number of times."""
    found: list[Expression] = []
    index, free = 0, 0
    while index < len(text.tokens):
        token = text.tokens[index]
        if token.kind in ("mark", "other", "time") or not _may_begin(text, index):
            index += 1
            continue
        expression = _expression(text, index, context)
        if expression is None or (is_numbered(text, index) and not _has_year(text, expression)):
            index += 1
            continue
        expression = _with_time_before(text, expression, free, context)
        found.append(expression)
        index = free = expression.end
    return found


def _may_begin(text: Text, index: int) -> bool:
    token = text.tokens[index]
    if token.kind == "word":
        return bool(token.roles.keys() & {"month", "weekday", "month_lead", "weekday_lead"}) or token.text in eras()
    return True


def _has_year(text: Text, expression: Expression) -> bool:
    """Whether a year of four digits stands in it: "Room 5 March 2027" holds a date all the same, "Version 10.11.12" none."""
    return expression.days[-1].year is not None and any(
        (len(token.text) >= 4 and token.text[-4:].isdigit()) or token.text[:4].isdigit()
        for token in text.tokens[expression.begin : expression.end]
    )


def is_numbered(text: Text, index: int) -> bool:
    """Whether the number at `index` counts something else: "Room 5", "ISO 8601-1", "No. 3"."""
    before = text.at(index - 1)
    before = text.at(index - 2) if before.text in (".", ":", "/", "-") and before.kind == "mark" else before
    return "numbered" in before.roles and not (before.roles.keys() & {"month", "weekday", "fill", "at", "range"})


def _expression(text: Text, begin: int, context: Context) -> Expression | None:
    days, index = _days(text, begin, context)
    if not days:
        return None
    times, index, days = _times_after(text, index, days, context)
    last_times = None
    if times is not None and days[-1].joint == "" and (second := _later(text, index, days[0], context)) is not None:
        last, index = second
        days = (*days, last)
        last_times, index, days = _times_after(text, index, days, context)
    return Expression(begin=begin, end=index, days=days, times=times, last_times=last_times)


def _later(text: Text, index: int, first: Day, context: Context) -> Found | None:
    """The last day of a range whose first day has a time of its own: "28 June 17:00 - 2 August 19:00"."""
    joint, at = _joint(text, index)
    if joint != "range":
        return None
    found = _date(text, at, context)
    if found is None or not _in_order(first, found[0]):
        return None
    return found[0]._replace(joint="range"), found[1]


def _in_order(first: Day, last: Day) -> bool:
    if first.year is None or last.year is None:
        return True
    return (first.year, first.month or 0, first.day) <= (last.year, last.month or 0, last.day)


def _days(text: Text, index: int, context: Context) -> tuple[tuple[Day, ...], int]:
    """The days that begin at `index` and the index after them; none where no date does, or none of them has a month."""
    if {"month", "weekday"} <= text.at(index).roles.keys() and (bare := _bare(text, index)) is not None:
        days, end = _listed(text, index, bare, context)  # Italian "mar 5 – dom 17 gen": Tuesday, not March
        if days and days[-1].weekday is not None:
            return days, end
    found = _date(text, index, context) or _bare(text, index)
    return _listed(text, index, found, context) if found else ((), index)


def _listed(text: Text, index: int, found: Found, context: Context) -> tuple[tuple[Day, ...], int]:
    """The days that begin with `found` at `index`, and the index after them; none where none has a month."""
    days, end = [found[0]], found[1]
    complete = end if days[0].month else index
    while len(days) < MAX_ITEMS:
        following = _next(text, end, days, context)
        if following is None:
            break
        day, end = following
        days.append(day)
        complete = end if day.month or days[0].month else complete
        if complete == end:
            kept = len(days)
    if complete == index:
        return (), index
    if end != complete:
        days = days[:kept]
    return _filled(days), complete


def _next(text: Text, index: int, days: list[Day], context: Context) -> Found | None:
    """The day that is joined to those before it at `index`."""
    joint, at = _joint(text, index)
    if not joint or text.at(at) is END:
        return None
    last = days[-1]
    if (found := _date(text, at, context)) is not None:
        day = found[0]
        # Two whole dates in a row are two events, unless they are a range.
        if (joint == "list" and last.year is not None) or (joint == "range" and not _in_order(last, day)):
            return None
        return day._replace(joint=joint), found[1]
    bare = _month_and_day(text, at) if last.year_first and joint == "range" else None
    if bare is not None and last.year is not None:
        return bare[0]._replace(year=last.year, joint=joint), bare[1]
    bare = _bare(text, at)
    counted = last.year_first or bool(text.at(at).unit)  # 25日と26日: the year stands before the list
    if bare is None or (last.year is not None and not counted) or bare[0].day <= last.day:
        return None
    day, end = bare
    if counted:
        day = day._replace(month=last.month, year=last.year, year_first=True)
    elif last.month is not None:
        year, end = _year(text, end, context)
        day = day._replace(month=last.month, year=year)
    return day._replace(joint=joint), end


def _month_and_day(text: Text, index: int) -> Found | None:
    """The 12-02 of 2027-11-28 – 12-02."""
    month, dash, day = (text.at(index + step) for step in range(3))
    if dash.text != "-" or month.kind != "number" or day.kind != "number" or len(month.text + day.text) != 4:
        return None
    return Day(month=month.number, day=day.number, year_first=True), index + 3


def _filled(days: list[Day]) -> tuple[Day, ...]:
    """The days with the months and years that stand only at the end of the list."""
    if len(days) == 1:
        return tuple(days)
    filled: list[Day] = []
    month, year, after = None, None, None
    for day in reversed(days):
        if day.year is None and year is not None:
            crosses = day.month is not None and after is not None and day.month > after
            day = day._replace(year=year - crosses)
        if day.month is None:
            day = day._replace(month=month)
        month, year, after = day.month, day.year, day.month
        filled.append(day)
    return tuple(reversed(filled))


def _joint(text: Text, index: int) -> tuple[str, int]:
    """ "range" or "list" where such a joint stands at `index`, and the index after it; "" where none does."""
    at = index + 1 if text.at(index).text == "." else index
    kind, begin = "", at
    while at - begin < 3:
        token = text.at(at)
        if (
            (token.kind == "mark" and token.text in ("-", "--", "->"))
            or "range" in token.roles
            or "after" in token.roles
            or (token.text == "/" and text.at(at + 1).kind == "iso")
        ):
            kind = "range"
        elif token.text in (",", "&", "+", "/", ";") or "list" in token.roles:
            kind = kind or "list"
        else:
            break
        at += 1
    if not kind:
        return "", index
    while at - begin < 6 and _is_fill(text.at(at)):
        at += 1
    return kind, at


def _date(text: Text, index: int, context: Context) -> Found | None:
    """A day with its month at `index`, with its weekday before or after it."""
    token = text.at(index)
    if "weekday" in token.roles and (found := _after_weekday(text, index, context)) is not None:
        return found
    found = _plain_date(text, index, context)
    if found is None:
        return None
    day, end = found
    weekday, end = _weekday_after(text, end)
    return day if weekday is None else day._replace(weekday=weekday), _until(text, end)


def _after_weekday(text: Text, index: int, context: Context) -> Found | None:
    at, number = _weekday(text, index)
    found = _plain_date(text, at, context)
    if found is None:
        return None
    return found[0]._replace(weekday=number), _until(text, _weekday_after(text, found[1])[1])


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
    if year is None:
        year, end = (
            _year(text, end, context) if text.at(end).kind == "number" and text.at(end).number > 1899 else (None, end)
        )
    end = end + 1 if _is_year_word(text, end) else end
    return Day(year=year, month=month, day=day, guessed=guessed, year_first=token.text[:4].isdigit()), end


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
    found = _bare(text, index)
    if found is None:
        return None
    month, end = _month(text, _gap(text, found[1]))
    if month is None:
        return None
    year, end = _year(text, end, context)
    return Day(day=found[0].day, month=month, year=year, weekday=found[0].weekday), end


def _month_day(text: Text, index: int, context: Context) -> Found | None:
    """March 3, 2027; 3月15日. Not May 2027, which names no day."""
    month, end = _month(text, index)
    if month is None:
        return None
    found = _bare(text, _gap(text, end))
    if found is None:
        return None
    year, end = _year(text, found[1], context)
    return Day(day=found[0].day, month=month, year=year, weekday=found[0].weekday), end


def _year_month_day(text: Text, index: int, context: Context, era: int = 0) -> Found | None:
    """2027. március 3; 2012/Aug/10; 2027年3月15日; 令和9年3月5日."""
    token = text.at(index)
    year = token.number + era if era else _full_year(text, index)
    if year is None or not 1900 <= year <= 2199:
        return None
    at = _gap(text, index + 1, 4)
    found = _month_day(text, at, context) or _day_month(text, at, context)
    return (found[0]._replace(year=year, year_first=True), found[1]) if found and found[0].year is None else None


def _month(text: Text, index: int) -> tuple[int | None, int]:
    """The month at `index` and the index after it; None and the same index where none stands there."""
    token = text.at(index)
    if "month" in token.roles:
        return token.roles["month"], index + 1
    if token.unit == "month" and 1 <= token.number <= 12:
        return token.number, index + 1
    if "month_lead" in token.roles and 1 <= text.at(index + 1).number <= 12:
        return text.at(index + 1).number, index + 2
    return None, index


def _bare(text: Text, index: int) -> Found | None:
    """A day of the month on its own, with its weekday before or after it and its ordinal: "Tuesday 3rd"."""
    weekday = None
    if "weekday" in text.at(index).roles:
        index, weekday = _weekday(text, index)
    token = text.at(index)
    if token.kind == "pair":
        return None
    if token.kind != "number" or not 1 <= token.number <= 31 or token.unit not in ("", "day") or len(token.text) > 2:
        return None
    if not token.unit and is_hour(text, index):
        return None
    end = _ordinal(text, index + 1)
    after, end = _weekday_after(text, end) if token.unit else (None, end)
    return Day(day=token.number, weekday=weekday if weekday is not None else after), _until(text, end)


def _ordinal(text: Text, index: int) -> int:
    """The index after what makes the number before `index` an ordinal: 3rd, 15:e, 18-go, 1º."""
    token = text.at(index)
    if token.start != text.at(index - 1).end:
        return index
    if token.text in ("º", "ª", "°") or _is_ordinal(token, joined=False):
        return index + 1
    following = text.at(index + 1)
    if token.text == "(" and "ordinal" in following.roles and text.at(index + 2).text == ")":
        return index + 3
    if token.text in (":", "-", "'", ".") and following.start == token.end and _is_ordinal(following, joined=True):
        return index + 2
    return index


def _is_ordinal(token: Token, *, joined: bool) -> bool:
    """Whether a word stuck to a number makes it an ordinal, in the language of the text or, for longer ones, in any."""
    return "ordinal" in token.roles or ((joined or len(token.text) > 1) and token.text in ordinals())


def _gap(text: Text, index: int, size: int = 3) -> int:
    """The index after the marks and small words, at most `size`, that may stand inside a date."""
    end = index
    while end - index < size and (_is_fill(text.at(end)) or text.at(end).text in _INSIDE or _is_hyphen(text, end)):
        end += 1
    return end


def _is_fill(token: Token) -> bool:
    return "fill" in token.roles and not token.roles.keys() & {"month", "month_lead"}


def _is_hyphen(text: Text, index: int) -> bool:
    """Whether a dash joins, as in 14-March-2027, and parts nothing."""
    dash, after = text.at(index), text.at(index + 1)
    return dash.text == "-" and text.at(index - 1).end == dash.start and dash.end == after.start and not after.unit


_INSIDE = frozenset((",", ".", "/", "'", "]", "[", "(", ")"))


def _year(text: Text, index: int, context: Context) -> tuple[int | None, int]:
    """The year at `index`, after a gap, and the index after it; None and the same index where none stands there."""
    at = _gap(text, index)
    if text.at(at) is END:
        return None, index
    at = at + 1 if "year" in text.at(at).roles else at
    year = _full_year(text, at)
    if year is not None:
        end = at + 1
        return year, end + 1 if text.at(end).roles.keys() & {"year"} or _is_year_word(text, end) else end
    token = text.at(at)
    if token.kind == "number" and len(token.text) == 2 and not token.unit and _ends(text, at, index):
        return two_digits(token.number, context.today), at + 1
    return None, index


def _is_year_word(text: Text, index: int) -> bool:
    """Whether a word like "г." or "року" follows a year, and no day."""
    return "fill" in text.at(index).roles and text.at(index + 1).kind not in ("word",)


def _ends(text: Text, at: int, index: int) -> bool:
    """Whether two digits after a month are a year: 'after an apostrophe, or at the very end: "14 April 15", "3 March '27"."""
    if text.at(at - 1).text == "'":
        return True
    numbers = text.at(index - 1)
    return text.at(at + 1).start < 0 and text.at(at - 1).text != "-" and "month" in numbers.roles and at - index <= 1


def _full_year(text: Text, index: int) -> int | None:
    """A year of four digits, also of the Buddhist era in Thai; None for other numbers."""
    token = text.at(index)
    if (
        token.kind != "number"
        or len(token.text) != 4
        or token.unit not in ("", "year")
        or (is_hour(text, index) and not token.unit)
    ):
        return None
    year = token.number - 543 if text.language == "th" and token.number > 2400 else token.number
    return year if 1900 <= year <= 2199 else None


def _weekday(text: Text, index: int) -> tuple[int, int]:
    """The index after a weekday and the marks that follow it, and its number."""
    number = text.at(index).roles["weekday"]
    end = _gap(text, index + 1)
    return (end + 1 if text.at(end).roles.keys() & {"lead"} and text.at(end + 1).kind == "number" else end), number


def _weekday_after(text: Text, index: int) -> tuple[int | None, int]:
    """A weekday that closes a date, "(Tuesday)" or ", Tuesday", and the index after it; None where none does."""
    at = index
    while at - index < 2 and text.at(at).text in (",", "(", "["):
        at += 1
    token = text.at(at)
    if (
        not token.roles
        or "weekday" not in token.roles
        or "month" in token.roles
        or (at == index and not _closes(text, at))
    ):
        return None, index
    end = at + 1
    return token.roles["weekday"], end + 1 if text.at(end).text in (")", "]") else end


def _closes(text: Text, index: int) -> bool:
    """Whether a weekday with no mark before it belongs to the date before it: nothing after it makes it the next one's."""
    following = text.at(index + 1)
    return (
        following.kind not in ("numeric", "pair")
        and not (following.kind == "number" and not is_hour(text, index + 1))
        and "month" not in following.roles
    )


def _until(text: Text, index: int) -> int:
    """The index after a mark of the end: まで."""
    return index + 1 if "until" in text.at(index).roles else index


def _times_after(
    text: Text, index: int, days: tuple[Day, ...], context: Context
) -> tuple[Span | None, int, tuple[Day, ...]]:
    """The times that follow a date at once or after a few words like "at", and the year where it stands behind them."""
    for gap in range(MAX_LEADS + 1):
        at = index + gap
        if text.at(at) is END or (gap and not _is_lead(text, at - 1, at)):
            break
        read = read_times(text, at, after_date=True, source=context.source)
        if read is None:
            continue
        times, end = read
        year = _full_year(text, end) if days[-1].year is None else None
        if year is not None:
            days = tuple(day._replace(year=day.year or year) for day in days)
            end += 1
        return times, end, days
    return None, index, days


_BETWEEN_MARKS = frozenset((",", "|", "·", "•", ":", "-", "(", ";", "/", "@", "•", ".", "["))


def _is_lead(text: Text, index: int, following: int = -1) -> bool:
    """Whether a token may stand between a date and its time; a short unknown word may where HH:MM follows ("u", "klo")."""
    token = text.at(index)
    if token.kind == "word" and len(token.text) < 4 and text.at(following).kind == "time":
        return True
    return token.text in _BETWEEN_MARKS or bool(token.roles.keys() & {"at", "fill"})


def _with_time_before(text: Text, expression: Expression, free: int, context: Context) -> Expression:
    """The expression with the times that stand before its date ("7 pm, 3 March"), where none stand after it."""
    if expression.times is not None:
        return expression
    for begin in range(max(free, expression.begin - MAX_BEFORE), expression.begin):
        token = text.tokens[begin]
        if token.kind == "mark" or (token.kind == "word" and not token.roles):
            continue
        read = read_times(text, begin, source=context.source)
        if read is None or read[1] > expression.begin:
            continue
        between = range(read[1], expression.begin)
        if len(between) <= MAX_LEADS and all(
            _is_lead(text, at) or text.at(at).roles.keys() & {"lead", "weekday", "relative"} for at in between
        ):
            return expression._replace(begin=begin, times=read[0], leads=expression.begin - begin)
    return expression
