"""Rules of recurrence (RRULE, RFC 5545, 3.3.10): their parts, and what keeps calendars from computing one."""

from __future__ import annotations

import re

_numbers = r"[+-]?[0-9]{1,3}(?:,[+-]?[0-9]{1,3})*"
_RULE_PARTS = {
    "FREQ": r"(?:SECONDLY|MINUTELY|HOURLY|DAILY|WEEKLY|MONTHLY|YEARLY)",
    "UNTIL": r"[0-9]{8}(?:T[0-9]{6}Z?)?",
    "COUNT": r"[1-9][0-9]{0,5}",
    "INTERVAL": r"[1-9][0-9]{0,5}",
    "BYDAY": r"(?:[+-]?[0-9]{1,2})?(?:MO|TU|WE|TH|FR|SA|SU)(?:,(?:[+-]?[0-9]{1,2})?(?:MO|TU|WE|TH|FR|SA|SU))*",
    "WKST": r"(?:MO|TU|WE|TH|FR|SA|SU)",
    "BYSECOND": _numbers, "BYMINUTE": _numbers, "BYHOUR": _numbers, "BYMONTHDAY": _numbers, "BYYEARDAY": _numbers,
    "BYWEEKNO": _numbers, "BYMONTH": _numbers, "BYSETPOS": _numbers,
}  # fmt: skip
"""The grammar of each part's value. COUNT and INTERVAL, which the RFC does not bound, have six digits at most."""
_GREATEST = {
    "BYSECOND": 60, "BYMINUTE": 59, "BYHOUR": 23, "BYMONTHDAY": 31, "BYYEARDAY": 366, "BYWEEKNO": 53, "BYMONTH": 12,
    "BYSETPOS": 366,
}  # fmt: skip
"""The greatest number of each part."""


def rrule_parts(rrule: str | None) -> dict[str, str]:
    """The parts of a rule by their names, in capitals; empty where there is no rule.

    >>> rrule_parts("freq=weekly;byday=TU")
    {'FREQ': 'WEEKLY', 'BYDAY': 'TU'}
    """
    return dict(part.split("=", 1) for part in (rrule or "").upper().split(";") if "=" in part)


def rrule_fault(text: str) -> str | None:
    """What is wrong with a rule, in words for its author; None where nothing is.

    `text` is the value of an RRULE in capitals.

    >>> rrule_fault("FREQ=WEEKLY;BYDAY=TU;COUNT=6") is None
    True
    >>> rrule_fault("FREQ=WEEKLY;BYDAY=TUESDAY")
    'BYDAY=TUESDAY is no part of a rule'
    >>> rrule_fault("FREQ=MONTHLY;BYMONTHDAY=32")
    'BYMONTHDAY=32 is out of range'
    """
    pairs = [part.partition("=") for part in text.split(";")]
    names = [name for name, _, _ in pairs]
    if len(set(names)) < len(names) or "FREQ" not in names:
        return "FREQ is missing, or a part stands there twice"
    for name, _, value in pairs:
        if name not in _RULE_PARTS or not re.fullmatch(_RULE_PARTS[name], value):
            return f"{name[:20]}={value[:40]} is no part of a rule"
        if name in _GREATEST and not all(_is_in_range(name, int(number)) for number in value.split(",")):
            return f"{name}={value[:40]} is out of range"
    return "COUNT and UNTIL are both there" if {"COUNT", "UNTIL"} <= set(names) else None


def _is_in_range(name: str, number: int) -> bool:
    """Whether a part of a rule takes a number; a negative one counts from the end."""
    least = 0 if name in ("BYSECOND", "BYMINUTE", "BYHOUR") else 1
    return least <= abs(number) <= _GREATEST[name]
