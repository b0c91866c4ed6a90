"""Whether words name an event, and the name in them: without dates, labels, and the "agenda" of a link to one."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import NamedTuple

from spiders.extraction.lexicon.word_lists import any_of, marks
from symposia.lexicon.status import split_status
from symposia.text.plain_text import one_line
from symposia.when import find_times, find_when, is_calendar_word

MAX_NAME = 200


class Named(NamedTuple):
    """A name, the evidence for it, how much speaks for it, and whether it is the page's or a heading's, for want of an own."""

    text: str
    evidence: str
    weight: float = 0.0
    borrowed: bool = False


_MAX_BRACKETS = 60
_ANY_DAY = datetime(2000, 1, 1, tzinfo=UTC)
_EDGES = " \t\n,;:|–—-()[]·•*/>»›→_.@&"
_letters = re.compile(r"[^\W\d_]{2}").search
_has_digit = re.compile(r"\d").search
_word = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_sentence_end = re.compile(r"(?=\s)(?<=[^\W\d_]{3}[.!?])(?<!\b[Pp]rof\.)(?<!\bDipl\.)(?<!\bMag\.)\s+(?=[^\W\d_])")
_street = re.compile(
    r"^(?!(?:19|20)\d\d\b)\d+\s+\w|\b[A-Z]{2}\.? \d{5}(?:-\d{4})?\s*$|\bP\.?O\.? Box\b|(?i:\b(?:room|suite|ste|floor|rm|raum|sala|salle|aula|zaal)\.?\s{0,2}#?\d)"
)
_numbered = re.compile(r"([^\W\d_]+)\.?\s{0,2}#?\d{1,3}")
_acronym = re.compile(r"[A-Z][A-Za-z]{0,3}[A-Z][A-Z&/-]{0,8}(?:[\s'’]{0,2}\d{2,4})?")
_year = re.compile(r"^(?:19|20)\d\d\s+(?=\D)|(?<=\D)\s+(?:19|20)\d\d$")
_leading_up = re.compile(r"(?<!\w)(?:on|at|from|dated|am|vom|den|le|el|il|op|em|the)\s*[-–:,(]?\s*$", re.IGNORECASE)
_announced = re.compile(
    r"^(?:(?:the\s)?(?:next|upcoming)\s(?:[\w-]+\s){0,2}(?:meeting|session|hearing)\sof\s(?:the\s)?"
    r"|(?:[\w-]+\s){0,2}notice\sof\s(?:(?:the|a|an)\s)?|einladung\szu[rm]?\s|convocatoria\s(?:de\sla|del|de|a\sla|al)\s)",
    re.IGNORECASE,
)
_commas = re.compile(r"\s*,(?:\s*,)+\s*")
_price = re.compile(r"\s*[,;(–-]?\s*\(?[$€£]\s?\d[\d.,]*\)?$")
_nothing = re.compile(r"(?:no|kein|keine|sin|pas de|geen|nessun|nessuna|sem|ingen|inget)\s([^\W\d_]+)(?!\s?[^\W\d_])")
_city = re.compile(r"[^\W\d_][\w .'’-]{2,30}, ([A-Z]{2}|[A-Z][a-z]+(?: [A-Z][a-z]+)?)")
_aside = re.compile(r"\s*\((?=[^\W\d_A-Z])[^()]{4,80}\s[^()]{1,80}\)$")
"""A remark in brackets at the end: "(following the committee's)"."""
_seam = re.compile(r"\s*[:;–—-]\s*,\s*(?:at|in|im|en|à|op|a)\s.*$", re.IGNORECASE)
"""What follows a date that was cut out of a line: "Police Board: , at City Hall"."""
_bracketed = re.compile(r"\W*\([^()]{4,120}\)\W*")
_file = re.compile(
    r"\.(?:pdf|docx?|xlsx?|ics)\b|\(\s*(?:pdf|docx?)[^)]{0,20}\)|\b\d+(?:\.\d+)?\s?[km]b\b", re.IGNORECASE
)


@lru_cache(maxsize=4_096)
def clean_name(text: str | None) -> str | None:
    """The name in `text`; None where it holds no more than dates, labels and words like "read more"."""
    line = one_line(text, limit=600)
    if not line or not _letters(line):
        return None
    whole = _file.sub(" ", undated(line) if _has_digit(line) else line)
    if _bracketed.fullmatch(whole) and _is_remark(whole):
        return None
    whole = whole.strip(_EDGES)
    rest = split_status(_year.sub("", whole))[0]
    rest = _without_label(" ".join(rest.split()).strip(_EDGES))
    rest = _announced.sub("", rest)
    rest = _subject(rest) or _sentence_end.split(rest, maxsplit=1)[0]
    rest = _seam.sub("", _price.sub("", rest))
    rest = _aside.sub("", _closed(_without_documents(rest).strip(_EDGES))).rstrip(" -–—,;")
    rest = _commas.sub(", ", rest)[:MAX_NAME]
    if len(rest) <= 2 or is_generic(rest):
        return None
    # The year of an edition is part of its name: "Open Science Festival 2027".
    return whole if whole.startswith(rest + " ") and whole[len(rest) :].strip().isdigit() else rest


def _is_remark(text: str) -> bool:
    """Whether words in brackets say something beside a date: "(see agenda for call-in information)", not "(special meeting)"."""
    first = _word.search(text.casefold())
    return not has_event_word(text) or (first is not None and first[0] in _generic())


def undated(text: str) -> str:
    """A text without its dates and times, whatever year they are of, and the brackets that hold them."""
    text = _cut(text, [_with_brackets(text, span) for span, _ in find_when(text, _ANY_DAY)])
    return _cut(text, [_with_brackets(text, one.place) for one in find_times(text)])


def _with_brackets(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """The place of the brackets around a date, short as they are: "(7 p.m. on Zoom)"; its own place where there are none."""
    start, end = text.rfind("(", 0, span[0]), text.find(")", span[1])
    inside = start >= 0 and end >= 0 and ")" not in text[start : span[0]] and "(" not in text[span[1] : end]
    return (start, end + 1) if inside and end - start <= _MAX_BRACKETS else span


def _cut(text: str, spans: list[tuple[int, int]]) -> str:
    """A text without those spans, nor the prepositions that lead up to them."""
    pieces, end = [], 0
    for start, stop in sorted(spans):
        pieces.append(_leading_up.sub("", text[end:start]))
        end = max(end, stop)
    return " ".join((*pieces, text[end:]))


def is_generic(text: str) -> bool:
    """Whether no word of `text` tells one event from another: "Upcoming Meetings", "View agenda", "2026 Schedule"."""
    words = _word.findall(text.casefold())
    known = _generic()
    return not any(word not in known and len(word) > 1 and not is_calendar_word(word) for word in words)


def has_event_word(text: str) -> bool:
    """Whether `text` says what kind of event, or whose meeting, it is: "workshop", "committee", "Tagung"."""
    return any_of("names", "event").search(text.casefold()) is not None


def speaks_of_several(text: str) -> bool:
    """Whether a word of `text` is what lists of events are called: "meetings", "Termine"."""
    return any_of("names", "several").search(text.casefold()) is not None


def is_collective(text: str) -> bool:
    """Whether `text` is what a list is called, and no event of it: "Board Meetings", "Upcoming workshops"."""
    words = _word.findall(text.casefold())
    several = [word for word in words if word in _several()]
    return bool(several) and sum(word not in _generic() and word not in several for word in words) < 2


@cache
def _several() -> frozenset[str]:
    return frozenset(marks("names", "several"))


def one_of(text: str) -> str:
    """What one event is called whose list is called `text`: "Board Meeting" for "Board Meetings"; `text` for any other."""
    before, _, last = text.rpartition(" ")
    single = dict(pair.split() for pair in marks("names", "one_of")).get(last.casefold())
    if single is None:
        return text
    single = single.upper() if last.isupper() else single.capitalize() if last[:1].isupper() else single
    return f"{before} {single}".strip()


def is_numbered(text: str) -> bool:
    """Whether a name is but a number in a series: "Session 2", "Part 1"."""
    match = _numbered.fullmatch(text.casefold())
    return match is not None and (match[1] in marks("names", "numbered") or has_event_word(match[1]))


def is_specific(text: str) -> bool:
    """Whether `text` tells more than what kind of event it is: "Phonics workshop", "Advisory board", not "Webinar registration"."""
    words = {word for word in _word.findall(text.casefold()) if word not in _generic()}
    return len(words) > 1 or not words <= _event_words()


@cache
def _event_words() -> frozenset[str]:
    return frozenset(word for mark in marks("names", "event") for word in _word.findall(mark))


def is_acronym(text: str) -> bool:
    """Whether a name is but capital letters, with a number at most: "FRAC 2027", "LIBAI'27"."""
    return _acronym.fullmatch(text) is not None


def says_no_event(text: str) -> bool:
    """Whether words say that nothing takes place: "No chat - happy holidays!", "Keine Sitzung"."""
    match = _nothing.match(text.casefold())
    return match is not None and (has_event_word(match[1]) or match[1] in _generic())


def is_particular(text: str) -> bool:
    """Whether a line says by its label who leads or speaks, what it costs or whom it is for: "Presenter: ...", "Cost: ..."."""
    label, colon, rest = text.partition(":")
    return bool(colon and rest) and any_of("names", "particulars").fullmatch(label.casefold().strip()) is not None


def is_address(text: str) -> bool:
    """Whether `text` has the form of an address: a street's number, a postal code, the number of a room, a city and its state."""
    # Most names have no number and no comma, and need no look for more.
    if (_has_digit(text) or "Box" in text) and _street.search(text) is not None:
        return True
    city = _city.fullmatch(text) if ", " in text else None
    return city is not None and (len(city[1]) == 2 or city[1].casefold() in marks("names", "regions"))


