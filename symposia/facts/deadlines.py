"""The last days to register, to pay less, and to propose a contribution."""

from __future__ import annotations

import re
from datetime import datetime

from symposia.event import Deadline, DeadlineKind
from symposia.facts.words import Said, clause, pattern, sentence, shown
from symposia.when import find_deadlines, find_when

_KINDS = (DeadlineKind.REGISTRATION, DeadlineKind.EARLY_BIRD, DeadlineKind.PROPOSALS)
_NEAR = 30


def read_deadlines(
    name: str, description: str, as_of: datetime, language: str | None, timezone: str | None
) -> list[Said[Deadline]]:
    """Each deadline that the text states, once; an empty list where it states none.

    The last days for refunds, rooms, fellowships and awards are no deadlines of the event.
    """
    text = _joined(f"{name}\n{description}")
    found = {
        Deadline(kind=due.kind, at=due.at): shown(text, *due.span)
        for due in find_deadlines(text, as_of, language, timezone)
        if due.kind in _KINDS and not _is_of_something_else(text, due.span)
    }
    known = {_day(deadline) for deadline in found}
    for deadline, words in _by_form(text, as_of, language, timezone).items():
        if _day(deadline) not in known:
            found[deadline] = words
    return [Said(value=deadline, words=words) for deadline, words in found.items()]


def _joined(text: str) -> str:
    """A label and its date as one clause, where a table or a line's end parts them: "Deadline | 3 March"."""
    return re.sub(r"\s\|\s(?=[^\n]{0,80}\d)", " : ", re.sub(r":[*_]{0,2}\n", ": ", text))


def _by_form(text: str, as_of: datetime, language: str | None, timezone: str | None) -> dict[Deadline, str]:
    """Days that stand right after "fill in the form by" and its like."""
    if not pattern("deadline", "registration").search(text):
        return {}
    found = {}
    for span, when in find_when(text, as_of, language, timezone):
        at = when.end or when.start
        near = text[max(0, span[0] - _NEAR) : span[0]]
        wide = text[max(0, span[0] - 2 * _NEAR) : span[0]]
        asked = pattern("deadline", "registration").search(wide)
        if (
            at
            and not when.rrule
            and asked
            and len(wide) - asked.end() < len(near)
            and not _is_of_something_else(text, span)
        ):
            found[Deadline(kind=DeadlineKind.REGISTRATION, at=at)] = shown(text, *span)
    return found


def _is_of_something_else(text: str, span: tuple[int, int]) -> bool:
    """Whether the clause, or the words right after the day, speak of refunds, rooms, fellowships ..."""
    before, _ = sentence(text, *span, 120)
    _, after = clause(text, *span, 40)
    return any(pattern("deadline", "beside").search(words) for words in (before, after))


def _day(deadline: Deadline) -> tuple[int, int, int]:
    return deadline.at.year, deadline.at.month, deadline.at.day
