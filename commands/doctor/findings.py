"""What `symposia doctor` finds: how a thing is, and what to do where it is not well."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """`warning`: it works, and something is missing that most want."""

    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What was looked at, how it is, and what to do where it is not well."""

    what: str
    verdict: Verdict
    words: str
    remedy: str | None = None


def found(what: str, words: str) -> Finding:
    """It is well."""
    return Finding(what=what, verdict=Verdict.OK, words=words)


def warning(what: str, words: str, remedy: str) -> Finding:
    """It works, and could be better."""
    return Finding(what=what, verdict=Verdict.WARNING, words=words, remedy=remedy)


def fault(what: str, words: str, remedy: str) -> Finding:
    """It does not work."""
    return Finding(what=what, verdict=Verdict.FAULT, words=words, remedy=remedy)
