"""Whether an event takes place as planned: in a field, in a line, or set off from a name ("CANCELLED: ...")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from symposia.event import Status
from symposia.lexicon.terms import term_pattern, term_tables
from symposia.text.patterns import any_phrase

_MAX_PART = 40
"""Characters of a part of a line that may be nothing but a status: "the event has been postponed" has 28."""
_MAX_STATUSES = 5
"""Statuses that are cut from one name: a name has one, or one in each of two languages."""
_EDGES = " \t*!.~…()[]-–—:|,;"
_DANGLING = " \t*~-–—:|,;/"
"""Marks to strip where a status was cut from an edge of a name; at its beginning "." and "!" too, which may end a name."""
_HALVES = {"(": ")", "[": "]", "*": "*", "~": "~", "!": "!"}
"""Marks that stand on both sides of what they set off."""
_set_off = re.compile(r"\s[-–—|/]\s?|[:;|()\[\]*~!…–—]|,\s|\.\.+|\.\s(?=[^\W\d_])|(?<=\w)\s?-(?=[A-Z]{6})")
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
    changes = (line[start:end] for start, end, status in _iter_statuses(line) if _is_change(line, status))
    return next((words.casefold() for words in changes), None)


def split_status(name: str) -> tuple[str, Status | None]:
    """Split a name from the status that is set off from it.

    The name stays as it is where nothing else is left of it, and where none is set off; then the status is None. Words that
    say that it is scheduled ("tentative") stay in the name: the status does not tell them.

    >>> split_status("CANCELLED: Reading Day")
    ('Reading Day', <Status.CANCELLED: 'cancelled'>)
    >>> split_status("Reading Day (Part 1) - verschoben")
    ('Reading Day (Part 1)', <Status.POSTPONED: 'postponed'>)
    >>> split_status("Reading Day (CANCELLED: snow)")
    ('Reading Day (snow)', <Status.CANCELLED: 'cancelled'>)
    >>> split_status("Why our trip was cancelled")
    ('Why our trip was cancelled', None)
    """
    if _any_status_pattern().search(name) is None:
        return name, None
    found = [hit for hit in islice(_iter_statuses(name), _MAX_STATUSES) if hit[2] is not Status.SCHEDULED]
    if not found:
        return name, None
    rest = name
    for start, end, _ in reversed(found):
        rest = _cut(rest, start, end)
    return rest or name, found[0][2]


def _iter_statuses(line: str) -> Iterator[tuple[int, int, Status]]:
    """The place [start, end) of each part of a line that says nothing but a status, without what sets it off, and the status."""
    start = 0
    for end, after in [*(mark.span() for mark in _set_off.finditer(line)), (len(line), len(line))]:
        part = line[start:end]
        found = _nothing_but_status_pattern().fullmatch(part.strip(_EDGES)) if len(part) <= _MAX_PART else None
        if found:
            first = start + len(part) - len(part.lstrip(_EDGES))
            yield first, first + len(found[0]), _status_of_word(found["status"])
        start = after


def _is_change(line: str, status: Status) -> bool:
    """Whether a status changes the plan; "Slides: now online" moves no event, so these words must be all there is."""
    if status is Status.MOVED_ONLINE:
        return _nothing_but_status_pattern().fullmatch(line.strip(_EDGES)) is not None
    return status is not Status.SCHEDULED


def _cut(name: str, start: int, end: int) -> str:
    """Cut a status out of a name, with the marks that set it off; brackets that hold more stay, both halves."""
    before, after = name[:start].rstrip(), name[end:].lstrip()
    while before and after and _HALVES.get(before[-1]) == after[0]:
        before, after = before[:-1].rstrip(), after[1:].lstrip()
    inner, outer = before.rstrip(_DANGLING), after.lstrip(_DANGLING)
    if inner[-1:] in ("(", "[") and _HALVES[inner[-1]] == outer[:1]:  # "[CANCELLED -]" holds nothing more
        before, after = inner[:-1].rstrip(), outer[1:].lstrip()
    if before[-1:] in ("(", "["):
        return before + after.lstrip(_DANGLING)
    if after[:1] in (")", "]"):
        return before.rstrip(_DANGLING) + after
    if not before.strip(_EDGES):
        return after.lstrip(_DANGLING + ".!…")
    if not after.strip(_EDGES):
        return before.rstrip(_DANGLING)
    return f"{before} {after.lstrip(_DANGLING + '.') if before[-1] in _DANGLING + '.' else after}"


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