def is_place(text: str) -> bool:
    """Whether `text` is more likely an address or a room than a name."""
    folded = text.casefold()
    return is_address(text) or (any_of("names", "place").search(folded) is not None and not has_event_word(text))


def is_sentence(text: str) -> bool:
    """Whether `text` goes on in sentences, as a description does."""
    return len(text) > 120 or text[:1].islower() or bool(_sentence_end.search(text))


@cache
def _generic() -> frozenset[str]:
    return frozenset(word for mark in marks("names", "generic") for word in _word.findall(mark))


def is_due(label: str) -> bool:
    """Whether a label, in small letters, says that something opens or ends: "Register by", "Anmeldeschluss"."""
    return any_of("names", "due").search(label) is not None


def is_labelled(text: str) -> bool:
    """Whether a line says first what its value is: "Starts: ...", "Registration deadline: ..."."""
    label, colon, rest = text.partition(":")
    return (
        bool(colon and rest.strip())
        and not _has_digit(label)
        and (is_generic(label) or any_of("names", "due").search(label.casefold()) is not None)
    )


def _without_label(text: str) -> str:
    """A text without a leading "Event:" or "Title:"."""
    label, colon, rest = text.partition(":")
    return rest.strip(_EDGES) if colon and rest.strip() and len(label) < 30 and is_generic(label) else text


