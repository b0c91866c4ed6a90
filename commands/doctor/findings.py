"""What `symposia doctor` finds: the state of one thing, and what to do if it is not well."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How a thing is. `warning`: it works, but something is missing that most people want."""

    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One check: what was looked at, how it is, and what to do; `remedy` is None where all is well."""

    what: str
    verdict: Verdict
    words: str
    remedy: str | None = None


def ok(what: str, words: str) -> Finding:
    """Report that all is well."""
    return Finding(what=what, verdict=Verdict.OK, words=words)


def warning(what: str, words: str, remedy: str) -> Finding:
    """Report that it works, and how it could be better."""
    return Finding(what=what, verdict=Verdict.WARNING, words=words, remedy=remedy)


def fault(what: str, words: str, remedy: str) -> Finding:
    """Report that it does not work."""
    return Finding(what=what, verdict=Verdict.FAULT, words=words, remedy=remedy)
