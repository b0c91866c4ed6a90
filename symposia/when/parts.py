"""The parts of a date over tokens: a day with its ordinal, a month, a year, a weekday, and what stands between them."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple, TypeAlias

from symposia.when.clock import is_hour
from symposia.when.numeric import Order, two_digits
from symposia.when.tokens import END, Text, Token
from symposia.when.vocabulary import ordinals


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


class Context(NamedTuple):
    """What a reading depends on beside the words: the order of numeric dates with and without a year, the day it is,
    the zone of who writes, and whether the text is all about when, and not running text."""

    order: Order
    pair: Order
    today: date
    source: str | None
    whole: bool


Found: TypeAlias = tuple[Day, int]
"""A day, and the index after it."""


def month_at(text: Text, index: int) -> tuple[int | None, int]:
    """The month at `index` and the index after it; None and the same index where none stands there."""
    token = text.at(index)
    if "month" in token.roles:
        return token.roles["month"], index + 1
    if token.unit == "month" and 1 <= token.number <= 12:
        return token.number, index + 1
    if "month_lead" in token.roles and 1 <= text.at(index + 1).number <= 12:
        return text.at(index + 1).number, index + 2
    return None, index


def day_at(text: Text, index: int) -> Found | None:
    """A day of the month on its own, with its weekday before or after it and its ordinal: "Tuesday 3rd"."""
    weekday = None
    if "weekday" in text.at(index).roles:
        index, weekday = weekday_at(text, index)
    token = text.at(index)
    if token.kind != "number" or not 1 <= token.number <= 31 or token.unit not in ("", "day") or len(token.text) > 2:
        return None
    if not token.unit and is_hour(text, index):
        return None
    end = _ordinal(text, index + 1)
    after, end = weekday_after(text, end) if token.unit else (None, end)
    return Day(day=token.number, weekday=weekday if weekday is not None else after), after_until(text, end)


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


def gap(text: Text, index: int, size: int = 3) -> int:
    """The index after the marks and small words, at most `size`, that may stand inside a date."""
    end = index
    while end - index < size and (is_fill(text.at(end)) or text.at(end).text in _INSIDE or _is_hyphen(text, end)):
        end += 1
    return end


def is_fill(token: Token) -> bool:
    return "fill" in token.roles and not token.roles.keys() & {"month", "month_lead"}


def _is_hyphen(text: Text, index: int) -> bool:
    """Whether a dash joins, as in 14-March-2027, and parts nothing."""
    dash, after = text.at(index), text.at(index + 1)
    return dash.text == "-" and text.at(index - 1).end == dash.start and dash.end == after.start and not after.unit


_INSIDE = frozenset((",", ".", "/", "'", "]", "[", "(", ")"))


def year_at(text: Text, index: int, context: Context) -> tuple[int | None, int]:
    """The year at `index`, after a gap, and the index after it; None and the same index where none stands there."""
    at = gap(text, index)
    if text.at(at) is END:
        return None, index
    if text.at(at - 1).text == "(" and at > index and text.at(at + 1).text != ")":
        return None, index  # July 23 (2021 budget meeting)
    at = at + 1 if "year" in text.at(at).roles else at
    year = full_year(text, at)
    if year is not None:
        end = at + 1
        return year, end + 1 if text.at(end).roles.keys() & {"year"} or is_year_word(text, end) else end
    token = text.at(at)
    if token.kind == "number" and len(token.text) == 2 and not token.unit and _ends(text, at, index):
        return two_digits(token.number, context.today), at + 1
    return None, index


def is_year_word(text: Text, index: int) -> bool:
    """Whether a word like "г." or "року" follows a year, and no day."""
    return "fill" in text.at(index).roles and text.at(index + 1).kind not in ("word",)


def _ends(text: Text, at: int, index: int) -> bool:
    """Whether two digits after a month are a year: after an apostrophe, or at the very end: "14 April 15", "3 March '27"."""
    if text.at(at - 1).text == "'":
        return True
    numbers = text.at(index - 1)
    return text.at(at + 1).start < 0 and text.at(at - 1).text != "-" and "month" in numbers.roles and at - index <= 1


def full_year(text: Text, index: int) -> int | None:
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


def weekday_at(text: Text, index: int) -> tuple[int, int]:
    """The index after a weekday and the marks that follow it, and its number."""
    number = text.at(index).roles["weekday"]
    end = gap(text, index + 1)
    return (end + 1 if text.at(end).roles.keys() & {"lead"} and text.at(end + 1).kind == "number" else end), number


def weekday_after(text: Text, index: int) -> tuple[int | None, int]:
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


def after_until(text: Text, index: int) -> int:
    """The index after a mark of the end: まで."""
    return index + 1 if "until" in text.at(index).roles else index
