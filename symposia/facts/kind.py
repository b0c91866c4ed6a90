"""What an event is called: a workshop, a conference ... "A webinar on running conferences" is a webinar."""

from __future__ import annotations

import re
from functools import cache

from symposia.event import Kind
from symposia.facts.clauses import clause_around, quote
from symposia.facts.fact import Fact
from symposia.facts.word_lists import any_of_list, list_pattern, may_hold
from symposia.lexicon.fields import kind_of_word

_segment_end = re.compile(r"\s[-–—|]\s|[:–—|()\[\],;!?]|\.\s")
_number = r"(?:\d{1,4}(?:st|nd|rd|th)?|[’']\d\d|\d{4}[-/]\d{2,4})"
_JOIN_US = "join us for"
_OPENING = 1_500
"""Characters of a description that say what it announces; what follows is the programme."""


def find_kind(name: str, description: str) -> Fact[Kind] | None:
    """Find what the name calls the event, else what its description does; None where neither uses a word we know.

    >>> find_kind("Phonics workshop for beginners", "").value
    <Kind.WORKSHOP: 'workshop'>
    >>> find_kind("How to run a workshop", "") is None
    True
    """
    named, told = _find_in_name(name), _find_in_description(description[:_OPENING])
    if told and named and named[0].value is Kind.OTHER and _pointing_pattern("this").search(told.words):
        return told
    agreeing = (fact for fact in named if told and fact.value is told.value)
    return next(agreeing, named[0] if named else told)


def as_webinar_if_online(kind: Fact[Kind] | None, online: bool) -> Fact[Kind] | None:
    """Make a talk that is given online a webinar; every other kind is what it is called."""
    if kind and online and kind.value is Kind.OTHER and list_pattern("name", "lecture").search(kind.words):
        return Fact(value=Kind.WEBINAR, words=kind.words)
    return kind


def _find_in_name(name: str) -> list[Fact[Kind]]:
    """The word at the head of each part of the name that has one."""
    found: list[Fact[Kind]] = []
    if not may_hold(name, "kind"):
        return found
    for part in _segment_end.split(name):
        head = _without_topic(part)
        hits = list(list_pattern("kind").finditer(head))
        for hit in reversed(hits):
            if _is_at_end(head[hit.end() :]) or (_is_at_start(head[: hit.start()]) and not _is_attribute(hit[0])):
                found.append(_make_fact(hit[0], name.strip()))
                break
    return found


def _without_topic(part: str) -> str:
    """What stands before the topic: "Drop-in workshop" of "Drop-in workshop on maps"; nothing of "How to run a workshop"."""
    called = [match.span() for match in list_pattern("kind").finditer(part)]
    if not called or list_pattern("name", "asking").match(part.lstrip()):
        return ""
    topics = (
        match.start() for match in list_pattern("name", "of").finditer(part, 1) if part[match.start() - 1].isspace()
    )
    return part[: next((at for at in topics if not any(start < at < end for start, end in called)), len(part))]


def _is_at_end(rest: str) -> bool:
    return not rest or _tail_pattern().fullmatch(rest) is not None


@cache
def _tail_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?:[\s\-&/]{{0,3}}(?:{_number}|{any_of_list('name', 'tail')}))*\W*", re.I)


def _is_at_start(before: str) -> bool:
    return not re.search(r"[^\W\d]", before)


def _is_attribute(word: str) -> bool:
    return list_pattern("name", "attributes").fullmatch(word) is not None


def _find_in_description(text: str) -> Fact[Kind] | None:
    """The kind named after "this", else after "join us for a" and the like."""
    patterns = (
        (_pointing_pattern("this"), _opening_pattern(), _pointing_pattern("announced"))
        if may_hold(text, "kind")
        else ()
    )
    for pattern in patterns:
        for match in pattern.finditer(text):
            if not _is_another(text, match) and not _is_compound(match[0], text[match.end() : match.end() + 40]):
                return _make_fact(match["kind"], quote(text, *match.span()))
    plain = (
        _plain_gathering_pattern().search(text) if may_hold(text, "name", "plain") or _JOIN_US in text.lower() else None
    )
    return Fact(value=Kind.OTHER, words=quote(text, *plain.span())) if plain else None


def _is_another(text: str, match: re.Match[str]) -> bool:
    """Such as "A recorded webinar", "our guest has taught courses", "follows our webinar"."""
    before, _ = clause_around(text, *match.span(), 20)
    return any(list_pattern("self", key).search(words) for key, words in (("past", match[0]), ("another", before)))


def _is_compound(words: str, following: str) -> bool:
    """Whether the word is a part of another: "this course design ...", "a world-class ...", "join the meeting now"."""
    if _not_class_pattern().search(words):
        return True
    return following[:1] in " -" and list_pattern("name", "compound").match(following, 1) is not None


@cache
def _not_class_pattern() -> re.Pattern[str]:
    return re.compile(rf"{any_of_list('name', 'not_class')}$", re.IGNORECASE)


@cache
def _opening_pattern() -> re.Pattern[str]:
    """A text, or a line of it, that begins with what is announced: "Workshop for ...", "Type: Seminar"."""
    label = rf"(?:{any_of_list('name', 'label')}\s?:\s?)?"
    return re.compile(
        rf"(?:\A|^(?=\w{{3,15}}(?: \w{{2,10}})?\s?:))[\W_]{{0,4}}{label}(?:\w[\w\-]{{1,15}}[ ]){{0,2}}?(?P<kind>{any_of_list('kind')})(?!\w|\s?[,/])",
        re.I | re.M,
    )


@cache
def _plain_gathering_pattern() -> re.Pattern[str]:
    """Such as "This program ...", "join us for an event": a gathering that is none of the others."""
    pointed = any_of_list("self", "this", "announced")
    return re.compile(
        rf"(?<!\w)(?:{pointed}(?:\s[\w\-]{{1,20}}){{0,3}}?\s{any_of_list('name', 'plain')}|{_JOIN_US})(?!\w)", re.I
    )


@cache
def _pointing_pattern(key: str) -> re.Pattern[str]:
    between = r"(?:[ \n\-–][^\s.,;:!?()]{1,25}){0,4}?"
    pointed = any_of_list("self", key)
    return re.compile(
        rf"(?<!\w)(?:{pointed}|\d{{1,3}}(?:st|nd|rd|th)){between}[ \n\-–*_]{{1,3}}(?P<kind>{any_of_list('kind')})(?!\w)",
        re.IGNORECASE,
    )


def _make_fact(word: str, words: str) -> Fact[Kind]:
    return Fact(value=kind_of_word(word, "kind"), words=words)
