"""The last days to register, to pay less, and to propose a contribution."""

from __future__ import annotations

import re
from datetime import datetime

from symposia.event import Deadline, DeadlineKind
from symposia.facts.clauses import clause_around, quote, sentence_around
from symposia.facts.fact import Fact
from symposia.facts.word_lists import find_word, list_pattern
from symposia.when import find_deadlines, find_when

_NEAR = 30
"""Characters between what is asked for and its day."""
_ASKED = (DeadlineKind.REGISTRATION, DeadlineKind.PROPOSALS)


def read_deadlines(
    name: str, description: str, as_of: datetime, language: str | None, timezone: str | None
) -> list[Fact[Deadline]]:
    """Find the deadlines that a text states, each once; an empty list where it states none.

    The last days for refunds, rooms, fellowships and awards are not the event's deadlines. `as_of` is the clock for days
    without a year; `language` (BCP 47) and `timezone` (IANA) are the source's.

    >>> from datetime import UTC, datetime
    >>> due, = read_deadlines("Phonics", "Register by 3 March 2027.", datetime(2026, 11, 1, tzinfo=UTC), "en", None)
    >>> due.value.kind.value, str(due.value.at)
    ('registration', '2027-03-03')
    """
    text = _join_labels(f"{name}\n{description}")
    asked = _find_form_deadlines(text, as_of, language, timezone)
    found = {
        Deadline(kind=due.kind, at=due.at): quote(text, *due.span)
        for due in find_deadlines(text, as_of, language, timezone)
        if not _is_for_other_thing(text, due.span)
    }
    told = {_day_of(deadline) for deadline in found if deadline.kind is not DeadlineKind.OTHER}
    named = {_day_of(deadline) for deadline in asked}
    found = {
        due: words for due, words in found.items() if due.kind is not DeadlineKind.OTHER or _day_of(due) not in named
    }
    found |= {due: words for due, words in asked.items() if _day_of(due) not in told}
    return [Fact(value=deadline, words=words) for deadline, words in found.items()]


def _join_labels(text: str) -> str:
    """A label and its date as one clause, where a table or a line's end parts them: "Deadline | 3 March"."""
    return re.sub(r"\s\|\s(?=[^\n]{0,80}\d)", " : ", re.sub(r":[*_]{0,2}\n", ": ", text))


def _find_form_deadlines(text: str, as_of: datetime, language: str | None, timezone: str | None) -> dict[Deadline, str]:
    """Find days right after words such as "fill in the form by"."""
    if not find_word(text, "deadline", *_ASKED):
        return {}
    found = {}
    for span, when in find_when(text, as_of, language, timezone):
        at, kind = when.end or when.start, _kind_asked_before(text, span[0])
        if at and kind and not when.rrule and not _is_for_other_thing(text, span):
            found[Deadline(kind=kind, at=at)] = quote(text, *span)
    return found


def _kind_asked_before(text: str, start: int) -> DeadlineKind | None:
    """The kind of deadline that the words right before a day state: "sign up by"; None where they state none."""
    low = max(0, start - 2 * _NEAR)
    for kind in _ASKED:
        asked = list_pattern("deadline", kind).search(text, low, start)
        if asked and start - asked.end() < _NEAR:
            return kind
    return None


def _is_for_other_thing(text: str, span: tuple[int, int]) -> bool:
    """Whether the deadline is for refunds, rooms, fellowships ..., by its clause or the words right after the day."""
    before, _ = sentence_around(text, *span, 120)
    _, after = clause_around(text, *span, 40)
    return any(list_pattern("deadline", "beside").search(words) for words in (before, after))


def _day_of(deadline: Deadline) -> tuple[int, int, int]:
    return deadline.at.year, deadline.at.month, deadline.at.day
