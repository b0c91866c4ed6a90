"""Time zones as texts name them: "ET", "(CEST)", "UTC+2", "Europe/Paris", "Anywhere on Earth"."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone, tzinfo
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from symposia.when.folding import WORD, fold_word
from symposia.when.tokens import Text
from symposia.when.vocabulary import zone_names
from symposia.zones import resolve_zone, shown_names

_MAX_WORDS = 6
"""Tokens of the longest name of a zone in words."""
_MAX_ABBREVIATION = 5
"""Letters of an abbreviation that the clocks of a zone show: "CEST", "AWST"."""
_MAX_OFFSET = 14
"""Hours that a zone is ahead of UTC at most (Kiritimati)."""
_OTHER_WORDS = {"eastern", "central", "mountain", "pacific"}
"""Zones whose names are other words too: "7 pm Central Library"."""
_MARKS_WITHIN = {"(", ","}
"""What stands within the names that programs show, near their beginning."""
_DURATIONS = {"hour", "hours", "hr", "hrs", "minute", "minutes", "min", "mins"}
"""Words of how long it takes, which webinar programs print between a time and its zone."""
_word_or_mark = re.compile(rf"{WORD}|[^\w\s]")
_offset = re.compile(r"^([+-])\s?(\d{1,2})(?::?(\d\d))?$")


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone that a text names."""

    words: str
    """What the text calls it."""
    name: str | None = None
    """The IANA name; None where the text names only an offset."""
    minutes: int = 0
    """Minutes from UTC, where the text names only those."""

    def clock(self) -> tzinfo:
        """The zone as datetime knows it."""
        return ZoneInfo(self.name) if self.name else timezone(timedelta(minutes=self.minutes))


def read_zone(text: Text, index: int, source: str | None) -> tuple[Zone, int] | None:
    """The zone named at token `index`, in brackets or not, and the index after it; None where none is.

    An abbreviation that several zones share is that of `source` (the writer's zone, IANA), if its clocks show it; else it
    means the zone that words.toml gives it, or none.

    >>> from symposia.when.tokens import tokens_of
    >>> read_zone(tokens_of("IST"), 0, "Asia/Kolkata")
    (Zone(words='IST', name='Asia/Kolkata', minutes=0), 1)
    >>> read_zone(tokens_of("(UTC+2)"), 0, None)
    (Zone(words='UTC+2', name=None, minutes=120), 5)
    >>> read_zone(tokens_of("Pacific Library"), 0, None) is None
    True
    """
    token = text.at(index)
    opened = token.text in ("(", "[")
    at = index + opened
    found = _zone_by_name(text, at, source) or _zone_by_offset(text, at)
    if found is None:
        return _zone_after_words(text, index, source) if token.text in ("in", "|") else None
    zone, end = found
    return zone, end + (opened and text.at(end).text in (")", "]"))


def _zone_after_words(text: Text, index: int, source: str | None) -> tuple[Zone, int] | None:
    """A zone of several words after "in", or after bars: "4:00 PM | 1 hour | (UTC-05:00) Eastern Time"."""
    at = index + 1
    if text.at(index).text == "|" and (end := _skip_duration(text, at)) is not None:
        at = end
    found = read_zone(text, at, source) if text.at(at).text not in ("in", "|") else None
    return found if found and (" " in found[0].words or found[0].name is None) else None


def _skip_duration(text: Text, index: int) -> int | None:
    """The index after "1 hour 30 mins |"; None where no such words stand there."""
    at = index
    while text.at(at).kind == "number" and text.at(at + 1).text in _DURATIONS:
        at += 2
    return at + 1 if at > index and text.at(at).text == "|" else None


