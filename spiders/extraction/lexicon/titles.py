"""The title in a line of a page: without dates, labels, status, and the "agenda" of a link to one."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

from spiders.extraction.lexicon.title_words import (
    begins_generically,
    first_sentence,
    has_event_word,
    is_generic,
)
from spiders.extraction.lexicon.word_lists import word_pattern
from symposia.lexicon.status import split_status
from symposia.text.plain_text import one_line
from symposia.when import find_times, find_when

MAX_TITLE = 200
"""Characters of a title: longer ones are descriptions."""
_MIN_TITLE = 3
"""Characters of a title: shorter ones are initials, or what is left of a date."""
_MAX_LINE = 600
"""Characters of a line in which a title is looked for: more is a paragraph."""
_MAX_LABEL = 30
"""Characters of a label before a colon: longer words there are a title with a subtitle."""
_MAX_SUBJECT = 16
"""Words of who meets, in a sentence: longer subjects are clauses."""
_MAX_BRACKETS = 60
"""Characters of brackets that are cut with the date in them: longer ones say more than a date."""
_MAX_UNCLOSED = 40
"""Characters after a bracket that is never closed, up to which one is added: more is not in brackets."""


class TitleCandidate(NamedTuple):
    """A text that may be an event's title.

    Attributes:
        text: The title, cleaned.
        evidence: Where on the page it stands, such as "h3" or "column".
        weight: How much speaks for it; of several candidates the heaviest is taken.
        borrowed: Whether it is the title of the page, or of a list above.
    """

    text: str
    evidence: str
    weight: float = 0.0
    borrowed: bool = False


_ANY_DAY = datetime(2000, 1, 1, tzinfo=UTC)
"""A reference for dates without a year, which are cut whatever day they mean."""
_EDGES = " \t\n,;:|–—-()[]·•*/>»›→_.@&"
"""Marks that set a title off from what stands around it."""
_letters = re.compile(r"[^\W\d_]{2}")
_digit = re.compile(r"\d")
_edition_year = re.compile(r"^(?:19|20)\d\d\s+(?=\D)|(?<=\D)\s+(?:19|20)\d\d$")
_before_date = re.compile(r"(?<!\w)(?:on|at|from|dated|am|vom|den|le|el|il|op|em|the)\s*[-–:,(]?\s*$", re.IGNORECASE)
"""A preposition that leads up to a date."""
_invitation = re.compile(
    r"^(?:(?:the\s)?(?:next|upcoming)\s(?:[\w-]+\s){0,2}(?:meeting|session|hearing)\sof\s(?:the\s)?"
    r"|(?:[\w-]+\s){0,2}notice\sof\s(?:(?:the|a|an)\s)?|einladung\szu[rm]?\s|convocatoria\s(?:de\sla|del|de|a\sla|al)\s)",
    re.IGNORECASE,
)
"""What announcements begin with: "Notice of a ...", "Einladung zur ..."."""
_article = re.compile(r"^(?:the|die|der|das|la|le|el|il|het|de)\s", re.IGNORECASE)
_commas = re.compile(r"\s*,(?:\s*,)+\s*")
_price = re.compile(r"\s*[,;(–-]?\s*\(?[$€£]\s?\d[\d.,]*\)?$")
_closing_remark = re.compile(r"\s*\((?=[^\W\d_A-Z])[^()]{4,80}\s[^()]{1,80}\)$")
"""A remark in brackets at the end: "(following the committee's)"."""
_after_cut_date = re.compile(r"\s*[:;–—-]\s*,\s*(?:at|in|im|en|à|op|a)\s.*$", re.IGNORECASE)
"""What follows a date that was cut out of a line: "Police Board: , at City Hall"."""
_bracketed = re.compile(r"\W*\([^()]{4,120}\)\W*")
_file = re.compile(
    r"\.(?:pdf|docx?|xlsx?|ics)\b|\(\s*(?:pdf|docx?)[^)]{0,20}\)|\b\d+(?:\.\d+)?\s?[km]b\b", re.IGNORECASE
)
"""What a link to a file says of it: its type and its size."""


@lru_cache(maxsize=4_096)
def clean_title(text: str | None) -> str | None:
    """The title in `text`; None where it holds no more than dates, labels and words like "read more".

    >>> clean_title("March 3, 2027, 4 pm: Teaching Fractions (PDF)")
    'Teaching Fractions'
    >>> clean_title("The library board will meet on March 3")
    'library board'
    >>> clean_title("Upcoming meetings") is None
    True
    """
    line = one_line(text, limit=_MAX_LINE)
    if not line or not _letters.search(line):
        return None
    whole = _file.sub(" ", without_dates(line) if _digit.search(line) else line)
    if _bracketed.fullmatch(whole) and _is_remark(whole):
        return None
    whole = whole.strip(_EDGES)
    title = split_status(_edition_year.sub("", whole))[0]
    title = _invitation.sub("", _without_label(" ".join(title.split()).strip(_EDGES)))
    title = _find_subject(title) or first_sentence(title)
    title = _after_cut_date.sub("", _price.sub("", title))
    title = _close_bracket(_without_document_words(title).strip(_EDGES))
    title = _closing_remark.sub("", title).rstrip(" -–—,;")
    title = _commas.sub(", ", title)[:MAX_TITLE]
    if len(title) < _MIN_TITLE or is_generic(title):
        return None
    # The year of an edition is part of its name: "Open Science Festival 2027".
    return whole if whole.startswith(title + " ") and whole[len(title) :].strip().isdigit() else title


def _is_remark(text: str) -> bool:
    """Whether words in brackets are an aside: "(see agenda for call-in information)", but not "(special meeting)"."""
    return not has_event_word(text) or begins_generically(text)


def without_dates(text: str) -> str:
    """A text without its dates and times, the brackets around them, and the prepositions before them.

    >>> without_dates("Reading circle on March 3, 2027").strip()
    'Reading circle'
    """
    text = _cut_spans(text, [_widen_to_brackets(text, span) for span, _ in find_when(text, _ANY_DAY)])
    return _cut_spans(text, [_widen_to_brackets(text, time.span) for time in find_times(text)])


def _widen_to_brackets(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """The span of the short brackets around a date, "(7 p.m. on Zoom)"; the date's own where there are none."""
    start, end = text.rfind("(", 0, span[0]), text.find(")", span[1])
    is_inside = start >= 0 and end >= 0 and ")" not in text[start : span[0]] and "(" not in text[span[1] : end]
    return (start, end + 1) if is_inside and end - start <= _MAX_BRACKETS else span


