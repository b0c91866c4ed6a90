"""What an event is called: a workshop, a conference ... "A webinar on running conferences" is a webinar."""

from __future__ import annotations

import re
from functools import cache

from symposia.event import Kind
from symposia.facts.lists import may_say
from symposia.facts.words import Said, alternatives, clause, pattern, shown
from symposia.lexicon.fields import kind_of_word

_segment_end = re.compile(r"\s[-–—|]\s|[:–—|()\[\],;!?]|\.\s")
_number = r"(?:\d{1,4}(?:st|nd|rd|th)?|[’']\d\d|\d{4}[-/]\d{2,4})"
_JOIN_US = "join us for"
_OPENING = 1_500
"""Characters of a description that say what it announces; what follows is the programme."""


def find_kind(name: str, description: str) -> Said[Kind] | None:
    """What the name calls the event, else what the description does; None where neither calls it anything we know."""
    named, told = _in_name(name), _in_description(description[:_OPENING])
    if told and named and named[0].value is Kind.OTHER and _pointer("this").search(told.words):
        return told
    return next((one for one in named if told and one.value is told.value), named[0] if named else told)


def as_held(kind: Said[Kind] | None, online: bool) -> Said[Kind] | None:
    """A talk that is given online is a webinar; every other kind is what it is called."""
    if kind and online and kind.value is Kind.OTHER and pattern("name", "lecture").search(kind.words):
        return Said(value=Kind.WEBINAR, words=kind.words)
    return kind


def _in_name(name: str) -> list[Said[Kind]]:
    """The word at the head of each part of the name that has one."""
    found: list[Said[Kind]] = []
    if not may_say(name, "kind"):
        return found
    for part in _segment_end.split(name):
        head = _head(part)
        hits = list(pattern("kind").finditer(head))
        for hit in reversed(hits):
            if _ends(head[hit.end() :]) or (_begins(head[: hit.start()]) and not _is_attribute(hit[0])):
                found.append(_said(hit[0], name.strip()))
                break
    return found


def _head(part: str) -> str:
    """What stands before the topic: "Drop-in workshop" of "Drop-in workshop on maps"; nothing of "How to run a workshop"."""
    called = [match.span() for match in pattern("kind").finditer(part)]
    if not called or pattern("name", "asking").match(part.lstrip()):
        return ""
    topics = (match.start() for match in pattern("name", "of").finditer(part, 1) if part[match.start() - 1].isspace())
    return part[: next((at for at in topics if not any(start < at < end for start, end in called)), len(part))]


def _ends(rest: str) -> bool:
    return not rest or _tail().fullmatch(rest) is not None


@cache
def _tail() -> re.Pattern[str]:
    return re.compile(rf"(?:[\s\-&/]{{0,3}}(?:{_number}|{alternatives('name', 'tail')}))*\W*", re.I)


def _begins(before: str) -> bool:
    return not re.search(r"[^\W\d]", before)


def _is_attribute(word: str) -> bool:
    return pattern("name", "attributes").fullmatch(word) is not None


def _in_description(text: str) -> Said[Kind] | None:
    """What "this ...", then what "join us for a ..." is said of."""
    patterns = (_pointer("this"), _opening(), _pointer("announced")) if may_say(text, "kind") else ()
    for one in patterns:
        for match in one.finditer(text):
            if not _is_another(text, match) and not _is_compound(match[0], text[match.end() : match.end() + 40]):
                return _said(match["kind"], shown(text, *match.span()))
    plain = _plainly().search(text) if may_say(text, "name", "plain") or _JOIN_US in text.lower() else None
    return Said(value=Kind.OTHER, words=shown(text, *plain.span())) if plain else None


def _is_another(text: str, match: re.Match[str]) -> bool:
    """ "A recorded webinar", "our guest has taught courses", "follows our webinar"."""
    before, _ = clause(text, *match.span(), 20)
    return any(pattern("self", key).search(words) for key, words in (("past", match[0]), ("another", before)))


def _is_compound(words: str, following: str) -> bool:
    """Whether the word is a part of another: "this course design ...", "a world-class ...", "join the meeting now"."""
    if _not_class().search(words):
        return True
    return following[:1] in " -" and pattern("name", "compound").match(following, 1) is not None


@cache
def _not_class() -> re.Pattern[str]:
    return re.compile(rf"{alternatives('name', 'not_class')}$", re.IGNORECASE)


@cache
def _opening() -> re.Pattern[str]:
    """A text, or a line of it, that begins with what is announced: "Workshop for ...", "Type: Seminar"."""
    label = rf"(?:{alternatives('name', 'label')}\s?:\s?)?"
    return re.compile(
        rf"(?:\A|^(?=\w{{3,15}}(?: \w{{2,10}})?\s?:))[\W_]{{0,4}}{label}(?:\w[\w\-]{{1,15}}[ ]){{0,2}}?(?P<kind>{alternatives('kind')})(?!\w|\s?[,/])",
        re.I | re.M,
    )


@cache
def _plainly() -> re.Pattern[str]:
    """ "This program ...", "join us for an event": a gathering that is none of the others."""
    pointed = alternatives("self", "this", "announced")
    return re.compile(
        rf"(?<!\w)(?:{pointed}(?:\s[\w\-]{{1,20}}){{0,3}}?\s{alternatives('name', 'plain')}|{_JOIN_US})(?!\w)", re.I
    )


@cache
def _pointer(key: str) -> re.Pattern[str]:
    between = r"(?:[ \n\-–][^\s.,;:!?()]{1,25}){0,4}?"
    pointed = alternatives("self", key)
    return re.compile(
        rf"(?<!\w)(?:{pointed}|\d{{1,3}}(?:st|nd|rd|th)){between}[ \n\-–*_]{{1,3}}(?P<kind>{alternatives('kind')})(?!\w)",
        re.IGNORECASE,
    )


def _said(word: str, words: str) -> Said[Kind]:
    return Said(value=kind_of_word(word, "kind"), words=words)
