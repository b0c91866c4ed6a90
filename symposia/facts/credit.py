"""What attending earns: hours of continuing education, points, a certificate."""

from __future__ import annotations

import re
from functools import cache

from symposia.event import Credit
from symposia.facts.clauses import clause_around, quote, sentence_around
from symposia.facts.fact import Fact
from symposia.facts.word_lists import any_of_list, find_word, find_words, list_pattern

_UNITS = ("CEU", "PD", "clock", "CPD", "PDU", "ECTS", "contact", "other")
_HOURS = r"(?P<hours>\d{1,3}(?:[.,]\d{1,3})?)"
_HOURS_AFTER = _HOURS.replace("hours", "after")
_MAX_HOURS = 300
"""Hours, or points, of one event: a year of study has 60 ECTS; more is a number of something else."""


def find_credit(name: str, description: str) -> list[Fact[Credit]]:
    """Find what attending earns: one entry for each unit, and one for a certificate alone.

    The length of a course is no credit. An empty list where nothing is earned.

    >>> [(fact.value.hours, fact.value.unit) for fact in find_credit("Phonics", "Earn 2.5 CEUs.")]
    [(2.5, 'CEU')]
    """
    text = f"{name}\n{description}"
    certificate = _find_certificate(text)
    spoken_of = find_word(text, "credit", *_UNITS)
    found = [credit for unit in _UNITS if spoken_of and (credit := _find_unit(text, unit))]
    found = found or _find_counting_towards(text)
    if certificate is None:
        return found
    if not found:
        return [_make_fact(Credit(certificate=certificate.value, evidence=certificate.words))]
    first = found[0].value
    return [_make_fact(_with_certificate(first, certificate.value)), *found[1:]]


def _with_certificate(credit: Credit, certificate: bool) -> Credit:
    return Credit(hours=credit.hours, unit=credit.unit, certificate=certificate, evidence=credit.evidence)


def _find_unit(text: str, unit: str) -> Fact[Credit] | None:
    """How much of a unit is earned; the most, where several amounts are stated."""
    amounts = [(_read_hours(match["hours"] or match["after"]), match) for match in _amount_pattern(unit).finditer(text)]
    amounts = [(hours, match) for hours, match in amounts if 0 < hours <= _MAX_HOURS and not _is_money(text, match)]
    if not amounts:
        return None
    hours, match = max(amounts, key=lambda amount: amount[0])
    return _make_fact(Credit(hours=hours, unit=unit, evidence=quote(text, *match.span())))


def _is_money(text: str, match: re.Match[str]) -> bool:
    """Whether the number is money: "$25 CEU fee"."""
    return text[max(0, match.start() - 2) : match.start()].strip().endswith(("$", "€", "£"))


@cache
def _amount_pattern(unit: str) -> re.Pattern[str]:
    words, between, measure = (any_of_list("credit", key) for key in (unit, "between", "measure"))
    before = rf"(?<![\w.,:/$€£]){_HOURS}[\s\-–]{{1,2}}(?:{between}[\s\-]){{0,3}}{words}(?!\w)"
    after = rf"(?<!\w){words}(?:\s{measure})?\s?[:=(]?[\s*|]{{1,4}}{_HOURS_AFTER}(?=\s{measure}|\s*[\n).;|]|$)"
    return re.compile(rf"{before}|{after}", re.IGNORECASE)


def _read_hours(hours: str | None) -> float:
    return float((hours or "0").replace(",", "."))


def _find_counting_towards(text: str) -> list[Fact[Credit]]:
    """Such as "Counts towards the teaching certificate": some credit, of no amount."""
    match = find_word(text, "credit", "counts")
    after = clause_around(text, *match.span(), 80)[1] if match else ""
    if match and list_pattern("credit", "counted").search(after):
        return [_make_fact(Credit(unit="other", evidence=quote(text, *match.span(), 80)))]
    return []


def _find_certificate(text: str) -> Fact[bool] | None:
    """Whether participants get a certificate; None where none is mentioned."""
    denied = find_word(text, "credit", "no_certificate")
    if denied and not list_pattern("credit", "needed").match(text[denied.end() :].lstrip()):
        return Fact(value=False, words=quote(text, *denied.span()))
    for match in find_words(text, "credit", "certificate"):
        before, _ = sentence_around(text, *match.span(), 60)
        if not list_pattern("credit", "not_earned").search(before):
            return Fact(value=True, words=quote(text, *match.span()))
    return None


def _make_fact(credit: Credit) -> Fact[Credit]:
    return Fact(value=credit, words=credit.evidence or "")
