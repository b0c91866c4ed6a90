"""Times of day over tokens: "9-11 am", "14.30 Uhr", "19h30 à 21h", "오후 7시", "1 pm ET / 10 am PT".

times := [at] time [RANGE time] [zone ("/" time zone)*]
time  := [part] (HH:MM | HH.MM | hour | number mark) [part]        part: am, pm, "in the evening", CLDR's day periods
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import time
from typing import TypeAlias

from symposia.when.tokens import Text, Token
from symposia.when.vocabulary import month_first_zones
from symposia.when.zone_words import Zone, read_zone

Part: TypeAlias = "tuple[int, int]"
"""A part of the day, in minutes [from, before); over midnight where from is the later one."""
AM, PM = (0, 720), (720, 1440)
_digits = re.compile(r"\d+").findall
_dotted_seconds = re.compile(r"\d{1,2}\.[0-5]\d\.[0-5]\d")
MAX_LEADS = 3
"""Words that may stand between a date and its time."""


_AFTERNOON = range(1, 6)
"""Hours at which, without am or pm, nothing begins before dawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A start time, an end time where one is stated, the zone where one is named, and the same times told in other zones."""

    start: time
    end: time | None = None
    zone: Zone | None = None
    others: tuple[tuple[time, Zone], ...] = ()
    bare: bool = False
    """Whether no part of the day is stated, and nothing ("09:30", "16:00") shows a clock of 24 hours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A time as written. `part` is the part of the day where stated; `sure`: more than a bare number says that it is a time."""

    hour: int
    minute: int
    part: Part | None
    sure: bool
    padded: bool = False
    """Whether the hour is written as a clock of 24 hours shows it: "09", "16"."""

    def time(self, part: Part | None) -> time | None:
        """The time of day, in the half of the day where `part` lies; None for a time that no clock shows."""
        hour = self.hour
        if part is not None and 1 <= hour <= 12:
            hour = _hour_in(hour * 60 + self.minute, part)
        elif part is not None and self.part is not None and (hour == 0 or hour > 24):
            return None
        hour = 0 if hour == 24 and self.minute == 0 else hour
        return time(hour, self.minute) if hour < 24 and self.minute < 60 else None


def _hour_in(minutes: int, part: Part) -> int:
    """The hour of a 12-hour time that falls into the part of the day; in the half where it begins, if none does."""
    first, before = part
    early, late = minutes % 720, minutes % 720 + 720
    for candidate in (early, late):
        if first <= candidate < before or (first > before and (candidate >= first or candidate < before)):
            return candidate // 60
    return (late if first >= 720 else early) // 60


def read_times(
    text: Text, index: int, *, after_date: bool = False, source: str | None = None
) -> tuple[Span, int] | None:
    """The times that begin at `index`, and the index after them; None where none do.

    "9-11 am" shares its part of the day; "11-1 pm" begins before noon. A bare number is an hour only within such a range.
    `after_date`: a date stands before, so that "29.02.2020 13.12" is a time. `source` is the zone of who writes, by which
    IST and the like are understood.
    """
    first = _clock(text, index, after_date)
    if first is None:
        return None
    start, end = first
    second = _range_end(text, end)
    if second is not None and (start.sure or second[0].sure) and (span := _span(start, second[0])) is not None:
        return _with_zones(text, span, second[1], source)
    moment = start.time(start.part) if start.sure else None
    if moment is None:
        return None
    own = read_zone(text, end, source)  # of the first time alone: "10 am ET - 11 am ET"
    zone, end = own if own else (None, end)
    second = _range_end(text, end) if zone and text.at(end).text != "/" else None
    if second is not None and (span := _span(start, second[0])) is not None:
        return _with_zones(text, replace(span, zone=zone), second[1], source)
    return _with_zones(text, Span(start=moment, zone=zone, bare=start.part is None and not start.padded), end, source)


def by_day(span: Span, zone: str | None) -> Span:
    """Times without am or pm as they are meant where clocks have 12 hours: "3:30-5:00", "9:00-3:00". Others as they are.

    `zone` (IANA) is that of who writes: the clock of 12 hours is the custom where the month is written first (CLDR).
    """
    if not span.bare or zone not in month_first_zones():
        return span
    start, end = span.start, span.end
    start = start.replace(hour=start.hour + 12) if start.hour in _AFTERNOON else start
    end = end.replace(hour=end.hour + 12) if end and end.hour < 12 and end <= start else end
    return replace(span, start=start, end=end) if (start, end) != (span.start, span.end) else span


def _span(start: Clock, end: Clock) -> Span | None:
    opening = start.time(start.part or end.part)
    closing = end.time(end.part)
    if opening and closing and end.part is None and start.part is not None and closing <= opening:
        closing = end.time(PM)
    if opening and closing and start.part is None and end.part is not None and opening > closing:
        opening = start.time(AM)
    bare = start.part is None and end.part is None and not (start.padded or end.padded)
    return Span(start=opening, end=closing, bare=bare) if opening is not None and closing is not None else None


def _range_end(text: Text, index: int) -> tuple[Clock, int] | None:
    token = text.at(index)
    if not (token.text in "-/" and token.kind == "mark" and token.text) and not token.roles.keys() & {"range", "list"}:
        return None
    if token.text == "," or (
        "list" in token.roles and "range" not in token.roles and text.at(index + 1).kind != "time"
    ):
        return None
    index += 1
    while text.at(index).roles.keys() & {"at", "fill"} and not text.at(index).roles.keys() & {"am", "pm"}:
        index += 1
    found = _clock(text, index, after_date=True)
    if found and not found[0].sure and _is_month(text, found[1]):
        return None  # 5 pm - 2 August
    if found and text.at(found[1]).roles.keys() & {"until"}:
        return found[0], found[1] + 1
    return found


def _is_month(text: Text, index: int) -> bool:
    after = text.at(index + 1) if text.at(index).text == "." else text.at(index)
    return "month" in after.roles


def _clock(text: Text, index: int, after_date: bool) -> tuple[Clock, int] | None:
    token = text.at(index)
    if "clock" in token.roles:
        hour, minute = divmod(token.roles["clock"], 60)
        return Clock(hour=hour, minute=minute, part=None, sure=True), index + 1
    if (part := _part(token)) is not None and text.at(index + 1).kind in ("time", "number"):
        found = _number(text, index + 1, after_date)
        return (replace(found[0], part=part, sure=True), found[1]) if found and found[0].hour < 25 else None
    return _number(text, index, after_date)


def _number(text: Text, index: int, after_date: bool) -> tuple[Clock, int] | None:
    token = text.at(index)
    if token.kind == "number":
        numbers = [token.number]
    elif token.kind in ("time", "dotted") or (after_date and _with_seconds(text, token)):
        numbers = [int(number) for number in _digits(token.text)[:2]]
    else:
        return None
    if (
        numbers[0] > 24
        or (token.unit and token.unit != "hour")
        or (len(token.text) > 2 and token.kind == "number" and not token.unit)
    ):
        return None
    minute, end = _minutes(text, index, numbers)
    part, marked, end = _after(text, end)
    if token.kind == "number" and not part and text.at(index - 1).text == "(" and text.at(end).text == ")":
        return None  # (2 heures) is how long it takes
    marked = marked or _is_led(text, index)
    sure = token.kind == "time" or marked or token.unit == "hour"
    if token.kind in ("dotted", "numeric"):
        if numbers[1] > 59 or not (
            marked or (after_date and (text.vocabulary.dotted_time or _clock_like(text, index)))
        ):
            return None
        sure = True
    padded = token.text.startswith("0") or numbers[0] > 12 or token.unit == "hour"
    return Clock(hour=numbers[0], minute=minute, part=part, sure=sure, padded=padded), end


def _is_led(text: Text, index: int) -> bool:
    """Whether the word before a number makes it an hour: "kl. 18", "ore 15", "godz. 16"."""
    before = text.at(index - 2) if text.at(index - 1).text == "." else text.at(index - 1)
    return "oclock" in before.roles


def _with_seconds(text: Text, token: Token) -> bool:
    """Whether 14.05.00 is a time: in a language that writes times with dots, after a date."""
    return token.kind == "numeric" and text.vocabulary.dotted_time and bool(_dotted_seconds.fullmatch(token.text))


def _clock_like(text: Text, index: int) -> bool:
    """Whether HH.MM after a date cannot be anything else: two digits each, or a range of such."""
    return len(text.at(index).text) == 5 or text.at(index + 2).kind == "dotted" or text.at(index - 2).kind == "dotted"


def _minutes(text: Text, index: int, numbers: list[int]) -> tuple[int, int]:
    """The minutes of a time and the index after it: 21時40分, 3點半."""
    minute = numbers[1] if len(numbers) > 1 else 0
    following = text.at(index + 1)
    if text.at(index).unit == "hour" and following.unit == "minute":
        return following.number, index + 2
    if text.at(index).unit == "hour" and following.unit == "half":
        return 30, index + 2
    return minute, index + 1


def _after(text: Text, index: int) -> tuple[Part | None, bool, int]:
    """The part of the day after a number, whether any mark of an hour stands there, and the index after it."""
    part, marked = None, False
    for _ in range(2):
        token = text.at(index)
        if not token.roles and token.text not in ("a", "p"):
            break
        if (
            (found := _part(token)) is not None
            and part is None
            and not (_is_word_am(token) and not _glued(text, index))
        ):
            part, marked, index = found, True, index + 1
        elif token.text in ("a", "p") and token.start == text.at(index - 1).end and part is None:
            part, marked, index = AM if token.text == "a" else PM, True, index + 1  # 9a-11a
        elif "hour" in token.roles and not marked:
            marked, index = True, index + 1
        elif "fill" in token.roles and _part(text.at(index + 1)) is not None:
            index += 1
    return part, marked, index


def _is_word_am(token: Token) -> bool:
    """Whether "am" is more likely the German preposition."""
    return token.text == "am" and "fill" in token.roles


def _glued(text: Text, index: int) -> bool:
    return text.at(index).start == text.at(index - 1).end or (
        not text.at(index + 1).roles.keys() & {"weekday"}
        and (text.at(index + 1).kind not in ("number", "numeric", "pair", "dotted"))
    )


def _part(token: Token) -> Part | None:
    roles = token.roles
    if "am" in roles or "pm" in roles:
        return AM if "am" in roles else PM
    if "period" in roles:
        first, before = roles["period"]
        return first, before
    return None


def is_hour(text: Text, index: int) -> bool:
    """Whether the number at `index` is an hour: "5 pm", "18 Uhr", the 9 of "9-11 am"."""
    token = text.at(index)
    if token.unit or len(token.text) > 2:
        return token.unit == "hour"
    if _after(text, index + 1)[1]:
        return True
    following = text.at(index + 1)
    if following.text == "-" or "range" in following.roles:
        second = text.at(index + 2)
        return second.kind == "time" or (
            second.kind == "number" and 0 < second.number < 25 and _after(text, index + 3)[1]
        )
    return False


def _with_zones(text: Text, span: Span, index: int, source: str | None) -> tuple[Span, int]:
    """The span with its zone, and with the same time in other zones: "1 pm ET / 10 am PT"."""
    found = read_zone(text, index, source)
    if found is not None:
        span, index = replace(span, zone=found[0]), found[1]
    if span.zone is None:
        return span, index
    others: list[tuple[time, Zone]] = []
    while len(others) < 6 and (other := _other(text, index, source)) is not None:
        others.append(other[0])
        index = other[1]
    return replace(span, others=tuple(others)), index


def _other(text: Text, index: int, source: str | None) -> tuple[tuple[time, Zone], int] | None:
    at = index
    while at - index < 3 and (text.at(at).text in ("/", "|", ",", "(", ";", "=") or text.at(at).text in ("or", "and")):
        at += 1
    if at == index:
        return None
    first = _clock(text, at, after_date=False)
    if first is None:
        return None
    clock, end = first
    if (second := _range_end(text, end)) is not None:
        clock, end = replace(clock, part=clock.part or second[0].part), second[1]
    zone = read_zone(text, end, source)
    moment = clock.time(clock.part)
    if zone is None or moment is None:
        return None
    closed = zone[1] + 1 if text.at(zone[1]).text == ")" else zone[1]
    return (moment, zone[0]), closed
