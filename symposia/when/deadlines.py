"""The last days for something: "Register by March 3", "Early bird ends ...", "Proposals due ... (extended)"."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from symposia.event import DeadlineKind, Moment
from symposia.lexicon.patterns import any_word
from symposia.when.reading import find_when
from symposia.when.value import When

MAX_CLAUSE = 120
"""Characters before a date that may say what it is a deadline for."""
_MAX_AFTER = 40
_NEAR = 25
"""Characters before a date within which a closing word is the date's."""
_OUTRIGHT = ("deadline", "deadlines", "due date", "anmeldeschluss", "date limite", "fecha límite")
_words = re.compile(r"\w+").findall
_clause_end = re.compile(r"[.!?;\n•|](?=\s|$)|\n")
_sentence_end = re.compile(r"[.!?\n•|](?=\s|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A deadline in a text: what for, the last day or moment, its place [start, end), and the words that say so."""

    kind: DeadlineKind
    at: Moment
    span: tuple[int, int]
    text: str


def find_deadlines(text: str, as_of: datetime, language: str | None = None, timezone: str | None = None) -> list[Due]:
    """The deadlines that running `text` states, in order; an empty list where it states none. Arguments as of `find_when`.

    A date counts where its clause has a closing word ("by", "due", "Anmeldeschluss"). What is extended is told once, by its
    last day. The days of notifications, cancellations and hotel rooms are no deadlines; nor is "registration opens".
    """
    if not _may_state_one(text.casefold()):
        return []
    found: list[Due] = []
    last_end = 0
    for span, when in find_when(text, as_of, language, timezone):
        due = _due(text, span, when, last_end)
        if due is not None:
            found = [one for one in found if not _replaced(text, one, due)] + [due]
        last_end = span[1]
    return found


def is_of_something_else(text: str, span: tuple[int, int], last_end: int = 0) -> bool:
    """Whether the clause of a date says that it is the last, or the first, day for something beside the event.

    For registering, sending proposals, refunds or rooms: "Early bird ends", "Hotel cut-off", "Registration opens".
    `span` is the date's place in the text, and `last_end` where the date before it ends.
    """
    begin = _clause_start(text, span[0], last_end)
    before, after = text[begin : span[0]].casefold(), _clause_after(text, span[1])
    near = before[-_NEAR:]
    about = _kind(before) or _kind(after) or _pattern("not", "beside").search(before) or _is_named(before, after)
    marked = any(_pattern(*key).search(near) for key in (("closing", "before"), ("not", "opening")))
    return bool(about) and (marked or _pattern("closing", "after").search(after) is not None)


def _may_state_one(text: str) -> bool:
    """Whether a casefolded text holds a number and a word of something that ends: most descriptions do not."""
    words = set(_words(text))
    return not words.isdisjoint(_subjects()) and any(word.isdigit() for word in words)


def _due(text: str, span: tuple[int, int], when: When, last_end: int) -> Due | None:
    moment = when.end or when.start
    if moment is None or when.rrule:
        return None
    begin = _clause_start(text, span[0], last_end)
    before, after = text[begin : span[0]].casefold(), _clause_after(text, span[1])
    closed = _pattern("closing", "before").search(before) or _pattern("closing", "after").search(after)
    if not closed or _pattern("not", "words").search(before):
        return None
    kind = _kind(before) or _kind(after) or DeadlineKind.OTHER
    if kind is DeadlineKind.OTHER and not _is_named(before, after):
        return None
    return Due(kind=kind, at=moment, span=span, text=text[begin : span[1]].strip(" ,:;–—-("))


def _clause_start(text: str, end: int, last_end: int) -> int:
    """Where the clause of a date begins: after the last date, sentence or line, but an extension keeps its sentence."""
    low = max(0, end - MAX_CLAUSE)
    stops = [match.end() for match in _clause_end.finditer(text, low, end)]
    start = max([low, *stops])
    if last_end > start and not _pattern("extended", "words").search(text[last_end:end].casefold()):
        return last_end
    return start


def _clause_after(text: str, start: int) -> str:
    stop = _clause_end.search(text, start)
    return text[start : min(stop.start() if stop else len(text), start + _MAX_AFTER)].casefold()


def _kind(clause: str) -> DeadlineKind | None:
    """What the clause is about: the kind whose word stands last, the more particular one where two share a word."""
    hits = [
        (match.end(), -rank, kind)
        for rank, kind in enumerate(("early_bird", "proposals", "registration"))
        for match in _pattern("kinds", kind).finditer(clause)
    ]
    if any(kind == "early_bird" for _, _, kind in hits):
        return DeadlineKind("early_bird")
    return DeadlineKind(max(hits)[2]) if hits else None


def _is_named(before: str, after: str) -> bool:
    """Whether a clause without a subject says outright that it is about a deadline: "Deadline: March 3"."""
    return any(word in before + after for word in _OUTRIGHT)


def _replaced(text: str, one: Due, later: Due) -> bool:
    """Whether a later date of the same kind, in the same sentence, is told as its extension."""
    between = text[one.span[1] : later.span[0]]
    return (
        one.kind is later.kind
        and not _sentence_end.search(between)
        and bool(_pattern("extended", "words").search(between.casefold()))
    )


@cache
def _subjects() -> frozenset[str]:
    """The first words of all that may end, and of what says outright that something does."""
    subjects = [phrase for phrases in _tables()["kinds"].values() for phrase in phrases]
    return frozenset(_words(phrase)[0] for phrase in (*subjects, *_OUTRIGHT))


@cache
def _tables() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((Path(__file__).parent / "deadlines.toml").read_text(encoding="utf-8"))


@cache
def _pattern(table: str, key: str) -> re.Pattern[str]:
    """A pattern that finds any of the words whole, the longest first, in casefolded text."""
    return re.compile(rf"(?<!\w){any_word(_tables()[table][key])}(?!\w)")
