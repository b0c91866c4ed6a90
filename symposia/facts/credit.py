"""What attending earns: hours of continuing education, points, a certificate."""

from __future__ import annotations

import re
from functools import cache

from symposia.event import Credit
from symposia.facts.words import Said, alternatives, clause, pattern, sentence, shown, word_in, words_in

_UNITS = ("CEU", "PD", "clock", "CPD", "PDU", "ECTS", "contact", "other")
_HOURS = r"(?P<hours>\d{1,3}(?:[.,]\d{1,3})?)"
_HOURS_AFTER = _HOURS.replace("hours", "after")
_MAX_HOURS = 300


def find_credit(name: str, description: str) -> list[Said[Credit]]:
    """One entry a unit, and one for a certificate alone; an empty list where nothing is earned. A course's length is no credit."""
    text = f"{name}\n{description}"
    certificate = _certificate(text)
    spoken_of = word_in(text, "credit", *_UNITS)
    found = [credit for unit in _UNITS if spoken_of and (credit := _of_unit(text, unit))]
    found = found or _counting(text)
    if certificate is None:
        return found
    if not found:
        return [_said(Credit(certificate=certificate.value, evidence=certificate.words))]
    first = found[0].value
    return [_said(_with_certificate(first, certificate.value)), *found[1:]]


def _with_certificate(credit: Credit, certificate: bool) -> Credit:
    return Credit(hours=credit.hours, unit=credit.unit, certificate=certificate, evidence=credit.evidence)


def _of_unit(text: str, unit: str) -> Said[Credit] | None:
    """How much of a unit; the most where several amounts are told."""
    amounts = [(_number(match["hours"] or match["after"]), match) for match in _amount(unit).finditer(text)]
    amounts = [(hours, match) for hours, match in amounts if 0 < hours <= _MAX_HOURS and not _fee(text, match)]
    if not amounts:
        return None
    hours, match = max(amounts, key=lambda one: one[0])
    return _said(Credit(hours=hours, unit=unit, evidence=shown(text, *match.span())))


def _fee(text: str, match: re.Match[str]) -> bool:
    """Whether the number is money: "$25 CEU fee"."""
    return text[max(0, match.start() - 2) : match.start()].strip().endswith(("$", "€", "£"))


@cache
def _amount(unit: str) -> re.Pattern[str]:
    words, between, measure = (alternatives("credit", key) for key in (unit, "between", "measure"))
    before = rf"(?<![\w.,:/$€£]){_HOURS}[\s\-–]{{1,2}}(?:{between}[\s\-]){{0,3}}{words}(?!\w)"
    after = rf"(?<!\w){words}(?:\s{measure})?\s?[:=(]?[\s*|]{{1,4}}{_HOURS_AFTER}(?=\s{measure}|\s*[\n).;|]|$)"
    return re.compile(rf"{before}|{after}", re.IGNORECASE)


def _number(hours: str | None) -> float:
    return float((hours or "0").replace(",", "."))


def _counting(text: str) -> list[Said[Credit]]:
    """ "Counts towards the teaching certificate": some credit, of no amount."""
    match = word_in(text, "credit", "counts")
    after = clause(text, *match.span(), 80)[1] if match else ""
    if match and pattern("credit", "counted").search(after):
        return [_said(Credit(unit="other", evidence=shown(text, *match.span(), 80)))]
    return []


def _certificate(text: str) -> Said[bool] | None:
    """Whether participants get a certificate; None where none is spoken of."""
    denied = word_in(text, "credit", "no_certificate")
    if denied and not pattern("credit", "needed").match(text[denied.end() :].lstrip()):
        return Said(value=False, words=shown(text, *denied.span()))
    for match in words_in(text, "credit", "certificate"):
        before, _ = sentence(text, *match.span(), 60)
        if not pattern("credit", "not_earned").search(before):
            return Said(value=True, words=shown(text, *match.span()))
    return None


def _said(credit: Credit) -> Said[Credit]:
    return Said(value=credit, words=credit.evidence or "")