def _cut_spans(text: str, spans: list[tuple[int, int]]) -> str:
    kept, end = [], 0
    for start, stop in sorted(spans):
        kept.append(_before_date.sub("", text[end:start]))
        end = max(end, stop)
    return " ".join((*kept, text[end:]))


def _without_label(text: str) -> str:
    """A text without a leading "Event:" or "Title:"."""
    label, colon, rest = text.partition(":")
    is_label = colon and rest.strip() and len(label) < _MAX_LABEL and is_generic(label)
    return rest.strip(_EDGES) if is_label else text


def _without_document_words(text: str) -> str:
    """A text without the "agenda" or "minutes" that it ends, or begins, with; whole where it says nothing else."""
    document = word_pattern("names", "document")
    while last := next((match for match in document.finditer(text.casefold()) if _ends_with(text, match)), None):
        text = text[: last.start()].rstrip(_EDGES)
    first = document.match(text.casefold())
    while first and len(text) > first.end() and len(text) == len(text.casefold()):
        text = text[first.end() :].lstrip(_EDGES)
        first = document.match(text.casefold())
    return text


def _ends_with(text: str, match: re.Match[str]) -> bool:
    return match.end() == len(text) and match.start() > 0


def _find_subject(text: str) -> str | None:
    """Who meets, in "The library board will meet on ..."; None where the text is no such sentence."""
    verb = word_pattern("names", "meets").search(text.casefold())
    # Casefolding may change the length, as of "ß": then the match's place means nothing in `text`.
    subject = text[: verb.start()].strip(_EDGES) if verb and len(text) == len(text.casefold()) else ""
    subject = _article.sub("", subject)
    return subject if subject and len(subject.split()) <= _MAX_SUBJECT and not is_generic(subject) else None


def _close_bracket(text: str) -> str:
    """A text with the bracket at its end closed that stripping its edges has opened."""
    last_opened = text.rfind("(")
    if text.count("(") > text.count(")") and last_opened > text.rfind(")"):
        return text + ")" if len(text) - last_opened < _MAX_UNCLOSED else text
    return text
