"""The rules of the lint, from rules.toml, and what is found against them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from symposia.text.toml_files import toml_at


class Level(StrEnum):
    """How bad a finding is: a calendar with an error is not published."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule for calendars. `source`: the section of an RFC, or the client that fails otherwise."""

    name: str
    level: Level
    source: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One breach of a rule. `line`: where, counted from 1 in the file; None for the file as a whole."""

    line: int | None
    rule: str
    message: str
    level: Level


def _load_rules() -> dict[str, Rule]:
    tables = toml_at(Path(__file__).with_name("rules.toml"))
    return {
        name: Rule(name=name, level=level, source=rule["source"], says=rule["says"])
        for level in Level
        for name, rule in tables[level].items()
    }


RULES = _load_rules()
"""Every rule, by its name."""


def finding(rule: str, line: int | None, message: str) -> Finding:
    """Make a finding against the rule of that name."""
    return Finding(line=line, rule=rule, message=message, level=RULES[rule].level)
