"""Fields that state one thing: how to attend, what kind of event it is, whether it is free."""

from __future__ import annotations

import re

from symposia.event import AttendanceMode, Kind
from symposia.lexicon.terms import term_pattern, term_tables

_part_end = re.compile(r"[(),;:|–—\n]|\s-\s")
_MODE_LISTS = {
    AttendanceMode.HYBRID: (("mode", "hybrid"), ("mode_in_field", "hybrid")),
    AttendanceMode.ONLINE: (("mode", "online"), ("mode", "stream"), ("mode_in_field", "online")),
    AttendanceMode.IN_PERSON: (("mode", "in_person"), ("mode_in_field", "in_person")),
}


def read_mode(field: str | None) -> AttendanceMode | None:
    """Read how one attends from a field: schema.org's word, a place's name, a column's cell.

    None where it says nothing of that. A place and a way to join from elsewhere are both: hybrid.

    >>> read_mode("https://schema.org/OnlineEventAttendanceMode")
    <AttendanceMode.ONLINE: 'online'>
    >>> read_mode("Videokonferenz")
    <AttendanceMode.ONLINE: 'online'>
    >>> read_mode("Vor Ort / Zoom")
    <AttendanceMode.HYBRID: 'hybrid'>
    >>> read_mode("Town Hall") is None
    True
    """
    text = (field or "").rstrip("/").rsplit("/", 1)[-1] if (field or "").startswith("http") else (field or "")
    if term_pattern(("mode_alone", "online")).fullmatch(text.strip(" .()")):
        return AttendanceMode.ONLINE
    said = [mode for mode, lists in _MODE_LISTS.items() if term_pattern(*lists).search(text)]
    if AttendanceMode.HYBRID in said or len(said) > 1:
        return AttendanceMode.HYBRID
    return said[0] if said else None


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
