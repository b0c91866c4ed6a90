"""Rules of recurrence over tokens: "every other Tuesday", "first Monday of each month", "weekly".

rule := every [other|nth] (weekday list | unit) | nth weekday [of] every month | plural weekday | ALWAYS [weekday]
"""

from __future__ import annotations

from dataclasses import dataclass

from symposia.when.tokens import Text

ROLES = frozenset(("every", "fortnight", "plural", "always", "nth", "unit"))
"""The roles of words that a rule may begin with; a text without any tells none."""
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_FREQUENCIES = {1: "DAILY", 2: "WEEKLY", 3: "MONTHLY", 4: "YEARLY"}
"""RFC 5545's frequencies by the units of words.toml."""
_MONTH = 3
_MAX_INTERVAL = 12
"""The longest interval that is read: "every 2 weeks"; a greater number counts something else."""
_MAX_NTH = 5
"""A month has no sixth Monday."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """The parts of an RRULE (RFC 5545, 3.3.10)."""

    frequency: str
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    """0 for Monday to 6."""
    nth: tuple[int, ...] = ()
    """Which of the weekdays of a month: 1 to 5, or -1 for the last."""

    def rrule(self, until: str = "") -> str:
        """The value of an RRULE, with `until` as its UNTIL.

        >>> Rule(frequency="MONTHLY", weekdays=(0,), nth=(1, 3)).rrule()
        'FREQ=MONTHLY;BYDAY=1MO,3MO'
        """
        days = ",".join(f"{nth or ''}{_WEEKDAYS[day]}" for nth in (self.nth or (0,)) for day in self.weekdays)
        parts = [f"FREQ={self.frequency}"]
        parts += [f"INTERVAL={self.interval}"] if self.interval > 1 else []
        parts += [f"BYDAY={days}"] if days else []
        return ";".join(parts + ([f"UNTIL={until}"] if until else []))


def rule_at(text: Text, index: int) -> tuple[Rule, int] | None:
    """The rule that begins at token `index`, and the index after it; None where none does."""
    roles = text.at(index).roles
    if "every" in roles:
        return _after_every(text, index + 1)
    if "fortnight" in roles:
        days, end = _weekdays_at(text, _skip_small_words(text, index + 1))
        return Rule(frequency="WEEKLY", interval=2, weekdays=days), end
    if "plural" in roles:
        days, end = _weekdays_at(text, index, "plural")
        return Rule(frequency="WEEKLY", weekdays=days), end
    if "always" in roles and "unit" in roles:
        return _after_frequency(text, index)
    return _nth_of_month(text, index)


def _after_every(text: Text, index: int) -> tuple[Rule, int] | None:
    """What follows "every": "other Tuesday", "2 weeks", "first Monday of the month", "day"."""
    if (monthly := _nth_of_month(text, index)) is not None:
        return monthly
    interval, at = _interval_at(text, index)
    nth, after = _ordinals_at(text, at)
    if nth and interval == 1:
        days, end = _weekdays_at(text, after)
        return (Rule(frequency="MONTHLY", weekdays=days, nth=nth), _skip_of_month(text, end) or end) if days else None
    days, end = _weekdays_at(text, at)
    if days:
        return Rule(frequency="WEEKLY", interval=interval, weekdays=days), end
    if "weekdays" in text.at(at).roles:
        return Rule(frequency="WEEKLY", weekdays=(0, 1, 2, 3, 4)), at + 1
    unit = text.at(at).roles.get("unit")
    return (Rule(frequency=_FREQUENCIES[unit], interval=interval), at + 1) if unit else None


def _interval_at(text: Text, index: int) -> tuple[int, int]:
    """The interval of "other Tuesday" or "2 weeks", and the index after it; 1 and `index` where none is stated."""
    token, following = text.at(index), text.at(index + 1)
    if "other" in token.roles and "weekday" not in token.roles and "nth" not in following.roles:
        return 2, index + 1
    if token.kind == "number" and 1 < token.number <= _MAX_INTERVAL and "unit" in following.roles:
        return token.number, index + 1
    return 1, index


def _after_frequency(text: Text, index: int) -> tuple[Rule, int]:
    """A rule that begins with its frequency: "weekly on Tuesdays", "monthly on the 2nd Thursday", "daily"."""
    frequency = _FREQUENCIES[text.at(index).roles["unit"]]
    at = _skip_small_words(text, index + 1)
    nth, after = _ordinals_at(text, at)
    days, end = _weekdays_at(text, after if nth else at)
    if days and (frequency == "WEEKLY" or nth):
        return Rule(frequency=frequency, weekdays=days, nth=nth), end
    return Rule(frequency=frequency), index + 1


def _nth_of_month(text: Text, index: int) -> tuple[Rule, int] | None:
    """Weekdays of each month: "first and third Monday of each month", "le premier lundi de chaque mois"."""
    nth, at = _ordinals_at(text, index)
    days, end = _weekdays_at(text, at) if nth else ((), at)
    after = _skip_of_month(text, end) if days else 0
    return (Rule(frequency="MONTHLY", weekdays=days, nth=nth), after) if after else None


def _ordinals_at(text: Text, index: int) -> tuple[tuple[int, ...], int]:
    """The ordinals at `index` (first; 1st and 3rd) and the index after them."""
    found: list[int] = []
    at = index
    while len(found) < _MAX_NTH:
        token = text.at(at)
        if "nth" in token.roles:
            found.append(token.roles["nth"])
            at += 1
        elif token.kind == "number" and 1 <= token.number <= _MAX_NTH and not token.unit and _is_ordinal(text, at):
            found.append(token.number)
            at += 2
        else:
            break
        if not (text.at(at).text in (",", "&", "/") or "list" in text.at(at).roles):
            break
        at += 1
    return tuple(found), at


def _is_ordinal(text: Text, index: int) -> bool:
    """Whether what is stuck to the number at `index` makes it an ordinal."""
    ending = text.at(index + 1)
    return ending.start == text.at(index).end and ("ordinal" in ending.roles or ending.text in (".", "º", "ª"))


def _skip_of_month(text: Text, index: int) -> int:
    """The index after "of each month", "of the month" or "monthly"; 0 where no such words follow."""
    at = index
    while at - index < 4 and text.at(at).roles.keys() & {"fill", "every", "at"}:
        at += 1
    roles = text.at(at).roles
    return at + 1 if roles.get("unit") == _MONTH and (at > index or "always" in roles) else 0


def _weekdays_at(text: Text, index: int, role: str = "") -> tuple[tuple[int, ...], int]:
    """The weekdays listed at `index`, and the index after them; () and `index` where none is.

    With the role "plural", only those in the plural: "Tuesdays and Thursdays".
    """
    days: list[int] = []
    at = end = index
    while len(days) < 7:
        roles = text.at(at).roles
        day = roles.get("plural", roles.get("weekday") if role != "plural" else None)
        if day is None:
            break
        days.append(day)
        at = end = at + 1
        while at - end < 2 and (text.at(at).text in (",", "&", "/") or "list" in text.at(at).roles):
            at += 1
        if at == end:
            break
    return tuple(sorted(set(days))), end


def _skip_small_words(text: Text, index: int) -> int:
    at = index
    while at - index < 3 and (text.at(at).roles.keys() & {"fill", "lead", "at"} or text.at(at).text == ","):
        at += 1
    return at
