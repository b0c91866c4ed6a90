"""The last days for something: "Register by March 3", "Early bird ends ...", "Proposals due ... (extended)"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from symposia.event import DeadlineKind, Moment
from symposia.text.patterns import any_word
from symposia.text.toml_files import toml_at
from symposia.when.reader import find_when
from symposia.when.value import Span, When

_MAX_BEFORE = 120
"""Characters before a date that may say what it is a deadline for: about as long as a sentence."""
_MAX_AFTER = 40
"""Characters after a date that may say so: "March 3: proposals due"."""
_NEAR = 25
"""Characters before a date within which a closing word is the date's: "Early bird ends Sunday,"."""
_KINDS = (DeadlineKind.EARLY_BIRD, DeadlineKind.PROPOSALS, DeadlineKind.REGISTRATION)
"""The kinds that have subjects, the more particular first."""
_words = re.compile(r"\w+").findall
_clause_end = re.compile(r"[.!?;\n•|](?=\s|$)|\n")
_sentence_end = re.compile(r"[.!?\n•|](?=\s|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedDeadline:
    """A deadline in a text."""

    kind: DeadlineKind
    at: Moment
    """The last day, or the last moment."""
    span: Span
    """Where the date stands."""
    text: str
    """The words that say so."""


def find_deadlines(
    text: str, as_of: datetime, language: str | None = None, timezone: str | None = None
) -> list[StatedDeadline]:
    """The deadlines that running text states, in order; an empty list where it states none.

    The arguments are those of `find_when`.

    A date counts if its clause has a closing word ("by", "due", "Anmeldeschluss"). An extended deadline is given once, with
    its last day. Days for notifications, cancellations and hotel rooms do not count, nor does "registration opens".

    >>> from datetime import UTC
    >>> monday = datetime(2026, 11, 30, tzinfo=UTC)
    >>> text = "Early bird ends February 1, 2027; register by March 3. The conference ends on June 3, 2027."
    >>> for deadline in find_deadlines(text, monday):
    ...     print(deadline.kind.value, deadline.at, deadline.text)
    early_bird 2027-02-01 Early bird ends February 1, 2027
    registration 2027-03-03 register by March 3
    """
    if not _may_state_deadline(text.casefold()):
        return []
    found: list[StatedDeadline] = []
    last_end = 0
    for span, when in find_when(text, as_of, language, timezone):
        deadline = _deadline_at(text, span, when, last_end)
        if deadline is not None:
            found = [earlier for earlier in found if not _is_extended(text, earlier, deadline)] + [deadline]
        last_end = span[1]
    return found


def is_not_event_date(text: str, span: Span, last_end: int = 0) -> bool:
    """Whether a date's clause makes it the first or last day for something other than the event itself.

    That is registering, proposals, refunds or rooms: "Early bird ends", "Hotel cut-off", "Registration opens".

    >>> text = "Registration opens March 3"
    >>> is_not_event_date(text, (19, 26)), is_not_event_date("Opens March 3", (6, 13))
    (True, False)

    Args:
        text: The text.
        span: The date's place in it.
        last_end: Where the date before it ends.
    """
    begin = _clause_start(text, span[0], last_end)
    before, after = text[begin : span[0]].casefold(), _clause_after(text, span[1])
    near = before[-_NEAR:]
    has_subject = (
        _kind_in(before)
        or _kind_in(after)
        or _word_pattern("not", "beside").search(before)
        or _says_deadline_outright(before + after)
    )
    marked = any(_word_pattern(*key).search(near) for key in (("closing", "before"), ("not", "opening")))
    return bool(has_subject) and (marked or _word_pattern("closing", "after").search(after) is not None)


def _may_state_deadline(text: str) -> bool:
    """Whether a casefolded text holds a number and a word of something that ends: most descriptions do not."""
    words = set(_words(text))
    return not words.isdisjoint(_first_words_of_subjects()) and any(word.isdigit() for word in words)


def _deadline_at(text: str, span: Span, when: When, last_end: int) -> StatedDeadline | None:
    """The deadline that a date is, by its clause; None where it is none."""
    moment = when.end or when.start
    if moment is None or when.rrule:
        return None
    begin = _clause_start(text, span[0], last_end)
    before, after = text[begin : span[0]].casefold(), _clause_after(text, span[1])
    closes = _word_pattern("closing", "before").search(before) or _word_pattern("closing", "after").search(after)
    if not closes or _word_pattern("not", "words").search(before):
        return None
    kind = _kind_in(before) or _kind_in(after)
    if kind is None and not _says_deadline_outright(before + after):
        return None
    words = text[begin : span[1]].strip(" ,:;–—-(")
    return StatedDeadline(kind=kind or DeadlineKind.OTHER, at=moment, span=span, text=words)


def _clause_start(text: str, end: int, last_end: int) -> int:
    """Where the clause of a date begins: after the last date, sentence or line, but an extension keeps its sentence."""
    low = max(0, end - _MAX_BEFORE)
    start = max([low, *(match.end() for match in _clause_end.finditer(text, low, end))])
    if last_end > start and not _word_pattern("extended", "words").search(text[last_end:end].casefold()):
        return last_end
    return start


def _clause_after(text: str, start: int) -> str:
    stop = _clause_end.search(text, start)
    return text[start : min(stop.start() if stop else len(text), start + _MAX_AFTER)].casefold()


def _kind_in(clause: str) -> DeadlineKind | None:
    """What the clause is about: the kind whose word stands last, the more particular one where two share a word."""
    hits = [
        (match.end(), -rank, kind)
        for rank, kind in enumerate(_KINDS)
        for match in _word_pattern("kinds", kind.value).finditer(clause)
    ]
    if any(kind is DeadlineKind.EARLY_BIRD for _, _, kind in hits):
        return DeadlineKind.EARLY_BIRD
    return max(hits)[2] if hits else None


def _says_deadline_outright(clause: str) -> bool:
    """Whether a clause says without a subject that it is about a deadline: "Deadline: March 3"."""
    return any(word in clause for word in _word_tables()["outright"]["words"])


def _is_extended(text: str, earlier: StatedDeadline, later: StatedDeadline) -> bool:
    """Whether a later date of the same kind, in the same sentence, extends the earlier."""
    between = text[earlier.span[1] : later.span[0]]
    return (
        earlier.kind is later.kind
        and not _sentence_end.search(between)
        and bool(_word_pattern("extended", "words").search(between.casefold()))
    )


@cache
def _first_words_of_subjects() -> frozenset[str]:
    subjects = [phrase for phrases in _word_tables()["kinds"].values() for phrase in phrases]
    return frozenset(_words(phrase)[0] for phrase in (*subjects, *_word_tables()["outright"]["words"]))


@cache
def _word_tables() -> dict[str, dict[str, list[str]]]:
    return toml_at(Path(__file__).with_name("deadlines.toml"))


@cache
def _word_pattern(table: str, key: str) -> re.Pattern[str]:
    """A pattern that finds any of the words whole, the longest first, in casefolded text."""
    return re.compile(rf"(?<!\w){any_word(_word_tables()[table][key])}(?!\w)")
