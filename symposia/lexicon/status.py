"""Whether an event takes place as planned: in a field, in a line, or set off from a name ("CANCELLED: ...")."""

from __future__ import annotations

import re
from functools import cache

from symposia.event import Status
from symposia.lexicon.terms import term_pattern, term_tables
from symposia.text.patterns import any_phrase

_MAX_PART = 40
"""Characters of a part of a line that may be nothing but a status: "the event has been postponed" has 28."""
_EDGES = " \t*!.()[]-–—:|,;"
_DANGLING = " \t*-–—:|,;"
"""Marks to strip from the edges of a name after its status was cut out."""
_set_off = re.compile(r"(\s[-–—|/]\s?|[:;|()\[\]*]|,\s|\.\s(?=[^\W\d_])|(?<=\w)\s?[-–—](?=[A-Z]{6}))")
"""What sets a part of a line off from the rest."""


def read_status(field: str | None) -> Status | None:
    """Read a field that says a status: a word of it, schema.org's or RFC 5545's; the first that stands there.

    None where it says none that is known.

    >>> read_status("https://schema.org/EventCancelled")
    <Status.CANCELLED: 'cancelled'>
    >>> read_status("Fällt aus")
    <Status.CANCELLED: 'cancelled'>
    >>> read_status("to be decided") is None
    True
    """
    found = _any_status_pattern().search((field or "").rsplit("/", 1)[-1])
    return _status_of_word(found[0]) if found else None


def find_status(line: str) -> str | None:
    """Find the words, casefolded, with which a line, or a part set off from it, says nothing but a change of plan.

    None where it says none, or that the event is scheduled. `read_status` gives the status of the words.

    >>> find_status("Maths circle, 3 March - CANCELLED")
    'cancelled'
    >>> find_status("Cancelled by history: lost school libraries") is None
    True
    """
    if _any_status_pattern().search(line) is None:  # as in most lines, which then need not be cut
        return None
    statuses = (
        (match["status"].casefold(), _status_of_part(part))
        for part in _set_off.split(line)
        if (match := _match_status(part))
    )
    return next((words for words, status in statuses if status is not Status.SCHEDULED), None)


def split_status(name: str) -> tuple[str, Status | None]:
    """Split a name from the status that is set off from it.

    The name stays as it is where none is, or where nothing else is left; the status is None where none is set off.

    >>> split_status("CANCELLED: Reading Day")
    ('Reading Day', <Status.CANCELLED: 'cancelled'>)
    >>> split_status("Reading Day (Part 1) - verschoben")
    ('Reading Day (Part 1)', <Status.POSTPONED: 'postponed'>)
    >>> split_status("Why our trip was cancelled")
    ('Why our trip was cancelled', None)
    """
    if _any_status_pattern().search(name) is None:
        return name, None
    parts = _set_off.split(name)
    stated = [place for place in range(0, len(parts), 2) if _match_status(parts[place])]
    if not stated:
        return name, None
    status = _status_of_part(parts[stated[0]])
    return _without_parts(parts, stated) or name, status


def _without_parts(parts: list[str], said: list[int]) -> str:
    """Join the parts of a name and what stands between them, without those that say a status and what set them off."""
    texts = {place for place in range(0, len(parts), 2) if parts[place].strip() and place not in said}
    if not texts:
        return ""
    kept = list(parts)
    for place in said:
        # A bracket goes with its other half; of two separators, one still has something to separate.
        around = [at for at in (place - 1, place + 1) if 0 <= at < len(parts)]
        between = min(texts) < place < max(texts)
        gone = around[1:] if between and not any(parts[at] in "()[]" for at in around) else around
        for at in (place, *gone):
            kept[at] = " " if between else ""
    name = "".join(kept)
    name = name.lstrip(_DANGLING) if min(said) < min(texts) else name
    name = name.rstrip(_DANGLING) if max(said) > max(texts) else name
    return " ".join(name.split())


def _match_status(part: str) -> re.Match[str] | None:
    words = part.strip(_EDGES)
    return _nothing_but_status_pattern().fullmatch(words) if 0 < len(words) <= _MAX_PART else None


def _status_of_part(part: str) -> Status | None:
    found = _match_status(part)
    return _status_of_word(found["status"]) if found else None


def _status_of_word(word: str) -> Status:
    return next(Status(name) for name in term_tables()["status"] if term_pattern(("status", name)).fullmatch(word))


@cache
def _any_status_pattern() -> re.Pattern[str]:
    return term_pattern(*(("status", name) for name in term_tables()["status"]))


@cache
def _nothing_but_status_pattern() -> re.Pattern[str]:
    words = any_phrase({word for words in term_tables()["status"].values() for word in words})
    around = any_phrase(term_tables()["status_around"]["words"])
    return re.compile(rf"(?:{around}\s+){{0,3}}(?P<status>{words})(?:\s+{around}){{0,3}}", re.IGNORECASE)
