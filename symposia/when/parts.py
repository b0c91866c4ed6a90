"""The parts of a date over tokens: a day with its ordinal, a month, a year, a weekday, and what stands between them."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple, TypeAlias

from symposia.when.clock import is_hour
from symposia.when.numeric import YEARS, Order, expand_year
from symposia.when.tokens import END, Text, Token
from symposia.when.vocabulary import ordinals

_INSIDE_DATE = frozenset((",", ".", "/", "'", "]", "[", "(", ")"))
"""Marks that may stand between the parts of a date."""
_BUDDHIST_ERA = 543
"""Years that the Buddhist era of Thai dates is ahead of the common one."""


class Day(NamedTuple):
    """A day, as far as it is stated."""

    day: int
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    """0 for Monday to 6."""
    joint: str = ""
    """How it follows the day before it: "range", "list", or "" for the first."""
    instant: datetime | None = None
    """The instant, where an ISO 8601 token states one."""
    ambiguous: bool = False
    """Whether day and month could be the other way round."""
    year_first: bool = False
    """Whether the year stands before the day, so that days that follow are of the same month: 2027. jan. 5–17."""


class Context(NamedTuple):
    """What the meaning of a date depends on beside its words."""

    order: Order
    """The order of numeric dates with a year."""
    pair_order: Order
    """The order of numeric dates without a year."""
    today: date
    """The day of reading."""
    source: str | None
    """The writer's zone (IANA)."""
    whole: bool
    """Whether the text is all about when, and not running text."""


DayAndEnd: TypeAlias = tuple[Day, int]
"""A day, and the index of the token after it."""


def month_at(text: Text, index: int) -> tuple[int | None, int]:
    """The month at token `index` and the index after it; None and `index` where none stands there."""
    token = text.at(index)
    if "month" in token.roles:
        return token.roles["month"], index + 1
    if token.unit == "month" and 1 <= token.number <= 12:
        return token.number, index + 1
    if "month_lead" in token.roles and 1 <= text.at(index + 1).number <= 12:
        return text.at(index + 1).number, index + 2
    return None, index


def day_at(text: Text, index: int) -> DayAndEnd | None:
    """A day of the month alone, with its weekday and its ordinal, at token `index`: "Tuesday 3rd"; None for none."""
    weekday = None
    if "weekday" in text.at(index).roles:
        index, weekday = weekday_at(text, index)
    token = text.at(index)
    if token.kind != "number" or not 1 <= token.number <= 31 or token.unit not in ("", "day") or len(token.text) > 2:
        return None
    if not token.unit and is_hour(text, index):
        return None
    end = _skip_ordinal(text, index + 1)
    after, end = weekday_after(text, end) if token.unit else (None, end)
    return Day(day=token.number, weekday=weekday if weekday is not None else after), skip_until(text, end)


def _skip_ordinal(text: Text, index: int) -> int:
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
    """Whether a word stuck to a number makes it an ordinal: in this language or, if `joined` or longer, in any."""
    return "ordinal" in token.roles or ((joined or len(token.text) > 1) and token.text in ordinals())


def skip_inside_date(text: Text, index: int, limit: int = 3) -> int:
    """The index after the marks and small words, at most `limit`, that may stand inside a date."""
    end = index
    while end - index < limit and (is_fill(text.at(end)) or text.at(end).text in _INSIDE_DATE or _is_hyphen(text, end)):
        end += 1
    return end


def is_fill(token: Token) -> bool:
    """Whether a token is a word that stands inside dates and says nothing: "of", "de"."""
    return "fill" in token.roles and not token.roles.keys() & {"month", "month_lead"}


def _is_hyphen(text: Text, index: int) -> bool:
    """Whether a dash joins the parts of one date, as in 14-March-2027."""
    dash, after = text.at(index), text.at(index + 1)
    return dash.text == "-" and text.at(index - 1).end == dash.start and dash.end == after.start and not after.unit


def year_at(text: Text, index: int, context: Context) -> tuple[int | None, int]:
    """The year that follows at token `index` and the index after it; None and `index` where none does."""
    at = skip_inside_date(text, index)
    if text.at(at) is END:
        return None, index
    if text.at(at - 1).text == "(" and at > index and text.at(at + 1).text != ")":
        return None, index  # July 23 (2021 budget meeting)
    at = at + 1 if "year" in text.at(at).roles else at
    year = full_year_at(text, at)
    if year is not None:
        end = at + 1
        return year, end + 1 if text.at(end).roles.keys() & {"year"} or is_year_word(text, end) else end
    token = text.at(at)
    if token.kind == "number" and len(token.text) == 2 and not token.unit and _is_short_year(text, at, index):
        return expand_year(token.number, context.today), at + 1
    return None, index


def is_year_word(text: Text, index: int) -> bool:
    """Whether a word after a year belongs to it: "г.", "року"."""
    return "fill" in text.at(index).roles and text.at(index + 1).kind != "word"


def _is_short_year(text: Text, at: int, index: int) -> bool:
    """Whether two digits at `at`, after a date that ends at `index`, are its year: "3 March '27", "14 April 15"."""
    if text.at(at - 1).text == "'":
        return True
    before = text.at(index - 1)
    return text.at(at + 1).start < 0 and text.at(at - 1).text != "-" and "month" in before.roles and at - index <= 1


def full_year_at(text: Text, index: int) -> int | None:
    """The year of four digits at token `index`, in Thai also of the Buddhist era; None for other numbers."""
    token = text.at(index)
    if token.kind != "number" or len(token.text) != 4 or token.unit not in ("", "year"):
        return None
    year = token.number - _BUDDHIST_ERA if text.language == "th" and token.number > 2400 else token.number
    return year if year in YEARS else None


def weekday_at(text: Text, index: int) -> tuple[int, int]:
    """The index after the weekday at token `index` and the marks that follow it; and its number, 0 for Monday."""
    number = text.at(index).roles["weekday"]
    end = skip_inside_date(text, index + 1)
    return (end + 1 if text.at(end).roles.keys() & {"lead"} and text.at(end + 1).kind == "number" else end), number


def weekday_after(text: Text, index: int) -> tuple[int | None, int]:
    """The weekday that closes a date, "(Tuesday)" or ", Tuesday", and the index after it; None and `index` for none."""
    at = index
    while at - index < 2 and text.at(at).text in (",", "(", "["):
        at += 1
    roles = text.at(at).roles
    if not roles or "weekday" not in roles or "month" in roles or (at == index and not _belongs_before(text, at)):
        return None, index
    end = at + 1
    return roles["weekday"], end + 1 if text.at(end).text in (")", "]") else end


def _belongs_before(text: Text, index: int) -> bool:
    """Whether a weekday with no mark before it belongs to the date before it: no date follows that it could be of."""
    following = text.at(index + 1)
    return (
        following.kind not in ("numeric", "pair")
        and not (following.kind == "number" and not is_hour(text, index + 1))
        and "month" not in following.roles
    )


def skip_until(text: Text, index: int) -> int:
    """The index after a word that closes a range: まで."""
    return index + 1 if "until" in text.at(index).roles else index
