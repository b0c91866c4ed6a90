"""Fields that state one thing: how to attend, what kind of event it is, whether it is free."""

from __future__ import annotations

import re

from symposia.event import AttendanceMode, Kind
from symposia.lexicon.terms import term_pattern, term_tables

_part_end = re.compile(r"[(),;:|–—\n]|\s-\s")
_HYBRID = (("mode", "hybrid"), ("mode_in_field", "hybrid"))
_ONLINE = (("mode", "online"), ("mode", "stream"), ("mode_in_field", "online"))
_IN_PERSON = (("mode", "in_person"), ("mode_in_field", "in_person"))
_denied = re.compile(r"\b(?:not|no|nicht|kein\w{0,2}|non|pas|niet|geen)\s+\S+", re.IGNORECASE)


def read_mode(field: str | None) -> AttendanceMode | None:
    """Read how one attends from a field that states it: schema.org's word, a column's cell.

    None where it says nothing of that. A place and a way to join from elsewhere are both: hybrid.

    >>> read_mode("https://schema.org/OnlineEventAttendanceMode")
    <AttendanceMode.ONLINE: 'online'>
    >>> read_mode("Vor Ort / Zoom")
    <AttendanceMode.HYBRID: 'hybrid'>
    """
    text = (field or "").rsplit("/", 1)[-1] if (field or "").startswith("http") else field or ""
    sure = _denied.sub(" ", text)
    online = _is_online_alone(sure) or _finds(_ONLINE, sure)
    return _mode_of(online=online, in_person=_finds(_IN_PERSON, sure), hybrid=_finds(_HYBRID, text))


def read_mode_of_place(name: str | None) -> AttendanceMode | None:
    """Read how one attends from the name of a place; None for a name that says nothing of that.

    What means online in prose does so here only where the name is nothing else: a "Teleconference Room" is a room.

    >>> read_mode_of_place("Videokonferenz"), read_mode_of_place("Room 5, or on Zoom")
    (<AttendanceMode.ONLINE: 'online'>, <AttendanceMode.HYBRID: 'hybrid'>)
    >>> read_mode_of_place("Town Hall"), read_mode_of_place("Teleconference Room")
    (None, None)
    """
    sure = _denied.sub(" ", name or "")
    online = _is_online_alone(sure) or _finds((("mode_in_field", "online"),), sure)
    return _mode_of(online=online, in_person=_finds(_IN_PERSON, sure), hybrid=_finds(_HYBRID, name or ""))


def _mode_of(*, online: bool, in_person: bool, hybrid: bool) -> AttendanceMode | None:
    if hybrid or (online and in_person):
        return AttendanceMode.HYBRID
    if online:
        return AttendanceMode.ONLINE
    return AttendanceMode.IN_PERSON if in_person else None


def _is_online_alone(text: str) -> bool:
    """Whether a text holds nothing but words that mean online, and what joins them."""
    online = term_pattern(*_ONLINE, ("mode_alone", "online"))
    rest, found = online.subn(" ", text)
    return found > 0 and not any(map(str.isalpha, term_pattern(("mode_around", "words")).sub(" ", rest)))


def _finds(lists: tuple[tuple[str, str], ...], text: str) -> bool:
    return term_pattern(*lists).search(text) is not None


def read_kind(field: str | None) -> Kind | None:
    """Read the kind of event from a field: schema.org's type, a category, a column's cell; the first that stands there.

    None where it names none.

    >>> read_kind("https://schema.org/CourseInstance")
    <Kind.COURSE: 'course'>
    >>> read_kind("Fachtagung")
    <Kind.CONFERENCE: 'conference'>
    """
    return _first_kind((field or "").rsplit("/", 1)[-1], "kind", "kind_in_field")


def guess_kind(name: str | None) -> Kind | None:
    """Guess the kind of event from any word of a name that is seldom its topic; the first that stands there.

    None where there is none. For names in which nothing else tells (`symposia.facts.kind`).

    >>> guess_kind("Reading circle, with workshop")
    <Kind.WORKSHOP: 'workshop'>
    """
    return _first_kind(name or "", "kind_in_name")


def is_free(field: str | None) -> bool:
    """Whether a field of prices, or a part of it that is set off, says nothing but that attending is free.

    >>> is_free("no charge"), is_free("Free (donation welcome)"), is_free("Free parking"), is_free("keine Angabe")
    (True, True, False, False)
    """
    says_free = term_pattern(("free", "words"), ("free", "alone"))
    return any(says_free.fullmatch(part.strip(" .!*")) for part in _part_end.split(field or ""))


def _first_kind(text: str, *tables: str) -> Kind | None:
    lists = tuple((table, name) for table in tables for name in term_tables()[table])
    found = term_pattern(*lists).search(text)
    return kind_of_word(found[0], *tables) if found else None


def kind_of_word(word: str, *tables: str) -> Kind:
    """The kind that a word of the tables means, as `term_pattern` finds it: as it is listed, else as a compound.

    Raises IndexError for a word that is in none of the lists.

    >>> kind_of_word("informatiebijeenkomst", "kind"), kind_of_word("netwerkbijeenkomst", "kind")
    (<Kind.OTHER: 'other'>, <Kind.MEETING: 'meeting'>)
    """
    listed = ((table, name) for table in tables for name in term_tables()[table])
    matching = [(table, name) for table, name in listed if term_pattern((table, name)).fullmatch(word)]
    exact = (name for table, name in matching if word.casefold() in term_tables()[table][name])
    return Kind(next(exact, None) or matching[0][1])
