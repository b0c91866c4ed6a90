"""Whom an event is for: the people whom its text addresses, not those who teach or are taught about."""

from __future__ import annotations

import re
from functools import cache

from symposia.facts.clauses import clause_around, quote, sentence_around
from symposia.facts.fact import Fact
from symposia.facts.word_lists import find_word, find_words, list_names, list_pattern, may_hold

_REACH = 110
"""Characters between words such as "for" and the people they address: a list of five professions."""
_SCHOOL = {"early-childhood", "elementary", "middle-school", "high-school"}
"""Labels for single levels of school: beside one of them, "k-12" says nothing more."""
_nth = r"(?:st|nd|rd|th)?"
_to = r"\s?(?:[-–—]|to|through|and)\s?"
_grades = re.compile(
    rf"(?<!\w)(?:grades?(?: levels?)?|gr\.?):?\s(pre-?k|k|\d{{1,2}}){_nth}{_to}(\d{{1,2}}){_nth}(?!\w)"
    rf"|(?<![\w-])(pre-?k|k)\s?[-–]\s?(\d{{1,2}}){_nth}(?!\w)"
    rf"|(?<![\w-])(\d{{1,2}}){_nth}{_to}(\d{{1,2}})(?:th|rd|nd)\s(?:grade|graders?)(?!\w)",
    re.IGNORECASE,
)
_ages = re.compile(
    r"(?<!\w)(?:ages?|aged)\s(\d{1,2})(?:\s?(?:[-–—]|to|through|and)\s?(\d{1,2}|under|younger|up|older|over))?(?!\w)",
    re.IGNORECASE,
)
_LEVELS = (("early-childhood", -1, -1), ("elementary", 0, 5), ("middle-school", 6, 8), ("high-school", 9, 12))
"""Labels with their first and last grade; -1 is pre-kindergarten, 0 kindergarten."""
_AGES = (("early-childhood", 0, 5), ("elementary", 5, 10), ("middle-school", 11, 13), ("high-school", 14, 18))
"""Labels with the ages of their first and last year."""

_may_be_grades = re.compile(r"gr|k\s?[-–]").search
_has_digit = re.compile(r"\d").search


def find_audience(name: str, description: str) -> list[Fact[str]]:
    """Find those whom a text addresses.

    Returns:
        Labels of symposia/facts/words.toml ([audience]), each once; an empty list where it addresses nobody by name.

    >>> [fact.value for fact in find_audience("Phonics for Librarians", "Open to grades 6-8.")]
    ['middle-school', 'librarians']
    """
    text = f"{name}\n{description}"
    found: dict[str, str] = {}
    for label, words in [
        *_find_grades(text),
        *_find_ages(text),
        *_find_in_name(name),
        *_find_addressed(text),
        *_find_open_to_all(text),
    ]:
        found.setdefault(label, words)
    if _SCHOOL & found.keys() and "k-12" in found:
        del found["k-12"]
    return [Fact(value=label, words=words) for label, words in found.items()]


def _find_addressed(text: str) -> list[tuple[str, str]]:
    """The people named in the reach of a word of address."""
    found: list[tuple[str, str]] = []
    if not may_hold(text, "address", "before", "after"):
        return found
    labels = _labels_to_look_for(text)
    for match in find_words(text, "address", "before"):
        after = sentence_around(text, *match.span(), _REACH)[1]
        found += [(label, quote(text, *match.span(), 90)) for label in _labels_named(after, labels, first=True)]
    for match in find_words(text, "address", "after"):
        before = sentence_around(text, *match.span(), 70)[0]
        found += [(label, quote(text, *match.span(), 70)) for label in _labels_named(before, labels, first=False)]
    return found


def _find_in_name(name: str) -> list[tuple[str, str]]:
    """The people that a name says the event is for: "Phonics for Teachers"."""
    found = find_word(name, "address", "for")
    after = name[found.end() :] if found else ""
    return [(label, name) for label in _labels_named(after[:_REACH], _labels_to_look_for(name), first=True)]


def _find_open_to_all(text: str) -> list[tuple[str, str]]:
    """Such as "Open to the public"; but not "open to all students"."""
    for match in find_words(text, "audience", "general"):
        following = re.match(r"\s([a-z]{2,20})", text[match.end() :])
        others = following and not list_pattern("address", "after_all").match(following[1])
        if _is_denied(text, match):
            continue
        if not others or not match[0].lower().endswith("all"):
            return [("general", quote(text, *match.span()))]
    return []


def _is_denied(text: str, match: re.Match[str]) -> bool:
    """Such as "Not open to the public"; "for everyone's sake" opens nothing either."""
    before, after = clause_around(text, *match.span(), 12)
    return list_pattern("address", "denied").search(before) is not None or after[:1] in ("'", "’")


def _labels_to_look_for(text: str) -> tuple[str, ...]:
    """The labels to look for: "students" are a university's where the text speaks of one."""
    known = tuple(label for label in list_names("audience") if label != "general")
    return (*known, "students") if find_word(text, "address", "campus") else known


def _labels_named(words: str, labels: tuple[str, ...], *, first: bool) -> list[str]:
    """The labels of people named in `words`: in the list that begins, or ends, beside the word of address."""
    hits = [(match.start(), match.end(), label) for label in labels for match in _people_pattern(label).finditer(words)]
    hits = [hit for hit in hits if not _follows_as_attribute(words, hit[1])]
    hits.sort(key=lambda hit: hit[0] if first else -hit[1])
    return [_public_label(label) for start, end, label in hits if _is_near(words, start, end, first=first)]


def _is_near(words: str, start: int, end: int, *, first: bool) -> bool:
    """Whether only a few words, or other people, stand between: "for busy, curious teachers and librarians"."""
    between = words[:start] if first else words[end:]
    if list_pattern("address", "parting").search(between):
        return False
    return len(between) < _REACH


def _follows_as_attribute(words: str, end: int) -> bool:
    """Such as "Faculty development", "family program": the people are an attribute of something else."""
    return re.match(r"[\s\-]", words[end:]) is not None and bool(
        list_pattern("address", "not_people").match(words, end + 1)
    )


@cache
def _people_pattern(label: str) -> re.Pattern[str]:
    return list_pattern("address", "students") if label == "students" else list_pattern("audience", label)


def _public_label(label: str) -> str:
    return "higher-education" if label == "students" else label


def _find_grades(text: str) -> list[tuple[str, str]]:
    """The levels that "grades 6-12" takes in; all of them, K-12, are one label."""
    found = []
    for match in _grades.finditer(text) if _has_digit(text) and _may_be_grades(text.lower()) else ():
        low, high = _read_grade(match[1] or match[3] or match[5]), int(match[2] or match[4] or match[6])
        if not low < high <= 12:
            continue
        levels = [label for label, first, last in _LEVELS if low <= last and high >= first]
        labels = ["k-12"] if low <= 0 and high == 12 else levels
        found += [(label, quote(text, *match.span())) for label in labels]
    return found


def _read_grade(text: str) -> int:
    return -1 if text.lower().startswith("pre") else 0 if text.lower() == "k" else int(text)


def _find_ages(text: str) -> list[tuple[str, str]]:
    """The levels of school of the ages that a text states: "ages 6-9" is elementary."""
    found = []
    for match in _ages.finditer(text) if _has_digit(text) and "age" in text.lower() else ():
        low = int(match[1])
        if match[2] in ("up", "older", "over") or low > 17:
            continue
        low, high = (0, low) if match[2] in ("under", "younger") else (low, int(match[2] or low))
        found += [(label, quote(text, *match.span())) for label, first, last in _AGES if low < last and high > first]
    return found
