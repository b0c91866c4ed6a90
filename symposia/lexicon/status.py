"""The words that say that an event does not take place as planned, set off from its name: "CANCELLED: ...", "... (postponed)"."""

from __future__ import annotations

import re
from functools import cache

from spiders.extraction.lexicon.word_lists import any_of, marks

_LONGEST = 40
"""Characters of a part of a line that may be nothing but a status."""
_EDGES = " \t*!.()[]-–—:|,;"
_set_off = re.compile(r"(\s[-–—|/]\s?|[:;|()\[\]*]|,\s|\.\s(?=[^\W\d_])|(?<=\w)\s?[-–—](?=[A-Z]{6}))")


def status_in(line: str) -> str | None:
    """The status that a line, or a part set off from it, says and nothing else; None for none."""
    if not _names_one(line):
        return None
    return next((found["status"] for part in _set_off.split(line) if (found := _read(part))), None)


def without_status(name: str) -> str:
    """A name without the status set off from it; the name as it is, where nothing else is said."""
    parts = _set_off.split(name) if _names_one(name) else []
    if not any(map(_read, parts)):
        return name
    return "".join(part for part in parts if not _read(part)).strip(_EDGES) or name


def _names_one(line: str) -> bool:
    """Whether a line has a word of a status anywhere: most have none, and need not be cut."""
    return any_of("status", "words").search(line.casefold()) is not None


def _read(part: str) -> re.Match[str] | None:
    words = part.casefold().strip(_EDGES)
    return _pattern().fullmatch(words) if 0 < len(words) <= _LONGEST else None


@cache
def _pattern() -> re.Pattern[str]:
    words = "|".join(map(re.escape, marks("status", "words")))
    around = "|".join(map(re.escape, marks("status", "around")))
    return re.compile(rf"(?:(?:{around})\s+){{0,3}}(?P<status>{words})(?:\s+(?:{around})){{0,3}}")
