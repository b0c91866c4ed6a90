"""Times of day and their zones over tokens."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from symposia.when.tokens import Token
from symposia.when.vocabulary import AM, HOUR_MARKS, NAMED_TIMES, PM, RANGE_WORDS, ZONES, fold
from symposia.zones import resolve_zone


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A start time, an end time where one is stated, and an IANA zone where one is named."""

    start: time
    end: time | None = None
    zone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A time as written: `half` is am or pm where stated; `sure`: more than a bare number says that it is a time."""

    hour: int
    minute: int
    half: str | None
    sure: bool

    def time(self, half: str | None) -> time | None:
        """The time of day, on the 12-hour clock where am or pm is known; None for an hour that no clock shows."""
        hour = self.hour
        if half is not None:
            if not 1 <= hour <= 12:
                return None if hour > 23 or self.half else time(hour, self.minute)
            hour = hour % 12 + (12 if half == "pm" else 0)
        hour = 0 if hour == 24 and self.minute == 0 else hour
        return time(hour, self.minute) if hour < 24 and self.minute < 60 else None

    @staticmethod
    def is_mark(text: str) -> bool:
        """Whether a word marks the number before it as an hour."""
        word = text.casefold().rstrip(".")
        return word in AM - {"a"} or word in PM - {"p"} or word in HOUR_MARKS


def read_times(tokens: Sequence[Token], index: int, *, after_date: bool) -> tuple[Span, int] | None:
    """The times that begin at `index`, and the index after them; None where none do.

    "9-11 am" shares its half of the day; "11-1 pm" begins before noon. A bare number is an hour only within such a range.
    """
    first = _clock(tokens, index)
    if first is None:
        return None
    start, end = first
    second = _range_end(tokens, end)
    if second is not None and (start.sure or second[0].sure):
        span = _span(start, second[0])
        if span is not None:
            return _with_zone(tokens, span, second[1])
    moment = start.time(start.half) if start.sure else None
    return _with_zone(tokens, Span(start=moment), end) if moment else None


def _span(start: Clock, end: Clock) -> Span | None:
    opening = start.time(start.half or end.half)
    closing = end.time(end.half)
    if opening and closing and end.half is None and start.half == "pm" and closing <= opening:
        closing = end.time("pm")
    if opening and closing and start.half is None and end.half == "pm" and opening > closing:
        opening = start.time("am")
    return Span(start=opening, end=closing) if opening and closing else None


def _range_end(tokens: Sequence[Token], index: int) -> tuple[Clock, int] | None:
    if index < len(tokens) and (tokens[index].text.casefold() in RANGE_WORDS or tokens[index].text == "/"):
        index += 1
        if index < len(tokens) and tokens[index].text.casefold() in {"las", "the"}:
            index += 1
        return _clock(tokens, index)
    return None


def _clock(tokens: Sequence[Token], index: int) -> tuple[Clock, int] | None:
    if index >= len(tokens):
        return None
    token = tokens[index]
    if token.kind == "word" and fold(token.text) in NAMED_TIMES:
        hour, minute = NAMED_TIMES[fold(token.text)]
        return Clock(hour=hour, minute=minute, half=None, sure=True), index + 1
    if token.kind not in ("time", "number") or (
        token.kind == "number" and (token.number > 24 or not token.text.isdigit())
    ):
        return None
    numbers = [int(number) for number in re.findall(r"\d+", token.text)]
    half, marked, end = _half(tokens, index + 1)
    minute = numbers[1] if len(numbers) > 1 else 0
    return Clock(hour=numbers[0], minute=minute, half=half, sure=token.kind == "time" or marked), end


def _half(tokens: Sequence[Token], index: int) -> tuple[str | None, bool, int]:
    """am or pm at `index`, whether any mark of an hour stands there, and the index after it."""
    if index >= len(tokens):
        return None, False, index
    word = tokens[index].text.casefold().rstrip(".")
    if word in AM - {"a"} or word in PM - {"p"}:
        return ("am" if word in AM else "pm"), True, index + 1
    if word in HOUR_MARKS:
        return None, True, index + 1
    return None, False, index


def _with_zone(tokens: Sequence[Token], span: Span, index: int) -> tuple[Span, int]:
    at = index + 1 if index < len(tokens) and tokens[index].text == "(" else index
    if at >= len(tokens) or tokens[at].kind != "word":
        return span, index
    zone = ZONES.get(tokens[at].text.casefold())
    end = at + 1
    if zone is None and at + 2 < len(tokens) and tokens[at + 1].text == "/":
        zone, end = resolve_zone(f"{tokens[at].text}/{tokens[at + 2].text}"), at + 3
    if zone is None:
        return span, index
    if zone == "UTC" and end < len(tokens) and tokens[end].text in "+-":
        return span, index
    return Span(start=span.start, end=span.end, zone=zone), end
