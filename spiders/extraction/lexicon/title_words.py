"""What the words of a line say about it: a title, a place, a label, a sentence; by the word lists under `[names]`."""

from __future__ import annotations

import re
from functools import cache

from spiders.extraction.lexicon.word_lists import word_list, word_pattern
from symposia.when import is_calendar_word

_MAX_TITLE_LINE = 120
"""Characters of a line that may be a title: longer ones are sentences, whatever their marks."""

_word = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_digit = re.compile(r"\d")
_sentence_end = re.compile(r"(?=\s)(?<=[^\W\d_]{3}[.!?])(?<!\b[Pp]rof\.)(?<!\bDipl\.)(?<!\bMag\.)\s+(?=[^\W\d_])")
_street = re.compile(
    r"^(?!(?:19|20)\d\d\b)\d+\s+\w|\b[A-Z]{2}\.? \d{5}(?:-\d{4})?\s*$|\bP\.?O\.? Box\b|(?i:\b(?:room|suite|ste|floor|rm|raum|sala|salle|aula|zaal)\.?\s{0,2}#?\d)"
)
_city_and_state = re.compile(r"[^\W\d_][\w .'’-]{2,30}, ([A-Z]{2}|[A-Z][a-z]+(?: [A-Z][a-z]+)?)")
_numbered = re.compile(r"([^\W\d_]+)\.?\s{0,2}#?\d{1,3}")
_acronym = re.compile(r"[A-Z][A-Za-z]{0,3}[A-Z][A-Z&/-]{0,8}(?:[\s'’]{0,2}\d{2,4})?")
_negation = re.compile(r"(?:no|kein|keine|sin|pas de|geen|nessun|nessuna|sem|ingen|inget)\s([^\W\d_]+)(?!\s?[^\W\d_])")


@cache
def _generic_words() -> frozenset[str]:
    return frozenset(word for line in word_list("names", "generic") for word in _word.findall(line))


@cache
def _event_words() -> frozenset[str]:
    return frozenset(word for term in word_list("names", "event") for word in _word.findall(term))


@cache
def _plural_event_words() -> frozenset[str]:
    return frozenset(word_list("names", "several"))


@cache
def _singulars() -> dict[str, str]:
    return dict(pair.split() for pair in word_list("names", "one_of"))


def is_generic(text: str) -> bool:
    """Whether no word of `text` tells one event from another.

    >>> is_generic("2026 Schedule: View agenda"), is_generic("Phonics schedule")
    (True, False)
    """
    words = _word.findall(text.casefold())
    known = _generic_words()
    return not any(word not in known and len(word) > 1 and not is_calendar_word(word) for word in words)


def begins_generically(text: str) -> bool:
    """Whether the first word of `text` is one that tells no event from another, such as "see" or "the"."""
    first = _word.search(text.casefold())
    return first is not None and first[0] in _generic_words()


def is_specific(text: str) -> bool:
    """Whether `text` says more than what kind of event it is.

    >>> is_specific("Phonics workshop"), is_specific("Webinar registration")
    (True, False)
    """
    words = {word for word in _word.findall(text.casefold()) if word not in _generic_words()}
    return len(words) > 1 or not words <= _event_words()


def has_event_word(text: str) -> bool:
    """Whether `text` says what kind of event, or whose meeting, it is: "workshop", "committee", "Tagung"."""
    return word_pattern("names", "event").search(text.casefold()) is not None


def has_plural_event_word(text: str) -> bool:
    """Whether `text` has a word that lists of events go by: "meetings", "Termine"."""
    return word_pattern("names", "several").search(text.casefold()) is not None


def is_list_title(text: str) -> bool:
    """Whether `text` names a list, and no event of it.

    >>> is_list_title("Board Meetings"), is_list_title("Board Meeting")
    (True, False)
    """
    words = _word.findall(text.casefold())
    plurals = [word for word in words if word in _plural_event_words()]
    return bool(plurals) and sum(word not in _generic_words() and word not in plurals for word in words) < 2


def singular_title(text: str) -> str:
    """What one event of a list is called, by the list's title; `text` as it is where the last word is no such plural.

    >>> singular_title("Board Meetings")
    'Board Meeting'
    """
    before, _, last = text.rpartition(" ")
    singular = _singulars().get(last.casefold())
    if singular is None:
        return text
    singular = singular.upper() if last.isupper() else singular.capitalize() if last[:1].isupper() else singular
    return f"{before} {singular}".strip()


def is_numbered(text: str) -> bool:
    """Whether a title is only a number in a series: "Session 2", "Part 1"."""
    match = _numbered.fullmatch(text.casefold())
    return match is not None and (match[1] in word_list("names", "numbered") or has_event_word(match[1]))


def is_acronym(text: str) -> bool:
    """Whether a title is an acronym, with a number at most: "FRAC 2027", "LIBAI'27"."""
    return _acronym.fullmatch(text) is not None


def announces_no_event(text: str) -> bool:
    """Whether words say that nothing takes place: "No chat - happy holidays!", "Keine Sitzung"."""
    match = _negation.match(text.casefold())
    return match is not None and (has_event_word(match[1]) or match[1] in _generic_words())


def is_detail_line(text: str) -> bool:
    """Whether a line's label says who speaks, what it costs, or whom it is for: "Presenter: ...", "Cost: ..."."""
    label, colon, rest = text.partition(":")
    details = word_pattern("names", "particulars")
    return bool(colon and rest) and details.fullmatch(label.casefold().strip()) is not None


def is_deadline_label(label: str) -> bool:
    """Whether a label, casefolded, says that something opens or ends: "register by", "anmeldeschluss"."""
    return word_pattern("names", "due").search(label) is not None


def is_labelled(text: str) -> bool:
    """Whether a line says first what its value is: "Starts: ...", "Registration deadline: ..."."""
    label, colon, rest = text.partition(":")
    if not colon or not rest.strip() or _digit.search(label):
        return False
    return is_generic(label) or is_deadline_label(label.casefold())


def is_address(text: str) -> bool:
    """Whether `text` has the form of an address: a house or room number, a postal code, a city and its state."""
    # Most titles have no number and no comma, and need no look for more.
    if (_digit.search(text) or "Box" in text) and _street.search(text) is not None:
        return True
    city = _city_and_state.fullmatch(text) if ", " in text else None
    return city is not None and (len(city[1]) == 2 or city[1].casefold() in word_list("names", "regions"))


def is_place(text: str) -> bool:
    """Whether `text` is an address or a room, and no title.

    >>> is_place("Chalk Hall"), is_place("Library board"), is_place("Springfield, IL")
    (True, False, True)
    """
    has_place_word = word_pattern("names", "place").search(text.casefold()) is not None
    return is_address(text) or (has_place_word and not has_event_word(text))


def is_sentence(text: str) -> bool:
    """Whether `text` is running text: long, begun in lower case, or of several sentences."""
    return len(text) > _MAX_TITLE_LINE or text[:1].islower() or _sentence_end.search(text) is not None


def first_sentence(text: str) -> str:
    """The text up to the end of its first sentence; titles of people end none.

    >>> first_sentence("Reading Day! Bring a book")
    'Reading Day!'
    """
    return _sentence_end.split(text, maxsplit=1)[0]