def _without_documents(text: str) -> str:
    """A text without the "agenda" or "minutes" that it ends, or begins, with; whole where nothing else is said."""
    document = any_of("names", "document")
    while found := next(
        (one for one in document.finditer(text.casefold()) if one.end() == len(text) and one.start()), None
    ):
        text = text[: found.start()].rstrip(_EDGES)
    found = document.match(text.casefold())
    while found and len(text) > found.end() and len(text) == len(text.casefold()):
        text = text[found.end() :].lstrip(_EDGES)
        found = document.match(text.casefold())
    return text


def _subject(text: str) -> str | None:
    """Who meets, in "The library board will meet on ..."; None where the text is no such sentence."""
    found = any_of("names", "meets").search(text.casefold())
    subject = text[: found.start()].strip(_EDGES) if found and len(text) == len(text.casefold()) else ""
    subject = re.sub(r"^(?:the|die|der|das|la|le|el|il|het|de)\s", "", subject, flags=re.IGNORECASE)
    return subject if subject and len(subject.split()) <= 16 and not is_generic(subject) else None


def _closed(text: str) -> str:
    """A text with the bracket that stripping its edges has opened or closed mended."""
    if text.count("(") > text.count(")"):
        return text + ")" if text.rfind("(") > text.rfind(")") and len(text) - text.rfind("(") < 40 else text
    return text
