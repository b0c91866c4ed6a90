"""One time of day over tokens: "4 pm", "14.30 Uhr", "19h30", "오후 7시", "noon".

time := [period] (HH:MM | HH.MM | hour | number mark) [period]     period: am, pm, "in the evening" and the like
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import time
from typing import TypeAlias

from symposia.when.tokens import Text, Token

DayPeriod: TypeAlias = "tuple[int, int]"
"""A part of the day in minutes from midnight, [from, before), as CLDR's day periods (UTS #35, part 4) bound it.

Where "from" is the greater, it runs over midnight.
"""
AM, PM = (0, 720), (720, 1440)
_digits = re.compile(r"\d+").findall
_dotted_seconds = re.compile(r"\d{1,2}\.[0-5]\d\.[0-5]\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenTime:
    """A time of day as it is written."""

    hour: int
    minute: int
    period: DayPeriod | None
    """The part of the day, where one is stated."""
    certain: bool
    """Whether more than a bare number says that this is a time."""
    padded: bool = False
    """Whether the hour is written as a 24-hour clock shows it: "09", "16"."""

    def in_period(self, period: DayPeriod | None) -> time | None:
        """The time of day in the half of the day where `period` lies; None for a time that no clock shows."""
        hour = self.hour
        if period is not None and 1 <= hour <= 12:
            hour = _hour_in_period(hour * 60 + self.minute, period)
        elif period is not None and self.period is not None and (hour == 0 or hour > 24):
            return None
        hour = 0 if hour == 24 and self.minute == 0 else hour
        return time(hour, self.minute) if hour < 24 and self.minute < 60 else None


def _hour_in_period(minutes: int, period: DayPeriod) -> int:
    """The hour of a 12-hour time that falls into the period; if none does, that of the half where it begins."""
    first, before = period
    early, late = minutes % 720, minutes % 720 + 720
    for candidate in (early, late):
        if first <= candidate < before or (first > before and (candidate >= first or candidate < before)):
            return candidate // 60
    return (late if first >= 720 else early) // 60


def read_time(text: Text, index: int, *, after_date: bool) -> tuple[WrittenTime, int] | None:
    """The time that begins at token `index`, and the index after it; None where none does.

    `after_date` says that a date stands before: the 13.12 of "29.02.2020 13.12" is then a time.
    """
    token = text.at(index)
    if "clock" in token.roles:
        hour, minute = divmod(token.roles["clock"], 60)
        return WrittenTime(hour=hour, minute=minute, period=None, certain=True), index + 1
    if (period := _day_period(token)) is not None and text.at(index + 1).kind in ("time", "number"):
        found = _read_digits(text, index + 1, after_date)
        return (replace(found[0], period=period, certain=True), found[1]) if found and found[0].hour < 25 else None
    return _read_digits(text, index, after_date)


def is_hour(text: Text, index: int) -> bool:
    """Whether the number at token `index` is an hour: "5 pm", "18 Uhr", the 9 of "9-11 am"."""
    token = text.at(index)
    if token.unit or len(token.text) > 2:
        return token.unit == "hour"
    if _marks_after(text, index + 1)[1]:
        return True
    following = text.at(index + 1)
    if following.text == "-" or "range" in following.roles:
        second = text.at(index + 2)
        return second.kind == "time" or (
            second.kind == "number" and 0 < second.number < 25 and _marks_after(text, index + 3)[1]
        )
    return False


def _read_digits(text: Text, index: int, after_date: bool) -> tuple[WrittenTime, int] | None:
    token = text.at(index)
    numbers = _hour_and_minute(text, token, after_date)
    if not numbers or not _may_be_hour(token, numbers[0]):
        return None
    minute, end = _minutes(text, index, numbers)
    period, marked, end = _marks_after(text, end)
    if token.kind == "number" and not period and text.at(index - 1).text == "(" and text.at(end).text == ")":
        return None  # (2 heures) is how long it takes
    marked = marked or _is_led(text, index)
    certain = token.kind == "time" or marked or token.unit == "hour"
    if token.kind in ("dotted", "numeric"):
        if numbers[1] > 59 or not (marked or (after_date and _may_be_dotted_time(text, index))):
            return None
        certain = True
    padded = token.text.startswith("0") or numbers[0] > 12 or token.unit == "hour"
    return WrittenTime(hour=numbers[0], minute=minute, period=period, certain=certain, padded=padded), end


def _hour_and_minute(text: Text, token: Token, after_date: bool) -> list[int]:
    """The numbers of a token that may be a time; none of another."""
    if token.kind == "number":
        return [token.number]
    if token.kind in ("time", "dotted") or (after_date and _is_dotted_with_seconds(text, token)):
        return [int(number) for number in _digits(token.text)[:2]]
    return []


def _may_be_hour(token: Token, number: int) -> bool:
    if number > 24 or (token.unit and token.unit != "hour"):
        return False
    return len(token.text) <= 2 or token.kind != "number" or bool(token.unit)


def _is_led(text: Text, index: int) -> bool:
    """Whether the word before a number makes it an hour: "kl. 18", "ore 15", "godz. 16"."""
    before = text.at(index - 2) if text.at(index - 1).text == "." else text.at(index - 1)
    return "oclock" in before.roles


def _is_dotted_with_seconds(text: Text, token: Token) -> bool:
    """Whether 14.05.00 is a time: in a language that writes times with dots."""
    return token.kind == "numeric" and text.vocabulary.dotted_time and bool(_dotted_seconds.fullmatch(token.text))


def _may_be_dotted_time(text: Text, index: int) -> bool:
    """Whether HH.MM after a date is a time: by the language, by its two digits each, or by another beside it."""
    if text.vocabulary.dotted_time or len(text.at(index).text) == len("14.30"):
        return True
    return text.at(index + 2).kind == "dotted" or text.at(index - 2).kind == "dotted"


def _minutes(text: Text, index: int, numbers: list[int]) -> tuple[int, int]:
    """The minutes of a time and the index after it: 21時40分, 3點半."""
    minute = numbers[1] if len(numbers) > 1 else 0
    following = text.at(index + 1)
    if text.at(index).unit == "hour" and following.unit == "minute":
        return following.number, index + 2
    if text.at(index).unit == "hour" and following.unit == "half":
        return 30, index + 2
    return minute, index + 1


def _marks_after(text: Text, index: int) -> tuple[DayPeriod | None, bool, int]:
    """The part of the day after a number, whether any mark of an hour stands there, and the index after them."""
    period, marked = None, False
    for _ in range(2):  # a mark and a part of the day: "7 Uhr abends"
        token = text.at(index)
        if not token.roles and token.text not in ("a", "p"):
            break
        if (found := _day_period(token)) is not None and period is None and not _is_preposition(text, index):
            period, marked, index = found, True, index + 1
        elif token.text in ("a", "p") and token.start == text.at(index - 1).end and period is None:
            period, marked, index = AM if token.text == "a" else PM, True, index + 1  # 9a-11a
        elif "hour" in token.roles and not marked:
            marked, index = True, index + 1
        elif "fill" in token.roles and _day_period(text.at(index + 1)) is not None:
            index += 1
    return period, marked, index


def _is_preposition(text: Text, index: int) -> bool:
    """Whether "am" after a number is the German preposition: "18 am Freitag", "um 18 am 3. März"."""
    token = text.at(index)
    if token.text != "am" or "fill" not in token.roles or token.start == text.at(index - 1).end:
        return False
    following = text.at(index + 1)
    return "weekday" in following.roles or following.kind in ("number", "numeric", "pair", "dotted")


def _day_period(token: Token) -> DayPeriod | None:
    roles = token.roles
    if "am" in roles or "pm" in roles:
        return AM if "am" in roles else PM
    if "period" in roles:
        first, before = roles["period"]
        return first, before
    return None