def _zone_by_name(text: Text, index: int, source: str | None) -> tuple[Zone, int] | None:
    """The zone of the longest name that begins at `index`."""
    if text.at(index).kind != "word":
        return None
    at = text.at
    if (
        at(index + 1).text in _MARKS_WITHIN
        or at(index + 2).text in _MARKS_WITHIN
        or at(index + 3).text in _MARKS_WITHIN
    ):
        shown = _zone_as_shown(text, index)
        if shown is not None:
            return shown
    for size in range(_MAX_WORDS, 0, -1):
        tokens = [text.at(index + step) for step in range(size)]
        if tokens[-1].kind not in ("word", "mark") or tokens[-1].start < 0:
            continue
        words = text.plain[tokens[0].start : tokens[-1].end]
        name = _zone_called(words, source)
        if name is not None and not (size == 1 and _is_other_word(text, index, words)):
            end = index + size
            offset = _signed_offset(text, end) if name == "UTC" and size == 1 else None
            return offset or (Zone(words, name), end)
    return None


def _zone_as_shown(text: Text, index: int) -> tuple[Zone, int] | None:
    """A zone as programs show it, word for word: "Eastern Time (US & Canada)", "Amsterdam, Berlin, Rome"."""
    for words, name in _shown_phrases().get(text.at(index).text, ()):
        end = index + len(words)
        if tuple(_ampersand(text.at(at).text) for at in range(index, end)) == words:
            return Zone(text.plain[text.at(index).start : text.at(end - 1).end], name), end
    return None


def _ampersand(word: str) -> str:
    return "&" if word == "and" else word


@cache
def _shown_phrases() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """The names with a comma or brackets that programs show, as tokens, by the first of them; the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for name, zone in sorted(shown_names().items(), key=lambda entry: -len(entry[0])):
        words = tuple(fold_word(word) if word[0].isalpha() else word for word in _word_or_mark.findall(name))
        if "," in words or "(" in words:
            found[words[0]].append((words, zone))
    return found


def _is_other_word(text: Text, index: int, words: str) -> bool:
    """Whether one word that could be a zone is more likely something else: "7 pm Central Library", "7 pm et 8 pm"."""
    following = text.at(index + 1).kind == "word" and "range" not in text.at(index + 1).roles
    if fold_word(words) in _OTHER_WORDS:
        return following or not words[0].isupper()
    return not words.isupper() and (following or bool(text.at(index).roles))


@lru_cache(maxsize=4096)
def _zone_called(words: str, source: str | None) -> str | None:
    folded = fold_word(words)
    if source and len(folded) <= _MAX_ABBREVIATION and folded.upper() in _abbreviations(source):
        return source
    known = zone_names().get(folded)
    if known:
        return known
    return resolve_zone(words) if "/" in words or "standard" in folded else None


@lru_cache(maxsize=512)
def _abbreviations(zone: str) -> frozenset[str]:
    """What the clocks of a zone show, in winter and in summer (IANA tz): IST for Asia/Kolkata and for Europe/Dublin."""
    moments = (datetime(2026, month, 15, 12, tzinfo=ZoneInfo(zone)) for month in (1, 7))
    return frozenset(name for moment in moments if (name := moment.tzname() or "").isalpha())


def _zone_by_offset(text: Text, index: int) -> tuple[Zone, int] | None:
    """+02:00 on its own: only with minutes, as "- 2" is the end of a range."""
    found = _signed_offset(text, index)
    return found if found and text.at(index + 1).kind == "time" else None


def _signed_offset(text: Text, index: int) -> tuple[Zone, int] | None:
    sign, number = text.at(index), text.at(index + 1)
    if sign.text not in ("+", "-") or number.kind not in ("time", "number") or number.start != sign.end:
        return None
    match = _offset.match(f"{sign.text}{number.text}")
    if match is None or int(match[2]) > _MAX_OFFSET or text.at(index + 2).roles.keys() & {"am", "pm"}:
        return None
    minutes = (int(match[2]) * 60 + int(match[3] or 0)) * (1 if sign.text == "+" else -1)
    return Zone(f"UTC{sign.text}{number.text}", None, minutes), index + 2
